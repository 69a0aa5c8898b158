"""Holds the rows of the file against the journal, and takes over what went round it.

Each is kept twice: in the rows, and as a history from which the rows follow. Where they differ
either something wrote while the triggers were gone, or the file is damaged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from socius_tui.store.driver import SCHEMA_VERSION, Connection
from socius_tui.store.journal.knowing import Knowledge
from socius_tui.store.journal.projection import (
    ENTRY_COLUMNS,
    Entry,
    Row,
    applied,
    entries_of,
    present_rows,
)
from socius_tui.store.journal.shapes import Shape, shape
from socius_tui.store.journal.triggers import Table, journalled_tables
from socius_tui.store.journal.values import Value, decoded, encoded, exact_rows


class Difference(NamedTuple):
    """A row that is not as the journal has it.

    `journal` and `file` are its columns there and here, None where it is not (or no longer).
    """

    kind: str
    row_id: str
    journal: dict[str, Value] | None
    file: dict[str, Value] | None

    @property
    def columns(self) -> list[str]:
        """The columns that differ; all of them where the row is on one side only."""
        if self.journal is None or self.file is None:
            return list(self.journal or self.file or {})
        return [name for name, value in self.file.items() if not same(self.journal[name], value)]


class BrokenEntry(NamedTuple):
    """A change that does not follow from the ones before it, or cannot be read."""

    seq: int
    kind: str
    row_id: str
    replica: str
    sequence: int


def same(one: Value, other: Value) -> bool:
    """Whether two values are the same, and of the same type.

    0.0 and -0.0 are: nothing in SQL can tell one from the other.
    """
    return type(one) is type(other) and one == other


def _alike(one: dict[str, Value], other: dict[str, Value]) -> bool:
    """Whether two rows are the same to the last bit; without reals they are compared at once."""
    kinds = [*map(type, one.values())]
    if float not in kinds and kinds == [*map(type, other.values())]:
        return one == other
    return all(same(other[name], value) for name, value in one.items())


def differences(connection: Connection, tables: Sequence[Table] = ()) -> Iterator[Difference]:
    """Every row that is not as the journal has it; reads all of the journal."""
    for table in tables or journalled_tables(connection):
        yield from compared(connection, table, history(connection, table)[0])


def compared(
    connection: Connection, table: Table, expected_rows: dict[str, Row]
) -> Iterator[Difference]:
    """Every row of a table that is not as its history has it."""
    rows = dict(expected_rows)
    for (row_id,) in connection.execute(
        "SELECT row_id FROM kept_row WHERE kind = ?", (table.name,)
    ):
        if row_id in rows:  # taken away, and here because another row refers to it
            rows[row_id] = rows[row_id]._replace(live=True)
    for row_id, cells in present_rows(connection, table):
        expected = rows.pop(row_id, None)
        if expected is None or not expected.live:
            yield Difference(table.name, row_id, None, cells)
        elif not _alike(expected.cells, cells):
            yield Difference(table.name, row_id, expected.cells, cells)
    for row_id, expected in rows.items():
        if expected.live:
            yield Difference(table.name, row_id, expected.cells, None)


def history(connection: Connection, table: Table) -> tuple[dict[str, Row], list[BrokenEntry]]:
    """The rows that follow from a table's journal, and the entries in which something is wrong."""
    shapes = {table.name: shape(connection, table)}
    found = followed(entries_of(connection, table.name), shapes, Knowledge(connection))
    return found.rows[table.name], found.broken


class History(NamedTuple):
    """What follows from the journal: rows by table and id, and entries that are not right."""

    rows: dict[str, dict[str, Row]]
    broken: list[BrokenEntry]


def histories(connection: Connection, tables: Sequence[Table]) -> History:
    """What follows from the whole journal, read once."""
    rows = exact_rows(
        connection, f"SELECT {ENTRY_COLUMNS} FROM change ORDER BY clock, replica, sequence"
    )
    shapes = {table.name: shape(connection, table) for table in tables}
    return followed(map(Entry._make, rows), shapes, Knowledge(connection))


