"""The commands of the window of needs heard."""

from __future__ import annotations

from socius_tui.i18n import N_
from socius_tui.ui.commands.command import Command
from socius_tui.ui.commands.windows import CLOSE_WINDOW

_NEEDS = N_("In the window of needs heard")

NEXT_WORK_TYPE = Command("needs.work_type", "w", "next_work_type", N_("work type"),
                         N_("The needs of one work type after another, or of all."), _NEEDS,
                         palette=False)  # fmt: skip
NEXT_GOAL = Command("needs.goal", "g", "next_goal", N_("goal"),
                    N_("At visits about one strategic goal or basic task after another."), _NEEDS,
                    palette=False)  # fmt: skip
PERIOD_BEFORE = Command("needs.before", "left,h", "turn(-1)", N_("year before"),
                        N_("The year before; before the whole plan comes its last year."), _NEEDS,
                        palette=False)  # fmt: skip
PERIOD_AFTER = Command("needs.after", "right,l", "turn(1)", N_("year after"),
                       N_("The year after; after the last comes the whole plan."), _NEEDS,
                       palette=False)  # fmt: skip
LOG_OF_NEED = Command("needs.log", "v", "log", N_("in the log"),
                      N_("The screen of visits with only those at which it was heard."), _NEEDS,
                      palette=False)  # fmt: skip

NEEDS_WINDOW = (
    NEXT_WORK_TYPE,
    NEXT_GOAL,
    PERIOD_BEFORE,
    PERIOD_AFTER,
    LOG_OF_NEED,
    CLOSE_WINDOW,
)
