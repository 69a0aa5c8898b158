"""The commands of the screen of goals."""

from __future__ import annotations

from socius_tui.i18n import N_
from socius_tui.ui.commands.command import Command

_PARTS = N_("On the goal or indicator")

PARTS = (
    Command("goals.sheet", "i", "part('sheet')", N_("Sheet"),
            N_("Definition, source, owner."), _PARTS),
    Command("goals.values", "w", "part('values')", N_("Values"),
            N_("Targets and values by period, what was expected, what became of it."), _PARTS),
    Command("goals.chart", "c", "part('chart')", N_("Chart"),
            N_("The value against the expected line, with forecasts."), _PARTS),
    Command("goals.breakdown", "o", "part('breakdown')", N_("Work types"),
            N_("The value by work type, with the part that is not assigned."), _PARTS),
    Command("goals.measurements", "m", "part('measurements')", N_("Measurements"),
            N_("What was entered, as it was entered."), _PARTS),
    Command("goals.visits", "b", "part('visits')", N_("Visits"),
            N_("The visits that count here or are linked to it."), _PARTS),
    Command("goals.story", "n", "part('story')", N_("Story"),
            N_("The narrative, the needs heard and the follow-ups."), _PARTS),
)  # fmt: skip

TREE_COMMAND = Command(
    "goals.tree", "t,escape", "tree", N_("Tree"), N_("To the tree of goals."), _PARTS
)

TURN = (
    Command("goals.next", "right", "turn(1)", N_("next part"),
            N_("To the next part of the details."), _PARTS, footer=True, palette=False),
    Command("goals.previous", "left", "turn(-1)", N_("previous part"),
            N_("To the previous part of the details."), _PARTS, palette=False),
)  # fmt: skip

GOALS = (
    TREE_COMMAND,
    *PARTS,
    Command("goals.zoom", "z", "zoom", N_("enlarge"),
            N_("The tree alone, the details alone, or both."), _PARTS, footer=True),
    Command("goals.narrate", "r", "narrate", N_("write the story"),
            N_("What happened, so what, what next: for the chosen goal."), _PARTS),
    Command("goals.target", "a", "set_target", N_("set a target"),
            N_("Set or change a target of the chosen indicator."), _PARTS),
)  # fmt: skip
