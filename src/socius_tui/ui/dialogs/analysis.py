"""The analysis of the plan: the grid of strategies, the findings of a cell, the form for one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from socius_tui.domain.analysis import KINDS, Statement, places
from socius_tui.errors import NotFound
from socius_tui.i18n import _
from socius_tui.services import resolve
from socius_tui.services.analysis import (
    AddStatement,
    EditStatement,
    PlaceStatement,
    RetireStatement,
    counts,
    statements,
)
from socius_tui.services.looking import View
from socius_tui.services.session import Operation
from socius_tui.ui import text
from socius_tui.ui.commands.background import (
    ADD_FINDING,
    ANALYSIS_WINDOW,
    OPEN_GOAL,
    PLACE_FINDING,
    SURVEY,
)
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.dialogs.choices import NamedFinder
from socius_tui.ui.dialogs.form import WriteForm
from socius_tui.ui.dialogs.list_window import ListWindow
from socius_tui.ui.host import host
from socius_tui.ui.messages import OpenGoal
from socius_tui.ui.widgets.form_field import FormField
from socius_tui.ui.widgets.line_table import Column, LineTable, Row
from socius_tui.ui.widgets.multi_choice_field import MultiChoiceField
from socius_tui.ui.widgets.option_row import OptionRow
from socius_tui.ui.widgets.strategy_grid import StrategyGrid
from socius_tui.ui.widgets.text_field import NoteField
from socius_tui.ui.work import start

_NOWHERE = "none"


class AnalysisWindow(ListWindow):
    """The board: above the grid, below what stands in the cell with the cursor."""

    DOES: ClassVar[tuple[Command, ...]] = ANALYSIS_WINDOW
    BINDINGS = bindings(*ANALYSIS_WINDOW)
    DEFAULT_CSS = """
    AnalysisWindow {
        & > #window { width: 140; max-width: 100%; height: 98%; }
        & LineTable { height: 1fr; margin-top: 1; }
        & #about { height: auto; max-height: 4; margin-bottom: 1; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._statements: dict[str, Statement] = {}

    def heading(self) -> Content:
        """How many findings, and how many have a place."""
        placed = sum(bool(each.strategy) for each in self._statements.values())
        about = _("{n} findings, {placed} placed").format(n=len(self._statements), placed=placed)
        return text.spaced((text.styled(_("Analysis of the plan"), text.STRONG), text.dim(about)))

    def hints(self) -> Iterable[Content]:
        """Grid and list, add, place, goal, survey, back."""
        yield text.key_hint("tab", _("grid or list"))
        for command in (ADD_FINDING, PLACE_FINDING, OPEN_GOAL, SURVEY):
            yield text.key_hint(command.key, _(command.text))
        yield from super().hints()

    def body(self) -> Iterable[Widget]:
        """Grid, list, and the finding with the cursor in full."""
        yield StrategyGrid(id="grid")
        yield LineTable(
            (
                Column(_("List"), 11),
                Column(_("Finding"), weight=1),
                Column(_("Place"), 18, from_width=84),
                Column(_("Goals"), 13, from_width=64),
            ),
            empty=_("Nothing stands here. p places the finding with the cursor, a adds one."),
            id="findings",
        )
        yield Static(id="about")

    def begin(self) -> None:
        """The lists first: the document places nothing."""
        grid = self.query_one(StrategyGrid)
        grid.set_reactive(StrategyGrid.place, (1, 0))
        grid.focus()

    async def load(self) -> None:
        """Ask for all of them."""
        found = await host(self).session.ask(statements)
        self._statements = {each.id: each for each in found}
        self.query_one(StrategyGrid).show(counts(found))
        self.retitle()
        await self._list()

    async def _list(self) -> None:
        chosen = self.query_one(StrategyGrid).chosen
        wanted = [
            each for each in self._statements.values() if chosen in (each.kind, each.strategy)
        ]
        await self.table.show([_row(each) for each in wanted])
        self.tell_of(self.table.current_key)

    def on_strategy_grid_moved(self, _message: StrategyGrid.Moved) -> None:
        """Another cell."""
        start(self, self._list, group="load", exclusive=True)

    def on_strategy_grid_opened(self, _message: StrategyGrid.Opened) -> None:
        """To its findings."""
        self.table.focus()

    def tell_of(self, key: str) -> None:
        """The row in full."""
        found = self._statements.get(key)
        self.query_one("#about", Static).update(_about(found) if found else text.NOTHING)

    @property
    def _current(self) -> Statement | None:
        return self._statements.get(self.table.current_key)

    # What a person does

    def on_line_table_opened(self, _message: LineTable.Opened) -> None:
        """Change the finding."""
        if (found := self._current) is not None:
            self.app.push_screen(StatementDialog(statement_id=found.id), self.done)

    def action_add(self) -> None:
        """One more, in the list with the cursor."""
        chosen = self.query_one(StrategyGrid).chosen
        kind = chosen if chosen in KINDS else ""
        self.app.push_screen(StatementDialog(kind=kind), self.done)

    def action_place(self) -> None:
        """The next of its three places; after the last none."""
        if (found := self._current) is not None:
            turn = ("", *places(found.kind))
            after = turn[(turn.index(found.strategy) + 1) % len(turn)]
            self.do(PlaceStatement.of(statement_id=found.id, strategy=after or None))

    def action_remove(self) -> None:
        """Out of the analysis."""
        if (found := self._current) is not None:
            self.do(RetireStatement.of(statement_id=found.id))

    def action_goal(self) -> None:
        """To the first goal that it led to."""
        if (found := self._current) is not None and found.goals:
            self.dismiss(None)
            self.app.post_message(OpenGoal(found.goals[0].goal_id))

    def action_survey(self) -> None:
        """Whom the makers asked."""
        from socius_tui.ui.dialogs.survey import SurveyWindow

        self.app.push_screen(SurveyWindow())


def _row(found: Statement) -> Row:
    return Row(
        found.id,
        (
            text.dim(text.word(found.kind)),
            text.plain(found.statement),
            text.word(found.strategy) if found.strategy else text.dim("–"),
            text.plain(", ".join(goal.code for goal in found.goals)),
        ),
    )


def _about(found: Statement) -> Content:
    """The finding in full, where it comes from, and what it led to."""
    source = _("lines {lines} of the plan").format(lines=found.source_line)
    led = [
        text.spaced(
            (
                text.styled(goal.code, text.KEY),
                text.plain(goal.title, limit=90),
                text.dim(goal.challenge[:90]),
            )
        )
        for goal in found.goals
    ]
    return text.lines(
        (
            text.spaced(
                (text.plain(found.statement), text.dim(source) if found.source_line else "")
            ),
            *led,
        )
    )


class StatementDialog(WriteForm):
    """Add a finding to a list, or change the finding `statement_id`."""

    FORM = "statement"
    SUBJECT = ("kind", "statement_id")

    def __init__(self, kind: str = "", *, statement_id: str | None = None) -> None:
        super().__init__()
        self._kind, self._statement_id = kind, statement_id
        self._old: Statement | None = None
        self.list_ = OptionRow([(code, text.word(code)) for code in KINDS], KINDS[0], id="list")
        self.words = NoteField(lines=3, limit=2000, id="words")
        self.spot = OptionRow([(_NOWHERE, _("no place"))], _NOWHERE, id="spot")
        self.goals = MultiChoiceField(placeholder=_("code or word of the title"), id="goals")

    def title_text(self) -> str:
        """What is being done."""
        return _("Change a finding") if self._statement_id else _("New finding")

    def about(self) -> str:
        """The finding."""
        return self._old.statement[:80] if self._old is not None else self.words.text[:80]

    def body(self) -> Iterable[Widget]:
        """The fields."""
        if self._statement_id is None:
            yield FormField("kind", _("List"), self.list_)
        yield FormField("statement", _("What"), self.words)
        if self._statement_id is not None:
            yield FormField("strategy", _("Place"), self.spot)
        yield FormField("goal_ids", _("Goals"), self.goals)

    async def load(self, view: View) -> None:
        """Fill in what is known."""
        del view
        self.goals.set_finder(NamedFinder(await self.ask(resolve.named_goals), _("goal")))
        if self._statement_id is None:
            if self._kind:
                self.prefill("kind", lambda: setattr(self.list_, "value", self._kind))
            return
        known = {each.id: each for each in await self.ask(statements)}
        old = known.get(self._statement_id)
        if old is None:
            raise NotFound(_("This finding no longer exists."))
        self._old = old
        self.spot.options = (
            (_NOWHERE, _("no place")),
            *((code, text.word(code)) for code in places(old.kind)),
        )
        self.spot.refresh()
        self.prefill("statement", lambda: self.words.fill(old.statement))
        self.prefill("strategy", lambda: setattr(self.spot, "value", old.strategy or _NOWHERE))
        self.prefill("goal_ids", lambda: self.goals.fill([goal.goal_id for goal in old.goals]))

    def operation(self) -> Operation:
        """The use case."""
        if self._statement_id is None:
            return AddStatement.of(
                kind=self.list_.value, statement=self.words.text, goal_ids=self.goals.value
            )
        spot = self.spot.value
        return EditStatement.of(
            statement_id=self._statement_id,
            statement=self.words.text,
            strategy=None if spot == _NOWHERE else spot,
            goal_ids=self.goals.value,
        )
