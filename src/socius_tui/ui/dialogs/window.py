"""The frame of a dialog: a box in the middle with a title, closed with esc."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from socius_tui.i18n import _
from socius_tui.ui import text
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.looks import JUMP
from socius_tui.ui.commands.windows import CLOSE_WINDOW, WINDOW

T = TypeVar("T")


class Window(ModalScreen[T]):
    """A box in the middle of the screen; esc gives None."""

    DOES: ClassVar[tuple[Command, ...]] = WINDOW
    BINDINGS = bindings(*WINDOW, JUMP)
    DEFAULT_CSS = """
    Window {
        align: center middle;
        & > #window {
            width: 76; max-width: 100%; height: auto; max-height: 100%;
            border: round $border; background: $surface; padding: 0 1;
            border-title-color: $foreground; border-subtitle-color: $quiet;
        }
        & #hints { height: 1; color: $quiet; dock: bottom; }
    }
    """

    def body(self) -> Iterable[Widget]:
        """The widgets in the box."""
        raise NotImplementedError

    def heading(self) -> Content:
        """The title of the box."""
        raise NotImplementedError

    def hints(self) -> Iterable[Content]:
        """The keys that work here, for the last line."""
        return (text.key_hint("esc", _(CLOSE_WINDOW.text)),)

    def compose(self) -> ComposeResult:
        """The box."""
        box = Vertical(*self.body(), Static(text.spaced(self.hints()), id="hints"), id="window")
        box.border_title = self.heading()
        yield box

    def retitle(self) -> None:
        """Write the title again."""
        self.query_one("#window").border_title = self.heading()

    def rehint(self) -> None:
        """Write the keys again."""
        self.query_one("#hints", Static).update(text.spaced(self.hints()))

    def action_close(self) -> None:
        """Close without a choice."""
        self.dismiss(None)
