"""The commands of every window that only shows or asks one thing."""

from __future__ import annotations

from socius_tui.i18n import N_
from socius_tui.ui.commands.command import Command

_WINDOW = N_("In a window")

CLOSE_WINDOW = Command(
    "window.close", "escape", "close", N_("back"), N_("Close this window."), _WINDOW, palette=False
)
DISCARD_DRAFT = Command(
    "drafts.discard", "delete", "discard", N_("throw away"),
    N_("Throw away the chosen unfinished form; it asks."), _WINDOW, palette=False,
)  # fmt: skip
WINDOW = (CLOSE_WINDOW,)
