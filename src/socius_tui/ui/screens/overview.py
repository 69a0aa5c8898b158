"""Screen 1: the whole plan on one page, on two axes: how far it is, and how good the data are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from functools import partial
from typing import ClassVar

from textual.actions import SkipAction
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from socius_tui.domain.overview import PlanStatus, StatusLine
from socius_tui.domain.records import RecentChange
from socius_tui.services import log, overview
from socius_tui.services.looking import View
from socius_tui.ui import text
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.overview import OVERVIEW
from socius_tui.ui.commands.shared import SHARED
from socius_tui.ui.messages import OpenGoal, OpenVisit, OpenWorkType
from socius_tui.ui.screens.base import SociusScreen
from socius_tui.ui.subject import Subject
from socius_tui.ui.widgets import overview_rows as rows
from socius_tui.ui.widgets.line_table import LineTable, Row
from socius_tui.ui.widgets.pane import Pane
from socius_tui.ui.widgets.tab_line import Tab, TabLine
from socius_tui.ui.work import start


class OverviewScreen(SociusScreen):
    """A line a goal; coverage; what came in; what waits for data."""

    NAME = "overview"
    DOES: ClassVar[tuple[Command, ...]] = (*SHARED, *OVERVIEW)
    BINDINGS = bindings(*OVERVIEW)
    DEFAULT_CSS = """
    OverviewScreen {
        & #axes { height: 2; padding: 0 1; background: $surface; }
        & #parts { layout: horizontal; }
        & #goals { width: 1fr; }
        & #beside { width: 38%; min-width: 46; }
        & #coverage { height: 9; }
        & #recent { height: 1fr; }
        & #stale { height: 1fr; }
        & #tabs { display: none; }
        & #chosen {
            height: 1; padding: 0 1; background: $surface;
            text-wrap: nowrap; text-overflow: ellipsis;
        }
        &.-narrow {
            & #tabs { display: block; }
            & Pane { display: none; border: none; height: 1fr; }
            & Pane.-current { display: block; }
            & #goals { width: 1fr; }
            & #beside { width: 1fr; min-width: 0; display: none; }
            & #beside.-current { display: block; }
        }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._status: PlanStatus | None = None
        self._trend: dict[str, tuple[Fraction | None, ...]] = {}
        self._trend_asked = False
        self._recent: dict[str, RecentChange] = {}

    def body(self) -> Iterable[Widget]:
        """Two summary lines, and four lists in their frames."""
        yield Static(id="axes")
        yield TabLine([Tab.of(command) for command in OVERVIEW], id="tabs")
        goals, coverage, recent, stale = (
            Pane(table, key=c.key, title=c.text, command=c.id, id=Tab.of(c).name)
            for c, table in zip(OVERVIEW, rows.tables(), strict=True)
        )
        goals.add_class("-current")
        yield Horizontal(goals, Vertical(coverage, recent, stale, id="beside"), id="parts")
        yield Static(id="chosen")

    def on_mount(self) -> None:
        """The goals come first."""
        self.query_one(TabLine).current = "goals"
        self._table("goals").focus()

    async def load(self, view: View) -> None:
        """The status first, then the rest: the first line is there as early as it can be."""
        status = await self.need(overview.plan_status)
        self._status = status
        self._show_axes()
        await self._table("goals").show(self._goal_rows())
        await self._table("stale").show(rows.stale_rows(status))
        self._extra("goals", rows.legend())
        self._extra("stale", text.dim(str(self._table("stale").count)))
        year = date(view.as_of.year, 1, 1)
        this_year = await self.need(overview.coverage, year, view.as_of)
        whole = await self.need(overview.coverage)
        await self._table("coverage").show(rows.coverage_rows(this_year, whole))
        self._extra("coverage", rows.policy(view.plan))
        changes = await self.need(log.changed_lately)
        self._recent = {change.id: change for change in changes}
        await self._table("recent").show([rows.recent_row(change) for change in changes])
        self._extra("recent", text.dim(str(len(changes))))
        self._ask_trend(again=True)

    def _show_axes(self) -> None:
        if self._status is not None:
            self.query_one("#axes", Static).update(rows.axes(self._status, self.size.width - 2))

    def _ask_trend(self, *, again: bool = False) -> None:
        """Ask for the trend after everything else: it judges the plan eight times."""
        if again:
            self._trend_asked = False
        wide = self._table("goals").size.width >= rows.TREND_FROM
        if wide and not self._trend_asked and self._status is not None:
            self._trend_asked = True
            start(self, self._load_trend, group="trend", exclusive=True)

    async def _load_trend(self) -> None:
        trend = await self.ask(overview.trend)
        if trend is not None:
            self._trend = trend
            await self._table("goals").show(self._goal_rows())

    def on_resize(self) -> None:
        """A wider list shows the trend, a wider line more words."""
        self._show_axes()
        self.call_after_refresh(self._ask_trend)

    def _goal_rows(self) -> list[Row]:
        lines = self._status.lines if self._status else ()
        goals = [line for line in lines if line.level != "indicator"]
        if len(goals) < 2:  # the plan's own line alone says nothing
            return []
        return [rows.goal_row(line, self._trend.get(line.id, ())) for line in goals]

    def _table(self, pane: str) -> LineTable:
        return self.query_one(f"#{pane}", Pane).query_one(LineTable)

    def _extra(self, pane: str, extra: Content) -> None:
        self.query_one(f"#{pane}", Pane).set_extra(extra)

    # What a person does

    def action_pane(self, name: str) -> None:
        """To one of the lists; who asks for the goals from the goals means: further back."""
        if name == "goals" and self._table(name).has_focus:
            raise SkipAction
        for pane in self.query(Pane):
            pane.set_class(pane.id == name, "-current")
        self.query_one("#goals", Pane).set_class(name == "goals", "-current")
        self.query_one("#beside").set_class(name != "goals", "-current")
        self.query_one(TabLine).current = name
        self._table(name).focus()

    def on_line_table_highlighted(self, message: LineTable.Highlighted) -> None:
        """Say in full what the list has room for in part."""
        if message.table.has_focus:
            self._show_chosen(message.key)

    def on_descendant_focus(self) -> None:
        """Another list, another line."""
        if isinstance(self.focused, LineTable):
            self._show_chosen(self.focused.current_key)

    def _show_chosen(self, key: str) -> None:
        line = self._status.find(key) if self._status and key else None
        chosen = text.NOTHING
        if line is not None:
            chosen = text.spaced(
                (
                    text.status_text(line.status),
                    text.styled(line.code, text.STRONG) if line.level != "plan" else "",
                    rows.changed_late(line, words=True),
                    text.plain(line.title),
                )
            )
        self.query_one("#chosen", Static).update(chosen)

    def on_tab_line_chosen(self, message: TabLine.Chosen) -> None:
        """A list was chosen with the mouse."""
        self.action_pane(message.name)

    async def on_line_table_opened(self, message: LineTable.Opened) -> None:
        """Drill down."""
        pane, key = message.table.id, message.key
        if pane in ("goals-list", "stale-list"):
            self.app.post_message(OpenGoal(key))
        elif pane == "coverage-list":
            self.app.post_message(OpenWorkType("" if key == "total" else key))
        elif pane == "recent-list":
            await self._open_recent(self._recent[key])

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

    def subject(self) -> Subject:
        """The goal or indicator with the cursor."""
        table = self.focused
        if not isinstance(table, LineTable) or self._status is None:
            return Subject()
        line = self._status.find(table.current_key)
        return Subject() if line is None else subject_of(line)

    def open_item(self, identifier: str) -> None:
        """Put the cursor on a goal."""
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
