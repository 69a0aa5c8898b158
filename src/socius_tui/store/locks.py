"""Reads closed periods and what was changed inside them afterwards."""

from __future__ import annotations

from datetime import date

from socius_tui.domain.closing import LateChange, PeriodLock
from socius_tui.domain.model import Period
from socius_tui.store.driver import Connection

_SELECT = (
    "SELECT l.id, l.starts_on, l.ends_on, coalesce(c.name, ''), l.locked_at, l.note,"
    " coalesce(u.name, ''), l.unlocked_at, l.unlock_reason"
    " FROM period_lock l LEFT JOIN person c ON c.id = l.locked_by"
    " LEFT JOIN person u ON u.id = l.unlocked_by WHERE l.retired_at IS NULL"
)


def any_closed(connection: Connection) -> bool:
    """Whether any period is closed: what every write asks."""
    return (
        connection.execute(
            "SELECT 1 FROM period_lock WHERE unlocked_at IS NULL AND retired_at IS NULL LIMIT 1"
        ).fetchone()
        is not None
    )


def closed_periods(connection: Connection) -> list[PeriodLock]:
    """The periods that are closed now, the first one first; late changes are not counted."""
    return _locks(connection, " AND l.unlocked_at IS NULL ORDER BY l.starts_on, l.id")


def period_locks(connection: Connection) -> list[PeriodLock]:
    """All periods that were ever closed, those reopened since too; the last one first."""
    counts = dict(
        connection.execute(
            "SELECT period_lock_id, count(*) FROM late_change WHERE retired_at IS NULL GROUP BY 1"
        ).fetchall()
    )
    return [
        lock._replace(late_changes=counts.get(lock.id, 0))
        for lock in _locks(connection, " ORDER BY l.starts_on DESC, l.locked_at DESC, l.id")
    ]


def _locks(connection: Connection, rest: str) -> list[PeriodLock]:
    return [
        PeriodLock(row[0], _period(*row[1:3]), *row[3:])
        for row in connection.execute(_SELECT + rest)
    ]


def late_changes(connection: Connection, plan_id: str, as_of: date) -> list[LateChange]:
    """What was changed after closing, in periods of a plan begun by a day; the last one first.

    A period that was reopened since keeps its marks: what was reported is still not what it was.
    """
    rows = connection.execute(
        "SELECT x.id, x.period_lock_id, l.starts_on, l.ends_on, x.kind, x.row_id, x.indicator_id,"
        " x.goal_id, x.reason, coalesce(p.name, ''), x.changed_at,"
        " coalesce(v.visit_id, f.visit_id, CASE x.kind WHEN 'visit' THEN x.row_id END)"
        " FROM late_change x JOIN period_lock l ON l.id = x.period_lock_id"
        " LEFT JOIN person p ON p.id = x.changed_by"
        " LEFT JOIN visit_goal v ON x.kind = 'visit_goal' AND v.id = x.row_id"
        " LEFT JOIN follow_up f ON x.kind = 'follow_up' AND f.id = x.row_id"
        " WHERE x.retired_at IS NULL AND l.retired_at IS NULL"
        " AND l.plan_id = ? AND l.starts_on <= ?"
        " ORDER BY x.changed_at DESC, x.id",
        (plan_id, as_of.isoformat()),
    ).fetchall()
    goals: dict[str, set[str]] = {}
    for visit_id in {row[11] for row in rows} - {None}:
        linked = connection.execute(
            "SELECT goal_id FROM visit_goal WHERE visit_id = ?", (visit_id,)
        )
        goals[visit_id] = {goal_id for (goal_id,) in linked}
    return [
        LateChange(
            id=row[0],
            lock_id=row[1],
            period=_period(row[2], row[3]),
            kind=row[4],
            row_id=row[5],
            visit_id=row[11] if row[11] and row[4] != "follow_up" else "",
            indicator_id=row[6],
            goal_ids=frozenset(goals.get(row[11], set()) | ({row[7]} - {None})),
            reason=row[8],
            changed_by=row[9],
            changed_at=row[10],
        )
        for row in rows
    ]


def _period(start: str, end: str) -> Period:
    return Period(date.fromisoformat(start), date.fromisoformat(end))
