"""Takes over transactions of other laptops, so that all who have the same ones have the same rows.

Of each column the later change stands, by the journal's clock and the name of the replica. Nothing
of the journal is ever left out: what does not stand in a row is in its history, and where somebody
wrote it without knowing of the other, in the list of conflicts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from socius_tui.domain.exchanged import Packet, Taken
from socius_tui.errors import Forked
from socius_tui.i18n import _
from socius_tui.store.driver import Connection, IntegrityError
from socius_tui.store.journal.inverse import Place
from socius_tui.store.journal.keeping import resting
from socius_tui.store.journal.knowing import Knowledge, heard_of, heard_text
from socius_tui.store.journal.projection import (
    MIXED,
    Entry,
    Row,
    applied,
    in_parts,
    project,
    put,
)
from socius_tui.store.journal.references import Reference, references_between
from socius_tui.store.journal.sets import ChangeSetRow
from socius_tui.store.journal.shapes import shape
from socius_tui.store.journal.triggers import Table, journalled_tables, quoted
from socius_tui.store.journal.values import is_utf8
from socius_tui.store.landmarks import passed
from socius_tui.store.sync import alive
from socius_tui.store.sync.disputes import disputes_of
from socius_tui.store.sync.packets import Transaction, places
from socius_tui.store.sync.readiness import Desk

#: What a row raises that no program of ours wrote: sound as a packet, and impossible in a table.
_NOT_TAKEN: Final = (IntegrityError, OverflowError)
_SET_FIELDS: Final = ", ".join(ChangeSetRow._fields[1:])


def take_over(connection: Connection, packets: Iterable[Packet], now_ms: int, stamp: str) -> Taken:
    """Take over what can be, and keep the rest waiting; runs inside a transaction.

    `now_ms` is the moment in unix milliseconds, `stamp` the same as it is stored. Raises Forked
    when a packet says to be ours and is not.
    """
    tables = {table.name: table for table in journalled_tables(connection)}
    references = references_between(tables.values(), connection)
    have = places(connection)
    (own,) = connection.execute("SELECT replica FROM journal_state").fetchone()
    # What waits last: what came again is taken in place of it, which may be damaged.
    laid = [*packets, *_waiting(connection)]
    if any(packet.replica == own and packet.until > have.get(own, 0) for packet in laid):
        raise _forked()
    connection.execute("PRAGMA defer_foreign_keys = ON")
    refused: set[tuple[str, int]] = set()
    while True:
        desk = Desk(connection, dict(have), references, now_ms, refused)
        for packet in laid:
            desk.lay(packet)
        ready = list(desk.ready())
        # Without anything new too: what kept a row may have gone from here.
        if not (ready or alive.kept_rows(connection)) or _takes(
            connection, tables, references, ready
        ):
            break
        refused.add(_culprit(connection, tables, references, ready))
    _keep_waiting(connection, desk.left(), stamp)
    if ready:
        _remember(connection, ready)
    sets = tuple((t.packet.replica, t.number) for t in ready if t.number is not None)
    return Taken(sets, sum(len(t.changes) for t in ready), tuple(desk.held()))


def _takes(
    connection: Connection,
    tables: Mapping[str, Table],
    references: Sequence[Reference],
    some: list[Transaction],
) -> bool:
    """Write some transactions, unless the tables do not take what is in them."""
    connection.execute("SAVEPOINT taking")
    try:
        with resting(connection):
            _write(connection, tables, references, some)
    except _NOT_TAKEN:
        if not some:  # it lies with what is here
            raise
        connection.execute("ROLLBACK TO taking")
        return False
    finally:
        if connection.in_transaction:  # a full disk has rolled back all of it
            connection.execute("RELEASE taking")
    return True


def _culprit(
    connection: Connection,
    tables: Mapping[str, Table],
    references: Sequence[Reference],
    ready: list[Transaction],
) -> tuple[str, int]:
    """The first transaction that the tables do not take after those before it."""
    good, bad = 0, len(ready)
    while bad - good > 1:
        middle = (good + bad) // 2
        connection.execute("SAVEPOINT trying")
        taken = _takes(connection, tables, references, ready[:middle])
        connection.execute("ROLLBACK TO trying")
        connection.execute("RELEASE trying")
        good, bad = (middle, bad) if taken else (good, middle)
    packet = ready[bad - 1].packet
    return packet.replica, packet.after


def _forked() -> Forked:
    return Forked(
        _("Another copy of this file has gone on under the same name."),
        title=_("Two files with one name"),
        hint=_("Write something in this file, so that it gets a name of its own; then try again."),
    )


def _waiting(connection: Connection) -> list[Packet]:
    rows = connection.execute("SELECT replica, after, until, version, body FROM waiting")
    return [Packet._make(row) for row in rows]


def _keep_waiting(connection: Connection, packets: Iterable[Packet], stamp: str) -> None:
    """Those that wait are kept here, so that nothing has to be asked for twice."""
    there = {(packet.replica, packet.after): packet for packet in _waiting(connection)}
    left = {(packet.replica, packet.after): packet for packet in packets}
    gone = [key for key, packet in there.items() if left.get(key) != packet]
    connection.executemany("DELETE FROM waiting WHERE replica = ? AND after = ?", sorted(gone))
    connection.executemany(
        "INSERT INTO waiting (replica, after, until, version, body, arrived_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [(*packet, stamp) for key, packet in sorted(left.items()) if there.get(key) != packet],
    )


def _write(
    connection: Connection,
    tables: Mapping[str, Table],
    references: Sequence[Reference],
    ready: Sequence[Transaction],
) -> None:
    """Write journal and rows."""
    by_table: dict[str, dict[str, list[Entry]]] = {}
    for transaction in ready:
        replica, number = transaction.packet.replica, transaction.number
        for change in transaction.changes:
            entry = change.entry(replica, number)
            by_table.setdefault(entry.kind, {}).setdefault(entry.row_id, []).append(entry)
    known = {
        name: _known(connection, name, rows) for name, rows in by_table.items() if name in tables
    }
    _write_journal(connection, ready)
    passed("sync.journal")
    before = alive.let_go(connection, tables)
    changed: dict[Place, Row] = {}
    # In the order of the schema: the words by which a visit is found have its organisation's.
    for table in tables.values():
        rows = by_table.get(table.name)
        if rows:
            for row_id, row in _put(connection, table, rows, known[table.name]).items():
                changed[table.name, row_id] = row
    alive.keep(connection, references, changed, before)
    passed("sync.rows")
    _note_disputes(connection, tables, changed)


def _known(connection: Connection, kind: str, rows: Iterable[str]) -> set[str]:
    """Those of which the journal knows already."""
    found: set[str] = set()
    for some in in_parts(rows):
        marks = ", ".join("?" * len(some))
        found.update(
            row_id
            for (row_id,) in connection.execute(
                f"SELECT DISTINCT row_id FROM change WHERE row_id IN ({marks}) AND kind = ?",
                (*some, kind),
            )
        )
    return found


def _write_journal(connection: Connection, ready: Sequence[Transaction]) -> None:
    connection.executemany(
        f"INSERT INTO change_set ({_SET_FIELDS}) VALUES ({_marks(ChangeSetRow._fields[1:])})",
        [t.made[1:] for t in ready if t.made is not None],
    )
    connection.executemany(
        "INSERT INTO change (replica, change_set, sequence, clock, schema_version, kind, row_id,"
        " verb, old, new, heard) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((t.packet.replica, t.number, *change) for t in ready for change in t.changes),
    )


def _put(
    connection: Connection, table: Table, rows: Mapping[str, list[Entry]], known: set[str]
) -> dict[str, Row]:
    """Bring the rows of a table to what their changes say."""
    form = shape(connection, table)
    found: dict[str, Row] = {}
    for row_id, entries in rows.items():
        if row_id not in known:
            entries.sort(key=lambda entry: (entry.clock, entry.replica, entry.sequence))
            row: Row | None = None
            for entry in entries:
                row = applied(row, entry, form)
            found[row_id] = row or Row(False, {})
    names = [table.key, *(column.name for column in table.columns)]
    columns = ", ".join(map(quoted, names))
    fresh = [
        (row_id, *(row.cells[name] for name in names[1:]))
        for row_id, row in found.items()
        if row.live
    ]
    usual, unusual = _by_text(fresh)
    connection.executemany(
        f"INSERT INTO {quoted(table.name)} ({columns}) VALUES ({_marks(names)})", usual
    )
    for row_id, *_cells in unusual:
        put(connection, table, row_id, found[row_id])
    for row_id, row in project(connection, table, known).items():
        put(connection, table, row_id, row)
        found[row_id] = row
    return found


def _by_text(rows: list[tuple[Any, ...]]) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """Rows whose texts SQLite can be given as they are, and those with bytes that are no text."""
    usual: list[tuple[Any, ...]] = []
    unusual: list[tuple[Any, ...]] = []
    for row in rows:
        whole = "".join([value for value in row if isinstance(value, str)])
        (usual if is_utf8(whole) else unusual).append(row)
    return usual, unusual


def _note_disputes(
    connection: Connection, tables: Mapping[str, Table], changed: Mapping[Place, Row]
) -> None:
    """Note the rows about which laptops may differ, so that they are found without reading all."""
    mixed: dict[str, list[str]] = {}
    for (kind, row_id), row in changed.items():
        if row.by == MIXED:
            mixed.setdefault(kind, []).append(row_id)
    knowledge = Knowledge(connection)
    for kind, ids in mixed.items():
        connection.executemany(
            "DELETE FROM disputed_row WHERE kind = ? AND row_id = ?", [(kind, i) for i in ids]
        )
        found = {one.row_id for one in disputes_of(connection, tables[kind], ids, knowledge)}
        connection.executemany(
            "INSERT INTO disputed_row (kind, row_id) VALUES (?, ?)", [(kind, i) for i in found]
        )


def _remember(connection: Connection, ready: Sequence[Transaction]) -> None:
    """What the next change of ours knows, and that it is later than all of this."""
    (text,) = connection.execute("SELECT heard FROM journal_state").fetchone()
    heard = heard_of(text)
    for transaction in ready:
        for change in transaction.changes[-1:]:
            replica = transaction.packet.replica
            heard[replica] = max(heard.get(replica, 0), change.sequence)
    connection.execute(
        "UPDATE journal_state SET clock = max(clock, ?), heard = ?",
        (max(t.clock for t in ready), heard_text(heard)),
    )


def _marks(names: Sequence[str]) -> str:
    return ", ".join("?" * len(names))
