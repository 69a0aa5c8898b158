"""The inverse of a change set: what each of its rows goes back to, and what stands in the way.

Later changes are never overwritten in silence. A column that holds something else than the set
left in it was changed later, which is for a person to decide. A row on which others hang cannot
go, and one whose own support is gone cannot come back, whatever is decided.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from socius_tui.domain.changes import Change
from socius_tui.store.driver import Connection
from socius_tui.store.journal.comparison import same
from socius_tui.store.journal.projection import (
    Entry,
    Row,
    applied,
    entries_of,
    present_rows,
    put,
)
from socius_tui.store.journal.references import Reference, references_between
from socius_tui.store.journal.sets import ChangeSetRow
from socius_tui.store.journal.shapes import shape
from socius_tui.store.journal.triggers import Table, journalled_tables, quoted

Place = tuple[str, str]  # a table and the key of a row


class Reversal(NamedTuple):
    """One row that a set touched: before it, as the set left it, as it is now.

    `later` are the changes of this row after those of the set.
    """

    table: Table
    row_id: str
    before: Row
    after: Row
    now: Row
    later: tuple[Entry, ...]

    @property
    def place(self) -> Place:
        """Its table and key."""
        return self.table.name, self.row_id

    @property
    def goes(self) -> bool:
        """Whether taking it back takes the row away."""
        return self.after.live and not self.before.live and self.now.live

    @property
    def comes(self) -> bool:
        """Whether taking it back brings the row back as a whole."""
        return self.before.live and not self.after.live

    @property
    def columns(self) -> list[str]:
        """The columns that would have to change for it."""
        wanted = (self.before if self.before.live else self.after).cells
        names: Iterable[str] = wanted
        if self.before.live and self.after.live:
            names = (n for n in wanted if not same(wanted[n], self.after.cells[n]))
        return [n for n in names if not (self.now.live and same(wanted[n], self.now.cells[n]))]

    @property
    def moved(self) -> list[str]:
        """The columns among them that no longer hold what the set left there."""
        if not self.now.live:
            return []
        if self.goes:
            return self.columns
        return [
            name
            for name in self.columns
            if self.comes or not same(self.after.cells[name], self.now.cells[name])
        ]

    @property
    def went(self) -> bool:
        """Whether the row was taken away later, where only columns are to go back."""
        return self.before.live and self.after.live and not self.now.live


class Tie(NamedTuple):
    """Why a row stays as it is: another uses it, or one that it needs is gone."""

    row: Reversal
    why: Literal["used", "gone"]
    other: Place


class Inverse(NamedTuple):
    """What is written to take a set back, and the places at which something is in the way.

    `left`: not all of it is taken back.
    """

    rows: tuple[tuple[Table, str, Row], ...]
    moved: tuple[Reversal, ...]
    ties: tuple[Tie, ...]
    left: bool


def reversals(connection: Connection, done: ChangeSetRow) -> list[Reversal]:
    """Every row that a set touched, the last one first. Raises ValueError for a damaged journal."""
    places: list[Place] = connection.execute(
        "SELECT kind, row_id FROM change WHERE replica = ? AND sequence BETWEEN ? AND ?"
        " ORDER BY sequence",
        (done.replica, done.first_sequence, done.last_sequence),
    ).fetchall()
    touched: dict[str, list[str]] = defaultdict(list)
    for kind, row_id in dict.fromkeys(places):
        touched[kind].append(row_id)
    found = {
        reversal.place: reversal
        for table in journalled_tables(connection)
        if table.name in touched
        for reversal in _of_table(connection, done, table, touched[table.name])
    }
    return [found[place] for place in reversed(dict.fromkeys(places)) if place in found]


def _of_table(
    connection: Connection, done: ChangeSetRow, table: Table, wanted: list[str]
) -> Iterator[Reversal]:
    form = shape(connection, table)
    empty = form.empty
    entries: dict[str, list[Entry]] = {row_id: [] for row_id in wanted}
    for entry in entries_of(connection, table.name, wanted):
        entries[entry.row_id].append(entry)
    there = dict(present_rows(connection, table, wanted))
    for row_id in wanted:
        state: Row | None = None
        before = after = Row(False, dict(empty))
        later: list[Entry] = []
        seen = False
        for entry in entries[row_id]:
            ours = (
                entry.replica == done.replica
                and done.first_sequence <= entry.sequence <= done.last_sequence
            )
            if ours and not seen:
                before, seen = state or before, True
            state = applied(state, entry, form)
            if ours:
                after, later = state, []
            elif seen:
                later.append(entry)
        cells = there.get(row_id)
        now = Row(False, state.cells if state else empty) if cells is None else Row(True, cells)
        yield Reversal(table, row_id, before, after, now, tuple(later))


def inverse(connection: Connection, rows: Sequence[Reversal], *, keep_later: bool) -> Inverse:
    """How to take back the set that touched these rows, the last one first.

    With `keep_later`, what was changed later stays as it is; and a row that stays keeps those
    that it belongs together with, a visit its goals and promises.
    """
    references = references_between(journalled_tables(connection), connection)
    moved = tuple(row for row in rows if row.moved or row.went)
    stay = {row.place for row in moved if keep_later and (row.goes or row.comes)}
    stay = _together(rows, references, stay)
    ties: dict[Place, Tie] = {}
    while True:
        targets = {row.place: _target(row, keep_later) for row in rows if row.place not in stay}
        found = {tie.row.place: tie for tie in _ties(connection, rows, references, targets)}
        if not found:
            break
        ties.update(found)
        stay = _together(rows, references, stay | found.keys())
    written = [
        (row.table, row.row_id, target)
        for row in rows
        if (target := targets.get(row.place)) is not None
    ]
    left = bool(ties or (moved and keep_later))
    return Inverse(tuple(written), moved, tuple(ties.values()), left)


def _target(row: Reversal, keep_later: bool) -> Row | None:
    """What a row is to become; None leaves it."""
    if row.goes:
        return Row(False, row.now.cells)
    if not row.before.live or (row.went and keep_later):
        return None
    left = row.moved if keep_later else []
    names = [name for name in row.columns if name not in left]
    if not names and row.now.live:
        return None
    return Row(True, {**row.now.cells, **{name: row.before.cells[name] for name in names}})


def apply(connection: Connection, back: Inverse) -> list[Change]:
    """Write it, inside a transaction; gives what was touched."""
    connection.execute("PRAGMA defer_foreign_keys = ON")
    changes = []
    for table, row_id, row in back.rows:
        there = _exists(connection, table, row_id)
        put(connection, table, row_id, row)
        verb = "removed" if not row.live else "changed" if there else "added"
        changes.append(Change(table.name, row_id, verb))
    return changes


def _ties(
    connection: Connection,
    rows: Sequence[Reversal],
    references: list[Reference],
    targets: Mapping[Place, Row | None],
) -> Iterator[Tie]:
    """Rows that others hang on, and rows whose support is gone."""
    for row in rows:
        target = targets.get(row.place)
        if target is None:
            continue
        if not target.live:
            other = _user(connection, row, references, targets)
            if other is not None:
                yield Tie(row, "used", other)
            continue
        for table, column, to in references:
            value = target.cells.get(column)
            if table.name != row.table.name or value is None:
                continue
            if row.now.live and same(value, row.now.cells[column]):
                continue
            support = targets.get((to.name, str(value)))
            if not (support.live if support else _exists(connection, to, str(value))):
                yield Tie(row, "gone", (to.name, str(value)))
                break


def _user(
    connection: Connection,
    row: Reversal,
    references: list[Reference],
    targets: Mapping[Place, Row | None],
) -> Place | None:
    """A row that refers to this one and goes on doing so."""
    for table, column, to in references:
        if to.name != row.table.name:
            continue
        for (key,) in connection.execute(
            f"SELECT {quoted(table.key)} FROM {quoted(table.name)} WHERE {quoted(column)} = ?",
            (row.row_id,),
        ):
            target = targets.get((table.name, key))
            if target is None or (target.live and target.cells[column] == row.row_id):
                return table.name, key
    if row.table.name == "person":
        made = connection.execute(
            "SELECT replica, number FROM change_set WHERE actor = ? LIMIT 1", (row.row_id,)
        ).fetchone()
        if made is not None:
            return "change_set", f"{made[0]}:{made[1]}"
    return None


def _together(
    rows: Sequence[Reversal], references: list[Reference], stay: set[Place]
) -> set[Place]:
    """With the rows that stay also those of the set that came with them, or refer to them."""
    whole = [row for row in rows if row.goes or row.comes]
    places = {row.place for row in whole}
    links = []
    for row in whole:
        cells = row.now.cells if row.now.live else row.before.cells
        for reference in references:
            if reference.table.name == row.table.name:
                other = (reference.to.name, str(cells[reference.column]))
                if other in places:
                    links.append((row.place, other))
    found = set(stay)
    while True:
        more = {place for link in links if not found.isdisjoint(link) for place in link}
        if more <= found:
            return found
        found |= more


def _exists(connection: Connection, table: Table, row_id: str) -> bool:
    return (
        connection.execute(
            f"SELECT 1 FROM {quoted(table.name)} WHERE {quoted(table.key)} = ?", (row_id,)
        ).fetchone()
        is not None
    )
