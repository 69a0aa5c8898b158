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
#: Works above every screen, window and form, where a letter may be text.
JUMP = Command("jump.open", "G,ctrl+g", "app.jump", N_("jump"),
               N_("Show a letter on every part that can have the focus; the letter goes there."),
               _LOOK)  # fmt: skip
KEYS = Command("keys.open", "K", "keymap", N_("all keys"),
               N_("Every command with its key: your own keys, and keys that clash."),
               _PROGRAM)  # fmt: skip
THEMES = Command("theme.choose", "f3", "themes", N_("themes"),
                 N_("Choose a theme by its name; you see it at once."), _PROGRAM)  # fmt: skip
DENSITY = Command("density.toggle", "f4", "density", N_("roomy or compact"),
                  N_("Frames around the parts, or more lines of what is in them."),
                  _PROGRAM)  # fmt: skip
TOUR = Command("tour.open", "f2", "tour", N_("tour"),
               N_("Five steps around the screen: what to look at, which keys do the work."),
               _PROGRAM)  # fmt: skip
LOOKS = (VIEWS, JUMP, KEYS, THEMES, DENSITY, TOUR)

_TOUR = N_("In the tour")
TOUR_STEPS = (
    Command("tour.next", "right,enter,space,n", "step(1)", N_("next"), N_("The next step."),
            _TOUR, palette=False),
    Command("tour.previous", "left,b,backspace", "step(-1)", N_("previous"),
            N_("The step before it."), _TOUR, palette=False),
    Command("tour.close", "escape,f2,q", "close", N_("close"), N_("End the tour."), _TOUR,
            palette=False),
)  # fmt: skip

SAVE_VIEW = Command("views.save", "n", "save_view", N_("save what is shown"),
                    N_("Save the list that is shown, with its filters, under a name."), _VIEWS,
                    palette=False)  # fmt: skip
REMOVE_VIEW = Command("views.remove", "delete", "remove_view", N_("take out"),
                      N_("Take out the view with the cursor; it asks."), _VIEWS,
                      palette=False)  # fmt: skip
VIEW_WINDOW = (SAVE_VIEW, REMOVE_VIEW, CLOSE_WINDOW)
