"""Reads what the page of the director needs besides the status: reports, who is next, what is due.

Every query counts in the file and gives few rows: what it costs follows from the plan and the
register, not from how long the log is or how much was measured.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from socius_tui.domain.cockpit import FOLLOW_UP, TARGET, DueLine, NextVisit
from socius_tui.domain.model import Period
from socius_tui.domain.reporting import Reporting
from socius_tui.store.driver import Connection
from socius_tui.store.plans import day


def reports_in(
    connection: Connection, indicator_id: str, periods: Sequence[Period], grace_days: int
) -> Reporting:
    """In how many of these periods an indicator was measured, and in how many of them in time.

    In time is entered at most `grace_days` after the end of the period. For each period the
    index answers whether there is one, so it costs what the periods are and not how much was
    measured in them.
    """
    asked = [
        (
            period.start.isoformat(),
            period.end.isoformat(),
            date.fromordinal(period.end.toordinal() + grace_days + 1).isoformat(),
        )
        for period in periods
    ]
    measured = (
        "EXISTS (SELECT 1 FROM measurement m WHERE m.indicator_id = ?1 AND m.retired_at IS NULL"
        " AND m.observed_on BETWEEN p.value ->> 0 AND p.value ->> 1"
    )
    row = connection.execute(
        f"SELECT coalesce(sum({measured})), 0),"
        f" coalesce(sum({measured} AND m.recorded_at < p.value ->> 2)), 0)"
        " FROM json_each(?2) p",
        (indicator_id, json.dumps(asked)),
    ).fetchone()
    return Reporting(len(asked), row[0], row[1])


def to_visit(
    connection: Connection, since: date, as_of: date
) -> list[tuple[str, int, int, NextVisit | None]]:
    """By work type: recognised organisations not visited since a day, those planned, the first.

    The first is the one that was never, or the longest ago, visited, and has no visit planned.
    """
    rows = connection.execute(
        "WITH open AS (SELECT o.id, o.name, o.work_type_id,"
        "  (SELECT max(visited_on) FROM visit v WHERE v.organisation_id = o.id"
        "    AND v.status = 'done' AND v.visited_on <= ?2 AND v.retired_at IS NULL) AS last,"
        "  EXISTS (SELECT 1 FROM visit v WHERE v.organisation_id = o.id"
        "    AND v.status = 'planned' AND v.visited_on >= ?2 AND v.retired_at IS NULL) AS planned"
        " FROM organisation o WHERE o.retired_at IS NULL"
        "  AND (o.recognised_from IS NULL OR o.recognised_from <= ?2)"
        "  AND (o.recognised_until IS NULL OR o.recognised_until >= ?2)),"
        " ranked AS (SELECT *, row_number() OVER (PARTITION BY work_type_id"
        "  ORDER BY planned, last IS NOT NULL, last, name, id) AS place,"
        "  count(*) OVER (PARTITION BY work_type_id) AS number,"
        "  sum(planned) OVER (PARTITION BY work_type_id) AS with_plan"
        " FROM open WHERE last IS NULL OR last < ?1)"
        " SELECT work_type_id, number, with_plan, id, name, last, planned FROM ranked"
        " WHERE place = 1",
        (since.isoformat(), as_of.isoformat()),
    )
    return [
        (row[0], row[1], row[2], None if row[6] else NextVisit(row[3], row[4], day(row[5])))
        for row in rows
    ]


def promises_due(connection: Connection, as_of: date, until: date, limit: int) -> list[DueLine]:
    """Follow-ups that were open on the as-of date and due by a day, the longest overdue first."""
    rows = connection.execute(
        "SELECT f.id, f.visit_id, coalesce(f.indicator_id, f.goal_id), f.due_on, f.what,"
        " coalesce(p.name, ''), coalesce(o.name, i.code, g.code, '')"
        " FROM follow_up f LEFT JOIN person p ON p.id = f.owner_id"
        " LEFT JOIN visit v ON v.id = f.visit_id"
        " LEFT JOIN organisation o ON o.id = v.organisation_id"
        " LEFT JOIN indicator i ON i.id = f.indicator_id LEFT JOIN goal g ON g.id = f.goal_id"
        " WHERE (f.done_on IS NULL OR f.done_on > ?2) AND f.due_on <= ?1"
        " AND f.retired_at IS NULL ORDER BY f.due_on, f.id LIMIT ?3",
        (until.isoformat(), as_of.isoformat(), limit),
    )
    found = []
    for row in rows:
        when = date.fromisoformat(row[3])
        about = "visit" if row[1] else "goal" if row[2] else ""
        found.append(
            DueLine(
                FOLLOW_UP,
                row[0],
                about,
                row[1] or row[2] or "",
                when,
                row[6],
                row[4],
                row[5],
                when < as_of,
            )
        )
    return found


def targets_due(connection: Connection, plan_id: str, as_of: date, until: date) -> list[DueLine]:
    """Targets of a plan whose period ends on a day or in the days after it, the first first."""
    rows = connection.execute(
        "SELECT t.id, i.id, t.period_end, i.code, i.title, coalesce(p.name, ''),"
        " trim(t.value || ' ' || i.unit || ' ' || t.qualifier)"
        " FROM goal g JOIN indicator i ON i.goal_id = g.id JOIN target t ON t.indicator_id = i.id"
        " LEFT JOIN person p ON p.id = i.owner_id"
        " WHERE g.plan_id = ? AND t.period_end BETWEEN ? AND ?"
        " AND g.retired_at IS NULL AND i.retired_at IS NULL AND t.retired_at IS NULL"
        " ORDER BY t.period_end, i.code, t.id",
        (plan_id, as_of.isoformat(), until.isoformat()),
    )
    return [
        DueLine(
            TARGET,
            row[0],
            "indicator",
            row[1],
            date.fromisoformat(row[2]),
            row[3],
            row[4],
            row[5],
            False,
            row[6],
        )
        for row in rows
    ]
