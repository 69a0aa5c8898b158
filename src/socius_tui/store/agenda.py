"""Reads what has a day in a calendar: planned visits, promises to keep, targets falling due."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from socius_tui.domain.agenda import AgendaItem, Matter
from socius_tui.store.driver import Connection
from socius_tui.store.plans import day
from socius_tui.store.where import Where


class Appointment(NamedTuple):
    """A day in a calendar; `id` is the row, `stamp` the stored moment of its last revision.

    `revision` is how many times it was changed since it was entered. A target that never was
    has the start of its period as its stamp. `amount` is that of a target, as it was entered.
    """

    id: str
    stamp: str
    revision: int
    day: date
    title: str
    detail: str
    amount: str


def planned_visits(connection: Connection, person_id: str | None) -> list[Appointment]:
    """Visits planned (by a person): the organisation, with the goals that it will be about."""
    return _appointments(
        connection,
        f"SELECT v.id, v.recorded_at, {_revision('v.id', _LINKS)}, v.visited_on, o.name,"
        " coalesce((SELECT group_concat(code, ', ') FROM (SELECT g.code FROM visit_goal vg"
        "  JOIN goal g ON g.id = vg.goal_id WHERE vg.visit_id = v.id AND vg.retired_at IS NULL"
        "  ORDER BY g.position, g.code)), ''), ''"
        " FROM visit v JOIN organisation o ON o.id = v.organisation_id"
        " WHERE v.status = 'planned' AND v.retired_at IS NULL AND (?1 IS NULL OR v.visitor_id = ?1)"
        " ORDER BY v.visited_on, v.id",
        person_id,
    )


def open_follow_ups(connection: Connection, person_id: str | None) -> list[Appointment]:
    """What was promised before a day and is not done: what, with where it comes from."""
    return _appointments(
        connection,
        f"SELECT f.id, f.recorded_at, {_revision('f.id')}, f.due_on, f.what,"
        " coalesce(o.name, i.code, g.code, ''), ''"
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
        f"SELECT t.id, t.period_start || 'T00:00:00.000Z', {_revision('t.id')}, t.period_end,"
        " i.code || ' ' || i.title, trim(i.unit || ' ' || t.qualifier), t.value"
        " FROM target t JOIN indicator i ON i.id = t.indicator_id JOIN goal g ON g.id = i.goal_id"
        " WHERE t.retired_at IS NULL AND i.retired_at IS NULL AND g.retired_at IS NULL"
        " AND (?1 IS NULL OR i.owner_id = ?1)"
        " AND g.plan_id = ?2 AND t.period_end >= ?3 ORDER BY t.period_end, i.code, t.id",
        person_id,
        plan_id,
        since.isoformat(),
    )


#: The links of a visit to its goals are rows of their own, and change the visit.
_LINKS: Final = "SELECT id FROM visit_goal WHERE visit_id = v.id"


def _revision(row: str, links: str = "SELECT NULL") -> str:
    """Two columns: the acts in the journal that touched a row, and the moment of the last.

    What another program wrote is in no act; each row that it wrote counts.
    """
    touched = (
        "FROM change c LEFT JOIN change_set s ON s.replica = c.replica AND s.number = c.change_set"
        f" WHERE c.row_id = {row} OR c.row_id IN ({links})"
    )
    return (
        f"(SELECT count(DISTINCT coalesce(s.seq, -c.seq)) {touched}),"
        " (SELECT max(coalesce(s.made_at, strftime('%Y-%m-%dT%H:%M:%fZ',"
        f"  c.clock / 65536 / 1000.0, 'unixepoch'))) {touched})"
    )


def _appointments(connection: Connection, query: str, *values: str | None) -> list[Appointment]:
    found = []
    for identifier, entered, acts, last, on, *texts in connection.execute(query, values):
        revision = max(0, acts - 1)  # the first is that it was entered
        stamp = last if revision else entered
        found.append(Appointment(identifier, stamp, revision, date.fromisoformat(on), *texts))
    return found


# ---- the agenda of the program --------------------------------------------------------------


def visits_to_come(
    connection: Connection, person_id: str | None, until: date | None, limit: int
) -> list[AgendaItem]:
    """Visits that are planned, also those of which the day has passed; the earliest first."""
    where = Where("v.status = 'planned'", "v.retired_at IS NULL")
    where.add("v.visitor_id = ?", person_id).add("v.visited_on <= ?", until)
    rows = connection.execute(
        "SELECT v.id, v.visited_on, o.name, w.name, v.visitor_id, coalesce(p.name, ''), o.id"
        " FROM visit v JOIN organisation o ON o.id = v.organisation_id"
        " JOIN work_type w ON w.id = o.work_type_id LEFT JOIN person p ON p.id = v.visitor_id"
        f" WHERE {where} ORDER BY v.visited_on, v.id LIMIT ?",
        (*where.values, limit),
    )
    return [
        AgendaItem(
            Matter.VISIT,
            row[0],
            day(row[1]),
            row[2],
            detail=row[3],
            state="planned",
            owner_id=row[4],
            owner=row[5],
            organisation_id=row[6],
            visit_id=row[0],
        )
        for row in rows
    ]


def promises_to_keep(
    connection: Connection, person_id: str | None, until: date | None, limit: int
) -> list[AgendaItem]:
    """Follow-ups that are not done, the earliest due first, those without a day last."""
    where = Where("f.done_on IS NULL", "f.retired_at IS NULL")
    where.add("f.owner_id = ?", person_id).add("(f.due_on IS NULL OR f.due_on <= ?)", until)
    rows = connection.execute(
        "SELECT f.id, f.due_on, f.what, coalesce(o.name, i.code, g.code, ''), f.owner_id,"
        " coalesce(p.name, ''), f.goal_id, f.indicator_id, v.organisation_id, f.visit_id"
        " FROM follow_up f LEFT JOIN visit v ON v.id = f.visit_id"
        " LEFT JOIN organisation o ON o.id = v.organisation_id"
        " LEFT JOIN goal g ON g.id = f.goal_id LEFT JOIN indicator i ON i.id = f.indicator_id"
        f" LEFT JOIN person p ON p.id = f.owner_id WHERE {where}"
        " ORDER BY f.due_on IS NULL, f.due_on, f.id LIMIT ?",
        (*where.values, limit),
    )
    return [
        AgendaItem(
            Matter.FOLLOW_UP,
            row[0],
            day(row[1]),
            row[2],
            detail=row[3],
            state="open",
            owner_id=row[4],
            owner=row[5],
            goal_id=row[6],
            indicator_id=row[7],
            organisation_id=row[8],
            visit_id=row[9],
        )
        for row in rows
    ]


def targets_to_reach(
    connection: Connection, person_id: str | None, plan_id: str, as_of: date
) -> list[AgendaItem]:
    """Targets of a plan that fall due on a day or later, and milestones that were not reached.

    What is judged year by year is given for the period in which the day lies, with its audience.
    A milestone stays until a measurement is at its target, however long ago it was due.
    """
    where = Where("t.retired_at IS NULL", "i.retired_at IS NULL", "g.retired_at IS NULL")
    where.add("i.owner_id = ?", person_id).add("g.plan_id = ?", plan_id)
    today = as_of.isoformat()
    where.add_all(
        "CASE WHEN i.judging = 'by_period' THEN ? BETWEEN t.period_start AND t.period_end"
        " WHEN i.kind = 'milestone' THEN NOT EXISTS (SELECT 1 FROM measurement m"
        "  WHERE m.indicator_id = i.id AND m.retired_at IS NULL AND m.observed_on <= ?"
        "  AND CAST(m.value AS REAL) >= CAST(t.value AS REAL))"
        " ELSE t.period_end >= ? END",
        (today, today, today),
    )
    rows = connection.execute(
        "SELECT t.id, t.period_end, i.code || ' ' || i.title, t.value, i.unit, t.qualifier,"
        " i.owner_id, coalesce(p.name, ''), g.id, i.id,"
        " CASE WHEN i.judging = 'by_period' THEN 'commitment' WHEN i.kind = 'milestone'"
        "  THEN 'milestone' ELSE 'target' END"
        " FROM goal g JOIN indicator i ON i.goal_id = g.id JOIN target t ON t.indicator_id = i.id"
        f" LEFT JOIN person p ON p.id = i.owner_id WHERE {where}"
        " ORDER BY t.period_end, i.code, t.id",
        where.values,
    )
    return [
        AgendaItem(
            Matter(row[10]),
            row[0],
            day(row[1]),
            row[2],
            detail="" if row[10] == "milestone" else row[4],
            amount="" if row[10] == "milestone" else row[3],
            owner_id=row[6],
            owner=row[7],
            audience=row[5],
            goal_id=row[8],
            indicator_id=row[9],
        )
        for row in rows
    ]
