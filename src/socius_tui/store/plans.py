"""Reads plans: the plan itself, its goals, its indicators with their targets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final

from socius_tui.domain.model import (
    Aggregation,
    Computed,
    Direction,
    Frequency,
    IndicatorKind,
    Judging,
    Measure,
    Period,
    Rules,
    Scope,
    Target,
)
from socius_tui.domain.plan import GoalRecord, IndicatorRecord, PlanRecord
from socius_tui.domain.records import NarrativeLine
from socius_tui.store.driver import Connection


def number(text: str | None) -> Fraction | None:
    """Stored decimal text as an exact number."""
    return None if text is None else some_number(text)


def day(text: str | None) -> date | None:
    """A stored date."""
    return None if text is None else date.fromisoformat(text)


def day_text(day: date | None) -> str | None:
    """A date as it is stored."""
    return None if day is None else day.isoformat()


def some_number(text: str) -> Fraction:
    """Stored decimal text that is never missing."""
    return Fraction(int(text)) if text.isdigit() else Fraction(text)


def setting(connection: Connection, key: str) -> str | None:
    """A setting of the file."""
    row = connection.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])


_PLAN: Final = (
    "SELECT id, code, title, organisation, starts_on, ends_on, on_track_from, attention_from,"
    " CASE coverage_policy WHEN 'fixed' THEN coverage_fixed END, previous_plan_id"
    " FROM plan WHERE retired_at IS NULL"
)


def load_plan(connection: Connection, chosen: str | None = None) -> PlanRecord | None:
    """The plan that is shown: the one chosen, else that of the file's settings, else the newest."""
    row = connection.execute(
        f"{_PLAN} ORDER BY id IS ? DESC,"
        " id = (SELECT value FROM setting WHERE key = 'plan') DESC, starts_on DESC LIMIT 1",
        (chosen,),
    ).fetchone()
    return None if row is None else _plan(connection, row)


def load_plans(connection: Connection) -> list[PlanRecord]:
    """All plans of the file, the first period first."""
    rows = connection.execute(f"{_PLAN} ORDER BY starts_on, ends_on, code").fetchall()
    return [_plan(connection, row) for row in rows]


def predecessors(connection: Connection) -> dict[str, str]:
    """The id of the goal or indicator of the period before, by id."""
    return dict(
        connection.execute(
            "SELECT id, previous_goal_id FROM goal WHERE previous_goal_id IS NOT NULL"
            " UNION ALL SELECT id, previous_indicator_id FROM indicator"
            " WHERE previous_indicator_id IS NOT NULL"
        ).fetchall()
    )


def plan_sizes(connection: Connection, plan_id: str) -> tuple[int, int, int, int]:
    """How many goals, indicators, targets and measurements a plan has."""
    row = connection.execute(
        "WITH own AS (SELECT i.id FROM indicator i JOIN goal g ON g.id = i.goal_id"
        " WHERE g.plan_id = ?1 AND g.retired_at IS NULL AND i.retired_at IS NULL)"
        " SELECT (SELECT count(*) FROM goal WHERE plan_id = ?1 AND retired_at IS NULL),"
        " (SELECT count(*) FROM own),"
        " (SELECT count(*) FROM target WHERE indicator_id IN own AND retired_at IS NULL),"
        " (SELECT count(*) FROM measurement WHERE indicator_id IN own AND retired_at IS NULL)",
        (plan_id,),
    ).fetchone()
    return tuple(row)


def count_plans(connection: Connection) -> int:
    """How many plans the file has."""
    row = connection.execute("SELECT count(*) FROM plan WHERE retired_at IS NULL").fetchone()
    return int(row[0])


def plan_of(connection: Connection, identifier: str) -> PlanRecord | None:
    """The plan that a goal or an indicator is of."""
    row = connection.execute(
        f"{_PLAN} AND id = (SELECT plan_id FROM goal WHERE id ="
        " coalesce((SELECT goal_id FROM indicator WHERE id = ?1), ?1))",
        (identifier,),
    ).fetchone()
    return None if row is None else _plan(connection, row)


def _plan(connection: Connection, row: tuple[Any, ...]) -> PlanRecord:
    pauses = connection.execute(
        "SELECT starts_on, ends_on FROM plan_pause"
        " WHERE plan_id = ? AND retired_at IS NULL ORDER BY starts_on",
        (row[0],),
    ).fetchall()
    rules = Rules(
        _period(row[4], row[5]),
        some_number(row[6]),
        some_number(row[7]),
        tuple(_period(start, end) for start, end in pauses),
    )
    return PlanRecord(row[0], row[1], row[2], row[3], rules, row[8], row[9])


def plan_code_exists(connection: Connection, code: str) -> bool:
    """Whether a plan with this code is in the file."""
    return (
        connection.execute(
            "SELECT 1 FROM plan WHERE code = ? AND retired_at IS NULL", (code,)
        ).fetchone()
        is not None
    )


def load_goals(connection: Connection, plan_id: str) -> list[GoalRecord]:
    """All goals of a plan in the plan's order (parents are not necessarily first).

    One whose parent is not in use, or that stands below itself, hangs at the top: two laptops
    together can make that of what was right on each.
    """
    rows = connection.execute(
        "SELECT id, parent_id, kind, code, title, summary, challenge, source_line, year,"
        " previous_goal_id, CASE kind WHEN 'action' THEN coalesce(state, 'planned') ELSE '' END"
        " FROM goal WHERE plan_id = ? AND retired_at IS NULL"
        " ORDER BY position, code",
        (plan_id,),
    )
    goals = [GoalRecord(*row) for row in rows]
    parents = {goal.id: goal.parent_id for goal in goals}
    return [goal if _hangs(goal.id, parents) else goal._replace(parent_id=None) for goal in goals]


