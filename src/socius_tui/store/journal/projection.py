"""Works out rows from the journal: what the tables are a function of.

Changes are taken in order of their clock (and replica, where two are the same). What is added
sets every column, what is changed the columns that it names, what is taken away ends the row
and leaves its cells, so that it can come back. A change after which the row would break a rule
of its table, which only happens where laptops did not know of each other, is set aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from socius_tui.store.driver import Connection
from socius_tui.store.journal.shapes import Shape, shape
from socius_tui.store.journal.triggers import Table, quoted
from socius_tui.store.journal.values import Value, decoded, exact_rows, is_utf8, raw

_SOME = 400  # ids in one query


MIXED: Final = "*"


class Row(NamedTuple):
    """A row as the journal has it; `cells` are all its columns but the key.

    `by` is the replica that wrote all of it, MIXED where there are several.
    """

    live: bool
    cells: dict[str, Value]
    by: str = ""


class Entry(NamedTuple):
    """One change as it is kept; `old` and `new` are JSON."""

    seq: int
    replica: str
    sequence: int
    clock: int
    change_set: int | None
    kind: str
    row_id: str
    verb: str
    old: str | None
    new: str | None


ENTRY_COLUMNS = "seq, replica, sequence, clock, change_set, kind, row_id, verb, old, new"


def in_parts(ids: Iterable[str]) -> Iterator[list[str]]:
    """Different ids, as many at a time as go in one query."""
    wanted = list(dict.fromkeys(ids))
    for start in range(0, len(wanted), _SOME):
        yield wanted[start : start + _SOME]


def entries_of(
    connection: Connection, table: str, ids: Iterable[str] | None = None
) -> Iterator[Entry]:
    """The changes of a table's rows (all, or those with these ids), in the order that counts."""
    if ids is None:
        rows = exact_rows(
            connection,
            f"SELECT {ENTRY_COLUMNS} FROM change WHERE kind = ? ORDER BY clock, replica, sequence",
            (table,),
        )
        yield from map(Entry._make, rows)
        return
    for some in in_parts(ids):
        rows = exact_rows(
            connection,
            f"SELECT {ENTRY_COLUMNS} FROM change WHERE row_id IN ({', '.join('?' * len(some))})"
            " AND kind = ? ORDER BY clock, replica, sequence",
            (*some, table),
        )
        yield from map(Entry._make, rows)


def applied(row: Row | None, entry: Entry, shape: Shape) -> Row:
    """The row after one more change; the same one (`is`) where that was set aside."""
    before = row or Row(False, dict(shape.empty), entry.replica)
    by = before.by if before.by == entry.replica else MIXED
    if entry.verb == "I":
        return Row(True, {**shape.empty, **_known(decoded(entry.new), shape.empty)}, by)
    if entry.verb == "U":
        cells = {**before.cells, **_known(decoded(entry.new), shape.empty)}
        # What one laptop wrote was right when it was written, whatever came in between.
        if by == MIXED and not shape.holds(entry.row_id, cells):
            return before
        return Row(before.live, cells, by)
    return Row(False, before.cells, by)


def project(
    connection: Connection,
    table: Table,
    ids: Iterable[str] | None = None,
    *,
    until: int | None = None,
) -> dict[str, Row]:
    """The rows of a table as the journal has them, by id; those taken away too, not live.

    `until` is a clock value: what is later does not count.
    """
    form = shape(connection, table)
    found: dict[str, Row] = {}
    for entry in entries_of(connection, table.name, ids):
        if until is not None and entry.clock > until:
            continue
        found[entry.row_id] = applied(found.get(entry.row_id), entry, form)
    return found


def present_rows(
    connection: Connection, table: Table, ids: Iterable[str] | None = None
) -> Iterator[tuple[str, dict[str, Value]]]:
    """The rows of a table as they are in the file: key, and the other columns by name."""
    columns = ", ".join(quoted(column.name) for column in table.columns)
    select = f"SELECT {quoted(table.key)}, {columns} FROM {quoted(table.name)}"
    names = [column.name for column in table.columns]
    for some in (None,) if ids is None else in_parts(ids):
        marks = ", ".join("?" * len(some or ()))
        where = "" if some is None else f" WHERE {quoted(table.key)} IN ({marks})"
        for row in exact_rows(connection, select + where, some or ()):
            yield row[0], dict(zip(names, row[1:], strict=True))


def put(connection: Connection, table: Table, row_id: str, row: Row) -> None:
    """Bring a row in the file to what the journal says; the caller minds triggers and keys."""
    if not row.live:
        connection.execute(
            f"DELETE FROM {quoted(table.name)} WHERE {quoted(table.key)} = ?", (row_id,)
        )
        return
    names = [column.name for column in table.columns]
    values = [row.cells[name] for name in names]
    bound = [raw(v) if isinstance(v, str) and not is_utf8(v) else v for v in (*values, row_id)]
    marks = ["CAST(? AS TEXT)" if b is not v else "?" for b, v in zip(bound, values, strict=False)]
    # Not as an upsert: its ABORT would replace the OR IGNORE of the triggers for search.
    updates = ", ".join(f"{quoted(name)} = {mark}" for name, mark in zip(names, marks, strict=True))
    there = connection.execute(
        f"UPDATE {quoted(table.name)} SET {updates} WHERE {quoted(table.key)} = ?", bound
    )
    if there.rowcount == 0:
        columns = ", ".join(quoted(name) for name in (*names, table.key))
        connection.execute(
            f"INSERT INTO {quoted(table.name)} ({columns}) VALUES ({', '.join(marks)}, ?)", bound
        )


def _known(cells: dict[str, Value], empty: dict[str, Value]) -> dict[str, Value]:
    """Without columns of a newer version: they stay in the journal until the file is upgraded."""
    if cells.keys() <= empty.keys():
        return cells
    return {name: value for name, value in cells.items() if name in empty}
