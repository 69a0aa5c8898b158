"""Which columns hold the key of a row of another table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from socius_tui.store.driver import Connection
from socius_tui.store.journal.triggers import Table, quoted


class Reference(NamedTuple):
    """A column of `table` that holds the key of a row of `to`."""

    table: Table
    column: str
    to: Table


def references_between(tables: Iterable[Table], connection: Connection) -> list[Reference]:
    """The references between these tables."""
    known = {table.name: table for table in tables}
    return [
        Reference(table, row[3], known[row[2]])
        for table in known.values()
        for row in connection.execute(f"PRAGMA foreign_key_list({quoted(table.name)})")
        if row[2] in known
    ]
