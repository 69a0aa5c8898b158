"""What came in from the others and was not shown before, so that the screens can mark it.

Two places in the order of arrival are kept beside the outcome of the exchange: up to where all
was shown (`shown_until`), and from where on it is marked as new (`new_from`). When something
came in after the first, the second moves there. So what came in while nobody looked (at the end
of the day, or by `socius sync`) is new too, and stays marked until something newer was shown.
What is marked is asked of `marks`.
"""

from __future__ import annotations

from typing import Any

from socius_tui.domain.moments import moment_text
from socius_tui.i18n import _
from socius_tui.services.session import Session
from socius_tui.services.sync.marks import kept_marks
from socius_tui.services.sync.telling import by_name, came_sentence
from socius_tui.services.undo_words import moment_word
from socius_tui.store.driver import Connection
from socius_tui.store.sync import arrivals
from socius_tui.store.sync.exchange import arrange, arrangement, what_came


def show_what_came(session: Session) -> str:
    """From now on mark what came in since it was last shown; gives a sentence about that.

    Nothing, and "", when nothing came in since. A file that can only be read stays as it is.
    """

    def look(connection: Connection) -> tuple[str, dict[str, Any]] | None:
        kept = kept_marks(connection)
        before = kept.get("shown_until")
        if not isinstance(before, int):
            return None
        new = arrivals.sets_from_others(connection, before)
        if not new:
            return None
        came = what_came(connection, [(replica, number) for replica, number, _place in new])
        said = came_sentence(len(new), came.added, by_name(connection, came.people))
        if since := kept.get("shown_at"):
            said = _("{what} That is since {moment}.").format(
                what=said, moment=moment_word(str(since))
            )
        return said, {
            "new_from": before,
            "shown_until": new[-1][2],
            "shown_at": moment_text(session.now),
        }

    found = session.database.read(look)
    if found is None or session.read_only:
        return ""
    said, places = found

    def write(connection: Connection) -> None:
        place = arrangement(connection)
        if place is not None:
            arrange(connection, place._replace(outcome={**place.outcome, **places}))

    session.database.note(write)
    return said
