"""The history of one goal, indicator, organisation or visit, above whatever screen one is on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import ClassVar, NamedTuple

from textual.content import Content
from textual.widget import Widget

from socius_tui.domain.history import Detail, Entry, HistoryFilter, Place, Topic
from socius_tui.errors import SociusError
from socius_tui.i18n import _
from socius_tui.services import history
from socius_tui.services.session import Session
from socius_tui.ui import text
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.history import WHOLE
from socius_tui.ui.commands.windows import WINDOW
from socius_tui.ui.dialogs.window import Window
from socius_tui.ui.host import host
from socius_tui.ui.subject import Subject
from socius_tui.ui.widgets.history_table import EntryText, HistoryTable
from socius_tui.ui.widgets.line_table import LineTable
from socius_tui.ui.work import start

MOST_ROWS = 200  # of an entry: nobody reads further in an import


class Chosen(NamedTuple):
    """An entry with what it changed."""

    entry: Entry
    details: list[Detail]
    left_out: int


def chosen(session: Session, place: Place, topic: Topic | None, *, full: bool) -> Chosen:
    """Ask for an entry with its details, of which there are not too many."""
    (entry,) = history.told(session, [place], topic, private=True)
    details = history.details(session, place, topic, full=full, private=True, limit=MOST_ROWS)
    left_out = place.size - len(details) if topic is None else 0
    return Chosen(entry, details, left_out)


def topic_of(subject: Subject) -> Topic | None:
    """What the history of a chosen thing is about."""
    for kind, identifier in (
        ("visit", subject.visit_id),
        ("indicator", subject.indicator_id),
        ("goal", subject.goal_id),
        ("organisation", subject.organisation_id),
    ):
        if identifier is not None:
            return Topic(kind, identifier)
    return None


class HistoryDialog(Window[None]):
    """Entries above, the chosen one below; `key` is the entry to begin with."""

    DOES: ClassVar[tuple[Command, ...]] = (*WINDOW, WHOLE)
    BINDINGS = bindings(WHOLE)
    DEFAULT_CSS = """
    HistoryDialog {
        & > #window { width: 110; height: 95%; }
        & HistoryTable { height: 2fr; }
        & EntryText {
            height: 3fr; border-top: solid $border-blurred; padding: 0; margin-bottom: 1;
        }
        & EntryText:focus { border-top: solid $border; }
        &.-whole HistoryTable { display: none; }
    }
    """

    def __init__(self, topic: Topic, key: str = "") -> None:
        super().__init__()
        self._topic = topic
        self._key = key
        self._title = text.NOTHING

    def heading(self) -> Content:
        """Of what it is the history."""
        return text.spaced((text.styled(_("History"), text.STRONG), self._title))

    def hints(self) -> Iterable[Content]:
        """Move, whole texts, close."""
        return (
            text.key_hint("↑ ↓", _("choose")),
            text.key_hint(WHOLE.key, _(WHOLE.text)),
            *super().hints(),
        )

    def body(self) -> Iterable[Widget]:
        """The list, and what is chosen in it."""
        yield HistoryTable(id="entries")
        yield EntryText()

    def on_mount(self) -> None:
        """Ask for it."""
        self.query_one(HistoryTable).focus()
        start(self, self._load, exclusive=True)

    async def _load(self) -> None:
        session, topic = host(self).session, self._topic
        table = self.query_one(HistoryTable)

        async def tell(some: Sequence[Place]) -> list[Entry]:
            return await session.ask(history.told, some, topic, private=True)

        try:
            self._title = text.plain(await session.ask(history.name_of, topic))
            found = await session.ask(history.places, HistoryFilter(), topic)
            await table.load_places(found, tell)
        except SociusError as error:
            host(self).complain(error)
            self.dismiss(None)
            return
        self.retitle()
        if self._key:
            await table.go_to_entry(self._key)

    def on_line_table_highlighted(self, message: LineTable.Highlighted) -> None:
        """Another entry was chosen."""
        start(self, partial(self._show, message.key), group="detail", exclusive=True)

    async def _show(self, key: str) -> None:
        place = self.query_one(HistoryTable).place_of(key)
        if place is None:
            self.query_one(EntryText).show(None, ())
            return
        try:
            found = await host(self).session.ask(
                chosen, place, self._topic, full=self.has_class("-whole")
            )
        except SociusError as error:
            host(self).complain(error)
            return
        self.query_one(EntryText).show(*found)

    def on_line_table_opened(self, _message: LineTable.Opened) -> None:
        """Read it in full."""
        self.action_toggle_whole()

    def on_line_table_failed(self, message: LineTable.Failed) -> None:
        """The list could not read its rows."""
        host(self).complain(message.error)

    def action_toggle_whole(self) -> None:
        """Whole texts with the whole window for them, or the list again."""
        self.toggle_class("-whole")
        table = self.query_one(HistoryTable)
        (self.query_one(EntryText) if self.has_class("-whole") else table).focus()
        start(self, partial(self._show, table.current_key), group="detail", exclusive=True)

    def action_close(self) -> None:
        """Back to the list, or close."""
        if self.has_class("-whole"):
            self.action_toggle_whole()
        else:
            super().action_close()
