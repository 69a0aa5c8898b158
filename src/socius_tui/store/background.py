"""Reads what lies behind a plan: findings, whom the makers asked, chains of steps."""

from __future__ import annotations

from typing import NamedTuple

from socius_tui.domain.analysis import GoalLink, Statement
from socius_tui.domain.survey import SurveyGroup
from socius_tui.store.driver import Connection


class StepRow(NamedTuple):
    """A step of a chain as it is stored, with the ids of the indicators that watch it."""

    id: str
    goal_id: str
    level: str
    statement: str
    assumption: str
    indicator_ids: tuple[str, ...]


def statements(connection: Connection, plan_id: str) -> list[Statement]:
    """The findings of a plan in their order, with the goals that they led to."""
    links: dict[str, list[GoalLink]] = {}
    for statement_id, *goal in connection.execute(
        "SELECT l.statement_id, g.id, g.code, g.title, g.challenge FROM analysis_goal l"
        " JOIN analysis_statement s ON s.id = l.statement_id JOIN goal g ON g.id = l.goal_id"
        " WHERE s.plan_id = ? AND l.retired_at IS NULL AND g.retired_at IS NULL ORDER BY g.code",
        (plan_id,),
    ):
        links.setdefault(statement_id, []).append(GoalLink(*goal))
    rows = connection.execute(
        "SELECT id, kind, statement, coalesce(strategy, ''), source_line FROM analysis_statement"
        " WHERE plan_id = ? AND retired_at IS NULL ORDER BY position, id",
        (plan_id,),
    )
    return [Statement(*(*row, tuple(links.get(row[0], ())))) for row in rows]


def survey_groups(connection: Connection, plan_id: str) -> list[SurveyGroup]:
    """The rows of the stakeholder survey in their order."""
    rows = connection.execute(
        "SELECT id, name, total, whole_id, reached, not_reached, small, medium, large,"
        " administrative, agogic, coordinator FROM survey_group"
        " WHERE plan_id = ? AND retired_at IS NULL ORDER BY position, id",
        (plan_id,),
    )
    return [SurveyGroup(*row) for row in rows]


def steps(connection: Connection, goal_id: str) -> list[StepRow]:
    """The steps of a goal's chain in their order."""
    watched: dict[str, list[str]] = {}
    for step_id, indicator_id in connection.execute(
        "SELECT w.logic_step_id, i.id FROM logic_step_indicator w"
        " JOIN logic_step s ON s.id = w.logic_step_id JOIN indicator i ON i.id = w.indicator_id"
        " WHERE s.goal_id = ? AND w.retired_at IS NULL AND i.retired_at IS NULL ORDER BY i.code",
        (goal_id,),
    ):
        watched.setdefault(step_id, []).append(indicator_id)
    rows = connection.execute(
        "SELECT id, goal_id, level, statement, assumption FROM logic_step"
        " WHERE goal_id = ? AND retired_at IS NULL ORDER BY position, id",
        (goal_id,),
    )
    return [StepRow(*(*row, tuple(watched.get(row[0], ())))) for row in rows]


def goal_of_step(connection: Connection, step_id: str) -> str | None:
    """The goal of a step in use."""
    row = connection.execute(
        "SELECT goal_id FROM logic_step WHERE id = ? AND retired_at IS NULL", (step_id,)
    ).fetchone()
    return None if row is None else str(row[0])


def next_position(connection: Connection, table: str, owner: str, owner_id: str) -> int:
    """The place after the last row of an owner, in one of these tables."""
    (last,) = connection.execute(
        f"SELECT coalesce(max(position), -1) FROM {table} WHERE {owner} = ?", (owner_id,)
    ).fetchone()
    return int(last) + 1
