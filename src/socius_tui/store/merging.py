"""Finds what belongs to an organisation and moves with it."""

from __future__ import annotations

from socius_tui.store.driver import Connection


def moved_rows(connection: Connection, organisation_id: str) -> list[tuple[str, str]]:
    """The rows that point at an organisation, those taken out too: (table, id)."""
    return [
        (table, str(identifier))
        for table in ("visit", "organisation_contact")
        for (identifier,) in connection.execute(
            f"SELECT id FROM {table} WHERE organisation_id = ? ORDER BY id", (organisation_id,)
        )
    ]
