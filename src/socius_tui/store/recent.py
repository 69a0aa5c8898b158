"""Reads what was entered lately, across the log."""

from __future__ import annotations

from datetime import date

from socius_tui.domain.records import RecentChange
from socius_tui.store.driver import Connection


def recent(
    connection: Connection, since: date, until: date, *, limit: int = 50
) -> list[RecentChange]:
    """Visits, measurements, follow-ups and narratives entered in a stretch, newest first."""
    rows = connection.execute(
        "SELECT * FROM ("
        "SELECT 'visit', v.id, v.recorded_at AS moment, o.name, coalesce(p.name, '')"
        " FROM visit v JOIN organisation o ON o.id = v.organisation_id"
        " LEFT JOIN person p ON p.id = v.visitor_id WHERE v.retired_at IS NULL"
        " UNION ALL SELECT 'measurement', m.id, m.recorded_at, i.code || ' ' || i.title, "
        " coalesce(p.name, '') FROM measurement m JOIN indicator i ON i.id = m.indicator_id"
        " LEFT JOIN person p ON p.id = m.recorded_by WHERE m.retired_at IS NULL"
        " UNION ALL SELECT 'follow_up', f.id, f.recorded_at, f.what, coalesce(p.name, '')"
        " FROM follow_up f LEFT JOIN person p ON p.id = f.owner_id WHERE f.retired_at IS NULL"
        " UNION ALL SELECT 'narrative', n.id, n.written_at, g.code || ' ' || g.title, "
        " coalesce(p.name, '') FROM narrative n JOIN goal g ON g.id = n.goal_id"
        " LEFT JOIN person p ON p.id = n.written_by WHERE n.retired_at IS NULL"
        ") WHERE moment >= ? AND moment < ? || 'T~' ORDER BY moment DESC LIMIT ?",
        (since.isoformat(), until.isoformat(), limit),
    )
    return [RecentChange(*row) for row in rows]
