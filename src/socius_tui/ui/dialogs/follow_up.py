"""The forms for a follow-up: promise or correct one, and say that it was done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from textual.widget import Widget
from textual.widgets import Static

from socius_tui.domain.filters import VisitFilter
from socius_tui.domain.records import FollowUpLine, VisitLine
from socius_tui.errors import NotFound
from socius_tui.i18n import _
from socius_tui.services import log, resolve
from socius_tui.services.following import (
    AddFollowUp,
    CloseFollowUp,
    EditFollowUp,
    RetireFollowUp,
)
from socius_tui.services.looking import View
from socius_tui.services.resolve import Named
from socius_tui.services.session import BackgroundSession, Operation, Session
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.dialogs.choices import NamedFinder
from socius_tui.ui.dialogs.form import WriteForm, only
from socius_tui.ui.subject import Subject
from socius_tui.ui.widgets.choice_field import ChoiceField
from socius_tui.ui.widgets.date_field import DateField
from socius_tui.ui.widgets.form_field import FormField
from socius_tui.ui.widgets.text_field import NoteField, TextField

_VISITS = 300  # the latest, to choose from as a source


@dataclass(frozen=True, slots=True)
class _Known:
    """What the form chooses from and begins with."""

    goals: list[Named]
    indicators: list[Named]
    visits: list[VisitLine]
    persons: list[Named]
    me: str | None
    preset: str | None


def _known(session: Session, subject: Subject) -> _Known:
    visits = log.visit_log(session, VisitFilter(), limit=_VISITS)
    preset = subject.visit_id or subject.indicator_id or subject.goal_id
    if subject.visit_id and not any(v.id == subject.visit_id for v in visits):
        found = log.visit(session, subject.visit_id)
        visits += [found.line] if found else []
    if preset is None and subject.organisation_id is not None:
        here = VisitFilter(organisation_id=subject.organisation_id)
        last = log.visit_log(session, here, limit=1)
        preset = last[0].id if last else None
        visits += [line for line in last if all(v.id != line.id for v in visits)]
    return _Known(
        goals=resolve.named_goals(session),
        indicators=resolve.named_indicators(session),
        visits=visits,
        persons=resolve.named_persons(session),
        me=session.actor,
        preset=preset,
    )


class FollowUpDialog(WriteForm):
    """Promise something, or correct the promise `follow_up`."""

    ALIASES: ClassVar[dict[str, str]] = {
        "visit_id": "source",
        "goal_id": "source",
        "indicator_id": "source",
    }
    FORM = "follow_up"

    def __init__(
        self, subject: Subject | None = None, *, follow_up: FollowUpLine | None = None
    ) -> None:
        super().__init__()
        self._subject = subject or Subject()
        self._follow_up = follow_up
        self._columns: dict[str, str] = {}
        self.what = TextField(limit=2000, required=True, id="what")
        self.owner = ChoiceField(placeholder=_("name"), id="owner")
        self.due = DateField(required=False, id="due")
        self.source = ChoiceField(
            required=True, placeholder=_("visit, goal or indicator"), id="source"
        )

    def title_text(self) -> str:
        """What is being done."""
        return _("Correct a follow-up") if self._follow_up else _("Follow-up")

    def opened_with(self) -> dict[str, str | bool]:
        """The follow-up, or what it began with."""
        if self._follow_up is not None:
            return {"follow_up_id": self._follow_up.id}
        return {name: value for name, value in self._subject._asdict().items() if value}

    def about(self) -> str:
        """What it comes from."""
        if self._follow_up is not None:
            return self._follow_up.source
        return self.source.chosen.label if self.source.chosen is not None else ""

    @classmethod
    async def again(cls, session: BackgroundSession, subject: Mapping[str, str | bool]) -> Self:
        """For the same follow-up, or a new one. Raises NotFound when it was taken out."""
        if "follow_up_id" in subject:
            return cls(follow_up=await _present(session, subject))
        known = {name: str(value) for name, value in subject.items() if name in Subject._fields}
        return cls(Subject(**known))

    def body(self) -> Iterable[Widget]:
        """The fields."""
        yield FormField("what", _("What"), self.what)
        yield FormField("due_on", _("Due"), self.due)
        yield FormField("owner_id", _("By"), self.owner)
        if self._follow_up is None:
            yield FormField("source", _("Comes from"), self.source)
        else:
            yield Static(text.join(text.dim(_("Comes from") + "  "), self._follow_up.source))

    async def load(self, view: View) -> None:
        """Fill in what is known."""
        del view
        known = await self.ask(_known, self._subject)
        self.owner.set_finder(NamedFinder(known.persons, _("person")))
        self.source.set_finder(NamedFinder(self._sources(known), _("visit, goal or indicator")))
        old = self._follow_up
        if old is not None:
            self.prefill("what", lambda: self.what.fill(old.what))
            self.prefill("due_on", lambda: self.due.fill(old.due_on))
            self.prefill("owner_id", lambda: self.owner.fill(old.owner_id))
            return
        self.prefill("owner_id", lambda: self.owner.fill(known.me))
        if known.preset is not None:
            self.prefill("source", lambda: self.source.fill(known.preset))

    def _sources(self, known: _Known) -> list[Named]:
        sources = []
        for column, things in (("goal_id", known.goals), ("indicator_id", known.indicators)):
            for thing in things:
                self._columns[thing.id] = column
                sources.append(thing)
        for visit in known.visits:
            self._columns[visit.id] = "visit_id"
            name = _("visit {day} {organisation}").format(
                day=show.day(visit.visited_on), organisation=visit.organisation
            )
            sources.append(Named(visit.id, "", name))
        return sources

    def operation(self) -> Operation:
        """The use case."""
        fields = {
            "what": self.what.value,
            "owner_id": self.owner.value,
            "due_on": self.due.value,
        }
        if self._follow_up is not None:
            return EditFollowUp.of(follow_up_id=self._follow_up.id, **fields)
        source = self.source.value
        if source is not None:
            fields[self._columns[source]] = source
        return AddFollowUp.of(**fields)

    def can_take_out(self) -> bool:
        """A follow-up that is on the list already."""
        return self._follow_up is not None

    def taking_out(self) -> tuple[str, Operation]:
        """Off the list."""
        return take_out_follow_up(self._follow_up)


def take_out_follow_up(follow_up: FollowUpLine | None) -> tuple[str, Operation]:
    """The question before a follow-up goes off the list, and the use case."""
    if follow_up is None:
        raise NotFound(_("This follow-up no longer exists."))
    question = _("Take the follow-up “{what}” off the list?").format(what=follow_up.what[:200])
    return question, RetireFollowUp.of(follow_up_id=follow_up.id)


class CloseFollowUpDialog(WriteForm):
    """A promise was kept: when, and what came of it."""

    FORM = "close_follow_up"

    def __init__(self, follow_up: FollowUpLine) -> None:
        super().__init__()
        self._follow_up = follow_up
        self.day = DateField(_("today"), id="day")
        self.outcome = NoteField(lines=4, id="outcome")

    def title_text(self) -> str:
        """What is being done."""
        return _("Follow-up: done")

    def opened_with(self) -> dict[str, str | bool]:
        """The follow-up."""
        return {"follow_up_id": self._follow_up.id}

    def about(self) -> str:
        """What was promised."""
        return self._follow_up.what

    @classmethod
    async def again(cls, session: BackgroundSession, subject: Mapping[str, str | bool]) -> Self:
        """For the same follow-up. Raises NotFound when it was taken out."""
        return cls(await _present(session, subject))

    def body(self) -> Iterable[Widget]:
        """The promise, and the fields."""
        yield FormField("done_on", _("Done on"), self.day)
        yield FormField("outcome", _("Outcome"), self.outcome)

    async def load(self, view: View) -> None:
        """Show what was promised."""
        del view
        promised = self._follow_up
        self.context(
            [
                text.styled(promised.what, text.STRONG, limit=300),
                text.spaced(
                    (text.dim(promised.source), text.dim(promised.owner), _due(promised.due_on)),
                    " · ",
                ),
            ]
        )
        only(self, "done_on").focus_control()

    def operation(self) -> Operation:
        """The use case."""
        return CloseFollowUp.of(
            follow_up_id=self._follow_up.id, done_on=self.day.value, outcome=self.outcome.text
        )


async def _present(session: BackgroundSession, subject: Mapping[str, str | bool]) -> FollowUpLine:
    found = await session.ask(log.follow_up, str(subject.get("follow_up_id")))
    if found is None:
        raise NotFound(_("This follow-up no longer exists."))
    return found


def _due(day: date | None) -> str:
    return _("due {day}").format(day=show.day(day)) if day else _("no due date")
