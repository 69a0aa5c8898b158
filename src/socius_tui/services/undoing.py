"""Undo and redo: what a person did is taken back as a new change set, and can be done again.

Everybody undoes what they did themselves, the last thing first. What somebody changed later is
never overwritten in silence: see `domain.undoing.Later`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Final, Literal

from socius_tui.domain.titles import Title, is_by_program, said, title_from
from socius_tui.domain.undoing import Later, Pending, Place, Step, Turn, Turns, turns
from socius_tui.errors import FileProblem, RuleBroken
from socius_tui.i18n import _
from socius_tui.services.session import Session
from socius_tui.services.undo_rules import check_whole
from socius_tui.services.undo_words import Sentences, moment_word
from socius_tui.store.driver import Connection
from socius_tui.store.journal import inverse
from socius_tui.store.journal.sets import own_steps, set_by_key
from socius_tui.store.unit_of_work import Transaction

Direction = Literal["undo", "redo"]

BULK: Final = 20  # a backup is made before more than this are taken back at once

_TOLD: Final = 5  # places in the sentence of a refusal


class InTheWay(RuleBroken):
    """Something was changed later, or hangs on what would go: nothing was taken back.

    `firm`: taking it back all the same is no way out.
    """

    firm = False


class TakeBack:
    """Undo a set, or do it again: `undoes` is the key of the set, `later` the choice."""

    def __init__(self, undoes: str, later: Later = "ask") -> None:
        self.undoes = undoes
        self._later = later

    def apply(self, transaction: Transaction) -> str:
        """Write the inverse. Raises InTheWay, and RuleBroken when it is not the turn of this."""
        own = _turns(transaction.connection, transaction.actor)
        for turn in own.undo[-1:] + own.redo[-1:]:
            if turn.key == self.undoes:
                return _Step(turn, turn in own.undo[-1:], self._later).apply(transaction)
        raise RuleBroken(
            _("Something else was done in the meantime, so nothing was undone or done again."),
            hint=_("Look again at what is next."),
        )


class _Step:
    """Takes back the set whose turn it is."""

    def __init__(self, turn: Turn, undo: bool, later: Later) -> None:
        self.undoes = turn.key
        self._turn, self._undo, self._later = turn, undo, later
        self.title = ""

    def apply(self, transaction: Transaction) -> str:
        """Write the inverse. Raises InTheWay."""
        connection = transaction.connection
        rows = _rows(connection, self._turn, self._undo)
        back = inverse.inverse(connection, rows, keep_later=self._later == "keep")
        what = _what(connection, self._turn)
        if self._later != "keep" and (back.ties or (back.moved and self._later == "ask")):
            raise _in_the_way(what, self._undo, Sentences(connection).places(back))
        transaction.changes.extend(inverse.apply(connection, back))
        check_whole(connection, transaction.changes)
        self.title = _title(what, self._undo, back)
        return self.title


class _Rehearsed(Exception):
    """Ends a transaction that was only tried."""


def _turns(connection: Connection, actor: str | None) -> Turns:
    """Whose turn it is among what somebody did."""
    return turns(
        Step(key, undoes)
        for key, undoes, title in own_steps(connection, actor)
        if actor is not None or not is_by_program(title)
    )


def _stack(connection: Connection, actor: str | None, direction: Direction) -> list[Turn]:
    """One of the stacks, the next one first."""
    own = _turns(connection, actor)
    return list(reversed(own.undo if direction == "undo" else own.redo))


def _rows(connection: Connection, turn: Turn, undo: bool) -> list[inverse.Reversal]:
    """The rows that go back.

    To undo what was done again is to undo what was done: an undo that left something as it was
    must not put the rest of it out of reach.
    """
    source = set_by_key(connection, turn.about if undo else turn.key)
    try:
        return inverse.reversals(connection, source)
    except ValueError as error:
        raise FileProblem(
            _("What was changed then can no longer be read in the journal of this file."),
            title=_("The journal is damaged"),
            hint=_("Take the newest backup, or correct it by hand."),
        ) from error


def _what(connection: Connection, turn: Turn) -> Title:
    """The title of what a turn is about."""
    return title_from(set_by_key(connection, turn.about).title)


def _named(connection: Connection, turn: Turn) -> Pending:
    about = set_by_key(connection, turn.about)
    return Pending(turn.key, title_from(about.title), moment_word(about.made_at))


def pending(session: Session, direction: Direction) -> Pending | None:
    """What is next to be undone or done again, and what is in the way; None when there is none."""

    def look(connection: Connection) -> Pending | None:
        waiting = _stack(connection, session.actor, direction)
        if not waiting:
            return None
        named = _named(connection, waiting[0])
        rows = _rows(connection, waiting[0], direction == "undo")
        whole = inverse.inverse(connection, rows, keep_later=False)
        if not (whole.moved or whole.ties):
            return named
        rest = inverse.inverse(connection, rows, keep_later=True)
        places = Sentences(connection).places(whole)
        return named._replace(places=places, left=bool(rest.rows))

    return session.read(look)


def stack(session: Session, direction: Direction) -> list[Pending]:
    """All that can be undone or done again, the next one first; without what is in the way."""

    def look(connection: Connection) -> list[Pending]:
        waiting = _stack(connection, session.actor, direction)
        return [_named(connection, turn) for turn in waiting]

    return session.read(look)


def take_back(
    session: Session,
    direction: Direction,
    number: int = 1,
    *,
    later: Later = "ask",
    only_say: bool = False,
    reason: str = "",
) -> list[str]:
    """Undo (or do again) the last `number` things of this person, all in one transaction.

    Gives the title of each. With `only_say` everything is tried and nothing stays. A backup is
    made before more than BULK; `reason` is for a closed period. Raises InTheWay, PeriodClosed,
    and RuleBroken when there is nothing to take back.
    """
    done: list[_Step] = []

    def steps() -> Iterator[_Step]:
        # Asked for one by one inside the transaction: nobody else comes between them.
        waiting = _stack(session.database.connection, session.actor, direction)
        if not waiting:
            raise nothing_left(session, direction)
        for turn in waiting[:number]:
            done.append(_Step(turn, direction == "undo", later))
            yield done[-1]
        if only_say:
            raise _Rehearsed

    if number > BULK and not only_say and len(stack(session, direction)) > BULK:
        from socius_tui.services.backups import back_up

        back_up(session, "undo")
    with suppress(_Rehearsed):
        session.write_all(steps(), reason=reason)
    return [step.title for step in done]


def nothing_left(session: Session, direction: Direction) -> RuleBroken:
    """That there is nothing to undo or to do again."""
    return RuleBroken(
        _("There is nothing of yours to undo.")
        if direction == "undo"
        else _("There is nothing of yours to do again."),
        hint=""
        if session.actor is not None
        else _("The program does not know who you are: only what was done without a name counts."),
    )


def _title(what: Title, undo: bool, back: inverse.Inverse) -> Title:
    """What was done, and whether all of it was."""
    if not back.rows and undo:
        return said("Nothing was left to undo of: {what}", what=what)
    if not back.rows:
        return said("Nothing was left to do again of: {what}", what=what)
    if back.left and undo:
        return said("Undone, except where it was changed later: {what}", what=what)
    if back.left:
        return said("Done again, except where it was changed later: {what}", what=what)
    if undo:
        return said("Undone: {what}", what=what)
    return said("Done again: {what}", what=what)


def _in_the_way(what: Title, undo: bool, places: Sequence[Place]) -> InTheWay:
    sentence = _("“{what}” was not undone.") if undo else _("“{what}” was not done again.")
    told = [sentence.format(what=what), *(place.sentence for place in places[:_TOLD])]
    more = len(places) - _TOLD
    if more > 0:
        told.append(_("And {n} more.").format(n=more))
    error = InTheWay(" ".join(told), title=_("Something is in the way"))
    error.firm = any(place.firm for place in places)
    return error
