"""The commands of the window of the year programme."""

from __future__ import annotations

from socius_tui.i18n import N_
from socius_tui.ui.commands.command import Command
from socius_tui.ui.commands.windows import CLOSE_WINDOW

_PROGRAMME = N_("In the year programme")

NEW_ACTION = Command("programme.add", "a", "add_action", N_("new action"),
                     N_("Put one more action in this year, under the goal of the line."),
                     _PROGRAMME, palette=False)  # fmt: skip
NEXT_STATE = Command("programme.state", "s,space", "next_state", N_("state"),
                     N_("The action is planned, under way, done, dropped, and round again."),
                     _PROGRAMME, palette=False)  # fmt: skip
YEAR_BEFORE = Command("programme.before", "left,h", "turn(-1)", N_("year before"),
                      N_("The programme of the year before."), _PROGRAMME,
                      palette=False)  # fmt: skip
YEAR_AFTER = Command("programme.after", "right,l", "turn(1)", N_("year after"),
                     N_("The programme of the year after."), _PROGRAMME,
                     palette=False)  # fmt: skip

PROGRAMME_WINDOW = (NEW_ACTION, NEXT_STATE, YEAR_BEFORE, YEAR_AFTER, CLOSE_WINDOW)
