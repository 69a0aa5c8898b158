"""A framed part of a screen, with the key that goes to it in its title."""

from __future__ import annotations

from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from socius_tui.i18n import _
from socius_tui.ui import text
from socius_tui.ui.commands.active import key_of


class Pane(Vertical):
    """A frame around widgets; `title` is a msgid, `key` goes to the pane.

    With the name of a `command`, the key is that which is set for it.
    """

    DEFAULT_CSS = """
    Pane {
        border: round $border-blurred; border-title-color: $foreground; padding: 0;
        &:focus-within { border: round $border; }
        &.-compact { border: none; border-top: solid $border-blurred; }
        &.-compact:focus-within { border: none; border-top: solid $border; }
    }
    """

    def __init__(
        self,
        *children: Widget,
        key: str,
        title: str,
        command: str = "",
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(*children, id=id)
        self.key = key
        self.command = command
        self.title = title

    def on_mount(self) -> None:
        """Title with key."""
        self.follow_density()
        self.set_extra(text.NOTHING)

    def follow_density(self) -> None:
        """A frame all around, or a line above, as the screen is."""
        self.set_class(self.screen.has_class("-compact"), "-compact")

    def set_extra(self, extra: Content) -> None:
        """Say something after the title, such as a period or a number."""
        key = key_of(self, self.command, self.key)
        self.border_title = text.spaced((text.key_in_title(key, _(self.title)), extra))