def followed(
    entries: Iterable[Entry], shapes: Mapping[str, Shape], knowledge: Knowledge
) -> History:
    """Rows from entries in the order that counts; `shapes` are those of the tables by name.

    An entry keeps what was there before it as well, so a damaged one does not fit those around
    it. Only those before it that its laptop knew of are compared: others may have come between.
    """
    rows: dict[str, dict[str, Row]] = {name: {} for name in shapes}
    last: dict[tuple[str, str], dict[str, int]] = {}
    broken: list[BrokenEntry] = []
    for entry in entries:
        form = shapes.get(entry.kind)
        if form is None:  # a table of a newer version
            continue
        known = rows[entry.kind]
        before = known.get(entry.row_id)
        writers = last.setdefault((entry.kind, entry.row_id), {})
        try:
            fits = not _knew(knowledge, entry, writers) or _fits(before, entry, form.empty)
            known[entry.row_id] = applied(before, entry, form)
        except (ValueError, UnicodeError):
            fits = False
        writers[entry.replica] = entry.sequence
        if not fits:
            broken.append(
                BrokenEntry(entry.seq, entry.kind, entry.row_id, entry.replica, entry.sequence)
            )
    return History(rows, broken)


def _knew(knowledge: Knowledge, entry: Entry, writers: Mapping[str, int]) -> bool:
    """Whether the writer of a change knew of the last change of everybody else."""
    return all(
        knowledge.known(entry.replica, entry.sequence, writer) >= sequence
        for writer, sequence in writers.items()
        if writer != entry.replica
    )


def _fits(before: Row | None, entry: Entry, empty: dict[str, Value]) -> bool:
    old = decoded(entry.old)
    if entry.verb == "I":  # REPLACE of a program without recursive triggers adds what was there
        return entry.old is None
    if before is None or not before.live:
        return False
    if entry.verb == "U":
        new = decoded(entry.new)
        if old.keys() != new.keys() or any(same(old[name], new[name]) for name in old):
            return False
        return all(same(before.cells[name], value) for name, value in old.items() if name in empty)
    whole = {**empty, **{name: value for name, value in old.items() if name in empty}}
    return all(same(before.cells[name], value) for name, value in whole.items())


def take_over(connection: Connection, found: Iterable[Difference], moment_ms: int) -> int:
    """Write in the journal what is in the file and not in it; gives how many rows.

    Runs inside a change set, which says who found it.
    """
    empty = {table.name: shape(connection, table).empty for table in journalled_tables(connection)}
    count = 0
    for difference in found:
        usual = empty[difference.kind]
        was, now = difference.journal, difference.file
        if was is None and now is not None:
            verb, old, new = "I", None, encoded(_unusual(now, usual))
        elif was is not None and now is None:
            verb, old, new = "D", encoded(_unusual(was, usual)), None
        else:
            names = difference.columns
            verb = "U"
            old = encoded({name: (was or {})[name] for name in names})
            new = encoded({name: (now or {})[name] for name in names})
        connection.execute(
            "UPDATE journal_state SET sequence = sequence + 1, clock = max(clock + 1, ? * 65536)",
            (moment_ms,),
        )
        connection.execute(
            "INSERT INTO change (replica, sequence, clock, schema_version, change_set, kind,"
            " row_id, verb, old, new, heard) SELECT replica, sequence, clock, ?, change_set, ?, ?,"
            " ?, ?, ?, nullif(heard, '') FROM journal_state",
            (SCHEMA_VERSION, difference.kind, difference.row_id, verb, old, new),
        )
        connection.execute("UPDATE journal_state SET heard = '' WHERE heard <> ''")
        count += 1
    return count


def _unusual(cells: dict[str, Value], usual: dict[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in cells.items() if not same(usual[name], value)}


def broken_entries(connection: Connection) -> list[BrokenEntry]:
    """The entries of the journal in which something is wrong."""
    return [
        entry for table in journalled_tables(connection) for entry in history(connection, table)[1]
    ]
