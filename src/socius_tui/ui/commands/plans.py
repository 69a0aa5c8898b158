"""The commands of the window of plans, and of the form that makes the next one."""

from __future__ import annotations

from socius_tui.i18n import N_
from socius_tui.ui.commands.command import Command
from socius_tui.ui.commands.forms import FORM
from socius_tui.ui.commands.windows import CLOSE_WINDOW

_PLANS = N_("In the window of plans")

NEW_PLAN = Command("plan_window.new", "n", "new_plan", N_("next plan"),
                   N_("Make the plan of the next period from the plan with the cursor."), _PLANS,
                   palette=False)  # fmt: skip
COMPARE_PLANS = Command("plan_window.compare", "c", "compare", N_("compare"),
                        N_("The plan with the cursor beside the one before it."), _PLANS,
                        palette=False)  # fmt: skip
USE_PLAN = Command("plan_window.use", "s", "use_plan", N_("for all"),
                   N_("Make the plan with the cursor the one that the file shows."), _PLANS,
                   palette=False)  # fmt: skip
RENEW_BASELINES = Command("plan_window.baselines", "b", "baselines", N_("baselines"),
                          N_("Take the baselines of the plan with the cursor again from the plan "
                             "before it."), _PLANS, palette=False)  # fmt: skip
PLAN_WINDOW = (NEW_PLAN, COMPARE_PLANS, USE_PLAN, RENEW_BASELINES, CLOSE_WINDOW)

PREVIEW = Command("new_plan.preview", "f2", "preview", N_("what it holds"),
                  N_("See the goals, indicators and baselines of the new plan."), _PLANS,
                  palette=False)  # fmt: skip
NEW_PLAN_FORM = (PREVIEW, *FORM)
