"""Reads what has a day in a calendar: planned visits, promises to keep, targets falling due."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from socius_tui.store.driver import Connection


class Appointment(NamedTuple):
    """A day in a calendar; `id` is the row, `recorded_at` the stored moment it was entered.

    For a target, which has no such moment, it is the start of its period.
    """

    id: str
    recorded_at: str
    day: date
    title: str
    detail: str


def planned_visits(connection: Connection, person_id: str | None) -> list[Appointment]:
    """Visits planned (by a person): the organisation, with the goals that it will be about."""
    return _appointments(
        connection,
        "SELECT v.id, v.recorded_at, v.visited_on, o.name,"
        " coalesce((SELECT group_concat(code, ', ') FROM (SELECT g.code FROM visit_goal vg"
        "  JOIN goal g ON g.id = vg.goal_id WHERE vg.visit_id = v.id AND vg.retired_at IS NULL"
        "  ORDER BY g.position, g.code)), '')"
        " FROM visit v JOIN organisation o ON o.id = v.organisation_id"
        " WHERE v.status = 'planned' AND v.retired_at IS NULL AND (?1 IS NULL OR v.visitor_id = ?1)"
        " ORDER BY v.visited_on, v.id",
        person_id,
    )


def open_follow_ups(connection: Connection, person_id: str | None) -> list[Appointment]:
    """What was promised before a day and is not done: what, with where it comes from."""
    return _appointments(
        connection,
        "SELECT f.id, f.recorded_at, f.due_on, f.what, coalesce(o.name, i.code, g.code, '')"
        " FROM follow_up f LEFT JOIN visit v ON v.id = f.visit_id"
        " LEFT JOIN organisation o ON o.id = v.organisation_id"
        " LEFT JOIN goal g ON g.id = f.goal_id LEFT JOIN indicator i ON i.id = f.indicator_id"
        " WHERE f.due_on IS NOT NULL AND f.done_on IS NULL AND f.retired_at IS NULL"
        " AND (?1 IS NULL OR f.owner_id = ?1) ORDER BY f.due_on, f.id",
        person_id,
    )


def targets_due(
    connection: Connection, person_id: str | None, plan_id: str, since: date
) -> list[Appointment]:
    """Targets of a plan whose period ends on a day or later: the indicator, with its target."""
    return _appointments(
        connection,
        "SELECT t.id, t.period_start || 'T00:00:00.000Z', t.period_end, i.code || ' ' || i.title,"
        " trim(t.value || ' ' || i.unit || ' ' || t.qualifier)"
        " FROM target t JOIN indicator i ON i.id = t.indicator_id JOIN goal g ON g.id = i.goal_id"
        " WHERE t.retired_at IS NULL AND i.retired_at IS NULL AND (?1 IS NULL OR i.owner_id = ?1)"
        " AND g.plan_id = ?2 AND t.period_end >= ?3 ORDER BY t.period_end, i.code, t.id",
        person_id,
        plan_id,
        since.isoformat(),
    )


def _appointments(connection: Connection, query: str, *values: str | None) -> list[Appointment]:
    return [
        Appointment(row[0], row[1], date.fromisoformat(row[2]), row[3], row[4])
        for row in connection.execute(query, values)
    ]
