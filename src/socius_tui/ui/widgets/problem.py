"""What stands in place of a screen's data when there is none: why, and what to do."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Middle
from textual.widgets import Static

from socius_tui.errors import SociusError
from socius_tui.i18n import _
from socius_tui.ui import text


class Problem(Middle):
    """An error that fills the screen; hidden until there is one."""

    DEFAULT_CSS = """
    Problem {
        display: none; align: center middle; height: 1fr; width: 1fr;
        & > Static {
            width: 100%; max-width: 76; height: auto; padding: 1 2; border: round $warning;
        }
    }
    """

    def compose(self) -> ComposeResult:
        """One box."""
        yield Static()

    def show(self, error: SociusError) -> None:
        """Say what is wrong."""
        parts = [
            text.styled(error.title or _("This cannot be shown"), text.STRONG),
            text.NOTHING,
            text.prose(error.message),
        ]
        if error.hint:
            parts += [text.NOTHING, text.prose(error.hint)]
        parts += [text.NOTHING, text.key_hint("F5", _("try again"))]
        self.query_one(Static).update(text.lines(parts))
        self.display = True
