"""The rows that the change set which is being written has touched: as they were, as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from socius_tui.store.driver import Connection
from socius_tui.store.journal.projection import in_parts
from socius_tui.store.journal.shapes import shape
from socius_tui.store.journal.triggers import described, quoted
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
    """What became of each row of these tables, table by table.

    A link of a visit (`visit_goal`) carries the `visited_on` of its visit, then and now.
    """
    backwards: dict[str, dict[str, list[tuple[str, str | None]]]] = {}
    for kind, row_id, verb, old in connection.execute(_RUNNING):
        if kind in kinds:
            backwards.setdefault(kind, {}).setdefault(row_id, []).append((verb, old))
    found = {kind: _of_table(connection, kind, rows) for kind, rows in backwards.items()}
    if links := found.get("visit_goal"):
        found["visit_goal"] = _with_days(connection, links, found.get("visit", []))
    return [row for rows in found.values() for row in rows]


def _of_table(
    connection: Connection, kind: str, rows: Mapping[str, Sequence[tuple[str, str | None]]]
) -> list[Touched]:
    """The rows of a table now, and what they were: their changes taken back, the last one first."""
    now = dict(_present(connection, kind, list(rows)))
    found = []
    for row_id, entries in rows.items():
        before = after = now.get(row_id)
        for verb, old in entries:
            if verb == "I":
                before = None
            elif verb == "U" and before is not None:
                before = {**before, **decoded(old)}
            else:
                before = {**_empty(connection, kind), **decoded(old)}
        found.append(Touched(kind, row_id, before, after))
    return found


def _present(
    connection: Connection, kind: str, ids: Sequence[str]
) -> Iterator[tuple[str, dict[str, Value]]]:
    """The rows in the file: every write asks, so without looking up what columns a table has."""
    for some in in_parts(ids):
        rows = connection.execute(
            f"SELECT * FROM {quoted(kind)} WHERE id IN ({', '.join('?' * len(some))})", some
        )
        names = [column[0] for column in rows.description]
        for row in rows:
            cells = dict(zip(names, row, strict=True))
            yield str(cells.pop("id")), cells


def _empty(connection: Connection, kind: str) -> dict[str, Value]:
    return shape(connection, described(connection, kind)).empty


def _with_days(
    connection: Connection, links: Sequence[Touched], visits: Sequence[Touched]
) -> list[Touched]:
    touched = {visit.row_id: visit for visit in visits}

    def day(cells: dict[str, Value] | None, when: str) -> dict[str, Value] | None:
        if cells is None:
            return None
        visit = touched.get(str(cells["visit_id"]))
        if visit is not None:
            then = (visit.before if when == "before" else visit.after) or {}
            return {**cells, "visited_on": then.get("visited_on")}
        row = connection.execute(
            "SELECT visited_on FROM visit WHERE id = ?", (cells["visit_id"],)
        ).fetchone()
        return {**cells, "visited_on": row and row[0]}

    return [
        link._replace(before=day(link.before, "before"), after=day(link.after, "after"))
        for link in links
    ]
