"""The commands of every window that only shows or asks one thing."""

from __future__ import annotations

from socius_tui.i18n import N_
from socius_tui.ui.commands.command import Command

_WINDOW = N_("In a window")

CLOSE_WINDOW = Command(
    "window.close", "escape", "close", N_("back"), N_("Close this window."), _WINDOW, palette=False
)
WINDOW = (CLOSE_WINDOW,)
