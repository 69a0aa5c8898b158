"""The part of the application that fits it to a person: density, theme, start, tour, jumping."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from socius_tui.i18n import _
from socius_tui.services.starting import OVERVIEW, Start
from socius_tui.ui import themes
from socius_tui.ui.careful import CarefulApp
from socius_tui.ui.work import start

if TYPE_CHECKING:
    from socius_tui.ui.screens.base import SociusScreen

COMPACT: Final = "compact"
_CLASS: Final = "-compact"


def forget(**_changes: Any) -> bool:
    """Remember nothing."""
    return True


class Fit(NamedTuple):
    """How the screens are to be for somebody.

    `remember` keeps fields of `socius_tui.remembered.Remembered` for the next time. `tour` shows
    the tour after a first start, until it was seen. `only_look`: nothing is written on
    the disk, not in another file either.
    """

    start: Start = Start()
    density: str = ""
    tour: bool = False
    remember: Callable[..., bool] = forget
    only_look: bool = False


class FittedApp(CarefulApp):
    """An application that begins as somebody left it."""

    own_keys: Mapping[str, str]

    def __init__(self, fit: Fit) -> None:
        # Textual reads it here: a blank screen before the first one would be painted too.
        self.DEFAULT_MODE = fit.start.screen  # type: ignore[misc]
        super().__init__()
        self._fit = fit
        self.compact = fit.density == COMPACT
        self.tour_waits = False

    @property
    def only_look(self) -> bool:
        """Whether nothing may be written on the disk."""
        return self._fit.only_look

    def screens_opened(self) -> Iterable[SociusScreen]:
        """The screens that were opened so far."""
        raise NotImplementedError

    def fit_screen(self, screen: SociusScreen) -> None:
        """Make a screen that was opened now as the others are."""
        if self.compact:
            screen.add_class(_CLASS, update=False)
        first, mine = self._fit.start
        if mine is not None and first == screen.NAME:
            screen.begin_with(mine)

    # Density and theme

    def toggle_density(self) -> None:
        """Frames around the parts, or more lines of what is in them."""
        self.compact = not self.compact
        for screen in self.screens_opened():
            screen.set_class(self.compact, _CLASS)
            screen.density_changed()
        self._fit.remember(density=COMPACT if self.compact else "comfortable")

    def toggle_theme(self) -> None:
        """Light becomes dark, dark becomes light."""
        dark = self.current_theme.dark
        self.theme_chosen(themes.LIGHT.name if dark else themes.DARK.name)

    def theme_chosen(self, name: str | None) -> None:
        """Another theme from now on; None is no choice."""
        if name is not None:
            self.theme = name
            self._fit.remember(theme=name)

    # Tour and jumping

    def tour_when_new(self) -> None:
        """Show the tour to somebody who began just now, unless a form is in front."""
        if self.tour_waits and self._fit.tour and not self.screen.is_modal:
            self.show_tour()

    def show_tour(self) -> None:
        """Five steps around the overview."""
        self.tour_waits = False
        self._fit.remember(tour_seen=True)
        start(self, self._show_tour, group="tour", exclusive=True)

    async def _show_tour(self) -> None:
        from socius_tui.ui.dialogs.tour import TourScreen

        if self.current_mode != OVERVIEW:
            await self.switch_mode(OVERVIEW)
        if not self.screen.is_modal:  # a form that was opened meanwhile comes first
            self.push_screen(TourScreen())

    def action_jump(self) -> None:
        """A letter on every part of what is seen; the letter goes there."""
        from socius_tui.ui.dialogs.jump import JumpScreen, places

        found = places(self.screen)
        if found:
            self.push_screen(JumpScreen(found))
        else:
            self.tell(_("There is nothing to jump to here."))
