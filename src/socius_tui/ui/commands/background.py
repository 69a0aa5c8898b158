"""The commands of the windows on what lies behind the plan: analysis, chain, mandates."""

from __future__ import annotations

from socius_tui.i18n import N_
from socius_tui.ui.commands.command import Command
from socius_tui.ui.commands.windows import CLOSE_WINDOW

_ANALYSIS = N_("In the analysis of the plan")
_GRID = N_("On the grid of strategies")
_CHAIN = N_("In the Theory of Change")
_MANDATES = N_("In the register of mandates")

ADD_FINDING = Command("analysis.add", "a", "add", N_("add"),
                      N_("Add a finding to the list with the cursor."), _ANALYSIS,
                      palette=False)  # fmt: skip
PLACE_FINDING = Command("analysis.place", "p", "place", N_("place"),
                        N_("To the next of its three places on the grid, and off it."), _ANALYSIS,
                        palette=False)  # fmt: skip
OPEN_GOAL = Command("analysis.goal", "o", "goal", N_("to the goal"),
                    N_("To the goal that the finding led to."), _ANALYSIS,
                    palette=False)  # fmt: skip
REMOVE_FINDING = Command("analysis.remove", "delete", "remove", N_("take out"),
                         N_("Take the finding with the cursor out; u brings it back."), _ANALYSIS,
                         palette=False)  # fmt: skip
SURVEY = Command("analysis.survey", "v", "survey", N_("survey"),
                 N_("Whom the makers of the plan asked."), _ANALYSIS, palette=False)  # fmt: skip

ANALYSIS_WINDOW = (
    ADD_FINDING, PLACE_FINDING, OPEN_GOAL, REMOVE_FINDING, SURVEY, CLOSE_WINDOW,
)  # fmt: skip

GRID = (
    Command("grid.up", "up,k", "move(-1, 0)", N_("up"), N_("The cell above."), _GRID,
            palette=False),
    Command("grid.down", "down,j", "move(1, 0)", N_("down"), N_("The cell below."), _GRID,
            palette=False),
    Command("grid.left", "left,h", "move(0, -1)", N_("left"), N_("The cell at the left."), _GRID,
            palette=False),
    Command("grid.right", "right,l", "move(0, 1)", N_("right"), N_("The cell at the right."), _GRID,
            palette=False),
    Command("grid.open", "enter", "open", N_("findings"), N_("To the findings of the cell."), _GRID,
            palette=False),
)  # fmt: skip

ADD_STEP = Command("chain.add", "a", "add", N_("add"), N_("Add a step to the chain."), _CHAIN,
                   palette=False)  # fmt: skip
REMOVE_STEP = Command("chain.remove", "delete", "remove", N_("take out"),
                      N_("Take the step with the cursor out; u brings it back."), _CHAIN,
                      palette=False)  # fmt: skip
CHAIN_INDICATOR = Command("chain.indicator", "o", "indicator", N_("to the indicator"),
                          N_("To the first indicator that watches the step."), _CHAIN,
                          palette=False)  # fmt: skip

CHAIN_WINDOW = (ADD_STEP, CHAIN_INDICATOR, REMOVE_STEP, CLOSE_WINDOW)

ADD_MANDATE = Command("mandates.add", "a", "add", N_("add"), N_("Add one to the register."),
                      _MANDATES, palette=False)  # fmt: skip
ATTENDED = Command("mandates.attended", "y", "attended", N_("was there"),
                   N_("Note that somebody was there today."), _MANDATES,
                   palette=False)  # fmt: skip
NEXT_KIND = Command("mandates.kind", "w", "next_kind", N_("kind"),
                    N_("Mandates, memberships, networks, policy watch, or all."), _MANDATES,
                    palette=False)  # fmt: skip
MANDATES_MINE = Command("mandates.mine", "m", "mine", N_("mine"),
                        N_("Only where you represent the centre, or all."), _MANDATES,
                        palette=False)  # fmt: skip
REMOVE_MANDATE = Command("mandates.remove", "delete", "remove", N_("take out"),
                         N_("Take the line with the cursor out; u brings it back."), _MANDATES,
                         palette=False)  # fmt: skip

MANDATES_WINDOW = (
    ATTENDED, ADD_MANDATE, NEXT_KIND, MANDATES_MINE, REMOVE_MANDATE, CLOSE_WINDOW,
)  # fmt: skip
