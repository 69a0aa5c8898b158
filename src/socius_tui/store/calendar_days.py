"""Reads how many visits there were on each day."""

from __future__ import annotations

from datetime import date
from typing import Literal

from socius_tui.domain.model import Period
from socius_tui.store.driver import Connection


def visits_by_day(
    connection: Connection, status: Literal["done", "planned"], span: Period
) -> dict[date, int]:
    """The number of visits with a status on each day of a stretch that has any.

    One walk over a stretch of the index `visit_by_status`: it costs what the stretch holds,
    however long the log is.
    """
    rows = connection.execute(
        "SELECT visited_on, count(*) FROM visit"
        " WHERE status = ? AND visited_on BETWEEN ? AND ? AND retired_at IS NULL"
        " GROUP BY visited_on",
        (status, span.start.isoformat(), span.end.isoformat()),
    )
    return {date.fromisoformat(day): int(count) for day, count in rows}


def years_with_visits(connection: Connection) -> tuple[int, int] | None:
    """The first and the last year with a visit, whatever its status; None without any."""
    row = connection.execute(
        "SELECT (SELECT min(visited_on) FROM visit), (SELECT max(visited_on) FROM visit)"
    ).fetchone()
    return None if row[0] is None else (int(row[0][:4]), int(row[1][:4]))
