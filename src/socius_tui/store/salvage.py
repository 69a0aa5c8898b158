"""Makes a new file of what can still be read of a damaged one.

Every row was kept twice: as it is, and as its history in the journal. What one has lost is worked
out from the other; where they differ, the one that fits better is taken and the other is told.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from errno import EEXIST
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

from socius_tui.domain.moments import milliseconds, moment_text
from socius_tui.domain.titles import said, stored_title
from socius_tui.store.checks import journalling
from socius_tui.store.driver import (
    SCHEMA_VERSION,
    Connection,
    Error,
    IntegrityError,
    check_kind,
    open_file,
    sync_folder,
)
from socius_tui.store.identity import Identity
from socius_tui.store.journal import sets
from socius_tui.store.journal.comparison import History, compared, histories, same, take_over
from socius_tui.store.journal.projection import Row, put
from socius_tui.store.journal.shapes import shape
from socius_tui.store.journal.triggers import Table, journalled_tables, quoted
from socius_tui.store.journal.values import Value, decoded, encoded
from socius_tui.store.landmarks import passed
from socius_tui.store.problems import disk_problem, explained
from socius_tui.store.scanning import Cells, Scan, scanned
from socius_tui.store.schema import new_database
from socius_tui.store.search import refresh_index

_BOUND: Final = 1 << 62  # of numbers that are not damaged


class Review(NamedTuple):
    """A row that somebody should look at: `why` is a code, the cells are JSON or empty."""

    kind: str
    row_id: str
    why: str  # "left_out", "no_parent", "file_taken", "journal_taken"
    file: str
    journal: str


class TableCount(NamedTuple):
    """Of one table: rows that are in the new file, and of those how many the journal gave."""

    kind: str
    rows: int
    from_journal: int


class Salvaged(NamedTuple):
    """What became of a damaged file; `page_one` as in `scanning.Scan`."""

    tables: tuple[TableCount, ...]
    changes: int
    changes_lost: int
    review: tuple[Review, ...]
    page_one: str


def salvage(path: Path, target: Path, now: datetime, page_one: Path | None = None) -> Salvaged:
    """Read what can be read at `path` and make `target` of it; the first is never written.

    `target` appears whole or not at all. Raises FileProblem when it exists, or when a file
    cannot be read or written.
    """
    check_kind(path)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.salvage")
    try:
        if target.exists() or target.is_symlink():
            raise FileExistsError(EEXIST, os.strerror(EEXIST), str(target))
        with TemporaryDirectory(prefix="socius-salvage-") as folder:
            fresh = Path(folder) / "fresh.db"
            new_database(fresh)
            scan = scanned(path, Path(folder), page_one, fresh)
        temporary.unlink(missing_ok=True)
        new_database(temporary)
        connection, _read_only = open_file(temporary)
        try:
            done = _fill(connection, scan, now)
            _remember(connection, target)
        finally:
            connection.close()
        passed("salvage.written")
        os.link(temporary, target)
        sync_folder(target.parent)
    except OSError as error:
        raise disk_problem(error, Path(error.filename or target)) from error
    except Error as error:
        raise explained(error, target) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return done


def _fill(connection: Connection, scan: Scan, now: datetime) -> Salvaged:
    tables = journalled_tables(connection)
    own = str(connection.execute("SELECT replica FROM journal_state").fetchone()[0])
    connection.execute("PRAGMA foreign_keys = OFF")  # a parent may come after its child
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE journal_state SET applying = 1")
    _write_journal(connection, scan, {table.name for table in tables})
    _write_team(connection, scan)
    history = histories(connection, tables)
    doubtful = _doubtful(connection, history)
    review: list[Review] = []
    counts = {
        table.name: _write_rows(connection, table, scan, history, doubtful, review)
        for table in tables
    }
    review += _orphans(connection)
    for name in ("device", "draft"):
        _write_local(connection, name, scan.tables.get(name, ()))
    (changes,) = connection.execute("SELECT count(*) FROM change").fetchone()
    connection.execute(
        "UPDATE journal_state SET applying = 0,"
        " clock = coalesce((SELECT max(clock) FROM change), 0)"
    )
    before = sets.begin(connection, milliseconds(now))
    after = histories(connection, tables).rows
    for table in tables:
        take_over(connection, compared(connection, table, after[table.name]), milliseconds(now))
    lost = journalling.losses(connection, tables, own)
    if any(lost):
        connection.execute(
            "INSERT INTO setting (key, value) VALUES (?1, ?2)"
            " ON CONFLICT (key) DO UPDATE SET value = ?2",
            (journalling.LOST, lost.stored()),
        )
    title = stored_title(said("Salvaged from a damaged file"))
    sets.finish(connection, before, made_at=moment_text(now), actor=None, title=title)
    refresh_index(connection)
    connection.execute("COMMIT")
    return Salvaged(
        tuple(
            TableCount(name, _count(connection, name), count["journal"])
            for name, count in counts.items()
        ),
        changes,
        sum(last - first + 1 for _replica, first, last in lost.entries),
        tuple(review),
        scan.page_one,
    )


def _remember(connection: Connection, target: Path) -> None:
    """What was made of it is a file of its own, that goes on under its own name."""
    replica = str(connection.execute("SELECT replica FROM journal_state").fetchone()[0])
    identity = Identity(target, own=replica)
    identity.finish(connection)
    identity.committed()


def _count(connection: Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {quoted(table)}").fetchone()[0])


# ---- the journal ---------------------------------------------------------------------------


def _write_journal(connection: Connection, scan: Scan, kinds: set[str]) -> None:
    """Sets and entries that can be read; of an entry in a set, the set says number and clock."""
    spans: list[tuple[str, int, int, int, int]] = []
    for found in scan.tables.get("change_set", ()):
        if not _plain(found) or not _is_set(found):
            continue
        whole = sets.ChangeSetRow(**found).is_whole  # type: ignore[arg-type]
        if _insert(connection, "change_set", found) and whole:
            replica, number, first, last, clock = (
                found[name]
                for name in ("replica", "number", "first_sequence", "last_sequence", "clock")
            )
            spans.append((replica, first, last, number, clock))  # type: ignore[arg-type]
    for entry in scan.tables.get("change", ()):
        if _plain(entry) and _is_entry(entry, kinds):
            _insert(connection, "change", entry)
    for replica, first, last, number, clock in spans:
        connection.execute(
            "UPDATE change SET change_set = ?4, clock = ?5 - (?3 - sequence)"
            " WHERE replica = ?1 AND sequence BETWEEN ?2 AND ?3"
            " AND (change_set IS NOT ?4 OR clock <> ?5 - (?3 - sequence))",
            (replica, first, last, number, clock),
        )


def _write_team(connection: Connection, scan: Scan) -> None:
    """With whom the file was exchanged: as it says, or else as its journal does."""
    sets.found_team(connection)
    for found in scan.tables.get("journal_state", ()):
        if isinstance(team := found.get("team"), str) and team:
            connection.execute("UPDATE journal_state SET team = ?", (team,))


def _plain(cells: Cells) -> bool:
    """Whether all texts are text and all numbers can be."""
    try:
        for value in cells.values():
            if isinstance(value, str):
                value.encode()
            elif isinstance(value, int) and abs(value) > _BOUND:
                return False
    except UnicodeEncodeError:
        return False
    return True


def _is_set(found: Cells) -> bool:
    text = ("replica", "made_at", "title", "reason", "digest")
    whole = ("number", "clock", "first_sequence", "last_sequence")
    return all(isinstance(found[n], str) for n in text) and all(
        isinstance(found[n], int) for n in whole
    )


def _is_entry(entry: Cells, kinds: set[str]) -> bool:
    version = entry["schema_version"]
    if entry["verb"] not in ("I", "U", "D") or not isinstance(version, int):
        return False
    if entry["kind"] not in kinds and version <= SCHEMA_VERSION:
        return False
    try:
        decoded(_text(entry["old"]))
        decoded(_text(entry["new"]))
    except ValueError:
        return False
    return True


def _text(value: Value) -> str | None:
    if value is not None and not isinstance(value, str):
        raise ValueError(value)
    return value


def _insert(connection: Connection, table: str, cells: Cells) -> bool:
    """Add a row; False when it is there already, or has values that it may not have."""
    names = ", ".join(quoted(name) for name in cells)
    marks = ", ".join("?" * len(cells))
    try:
        done = connection.execute(
            f"INSERT INTO {quoted(table)} ({names}) VALUES ({marks})", tuple(cells.values())
        )
    except (IntegrityError, UnicodeEncodeError):
        return False
    return done.rowcount == 1


# ---- the rows ------------------------------------------------------------------------------


class _Doubt(NamedTuple):
    """Rows of which the journal may not be right: an entry is broken, or may be missing."""

    rows: set[tuple[str, str]]
    last: dict[tuple[str, str], tuple[str, int]]
    gaps: dict[str, int]

    def about(self, place: tuple[str, str]) -> bool:
        """Whether what the journal says of a row may be old or wrong."""
        if place in self.rows or place not in self.last:
            return True
        replica, sequence = self.last[place]
        return any(end > sequence for name, end in self.gaps.items() if name == replica)


def _doubtful(connection: Connection, history: History) -> _Doubt:
    broken = {(entry.kind, entry.row_id) for entry in history.broken}
    last: dict[tuple[str, str], tuple[str, int]] = {}
    gaps: dict[str, int] = {}
    before: dict[str, int] = {}
    for replica, sequence, kind, row_id in connection.execute(
        "SELECT replica, sequence, kind, row_id FROM change ORDER BY replica, sequence"
    ):
        last[kind, row_id] = (replica, sequence)
        if sequence != before.get(replica, 0) + 1:
            gaps[replica] = sequence - 1
        before[replica] = sequence
    for replica, end in connection.execute(
        "SELECT replica, max(last_sequence) FROM change_set GROUP BY replica"
    ):
        if end > before.get(replica, 0):
            gaps[replica] = end
    return _Doubt(broken, last, gaps)


def _write_rows(
    connection: Connection,
    table: Table,
    scan: Scan,
    history: History,
    doubt: _Doubt,
    review: list[Review],
) -> Counter[str]:
    """Put each row in the new file, from the file or from the journal; gives how many of each."""
    empty = shape(connection, table).empty
    journal = {i: row for i, row in history.rows[table.name].items() if row.live}
    ended = history.rows[table.name].keys() - journal.keys()
    count: Counter[str] = Counter()
    file: dict[str, dict[str, Value]] = {}
    for cells in scan.tables.get(table.name, ()):
        row_id = cells.get(table.key)
        if isinstance(row_id, str) and _plain({"": row_id}):
            file[row_id] = {name: cells.get(name, value) for name, value in empty.items()}
    for row_id in dict.fromkeys((*file, *journal)):
        here, there = file.get(row_id), journal.get(row_id)
        unsure = doubt.about((table.name, row_id))
        if row_id in ended and not unsure:
            continue
        first, second = (here, there.cells if there else None)
        equal = first is not None and second is not None and _same(first, second)
        if second is not None and (first is None or not unsure):
            first, second = second, first
        taken = next((c for c in (first, second) if c and _put(connection, table, row_id, c)), None)
        if taken is None:
            review.append(_review(table.name, row_id, "left_out", here, there))
        else:
            count["file" if taken is here or equal else "journal"] += 1
            if not equal and here is not None and there is not None:
                why = "file_taken" if taken is here else "journal_taken"
                review.append(_review(table.name, row_id, why, here, there))
    return count


def _same(one: dict[str, Value], other: dict[str, Value]) -> bool:
    return all(same(value, other[name]) for name, value in one.items())


def _put(connection: Connection, table: Table, row_id: str, cells: dict[str, Value]) -> bool:
    if not _plain(cells):
        return False
    try:
        put(connection, table, row_id, Row(True, cells))
    except (IntegrityError, UnicodeEncodeError):
        return False
    return True


def _review(kind: str, row_id: str, why: str, file: Any, journal: Row | None) -> Review:
    there = encoded(journal.cells) if journal is not None else ""
    return Review(kind, row_id, why, encoded(file) if file else "", there)


def _orphans(connection: Connection) -> list[Review]:
    """Take out the rows whose parent neither the file nor the journal has, and tell them."""
    found: list[Review] = []
    while broken := connection.execute("PRAGMA foreign_key_check").fetchall():
        for name, rowid, _parent, _number in broken:
            cursor = connection.execute(f"SELECT * FROM {quoted(name)} WHERE rowid = ?", (rowid,))
            names = [column[0] for column in cursor.description]
            for values in cursor.fetchall():
                cells = dict(zip(names, values, strict=True))
                found.append(Review(name, str(values[0]), "no_parent", encoded(cells), ""))
            connection.execute(f"DELETE FROM {quoted(name)} WHERE rowid = ?", (rowid,))
    return found


def _write_local(connection: Connection, table: str, found: Iterable[Cells]) -> None:
    for cells in found:
        if _plain(cells):
            _insert(connection, table, cells)
