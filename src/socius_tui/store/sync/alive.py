"""Keeps rows that another row refers to, though a laptop that did not know took them away.

A row that was taken away stays as long as a row that is there refers to it. That follows from the
journal alone: whatever came first, every laptop keeps the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from socius_tui.store.driver import Connection
from socius_tui.store.journal.inverse import Place
from socius_tui.store.journal.keeping import resting
from socius_tui.store.journal.projection import Row, project, put
from socius_tui.store.journal.references import Reference, references_between
from socius_tui.store.journal.triggers import Table, journalled_tables, quoted


def kept_rows(connection: Connection) -> set[Place]:
    """The rows that are kept now."""
    return set(connection.execute("SELECT kind, row_id FROM kept_row").fetchall())


def settle(connection: Connection) -> None:
    """See which rows are still kept after something was written here; part of its transaction."""
    tables = {table.name: table for table in journalled_tables(connection)}
    connection.execute("PRAGMA defer_foreign_keys = ON")
    with resting(connection):
        before = let_go(connection, tables)
        keep(connection, references_between(tables.values(), connection), {}, before)


def let_go(connection: Connection, tables: Mapping[str, Table]) -> set[Place]:
    """Take away all rows that are kept, before it is worked out anew; gives what they were."""
    kept = {place for place in kept_rows(connection) if place[0] in tables}
    for kind, row_id in kept:
        put(connection, tables[kind], row_id, Row(False, {}))
    if kept:
        connection.execute("DELETE FROM kept_row")
    return kept


def keep(
    connection: Connection,
    references: Sequence[Reference],
    changed: Mapping[Place, Row],
    before: Iterable[Place],
) -> None:
    """Bring back what is referred to; `changed` are rows that are new, `before` what was kept.

    Runs with foreign keys put off to the end of the transaction.
    """
    pointing: dict[str, list[Reference]] = {}
    for reference in references:
        pointing.setdefault(reference.table.name, []).append(reference)
    asked = {place for place, row in changed.items() if not row.live} | set(before)
    for (kind, _row_id), row in changed.items():
        if row.live:
            asked |= _targets(pointing, kind, row)
    asked -= {place for place, row in changed.items() if row.live}  # these were just written
    while asked:
        place = asked.pop()
        table = next((r.to for r in references if r.to.name == place[0]), None)
        if table is None or _is_there(connection, table, place[1]):
            continue
        if not any(_points(connection, r, place[1]) for r in references if r.to.name == place[0]):
            continue
        found = project(connection, table, [place[1]])
        for row_id, row in found.items():  # none: another program wrote what was never there
            put(connection, table, row_id, row._replace(live=True))
            connection.execute("INSERT INTO kept_row (kind, row_id) VALUES (?, ?)", place)
            asked |= _targets(pointing, place[0], row)


def _targets(pointing: Mapping[str, Sequence[Reference]], kind: str, row: Row) -> set[Place]:
    return {
        (r.to.name, str(row.cells[r.column]))
        for r in pointing.get(kind, ())
        if row.cells.get(r.column) is not None
    }


def _is_there(connection: Connection, table: Table, row_id: str) -> bool:
    sql = f"SELECT 1 FROM {quoted(table.name)} WHERE {quoted(table.key)} = ?"
    return connection.execute(sql, (row_id,)).fetchone() is not None


def _points(connection: Connection, reference: Reference, row_id: str) -> bool:
    sql = f"SELECT 1 FROM {quoted(reference.table.name)} WHERE {quoted(reference.column)} = ?"
    return connection.execute(f"{sql} LIMIT 1", (row_id,)).fetchone() is not None
