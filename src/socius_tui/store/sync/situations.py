"""Finds states that no laptop would have let come to be, and two laptops together can.

Each follows from the rows as they are (and from who knew what), so it goes away by itself when
somebody puts it right, and every laptop finds the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from socius_tui.domain.closing import KINDS
from socius_tui.store.driver import Connection
from socius_tui.store.journal.knowing import Knowledge, reached

Finder = Callable[[Connection, Knowledge], "Iterator[Situation]"]


class Situation(NamedTuple):
    """Rows that do not go together: `rule` says how, `rows` are tables and keys in order."""

    rule: str
    rows: tuple[tuple[str, str], ...]

    @property
    def subject(self) -> str:
        """What it is about, the same on every laptop."""
        return "/".join(f"{kind}:{row_id}" for kind, row_id in self.rows)


def situations(connection: Connection) -> Iterator[Situation]:
    """All there are; none in a file in which one laptop alone has written."""
    if len(reached(connection)) < 2:
        return
    knowledge = Knowledge(connection)
    for find in _FINDERS:
        yield from find(connection, knowledge)


def _overlaps(connection: Connection, _knowledge: Knowledge) -> Iterator[Situation]:
    """Two contact persons of one work type on one day."""
    rows = connection.execute(
        "SELECT a.id, b.id FROM assignment a JOIN assignment b"
        " ON b.work_type_id = a.work_type_id AND b.id > a.id AND b.retired_at IS NULL"
        " AND (b.ends_on IS NULL OR a.starts_on <= b.ends_on)"
        " AND (a.ends_on IS NULL OR b.starts_on <= a.ends_on)"
        " WHERE a.retired_at IS NULL ORDER BY a.id, b.id"
    )
    for one, other in rows.fetchall():
        yield Situation("overlap", (("assignment", one), ("assignment", other)))


def _twice(connection: Connection, _knowledge: Knowledge) -> Iterator[Situation]:
    """One organisation entered on two laptops: the same number, or name and municipality."""
    rows = connection.execute(
        "SELECT a.id, b.id FROM organisation a JOIN organisation b ON b.id > a.id"
        " AND b.retired_at IS NULL AND a.enterprise_number = b.enterprise_number"
        " WHERE a.retired_at IS NULL AND a.enterprise_number <> ''"
        " UNION SELECT a.id, b.id FROM organisation a JOIN organisation b"
        " ON b.name = a.name COLLATE NOCASE AND b.id > a.id AND b.retired_at IS NULL"
        " AND (a.enterprise_number = '' OR b.enterprise_number = '')"
        " AND (a.municipality = '' OR b.municipality = ''"
        "  OR a.municipality = b.municipality COLLATE NOCASE)"
        " WHERE a.retired_at IS NULL ORDER BY 1, 2"
    )
    for one, other in rows.fetchall():
        yield Situation("twice", (("organisation", one), ("organisation", other)))


def _codes(connection: Connection, _knowledge: Knowledge) -> Iterator[Situation]:
    """Two goals, or two indicators, of one plan with one code."""
    for table, plan in (
        ("goal", "a.plan_id = b.plan_id"),
        (
            "indicator",
            "(SELECT plan_id FROM goal WHERE id = a.goal_id)"
            " = (SELECT plan_id FROM goal WHERE id = b.goal_id)",
        ),
    ):
        rows = connection.execute(
            f"SELECT a.id, b.id FROM {table} a JOIN {table} b"
            f" ON b.code = a.code AND b.id > a.id AND b.retired_at IS NULL AND {plan}"
            " WHERE a.retired_at IS NULL ORDER BY 1, 2"
        )
        for one, other in rows.fetchall():
            yield Situation("code", ((table, one), (table, other)))


def _circles(connection: Connection, _knowledge: Knowledge) -> Iterator[Situation]:
    """Goals that stand below each other, so that none of them hangs in the plan."""
    rows = connection.execute(
        "WITH above (id, at) AS (SELECT id, parent_id FROM goal WHERE parent_id IS NOT NULL"
        "  AND retired_at IS NULL UNION SELECT a.id, g.parent_id FROM above a"
        "  JOIN goal g ON g.id = a.at WHERE g.parent_id IS NOT NULL)"
        " SELECT id FROM above WHERE at = id ORDER BY id"
    ).fetchall()
    if rows:
        yield Situation("circle", tuple(("goal", identifier) for (identifier,) in rows))


def _kept(connection: Connection, _knowledge: Knowledge) -> Iterator[Situation]:
    """Rows that one laptop took away while another hung something on them."""
    for place in connection.execute("SELECT kind, row_id FROM kept_row ORDER BY kind, row_id"):
        yield Situation("kept", (place,))


#: What belongs to something that can be taken out of use: table, column, and what it points at.
_BELONGING: Final = (
    ("follow_up", "visit_id", "visit"),
    ("visit", "organisation_id", "organisation"),
    ("goal", "parent_id", "goal"),
    ("indicator", "goal_id", "goal"),
    ("measurement", "indicator_id", "indicator"),
    ("target", "indicator_id", "indicator"),
    ("narrative", "goal_id", "goal"),
)


def _orphans(connection: Connection, knowledge: Knowledge) -> Iterator[Situation]:
    """What was made for something that another laptop had taken out of use, or just then did."""
    # From the few that are out of use, by CROSS JOIN: SQLite would begin with the whole journal.
    for table, column, target in _BELONGING:
        rows = connection.execute(
            "SELECT p.id, c.id, e.replica, e.sequence, r.replica, r.sequence"
            f" FROM {target} p CROSS JOIN {table} c ON c.{column} = p.id AND c.retired_at IS NULL"
            " CROSS JOIN change r ON r.seq = (SELECT seq FROM change WHERE row_id = p.id"
            f"  AND kind = '{target}' AND json_extract(new, '$.retired_at') IS NOT NULL"
            "  ORDER BY clock DESC, replica DESC LIMIT 1)"
            f" CROSS JOIN change e ON e.row_id = c.id AND e.kind = '{table}' AND e.verb = 'I'"
            "  AND e.replica <> r.replica"
            " WHERE p.retired_at IS NOT NULL ORDER BY p.id, c.id"
        ).fetchall()
        for parent, child, made_by, made, out_by, out in rows:
            knew = knowledge.known(made_by, made, out_by) >= out
            known = knowledge.known(out_by, out, made_by) >= made
            if not knew and not known:
                yield Situation("orphan", ((table, child), (target, parent)))


def _late(connection: Connection, knowledge: Knowledge) -> Iterator[Situation]:
    """What was changed in a closed period by who did not know that, unknown to who closed it."""
    locks = connection.execute(
        "SELECT l.id, l.starts_on, l.ends_on, c.replica, c.sequence FROM period_lock l"
        " CROSS JOIN change c ON c.row_id = l.id AND c.kind = 'period_lock' AND c.verb = 'I'"
        " WHERE l.retired_at IS NULL AND l.unlocked_at IS NULL ORDER BY l.starts_on, l.id"
    ).fetchall()
    for lock, start, end, replica, sequence in locks:
        for other, last in sorted(reached(connection).items()):
            if other == replica:
                continue
            since = knowledge.known(replica, sequence, other)
            before = knowledge.first_knowing(other, replica, sequence)
            until = last if before is None else before - 1
            if since < until:
                for place in _inside(connection, other, since, until, start, end):
                    yield Situation("late", (place, ("period_lock", lock)))


_DAYS: Final = {
    "measurement": "(SELECT observed_on FROM measurement WHERE id = c.row_id)",
    "visit": "(SELECT visited_on FROM visit WHERE id = c.row_id)",
    "target": "(SELECT period_end FROM target WHERE id = c.row_id)",
    "narrative": "(SELECT period_end FROM narrative WHERE id = c.row_id)",
}


def _inside(
    connection: Connection, replica: str, since: int, until: int, start: str, end: str
) -> list[tuple[str, str]]:
    """The rows that a replica changed between two places and that lie in a period."""
    day = " ".join(f"WHEN '{kind}' THEN {sql}" for kind, sql in _DAYS.items() if kind in KINDS)
    rows = connection.execute(
        "SELECT DISTINCT kind, row_id FROM (SELECT c.kind, c.row_id,"
        f" CASE c.kind {day} END AS day FROM change c"
        " WHERE c.replica = ? AND c.sequence > ? AND c.sequence <= ?)"
        " WHERE day BETWEEN ? AND ? ORDER BY kind, row_id",
        (replica, since, until, start, end),
    )
    return [(kind, row_id) for kind, row_id in rows]


_FINDERS: Final[tuple[Finder, ...]] = (
    _overlaps, _twice, _codes, _circles, _kept, _orphans, _late,
)  # fmt: skip
