"""A text that is read, and scrolled where it is longer than its place."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static


class Reading(VerticalScroll, can_focus=False):
    """Content in a part of a screen."""

    DEFAULT_CSS = """
    Reading {
        height: 1fr; padding: 0 1; scrollbar-size-vertical: 1;
        & > Static { height: auto; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._text = Static()

    def compose(self) -> ComposeResult:
        """The text."""
        yield self._text

    def show(self, content: Content) -> None:
        """Show this, from its beginning."""
        self._text.update(content)
        self.scroll_home(animate=False)
