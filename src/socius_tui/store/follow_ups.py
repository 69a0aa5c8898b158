"""Reads follow-ups: what was promised, by whom, before when."""

from __future__ import annotations

from datetime import date

from socius_tui.domain.model import Period
from socius_tui.domain.records import FollowUpLine
from socius_tui.store.driver import Connection
from socius_tui.store.plans import day
from socius_tui.store.where import Where

_SELECT = (
    "SELECT f.id, f.what, coalesce(p.name, ''), f.owner_id, f.due_on, f.done_on, f.outcome,"
    " coalesce(o.name, i.code, g.code, ''), f.visit_id, o.id"
    " FROM follow_up f LEFT JOIN person p ON p.id = f.owner_id"
    " LEFT JOIN visit v ON v.id = f.visit_id LEFT JOIN organisation o ON o.id = v.organisation_id"
    " LEFT JOIN goal g ON g.id = f.goal_id LEFT JOIN indicator i ON i.id = f.indicator_id"
)


def follow_up_lines(
    connection: Connection,
    *,
    owner_id: str | None = None,
    open_only: bool = True,
    organisation_id: str | None = None,
    limit: int = -1,
) -> list[FollowUpLine]:
    """Follow-ups, the earliest due first; those without a due date last."""
    where = Where("f.retired_at IS NULL", *(["f.done_on IS NULL"] if open_only else []))
    where.add("f.owner_id = ?", owner_id).add(
        "f.visit_id IN (SELECT id FROM visit WHERE organisation_id = ?)", organisation_id
    )
    rows = connection.execute(
        f"{_SELECT} WHERE {where}"
        " ORDER BY f.done_on IS NOT NULL, f.due_on IS NULL, f.due_on, f.id LIMIT ?",
        (*where.values, limit),
    )
    return [_line(row) for row in rows]


def follow_ups_of_visit(connection: Connection, visit_id: str) -> list[FollowUpLine]:
    """The follow-ups that came from a visit, open ones first."""
    rows = connection.execute(
        f"{_SELECT} WHERE f.visit_id = ? AND f.retired_at IS NULL"
        " ORDER BY f.done_on IS NOT NULL, f.due_on",
        (visit_id,),
    )
    return [_line(row) for row in rows]


def follow_up(connection: Connection, follow_up_id: str) -> FollowUpLine | None:
    """One follow-up, unless retired or unknown."""
    row = connection.execute(
        f"{_SELECT} WHERE f.id = ? AND f.retired_at IS NULL", (follow_up_id,)
    ).fetchone()
    return None if row is None else _line(row)


def open_follow_ups_of_work_type(
    connection: Connection, owner_id: str, work_type_id: str
) -> list[str]:
    """Ids of the open follow-ups of a person that came from visits to a work type."""
    rows = connection.execute(
        "SELECT f.id FROM follow_up f JOIN visit v ON v.id = f.visit_id"
        " JOIN organisation o ON o.id = v.organisation_id"
        " WHERE f.owner_id = ? AND o.work_type_id = ? AND f.done_on IS NULL"
        " AND f.retired_at IS NULL ORDER BY f.id",
        (owner_id, work_type_id),
    )
    return [str(row[0]) for row in rows]


def due_follow_ups(
    connection: Connection, span: Period, as_of: date, *, work_type_id: str | None = None
) -> list[tuple[str, date, date | None, str | None, str | None]]:
    """Follow-ups due in a period up to a day: id, due, done (if by that day), goal, visit."""
    rows = connection.execute(
        "SELECT f.id, f.due_on, CASE WHEN f.done_on <= ?1 THEN f.done_on END, f.goal_id, f.visit_id"
        " FROM follow_up f LEFT JOIN visit v ON v.id = f.visit_id"
        " LEFT JOIN organisation o ON o.id = v.organisation_id"
        " WHERE f.retired_at IS NULL AND f.due_on BETWEEN ?3 AND min(?1, ?4)"
        " AND (?2 IS NULL OR o.work_type_id = ?2) ORDER BY f.due_on, f.id",
        (as_of.isoformat(), work_type_id, span.start.isoformat(), span.end.isoformat()),
    )
    return [(row[0], date.fromisoformat(row[1]), day(row[2]), row[3], row[4]) for row in rows]


def _line(row: tuple[str | None, ...]) -> FollowUpLine:
    return FollowUpLine(
        id=str(row[0]),
        what=str(row[1]),
        owner=str(row[2]),
        owner_id=row[3],
        due_on=day(row[4]),
        done_on=day(row[5]),
        outcome=str(row[6]),
        source=str(row[7]),
        visit_id=row[8],
        organisation_id=row[9],
    )


def follow_ups_about(
    connection: Connection, *, goal_id: str | None = None, indicator_id: str | None = None
) -> list[FollowUpLine]:
    """The follow-ups of a goal (its visits' included) or of an indicator, open ones first."""
    rows = connection.execute(
        f"{_SELECT} WHERE f.retired_at IS NULL AND (f.indicator_id = ?2 OR f.goal_id = ?1"
        " OR f.visit_id IN (SELECT visit_id FROM visit_goal"
        "  WHERE goal_id = ?1 AND retired_at IS NULL))"
        " ORDER BY f.done_on IS NOT NULL, f.due_on IS NULL, f.due_on, f.id",
        (goal_id, indicator_id),
    )
    return [_line(row) for row in rows]
