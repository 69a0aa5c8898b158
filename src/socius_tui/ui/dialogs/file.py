"""Choose a file: type a path, or walk through the folders."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

from textual import events
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from socius_tui.domain.dates import format_moment
from socius_tui.errors import SociusError
from socius_tui.i18n import _, get_language, ngettext
from socius_tui.services import backups, folders
from socius_tui.services.folders import Entry, Listing
from socius_tui.ui import text
from socius_tui.ui.dialogs.window import Window
from socius_tui.ui.widgets.line_table import Column, LineTable, Row
from socius_tui.ui.widgets.text_field import TextField
from socius_tui.ui.work import start

_MOVES: Final = ("down", "up", "pagedown", "pageup")


class FileDialog(Window[Path]):
    """Gives the file that was chosen. The field keeps the focus: arrows move through the list.

    `suffixes` limits what is listed (".csv"); any other file can still be typed.
    """

    DEFAULT_CSS = """
    FileDialog {
        & > #window { width: 90; height: 80%; }
        & LineTable { height: 1fr; margin-top: 1; }
        & #said { height: auto; max-height: 3; color: $quiet; }
    }
    """

    def __init__(self, title: str, folder: Path, suffixes: Collection[str] = ()) -> None:
        super().__init__()
        self._title = title
        self._begin = folder
        self._suffixes = suffixes
        self._found: dict[str, Entry] = {}
        self._shown: str | None = None
        self._looking = False

    def heading(self) -> Content:
        """What the file is for."""
        return text.styled(self._title, text.STRONG)

    def hints(self) -> Iterable[Content]:
        """Move, choose, go into, close."""
        return (
            text.key_hint("↑ ↓", _("choose")),
            text.key_hint("tab", _("fill in")),
            text.key_hint("enter", _("open")),
            *super().hints(),
        )

    def body(self) -> Iterable[Widget]:
        """The path, and what is in the folder."""
        yield TextField(folders.as_typed(self._begin), limit=4_000)
        yield LineTable(
            (
                Column(_("Name")),
                Column(_("Size"), 9, align="right"),
                Column(_("Changed"), 17, from_width=60),
            ),
            empty=_("Nothing here that can be read."),
        )
        yield Static(id="said")

    def on_mount(self) -> None:
        """Begin in the field."""
        self.query_one(LineTable).can_focus = False
        field = self.query_one(TextField)
        field.focus()
        field.cursor_position = len(field.value)

    def on_input_changed(self) -> None:
        """Look for what is typed now."""
        if not self._looking:
            start(self, self._look)

    async def _look(self) -> None:
        """Look until what is shown is what is typed: one folder at a time."""
        self._looking = True
        field, table = self.query_one(TextField), self.query_one(LineTable)
        try:
            while self._shown != field.value:
                typed = field.value
                try:
                    found = await asyncio.to_thread(folders.listing, typed, self._suffixes)
                    self._found = {str(place): entry for place, entry in enumerate(found.entries)}
                    said = _more(found)
                except SociusError as error:
                    self._found = {}
                    said = text.plain(error.message)
                await table.show([_row(key, entry) for key, entry in self._found.items()])
                table.action_first()
                self.query_one("#said", Static).update(said)
                self._shown = typed
        finally:
            self._looking = False

    def on_key(self, event: events.Key) -> None:
        """Arrows move through the list while the field has the focus; tab fills in."""
        table = self.query_one(LineTable)
        if event.key in _MOVES:
            event.stop()
            event.prevent_default()
            lines = 1 if event.key in ("down", "up") else max(table.size.height - 2, 1)
            table.action_move(lines if event.key in ("down", "pagedown") else -lines)
        elif event.key == "tab":
            event.stop()
            event.prevent_default()
            if (entry := self._found.get(table.current_key)) is not None:
                self._fill(entry)

    def on_input_submitted(self) -> None:
        """Open what the cursor is on; what was typed to its end needs no cursor."""
        typed = folders.whole(self.query_one(TextField).value)
        if typed.is_file():
            self.dismiss(typed)
        elif (entry := self._found.get(self.query_one(LineTable).current_key)) is not None:
            self._open(entry)

    def on_line_table_opened(self, message: LineTable.Opened) -> None:
        """Open what was clicked."""
        self._open(self._found[message.key])

    def _open(self, entry: Entry) -> None:
        if entry.is_folder:
            self._fill(entry)
        else:
            self.dismiss(entry.path)

    def _fill(self, entry: Entry) -> None:
        """Type the path of an entry."""
        field = self.query_one(TextField)
        field.value = folders.as_typed(entry.path) if entry.is_folder else str(entry.path)
        field.cursor_position = len(field.value)


def _row(key: str, entry: Entry) -> Row:
    if entry.is_folder:
        return Row(key, (text.styled(entry.name + "/", text.STRONG), text.NOTHING, text.NOTHING))
    changed = format_moment(backups.moment_shown(entry.changed_at), get_language())
    size = backups.size_text(entry.size)
    return Row(key, (text.plain(entry.name), text.plain(size), text.dim(changed)))


def _more(found: Listing) -> Content:
    if not found.more:
        return text.NOTHING
    return text.plain(
        ngettext("{n} more; type a part of the name.", "{n} more; type a part of the name.",
                 found.more).format(n=found.more)
    )  # fmt: skip
