"""The commands of the window of closed periods."""

from __future__ import annotations

from socius_tui.i18n import N_
from socius_tui.ui.commands.command import Command
from socius_tui.ui.commands.windows import CLOSE_WINDOW

_PERIODS = N_("In the window of closed periods")

CLOSE_PERIOD = Command("period_window.close_period", "c", "close_period", N_("close a period"),
                       N_("Close one more period."), _PERIODS, palette=False)  # fmt: skip
REOPEN_PERIOD = Command("period_window.reopen_period", "r", "reopen_period", N_("reopen"),
                        N_("Reopen the period with the cursor, with the reason why."), _PERIODS,
                        palette=False)  # fmt: skip

PERIOD_WINDOW = (CLOSE_PERIOD, REOPEN_PERIOD, CLOSE_WINDOW)
