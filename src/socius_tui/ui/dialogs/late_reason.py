"""Asks why something changes in a period that was closed, and does it again with the answer."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable
from typing import Any

from textual.dom import DOMNode
from textual.widget import Widget

from socius_tui.domain.closing import LONGEST_REASON
from socius_tui.errors import InvalidInput, PeriodClosed, SociusError
from socius_tui.i18n import _
from socius_tui.services.looking import View
from socius_tui.ui import text
from socius_tui.ui.dialogs.form import FormDialog
from socius_tui.ui.host import host
from socius_tui.ui.widgets.form_field import FormField
from socius_tui.ui.widgets.text_field import NoteField
from socius_tui.ui.work import start


def ask_why(
    node: DOMNode,
    error: PeriodClosed,
    again: Callable[[str], Coroutine[Any, Any, object]],
    *,
    complain: Callable[[SociusError], None] | None = None,
) -> None:
    """Ask for the reason, then run `again` with it as a worker of `node`.

    Without an answer nothing is done, and `complain` (a notification unless given) says why.
    """

    def answered(reason: str | None) -> None:
        if reason is not None:

            async def once_more() -> None:
                await again(reason)

            start(node, once_more, group="save")
            return
        error.hint = _("Give the reason, or let a director reopen the period.")
        (complain or host(node).complain)(error)

    node.app.push_screen(LateReasonDialog(error.message), answered)


class LateReasonDialog(FormDialog[str]):
    """Says which period was closed and by whom; gives the reason, or None."""

    DEFAULT_CSS = "LateReasonDialog > #form { max-width: 76; }"

    def __init__(self, message: str) -> None:
        super().__init__()
        self._message = message
        self.reason = NoteField(limit=LONGEST_REASON, lines=3, id="reason")

    def title_text(self) -> str:
        """What is asked."""
        return _("Why does this change?")

    def body(self) -> Iterable[Widget]:
        """One field."""
        yield FormField("reason", _("Reason"), self.reason)

    def on_mount(self) -> None:
        """What was closed is known already."""
        self.context((text.prose(self._message), text.dim(_("It will show in the status."))))

    async def load(self, view: View) -> None:
        """Nothing more to ask."""

    async def submit(self) -> str:
        """The reason."""
        if not self.reason.text.strip():
            raise InvalidInput(_("Write why it changes."), field="reason")
        return self.reason.text.strip()
