"""Holds the journal against the rows and against itself.

Each row is kept twice, as it is and as a history, and the history has its own bookkeeping:
numbers without gaps, a clock that goes forward by one inside a change set, a digest on each set.
So a bit that fell over anywhere in them disagrees with something.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from socius_tui.domain.moments import milliseconds, moment_from
from socius_tui.store.checks.facts import Fact, FactValue
from socius_tui.store.driver import SCHEMA_VERSION, Connection, Error
from socius_tui.store.journal import keeping
from socius_tui.store.journal.comparison import Difference, compared, histories
from socius_tui.store.journal.sets import SET_COLUMNS, ChangeSetRow
from socius_tui.store.journal.triggers import Table, journalled_tables, quoted
from socius_tui.store.journal.values import Value

#: The setting in which salvage says what it could not bring back.
LOST: Final = "salvaged"

_FIRST_VERSION: Final = 2  # of the file that had a journal


class Lost(NamedTuple):
    """What is known to be missing since a salvage: no news, and no reason to restore.

    Ranges are replica, first and last sequence (or number of the set), places replica and
    sequence.
    """

    entries: frozenset[tuple[str, int, int]] = frozenset()
    sets: frozenset[tuple[str, int, int]] = frozenset()
    broken: frozenset[tuple[str, int]] = frozenset()

    def stored(self) -> str:
        """As a setting keeps it."""
        return json.dumps({name: sorted(places) for name, places in self._asdict().items()})


def known_losses(connection: Connection) -> Lost:
    """What an earlier salvage could not bring back."""
    try:
        row = connection.execute("SELECT value FROM setting WHERE key = ?", (LOST,)).fetchone()
        kept: dict[str, Any] = json.loads(row[0]) if row else {}
        return Lost(*(frozenset(tuple(place) for place in kept.get(n, ())) for n in Lost._fields))
    except (ValueError, TypeError, AttributeError, Error):
        return Lost()


def rows(connection: Connection) -> Iterator[Fact]:
    """Rows that are not as the journal has them, and entries that do not fit those before."""
    tables = journalled_tables(connection)
    try:
        history = histories(connection, tables)
    except Error:
        yield Fact("table.unreadable", "change")
        return
    for table in tables:
        try:
            for difference in compared(connection, table, history.rows[table.name]):
                yield differing(difference)
        except Error:
            yield Fact("table.unreadable", table.name)
    known = known_losses(connection).broken
    for entry in history.broken:
        if (entry.replica, entry.sequence) not in known:
            yield Fact("journal.entry", entry.kind, str(entry.row_id), _place(*entry[3:5]))


def differing(difference: Difference) -> Fact:
    """A row that is not as the journal has it, as a fact."""
    kind, row_id, journal, file = difference
    if journal is None:
        return Fact("row.not_in_journal", kind, str(row_id))
    if file is None:
        return Fact("row.lost", kind, str(row_id))
    names = difference.columns
    return Fact(
        "row.differs",
        kind,
        str(row_id),
        {
            "columns": ", ".join(names),
            "file": _cells(file, names),
            "journal": _cells(journal, names),
        },
    )


def _cells(cells: dict[str, Value], names: list[str]) -> str:
    return ", ".join("–" if cells[name] is None else str(cells[name]) for name in names)


def _place(replica: str, first: int, last: int | None = None) -> dict[str, FactValue]:
    """Where it is in the journal, for people and for `losses`."""
    last = first if last is None else last
    shown = f"{replica}:{first}" if first == last else f"{replica}:{first}-{last}"
    return {"place": shown, "replica": replica, "first": first, "last": last}


def change_sets(connection: Connection) -> Iterator[Fact]:
    """Sets that are damaged or missing."""
    lost = known_losses(connection).sets
    last: dict[str, int] = {}
    for found in _sets(connection):
        before = last.get(found.replica, 0)
        if found.number != before + 1:
            missing = (found.replica, before + 1, found.number - 1)
            if missing not in lost:
                yield Fact("journal.no_set", values=_place(*missing))
        last[found.replica] = found.number
        if not found.is_whole and _itself(found) not in lost:
            yield Fact("journal.set", values=_place(found.replica, found.number))


def _itself(found: ChangeSetRow) -> tuple[str, int, int]:
    return found.replica, found.number, found.number


def _sets(connection: Connection) -> Iterator[ChangeSetRow]:
    rows = connection.execute(
        f"SELECT {SET_COLUMNS} FROM change_set NOT INDEXED ORDER BY replica, number"
    )
    return map(ChangeSetRow._make, rows)


def entries(connection: Connection) -> Iterator[Fact]:
    """Entries that are missing, or do not agree with the set they were written in."""
    lost = known_losses(connection)
    gone_sets = {(r, n) for r, first, last in lost.sets for n in range(first, last + 1)}
    sets: dict[tuple[str, int], ChangeSetRow] = {}
    for found in _sets(connection):
        if not found.is_whole:  # told already; its numbers can be anything
            gone_sets.add((found.replica, found.number))
            continue
        for number in range(found.first_sequence, found.last_sequence + 1):
            sets[found.replica, number] = found
    clocks = {clock for (clock,) in connection.execute("SELECT clock FROM change")}
    tables = {table.name for table in journalled_tables(connection)}
    replica, sequence, clock, version = "", 0, 0, _FIRST_VERSION
    for row in connection.execute(
        "SELECT replica, sequence, clock, schema_version, change_set, kind, row_id, verb"
        " FROM change NOT INDEXED ORDER BY replica, sequence"
    ):
        if row[0] != replica:
            replica, sequence, clock, version = row[0], 0, 0, _FIRST_VERSION
        missing = (replica, sequence + 1, row[1] - 1)
        if row[1] != sequence + 1 and missing not in lost.entries:
            yield Fact("journal.no_entry", values=_place(*missing))
        whole = (
            row[2] > clock
            and version <= row[3] <= SCHEMA_VERSION
            and (row[5] in tables or row[3] > SCHEMA_VERSION)
            and row[7] in ("I", "U", "D")
            and _fits_set(row, sets.get((replica, row[1])), clocks, gone_sets)
        )
        if not whole and (replica, row[1]) not in lost.broken:
            yield Fact("journal.entry", str(row[5]), str(row[6]), _place(replica, row[1]))
        sequence, clock, version = row[1], row[2], max(row[3], version)


def _fits_set(
    row: Any, found: ChangeSetRow | None, clocks: set[int], gone: set[tuple[str, int]]
) -> bool:
    """Whether set and clock of an entry are those of its change set.

    Inside a set the clock goes up by one; a change of another program has the computer's
    clock, or the one after some earlier change.
    """
    replica, sequence, clock, _version, number = row[:5]
    if found is not None:
        return bool(
            number == found.number
            and clock == found.clock - (found.last_sequence - sequence)
            and clock >= milliseconds(moment_from(found.made_at)) * 65536
        )
    if number is not None:
        return (replica, number) in gone
    return clock % 65536 == 0 or clock - 1 in clocks


def losses(connection: Connection, tables: Sequence[Table], own: str) -> Lost:
    """What is missing or does not fit in the journal of other replicas than `own`."""
    found: dict[str, set[tuple[str, int, int]]] = {}
    for fact in (*change_sets(connection), *entries(connection)):
        replica, first, last = (fact.values[name] for name in ("replica", "first", "last"))
        found.setdefault(fact.code, set()).add((str(replica), int(first or 0), int(last or 0)))
    broken = {(r, first) for r, first, _last in found.get("journal.entry", ())}
    broken |= {(e.replica, e.sequence) for e in histories(connection, tables).broken}
    sets = found.get("journal.no_set", set()) | found.get("journal.set", set())
    return Lost(
        frozenset(found.get("journal.no_entry", ())),
        frozenset(place for place in sets if place[0] != own),
        frozenset(place for place in broken if place[0] != own),
    )


def state(connection: Connection, *, sound: bool) -> Iterator[Fact]:
    """Whether the journal knows how far it is; `sound` when nothing is wrong with the schema."""
    found = connection.execute(
        "SELECT replica, sequence, clock, last_set, change_set, moment, applying FROM journal_state"
    ).fetchall()
    if len(found) != 1:
        yield Fact("journal.state", values={"columns": "*"})
        return
    replica, *counters = found[0]
    expected = list(counted_state(connection, replica))
    names = ("sequence", "clock", "last_set", "change_set", "moment", "applying")
    wrong = [
        name
        for name, value, wanted in zip(names, counters, (*expected, None, None, 0), strict=True)
        if value != wanted
    ]
    if sound and not keeping.is_whole(connection):
        wrong.append("fingerprint")
    if wrong:
        yield Fact("journal.state", values={"columns": ", ".join(wrong)})


def counted_state(connection: Connection, replica: str) -> tuple[int, int, int]:
    """Sequence, clock and last set as the journal itself has them."""
    sequence, clock, number = connection.execute(
        "SELECT coalesce((SELECT max(sequence) FROM change WHERE replica = ?1), 0),"
        " coalesce((SELECT max(clock) FROM change), 0),"
        " coalesce((SELECT max(number) FROM change_set WHERE replica = ?1), 0)",
        (replica,),
    ).fetchone()
    return sequence, clock, number


def counted(connection: Connection) -> tuple[int, int]:
    """How many rows are journalled and how many changes there are; 0 where that is unknown."""
    try:
        changes = connection.execute("SELECT count(*) FROM change").fetchone()[0]
        found = [
            connection.execute(f"SELECT count(*) FROM {quoted(table.name)}").fetchone()[0]
            for table in journalled_tables(connection)
        ]
    except Error:
        return 0, 0
    return sum(found), changes
