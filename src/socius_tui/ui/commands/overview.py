"""The commands of the overview."""

from __future__ import annotations

from socius_tui.i18n import N_
from socius_tui.ui.commands.command import Command

_PANES = N_("Parts of the overview")

#: The parts, in the order of their tabs.
OVERVIEW = (
    Command("overview.goals", "g,escape", "pane('goals')", N_("Goals"),
            N_("How far each goal is, and how far it should be."), _PANES),
    Command("overview.coverage", "c", "pane('coverage')", N_("Coverage"),
            N_("Organisations visited, by work type and contact person; whom to visit next."),
            _PANES),
    Command("overview.calendar", "r", "pane('calendar')", N_("Year"),
            N_("A calendar of the year with the visits of each day."), _PANES),
    Command("overview.recent", "w", "pane('recent')", N_("Lately"),
            N_("What was entered in the last seven or thirty days."), _PANES),
    Command("overview.stale", "s", "pane('stale')", N_("Stale or due"),
            N_("Promises, targets that fall due, indicators that wait for a measurement."), _PANES),
    Command("overview.spheres", "o", "pane('spheres')", N_("Spheres"),
            N_("What the indicators watch: control, influence, ambition."), _PANES),
)  # fmt: skip

AXIS = Command("overview.axis", "a", "axis", N_("data quality"),
               N_("Change between how far the goals are and how good their data are."),
               _PANES)  # fmt: skip
DAYS = Command("overview.days", "t", "days", N_("7 or 30 days"),
               N_("What was entered in the last thirty days instead of seven, or the other way."),
               _PANES)  # fmt: skip
NEXT = Command("overview.next", "n", "next_organisation", N_("whom to visit next"),
               N_("Open the organisation to visit first, of the work type with the cursor."),
               _PANES)  # fmt: skip
COCKPIT = (AXIS, DAYS, NEXT)