def _hangs(goal_id: str, parents: Mapping[str, str | None]) -> bool:
    """Whether the parent of a goal is there, and not the goal itself by way of others."""
    above = parents[goal_id]
    for _step in parents:
        if above is None or above == goal_id:
            return above is None
        if above not in parents:
            return parents[goal_id] in parents
        above = parents[above]
    return True  # below a circle: those in it hang at the top


def load_indicators(
    connection: Connection, plan_id: str, indicator_id: str | None = None
) -> list[IndicatorRecord]:
    """The indicators of a plan with their targets, in the plan's order; or just one of them."""
    targets: dict[str, list[Target]] = {}
    for owner, start, end, value, qualifier in connection.execute(
        "SELECT t.indicator_id, t.period_start, t.period_end, t.value, t.qualifier"
        " FROM target t JOIN indicator i ON i.id = t.indicator_id JOIN goal g ON g.id = i.goal_id"
        " WHERE g.plan_id = ?1 AND t.retired_at IS NULL AND (?2 IS NULL OR i.id = ?2)"
        " ORDER BY t.period_end, t.period_start, t.qualifier",
        (plan_id, indicator_id),
    ):
        targets.setdefault(owner, []).append(
            Target(_period(start, end), some_number(value), qualifier)
        )
    rows = connection.execute(
        "SELECT i.id, i.goal_id, i.code, i.title, i.definition, i.unit, i.kind, i.direction,"
        " i.aggregation, i.scope, i.judging, i.frequency, i.baseline_value, i.band_low,"
        " i.band_high, i.computed, i.computed_linked, i.sphere, i.source_kind,"
        " i.collection_method, i.baseline_on, i.owner_id, coalesce(p.name, ''), i.weight,"
        " i.origin, i.source_line, i.previous_indicator_id"
        " FROM indicator i JOIN goal g ON g.id = i.goal_id LEFT JOIN person p ON p.id = i.owner_id"
        " WHERE g.plan_id = ?1 AND i.retired_at IS NULL AND g.retired_at IS NULL"
        " AND (?2 IS NULL OR i.id = ?2) ORDER BY g.position, i.position, i.code",
        (plan_id, indicator_id),
    )
    return [
        IndicatorRecord(
            id=row[0],
            goal_id=row[1],
            code=row[2],
            title=row[3],
            definition=row[4],
            unit=row[5],
            measure=Measure(
                kind=IndicatorKind(row[6]),
                direction=Direction(row[7]),
                aggregation=Aggregation(row[8]),
                scope=Scope(row[9]),
                judging=Judging(row[10]),
                frequency=Frequency(row[11]),
                baseline=number(row[12]),
                band=_band(row[13], row[14]),
                computed=Computed(row[15]) if row[15] else None,
                targets=tuple(targets.get(row[0], ())),
            ),
            computed_linked=bool(row[16]),
            sphere=row[17],
            source_kind=row[18],
            collection_method=row[19],
            baseline_on=day(row[20]),
            owner_id=row[21],
            owner=row[22],
            weight=some_number(row[23]),
            origin=row[24],
            source_line=row[25],
            previous_id=row[26],
        )
        for row in rows
    ]


def _period(start: str, end: str) -> Period:
    return Period(date.fromisoformat(start), date.fromisoformat(end))


def _band(low: str | None, high: str | None) -> tuple[Fraction, Fraction] | None:
    if low is None or high is None:
        return None
    return some_number(low), some_number(high)


def targets_of(connection: Connection, indicator_id: str) -> dict[tuple[str, str, str], str]:
    """The targets of an indicator: (start, end, qualifier) -> value as entered."""
    rows = connection.execute(
        "SELECT period_start, period_end, qualifier, value FROM target"
        " WHERE indicator_id = ? AND retired_at IS NULL",
        (indicator_id,),
    )
    return {(start, end, qualifier): value for start, end, qualifier, value in rows}


def target_reasons(connection: Connection, indicator_id: str) -> list[tuple[str, str, str]]:
    """Why targets were changed: (period start, period end, reason), only those with one."""
    return connection.execute(
        "SELECT period_start, period_end, reason FROM target WHERE indicator_id = ?"
        " AND reason <> '' AND retired_at IS NULL ORDER BY period_end",
        (indicator_id,),
    ).fetchall()


def narratives(connection: Connection, goal_id: str) -> list[NarrativeLine]:
    """The story of a goal, newest period first."""
    rows = connection.execute(
        "SELECT n.id, n.goal_id, n.period_start, n.period_end, n.what_happened, n.so_what,"
        " n.what_next, coalesce(p.name, '') FROM narrative n"
        " LEFT JOIN person p ON p.id = n.written_by"
        " WHERE n.goal_id = ? AND n.retired_at IS NULL ORDER BY n.period_end DESC, n.id DESC",
        (goal_id,),
    )
    return [
        NarrativeLine(
            row[0], row[1], date.fromisoformat(row[2]), date.fromisoformat(row[3]), *row[4:]
        )
        for row in rows
    ]


def key_figures(
    connection: Connection, plan_id: str
) -> list[tuple[str, int | None, str, str, str, str]]:
    """Key figures: line, year, name, value, unit, source line."""
    return connection.execute(
        "SELECT line, year, name, value, unit, source_line FROM key_figure"
        " WHERE plan_id = ? AND retired_at IS NULL ORDER BY name, line, year",
        (plan_id,),
    ).fetchall()
