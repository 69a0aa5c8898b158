"""What a screen or a dialog may ask of the application, without knowing the application."""

from __future__ import annotations

from typing import Protocol, cast

from textual.dom import DOMNode

from socius_tui.domain.changes import ChangeSet
from socius_tui.errors import SociusError
from socius_tui.services.session import BackgroundSession, Operation


class Host(Protocol):
    """The application, as seen from below."""

    session: BackgroundSession

    async def write(
        self, operation: Operation, *, reason: str = "", draft: str | None = None
    ) -> ChangeSet:
        """Carry out a use case, tell everybody and name it in a notification.

        `draft` is what was kept of its form; it goes with it. Raises SociusError when it is
        refused; then nothing was written or told. PeriodClosed asks for the reason:
        `ui.dialogs.late_reason.ask_why` does.
        """

    async def back_up(self) -> None:
        """Make a backup now, and say so."""

    def tell(self, text: str, *, title: str = "") -> None:
        """A notification of what was done; any text is safe."""

    def complain(self, error: SociusError) -> None:
        """A notification of what went wrong and what to do about it."""


def host(node: DOMNode) -> Host:
    """The application that a screen, dialog or widget belongs to."""
    return cast(Host, node.app)
