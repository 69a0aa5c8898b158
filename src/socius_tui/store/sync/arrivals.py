"""Finds what came in from other laptops after a place in the order of arrival."""

from __future__ import annotations

import json
from collections.abc import Iterable

from socius_tui.store.driver import Connection
from socius_tui.store.journal import sets


def newest_set(connection: Connection) -> int:
    """The place in the order of arrival of what was written or came in last; 0 before that."""
    return int(connection.execute("SELECT coalesce(max(seq), 0) FROM change_set").fetchone()[0])


def sets_from_others(connection: Connection, after: int) -> list[tuple[str, int, int]]:
    """Replica, number and place of what others did and came in after a place, in that order."""
    return connection.execute(
        "SELECT replica, number, seq FROM change_set WHERE seq > ?"
        " AND replica NOT IN (SELECT value FROM json_each(?)) ORDER BY seq",
        (after, _own_names(connection)),
    ).fetchall()


def rows_from_others(connection: Connection, after: int, kinds: Iterable[str]) -> list[str]:
    """The ids of rows of these tables that others added, and came in after a place."""
    found = connection.execute(
        "SELECT c.row_id FROM change_set s JOIN change c ON c.replica = s.replica"
        " AND c.sequence BETWEEN s.first_sequence AND s.last_sequence"
        " WHERE s.seq > ? AND s.replica NOT IN (SELECT value FROM json_each(?))"
        " AND c.verb = 'I' AND c.kind IN (SELECT value FROM json_each(?))",
        (after, _own_names(connection), json.dumps(list(kinds))),
    )
    return [row_id for (row_id,) in found]


def _own_names(connection: Connection) -> str:
    """The names under which this file writes and wrote, as JSON."""
    replica, former = connection.execute("SELECT replica, former FROM journal_state").fetchone()
    return json.dumps([replica, *sets.former_names(former)])
