"""The commands of the screen of the history."""

from __future__ import annotations

from socius_tui.i18n import N_
from socius_tui.ui.commands.command import Command
from socius_tui.ui.commands.log import BACK

_SHOW = N_("Which changes")
_ENTRY = N_("On the chosen change")

HISTORY_FILTERS = (
    Command("history.mine", "m", "toggle_mine", N_("mine"),
            N_("Only what you did yourself, or what everybody did."), _SHOW),
    Command("history.person", "w", "next_person", N_("person"),
            N_("What one person did after another."), _SHOW),
    Command("history.kind", "o", "next_kind", N_("kind"),
            N_("One kind of change after another: visits, measurements, targets."), _SHOW),
    Command("history.period", "t", "next_period", N_("period"),
            N_("The whole history, or one year after another."), _SHOW),
    Command("history.select", "s", "select", N_("select"),
            N_("Choose by person, kind, days and words."), _SHOW, footer=True),
    Command("history.clear", "x", "clear", N_("show all"),
            N_("Show the whole history again."), _SHOW),
)  # fmt: skip

WHOLE = Command("history.whole", "z", "toggle_whole", N_("in full"),
                N_("Every column that changed and whole texts, with the whole screen for it."),
                _ENTRY, footer=True)  # fmt: skip

HISTORY = (*HISTORY_FILTERS, WHOLE, BACK)
