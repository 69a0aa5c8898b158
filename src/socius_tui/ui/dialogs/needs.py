"""Needs heard at visits: how often each, and the visits at which one was heard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import ClassVar, NamedTuple

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from socius_tui.domain.filters import VisitFilter
from socius_tui.domain.needs import NeedLine, NeedsFilter, NeedsHeard
from socius_tui.domain.records import VisitLine
from socius_tui.errors import SociusError
from socius_tui.i18n import _, ngettext
from socius_tui.services import log
from socius_tui.services.looking import view
from socius_tui.services.needs import needs_heard, visits_with
from socius_tui.services.programme import goals_for_actions
from socius_tui.services.resolve import Named, named_work_types
from socius_tui.services.session import Session
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.needs import (
    LOG_OF_NEED,
    NEEDS_WINDOW,
    NEXT_GOAL,
    NEXT_WORK_TYPE,
)
from socius_tui.ui.dialogs.window import Window
from socius_tui.ui.host import host
from socius_tui.ui.messages import OpenVisit, ShowVisits
from socius_tui.ui.widgets.line_table import Column, LineTable, Row
from socius_tui.ui.work import start

_NOTE_CELLS = 400


class _Around(NamedTuple):
    """What the needs can be asked for: years, work types, top goals."""

    years: tuple[int, ...]
    work_types: list[Named]
    goals: list[Named]
    year: int


def _around(session: Session) -> _Around:
    now = view(session)
    if now.plan is None:
        return _Around((), named_work_types(session), [], now.as_of.year)
    first, last = (day.year for day in now.plan.rules.period)
    return _Around(
        tuple(range(first, min(last, now.as_of.year) + 1)),
        named_work_types(session),
        goals_for_actions(session, ("strategic", "basic_task")),
        now.as_of.year,
    )


class NeedsWindow(Window[None]):
    """The needs of a year or of the whole plan, of a work type, of a goal."""

    DOES: ClassVar[tuple[Command, ...]] = NEEDS_WINDOW
    BINDINGS = bindings(*NEEDS_WINDOW)
    DEFAULT_CSS = """
    NeedsWindow, NeedVisitsWindow {
        & > #window { width: 110; max-width: 100%; height: 85%; }
        & LineTable { height: 1fr; }
        & #about { height: auto; max-height: 8; margin-bottom: 1; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._wanted = NeedsFilter()
        self._around: _Around | None = None
        self._year: int | None = None  # None is the whole plan
        self._found = NeedsHeard((), 0)

    def heading(self) -> Content:
        """What is counted, and at which visits."""
        around = self._around
        parts = [text.styled(_("Needs heard"), text.STRONG)]
        if around is not None:
            whole = _("whole plan") if around.years else ""
            parts.append(text.plain(str(self._year) if self._year else whole))
            parts += [
                text.plain(named.label if named in around.goals else named.name, limit=40)
                for named in (*around.work_types, *around.goals)
                if named.id in (self._wanted.work_type_id, self._wanted.goal_id)
            ]
        return text.spaced(parts, " · ")

    def hints(self) -> Iterable[Content]:
        """See where, other years, filters, back."""
        yield text.key_hint("enter", _("where"))
        yield text.key_hint("← →", _("year"))
        for command in (NEXT_WORK_TYPE, NEXT_GOAL, LOG_OF_NEED):
            yield text.key_hint(command.key, _(command.text))
        yield from super().hints()

    def body(self) -> Iterable[Widget]:
        """The list."""
        yield LineTable(
            (
                Column(_("Need"), weight=2),
                Column("", weight=3),
                Column(_("visits"), 7, "right"),
                Column(_("share"), 6, "right"),
                Column(_("organisations"), 13, "right", from_width=78),
                Column(_("last"), 10, from_width=90),
            ),
            id="needs",
        )
        yield Static(id="about")

    def on_mount(self) -> None:
        """Ask for the needs of this year."""
        self.query_one(LineTable).focus()
        start(self, self._load, group="load", exclusive=True)

    async def _load(self) -> None:
        session = host(self).session
        try:
            if self._around is None:
                self._around = around = await session.ask(_around)
                self._year = around.year if around.year in around.years else None
            self._wanted = self._in_year()
            self._found = found = await session.ask(needs_heard, self._wanted)
        except SociusError as error:
            host(self).complain(error)
            return
        table = self.query_one(LineTable)
        table.empty = text.plain(_("No need was noted at these visits."))
        await table.show([self._row(line) for line in found.lines])
        self.query_one("#about", Static).update(
            text.dim(
                ngettext(
                    "Heard at {n} visit that was done.", "Heard at {n} visits done.", found.visits
                ).format(n=found.visits)
                if found.lines
                else ""
            )
        )
        self.retitle()

    def _in_year(self) -> NeedsFilter:
        years = self._around.years if self._around else ()
        if self._year is not None:
            return self._wanted._replace(
                since=date(self._year, 1, 1), until=date(self._year, 12, 31)
            )
        if years:
            return self._wanted._replace(since=date(years[0], 1, 1), until=date(years[-1], 12, 31))
        return self._wanted._replace(since=None, until=None)

    def _row(self, line: NeedLine) -> Row:
        length = self._found.length(line)
        return Row(
            line.tag,
            (
                text.plain(line.tag),
                lambda width: text.bar(length, None, width),
                str(line.visits),
                show.percent(self._found.share(line)),
                str(line.organisations),
                show.day(line.last),
            ),
        )

    def action_turn(self, by: int) -> None:
        """The year before or after; beyond the last is the whole plan, and round again."""
        around = self._around
        if around is None or not around.years:
            return
        choices = [*around.years, None]
        self._year = choices[(choices.index(self._year) + by) % len(choices)]
        start(self, self._load, group="load", exclusive=True)

    def action_next_work_type(self) -> None:
        """Another work type; after the last, all."""
        if self._around is not None:
            found = _after(self._wanted.work_type_id, self._around.work_types)
            self._wanted = self._wanted._replace(work_type_id=found)
            start(self, self._load, group="load", exclusive=True)

    def action_next_goal(self) -> None:
        """Another strategic goal or basic task; after the last, all."""
        if self._around is not None:
            found = _after(self._wanted.goal_id, self._around.goals)
            self._wanted = self._wanted._replace(goal_id=found)
            start(self, self._load, group="load", exclusive=True)

    @property
    def _log(self) -> VisitFilter | None:
        """The visits of the need with the cursor."""
        tag = self.query_one(LineTable).current_key
        return visits_with(self._wanted, tag) if tag else None

    def on_line_table_opened(self, _message: LineTable.Opened) -> None:
        """The visits at which it was heard."""
        if (wanted := self._log) is not None:
            self.app.push_screen(NeedVisitsWindow(wanted), self._go)

    def _go(self, visit_id: str | None) -> None:
        if visit_id is not None:
            self.app.post_message(OpenVisit(visit_id))
            self.dismiss(None)

    def action_log(self) -> None:
        """The log with only these visits."""
        if (wanted := self._log) is not None:
            self.app.post_message(ShowVisits(wanted))
            self.dismiss(None)


class NeedVisitsWindow(Window[str]):
    """The visits at which a need was heard, with their notes; gives the id of one to open."""

    def __init__(self, wanted: VisitFilter) -> None:
        super().__init__()
        self._wanted = wanted
        self._lines: dict[str, VisitLine] = {}

    def heading(self) -> Content:
        """The need."""
        return text.styled(self._wanted.need or "", text.STRONG)

    def hints(self) -> Iterable[Content]:
        """Open, back."""
        yield text.key_hint("enter", _("open the visit"))
        yield from super().hints()

    def body(self) -> Iterable[Widget]:
        """The list, and the note of the visit with the cursor."""
        yield LineTable(
            (
                Column(_("Date"), 10),
                Column(_("Organisation"), weight=2),
                Column(_("Visitor"), 18, from_width=90),
                Column(_("Note"), weight=3),
            ),
            id="heard",
        )
        yield Static(id="about")

    def on_mount(self) -> None:
        """Ask for them, a page at a time."""
        self.query_one(LineTable).focus()
        start(self, self._load, exclusive=True)

    async def _load(self) -> None:
        session = host(self).session

        async def fetch(offset: int, limit: int) -> Sequence[Row]:
            lines = await session.ask(log.visit_log, self._wanted, limit=limit, offset=offset)
            self._lines |= {line.id: line for line in lines}
            return [_visit_row(line) for line in lines]

        try:
            count = await session.ask(log.count_visits, self._wanted)
            await self.query_one(LineTable).load(count, fetch)
        except SociusError as error:
            host(self).complain(error)
            return
        self._tell(self.query_one(LineTable).current_key)

    def on_line_table_highlighted(self, message: LineTable.Highlighted) -> None:
        """Another visit."""
        self._tell(message.key)

    def on_line_table_failed(self, message: LineTable.Failed) -> None:
        """The list could not read its rows."""
        host(self).complain(message.error)

    def _tell(self, key: str) -> None:
        line = self._lines.get(key)
        about = text.NOTHING
        if line is not None:
            goals = text.dim(" ".join(line.goals))
            head = text.spaced((text.styled(line.organisation, text.STRONG), goals))
            about = text.lines((head, text.plain(line.summary, limit=_NOTE_CELLS)))
        self.query_one("#about", Static).update(about)

    def on_line_table_opened(self, message: LineTable.Opened) -> None:
        """Go to the visit."""
        self.dismiss(message.key)


def _visit_row(line: VisitLine) -> Row:
    return Row(
        line.id,
        (
            show.day(line.visited_on),
            text.plain(line.organisation),
            text.plain(line.visitor),
            text.plain(line.summary, limit=_NOTE_CELLS),
        ),
    )


def _after(here: str | None, choices: Sequence[Named]) -> str | None:
    """The choice after this one; after the last comes None, which is all."""
    ids: list[str | None] = [None, *(choice.id for choice in choices)]
    return ids[(ids.index(here) + 1) % len(ids)] if here in ids else None
