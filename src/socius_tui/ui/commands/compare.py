"""The commands of the window that compares."""

from __future__ import annotations

from socius_tui.i18n import N_
from socius_tui.ui.commands.command import Command
from socius_tui.ui.commands.windows import CLOSE_WINDOW

_COMPARE = N_("In the window that compares")

DAY = Command("compare_window.day", "a", "day", N_("another day"),
              N_("Beside how the plan stood on another day; it asks which."), _COMPARE,
              palette=False)  # fmt: skip
LAST_YEAR = Command("compare_window.last_year", "y", "kind('last-year')", N_("last year"),
                    N_("Beside the same day of last year."), _COMPARE, palette=False)  # fmt: skip
KEY_FIGURES = Command("compare_window.key_figures", "f", "kind('key-figures')", N_("key figures"),
                      N_("The figures that the plan prints, through the years, beside ours."),
                      _COMPARE, palette=False)  # fmt: skip
WORK_TYPES = Command("compare_window.work_types", "w", "kind('work-types')", N_("work types"),
                     N_("Coverage and indicators of each work type beside each other."), _COMPARE,
                     palette=False)  # fmt: skip
FORM = Command("compare_window.form", "c", "form", N_("only changes"),
               N_("Only what differs, the largest movement first; again: everything."), _COMPARE,
               palette=False)  # fmt: skip
KINDS = {"day": DAY, "last-year": LAST_YEAR, "key-figures": KEY_FIGURES, "work-types": WORK_TYPES}
COMPARE = (DAY, LAST_YEAR, KEY_FIGURES, WORK_TYPES, FORM, CLOSE_WINDOW)
