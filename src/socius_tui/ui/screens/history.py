"""Screen 7: everything that was changed, by whom and when, with filters; the change beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import ClassVar

from textual.message import Message
from textual.widget import Widget

from socius_tui.domain.filters import seen_until
from socius_tui.domain.history import Entry, HistoryFilter, Place, Topic
from socius_tui.i18n import N_, _
from socius_tui.services import history
from socius_tui.services.looking import View
from socius_tui.services.sync.marks import marks
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.history import HISTORY, HISTORY_FILTERS
from socius_tui.ui.commands.shared import SHARED
from socius_tui.ui.dialogs.history import Chosen, chosen
from socius_tui.ui.messages import OpenGoal, OpenOrganisation, OpenVisit
from socius_tui.ui.screens.listing import FilteredScreen, next_of, surroundings
from socius_tui.ui.subject import Subject
from socius_tui.ui.widgets.filter_line import FilterLine
from socius_tui.ui.widgets.history_table import NEW, EntryText, HistoryTable
from socius_tui.ui.widgets.line_table import LineTable
from socius_tui.ui.widgets.pane import Pane
from socius_tui.ui.work import start

_OPEN: dict[str, type[OpenGoal | OpenOrganisation | OpenVisit]] = {
    "goal": OpenGoal,
    "indicator": OpenGoal,
    "organisation": OpenOrganisation,
    "visit": OpenVisit,
}


class HistoryScreen(FilteredScreen[HistoryFilter]):
    """The history of everything, newest first."""

    NAME = "history"
    DOES: ClassVar[tuple[Command, ...]] = (*SHARED, *HISTORY)
    BINDINGS = bindings(*HISTORY)
    DEFAULT_CSS = """
    HistoryScreen.-reading {
        & #list { display: none; }
        & #chosen { height: 1fr; width: 1fr; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.wanted = HistoryFilter()
        self._people: dict[str, str] = {}
        self._chosen: Chosen | None = None

    def body(self) -> Iterable[Widget]:
        """Filters, the history, the chosen entry."""
        return self.sides(
            FilterLine(),
            Pane(HistoryTable(id="entries"), key="7", title=N_("History"), id="list"),
            Pane(EntryText(), key="z", title=N_("Change"), id="chosen"),
        )

    def table(self) -> HistoryTable:
        """The history."""
        return self.query_one(HistoryTable)

    def read_detail(self) -> None:
        """The arrows scroll the text."""
        self.query_one(EntryText).focus()

    # Loading

    async def load(self, view: View) -> None:
        """The history as the filter asks; the cursor keeps its entry."""
        self.known = await self.need(surroundings)
        self._people = dict(await self.need(history.people))
        wanted = self._limited(view)
        found = await self.need(history.places, wanted)
        table = self.table()
        held_back = self.wanted != HistoryFilter()
        table.empty = (
            text.plain(_("No change is like that. x shows all of them."))
            if held_back
            else text.plain(_("Nothing was changed yet."))
        )
        new = (await self.need(marks)).sets
        await table.load_places(found, self._tell, new)
        self.to_top()
        self._describe(found, sum(place.key in new for place in found), held_back=held_back)
        await self._show(table.current_key)

    async def _tell(self, some: Sequence[Place]) -> list[Entry]:
        return await self.need(history.told, some, private=True)

    def _limited(self, view: View) -> HistoryFilter:
        """What was done after the day that is looked at does not exist."""
        until = seen_until(view.as_of, view.today, self.wanted.until)
        return self.wanted._replace(until=until)

    def _describe(self, found: list[Place], new: int, *, held_back: bool) -> None:
        wanted = self.wanted
        mine = wanted.actor is not None and wanted.actor == self.known.me
        values = {
            "history.mine": (_("mine") if mine else "", mine),
            "history.person": (
                "" if mine else self._people.get(wanted.actor or "", ""),
                wanted.actor is not None and not mine,
            ),
            "history.kind": (
                history.kind_word(wanted.kind) if wanted.kind else "",
                wanted.kind is not None,
            ),
            "history.period": (self._period(), bool(wanted.since or wanted.until)),
            "history.select": (f"“{wanted.text}”" if wanted.text else "", bool(wanted.text)),
        }
        self.query_one(FilterLine).filters(
            (command, *values.get(command.id, ("", False)))
            for command in HISTORY_FILTERS
            if command.id != "history.clear" or held_back
        )
        words = [value for value, active in values.values() if active]
        number = text.styled(str(len(found)), text.STRONG)
        others = text.styled(f"{NEW} {_('{n} new').format(n=new)}", text.KEY) if new else ""
        extra = text.spaced((number, others, text.dim(" · ".join(words))))
        self.query_one("#list", Pane).set_extra(extra)

    def _period(self) -> str:
        since, until = self.wanted.since, self.wanted.until
        if since and until:
            return show.years(since, until)
        if since:
            return _("from {day}").format(day=show.day(since))
        return _("until {day}").format(day=show.day(until)) if until else ""

    def on_line_table_highlighted(self, message: LineTable.Highlighted) -> None:
        """Another entry was chosen."""
        if not self.stale:
            start(self, partial(self._show, message.key), group="detail", exclusive=True)

    async def _show(self, key: str) -> None:
        place = self.table().place_of(key)
        found = await self.ask(chosen, place, None, full=self.is_reading) if place else None
        self._chosen = found
        go = text.key_hint("enter", _("go there")) if self._topic else text.NOTHING
        self.query_one("#chosen", Pane).set_extra(go)
        if found is None:
            self.query_one(EntryText).show(None, ())
        else:
            self.query_one(EntryText).show(*found)

    # Which changes

    def action_toggle_mine(self) -> None:
        """Only mine, or everybody's."""
        if self.known.me is None:
            self.socius.tell(_("It is not known who is at the keyboard; choose a person."))
            self.action_select()
            return
        self.want(actor=None if self.wanted.actor == self.known.me else self.known.me)

    def action_next_person(self) -> None:
        """Another person."""
        self.want(actor=next_of(self.wanted.actor, list(self._people)))

    def action_next_kind(self) -> None:
        """Another kind of change."""
        self.want(kind=next_of(self.wanted.kind, list(history.KINDS)))

    def action_next_period(self) -> None:
        """Another year, the present one first, then the whole history again."""
        if self.view is None:
            return
        plan = self.view.plan
        last = self.view.as_of.year
        first = min(plan.rules.period.start.year, last) if plan else last
        self.want_next_year(self.wanted.since, first, last)

    def action_clear(self) -> None:
        """The whole history."""
        self.choose(HistoryFilter())

    def action_select(self) -> None:
        """All filters in a form."""
        from socius_tui.ui.dialogs.history_selection import HistorySelection

        self.push(HistorySelection(self.wanted), self.choose)

    # What is done with a change

    def action_toggle_whole(self) -> None:
        """Whole texts with the whole screen for them, or the list again."""
        if self.is_reading:
            self.action_back()
        else:
            self.open_detail()
            self._show_again()

    def action_back(self) -> None:
        """From the whole text to the list."""
        super().action_back()
        self._show_again()

    def _show_again(self) -> None:
        show_it = partial(self._show, self.table().current_key)
        start(self, show_it, group="detail", exclusive=True)

    def on_line_table_opened(self, _message: LineTable.Opened) -> None:
        """Go to what changed."""
        topic = self._topic
        if topic is None:
            self.socius.tell(_("What changed is on no other screen, or not there any more."))
        else:
            message: Message = _OPEN[topic.kind](topic.id)
            self.app.post_message(message)

    @property
    def _topic(self) -> Topic | None:
        """The first thing in the entry that a screen can show."""
        details = self._chosen.details if self._chosen else ()
        return next((detail.shown_by for detail in details if detail.shown_by), None)

    def subject(self) -> Subject:
        """What changed."""
        topic = self._topic
        return Subject(**{f"{topic.kind}_id": topic.id}) if topic else Subject()

    def open_item(self, identifier: str) -> None:
        """Put the cursor on an entry."""
        start(self, partial(self.table().go_to_entry, identifier), group="open")


SCREEN = HistoryScreen
