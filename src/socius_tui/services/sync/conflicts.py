"""What laptops disagree about: told in words, and decided by a person."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import AfterValidator

from socius_tui.domain.conflicts import Conflict, Side
from socius_tui.domain.text import check_text, clean
from socius_tui.domain.titles import said
from socius_tui.errors import NotFound, RuleBroken
from socius_tui.i18n import N_, _
from socius_tui.services import journal_words as words
from socius_tui.services.handles import by_handle, the_one
from socius_tui.services.operation import UseCase
from socius_tui.services.session import Session
from socius_tui.services.undo_words import Sentences
from socius_tui.store.driver import Connection, IntegrityError
from socius_tui.store.journal.projection import Entry, Row, project, put
from socius_tui.store.journal.triggers import described
from socius_tui.store.journal.values import Value, decoded
from socius_tui.store.sync.decisions import computers, decision_id, open_questions
from socius_tui.store.sync.disputes import Dispute
from socius_tui.store.sync.situations import Situation
from socius_tui.store.unit_of_work import Transaction

Choice = Literal["kept", "other"]

_LONGEST: Final = 2000

#: What happened, by rule.
_SENTENCES: Final = {
    "value": N_("Two people filled in something else without knowing of each other."),
    "retired": N_("One person took it out of use while another changed it."),
    "removed": N_("One person took it away while another changed it."),
    "set_aside": N_("Together with what another person changed, this is not possible."),
    "overlap": N_("Two contact persons for one work type on the same day."),
    "twice": N_("It looks as if one organisation was entered twice."),
    "code": N_("Two have the same code."),
    "circle": N_("These goals stand below each other; they are shown at the top of the plan."),
    "kept": N_("One person took it away while another used it; so it stayed."),
    "orphan": N_("It belongs to something that another person had just taken out of use."),
    "late": N_("It was changed in a period that a director had closed already."),
}
#: What can be done about it besides leaving it as it is.
_ADVICE: Final = {
    "value": N_("Choose which of the two stays."),
    "retired": N_("Leave it out of use, or bring it back."),
    "removed": N_("Leave it away, or bring it back as it was."),
    "set_aside": N_("Leave it, or try to take the other value after changing the rest."),
    "overlap": N_("End one of the two assignments, with `socius assign`."),
    "twice": N_("Merge them, with `socius organisation merge`."),
    "code": N_("Give one of the two another code."),
    "circle": N_("Hang one of them where it belongs."),
    "kept": N_("Take out what uses it first, then this."),
    "orphan": N_("Bring back what it belongs to, or take this out of use too."),
    "late": N_("See with the director whether the report has to change."),
}
#: Where taking the other side is something that the program can do.
_WITH_OTHER: Final = frozenset(("value", "retired", "removed", "set_aside"))


def rule_sentence(rule: str) -> str:
    """What happened where this rule found something."""
    return _(_SENTENCES[rule])


def conflicts(session: Session) -> list[Conflict]:
    """All that waits for a person: crossing changes first, the newest one first."""
    return session.read(_conflicts)


def find_conflict(session: Session, typed: str) -> Conflict:
    """The conflict that a typed code stands for. Raises NotFound or Ambiguous."""
    found = {one.id: one for one in conflicts(session)}
    key = the_one(
        by_handle(typed, found),
        lambda identifier: found[identifier].what,
        typed,
        _("conflict"),
        "socius conflicts",
    )
    return found[key]


class Decide(UseCase):
    """Decide a conflict: leave what stands ("kept"), or take what else was written ("other")."""

    rule: str
    subject: str
    choice: Choice
    note: Annotated[
        str,
        AfterValidator(
            lambda t: check_text(t, max_length=_LONGEST, required=False, multiline=True)
        ),
    ] = ""

    def apply(self, transaction: Transaction) -> str:
        """Write the decision, and the other side where that was chosen.

        Raises NotFound when it was decided meanwhile, RuleBroken when the other side cannot be
        taken, InvalidInput where there is none.
        """
        found = open_questions(transaction.connection)
        questions: list[Dispute | Situation] = [*found.disputes, *found.situations]
        mine = [q for q in questions if (q.rule, q.subject) == (self.rule, self.subject)]
        if not mine:
            raise NotFound(
                _("This was decided meanwhile, or put right."),
                field="conflict",
                hint=_("Look at the list again: `socius conflicts`."),
            )
        question = mine[0]
        what = _what(Sentences(transaction.connection), question)
        if self.choice == "other":
            if self.rule not in _WITH_OTHER or isinstance(question, Situation):
                raise RuleBroken(
                    _("There is nothing else to take here: {sentence}").format(
                        sentence=rule_sentence(self.rule)
                    ),
                    field="choice",
                    hint=_(_ADVICE[self.rule]),
                )
            _take_other(transaction, question)
        transaction.insert_natural(
            "conflict_decision",
            (self.rule, self.subject),
            {
                "rule": self.rule,
                "question": self.subject,
                "choice": self.choice,
                "note": self.note,
                "decided_by": transaction.actor,
                "decided_at": transaction.stamp,
            },
        )
        return said("Conflict about {what} decided", what=what)


def _take_other(transaction: Transaction, one: Dispute) -> None:
    """Write what does not stand; a row that is gone comes back as it was."""
    connection = transaction.connection
    table = described(connection, one.kind)
    row = project(connection, table, [one.row_id])[one.row_id]
    cells = dict(row.cells)
    if one.rule in ("value", "set_aside"):
        cells |= {k: v for k, v in _of(one).items() if k in cells}
    elif one.rule == "retired":
        cells["retired_at"] = None
    try:
        with transaction.attempt():
            put(connection, table, one.row_id, Row(row.live or one.rule == "removed", cells))
    except IntegrityError as error:
        raise RuleBroken(
            _("The other side cannot be taken as things are now."),
            field="choice",
            hint=_("Change the rest of it first, or leave it as it is."),
        ) from error


def _of(one: Dispute) -> dict[str, Value]:
    if one.rule == "value":
        return {one.column: one.other}
    return decoded(one.lost.new)


# In words


def _conflicts(connection: Connection) -> list[Conflict]:
    found = open_questions(connection)
    if not any(found):
        return []
    sentences = Sentences(connection)
    names = computers(connection)
    told = [_dispute(connection, sentences, names, one) for one in found.disputes]
    return told + [_situation(sentences, one) for one in found.situations]


def _dispute(
    connection: Connection, sentences: Sentences, names: dict[str, str], one: Dispute
) -> Conflict:
    table = described(connection, one.kind)
    cells = project(connection, table, [one.row_id])[one.row_id].cells

    def side(entry: Entry, value: Value, column: str) -> Side:
        who, moment = sentences.who_and_when(entry)
        shown = words.in_words(one.kind, column, value, cells, sentences.name, _LONGEST)
        return Side(shown, who, moment, clean(names.get(entry.replica, entry.replica)))

    if one.rule in ("retired", "removed"):
        out = _("out of use") if one.rule == "retired" else _("taken away")
        changed = words.label(one.kind, one.column)
        new = decoded(one.lost.new).get(one.column)
        stands = side(one.won, None, one.column)._replace(value=out)
        other = side(one.lost, new, one.column)
        other = other._replace(value=f"{changed}: {other.value}")
        field = ""
    else:
        stands = side(one.last, one.stands, one.column)
        other = side(one.lost, one.other, one.column)
        field = words.label(one.kind, one.column)
    return Conflict(
        id=decision_id(one.rule, one.subject),
        rule=one.rule,
        subject=one.subject,
        what=_what(sentences, one),
        field=field,
        sentence=rule_sentence(one.rule),
        advice=_(_ADVICE[one.rule]),
        choices=("kept", "other"),
        topic=(one.kind, one.row_id),
        stands=stands,
        other=other,
    )


def _situation(sentences: Sentences, one: Situation) -> Conflict:
    return Conflict(
        id=decision_id(one.rule, one.subject),
        rule=one.rule,
        subject=one.subject,
        what=_what(sentences, one),
        field="",
        sentence=rule_sentence(one.rule),
        advice=_(_ADVICE[one.rule]),
        choices=("kept",),
        topic=one.rows[0],
    )


def _what(sentences: Sentences, one: Dispute | Situation) -> str:
    """The rows that it is about, in words."""
    rows = one.rows if isinstance(one, Situation) else ((one.kind, one.row_id),)
    return clean(" · ".join(sentences.head(kind, row_id) for kind, row_id in rows))
