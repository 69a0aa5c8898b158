"""Reads the actions of the year programmes."""

from __future__ import annotations

from datetime import date
from typing import Any

from socius_tui.domain.programme import ActionLine
from socius_tui.store.driver import Connection
from socius_tui.store.plans import day, number
from socius_tui.store.where import Where

_SELECT = (
    "SELECT a.id, a.code, a.title, a.summary, g.id, g.code, g.title, a.year,"
    " coalesce(a.state, 'planned'), a.owner_id, coalesce(p.name, ''), a.due_on,"
    " a.budget_planned, a.budget_spent"
    " FROM goal a JOIN goal g ON g.id = a.parent_id LEFT JOIN person p ON p.id = a.owner_id"
)
_LIVE = ("a.kind = 'action'", "a.retired_at IS NULL", "g.retired_at IS NULL")


def action_lines(
    connection: Connection,
    plan_id: str,
    *,
    year: int | None = None,
    goal_id: str | None = None,
    owner_id: str | None = None,
    state: str | None = None,
    open_only: bool = False,
    until: date | None = None,
) -> list[ActionLine]:
    """Actions of a plan, in the order of its goals and then of their own.

    `until` leaves out what is due later, and what has no due day. Reads the goals of one plan by
    the index on it.
    """
    where = Where(*_LIVE)
    where.add("a.plan_id = ?", plan_id).add("a.year = ?", year)
    where.add("a.parent_id = ?", goal_id).add("a.owner_id = ?", owner_id)
    where.add("coalesce(a.state, 'planned') = ?", state)
    where.add("coalesce(a.state, 'planned') IN ('planned', 'under_way') AND ?", open_only or None)
    where.add("a.due_on <= ?", until)
    rows = connection.execute(
        f"{_SELECT} LEFT JOIN goal t ON t.id = g.parent_id WHERE {where}"
        " ORDER BY coalesce(t.position, g.position), g.position, g.code, a.year,"
        " a.position, a.code",
        where.values,
    )
    return [_line(row) for row in rows]


def action_line(connection: Connection, action_id: str) -> ActionLine | None:
    """One action, unless taken out or unknown."""
    row = connection.execute(
        f"{_SELECT} WHERE a.id = ? AND a.kind = 'action' AND a.retired_at IS NULL", (action_id,)
    ).fetchone()
    return None if row is None else _line(row)


def programme_years(connection: Connection, plan_id: str) -> list[int]:
    """The years of a plan that have actions, the first one first."""
    rows = connection.execute(
        "SELECT DISTINCT year FROM goal WHERE plan_id = ? AND kind = 'action'"
        " AND retired_at IS NULL ORDER BY year",
        (plan_id,),
    )
    return [int(year) for (year,) in rows]


def codes_taken(connection: Connection, plan_id: str) -> list[str]:
    """The codes of all goals and indicators of a plan, also of those that were taken out."""
    rows = connection.execute(
        "SELECT code FROM goal WHERE plan_id = ?1 UNION ALL"
        " SELECT i.code FROM indicator i JOIN goal g ON g.id = i.goal_id WHERE g.plan_id = ?1",
        (plan_id,),
    )
    return [str(code) for (code,) in rows]


def goal_of(connection: Connection, goal_id: str) -> tuple[str, str, str, str] | None:
    """A goal in use: its plan, kind, code and title."""
    row = connection.execute(
        "SELECT plan_id, kind, code, title FROM goal WHERE id = ? AND retired_at IS NULL",
        (goal_id,),
    ).fetchone()
    return None if row is None else (row[0], row[1], row[2], row[3])


def last_position(connection: Connection, goal_id: str) -> int:
    """The position of the last child of a goal, -1 when it has none."""
    row = connection.execute(
        "SELECT coalesce(max(position), -1) FROM goal WHERE parent_id = ?", (goal_id,)
    ).fetchone()
    return int(row[0])


def _line(row: tuple[Any, ...]) -> ActionLine:
    return ActionLine(*(*row[:11], day(row[11]), number(row[12]), number(row[13])))
