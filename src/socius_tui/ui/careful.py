"""An application that tells what goes wrong in words, and never shows a traceback."""

from __future__ import annotations

from textual.app import App
from textual.worker import WorkerFailed

from socius_tui.domain.text import clean
from socius_tui.errors import SociusError
from socius_tui.i18n import _

_LONGER = 10  # seconds: an error takes more reading than what went well


class CarefulApp(App[None]):
    """Tells what was done and what went wrong; an error in words never ends it."""

    def tell(self, text: str, *, title: str = "") -> None:
        """A notification of what was done; any text is safe."""
        self.notify(clean(text), title=clean(title), markup=False)

    def warn(self, text: str, *, title: str) -> None:
        """A notification of what went well but for something that asks attention."""
        self.notify(
            clean(text), title=clean(title), severity="warning", markup=False, timeout=_LONGER
        )

    def complain(self, error: SociusError) -> None:
        """A notification of what went wrong and what to do about it."""
        sentences = " ".join(part for part in (error.message, error.hint) if part)
        self.notify(
            clean(sentences),
            title=clean(error.title or _("That does not work")),
            severity="error",
            markup=False,
            timeout=_LONGER,
        )

    def _handle_exception(self, error: Exception) -> None:
        """An error in words is told and the program goes on; any other ends it."""
        cause = error.error if isinstance(error, WorkerFailed) else error
        if isinstance(cause, SociusError):
            self.complain(cause)
        else:
            super()._handle_exception(error)

    def _print_error_renderables(self) -> None:
        """A sentence instead of a traceback."""
        if self._exit_renderables and self._exception is not None:
            from socius_tui.ui.crash import tell

            self._exit_renderables.clear()
            tell(self._exception)
