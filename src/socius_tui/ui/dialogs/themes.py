"""The window of themes: the one with the cursor is seen at once, enter keeps it."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget

from socius_tui.i18n import _
from socius_tui.ui import text
from socius_tui.ui.dialogs.window import Window
from socius_tui.ui.themes import DARK, LIGHT
from socius_tui.ui.widgets.line_table import Column, LineTable, Row
from socius_tui.ui.work import start

#: Textual's own that take the colours of the terminal: our bars cannot be mixed in them.
_LEFT_OUT = ("ansi-dark", "ansi-light", "textual-ansi")


class ThemesWindow(Window[str]):
    """Ours first; gives the name of the theme that is kept."""

    DEFAULT_CSS = """
    ThemesWindow {
        align: right middle;
        & > #window { width: 34; height: 80%; }
        & LineTable { height: 1fr; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._before = ""
        self._ready = False

    def heading(self) -> Content:
        """What is listed."""
        return text.styled(_("Themes"), text.STRONG)

    def hints(self) -> Iterable[Content]:
        """Keep it, or what was there before."""
        yield text.key_hint("enter", _("keep"))
        yield from super().hints()

    def body(self) -> Iterable[Widget]:
        """The names."""
        yield LineTable((Column(_("Theme"), weight=1), Column("", 7)), id="themes")

    def on_mount(self) -> None:
        """Show them, with the cursor on the one that is in use."""
        self._before = self.app.theme
        self.query_one(LineTable).focus()
        start(self, self._load, exclusive=True)

    async def _load(self) -> None:
        ours = (DARK.name, LIGHT.name)
        others = sorted(set(self.app.available_themes) - {*ours, *_LEFT_OUT})
        table = self.query_one(LineTable)
        await table.show([self._row(name) for name in (*ours, *others)])
        await table.go_to(self._before)
        self._ready = True

    def _row(self, name: str) -> Row:
        dark = self.app.available_themes[name].dark
        return Row(name, (text.plain(name), text.dim(_("dark") if dark else _("light"))))

    def on_line_table_highlighted(self, message: LineTable.Highlighted) -> None:
        """See it at once."""
        if self._ready and message.key:
            self.app.theme = message.key

    def on_line_table_opened(self, message: LineTable.Opened) -> None:
        """Keep it."""
        self.dismiss(message.key)

    def action_close(self) -> None:
        """Back to the one that was there."""
        self.app.theme = self._before
        self.dismiss(None)
