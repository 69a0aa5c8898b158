"""The form for a visit: log or plan one, correct one, or say how a planned one went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from textual.widget import Widget
from textual.widgets import Static

from socius_tui.domain.records import VisitDetail
from socius_tui.errors import InvalidInput, NotFound
from socius_tui.i18n import _
from socius_tui.services import log, resolve
from socius_tui.services.looking import View
from socius_tui.services.resolve import Named
from socius_tui.services.session import BackgroundSession, Operation, Session
from socius_tui.services.visiting import (
    CancelVisit,
    CompleteVisit,
    EditVisit,
    LogVisit,
    Promise,
    RetireVisit,
)
from socius_tui.services.wording import word
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.dialogs.choices import NamedFinder, words
from socius_tui.ui.dialogs.form import WriteForm, only
from socius_tui.ui.widgets.choice_field import ChoiceField
from socius_tui.ui.widgets.date_field import DateField
from socius_tui.ui.widgets.form_field import FieldRow, FormField
from socius_tui.ui.widgets.multi_choice_field import MultiChoiceField
from socius_tui.ui.widgets.option_row import OptionRow
from socius_tui.ui.widgets.text_field import NoteField, TextField

MODES = ("on_site", "online", "phone")


@dataclass(frozen=True, slots=True)
class _Known:
    """What the form chooses from and begins with, asked in one go."""

    organisations: list[Named]
    goals: list[Named]
    persons: list[Named]
    tags: list[str]
    me: str | None
    visit: VisitDetail | None


def _known(session: Session, visit_id: str | None) -> _Known:
    visit = log.visit(session, visit_id) if visit_id else None
    return _Known(
        organisations=resolve.named_organisations(session),
        goals=resolve.named_goals(session, visit.goal_ids if visit else ()),
        persons=resolve.named_persons(session),
        tags=[tag for tag, _count in log.need_tags(session)],
        me=session.actor,
        visit=visit,
    )


class VisitDialog(WriteForm):
    """One screenful: who, when, how, about what, what was heard, what was promised.

    With `visit_id` that visit is corrected; with `complete` as well, a planned visit took
    place. Else a visit is logged or planned, to `organisation_id` if that is given.
    """

    ALIASES: ClassVar[dict[str, str]] = {"promises": "what"}
    FORM = "visit"
    SUBJECT = ("organisation_id", "goal_id", "visit_id", "complete")

    def __init__(
        self,
        organisation_id: str | None = None,
        goal_id: str | None = None,
        *,
        visit_id: str | None = None,
        complete: bool = False,
    ) -> None:
        super().__init__()
        self._organisation_id, self._goal_id = organisation_id, goal_id
        self._visit_id, self._complete = visit_id, complete
        self._visit: VisitDetail | None = None
        self.organisation = ChoiceField(
            required=True, placeholder=_("code or part of the name"), id="organisation"
        )
        self.day = DateField("" if visit_id else _("today"), id="day")
        self.visitor = ChoiceField(id="visitor")
        self.status = OptionRow(
            [(code, word(code)) for code in ("done", "planned")], "done", id="status"
        )
        self.mode = OptionRow([(code, word(code)) for code in MODES], "on_site", id="mode")
        self.goals = MultiChoiceField(placeholder=_("code or word of the title"), id="goals")
        self.needs = MultiChoiceField(
            new=True, placeholder=_("enter after each; new ones are welcome"), id="needs"
        )
        self.met = MultiChoiceField(new=True, limit=200, placeholder=_("names"), id="met")
        self.summary = NoteField(lines=4, id="summary")
        self.private = NoteField(lines=2, id="private")
        self.what = TextField(limit=2000, placeholder=_("what was promised"), id="what")
        self.due = DateField(required=False, id="due")
        self.owner = ChoiceField(id="owner")

    def title_text(self) -> str:
        """What is being done."""
        if self._complete:
            return _("Visit: it took place")
        return _("Correct a visit") if self._visit_id else _("Visit")

    def about(self) -> str:
        """The organisation; of an existing visit also the day."""
        chosen = self.organisation.chosen
        return chosen.label if chosen is not None else visit_name(self._visit)

    def body(self) -> Iterable[Widget]:
        """The fields; what cannot be changed of an existing visit is only shown."""
        new = self._visit_id is None
        if new:
            yield FormField("organisation_id", _("Organisation"), self.organisation)
        else:
            yield Static(id="organisation-fixed", classes="fixed")
        yield FieldRow(
            FormField("visited_on", _("Date"), self.day),
            FormField("visitor_id", _("by"), self.visitor, short=True, classes="less"),
        )
        with_mode = FormField("mode", _("how"), self.mode, short=True)
        if new:
            yield FieldRow(FormField("status", _("It is"), self.status, classes="less"), with_mode)
        else:
            yield FormField("mode", _("How"), self.mode)
        yield FormField("goal_ids", _("Goals"), self.goals)
        yield FormField("needs", _("Needs"), self.needs)
        yield FormField("met", _("People met"), self.met)
        yield FormField("summary", _("Note"), self.summary)
        yield FormField("private_note", _("Private note"), self.private)
        if new:
            yield FormField("what", _("Follow-up"), self.what)
            yield FieldRow(
                FormField("due_on", _("  due"), self.due),
                FormField("owner_id", _("by"), self.owner, short=True, classes="less"),
            )

    DEFAULT_CSS = """
    VisitDialog {
        & .less { width: 0.5fr; }
        &.-tight .less { width: 1fr; }
        & .fixed { height: 1; padding: 0 0 0 16; text-style: bold; text-wrap: nowrap;
            text-overflow: ellipsis; }
    }
    """

    async def load(self, view: View) -> None:
        """Fill in what is known: the organisation that was chosen, or the visit."""
        del view
        known = await self.ask(_known, self._visit_id)
        people = NamedFinder(known.persons, _("person"))
        self.organisation.set_finder(NamedFinder(known.organisations, _("organisation")))
        self.visitor.set_finder(people)
        self.owner.set_finder(people)
        self.goals.set_finder(NamedFinder(known.goals, _("goal")))
        self.needs.set_finder(NamedFinder(words(known.tags), _("need")))
        if self._visit_id is not None:
            if known.visit is None:
                raise NotFound(_("This visit no longer exists."))
            self._show(known.visit)
            return
        if self._organisation_id is not None:
            self.prefill("organisation_id", lambda: self.organisation.fill(self._organisation_id))
            if self.organisation.value is not None and self.organisation.typed.has_focus:
                only(self, "visited_on").focus_control()
        if self._goal_id is not None:
            chosen = [self._goal_id]
            self.prefill("goal_ids", lambda: self.goals.fill(chosen))
        self.prefill("visitor_id", lambda: self.visitor.fill(known.me))

    def _show(self, visit: VisitDetail) -> None:
        self._visit = visit
        line = visit.line
        self.query_one("#organisation-fixed", Static).update(
            text.spaced((text.plain(line.organisation), text.dim(word(line.status))))
        )
        self.prefill("visited_on", lambda: self.day.fill(line.visited_on))
        self.prefill("visitor_id", lambda: self.visitor.fill(visit.visitor_id))
        self.prefill("mode", lambda: setattr(self.mode, "value", line.mode))
        self.prefill("goal_ids", lambda: self.goals.fill(visit.goal_ids))
        self.prefill("needs", lambda: self.needs.fill(line.needs))
        self.prefill("met", lambda: self.met.fill(visit.met))
        self.prefill("summary", lambda: self.summary.fill(line.summary))
        self.prefill("private_note", lambda: self.private.fill(visit.private_note))

    def operation(self) -> Operation:
        """The use case."""
        shared = {
            "visited_on": self.day.value,
            "mode": self.mode.value,
            "visitor_id": self.visitor.value,
            "goal_ids": self.goals.value,
            "needs": self.needs.value,
            "met": self.met.value,
            "summary": self.summary.text,
            "private_note": self.private.text,
        }
        if self._visit_id is not None:
            kind = CompleteVisit if self._complete else EditVisit
            return kind.of(visit_id=self._visit_id, **shared)
        return LogVisit.of(
            organisation_id=self.organisation.value,
            status=self.status.value,
            promises=self._promises(),
            **shared,
        )

    def _promises(self) -> tuple[Promise, ...]:
        """The follow-up, if there is one; a due date or owner alone promises nothing."""
        if self.what.value.strip():
            return (
                Promise.of(what=self.what.value, owner_id=self.owner.value, due_on=self.due.value),
            )
        if self.due.value is not None or self.owner.value is not None:
            raise InvalidInput(
                _("There is a date or a person for a follow-up, but not what was promised."),
                field="what",
                hint=_("Write what was promised, or empty the line below."),
            )
        return ()

    def can_take_out(self) -> bool:
        """A visit that is in the log already."""
        return self._visit_id is not None

    def taking_out(self) -> tuple[str, Operation]:
        """Out of the log."""
        return take_out_visit(self._visit)


def visit_name(visit: VisitDetail | None) -> str:
    """Where and when; "" for none."""
    return f"{visit.line.organisation} {show.day(visit.line.visited_on)}" if visit else ""


def take_out_visit(visit: VisitDetail | None) -> tuple[str, Operation]:
    """The question before a visit goes out of the log, and the use case."""
    if visit is None:
        raise NotFound(_("This visit no longer exists."))
    question = _("Take the visit to {organisation} on {day} out of the log?").format(
        organisation=visit.line.organisation, day=show.day(visit.line.visited_on)
    )
    return question, RetireVisit.of(visit_id=visit.line.id)


class CancelVisitDialog(WriteForm):
    """A planned visit will not take place; the reason is kept."""

    FORM = "cancel_visit"

    def __init__(self, visit: VisitDetail) -> None:
        super().__init__()
        self._visit = visit
        self.reason = NoteField(lines=3, id="reason")

    def title_text(self) -> str:
        """What is being done."""
        return _("Cancel a visit")

    def opened_with(self) -> dict[str, str | bool]:
        """The visit."""
        return {"visit_id": self._visit.line.id}

    def about(self) -> str:
        """The visit."""
        return visit_name(self._visit)

    @classmethod
    async def again(cls, session: BackgroundSession, subject: Mapping[str, str | bool]) -> Self:
        """The form for the same visit. Raises NotFound when it was taken out."""
        found = await session.ask(log.visit, str(subject.get("visit_id")))
        if found is None:
            raise NotFound(_("This visit no longer exists."))
        return cls(found)

    def body(self) -> Iterable[Widget]:
        """Why."""
        line = self._visit.line
        yield Static(
            text.spaced((text.styled(line.organisation, text.STRONG), show.day(line.visited_on)))
        )
        yield FormField("reason", _("Reason"), self.reason)

    def operation(self) -> Operation:
        """The use case."""
        return CancelVisit.of(visit_id=self._visit.line.id, reason=self.reason.text)
