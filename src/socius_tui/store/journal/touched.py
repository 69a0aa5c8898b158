"""The rows that the change set which is being written has touched: as they were, as they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from socius_tui.store.driver import Connection
from socius_tui.store.journal.projection import defaults, present_rows
from socius_tui.store.journal.triggers import Table, described
from socius_tui.store.journal.values import Value, decoded

# The sets of a file follow one another, so this one begins where the last one ended.
_RUNNING = (
    "SELECT c.kind, c.row_id, c.verb, c.old FROM journal_state s JOIN change c"
    " ON c.replica = s.replica AND c.sequence > coalesce((SELECT last_sequence FROM change_set"
    " WHERE replica = s.replica AND number = s.change_set - 1), 0)"
    " WHERE c.change_set = s.change_set ORDER BY c.sequence DESC"
)


class Touched(NamedTuple):
    """A row before and after; None where it was not there, or no longer is."""

    kind: str
    row_id: str
    before: dict[str, Value] | None
    after: dict[str, Value] | None


def touched_rows(connection: Connection, kinds: Sequence[str]) -> list[Touched]:
    """What became of each row of these tables, in the order in which they were first touched.

    A link of a visit (`visit_goal`) carries the `visited_on` of its visit, then and now.
    """
    backwards: dict[tuple[str, str], list[tuple[str, str | None]]] = {}
    for kind, row_id, verb, old in connection.execute(_RUNNING):
        if kind in kinds:
            backwards.setdefault((kind, row_id), []).append((verb, old))
    tables = {kind: described(connection, kind) for kind in {kind for kind, _id in backwards}}
    found = [
        _restored(connection, tables[kind], row_id, entries)
        for (kind, row_id), entries in backwards.items()
    ]
    return [_with_day(connection, row, found) for row in reversed(found)]


def _restored(
    connection: Connection, table: Table, row_id: str, backwards: list[tuple[str, str | None]]
) -> Touched:
    """The row now, and what it was: its changes taken back, the last one first."""
    after = next((cells for _id, cells in present_rows(connection, table, [row_id])), None)
    before = after
    for verb, old in backwards:
        if verb == "I":
            before = None
        elif verb == "D":
            before = {**defaults(connection, table), **decoded(old)}
        else:
            before = {**(before or {}), **decoded(old)}
    return Touched(table.name, row_id, before, after)


def _with_day(connection: Connection, row: Touched, all_rows: list[Touched]) -> Touched:
    if row.kind != "visit_goal":
        return row
    visit_id = (row.after or row.before or {})["visit_id"]
    visit = next((v for v in all_rows if (v.kind, v.row_id) == ("visit", visit_id)), None)
    if visit is None:
        day = connection.execute("SELECT visited_on FROM visit WHERE id = ?", (visit_id,))
        then = now = next((found for (found,) in day), None)
    else:
        then, now = ((cells or {}).get("visited_on") for cells in (visit.before, visit.after))
    return row._replace(
        before=row.before and {**row.before, "visited_on": then},
        after=row.after and {**row.after, "visited_on": now},
    )
