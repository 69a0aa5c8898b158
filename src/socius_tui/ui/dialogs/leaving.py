"""While the program exchanges before it ends: how far that is, and the way out at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from socius_tui.i18n import _, ngettext
from socius_tui.ui import text
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.exchange import LEAVE_AT_ONCE, WINDOW_OF_LEAVING
from socius_tui.ui.desk import Desk
from socius_tui.ui.dialogs.window import Window


class LeavingWindow(Window[None]):
    """The program ends by itself when the exchange went well; what failed is told first."""

    DOES: ClassVar[tuple[Command, ...]] = WINDOW_OF_LEAVING
    BINDINGS = bindings(LEAVE_AT_ONCE)
    DEFAULT_CSS = """
    LeavingWindow {
        & > #window { width: 64; }
        & #said { height: auto; padding: 1 0; }
    }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def heading(self) -> Content:
        """What happens."""
        return text.styled(_("Before the program closes"), text.STRONG)

    def hints(self) -> Iterable[Content]:
        """At once, or stay."""
        yield text.key_hint(LEAVE_AT_ONCE.key, _(LEAVE_AT_ONCE.text))
        yield text.key_hint("esc", _("stay"))

    def body(self) -> Iterable[Widget]:
        """A few lines."""
        yield Static(self._said(), id="said")

    def exchange_moved(self) -> None:
        """How far it is; the end of it is the end of the program."""
        if not self._desk.is_running and self._desk.problem is None:
            self.app.exit()
        else:
            self.query_one("#said", Static).update(self._said())

    def _said(self) -> Content:
        problem = self._desk.problem
        if problem is not None:
            return text.lines(
                (
                    text.styled(problem.title or _("That does not work"), "bold $error"),
                    text.prose(problem.message),
                    text.dim(_("Nothing is lost: it goes the next time.")),
                )
            )
        seen = self._desk.seen
        waits = seen.standing.to_send if seen is not None else 0
        to_send = ngettext("{n} to send", "{n} to send", waits).format(n=waits)
        return text.lines(
            (
                text.spaced((_("Exchanging …"), text.dim(str(self._desk.count or "")))),
                text.dim(to_send),
            )
        )

    def action_at_once(self) -> None:
        """Close; what was not sent goes the next time."""
        self._desk.close_day()

    def action_close(self) -> None:
        """Stay in the program."""
        self._desk.stay()
        super().action_close()
