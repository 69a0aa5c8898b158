"""Reads the saved views."""

from __future__ import annotations

from typing import Final

from socius_tui.domain.saved_views import SavedView
from socius_tui.store.driver import Connection

_VIEW: Final = (
    "SELECT v.id, v.screen, v.name, v.person_id, coalesce(p.name, ''), v.filters"
    " FROM saved_view v LEFT JOIN person p ON p.id = v.person_id WHERE v.retired_at IS NULL"
)
_TABLES: Final = ("person", "work_type", "goal", "organisation")


def views_for(connection: Connection, person_id: str | None) -> list[SavedView]:
    """The views of a person and those for everybody, by screen and name."""
    rows = connection.execute(
        f"{_VIEW} AND (v.person_id IS NULL OR v.person_id = ?)"
        " ORDER BY v.screen, v.name COLLATE NOCASE, v.person_id IS NULL, v.id",
        (person_id,),
    )
    return [SavedView(*row) for row in rows]


def saved_view(connection: Connection, view_id: str) -> SavedView | None:
    """One view; None when it is gone."""
    row = connection.execute(f"{_VIEW} AND v.id = ?", (view_id,)).fetchone()
    return None if row is None else SavedView(*row)


def is_there(connection: Connection, table: str, identifier: str) -> bool:
    """Whether a row that a view points at is in the file and in use."""
    if table not in _TABLES:
        raise ValueError(table)
    found = connection.execute(
        f"SELECT 1 FROM {table} WHERE id = ? AND retired_at IS NULL", (identifier,)
    ).fetchone()
    return found is not None
