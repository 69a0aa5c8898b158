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
from socius_tui.ui.widgets.burn_up import BurnUp
from socius_tui.ui.widgets.history_table import HistoryTable
from socius_tui.ui.widgets.line_table import Column, LineTable
from socius_tui.ui.widgets.tab_line import Tab, TabLine

_TABS = (*(Tab.of(command) for command in PARTS), Tab("history", HISTORY_OF))
_ROOMY = 32  # cells, both ways: from here the chart has room below the sheet
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

    def compose(self) -> ComposeResult:
        """All parts; one is seen."""
        yield Static(id="headline")
        yield TabLine(_TABS, id="detail-tabs")
        with Container(id="part"):
            with Reading(id="sheet"):
                yield Static(id="sheet-text")
            yield LineTable(
                (
                    Column(_("Period"), 11),
                    Column(_("target"), 9, "right"),
                    Column(_("value"), 9, "right"),
                    Column(_("verdict")),
                ),
                empty=_("There are no targets yet."),
                id="values",
            )
            yield BurnUp(id="chart")
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
        self._write_headline()
        self._reveal(self.part)

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
                self._table("values").put(rows.values(detail))
            elif name == "chart":
                self.query_one(BurnUp).show(detail.chart, rows.chart_notes(detail))
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
        """The cells that a text has: those of the pane without padding and scrollbar."""
        return max(self.content_size.width - 3, 20)

    def choose(self, name: str) -> bool:
        """Show a part and go to it; False when this goal or indicator does not have it."""
        if name not in {tab.name for tab in self.query_one(TabLine).tabs}:
            return False
        self._wanted_part = name
        self._reveal(name)
        self._part(name).focus()
        return True

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
                self._part(wanted).focus()

    def _reveal(self, name: str) -> None:
        self.part = name
        seen = {name, "chart"} if name == "sheet" and self._roomy else {name}
        for each in seen:
            self._fill(each)
        parts = [self._part(each) for each in seen]
        for child in self.query_one("#part").children:
            child.set_class(child in parts, "-shown")
        self.query_one(TabLine).current = name

    def _part(self, name: str) -> LineTable | VerticalScroll | BurnUp:
        identifier = "visits-list" if name == "visits" else name
        found = self.query_one(f"#{identifier}")
        assert isinstance(found, LineTable | VerticalScroll | BurnUp)
        return found

    def _table(self, identifier: str) -> LineTable:
        return self.query_one(f"#{identifier}", LineTable)
