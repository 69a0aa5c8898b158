"""Screen 5: what is to be done and when, with one key to do it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import ClassVar

from textual.containers import Container
from textual.content import Content
from textual.widget import Widget

from socius_tui.domain.agenda import (
    AgendaFilter,
    AgendaItem,
    AgendaPart,
    Matter,
    arranged,
)
from socius_tui.i18n import N_, _
from socius_tui.services import agenda, log
from socius_tui.services.acting import SetActionState
from socius_tui.services.agenda import Dated, Standings
from socius_tui.services.looking import View
from socius_tui.services.wording import kind_word
from socius_tui.ui import text
from socius_tui.ui.commands.agenda import (
    AGENDA,
    AGENDA_FILTERS,
    CALL_OFF,
    CORRECT,
    SETTLE,
)
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.shared import SHARED
from socius_tui.ui.messages import OpenGoal, OpenVisit
from socius_tui.ui.screens.base import SociusScreen
from socius_tui.ui.screens.listing import Surroundings, next_of, surroundings
from socius_tui.ui.subject import Subject
from socius_tui.ui.widgets.agenda_rows import agenda_rows, told
from socius_tui.ui.widgets.filter_line import ActionLine, FilterLine
from socius_tui.ui.widgets.line_table import Column, LineTable
from socius_tui.ui.widgets.pane import Pane
from socius_tui.ui.widgets.reading import Reading
from socius_tui.ui.work import start

_ABOUT_INDICATOR = (Matter.COMMITMENT, Matter.MILESTONE, Matter.TARGET, Matter.STALE)


class AgendaScreen(SociusScreen):
    """One list by day: what has a day comes first, what has grown silent follows."""

    NAME = "agenda"
    LISTS = "visits"
    DOES: ClassVar[tuple[Command, ...]] = (*SHARED, *AGENDA)
    BINDINGS = bindings(*AGENDA)
    DEFAULT_CSS = """
    AgendaScreen {
        & #sides { height: 1fr; layout: vertical; }
        & #list { height: 1fr; }
        & #chosen { height: 7; }
        &.-narrow #list { min-height: 6; }
        &.-wide #sides { layout: horizontal; }
        &.-wide #list { width: 3fr; height: 1fr; }
        &.-wide #chosen { width: 2fr; height: 1fr; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.wanted = AgendaFilter()
        self.known = Surroundings(None, [], [], [])
        self._standing: Standings | None = None
        self._looked_at = ("", date.min)
        self._is_current = False  # whether nothing was written since that was asked
        self._parts: tuple[AgendaPart, ...] = ()
        self._items: dict[str, AgendaItem] = {}

    def body(self) -> Iterable[Widget]:
        """Filters, the list, what is chosen in it."""
        listing = LineTable(
            (
                Column(_("When"), width=13),
                Column(_("Day"), width=10),
                Column("", width=1),
                Column(_("Kind"), width=11, from_width=66),
                Column(_("What"), weight=3),
                Column(_("State"), width=15, from_width=90),
                Column(_("Person"), width=16, from_width=110),
            ),
            id="agenda",
        )
        yield FilterLine()
        yield Container(
            Pane(listing, key="5", title=N_("Agenda"), id="list"),
            Pane(Reading(), ActionLine(), key="enter", title=N_("Open"), id="chosen"),
            id="sides",
        )

    @property
    def table(self) -> LineTable:
        """The list."""
        return self.query_one("#agenda", LineTable)

    def on_mount(self) -> None:
        """The list comes first."""
        self.table.focus()

    # Loading

    def reload(self) -> None:
        """Load again, with how the plan stands."""
        self._is_current = False
        super().reload()

    async def load(self, view: View) -> None:
        """What has a day at once; then what the status of the plan says."""
        self.known = await self.need(surroundings) if view.plan else Surroundings(None, [], [], [])
        wanted = self.wanted
        found = await self.need(agenda.dated, wanted)
        looked_at = (view.plan.id if view.plan else "", view.as_of)
        if looked_at != self._looked_at:
            self._looked_at, self._standing, self._is_current = looked_at, None, False
        known = self._standing
        if known is None:
            await self._show(found, found.items, view)
        else:  # how it stood a moment ago is better than a list that jumps
            await self._show(found, agenda.completed(found, known, wanted), view)
        self.socius.data_shown()
        if not self._is_current:
            self._standing = known = await self.need(agenda.standing)
            self._is_current = True
            await self._show(found, agenda.completed(found, known, wanted), view)

    async def _show(self, found: Dated, items: Iterable[AgendaItem], view: View) -> None:
        self._parts = arranged(items, view.as_of)
        self._items = {item.key: item for part in self._parts for item in part.items}
        held_back = self.wanted != AgendaFilter()
        self.table.empty = text.plain(
            _("Nothing is like that. x shows the whole agenda.")
            if held_back
            else _("Nothing is planned. v plans a visit, f a follow-up, A an action.")
        )
        await self.table.show(agenda_rows(self._parts, view.as_of))
        self._describe(found)
        self._tell(self.table.current_key)

    def _describe(self, found: Dated) -> None:
        wanted, known = self.wanted, self.known
        mine = wanted.owner_id is not None and wanted.owner_id == known.me
        kind = kind_word(wanted.kind) if wanted.kind else ""
        values = {
            "agenda.mine": (_("mine") if mine else "", mine),
            "agenda.person": (known.person(wanted.owner_id), wanted.owner_id is not None),
            "agenda.kind": (kind, wanted.kind is not None),
        }
        self.query_one(FilterLine).filters(
            (command, *values.get(command.id, ("", False)))
            for command in AGENDA_FILTERS
            if command.id != "agenda.clear" or wanted != AgendaFilter()
        )
        counted = [
            text.join(
                text.styled(str(len(part.items)), text.STRONG), " ", text.dim(text.word(part.part))
            )
            for part in self._parts
        ]
        cut = [
            text.styled(
                _("more than {n}: {kind}").format(n=agenda.MOST, kind=kind_word(each)), "$warning"
            )
            for each in found.cut
        ]
        self.query_one("#list", Pane).set_extra(text.spaced([*cut, *counted]))

    def on_line_table_highlighted(self, message: LineTable.Highlighted) -> None:
        """Another line was chosen."""
        self._tell(message.key)

    def _tell(self, key: str) -> None:
        item = self._items.get(key)
        day = self.view.as_of if self.view else None
        nothing: Content = text.dim(_("Nothing is chosen."))
        self.query_one(Reading).show(told(item, day) if item and day else nothing)
        self.query_one("#chosen ActionLine", ActionLine).show(self._actions(item))
        self.refresh_bindings()

    def _actions(self, item: AgendaItem | None) -> list[Command]:
        """What can be done with the chosen line, called by its name."""
        if item is None:
            return []
        named = SETTLE._replace(key="a", text=_SETTLED[item.kind])
        off = [CALL_OFF] if item.kind in (Matter.VISIT, Matter.ACTION) else []
        correct = [] if item.kind is Matter.STALE else [CORRECT]
        return [named, *correct, *off]

    # Which lines

    def _want(self, wanted: AgendaFilter) -> None:
        self.wanted = wanted
        self.table.cursor = 0
        start(self, self._load, group="load", exclusive=True)

    def action_toggle_mine(self) -> None:
        """Only mine, or everybody's."""
        if self.known.me is None:
            self.socius.tell(_("It is not known who is at the keyboard; choose a person."))
            return
        mine = self.wanted.owner_id == self.known.me
        self._want(self.wanted._replace(owner_id=None if mine else self.known.me))

    def action_next_person(self) -> None:
        """Of another colleague; after the last, of everybody."""
        persons = [person.id for person in self.known.persons]
        self._want(self.wanted._replace(owner_id=next_of(self.wanted.owner_id, persons)))

    def action_next_kind(self) -> None:
        """Another kind; after the last, all of them."""
        kind = next_of(self.wanted.kind, [*Matter])
        self._want(self.wanted._replace(kind=Matter(kind) if kind else None))

    def action_clear(self) -> None:
        """The whole agenda."""
        self._want(AgendaFilter())

    # What is done with a line

    @property
    def chosen(self) -> AgendaItem | None:
        """What the cursor is on."""
        return self._items.get(self.table.current_key)

    def subject(self) -> Subject:
        """What the chosen line is about."""
        item = self.chosen
        if item is None:
            return Subject()
        return Subject(item.goal_id, item.indicator_id, item.organisation_id, item.visit_id)

    def open_item(self, identifier: str) -> None:
        """Put the cursor on something."""
        key = next((key for key, item in self._items.items() if item.id == identifier), "")
        start(self, partial(self.table.go_to, key), group="open")

    def on_line_table_opened(self, _message: LineTable.Opened) -> None:
        """Go to where it lives."""
        item = self.chosen
        if item is None:
            return
        if item.visit_id is not None:
            self.app.post_message(OpenVisit(item.visit_id))
        elif (about := item.indicator_id or item.goal_id) is not None:
            self.app.post_message(OpenGoal(about))

    def action_settle(self) -> None:
        """It took place, it is done, it was measured."""
        start(self, self._settle, group="settle", exclusive=True)

    async def _settle(self) -> None:
        from socius_tui.ui.dialogs.follow_up import CloseFollowUpDialog
        from socius_tui.ui.dialogs.progress import ProgressDialog
        from socius_tui.ui.dialogs.visit import VisitDialog

        item = self.chosen
        if item is None:
            return
        if item.kind is Matter.VISIT:
            self.app.push_screen(VisitDialog(visit_id=item.id, complete=True))
        elif item.kind is Matter.FOLLOW_UP:
            if (line := await self.ask(log.follow_up, item.id)) is not None:
                self.app.push_screen(CloseFollowUpDialog(line))
        elif item.kind is Matter.ACTION:
            await self.write(SetActionState.of(action_id=item.id, state="done"))
        else:
            self.app.push_screen(ProgressDialog(indicator_id=item.indicator_id))

    def action_edit(self) -> None:
        """Correct what the cursor is on."""
        start(self, self._edit, group="settle", exclusive=True)

    async def _edit(self) -> None:
        from socius_tui.ui.dialogs.action import ActionDialog
        from socius_tui.ui.dialogs.follow_up import FollowUpDialog
        from socius_tui.ui.dialogs.target import TargetDialog
        from socius_tui.ui.dialogs.visit import VisitDialog

        item = self.chosen
        if item is None:
            return
        if item.kind is Matter.VISIT:
            self.app.push_screen(VisitDialog(visit_id=item.id))
        elif item.kind is Matter.FOLLOW_UP:
            if (line := await self.ask(log.follow_up, item.id)) is not None:
                self.app.push_screen(FollowUpDialog(follow_up=line))
        elif item.kind is Matter.ACTION:
            self.app.push_screen(ActionDialog(action_id=item.id))
        elif item.kind is not Matter.STALE and item.indicator_id is not None:
            self.app.push_screen(TargetDialog(indicator_id=item.indicator_id))

    def action_call_off(self) -> None:
        """It will not take place."""
        start(self, self._call_off, group="settle", exclusive=True)

    async def _call_off(self) -> None:
        from socius_tui.ui.dialogs.visit import CancelVisitDialog

        item = self.chosen
        if item is not None and item.kind is Matter.VISIT:
            if (visit := await self.ask(log.visit, item.id)) is not None:
                self.app.push_screen(CancelVisitDialog(visit))
        elif item is not None and item.kind is Matter.ACTION:
            await self.write(SetActionState.of(action_id=item.id, state="dropped"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What a line cannot take is not offered."""
        item = self.chosen if self.is_mounted else None
        if action == "settle":
            return item is not None
        if action == "edit":
            return item is not None and item.kind is not Matter.STALE
        if action == "call_off":
            return item is not None and item.kind in (Matter.VISIT, Matter.ACTION)
        return super().check_action(action, parameters)


_SETTLED = {
    Matter.VISIT: N_("took place"),
    Matter.FOLLOW_UP: N_("follow-up done"),
    Matter.ACTION: N_("action done"),
    **dict.fromkeys(_ABOUT_INDICATOR, N_("enter progress")),
}

SCREEN = AgendaScreen
