"""The commands of the visit planner and of the windows that belong to it."""

from __future__ import annotations

from socius_tui.i18n import N_
from socius_tui.ui.commands.command import Command
from socius_tui.ui.commands.windows import CLOSE_WINDOW

_PLANNER = N_("In the visit planner")
_TOUCH = N_("In the list of who is losing touch")
_DAYS_OFF = N_("In the list of days off")

MARK = Command("planner.mark", "space", "mark", N_("choose"),
               N_("Choose the visit, or all of the week on its line; again: not."), _PLANNER,
               palette=False)  # fmt: skip
PLAN = Command("planner.plan", "p", "plan", N_("plan"),
               N_("Plan the chosen visits, or the one with the cursor; u takes that back."),
               _PLANNER, palette=False)  # fmt: skip
EARLIER = Command("planner.earlier", "left", "shift(-1)", N_("earlier"),
                  N_("To the working day before."), _PLANNER, palette=False)  # fmt: skip
LATER = Command("planner.later", "right", "shift(1)", N_("later"),
                N_("To the working day after."), _PLANNER, palette=False)  # fmt: skip
FEWER = Command("planner.fewer", "minus", "limit(-1)", N_("fewer a week"),
                N_("At most one visit a week fewer."), _PLANNER, palette=False)  # fmt: skip
MORE = Command("planner.more", "plus", "limit(1)", N_("more a week"),
               N_("At most one visit a week more."), _PLANNER, palette=False)  # fmt: skip
NEXT_PERSON = Command("planner.person", "w", "next_person", N_("for whom"),
                      N_("The plan of visits of another contact person."), _PLANNER,
                      palette=False)  # fmt: skip
TOUCH = Command("planner.touch", "t", "touch", N_("losing touch"),
                N_("Who was not visited lately enough."), _PLANNER, palette=False)  # fmt: skip
DAYS_OFF = Command("planner.days_off", "o", "days_off", N_("days off"),
                   N_("Days on which nothing is planned."), _PLANNER,
                   palette=False)  # fmt: skip

PLANNER_WINDOW = (
    MARK, PLAN, EARLIER, LATER, FEWER, MORE, NEXT_PERSON, TOUCH, DAYS_OFF, CLOSE_WINDOW,
)  # fmt: skip

SET_RHYTHM = Command("touch.rhythm", "r", "rhythm", N_("rhythm"),
                     N_("Choose how long a kind of organisation may be without a visit."), _TOUCH,
                     palette=False)  # fmt: skip
TOUCH_MINE = Command("touch.mine", "m", "mine", N_("mine"),
                     N_("Only the work types of which you are the contact person, or all."),
                     _TOUCH, palette=False)  # fmt: skip
TOUCH_VISIT = Command("touch.visit", "v", "visit", N_("visit"),
                      N_("Log or plan a visit to the organisation with the cursor."), _TOUCH,
                      palette=False)  # fmt: skip

TOUCH_WINDOW = (TOUCH_VISIT, SET_RHYTHM, TOUCH_MINE, CLOSE_WINDOW)

ADD_DAY_OFF = Command("days_off.add", "a", "add", N_("add"), N_("Note days off."), _DAYS_OFF,
                      palette=False)  # fmt: skip
REMOVE_DAY_OFF = Command("days_off.remove", "delete", "remove", N_("take out"),
                         N_("Take the days off with the cursor out again."), _DAYS_OFF,
                         palette=False)  # fmt: skip

DAYS_OFF_WINDOW = (ADD_DAY_OFF, REMOVE_DAY_OFF, CLOSE_WINDOW)
