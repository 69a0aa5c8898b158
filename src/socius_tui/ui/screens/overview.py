"""Screen 1: the cockpit. How far the plan is and how good its data are, and what that asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from typing import ClassVar, Final

from textual.actions import SkipAction
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from socius_tui.domain.cockpit import DueLine, NextVisit, Quality, WorkTypePace
from socius_tui.domain.filters import VisitFilter
from socius_tui.domain.overview import CoverageLine, PlanStatus, StatusLine
from socius_tui.domain.records import RecentChange
from socius_tui.errors import SociusError
from socius_tui.i18n import _
from socius_tui.services import log, overview
from socius_tui.services.looking import View
from socius_tui.services.sync.marks import marks
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.commands.active import key_of
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.overview import AXIS, COCKPIT, DAYS, OVERVIEW
from socius_tui.ui.commands.shared import SHARED
from socius_tui.ui.messages import (
    OpenGoal,
    OpenOrganisation,
    OpenVisit,
    OpenWorkType,
    ShowVisits,
)
from socius_tui.ui.screens.base import SociusScreen
from socius_tui.ui.subject import Subject
from socius_tui.ui.widgets import cockpit_rows
from socius_tui.ui.widgets import overview_rows as rows
from socius_tui.ui.widgets.heat_map import HeatMap
from socius_tui.ui.widgets.line_table import LineTable, Row
from socius_tui.ui.widgets.pane import Pane
from socius_tui.ui.widgets.tab_line import Tab, TabLine
from socius_tui.ui.work import start

#: How many lines of what was entered are read, by the days of the stretch.
_MOST_CHANGES: Final = {cockpit_rows.WEEK: 50, cockpit_rows.MONTH: 200}


class OverviewScreen(SociusScreen):
    """How far the plan is and how good its data are; coverage, the year, what came in and waits."""

    NAME = "overview"
    DOES: ClassVar[tuple[Command, ...]] = (*SHARED, *OVERVIEW, *COCKPIT)
    BINDINGS = bindings(*OVERVIEW, *COCKPIT)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide"), (170, "-vast")]  # noqa: RUF012
    DEFAULT_CSS = """
    OverviewScreen {
        & #axes { height: 2; padding: 0 1; background: $surface; }
        & #parts { layout: horizontal; }
        & #left { width: 1fr; }
        & #beside { width: 38%; min-width: 46; }
        & #goals { height: 1fr; }
        & #calendar { height: 12; }
        & #coverage { height: 8; }
        & #recent { height: 2fr; }
        & #stale { height: 3fr; }
        & #spheres { height: 6; }
        & #spheres-list { height: 4; }
        & #wish { display: none; height: auto; padding: 0 1; color: $quiet; }
        & #tabs, & #extra { display: none; }
        & #extra, & #chosen {
            height: 1; padding: 0 1; background: $surface;
            text-wrap: nowrap; text-overflow: ellipsis;
        }
        &.-vast {
            & #beside { width: 44%; }
            & #spheres { height: 11; }
            & #wish { display: block; }
        }
        &.-narrow {
            & #tabs, & #extra { display: block; }
            & #wish { display: block; margin-top: 1; }
            & Pane { display: none; border: none; }
            & #coverage, & #calendar, & #spheres, & #recent, & #stale { height: 1fr; }
            & Pane.-current { display: block; }
            & #left, & #beside { width: 1fr; min-width: 0; display: none; }
            & #left.-current, & #beside.-current { display: block; }
        }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._status: PlanStatus | None = None
        self._quality: dict[str, Quality] = {}
        self._trend: dict[str, tuple[Fraction | None, ...]] = {}
        self._trend_asked = False
        self._data_axis = False
        self._days = cockpit_rows.WEEK
        self._recent: dict[str, RecentChange] = {}
        self._coverage: tuple[list[CoverageLine], list[CoverageLine]] = ([], [])
        self._paces: dict[str, WorkTypePace] = {}
        self._due: dict[str, DueLine] = {}
        self._extras: dict[str, Content] = {}

    def body(self) -> Iterable[Widget]:
        """Two summary lines, and the parts in their frames."""
        yield Static(id="axes")
        yield TabLine([Tab.of(command) for command in OVERVIEW], id="tabs")
        yield Static(id="extra")
        tables = rows.tables()
        panes = {}
        for command in OVERVIEW:
            name = Tab.of(command).name
            inside: list[Widget] = [tables[name] if name in tables else HeatMap(id="year")]
            if name == "spheres":
                inside.append(Static(id="wish"))
            panes[name] = Pane(
                *inside, key=command.key, title=command.text, command=command.id, id=name
            )
        panes["goals"].add_class("-current")
        left = Vertical(panes["goals"], panes["calendar"], id="left", classes="-current")
        beside = [panes[name] for name in ("coverage", "spheres", "recent", "stale")]
        yield Horizontal(left, Vertical(*beside, id="beside"), id="parts")
        yield Static(id="chosen")

    def on_mount(self) -> None:
        """The goals come first."""
        self.query_one(TabLine).current = "goals"
        self._table("goals").focus()

    # Loading

    async def load(self, view: View) -> None:
        """The status first, then the rest: the first line is there as early as it can be."""
        status = await self.need(overview.plan_status)
        self._status = status
        self._show_axes()
        await self._show_goals()
        year = date(view.as_of.year, 1, 1)
        this_year = await self.need(overview.coverage, year, view.as_of)
        self._coverage = (this_year, await self.need(overview.coverage))
        await self._show_coverage()
        self._extra("coverage", rows.policy(view.plan))
        await self._load_recent()
        start(self, self._load_rest, group="rest", exclusive=True)

    async def _load_recent(self) -> None:
        most = _MOST_CHANGES[self._days]
        changes = await self.need(log.changed_lately, days=self._days, limit=most)
        self._recent = {change.id: change for change in changes}
        new = (await self.need(marks)).rows
        lines = [cockpit_rows.recent_row(change, new) for change in changes]
        await self._table("recent").show(lines)
        key = key_of(self, DAYS.id, DAYS.key)
        count = sum(change.id in new for change in changes)
        self._extra("recent", cockpit_rows.recent_extra(len(changes), self._days, key, count))

    async def _load_rest(self) -> None:
        """What the first look does without, piece by piece: each shows as soon as it is there."""
        from socius_tui.services import cockpit, spheres

        status = self._status
        if status is None:
            return
        try:
            await self._show_year(None)
            paces = await self.need(cockpit.work_type_paces)
            self._paces = {line.work_type_id: line for line in paces}
            await self._show_coverage()
            await self._show_due(await self.need(cockpit.due, status))
            found = await self.need(spheres.spheres, status)
            await self._table("spheres").show(cockpit_rows.sphere_rows(found))
            self.query_one("#wish", Static).update(text.prose(spheres.wish(found)))
            beyond = _("{share} look beyond control").format(share=show.percent(found.share_beyond))
            self._extra("spheres", text.dim(beyond))
            self._quality = await self.need(cockpit.data_quality, status)
            await self._show_goals()
        except SociusError as error:
            self.socius.complain(error)
            return
        self._ask_trend(again=True)

    def _show_axes(self) -> None:
        if self._status is not None:
            self.query_one("#axes", Static).update(rows.axes(self._status, self.size.width - 2))

    async def _show_goals(self) -> None:
        table = self._table("goals")
        table.columns = rows.goal_columns(data=self._data_axis)
        await table.show(self._goal_rows())
        key = key_of(self, AXIS.id, AXIS.key)
        self._extra("goals", rows.legend(key, data=self._data_axis))
        if table.has_focus:
            self._show_chosen(table)

    async def _show_coverage(self) -> None:
        await self._table("coverage").show(rows.coverage_rows(*self._coverage, self._paces))

    async def _show_due(self, lines: Sequence[DueLine]) -> None:
        self._due = {line.id: line for line in lines}
        await self._table("stale").show([cockpit_rows.due_row(line) for line in lines])
        self._extra("stale", cockpit_rows.due_extra(lines))

    async def _show_year(self, day: date | None) -> None:
        """The year of a day, else the one that is shown, else that of the as-of date."""
        from socius_tui.services.visit_calendar import year_sheet

        heat = self.query_one(HeatMap)
        shown = heat.sheet.year if heat.sheet is not None else None
        sheet = await self.need(year_sheet, day.year if day is not None else shown)
        heat.show(sheet, day)
        self._extra("calendar", cockpit_rows.year_extra(sheet))

    def _ask_trend(self, *, again: bool = False) -> None:
        """Ask for the trend after everything else: it judges the plan eight times."""
        if again:
            self._trend_asked = False
        wide = self._table("goals").size.width >= rows.TREND_FROM
        if wide and not self._trend_asked and self._status is not None:
            self._trend_asked = True
            start(self, self._load_trend, group="trend", exclusive=True)

    async def _load_trend(self) -> None:
        # Day by day, so that a large plan lets somebody ask something else meanwhile.
        points = []
        for day in await self.ask(overview.trend_days) or ():
            point = await self.ask(overview.progress_on, day)
            if point is None:
                return
            points.append(point)
        if points:
            self._trend = overview.in_a_row(points)
            await self._show_goals()

    def on_resize(self) -> None:
        """A wider list shows the trend, a wider line more words."""
        self._show_axes()
        self.call_after_refresh(self._ask_trend)

    def _goal_rows(self) -> list[Row]:
        lines = self._status.lines if self._status else ()
        goals = [line for line in lines if line.level not in ("indicator", "action")]
        if len(goals) < 2:  # the plan's own line alone says nothing
            return []
        data = self._data_axis
        return [
            rows.goal_row(line, self._trend.get(line.id, ()), self._quality.get(line.id), data=data)
            for line in goals
        ]

    def _table(self, pane: str) -> LineTable:
        return self.query_one(f"#{pane}", Pane).query_one(LineTable)

    def _extra(self, pane: str, extra: Content) -> None:
        """What a part says of itself: in its title, or above it where it has no frame."""
        self._extras[pane] = extra
        self.query_one(f"#{pane}", Pane).set_extra(extra)
        if pane == self.query_one(TabLine).current:
            self.query_one("#extra", Static).update(extra)

    # What a person does

    def action_pane(self, name: str) -> None:
        """To one of the parts; who asks for the goals from the goals means: further back."""
        if name == "goals" and self._table(name).has_focus:
            raise SkipAction
        for pane in self.query(Pane):
            pane.set_class(pane.id == name, "-current")
        for side in ("left", "beside"):
            self.query_one(f"#{side}").set_class(
                bool(self.query(f"#{side} > .-current")), "-current"
            )
        self.query_one(TabLine).current = name
        self.query_one("#extra", Static).update(self._extras.get(name, text.NOTHING))
        (self.query_one(HeatMap) if name == "calendar" else self._table(name)).focus()

    async def action_axis(self) -> None:
        """How far, or how good the data are."""
        self._data_axis = not self._data_axis
        await self._show_goals()

    def action_days(self) -> None:
        """A week, or a month, of what was entered."""
        month = self._days == cockpit_rows.MONTH
        self._days = cockpit_rows.WEEK if month else cockpit_rows.MONTH
        start(self, self._reload_recent, group="recent", exclusive=True)

    async def _reload_recent(self) -> None:
        try:
            await self._load_recent()
        except SociusError as error:
            self.socius.complain(error)

    def action_next_organisation(self) -> None:
        """The organisation that waits longest; of all work types when none is chosen."""
        first = self._first_to_visit(self._table("coverage").current_key)
        if first is None:
            self.socius.tell(_("There is nobody left to visit without a plan this year."))
        else:
            self.app.post_message(OpenOrganisation(first.organisation_id))

    def _first_to_visit(self, work_type_id: str) -> NextVisit | None:
        pace = self._paces.get(work_type_id)
        if pace is not None:
            return pace.first
        there = [pace.first for pace in self._paces.values() if pace.first is not None]
        return min(there, key=lambda x: (x.last_visit or date.min, x.organisation), default=None)

    def on_line_table_highlighted(self, message: LineTable.Highlighted) -> None:
        """Say in full what the list has room for in part."""
        if message.table.has_focus:
            self._show_chosen(message.table)

    def on_descendant_focus(self) -> None:
        """Another list, another line."""
        if isinstance(self.focused, LineTable):
            self._show_chosen(self.focused)
        else:
            self.query_one("#chosen", Static).update(text.NOTHING)

    def _show_chosen(self, table: LineTable) -> None:
        key = table.current_key
        line = self._status.find(key) if self._status and key else None
        chosen = text.NOTHING
        if table.id == "coverage-list":
            pace = self._paces.get("" if key == "total" else key)
            chosen = rows.pace_words(pace) if pace is not None and key else text.NOTHING
        elif table.id == "stale-list":
            chosen = cockpit_rows.due_words(self._due[key]) if key in self._due else text.NOTHING
        elif table.id == "spheres-list":
            chosen = cockpit_rows.sphere_question(key) if key else text.NOTHING
        elif line is not None:
            chosen = text.spaced(
                (
                    text.status_text(line.status),
                    text.styled(line.code, text.STRONG) if line.level != "plan" else "",
                    rows.changed_late(line, words=True),
                    text.plain(line.title),
                    text.counted(line.counts, words=False, gap=" ") if line.depth else "",
                    rows.quality_words(self._quality.get(line.id)),
                )
            )
        self.query_one("#chosen", Static).update(chosen)

    def on_tab_line_chosen(self, message: TabLine.Chosen) -> None:
        """A list was chosen with the mouse."""
        self.action_pane(message.name)

    async def on_line_table_opened(self, message: LineTable.Opened) -> None:
        """Drill down."""
        pane, key = message.table.id, message.key
        if pane == "goals-list":
            self.app.post_message(OpenGoal(key))
        elif pane == "stale-list":
            self._open_due(self._due[key])
        elif pane == "coverage-list":
            self.app.post_message(OpenWorkType("" if key == "total" else key))
        elif pane == "recent-list":
            await self._open_recent(self._recent[key])
        elif pane == "spheres-list":
            start(self, partial(self._open_sphere, key), group="open", exclusive=True)

    async def _open_sphere(self, sphere: str) -> None:
        from socius_tui.services.spheres import lines_of
        from socius_tui.ui.dialogs.sphere import SphereWindow

        if self._status is None:
            return
        lines = await self.ask(lines_of, sphere, self._status)
        if lines is not None:
            self.app.push_screen(SphereWindow(sphere, lines))

    def _open_due(self, line: DueLine) -> None:
        if line.about == "visit":
            self.app.post_message(OpenVisit(line.opens))
        elif line.opens:
            self.app.post_message(OpenGoal(line.opens))

    async def _open_recent(self, change: RecentChange) -> None:
        if change.kind == "visit":
            self.app.post_message(OpenVisit(change.id))
        elif change.kind == "measurement":
            await self.socius.open_measurement(change.id)
        elif change.kind == "narrative" and self._status is not None:
            goal = self._status.find(change.title.partition(" ")[0])  # the title begins with it
            if goal is not None:
                self.app.post_message(OpenGoal(goal.id))
        elif change.kind == "follow_up":
            promised = await self.ask(log.follow_up_list, open_only=False)
            visit = next((line.visit_id for line in promised or () if line.id == change.id), None)
            if visit is not None:
                self.app.post_message(OpenVisit(visit))

    def on_heat_map_opened(self, message: HeatMap.Opened) -> None:
        """The visits of a day."""
        self.app.post_message(ShowVisits(VisitFilter(since=message.day, until=message.day)))

    def on_heat_map_year_wanted(self, message: HeatMap.YearWanted) -> None:
        """Another year."""
        start(self, partial(self._turn_to, message.day), group="year", exclusive=True)

    async def _turn_to(self, day: date) -> None:
        try:
            await self._show_year(day)
        except SociusError as error:
            self.socius.complain(error)

    def subject(self) -> Subject:
        """The goal or indicator with the cursor; for coverage, the organisation to visit first."""
        table = self.focused
        if not isinstance(table, LineTable) or self._status is None:
            return Subject()
        if table.id == "coverage-list":
            first = self._first_to_visit(table.current_key)
            return Subject(organisation_id=first.organisation_id if first else None)
        due_line = self._due.get(table.current_key) if table.id == "stale-list" else None
        line = self._status.find(due_line.opens if due_line else table.current_key)
        return Subject() if line is None else subject_of(line)

    def open_item(self, identifier: str) -> None:
        """Put the cursor on a goal; what stands in another part is there already."""
        if self._status is not None and self._status.find(identifier) is not None:
            if not self._table("goals").has_focus:
                self.action_pane("goals")
            start(self, partial(self._table("goals").go_to, identifier), group="open")


def subject_of(line: StatusLine) -> Subject:
    """What a line of the plan is about, for a form."""
    if line.level == "plan":
        return Subject()
    if line.level == "indicator":
        return Subject(indicator_id=line.id, goal_id=line.parent_id)
    return Subject(goal_id=line.id)


SCREEN = OverviewScreen
