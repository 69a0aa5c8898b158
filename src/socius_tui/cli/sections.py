"""The commands of the program, as the help shows them."""

from __future__ import annotations

from typing import Final

from socius_tui.i18n import N_

#: The commands of the program by what somebody wants to do; each has a module of its own.
SECTIONS: Final = (
    (N_("Begin"), ("init", "demo", "plan", "locate", "serve")),
    (
        N_("Look"),
        (
            *("status", "agenda", "compare", "spheres", "calendar", "indicator", "explain"),
            *(
                "history",
                "goal",
                "organisation",
                "touch",
                "planner",
                "needs",
                "analysis",
                "logic",
                "view",
            ),
        ),
    ),
    (
        N_("Enter"),
        (
            *("visit", "progress", "followup", "narrative", "target", "person", "assign"),
            *("action", "dayoff", "rhythm", "mandate", "period", "draft"),
        ),
    ),
    (N_("Take back"), ("undo", "redo")),
    (N_("Together"), ("sync", "conflicts", "join", "team", "hub")),
    (N_("Keep safe"), ("backup", "restore", "check")),
    (N_("Take in"), ("import",)),
    (N_("Take out and set up"), ("export", "report", "publish", "keys", "completion")),
)
