"""What every screen offers to fit the program to a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from textual.screen import Screen

from socius_tui.domain.saved_views import Stored
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.looks import LOOKS


class FittedScreen(Screen[None]):
    """A screen with the commands of `ui/commands/looks.py`."""

    NAME: ClassVar[str] = ""
    DOES: ClassVar[tuple[Command, ...]] = LOOKS
    BINDINGS = bindings(*LOOKS)

    def held_back(self) -> Mapping[str, Stored] | None:
        """What the list of the screen holds back, to be saved; None without a list like that."""
        return None

    def show_view(self, values: Mapping[str, Any]) -> None:
        """Show a saved view: the values of its filter, by field."""
        raise NotImplementedError

    def action_views(self) -> None:
        """The saved views, to look at one or to save what is shown."""
        from socius_tui.ui.dialogs.views import ViewsWindow

        self.app.push_screen(ViewsWindow(self.NAME, self.held_back()))
