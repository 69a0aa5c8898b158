"""Screen 1: the whole plan on one page, on two axes: how far it is, and how good the data are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from typing import ClassVar

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from socius_tui.domain import codes
from socius_tui.domain.model import Status
from socius_tui.domain.overview import CoverageLine, PlanStatus, StatusLine
from socius_tui.domain.records import RecentChange
from socius_tui.i18n import _, ngettext
from socius_tui.services import log, overview
from socius_tui.services.looking import View
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.overview import OVERVIEW
from socius_tui.ui.commands.shared import SHARED
from socius_tui.ui.messages import OpenGoal, OpenVisit, OpenWorkType
from socius_tui.ui.screens.base import SociusScreen
from socius_tui.ui.subject import Subject
from socius_tui.ui.widgets.line_table import Cell, Column, LineTable, Row
from socius_tui.ui.widgets.pane import Pane
from socius_tui.ui.widgets.tab_line import Tab, TabLine
from socius_tui.ui.work import start

_JUDGED = (Status.MET, Status.ON_TRACK, Status.ATTENTION, Status.OFF_TRACK)
_WAITING = (codes.STALE, codes.NEVER, codes.AGEING)
_TREND_FROM = 84  # cells: a narrower list has no room for the trend, so nobody asks for it


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
        yield TabLine(
            [Tab(c.id.removeprefix("overview."), c.key, c.text) for c in OVERVIEW], id="tabs"
        )
        goals, coverage, recent, stale = (
            Pane(
                table, key=command.key, title=command.text, id=command.id.removeprefix("overview.")
            )
            for command, table in zip(OVERVIEW, _tables(), strict=True)
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
        await self._table("stale").show(_stale_rows(status))
        self._extra("goals", _legend())
        waiting = sum(line.freshness in _WAITING for line in _indicators(status))
        self._extra("stale", text.dim(str(waiting)))
        year = date(view.as_of.year, 1, 1)
        this_year = await self.need(overview.coverage, year, view.as_of)
        whole = await self.need(overview.coverage)
        await self._table("coverage").show(_coverage_rows(this_year, whole))
        self._extra("coverage", _policy(view))
        changes = await self.need(log.changed_lately)
        self._recent = {change.id: change for change in changes}
        await self._table("recent").show([_recent_row(change) for change in changes])
        self._extra("recent", text.dim(str(len(changes))))
        self._ask_trend(again=True)

    def _show_axes(self) -> None:
        if self._status is not None:
            self.query_one("#axes", Static).update(axes(self._status, self.size.width - 2))

    def _ask_trend(self, *, again: bool = False) -> None:
        """Ask for the trend after everything else: it judges the plan eight times."""
        if again:
            self._trend_asked = False
        wide = self._table("goals").size.width >= _TREND_FROM
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
        return [goal_row(line, self._trend.get(line.id, ())) for line in goals]

    def _table(self, pane: str) -> LineTable:
        return self.query_one(f"#{pane}", Pane).query_one(LineTable)

    def _extra(self, pane: str, extra: Content) -> None:
        self.query_one(f"#{pane}", Pane).set_extra(extra)

    # What a person does

    def action_pane(self, name: str) -> None:
        """To one of the lists."""
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


def _tables() -> Sequence[LineTable]:
    return (
        LineTable(
            (
                Column("", 1),
                Column(_("Code"), 6),
                Column(_("Goal"), weight=3),
                Column(_("progress"), 12, from_width=56),
                Column("%", 5, "right"),
                Column(_("exp."), 5, "right"),
                Column(_("pace"), 8, "right"),
                Column(_("trend"), 8, from_width=_TREND_FROM),
                Column("n/m", 5, "right", from_width=60),
            ),
            empty=_("This plan has no goals yet."),
            id="goals-list",
        ),
        LineTable(
            (
                Column(_("Work type"), weight=5),
                Column(_("Contact person"), weight=4, from_width=40),
                Column(_("this year"), 8, "right"),
                Column("", 8, from_width=66),
                Column(_("period"), 8, "right"),
                Column("", 8, from_width=66),
            ),
            empty=_("There are no work types yet."),
            id="coverage-list",
        ),
        LineTable(
            (
                Column(_("When"), 10),
                Column(_("What"), 10),
                Column("", weight=3),
                Column(_("Who"), weight=1, from_width=60),
            ),
            empty=_("Nothing was entered in the last seven days."),
            id="recent-list",
        ),
        LineTable(
            (
                Column(_("Last"), 12),
                Column(_("Code"), 8),
                Column(_("Indicator"), weight=3),
                Column("", 13, from_width=56),
                Column(_("Owner"), weight=1, from_width=74),
            ),
            empty=_("Every indicator has fresh data."),
            id="stale-list",
        ),
    )


def goal_row(line: StatusLine, trend: Sequence[Fraction | None]) -> Row:
    """A goal on one line: status, how far, how far it should be, and how many have data."""
    top = line.depth < 2
    title = text.styled(line.title, text.STRONG) if top else text.plain(line.title)
    return Row(
        line.id,
        (
            text.status_symbol(line.status),
            text.styled("" if line.level == "plan" else line.code, text.STRONG if top else ""),
            text.join("" if top else "  ", title),
            lambda width: text.bar(line.progress, line.expected_progress, width),
            show.percent(line.progress),
            text.dim(show.percent(line.expected_progress)),
            text.pace(line.days_behind, line.status),
            text.spark(trend),
            text.with_data(line.with_data, line.of),
        ),
    )


def _indicators(status: PlanStatus) -> list[StatusLine]:
    return [line for line in status.lines if line.level == "indicator"]


def axes(status: PlanStatus, width: int) -> Content:
    """Two lines: how far the plan is, and how good the data are."""
    indicators = _indicators(status)
    counts = dict(status.plan.counts)
    judged = [(code, counts.get(code, 0)) for code in _JUDGED]
    other = [(code, count) for code, count in counts.items() if code not in _JUDGED]
    known, of = sum(line.with_data for line in indicators), sum(line.of for line in indicators)
    stale = sum(line.freshness == codes.STALE for line in indicators)
    progress = text.styled(_("Progress"), text.STRONG)
    data = text.styled(_("Data"), text.STRONG)
    measured = ngettext("{n} of {of} indicator measured", "{n} of {of} indicators measured", of)
    old = text.styled(_("{n} stale").format(n=stale), "$status-attention" if stale else "")
    return text.lines(
        (
            text.fitting(
                width,
                (
                    text.spaced((progress, text.counted(judged, words=words, gap=gap)), gap)
                    for words, gap in ((True, "  "), (True, " "), (False, "  "))
                ),
            ),
            text.fitting(
                width,
                (
                    text.spaced((data, about, old, text.counted(other, words=words, gap=gap)), gap)
                    for about, words, gap in (
                        (measured.format(n=known, of=of), True, "  "),
                        (f"{known}/{of}", True, "  "),
                        (f"{known}/{of}", False, " "),
                    )
                ),
            ),
        )
    )


def _legend() -> Content:
    return text.dim(_("┃ expected by now"))


def _policy(view: View) -> Content:
    """The denominator, printed beside the numbers."""
    fixed = view.plan.coverage_fixed if view.plan else None
    if fixed is not None:
        return text.dim(_("of {n}, fixed by the plan").format(n=fixed))
    return text.dim(_("of those recognised on the as-of date"))


def _coverage_rows(this_year: Sequence[CoverageLine], whole: Sequence[CoverageLine]) -> list[Row]:
    rows = []
    for now, all_years in zip(this_year, whole, strict=True):
        total = not now.work_type_id
        name = text.styled(_("Total"), text.STRONG) if total else text.plain(now.work_type)
        if total:
            person = text.NOTHING
        elif now.contact_person:
            person = text.plain(now.contact_person)
        else:
            person = Content.styled(_("nobody"), "$status-attention")
        cells = (name, person, *_share(now), *_share(all_years))
        rows.append(Row(now.work_type_id or "total", cells))
    return rows


def _share(line: CoverageLine) -> tuple[Cell, Cell]:
    share = Fraction(line.visited, line.recognised) if line.recognised else None
    of = f"{line.visited}/{line.recognised}" if line.recognised else str(line.visited)
    return of, lambda width: text.bar(share, None, width) if share is not None else text.NOTHING


def _recent_row(change: RecentChange) -> Row:
    return Row(
        change.id,
        (
            text.dim(show.day(date.fromisoformat(change.moment[:10]))),
            text.word(change.kind),
            text.plain(change.title),
            text.dim(change.who),
        ),
    )


def _stale_rows(status: PlanStatus) -> list[Row]:
    """Indicators without fresh data: never measured first, then the longest ago."""
    waiting = [line for line in _indicators(status) if line.freshness in _WAITING]
    waiting.sort(key=lambda line: (line.last_measurement or date.min, line.code))
    return [_stale_row(line) for line in waiting]


def _stale_row(line: StatusLine) -> Row:
    late = line.freshness != codes.AGEING
    style = "$status-attention" if late else ""
    last = show.day(line.last_measurement) if line.last_measurement else text.word(line.freshness)
    return Row(
        line.id,
        (
            text.styled(f"{'!' if late else '~'} {last}", style),
            text.plain(line.code),
            text.plain(line.title),
            text.styled(text.word(line.freshness), style),
            text.dim(line.contact_person),
        ),
    )


SCREEN = OverviewScreen
