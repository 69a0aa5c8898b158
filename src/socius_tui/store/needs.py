"""Reads needs heard: how often each tag was noted at visits that were done."""

from __future__ import annotations

from datetime import date

from socius_tui.domain.needs import NeedLine, NeedsFilter
from socius_tui.store.driver import Connection
from socius_tui.store.visits import ABOUT
from socius_tui.store.where import Where


def need_lines(connection: Connection, wanted: NeedsFilter) -> list[NeedLine]:
    """The needs of the visits that a filter lets through, most heard first."""
    where = _where(wanted)
    rows = connection.execute(
        "SELECT n.tag, count(*), count(DISTINCT v.organisation_id), max(v.visited_on)"
        " FROM visit v JOIN organisation o ON o.id = v.organisation_id"
        " JOIN visit_need n ON n.visit_id = v.id"
        f" WHERE n.retired_at IS NULL AND {where} GROUP BY n.tag"
        " ORDER BY count(*) DESC, n.tag",
        where.values,
    )
    return [NeedLine(tag, n, places, date.fromisoformat(last)) for tag, n, places, last in rows]


def visits_heard_at(connection: Connection, wanted: NeedsFilter) -> int:
    """How many visits a filter lets through, with a need or without."""
    where = _where(wanted)
    row = connection.execute(
        "SELECT count(*) FROM visit v JOIN organisation o ON o.id = v.organisation_id"
        f" WHERE {where}",
        where.values,
    ).fetchone()
    return int(row[0])


def _where(wanted: NeedsFilter) -> Where:
    where = Where("v.status = 'done'", "v.retired_at IS NULL")
    where.add("v.visited_on >= ?", wanted.since).add("v.visited_on <= ?", wanted.until)
    where.add("o.work_type_id = ?", wanted.work_type_id)
    return where.add(ABOUT, wanted.goal_id)
