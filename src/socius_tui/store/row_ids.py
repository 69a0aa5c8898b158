"""Reads the ids of the rows that people name by a short code."""

from __future__ import annotations

from typing import Literal

from socius_tui.store.driver import Connection

Coded = Literal["visit", "follow_up", "measurement", "mandate"]


def row_ids(connection: Connection, table: Coded) -> list[str]:
    """The ids of all rows in use, in order of making."""
    rows = connection.execute(f"SELECT id FROM {table} WHERE retired_at IS NULL ORDER BY id")
    return [str(identifier) for (identifier,) in rows]
