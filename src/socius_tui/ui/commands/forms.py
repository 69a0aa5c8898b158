"""The commands of every form."""

from __future__ import annotations

from socius_tui.i18n import N_
from socius_tui.ui.commands.command import Command

_FORM = N_("In a form")

SAVE = Command("form.save", "ctrl+s", "save", N_("save"), N_("Save what is in the form."), _FORM,
               footer=True, palette=False, priority=True)  # fmt: skip
CLOSE = Command("form.close", "escape", "leave", N_("close"),
                N_("Close the form; it asks before anything typed is thrown away."), _FORM,
                footer=True, palette=False)  # fmt: skip
TAKE_OUT = Command("form.take_out", "ctrl+r", "take_out", N_("take out"),
                   N_("Take out what the form shows, after asking; it can be restored."), _FORM,
                   palette=False, priority=True)  # fmt: skip
NEW_PERSON = Command("form.new_person", "ctrl+n", "new_person", N_("new colleague"),
                     N_("Add somebody to the staff who is not on the list."), _FORM,
                     palette=False, priority=True)  # fmt: skip

FORM = (SAVE, CLOSE, TAKE_OUT)
