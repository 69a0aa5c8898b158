"""The commands of the exchange with others, and of its two windows."""

from __future__ import annotations

from socius_tui.i18n import N_
from socius_tui.ui.commands.command import Command
from socius_tui.ui.commands.windows import CLOSE_WINDOW

_DO = N_("Do")
_LOOK = N_("Look")
_EXCHANGE = N_("In the window of the exchange")
_LEAVING = N_("While the program exchanges before it ends")
_CONFLICTS = N_("In the window of conflicts")

EXCHANGE_NOW = Command(
    "exchange.now", "y", "exchange", N_("exchange"),
    N_("Exchange with the others: take in what they did, give what you did."), _DO,
)  # fmt: skip
EXCHANGE_WINDOW = Command(
    "exchange.open", "Y", "exchange_window", N_("exchange with others"),
    N_("Where and with whom you exchange, and how that went the last time."), _LOOK,
)  # fmt: skip
CONFLICTS = Command(
    "conflicts.open", "exclamation_mark", "conflicts", N_("conflicts"),
    N_("What two people changed without knowing of each other, for somebody to decide."), _LOOK,
)  # fmt: skip
EXCHANGE = (EXCHANGE_NOW, EXCHANGE_WINDOW, CONFLICTS)

NOW = Command("exchange_window.now", "y", "now", N_("exchange now"),
              N_("Exchange now; the work goes on meanwhile."), _EXCHANGE,
              palette=False)  # fmt: skip
STOP = Command("exchange_window.stop", "s", "stop", N_("stop"),
               N_("Stop the exchange that runs; what went before that stays."), _EXCHANGE,
               palette=False)  # fmt: skip
REHEARSE = Command("exchange_window.rehearse", "p", "rehearse", N_("try"),
                   N_("Only say what would go and what would come; nothing is written."),
                   _EXCHANGE, palette=False)  # fmt: skip
AUTOMATIC = Command("exchange_window.automatic", "a", "automatic", N_("by itself"),
                    N_("By itself at the start and at the end, or only when asked."), _EXCHANGE,
                    palette=False)  # fmt: skip
PLACE = Command("exchange_window.place", "w", "place", N_("where"),
                N_("Exchange through another folder, or another database of the team."),
                _EXCHANGE, palette=False)  # fmt: skip
FORGET = Command("exchange_window.forget", "delete", "forget", N_("no more"),
                 N_("Exchange no more; it asks. Nothing is taken away anywhere."), _EXCHANGE,
                 palette=False)  # fmt: skip
WINDOW_OF_EXCHANGE = (NOW, STOP, REHEARSE, AUTOMATIC, PLACE, FORGET, CLOSE_WINDOW)

LEAVE_AT_ONCE = Command("leaving.at_once", "q", "at_once", N_("close at once"),
                        N_("Close at once; what was not sent goes the next time."), _LEAVING,
                        palette=False)  # fmt: skip
WINDOW_OF_LEAVING = (LEAVE_AT_ONCE, CLOSE_WINDOW)

KEEP = Command("conflict_window.keep", "s", "decide('kept')", N_("leave as it stands"),
               N_("Leave what stands; then it is decided."), _CONFLICTS,
               palette=False)  # fmt: skip
TAKE_OTHER = Command("conflict_window.other", "o", "decide('other')", N_("take the other"),
                     N_("Take what else was written; then it is decided."), _CONFLICTS,
                     palette=False)  # fmt: skip
NOTE = Command("conflict_window.note", "n", "note", N_("note"),
               N_("Write why, for who looks back; it goes with the decision."), _CONFLICTS,
               palette=False)  # fmt: skip
WINDOW_OF_CONFLICTS = (KEEP, TAKE_OTHER, NOTE, CLOSE_WINDOW)
