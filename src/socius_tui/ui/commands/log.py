"""The commands of the screens of visits and of organisations."""

from __future__ import annotations

from socius_tui.i18n import N_
from socius_tui.ui.commands.command import Command

_SHOW = N_("Which visits")
_VISIT = N_("On the chosen visit")
_LIST = N_("Which organisations")
_ORGANISATION = N_("On the chosen organisation")

VISIT_FILTERS = (
    Command("visits.mine", "m", "toggle_mine", N_("mine"),
            N_("Only your own visits, or everybody's."), _SHOW),
    Command("visits.status", "o", "next_status", N_("status"),
            N_("All visits, those done, planned or cancelled."), _SHOW),
    Command("visits.work_type", "w", "next_work_type", N_("work type"),
            N_("The visits to one work type after another."), _SHOW),
    Command("visits.period", "t", "next_period", N_("period"),
            N_("The whole plan, or one year after another."), _SHOW),
    Command("visits.select", "s", "select", N_("select"),
            N_("Choose by contact person, goal, dates, text and all the rest."), _SHOW,
            footer=True),
    Command("visits.clear", "x", "clear", N_("show all"),
            N_("Show all visits again."), _SHOW),
)  # fmt: skip

VISIT_EDIT = Command("visits.edit", "b", "edit", N_("correct"),
                     N_("Correct the visit, or the follow-up with the cursor."),
                     _VISIT)  # fmt: skip
VISIT_HAPPENED = Command("visits.happened", "a", "happened", N_("took place"),
                         N_("The planned visit took place: say how it went."), _VISIT)  # fmt: skip
VISIT_CANCEL = Command("visits.cancel", "n", "cancel", N_("does not take place"),
                       N_("Cancel the planned visit."), _VISIT)  # fmt: skip
CLOSE_FOLLOW_UP = Command("follow_up.close", "c", "close_follow_up", N_("follow-up done"),
                          N_("Say that a follow-up was done."), _VISIT)  # fmt: skip
VISIT_TAKE_OUT = Command("visits.take_out", "delete", "take_out", N_("take out"),
                         N_("Take out the visit, or the follow-up with the cursor; it asks."),
                         _VISIT)  # fmt: skip
BACK = Command("detail.back", "escape", "back", N_("back"), N_("Back to the list."), _VISIT,
               footer=True, palette=False)  # fmt: skip

VISITS = (
    *VISIT_FILTERS,
    VISIT_EDIT,
    VISIT_HAPPENED,
    VISIT_CANCEL,
    CLOSE_FOLLOW_UP,
    VISIT_TAKE_OUT,
    BACK,
)

ORGANISATION_FILTERS = (
    Command("organisations.mine", "m", "toggle_mine", N_("mine"),
            N_("Only the work types of which you are the contact person."), _LIST),
    Command("organisations.unvisited", "n", "toggle_unvisited", N_("not visited"),
            N_("Only those without a visit in the period."), _LIST),
    Command("organisations.work_type", "w", "next_work_type", N_("work type"),
            N_("The organisations of one work type after another."), _LIST),
    Command("organisations.period", "t", "next_period", N_("period"),
            N_("Count the visits of this year, or of the whole plan."), _LIST),
    Command("organisations.order", "o", "toggle_order", N_("order"),
            N_("By name, or whom to visit first: never or longest ago."), _LIST),
    Command("organisations.select", "s", "select", N_("select"),
            N_("Choose by work type, contact person and text."), _LIST, footer=True),
    Command("organisations.clear", "x", "clear", N_("show all"),
            N_("Show all organisations again."), _LIST),
)  # fmt: skip

HAND_OVER = Command("organisations.hand_over", "h", "hand_over", N_("hand over"),
                    N_("Make somebody the contact person of the work type."),
                    _ORGANISATION)  # fmt: skip

MERGE = Command("organisations.merge", "M", "merge", N_("merge"),
                N_("Merge with another organisation, when the two are one."),
                _ORGANISATION)  # fmt: skip

ORGANISATIONS = (*ORGANISATION_FILTERS, CLOSE_FOLLOW_UP, HAND_OVER, MERGE, BACK)
