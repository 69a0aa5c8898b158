"""Reads what can still be read of a damaged file: each table forwards, backwards, and between.

It works on a private copy; of the damaged file itself only the bytes are read.
"""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final, NamedTuple

from socius_tui.store.checks.structure import expected_shape
from socius_tui.store.driver import Connection, Unreadable, open_damaged
from socius_tui.store.journal.triggers import quoted
from socius_tui.store.journal.values import Value
from socius_tui.store.pages import leaf_rows, page_size, tree_rows

_LAST: Final = 1 << 40  # no table has more rows
_TRIES: Final = 3_000  # gaps that are looked into in a table
_HEADER: Final = 100

Cells = dict[str, Value]


class Scan(NamedTuple):
    """What was read: rows by table, and those of the journal found in loose pages as well.

    `page_one` is where the first page came from: "own", "backup", "new" or, when no table could
    be found, "none".
    """

    tables: dict[str, list[Cells]]
    page_one: str


def scanned(path: Path, work: Path, page_one: Path | None, fresh: Path) -> Scan:
    """Read a damaged file by way of copies in the folder `work`.

    `page_one` is a backup, and `fresh` a new file, whose first page can stand in for a lost one.
    Raises OSError when a file cannot be read.
    """
    data, journal = path.read_bytes(), path.with_name(path.name + "-journal")
    starts = [_start(each) for each in (path, page_one, fresh)]
    size = next((found for start in starts if (found := page_size(start))), 4096)
    whole = padded(data, size)
    copies = {"own": whole}
    for name, donor, start in zip(("backup", "new"), (page_one, fresh), starts[1:], strict=True):
        if donor is not None and page_size(start) == size:
            copies[name] = with_page_one(whole, donor.read_bytes()[:size], size)
    wanted = {name for kind, name in expected_shape() if kind == "table"}
    best, partly = Scan({}, "none"), {"change", "change_set"}
    for name, content in copies.items():
        copy = work / f"{name}.db"
        copy.write_bytes(content)
        if name == "own" and journal.exists():
            shutil.copyfile(journal, copy.with_name(copy.name + "-journal"))
        with closing(open_damaged(copy)) as connection:
            tables = _tables(connection) & wanted
            if len(tables) > len(best.tables):
                read = {table: rows(connection, table) for table in sorted(tables)}
                best = Scan({table: found for table, (found, _all) in read.items()}, name)
                partly = {table for table in _COLUMNS if not read.get(table, ([], False))[1]}
        if len(best.tables) == len(wanted):
            break
    if best.page_one == "none":
        best = Scan(_from_roots(whole, size, fresh), "none")
    for table in sorted(partly):
        best.tables.setdefault(table, []).extend(_from_leaves(whole, size, table))
    return best


def _from_leaves(data: bytes, size: int, table: str) -> Iterator[Cells]:
    """The rows of a table of the journal wherever they lie, those of an older file too."""
    columns = _COLUMNS[table]
    for width in _WIDTHS[table]:
        for rowid, values in leaf_rows(data, size, width):
            is_change = len(values) > _VERB and values[_VERB] in ("I", "U", "D")
            if values[0] is None and is_change is (table == "change"):
                rest = (None,) * (len(columns) - width)
                yield dict(zip(columns, (rowid, *values[1:], *rest), strict=True))


def _from_roots(data: bytes, size: int, fresh: Path) -> dict[str, list[Cells]]:
    """The rows of tables from where each begins: as the schema still says, or as in a new file."""
    with closing(open_damaged(fresh)) as connection:
        roots = dict(
            connection.execute("SELECT name, rootpage FROM sqlite_master WHERE type = 'table'")
        )
        columns = {
            name: [row[1] for row in connection.execute(f"PRAGMA table_info({quoted(name)})")]
            for name in roots
            if name not in _COLUMNS and not name.startswith(("search", "sqlite_"))
        }
    for _rowid, (kind, name, _table, root, _sql) in leaf_rows(data, size, 5):
        if kind == "table" and name in columns and isinstance(root, int):
            roots[name] = root
    return {
        name: [
            dict(zip(names, values, strict=False))
            for _rowid, values in tree_rows(data, size, roots[name], len(names))
        ]
        for name, names in columns.items()
    }


#: Of the tables whose rows can be told from all others.
_COLUMNS: Final = {
    "change": (
        "seq", "replica", "sequence", "clock", "schema_version", "change_set", "kind", "row_id",
        "verb", "old", "new", "heard",
    ),
    "change_set": (
        "seq", "replica", "number", "made_at", "clock", "actor", "title", "reason", "undoes",
        "first_sequence", "last_sequence", "digest",
    ),
}  # fmt: skip

#: How many columns their rows have: those of before version 5 of the file had one less.
_WIDTHS: Final = {"change": (11, 12), "change_set": (12,)}
_VERB: Final = 8  # the place of the verb in a row of `change`


def _start(path: Path | None) -> bytes:
    if path is None:
        return b""
    with path.open("rb") as file:
        return file.read(_HEADER)


def padded(data: bytes, size: int) -> bytes:
    """The file as long as its header says: SQLite opens no file that was cut off."""
    pages = int.from_bytes(data[28:32], "big")
    here = -(-len(data) // size)
    # A header that promises many times what is there is damaged itself.
    wanted = pages if here <= pages <= max(16 * here, 4096) else here
    return data.ljust(wanted * size, b"\0")


def with_page_one(data: bytes, page: bytes, size: int) -> bytes:
    """The file with another first page, which is made to say how long this file is."""
    first = bytearray(page)
    first[28:32] = (len(data) // size).to_bytes(4, "big")
    first[92:96] = first[24:28]  # so that the length counts
    first[32:40] = bytes(8)  # no free pages: which they are is lost
    return bytes(first) + data[size:]


def _tables(connection: Connection) -> set[str]:
    try:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    except Unreadable:
        return set()
    return {name for (name,) in found if isinstance(name, str)}


def rows(connection: Connection, table: str) -> tuple[list[Cells], bool]:
    """Every row of a table that can be read, by column, and whether that is the whole table."""
    try:
        names = [row[1] for row in connection.execute(f"PRAGMA table_info({quoted(table)})")]
    except Unreadable:
        return [], False
    if not names:
        return [], False
    found: dict[int, Sequence[Value]] = {}
    gaps, complete = deque([(1, _LAST)]), True
    for _try in range(_TRIES):
        if not gaps:
            break
        low, high = gaps.popleft()
        first, whole = _read(connection, table, names, low, high, found, "ASC")
        if whole:
            continue
        complete = False
        low = low if first is None else first + 1
        last, whole = _read(connection, table, names, low, high, found, "DESC")
        high = high if last is None else last - 1
        if not whole and low < high:
            middle = (low + high) // 2
            gaps.extend(((low, middle), (middle + 1, high)))
    return [dict(zip(names, values, strict=True)) for values in found.values()], complete


def _read(
    connection: Connection,
    table: str,
    names: Sequence[str],
    low: int,
    high: int,
    found: dict[int, Sequence[Value]],
    order: str,
) -> tuple[int | None, bool]:
    """Read until it fails; gives the last rowid that was read, and whether it was the end."""
    columns = ", ".join(quoted(name) for name in names)
    last: int | None = None
    try:
        for row in connection.execute(
            f"SELECT rowid, {columns} FROM {quoted(table)} NOT INDEXED"
            f" WHERE rowid BETWEEN ? AND ? ORDER BY rowid {order}",
            (low, high),
        ):
            last = row[0]
            found[row[0]] = row[1:]
    except Unreadable:
        return last, False
    return last, True
