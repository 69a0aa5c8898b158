"""Everything on one goal or indicator: a headline, and parts of which one is seen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar, Protocol

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from socius_tui.domain.detail import GoalDetail, IndicatorDetail
from socius_tui.domain.history import Topic
from socius_tui.domain.overview import StatusLine
from socius_tui.domain.plan import PlanRecord
from socius_tui.i18n import _
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.goals import PARTS, TURN
from socius_tui.ui.commands.lists import READING
from socius_tui.ui.commands.shared import HISTORY_OF
from socius_tui.ui.widgets import detail_rows as rows
from socius_tui.ui.widgets import indicator_rows as parts
from socius_tui.ui.widgets.burn_up import BurnUp
from socius_tui.ui.widgets.history_table import HistoryTable
from socius_tui.ui.widgets.line_table import Column, LineTable
from socius_tui.ui.widgets.tab_line import Tab, TabLine

_TABS = (*(Tab.of(command) for command in PARTS), Tab("history", HISTORY_OF))
_ROOMY = 32  # cells, both ways: from here the chart has room below the sheet
_PAGE = 112  # cells: from here an indicator is a page, with chart and periods beside the rest
_TALL = 34  # lines: from here its page has the work types below the periods
_GOAL_PARTS = ("sheet", "visits", "story", "history")


class _View(Protocol):
    """What the pane needs to know of how the file is looked at."""

    @property
    def plan(self) -> PlanRecord | None:
        """The plan."""

    @property
    def as_of(self) -> date:
        """The day that is looked at."""


class Reading(VerticalScroll, inherit_bindings=False):
    """A text to scroll through; left and right belong to the pane around it."""

    BINDINGS = bindings(*READING)
    DOES: ClassVar[tuple[Command, ...]] = READING


class DetailPane(Vertical):
    """Headline, tabs, and the part that is chosen; the choice stays when another line is shown."""

    BINDINGS = bindings(*TURN)
    DOES: ClassVar[tuple[Command, ...]] = TURN

    DEFAULT_CSS = """
    DetailPane {
        border: round $border-blurred;
        &:focus-within { border: round $border; }
        & #headline { height: auto; max-height: 7; padding: 0 1; }
        & TabLine { background: $surface; }
        & #part { height: 1fr; }
        & #part > * { display: none; height: 1fr; }
        & #part > .-shown { display: block; }
        & #part > #chart { max-height: 24; }
        & #part > #chart.-below { dock: bottom; height: 50%; }
        & #breakdown > #parts { height: 1fr; }
        & #breakdown > #parts-say { height: auto; padding: 0 1; color: $quiet; }
        & #part.-page {
            layout: grid; grid-size: 2; grid-columns: 3fr 2fr; grid-gutter: 0 1;
        }
        & #part.-page > #chart { max-height: 100%; }
        & VerticalScroll { padding: 0 1; scrollbar-size-vertical: 1; }
        & VerticalScroll > Static { height: auto; }
    }
    """

    class HistoryWanted(Message):
        """Somebody looks at the history of a goal or indicator: fill `history`."""

        def __init__(self, topic: Topic) -> None:
            super().__init__()
            self.topic = topic

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.history = HistoryTable(id="history")
        self.shown: str | None = None
        self.part = "sheet"
        self._wanted_part = "sheet"
        self._line: StatusLine | None = None
        self._detail: IndicatorDetail | GoalDetail | None = None
        self._view: _View | None = None
        self._filled: set[str] = set()
        self._beside = "sheet"  # what a page shows beside chart and periods

    def compose(self) -> ComposeResult:
        """All parts; one is seen."""
        yield Static(id="headline")
        yield TabLine(_TABS, id="detail-tabs")
        with Container(id="part"):
            yield BurnUp(id="chart")
            with Reading(id="sheet"):
                yield Static(id="sheet-text")
            yield LineTable(
                (
                    Column(_("Day"), 10),
                    Column(_("value"), 12, "right"),
                    Column(_("Note"), weight=2),
                    Column(_("Who"), 14, from_width=60),
                ),
                empty=_("Nothing was measured yet."),
                id="measurements",
            )
            yield LineTable(
                (
                    Column(_("Day"), 10),
                    Column("", 1),
                    Column(_("Organisation"), weight=2),
                    Column(_("What was said"), weight=2, from_width=56),
                    Column(_("Visitor"), 14, from_width=70),
                ),
                empty=_("No visit is linked to it yet."),
                id="visits-list",
            )
            with Reading(id="story"):
                yield Static(id="story-text")
            yield self.history
            yield LineTable(
                (
                    Column(_("Period"), 11),
                    Column(_("to reach"), 9, "right"),
                    Column(_("value"), 9, "right"),
                    Column(_("progress"), 9, "right", from_width=58),
                    Column(_("expected"), 9, "right", from_width=76),
                    Column(_("verdict")),
                    Column(_("on time"), 7, "right", from_width=54),
                ),
                empty=_("There are no targets yet."),
                id="values",
            )
            with Vertical(id="breakdown"):
                yield LineTable(
                    (
                        Column(_("Work type")),
                        Column(_("value"), 9, "right"),
                        Column(_("n of m"), 11, "right", from_width=58),
                        Column(_("share"), 7, "right"),
                        Column("", weight=1, from_width=40),
                    ),
                    empty=_("Nothing was entered by work type."),
                    id="parts",
                )
                yield Static(id="parts-say")

    def on_mount(self) -> None:
        """The sheet comes first."""
        self._reveal("sheet")

    def forget(self) -> None:
        """What is shown may be old: show it again when asked to."""
        self.shown = None

    @property
    def visit_id(self) -> str | None:
        """The visit with the cursor, while the list of visits has the focus."""
        table = self._table("visits-list")
        return table.current_key or None if table.has_focus else None

    @property
    def topic(self) -> Topic | None:
        """What the history is about; None for the plan itself."""
        if self._line is None or self._line.level == "plan":
            return None
        return Topic("indicator" if self._line.level == "indicator" else "goal", self._line.id)

    def show(
        self, line: StatusLine, detail: IndicatorDetail | GoalDetail | None, view: _View | None
    ) -> None:
        """Show a goal, an indicator, or with None the plan itself."""
        self.shown = line.id
        self._line, self._detail, self._view = line, detail, view
        self._filled.clear()
        self._write_headline()
        self._lay_out()
        if isinstance(detail, IndicatorDetail):
            self._offer(tuple(tab.name for tab in _TABS))
        else:
            self._offer(_GOAL_PARTS if detail else ("sheet",))
        self._reveal(self.part)

    def on_resize(self, _event: events.Resize) -> None:
        """Bar, text and what there is room for follow the size."""
        self.call_after_refresh(self._redraw)

    def _redraw(self) -> None:
        self._filled.clear()
        self._lay_out()
        self._write_headline()
        self._reveal(self.part)

    @property
    def page(self) -> bool:
        """Whether an indicator is shown as a page: chart and periods beside another part."""
        return isinstance(self._detail, IndicatorDetail) and self.content_size.width >= _PAGE

    @property
    def _fixed(self) -> tuple[str, ...]:
        """The parts that a page always shows, from top to bottom."""
        assert isinstance(self._detail, IndicatorDetail)
        tall = self.content_size.height >= _TALL and self._detail.breakdown.parts
        return ("chart", "values", "breakdown") if tall else ("chart", "values")

    def _lay_out(self) -> None:
        """As a page, or one part at a time."""
        area = self.query_one("#part")
        area.set_class(self.page, "-page")
        for child in area.children:
            child.styles.row_span = 1
        if self.page and isinstance(self._detail, IndicatorDetail):
            heights = [str(min(max(len(self._detail.periods), 1) + 1, 8))]
            if "breakdown" in self._fixed:
                heights.append(str(parts.breakdown_height(self._detail)))
            area.styles.grid_rows = " ".join(("1fr", *heights))

    def _write_headline(self) -> None:
        if self._line is not None:
            headline = rows.headline(self._line, self._detail, max(self.content_size.width - 2, 20))
            self.query_one("#headline", Static).update(headline)

    def _fill(self, name: str) -> None:
        """Write one part; those that nobody looks at wait until somebody does."""
        if self._line is None or name in self._filled:
            return
        self._filled.add(name)
        detail, view = self._detail, self._view
        as_of = view.as_of if view else None
        if name == "sheet":
            self.query_one("#sheet-text", Static).update(self._sheet())
        elif name == "history":
            if self.topic is not None:
                self.post_message(self.HistoryWanted(self.topic))
        elif name == "visits":
            self._table("visits-list").put(rows.visits(detail.visits if detail else ()))
        elif name == "story" and isinstance(detail, GoalDetail):
            self.query_one("#story-text", Static).update(rows.goal_story(detail, as_of))
        elif isinstance(detail, IndicatorDetail):
            if name == "values":
                self._table("values").put(parts.values(detail))
            elif name == "chart":
                self.query_one(BurnUp).show(detail.chart, parts.chart_notes(detail))
            elif name == "breakdown":
                self._table("parts").put(parts.breakdown(detail))
                says = self.query_one("#parts-say", Static)
                says.update(parts.breakdown_says(detail))
                says.display = bool(detail.breakdown_says)
            elif name == "measurements":
                self._table("measurements").put(rows.measurements(detail.measurements))
            else:
                self.query_one("#story-text", Static).update(rows.indicator_story(detail, as_of))

    def _sheet(self) -> Content:
        assert self._line is not None
        if isinstance(self._detail, IndicatorDetail):
            return rows.indicator_sheet(self._detail, self._width)
        if isinstance(self._detail, GoalDetail):
            return rows.goal_sheet(self._detail, self._width)
        return rows.plan_sheet(self._line, self._view.plan if self._view else None, self._width)

    @property
    def _roomy(self) -> bool:
        """Whether the chart of an indicator fits below its sheet."""
        detail = self._detail
        drawn = isinstance(detail, IndicatorDetail) and not detail.chart.empty
        return drawn and self.content_size.height >= _ROOMY and self.content_size.width >= _ROOMY

    @property
    def _width(self) -> int:
        """The cells that a text has: those of its place without padding and scrollbar."""
        room = self.content_size.width
        return max((room * 2 // 5 if self.page else room) - 3, 20)

    def choose(self, name: str) -> bool:
        """Show a part and go to it; False when this goal or indicator does not have it."""
        if name not in {tab.name for tab in self.query_one(TabLine).tabs}:
            return False
        self._wanted_part = name
        self._reveal(name)
        self._focus_part(name)
        return True

    def _focus_part(self, name: str) -> None:
        """To what takes the keys in a part."""
        (self._table("parts") if name == "breakdown" else self._part(name)).focus()

    def action_turn(self, step: int) -> None:
        """To the next or the previous part, round and round."""
        names = [tab.name for tab in self.query_one(TabLine).tabs]
        self.choose(names[(names.index(self.part) + step) % len(names)])

    def _offer(self, names: Sequence[str]) -> None:
        """Offer parts; the one that was wanted last, if it is there, else the sheet."""
        self.query_one(TabLine).offer([tab for tab in _TABS if tab.name in names])
        wanted = self._wanted_part if self._wanted_part in names else "sheet"
        if wanted != self.part:
            had_focus = self.has_focus_within
            self._reveal(wanted)
            if had_focus:
                self._focus_part(wanted)

    def _reveal(self, name: str) -> None:
        self.part = name
        seen = self._seen(name)
        for each in seen:
            self._fill(each)
        shown = [self._part(each) for each in seen]
        for child in self.query_one("#part").children:
            child.set_class(child in shown, "-shown")
        if self.page:
            self._part(self._beside).styles.row_span = len(self._fixed)
        self.query_one("#chart").set_class(
            "chart" in seen and not self.page and len(seen) > 1, "-below"
        )
        self.query_one(TabLine).current = name

    def _seen(self, name: str) -> set[str]:
        """The parts that are seen when one is chosen."""
        if self.page:
            if name not in self._fixed:
                self._beside = name
            elif self._beside in self._fixed:
                self._beside = "sheet"
            return {*self._fixed, self._beside}
        return {name, "chart"} if name == "sheet" and self._roomy else {name}

    def _part(self, name: str) -> Widget:
        return self.query_one("#visits-list" if name == "visits" else f"#{name}")

    def _table(self, identifier: str) -> LineTable:
        return self.query_one(f"#{identifier}", LineTable)
