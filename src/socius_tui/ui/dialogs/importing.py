"""Taking in a list: what is in it, which file, then the preview."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from textual.app import App
from textual.content import Content
from textual.widget import Widget

from socius_tui.errors import SociusError
from socius_tui.i18n import _
from socius_tui.services.importing.preparing import KINDS, WORDS, kept_mappings
from socius_tui.ui import text
from socius_tui.ui.dialogs.file import FileDialog
from socius_tui.ui.dialogs.import_preview import ImportPreview
from socius_tui.ui.dialogs.window import Window
from socius_tui.ui.host import host
from socius_tui.ui.widgets.line_table import Column, LineTable, Row
from socius_tui.ui.work import start

SUFFIXES: Final = (".csv", ".txt", ".tsv", ".xlsx", ".ods", ".jsonl")


class Sort(NamedTuple):
    """A kind of list, and the name under which was kept how it is read ("" for none)."""

    kind: str
    named: str = ""


class KindDialog(Window[Sort]):
    """Asks what is in the list; a way of reading that was kept can be chosen with it."""

    DEFAULT_CSS = """
    KindDialog {
        & > #window { width: 60; height: auto; max-height: 80%; }
        & LineTable { height: 9; }
    }
    """

    def __init__(self, preset: str) -> None:
        super().__init__()
        self._preset = preset
        self._sorts: dict[str, Sort] = {}

    def heading(self) -> Content:
        """The question."""
        return text.styled(_("What is in the list?"), text.STRONG)

    def hints(self) -> Iterable[Content]:
        """Choose, close."""
        return (
            text.key_hint("↑ ↓", _("choose")),
            text.key_hint("enter", _("open")),
            *super().hints(),
        )

    def body(self) -> Iterable[Widget]:
        """The kinds, below each the ways of reading that were kept."""
        yield LineTable((Column(_("Kind")), Column(_("Read as"), 28)))

    def on_mount(self) -> None:
        """The kinds at once; what was kept follows."""
        self.query_one(LineTable).focus()
        self._put([Sort(kind) for kind in KINDS])
        self.query_one(LineTable).cursor = list(KINDS).index(self._preset)
        start(self, self._load, exclusive=True)

    async def _load(self) -> None:
        try:
            kept = await host(self).session.ask(kept_mappings)
        except SociusError as error:
            host(self).complain(error)
            return
        self._put(
            [
                sort
                for kind in KINDS
                for sort in (Sort(kind), *(Sort(kind, m.name) for m in kept if m.kind == kind))
            ]
        )

    def _put(self, sorts: list[Sort]) -> None:
        self._sorts = {"/".join(sort): sort for sort in sorts}
        self.query_one(LineTable).put(
            [
                Row(key, (text.plain(_(WORDS[sort.kind])), text.plain(sort.named)))
                for key, sort in self._sorts.items()
            ]
        )

    def on_line_table_opened(self, message: LineTable.Opened) -> None:
        """This one."""
        self.dismiss(self._sorts[message.key])


def take_in(app: App[None], preset: str) -> None:
    """Ask for the kind of list, then the file, then show what it would do."""

    def kind_chosen(sort: Sort | None) -> None:
        if sort is None:
            return

        def file_chosen(path: Path | None) -> None:
            if path is not None:
                app.push_screen(ImportPreview(sort.kind, path, sort.named))

        suffixes = (*SUFFIXES, ".toml") if sort.kind == "plan" else SUFFIXES
        title = _("Which list?")
        app.push_screen(FileDialog(title, Path.cwd(), suffixes), file_chosen)

    app.push_screen(KindDialog(preset), kind_chosen)
