"""The window of the year programme: the actions of a year by goal, with what they cost."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from socius_tui.domain.money import format_euro
from socius_tui.domain.programme import (
    SYMBOLS,
    ActionLine,
    Part,
    Programme,
    Totals,
    next_state,
)
from socius_tui.errors import SociusError
from socius_tui.i18n import _, get_language
from socius_tui.services.acting import SetActionState
from socius_tui.services.looking import view
from socius_tui.services.programme import programme
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.programme import (
    NEW_ACTION,
    NEXT_STATE,
    PROGRAMME_WINDOW,
)
from socius_tui.ui.dialogs.list_window import ListWindow
from socius_tui.ui.host import host
from socius_tui.ui.widgets.line_table import Column, LineTable, Row
from socius_tui.ui.work import start

_TOTAL = "total"


def counted_states(totals: Totals) -> Content:
    """How many actions are in each state, those that occur."""
    return text.spaced(
        text.styled(f"{SYMBOLS[state]} {number}", text.STATE_STYLE[state])
        for state, number in totals.states
        if number
    )


class ProgrammeWindow(ListWindow):
    """The actions of one year; the arrows go to the year before and after."""

    DOES: ClassVar[tuple[Command, ...]] = PROGRAMME_WINDOW
    BINDINGS = bindings(*PROGRAMME_WINDOW)
    DEFAULT_CSS = """
    ProgrammeWindow {
        & > #window { width: 130; max-width: 100%; height: 90%; }
        & #about { height: auto; max-height: 5; margin-bottom: 1; }
    }
    """

    def __init__(self, year: int) -> None:
        super().__init__()
        self._year = year
        self._programme: Programme | None = None
        self._actions: dict[str, ActionLine] = {}
        self._parts: dict[str, Part] = {}

    def heading(self) -> Content:
        """The year, with how many actions are how far."""
        words = text.styled(_("Year programme {year}").format(year=self._year), text.STRONG)
        found = self._programme
        return words if found is None else text.spaced((words, counted_states(found.totals)))

    def hints(self) -> Iterable[Content]:
        """Add, state, other years, back."""
        yield text.key_hint(NEW_ACTION.key, _(NEW_ACTION.text))
        yield text.key_hint("s", _(NEXT_STATE.text))
        yield text.key_hint("enter", _("correct"))
        yield text.key_hint("← →", _("another year"))
        yield from super().hints()

    def body(self) -> Iterable[Widget]:
        """The list; below it the line with the cursor in full."""
        yield LineTable(
            (
                Column(_("Action"), weight=1),
                Column(_("State"), 13),
                Column(_("Owner"), 18, from_width=104),
                Column(_("Due"), 10, from_width=90),
                Column(_("Planned"), 10, "right"),
                Column(_("Spent"), 10, "right", from_width=66),
            ),
            id="programme",
        )
        yield Static(id="about")

    async def load(self) -> None:
        """Ask for it."""
        self._programme = found = await host(self).session.ask(programme, self._year)
        self._actions = {action.id: action for part in found.parts for action in part.actions}
        self._parts = {part.goal_id: part for part in found.parts}
        self.table.empty = text.plain(
            _("No actions in {year} yet. a puts the first one in it.").format(year=self._year)
        )
        await self.table.show(list(_rows(found)))
        self.retitle()
        self.tell_of(self.table.current_key)

    def tell_of(self, key: str) -> None:
        """The line in full."""
        about = text.NOTHING
        if (action := self._actions.get(key)) is not None:
            about = _about(action)
        elif (part := self._parts.get(key)) is not None:
            about = text.lines(
                (text.plain(f"{part.goal} {part.goal_title}"), counted_states(part.totals))
            )
        self.query_one("#about", Static).update(about)

    @property
    def _current(self) -> ActionLine | None:
        return self._actions.get(self.table.current_key)

    def action_turn(self, by: int) -> None:
        """Another year, as far as the plan goes."""
        start(self, partial(self._turn, by), group="load", exclusive=True)

    async def _turn(self, by: int) -> None:
        try:
            now = await host(self).session.ask(view)
        except SociusError as error:
            host(self).complain(error)
            return
        if now.plan is None:
            return
        first, last = (day.year for day in now.plan.rules.period)
        if first <= self._year + by <= last:
            self._year += by
            await self._load()

    def action_add_action(self) -> None:
        """One more, under the goal of the line."""
        from socius_tui.ui.dialogs.action import ActionDialog

        key = self.table.current_key
        goal = key if key in self._parts or key in self._actions else None
        self.app.push_screen(ActionDialog(goal, year=str(self._year)), self.done)

    def action_next_state(self) -> None:
        """The action goes on to its next state."""
        if (action := self._current) is not None:
            self.do(SetActionState.of(action_id=action.id, state=next_state(action.state)))

    def on_line_table_opened(self, _message: LineTable.Opened) -> None:
        """Correct the action."""
        from socius_tui.ui.dialogs.action import ActionDialog

        if (action := self._current) is not None:
            self.app.push_screen(ActionDialog(action_id=action.id), self.done)


def _rows(found: Programme) -> Iterable[Row]:
    for part in found.parts:
        goal = text.styled(f"{part.goal} {part.goal_title}", text.STRONG)
        yield Row(part.goal_id, (goal, "", "", "", *_amounts(part.totals)))
        for action in part.actions:
            yield Row(
                action.id,
                (
                    text.join("  ", text.plain(action.title)),
                    text.action_state(action.state),
                    text.plain(action.owner),
                    show.day(action.due_on) if action.due_on else "",
                    text.plain(format_euro(action.planned, get_language())),
                    text.plain(format_euro(action.spent, get_language())),
                ),
            )
    if found.parts:
        label = text.styled(_("All together"), text.STRONG)
        yield Row(_TOTAL, (label, "", "", "", *_amounts(found.totals)))


def _amounts(totals: Totals) -> tuple[Content, Content]:
    planned, spent = (
        text.styled(format_euro(amount, get_language()), text.STRONG)
        for amount in (totals.planned, totals.spent)
    )
    return planned, spent


def _about(action: ActionLine) -> Content:
    """What has no place on the line: code, owner, due day, what it costs, the note."""
    due = _("due {day}").format(day=show.day(action.due_on)) if action.due_on else ""
    money = [
        text.join(text.dim(label + " "), text.plain(format_euro(amount, get_language())))
        for label, amount in ((_("planned"), action.planned), (_("spent"), action.spent))
        if amount is not None
    ]
    return text.lines(
        part
        for part in (
            text.spaced((text.styled(action.code, text.KEY), text.plain(action.title))),
            text.spaced((text.action_state(action.state), text.plain(action.owner), due, *money)),
            text.plain(action.summary, limit=300),
        )
        if part
    )
