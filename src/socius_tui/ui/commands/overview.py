"""The commands of the overview."""

from __future__ import annotations

from socius_tui.i18n import N_
from socius_tui.ui.commands.command import Command

_PANES = N_("Parts of the overview")

OVERVIEW = (
    Command("overview.goals", "g,escape", "pane('goals')", N_("Goals"),
            N_("How far each goal is, and how far it should be."), _PANES),
    Command("overview.coverage", "c", "pane('coverage')", N_("Coverage"),
            N_("Organisations visited, by work type and contact person."), _PANES),
    Command("overview.recent", "w", "pane('recent')", N_("Last seven days"),
            N_("What was entered in the last seven days."), _PANES),
    Command("overview.stale", "s", "pane('stale')", N_("Without fresh data"),
            N_("Indicators that wait for a measurement."), _PANES),
)  # fmt: skip
