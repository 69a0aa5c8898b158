"""What every screen offers to fit the program to a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final, cast

from textual.screen import Screen

from socius_tui.domain.saved_views import Stored
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.looks import LOOKS

if TYPE_CHECKING:
    from socius_tui.ui.fitted import FittedApp


#: What writes on the disk without a use case, or reads what else is there.
_WRITES: Final = (
    *("back_up", "backups", "export", "take_in_list", "write_report"),
    *("exchange", "exchange_window"),
)


class FittedScreen(Screen[None]):
    """A screen with the commands of `ui/commands/looks.py`."""

    NAME: ClassVar[str] = ""
    DOES: ClassVar[tuple[Command, ...]] = LOOKS
    BINDINGS = bindings(*LOOKS)
    DEFAULT_CSS = """
    FittedScreen.-compact {
        & TitleBar { height: 1; }
        & TitleBar > #plan { display: none; }
    }
    """

    def held_back(self) -> Mapping[str, Stored] | None:
        """What the list of the screen holds back, to be saved; None without a list like that."""
        return None

    def show_view(self, values: Mapping[str, Any]) -> None:
        """Show a saved view: the values of its filter, by field."""
        raise NotImplementedError

    def begin_with(self, person_id: str) -> None:
        """Begin with what is of somebody, where a screen can: before its first load."""

    def density_changed(self) -> None:
        """Draw what depends on the density again."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What writes files is not offered to who may only look."""
        if action in _WRITES and self._fitted.only_look:
            return False
        return super().check_action(action, parameters)

    def action_views(self) -> None:
        """The saved views, to look at one or to save what is shown."""
        from socius_tui.ui.dialogs.views import ViewsWindow

        self.app.push_screen(ViewsWindow(self.NAME, self.held_back()))

    @property
    def _fitted(self) -> FittedApp:
        return cast("FittedApp", self.app)

    def action_keymap(self) -> None:
        """Every command with its key."""
        from socius_tui.ui.dialogs.keys import KeysWindow

        self.app.push_screen(KeysWindow(self._fitted.own_keys))

    def action_themes(self) -> None:
        """Choose a theme by its name."""
        from socius_tui.ui.dialogs.themes import ThemesWindow

        self.app.push_screen(ThemesWindow(), self._fitted.theme_chosen)

    def action_density(self) -> None:
        """Frames, or more lines."""
        self._fitted.toggle_density()

    def action_tour(self) -> None:
        """Five steps around the screen."""
        self._fitted.show_tour()
