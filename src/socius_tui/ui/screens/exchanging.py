"""What every screen offers of the exchange with others."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.content import Content

from socius_tui.ui.screens.looks import FittedScreen
from socius_tui.ui.widgets.title_bar import TitleBar

if TYPE_CHECKING:
    from socius_tui.ui.app import SociusApp


class ExchangingScreen(FittedScreen):
    """A screen with the commands of `ui/commands/exchange.py`, and how it stands in its title."""

    def show_exchange(self, line: tuple[Content, ...]) -> None:
        """How the exchange stands, in several lengths."""
        for bar in self.query(TitleBar):
            bar.exchange(line, self.exchange_clicked)

    def exchange_clicked(self) -> None:
        """To the conflicts where there are any, else to the window of the exchange."""
        seen = self._with_desk.desk.seen
        if seen is not None and seen.standing.conflicts:
            self.action_conflicts()
        else:
            self.action_exchange_window()

    def action_exchange(self) -> None:
        """Exchange beside the work; where nothing was arranged the form that does comes first."""
        desk = self._with_desk.desk
        if desk.is_running or not desk.is_arranged:
            self.action_exchange_window()
        else:
            desk.begin()

    def action_exchange_window(self) -> None:
        """Where and with whom; where nothing was arranged the form that does."""
        from socius_tui.ui.dialogs.arranging import ArrangeDialog
        from socius_tui.ui.dialogs.exchange import ExchangeWindow

        app = self._with_desk
        if app.desk.is_running or app.desk.is_arranged:
            app.push_screen(ExchangeWindow(app.desk))
        else:
            app.push_screen(ArrangeDialog(), app.desk.wished)

    def action_conflicts(self) -> None:
        """What two people changed without knowing of each other."""
        from socius_tui.ui.dialogs.conflicts import ConflictsWindow

        self.app.push_screen(ConflictsWindow(self._with_desk.desk))

    @property
    def _with_desk(self) -> SociusApp:
        return cast("SociusApp", self.app)
