"""The commands of the windows that take in a list."""

from __future__ import annotations

from socius_tui.i18n import N_
from socius_tui.ui.commands.command import Command

_IMPORT = N_("In the preview of a list")

WRITE_LIST = Command("import.write", "ctrl+s", "write", N_("write"),
                     N_("Write what the preview shows, all of it or nothing."), _IMPORT,
                     palette=False, priority=True)  # fmt: skip
COLUMNS = Command("import.columns", "m", "columns", N_("columns"),
                  N_("Say which column is which field, and keep that."), _IMPORT,
                  palette=False)  # fmt: skip
NEXT_STATE = Command("import.next_state", "right", "next_state(1)", N_("next"),
                     N_("All rows, the new, the changed, the same or the refused ones."), _IMPORT,
                     palette=False)  # fmt: skip
PREVIOUS_STATE = Command("import.previous_state", "left", "next_state(-1)", N_("previous"),
                         N_("The same, the other way round."), _IMPORT, palette=False)  # fmt: skip
SAME = Command("import.same", "s", "answer_same", N_("it is the same"),
               N_("The row is the organisation that it looks like."), _IMPORT,
               palette=False)  # fmt: skip
NEW = Command("import.new", "n", "answer_new", N_("it is new"),
              N_("The row is a new organisation, though it looks like another."), _IMPORT,
              palette=False)  # fmt: skip
ALL_NEW = Command("import.all_new", "N", "answer_all_new", N_("all are new"),
                  N_("Every row that looks like another organisation is a new one."), _IMPORT,
                  palette=False)  # fmt: skip

IMPORT = (WRITE_LIST, COLUMNS, NEXT_STATE, PREVIOUS_STATE, SAME, NEW, ALL_NEW)
