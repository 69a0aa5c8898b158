"""Reads who writes in this file, and how far it has what others wrote."""

from __future__ import annotations

from socius_tui.store.driver import Connection


def own_replica(connection: Connection) -> str:
    """The name under which this file writes in its journal."""
    return str(connection.execute("SELECT replica FROM journal_state").fetchone()[0])


def reached(connection: Connection, replica: str) -> int:
    """The last place in the journal of a file that is here; 0 when nothing of it is."""
    found = connection.execute("SELECT max(sequence) FROM change WHERE replica = ?", (replica,))
    return int(found.fetchone()[0] or 0)
