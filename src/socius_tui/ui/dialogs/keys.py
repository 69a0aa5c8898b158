"""The window of all keys: every command with its key, your own keys, and keys that clash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from socius_tui.i18n import _, ngettext
from socius_tui.paths import settings_path
from socius_tui.ui import text
from socius_tui.ui.dialogs.window import Window
from socius_tui.ui.keymap import KeyLine, checked, key_lines
from socius_tui.ui.widgets.line_table import Column, LineTable, Row
from socius_tui.ui.work import start


class KeysWindow(Window[None]):
    """Clashes first, then the keys of the settings, then all others as they are grouped."""

    DEFAULT_CSS = """
    KeysWindow {
        & > #window { width: 100; height: 90%; }
        & LineTable { height: 1fr; }
        & #about { height: 5; border-top: solid $border-blurred; }
    }
    """

    def __init__(self, own: Mapping[str, str]) -> None:
        super().__init__()
        lines = sorted(key_lines(own), key=lambda line: (not line.clashes, not line.own))
        self._lines = {line.command.id: line for line in lines}
        self._problems = len(checked(own)[1])

    def heading(self) -> Content:
        """What is listed, and how much is wrong with it."""
        title = text.styled(_("All keys"), text.STRONG)
        if not self._problems:
            return title
        sentence = ngettext("! {n} problem", "! {n} problems", self._problems)
        return text.spaced(
            (title, text.styled(sentence.format(n=self._problems), "$status-attention"))
        )

    def body(self) -> Iterable[Widget]:
        """The list, and all about the command with the cursor."""
        yield LineTable(
            (
                Column(_("Key"), 18),
                Column("", 8),
                Column(_("What it does"), weight=3),
                Column(_("Where"), weight=1, from_width=70),
            ),
            id="keys",
        )
        yield Static(id="about")

    def on_mount(self) -> None:
        """Show them."""
        self.query_one(LineTable).focus()
        start(self, self._load, exclusive=True)

    async def _load(self) -> None:
        table = self.query_one(LineTable)
        await table.show([self._row(line) for line in self._lines.values()])
        self._tell(table.current_key)

    def _row(self, line: KeyLine) -> Row:
        return Row(
            line.command.id,
            (
                text.styled(self._printed(line.keys), text.KEY),
                _mark(line),
                text.plain(_(line.command.help).rstrip(".")),
                text.dim(_(line.command.group)),
            ),
        )

    def _printed(self, keys: str) -> str:
        """Keys the way they are printed on a keyboard."""
        from textual.binding import Binding

        each = [key.strip() for key in keys.split(",") if key.strip()]
        return " ".join(self.app.get_key_display(Binding(key, "")) for key in each)

    def on_line_table_highlighted(self, message: LineTable.Highlighted) -> None:
        """Say more of the command with the cursor."""
        self._tell(message.key)

    def _tell(self, key: str) -> None:
        line = self._lines.get(key)
        about = self._about(line) if line is not None else text.NOTHING
        self.query_one("#about", Static).update(about)

    def _about(self, line: KeyLine) -> Content:
        told = [text.prose(_(line.command.help))]
        if line.clashes:
            sentence = _("! The same key as {names}, in the same place.").format(
                names=", ".join(line.clashes)
            )
            told.append(text.styled(sentence, "$status-attention"))
        usual = _("The usual key is {keys}.").format(keys=self._printed(line.command.key))
        told += [text.dim(usual)] if line.own else []
        write = _("Another key: {line} below [keymap] in {path}").format(
            line=f'"{line.command.id}" = "…"', path=settings_path()
        )
        return text.lines((*told, text.dim(write)))


def _mark(line: KeyLine) -> Content:
    if line.clashes:
        return text.styled(_("! clash"), "$status-attention")
    return text.styled(_("own"), text.STRONG) if line.own else text.NOTHING
