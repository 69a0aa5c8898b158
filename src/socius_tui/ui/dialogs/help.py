"""The keys that work where one is, made from the commands: nothing here is written twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from socius_tui.domain.model import Status
from socius_tui.i18n import _
from socius_tui.ui import text
from socius_tui.ui.commands.active import Hint
from socius_tui.ui.dialogs.window import Window


class HelpDialog(Window[None]):
    """Keys by group, and the meaning of the symbols."""

    DEFAULT_CSS = """
    HelpDialog {
        & > #window { width: 78; height: 90%; }
        & VerticalScroll { height: 1fr; scrollbar-size-vertical: 1; }
        & VerticalScroll > Static { height: auto; }
    }
    """

    def __init__(self, hints: Sequence[Hint]) -> None:
        super().__init__()
        self._keys = hints

    def heading(self) -> Content:
        """Help."""
        return text.styled(_("Keys that work here"), text.STRONG)

    def hints(self) -> Iterable[Content]:
        """Scroll, and close."""
        return (text.key_hint("↑ ↓", _("scroll")), *super().hints())

    def body(self) -> Iterable[Widget]:
        """One text to scroll through."""
        yield VerticalScroll(Static(self._text()))

    def _text(self) -> Content:
        groups: dict[str, list[Content]] = {}
        for hint in self._keys:
            groups.setdefault(hint.command.group, []).append(
                text.join(
                    Content.styled(f"  {' '.join(hint.keys):<12}", text.KEY), _(hint.command.help)
                )
            )
        blocks = [
            text.lines((text.styled(_(group), text.STRONG), *lines))
            for group, lines in groups.items()
        ]
        blocks.append(_symbols())
        return Content("\n\n").join(blocks)


def _symbols() -> Content:
    meaning = [text.join("  ", text.status_text(status)) for status in Status]
    bar = (
        text.join("  ", _("━ reached, ─ to go, ┃ where it should be by now")),
        text.join("  ", _("2/3: two of the three below it have data")),
        text.spaced(("", text.late_mark(1), _("changed after the period was closed")), " "),
    )
    return text.lines((text.styled(_("Symbols"), text.STRONG), *meaning, *bar))
