"""Whole rows of a plan, to be carried over into the next one."""

from __future__ import annotations

from socius_tui.store.driver import Connection

Row = dict[str, str | int | None]


def plan_row(connection: Connection, plan_id: str) -> Row:
    """The plan itself, by column."""
    return _rows(connection, "SELECT * FROM plan WHERE id = ?", plan_id)[plan_id]


def goal_rows(connection: Connection, plan_id: str) -> dict[str, Row]:
    """The goals of a plan, by id, in its order."""
    return _rows(
        connection,
        "SELECT * FROM goal WHERE plan_id = ? AND retired_at IS NULL ORDER BY position, code",
        plan_id,
    )


def indicator_rows(connection: Connection, plan_id: str) -> dict[str, Row]:
    """The indicators of a plan, by id."""
    return _rows(
        connection,
        "SELECT i.* FROM indicator i JOIN goal g ON g.id = i.goal_id WHERE g.plan_id = ?"
        " AND i.retired_at IS NULL AND g.retired_at IS NULL ORDER BY g.position, i.position",
        plan_id,
    )


def pause_rows(connection: Connection, plan_id: str) -> dict[str, Row]:
    """The pauses of a plan, by id, the first one first."""
    return _rows(
        connection,
        "SELECT * FROM plan_pause WHERE plan_id = ? AND retired_at IS NULL ORDER BY starts_on",
        plan_id,
    )


def target_rows(connection: Connection, plan_id: str) -> dict[str, list[Row]]:
    """The targets of a plan, by the id of their indicator, the first period first."""
    found: dict[str, list[Row]] = {}
    rows = _rows(
        connection,
        "SELECT t.* FROM target t JOIN indicator i ON i.id = t.indicator_id"
        " JOIN goal g ON g.id = i.goal_id WHERE g.plan_id = ? AND t.retired_at IS NULL"
        " ORDER BY t.period_end, t.period_start, t.qualifier",
        plan_id,
    )
    for row in rows.values():
        found.setdefault(str(row["indicator_id"]), []).append(row)
    return found


def _rows(connection: Connection, sql: str, plan_id: str) -> dict[str, Row]:
    cursor = connection.execute(sql, (plan_id,))
    names = [column[0] for column in cursor.description]
    rows = (dict(zip(names, row, strict=True)) for row in cursor)
    return {str(row["id"]): row for row in rows}
