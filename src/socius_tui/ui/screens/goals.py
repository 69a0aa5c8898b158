"""Screen 2: the tree of goals, and everything on the one that is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import ClassVar

from textual.actions import SkipAction
from textual.containers import Horizontal
from textual.widget import Widget

from socius_tui.domain.detail import GoalDetail, IndicatorDetail
from socius_tui.domain.history import Entry, HistoryFilter, Place, Topic
from socius_tui.errors import SociusError
from socius_tui.services import detail, history, overview
from socius_tui.services.looking import View
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.goals import GOALS, TREE_COMMAND
from socius_tui.ui.commands.shared import SHARED
from socius_tui.ui.messages import OpenVisit
from socius_tui.ui.screens.base import SociusScreen
from socius_tui.ui.subject import Subject
from socius_tui.ui.widgets.detail_pane import DetailPane
from socius_tui.ui.widgets.goal_tree import GoalTree
from socius_tui.ui.widgets.line_table import LineTable
from socius_tui.ui.widgets.pane import Pane
from socius_tui.ui.widgets.tab_line import TabLine
from socius_tui.ui.work import start

_ZOOMS = ("", "-tree-only", "-detail-only")


class GoalsScreen(SociusScreen):
    """The tree at the left; at the right sheet, values, chart, measurements, visits, story."""

    NAME = "goals"
    LISTS = "measurements"
    DOES: ClassVar[tuple[Command, ...]] = (*SHARED, *GOALS)
    BINDINGS = bindings(*GOALS)
    DEFAULT_CSS = """
    GoalsScreen {
        & #sides { height: 1fr; }
        & #tree { width: 2fr; }
        & DetailPane { width: 3fr; }
        &.-narrow #tree { width: 39%; border: none; border-top: solid $border-blurred; }
        &.-narrow #tree:focus-within { border-top: solid $border; }
        &.-narrow DetailPane {
            width: 61%; border: none; border-left: solid $border-blurred;
        }
        &.-narrow DetailPane:focus-within { border-left: solid $border; }
        &.-tree-only DetailPane { display: none; }
        &.-tree-only #tree { width: 1fr; }
        &.-detail-only #tree { display: none; }
        &.-detail-only DetailPane { width: 1fr; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._wanted: str | None = None  # what somebody asked to open, not found yet
        self._asking = False
        self._zoom = 0

    def body(self) -> Iterable[Widget]:
        """Tree and detail."""
        command = TREE_COMMAND
        yield Horizontal(
            Pane(
                GoalTree(id="goal-tree"),
                key=command.key,
                title=command.text,
                command=command.id,
                id="tree",
            ),
            DetailPane(id="detail"),
            id="sides",
        )

    def on_mount(self) -> None:
        """The tree comes first."""
        self._tree.focus()

    @property
    def _tree(self) -> GoalTree:
        return self.query_one(GoalTree)

    @property
    def _detail(self) -> DetailPane:
        return self.query_one(DetailPane)

    async def load(self, view: View) -> None:
        """The tree, then what belongs to the line with the cursor."""
        status = await self.need(overview.plan_status)
        await self._tree.show_status(status)
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            await self._tree.reveal(wanted)
        self._detail.forget()
        await self._load_detail(view)

    def on_line_table_highlighted(self, message: LineTable.Highlighted) -> None:
        """Another line was chosen in the tree."""
        if message.table is self._tree and not self._asking:
            start(self, partial(self._load_detail, self.view), group="detail")

    async def _load_detail(self, view: View | None) -> None:
        """Ask until what is shown is what is chosen: one question at a time."""
        if self._asking:
            return
        self._asking = True
        try:
            while (line := self._tree.current) is not None and line.id != self._detail.shown:
                found: IndicatorDetail | GoalDetail | None = None
                if line.level == "indicator":
                    found = await self.need(detail.indicator_detail, line.id)
                elif line.level != "plan":
                    found = await self.need(detail.goal_detail, line.id)
                self._detail.show(line, found, view)
        except SociusError as error:
            self.socius.complain(error)
        finally:
            self._asking = False

    # What a person does

    def subject(self) -> Subject:
        """The chosen goal or indicator; in the list of visits, the visit too."""
        line = self._tree.current
        if line is None or line.level == "plan":
            return Subject()
        visit = self._detail.visit_id
        if line.level == "indicator":
            return Subject(indicator_id=line.id, goal_id=line.parent_id, visit_id=visit)
        return Subject(goal_id=line.id, visit_id=visit)

    def open_item(self, identifier: str) -> None:
        """Unfold the tree to a goal or indicator."""
        self._wanted = identifier
        if not self.stale:
            self.reload()
        self._tree.focus()

    def action_tree(self) -> None:
        """To the tree; who is there already means: further back."""
        if self.has_class("-detail-only"):
            self._set_zoom(0)
        elif self._tree.has_focus:
            raise SkipAction
        self._tree.focus()

    def action_history(self) -> None:
        """Who changed what in the chosen goal or indicator, or in the visit with the cursor."""
        if self._detail.visit_id is not None or self.subject().goal_id is None:
            super().action_history()
        else:
            self.action_part("history")

    def on_detail_pane_history_wanted(self, message: DetailPane.HistoryWanted) -> None:
        """The part with the history is seen."""
        ask = partial(self._load_history, message.topic)
        start(self, ask, group="history", exclusive=True)

    async def _load_history(self, topic: Topic) -> None:
        async def tell(some: Sequence[Place]) -> list[Entry]:
            return await self.need(history.told, some, topic, private=True)

        found = await self.ask(history.places, HistoryFilter(), topic)
        if found is not None and self._detail.shown == topic.id:
            await self._detail.history.load_places(found, tell)

    def action_part(self, name: str) -> None:
        """To a part of the detail."""
        if self._detail.choose(name) and self.has_class("-tree-only"):
            self._set_zoom(0)

    def action_zoom(self) -> None:
        """The tree alone, the detail alone, or both again."""
        self._set_zoom((self._zoom + 1) % len(_ZOOMS))

    def _set_zoom(self, zoom: int) -> None:
        self._zoom = zoom
        for index, name in enumerate(_ZOOMS):
            if name:
                self.set_class(index == zoom, name)
        if _ZOOMS[zoom] == "-tree-only":
            self._tree.focus()
        elif _ZOOMS[zoom] == "-detail-only":
            self._detail.choose(self._detail.part)

    def on_tab_line_chosen(self, message: TabLine.Chosen) -> None:
        """A part was chosen with the mouse."""
        self.action_part(message.name)

    def on_line_table_opened(self, message: LineTable.Opened) -> None:
        """From the tree to the page of an indicator, from a visit to its note, and so on."""
        if message.table is self._tree:
            line = self._tree.current
            if line is not None and line.level == "indicator":
                self._set_zoom(_ZOOMS.index("-detail-only"))  # its page; escape comes back
            self.action_part(self._detail.part)
        elif message.table.id == "visits-list":
            self.app.post_message(OpenVisit(message.key))
        elif message.table is self._detail.history and self._detail.topic is not None:
            from socius_tui.ui.dialogs.history import HistoryDialog

            self.app.push_screen(HistoryDialog(self._detail.topic, message.key))
        elif message.table.id == "measurements":
            from socius_tui.ui.dialogs.progress import ProgressDialog

            self.app.push_screen(ProgressDialog(measurement_id=message.key))

    async def action_narrate(self) -> None:
        """Write the story of the chosen goal."""
        from socius_tui.ui.dialogs.narrative import NarrativeDialog

        goal = self.subject().goal_id
        if goal is not None:
            await self.app.push_screen(NarrativeDialog(goal_id=goal))

    async def action_set_target(self) -> None:
        """Set a target of the chosen indicator."""
        from socius_tui.ui.dialogs.target import TargetDialog

        indicator = self.subject().indicator_id
        if indicator is not None:
            await self.app.push_screen(TargetDialog(indicator_id=indicator))


SCREEN = GoalsScreen
