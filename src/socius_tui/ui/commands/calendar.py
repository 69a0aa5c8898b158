"""The commands of the year calendar."""

from __future__ import annotations

from socius_tui.i18n import N_
from socius_tui.ui.commands.command import Command

_CALENDAR = N_("In the year calendar")

CALENDAR = (
    Command("calendar.down", "down,j", "move(1)", N_("a day later"), N_("One day on."), _CALENDAR,
            palette=False),
    Command("calendar.up", "up,k", "move(-1)", N_("a day earlier"), N_("One day back."), _CALENDAR,
            palette=False),
    Command("calendar.right", "right,l", "move(7)", N_("a week later"), N_("One week on."),
            _CALENDAR, palette=False),
    Command("calendar.left", "left,h", "move(-7)", N_("a week earlier"), N_("One week back."),
            _CALENDAR, palette=False),
    Command("calendar.next", "space", "next(1)", N_("next visit"),
            N_("To the next day with a visit."), _CALENDAR, palette=False),
    Command("calendar.previous", "backspace", "next(-1)", N_("visit before"),
            N_("To the last day with a visit before this one."), _CALENDAR, palette=False),
    Command("calendar.first", "home", "edge(-1)", N_("start of the year"),
            N_("To 1 January."), _CALENDAR, palette=False),
    Command("calendar.last", "end", "edge(1)", N_("end of the year"),
            N_("To 31 December, or to the as-of date first."), _CALENDAR, palette=False),
    Command("calendar.year_before", "pageup,left_square_bracket", "year(-1)", N_("year before"),
            N_("The year before this one."), _CALENDAR, palette=False),
    Command("calendar.year_after", "pagedown,right_square_bracket", "year(1)", N_("year after"),
            N_("The year after this one."), _CALENDAR, palette=False),
    Command("calendar.open", "enter", "open", N_("visits of the day"),
            N_("Open the visits of the chosen day."), _CALENDAR, palette=False),
)  # fmt: skip
