"""The commands that fit the program to a person: views, keys, themes, density, tour, jumping."""

from __future__ import annotations

from socius_tui.i18n import N_
from socius_tui.ui.commands.command import Command
from socius_tui.ui.commands.windows import CLOSE_WINDOW

_LOOK = N_("Look")
_PROGRAM = N_("Program")
_VIEWS = N_("In the window of views")

VIEWS = Command("views.open", "V", "views", N_("saved views"),
                N_("Saved views: lists with their filters, under a name."), _LOOK)  # fmt: skip
LOOKS = (VIEWS,)

SAVE_VIEW = Command("views.save", "n", "save_view", N_("save what is shown"),
                    N_("Save the list that is shown, with its filters, under a name."), _VIEWS,
                    palette=False)  # fmt: skip
REMOVE_VIEW = Command("views.remove", "delete", "remove_view", N_("take out"),
                      N_("Take out the view with the cursor; it asks."), _VIEWS,
                      palette=False)  # fmt: skip
VIEW_WINDOW = (SAVE_VIEW, REMOVE_VIEW, CLOSE_WINDOW)
