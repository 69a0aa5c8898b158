"""The commands of the agenda."""

from __future__ import annotations

from socius_tui.i18n import N_
from socius_tui.ui.commands.command import Command

_SHOW = N_("What stands in the agenda")
_ITEM = N_("On the chosen line of the agenda")

AGENDA_FILTERS = (
    Command("agenda.mine", "m", "toggle_mine", N_("mine"),
            N_("Only what is yours, or everybody's."), _SHOW),
    Command("agenda.person", "w", "next_person", N_("person"),
            N_("What is of one colleague after another."), _SHOW),
    Command("agenda.kind", "o", "next_kind", N_("kind"),
            N_("Visits, follow-ups, actions, commitments, milestones, targets, or what is stale."),
            _SHOW),
    Command("agenda.clear", "x", "clear", N_("show all"),
            N_("Show the whole agenda again."), _SHOW),
)  # fmt: skip

SETTLE = Command("agenda.settle", "a,space", "settle", N_("do it"),
                 N_("The visit took place, the promise was kept, the action is done; of an "
                    "indicator enter the progress."), _ITEM, footer=True)  # fmt: skip
CORRECT = Command("agenda.edit", "b", "edit", N_("correct"),
                  N_("Correct the visit, the follow-up, the action or the target."),
                  _ITEM)  # fmt: skip
CALL_OFF = Command("agenda.call_off", "n", "call_off", N_("does not happen"),
                   N_("Cancel the planned visit, or drop the action."), _ITEM)  # fmt: skip

AGENDA = (*AGENDA_FILTERS, SETTLE, CORRECT, CALL_OFF)
