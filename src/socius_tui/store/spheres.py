"""Reads what the indicators of a plan watch, and which goals have a story."""

from __future__ import annotations

from datetime import date

from socius_tui.store.driver import Connection


def spheres_of(connection: Connection, plan_id: str) -> dict[str, str]:
    """The sphere of every indicator of a plan, by id."""
    return dict(
        connection.execute(
            "SELECT i.id, i.sphere FROM indicator i JOIN goal g ON g.id = i.goal_id"
            " WHERE g.plan_id = ? AND i.retired_at IS NULL AND g.retired_at IS NULL",
            (plan_id,),
        ).fetchall()
    )


def goals_with_story(connection: Connection, plan_id: str, as_of: date) -> set[str]:
    """The ids of the goals with a narrative about a period that began by a day."""
    rows = connection.execute(
        "SELECT DISTINCT g.id FROM goal g JOIN narrative n ON n.goal_id = g.id"
        " WHERE g.plan_id = ? AND g.retired_at IS NULL AND n.retired_at IS NULL"
        " AND n.period_start <= ?",
        (plan_id, as_of.isoformat()),
    )
    return {identifier for (identifier,) in rows}
