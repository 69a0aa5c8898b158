"""Reads the journal as a history: who wrote what, newest first, of everything or of some rows.

Entries are found first, as places of a few numbers each, and read some at a time: a history of
any length costs one scan and what is looked at.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Final, NamedTuple

from socius_tui.domain.history import Place
from socius_tui.domain.moments import from_milliseconds, milliseconds
from socius_tui.store.driver import Connection
from socius_tui.store.journal.projection import (
    ENTRY_COLUMNS,
    Entry,
    present_rows,
    project,
)
from socius_tui.store.journal.sets import SET_COLUMNS, ChangeSetRow
from socius_tui.store.journal.triggers import described
from socius_tui.store.journal.values import Value, decoded
from socius_tui.store.where import Where

_RUN_MS: Final = 60_000  # changes of another program this near to each other are one entry

_Tree = Mapping[tuple[str, str], "_Tree"]

#: What belongs to a subject: table and the column that points at it, with what belongs to that.
_VISIT: Final[_Tree] = {
    ("visit_met", "visit_id"): {},
    ("visit_goal", "visit_id"): {},
    ("visit_need", "visit_id"): {},
    ("follow_up", "visit_id"): {},
}
_BELOW: Final[Mapping[str, _Tree]] = {
    "goal": {
        ("narrative", "goal_id"): {},
        ("follow_up", "goal_id"): {},
        ("indicator", "goal_id"): {},
        ("late_change", "goal_id"): {},
    },
    "indicator": {
        ("target", "indicator_id"): {},
        ("measurement", "indicator_id"): {},
        ("follow_up", "indicator_id"): {},
        ("late_change", "indicator_id"): {},
    },
    "organisation": {
        ("organisation_contact", "organisation_id"): {},
        ("visit", "organisation_id"): _VISIT,
    },
    "visit": _VISIT,
}
SUBJECTS: Final = tuple(_BELOW)


class Known(NamedTuple):
    """A row as it is, or was before it went; `live` when it is in the file and in use."""

    cells: Mapping[str, Value]
    live: bool


# Where entries are


def places(
    connection: Connection,
    *,
    actor: str | None = None,
    since: str | None = None,
    before: str | None = None,
    kinds: Collection[str] | None = None,
    rows: Collection[str] | None = None,
) -> list[Place]:
    """Where the entries of the history are, newest first; None means: all.

    `since` and `before` are moments as they are stored; `kinds` are tables, `rows` ids: of the
    entries that changed one of those.
    """
    where = Where("1")
    where.add("actor = ?", actor).add("made_at >= ?", since).add("made_at < ?", before)
    if kinds is not None or rows is not None:
        touching = Where("1")
        touching.add("kind IN (SELECT value FROM json_each(?))", _listed(kinds))
        touching.add("row_id IN (SELECT value FROM json_each(?))", _listed(rows))
        where.add_all(
            f"(replica, number) IN (SELECT replica, change_set FROM change WHERE {touching})",
            touching.values,
        )
    found = [
        Place(*row)
        for row in connection.execute(
            "SELECT clock, replica, first_sequence, last_sequence, number FROM change_set"
            f" WHERE {where} ORDER BY clock DESC, seq DESC",
            where.values,
        )
    ]
    if actor is None:
        runs = _runs(connection, kinds, rows)
        between = (_milliseconds(since), _milliseconds(before))
        found += [place for place in runs if _is_between(place, *between)]
        found.sort(key=lambda place: place.clock, reverse=True)
    return found


def _runs(
    connection: Connection, kinds: Collection[str] | None, rows: Collection[str] | None
) -> Iterator[Place]:
    """What other programs wrote: changes without a set, those that followed at once together."""
    run: Place | None = None
    fits = False
    for clock, replica, sequence, kind, row_id in connection.execute(
        "SELECT clock, replica, sequence, kind, row_id FROM change WHERE change_set IS NULL"
        " ORDER BY replica, sequence"
    ):
        follows = (
            run is not None
            and (run.replica, run.last + 1) == (replica, sequence)
            and (clock - run.clock) >> 16 < _RUN_MS
        )
        if run is not None and not follows and fits:
            yield run
        if run is None or not follows:
            run, fits = Place(clock, replica, sequence, sequence, None), False
        run = run._replace(clock=clock, last=sequence)
        fits = fits or ((kinds is None or kind in kinds) and (rows is None or row_id in rows))
    if run is not None and fits:
        yield run


def _is_between(place: Place, since: int | None, before: int | None) -> bool:
    moment = place.clock >> 16
    return (since is None or moment >= since) and (before is None or moment < before)


def _milliseconds(moment: str | None) -> int | None:
    return None if moment is None else milliseconds(datetime.fromisoformat(moment))


# What is there


def sets_at(connection: Connection, wanted: Iterable[Place]) -> dict[Place, ChangeSetRow]:
    """The change sets at these places; those of other programs have none."""
    found = {}
    for place in wanted:
        row = connection.execute(
            f"SELECT {SET_COLUMNS} FROM change_set WHERE replica = ? AND number = ?",
            (place.replica, place.number),
        ).fetchone()
        if row is not None:
            found[place] = ChangeSetRow(*row)
    return found


def changes_at(
    connection: Connection, place: Place, rows: Collection[str] | None = None, *, limit: int = -1
) -> list[Entry]:
    """The changes of one entry in the order of writing; of all rows, or of these."""
    where = Where("1").add("row_id IN (SELECT value FROM json_each(?))", _listed(rows))
    found = connection.execute(
        f"SELECT {ENTRY_COLUMNS} FROM change WHERE replica = ? AND sequence BETWEEN ? AND ?"
        f" AND change_set IS ? AND {where} ORDER BY sequence LIMIT ?",
        (place.replica, place.first, place.last, place.number, *where.values, limit),
    )
    return [Entry(*row) for row in found]


def taken_back(connection: Connection) -> set[str]:
    """The sets that are undone now: a later one undid them, and was not undone itself."""
    undone: set[str] = set()
    for replica, number, undoes in connection.execute(
        "SELECT replica, number, undoes FROM change_set WHERE undoes IS NOT NULL"
        " ORDER BY clock DESC, seq DESC"
    ):
        if f"{replica}:{number}" not in undone:
            undone.add(undoes)
    return undone


# Rows, those that are gone too


def rows_of(connection: Connection, subject: str, identifier: str) -> list[str]:
    """The ids of a subject and of all that belongs to it, also of what was removed."""
    removed: list[tuple[str, str, Mapping[str, Value]]] = []
    for name, row_id, cells in connection.execute(
        "SELECT kind, row_id, old FROM change WHERE verb = 'D'"
    ):
        with suppress(ValueError):  # damaged: it cannot be said what it belonged to
            removed.append((name, row_id, decoded(cells)))

    def below(tree: _Tree, owners: list[str]) -> Iterator[str]:
        for (table, column), deeper in tree.items():
            ids = [
                row_id
                for (row_id,) in connection.execute(
                    f"SELECT id FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))",
                    (_listed(owners),),
                )
            ]
            ids += [
                i for name, i, cells in removed if name == table and cells.get(column) in owners
            ]
            yield from ids
            if deeper and ids:
                yield from below(deeper, ids)

    return list(dict.fromkeys([identifier, *below(_BELOW[subject], [identifier])]))


def known_rows(
    connection: Connection, wanted: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], Known]:
    """Rows by table and id, as they are; what is gone as the journal had it last.

    What neither has is left out, and so are tables that are not there any more.
    """
    by_table: dict[str, list[str]] = {}
    for kind, identifier in wanted:
        by_table.setdefault(kind, []).append(identifier)
    found: dict[tuple[str, str], Known] = {}
    for kind, ids in by_table.items():
        table = described(connection, kind)
        if not table.key:
            continue
        for identifier, cells in present_rows(connection, table, ids):
            found[kind, identifier] = Known(cells, cells.get("retired_at") is None)
        gone = [identifier for identifier in ids if (kind, identifier) not in found]
        if gone:
            with suppress(ValueError):  # damaged: it has no name any more
                for identifier, row in project(connection, table, gone).items():
                    found[kind, identifier] = Known(row.cells, False)
    return found


def ids_of(connection: Connection, kinds: Collection[str]) -> list[tuple[str, str]]:
    """All rows that ever were in some tables, as table and id."""
    return connection.execute(
        "SELECT DISTINCT kind, row_id FROM change WHERE kind IN (SELECT value FROM json_each(?))"
        " AND verb = 'I' ORDER BY kind, row_id",
        (_listed(kinds),),
    ).fetchall()


def last_change(connection: Connection) -> datetime | None:
    """The moment (UTC) of the last change in the file, by the journal's clock."""
    clock = connection.execute("SELECT max(clock) FROM change").fetchone()[0]
    return None if clock is None else from_milliseconds(int(clock) // 65536)


def people_in(connection: Connection) -> list[tuple[str, str]]:
    """Everybody who did something, as id and name; those who left the staff too."""
    actors = connection.execute(
        "SELECT DISTINCT actor FROM change_set WHERE actor IS NOT NULL"
    ).fetchall()
    found = known_rows(connection, [("person", actor) for (actor,) in actors])
    return sorted((i, str(row.cells["name"])) for (_kind, i), row in found.items())


def _listed(texts: Iterable[str] | None) -> str | None:
    return None if texts is None else json.dumps(sorted(texts))
