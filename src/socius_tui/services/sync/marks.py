"""What the screens mark as new from others; light, as the first screen asks it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from socius_tui.services.session import Session
from socius_tui.store.driver import Connection
from socius_tui.store.journal.knowing import reached
from socius_tui.store.sync import arrivals
from socius_tui.store.sync.exchange import arrangement

#: The tables of which the overview lists what was entered lately.
_LATELY: Final = ("visit", "measurement", "follow_up", "narrative")


class Marks(NamedTuple):
    """What is new: transactions by their key ("replica:number"), and rows that were added."""

    sets: frozenset[str] = frozenset()
    rows: frozenset[str] = frozenset()


def is_shared(session: Session) -> bool:
    """Whether the file is exchanged, or holds what others wrote."""
    return session.database.read(
        lambda connection: arrangement(connection) is not None or len(reached(connection)) > 1
    )


def marks(session: Session) -> Marks:
    """What is marked as new now; nothing where nothing was ever exchanged."""

    def read(connection: Connection) -> Marks:
        after = kept_marks(connection).get("new_from")
        if not isinstance(after, int):
            return Marks()
        new = arrivals.sets_from_others(connection, after)
        if not new:
            return Marks()
        return Marks(
            frozenset(f"{replica}:{number}" for replica, number, _place in new),
            frozenset(arrivals.rows_from_others(connection, after, _LATELY)),
        )

    return session.database.read(read)


def kept_marks(connection: Connection) -> Mapping[str, Any]:
    """What is kept beside the outcome of the last exchange."""
    place = arrangement(connection)
    return place.outcome if place is not None else {}
