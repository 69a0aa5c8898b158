"""The visit planner: who is still to be visited, in which week, on which day, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from socius_tui.domain.changes import ChangeSet
from socius_tui.domain.visit_planning import Proposal, WeekPlan
from socius_tui.errors import RuleBroken
from socius_tui.i18n import _, ngettext
from socius_tui.services.register import work_types
from socius_tui.services.session import Session
from socius_tui.services.visit_planner import PlanVisits, VisitPlan, visit_plan
from socius_tui.services.visit_planner_words import summary
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.planner import (
    DAYS_OFF,
    MARK,
    MORE,
    NEXT_PERSON,
    PLAN,
    PLANNER_WINDOW,
    TOUCH,
)
from socius_tui.ui.dialogs.list_window import ListWindow
from socius_tui.ui.host import host
from socius_tui.ui.messages import OpenOrganisation
from socius_tui.ui.widgets.line_table import Column, LineTable, Row
from socius_tui.ui.work import start

_MOST_A_WEEK = 10


def _people(session: Session) -> list[str]:
    """Who is the contact person of a work type; the one at the keyboard comes first."""
    found = [w.contact_person_id for w in work_types(session) if w.contact_person_id is not None]
    return sorted(dict.fromkeys(found), key=lambda person: person != session.actor)


class PlannerWindow(ListWindow):
    """The remaining visits of a contact person, spread over the weeks of work that remain."""

    DOES: ClassVar[tuple[Command, ...]] = PLANNER_WINDOW
    BINDINGS = bindings(*PLANNER_WINDOW)
    DEFAULT_CSS = """
    PlannerWindow {
        & > #window { width: 120; max-width: 100%; height: 96%; }
        & #about { height: auto; max-height: 6; margin-bottom: 1; }
        & #hints { height: auto; max-height: 2; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._people: list[str] = []
        self._plan: VisitPlan | None = None
        self._per_week: int | None = None
        self._marked: set[str] = set()
        self._moved: dict[str, date] = {}

    def heading(self) -> Content:
        """For whom."""
        person = self._plan.person if self._plan is not None else ""
        return text.spaced((text.styled(_("Visit planner"), text.STRONG), text.plain(person)))

    def hints(self) -> Iterable[Content]:
        """The keys that are used most."""
        yield text.key_hint("space", _(MARK.text))
        yield text.key_hint("← →", _("another day"))
        for command in (PLAN, NEXT_PERSON, TOUCH, DAYS_OFF):
            yield text.key_hint(command.key, _(command.text))
        yield text.key_hint("+ -", _(MORE.text))
        yield from super().hints()

    def body(self) -> Iterable[Widget]:
        """What remains, in sentences; below it the list."""
        yield Static(id="about")
        yield LineTable(
            (
                Column("", 1),
                Column(_("Day"), 16),
                Column(_("Organisation"), weight=3),
                Column(_("Municipality"), weight=1, from_width=80),
                Column(_("Because"), weight=2, from_width=64),
            ),
            empty=_("Nothing is left to plan."),
            id="proposals",
        )

    async def load(self) -> None:
        """Ask for the plan of the first person."""
        session = host(self).session
        if not self._people:
            self._people = await session.ask(_people)
        if not self._people:
            raise RuleBroken(
                _("No work type has a contact person on this day."),
                hint=_("`socius assign` makes somebody the contact person of a work type."),
            )
        self._plan = await session.ask(visit_plan, self._people[0], per_week=self._per_week)
        known = {p.candidate.organisation_id for p in self._proposals()}
        self._marked &= known
        self._moved = {key: day for key, day in self._moved.items() if key in known}
        self.retitle()
        await self._draw()

    async def _draw(self) -> None:
        if self._plan is None:
            return
        told = [text.prose(line) for line in summary(self._plan)]
        if self._per_week is not None:
            limit = ngettext(
                "At most {n} visit a week.", "At most {n} visits a week.", self._per_week
            )
            told.append(text.dim(limit.format(n=self._per_week)))
        self.query_one("#about", Static).update(text.lines(told))
        await self.table.show(list(self._rows()))

    def _proposals(self) -> Iterator[Proposal]:
        for week in self._plan.weeks if self._plan is not None else ():
            yield from week.proposals

    def _rows(self) -> Iterator[Row]:
        for week in self._plan.weeks if self._plan is not None else ():
            if week.proposals or week.planned:
                yield _week_row(week)
                for proposal in week.proposals:
                    key = proposal.candidate.organisation_id
                    yield _row(proposal, self._day(proposal), marked=key in self._marked)

    def _day(self, proposal: Proposal) -> date:
        return self._moved.get(proposal.candidate.organisation_id, proposal.day)

    def _chosen(self, key: str) -> list[Proposal]:
        """The proposal of a line, or those of the week on it."""
        for week in self._plan.weeks if self._plan is not None else ():
            if key == week.week.monday.isoformat():
                return list(week.proposals)
        return [p for p in self._proposals() if p.candidate.organisation_id == key]

    # What a person does

    def action_mark(self) -> None:
        """Choose what the line is about, or no longer."""
        keys = {p.candidate.organisation_id for p in self._chosen(self.table.current_key)}
        self._marked = self._marked - keys if keys <= self._marked else self._marked | keys
        start(self, self._draw, group="load", exclusive=True)

    def action_shift(self, by: int) -> None:
        """The visit on another working day of the window."""
        if self._plan is None:
            return
        days = [day for week in self._plan.weeks for day in week.week.days]
        for proposal in self._chosen(self.table.current_key):
            place = days.index(self._day(proposal)) + by
            if 0 <= place < len(days):
                self._moved[proposal.candidate.organisation_id] = days[place]
        start(self, self._draw, group="load", exclusive=True)

    def action_limit(self, by: int) -> None:
        """At most so many a week; more than the most there can be is no limit."""
        now = _MOST_A_WEEK + 1 if self._per_week is None else self._per_week
        limit = max(1, now + by)
        self._per_week = None if limit > _MOST_A_WEEK else limit
        self.reload()

    def action_next_person(self) -> None:
        """The next contact person, and round."""
        if self._people:
            self._people.append(self._people.pop(0))
            self._marked, self._moved = set(), {}
            self.reload()

    def action_plan(self) -> None:
        """Plan what is chosen; without a choice what the line is about."""
        if self._plan is None:
            return
        wanted = [p for p in self._proposals() if p.candidate.organisation_id in self._marked]
        wanted = wanted or self._chosen(self.table.current_key)
        if not wanted:
            return
        visits = tuple((p.candidate.organisation_id, self._day(p)) for p in wanted)
        self._marked = set()
        self.do(PlanVisits.of(visits=visits, visitor_id=self._plan.person_id))

    def on_line_table_opened(self, message: LineTable.Opened) -> None:
        """To the organisation."""
        if any(p.candidate.organisation_id == message.key for p in self._proposals()):
            self.dismiss(None)
            self.app.post_message(OpenOrganisation(message.key))

    def action_touch(self) -> None:
        """Who is losing touch."""
        from socius_tui.ui.dialogs.touch import TouchWindow

        self.app.push_screen(TouchWindow(), self._seen)

    def action_days_off(self) -> None:
        """Days off; they change what is proposed."""
        from socius_tui.ui.dialogs.days_off import DaysOffWindow

        self.app.push_screen(DaysOffWindow(), self._seen)

    def _seen(self, _nothing: ChangeSet | None) -> None:
        self.reload()


def _week_row(week: WeekPlan) -> Row:
    """A week: how many days it has, what is planned in it, what is proposed."""
    days = len(week.week.days)
    about = [ngettext("{n} working day", "{n} working days", days).format(n=days)]
    if week.planned:
        about.append(_("{n} planned").format(n=week.planned))
    monday = text.styled(show.day(week.week.monday), text.STRONG)
    return Row(
        week.week.monday.isoformat(),
        ("", monday, text.dim(_("week") + ": " + ", ".join(about)), "", ""),
    )


def _row(proposal: Proposal, day: date, *, marked: bool) -> Row:
    candidate = proposal.candidate
    return Row(
        candidate.organisation_id,
        (
            text.styled("✓", text.STRONG) if marked else "",
            f"  {show.short_day(day)}",
            text.plain(candidate.name),
            text.plain(candidate.municipality),
            text.dim(", ".join(text.word(reason) for reason in proposal.reasons)),
        ),
    )
