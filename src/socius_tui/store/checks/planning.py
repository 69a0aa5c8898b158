"""Whether the rows agree with each other: plan, indicators, assignments, follow-ups.

What one row must fulfil the schema says, and what several must the use cases check; here is
looked for what got in all the same: by another program, by two laptops, by a plan that changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from socius_tui.store.checks.facts import Fact
from socius_tui.store.driver import Connection

#: Each gives the id of a row and what to call it: code, table, SQL.
_QUERIES: Final = (
    (
        "plan.code_twice",
        "plan",
        "SELECT max(id), code, count(*) FROM plan WHERE retired_at IS NULL"
        " GROUP BY lower(code) HAVING count(*) > 1",
    ),
    (
        "goal.plan_retired",
        "goal",
        "SELECT g.id, g.code, p.code FROM goal g JOIN plan p ON p.id = g.plan_id"
        " WHERE g.retired_at IS NULL AND p.retired_at IS NOT NULL",
    ),
    (
        "goal.parent_retired",
        "goal",
        "SELECT g.id, g.code, p.code FROM goal g JOIN goal p ON p.id = g.parent_id"
        " WHERE g.retired_at IS NULL AND p.retired_at IS NOT NULL",
    ),
    (
        "goal.parent_elsewhere",
        "goal",
        "SELECT g.id, g.code, p.code FROM goal g JOIN goal p ON p.id = g.parent_id"
        " WHERE g.retired_at IS NULL AND p.plan_id <> g.plan_id",
    ),
    (
        "goal.code_twice",
        "goal",
        "SELECT max(id), code, count(*) FROM goal WHERE retired_at IS NULL"
        " GROUP BY plan_id, lower(code) HAVING count(*) > 1",
    ),
    (
        "goal.no_weight",
        "goal",
        "SELECT g.id, g.code, count(*) FROM indicator i JOIN goal g ON g.id = i.goal_id"
        " WHERE i.retired_at IS NULL AND g.retired_at IS NULL"
        " GROUP BY g.id HAVING max(CAST(i.weight AS REAL)) = 0",
    ),
    (
        "indicator.goal_retired",
        "indicator",
        "SELECT i.id, i.code, g.code FROM indicator i JOIN goal g ON g.id = i.goal_id"
        " WHERE i.retired_at IS NULL AND g.retired_at IS NOT NULL",
    ),
    (
        "indicator.code_twice",
        "indicator",
        "SELECT max(i.id), i.code, count(*) FROM indicator i JOIN goal g ON g.id = i.goal_id"
        " WHERE i.retired_at IS NULL AND g.retired_at IS NULL"
        " GROUP BY g.plan_id, lower(i.code) HAVING count(*) > 1",
    ),
    (
        "target.overlap",
        "target",
        "SELECT b.id, i.code, a.period_start || ' – ' || a.period_end || ', ' || b.period_start"
        " || ' – ' || b.period_end FROM target a JOIN target b ON b.indicator_id = a.indicator_id"
        " AND b.qualifier = a.qualifier AND b.id > a.id AND b.period_start <= a.period_end"
        " AND b.period_end >= a.period_start JOIN indicator i ON i.id = a.indicator_id"
        " WHERE a.retired_at IS NULL AND b.retired_at IS NULL AND i.retired_at IS NULL",
    ),
    (
        "target.outside",
        "target",
        "SELECT t.id, i.code, t.period_start || ' – ' || t.period_end FROM target t"
        " JOIN indicator i ON i.id = t.indicator_id JOIN goal g ON g.id = i.goal_id"
        " JOIN plan p ON p.id = g.plan_id WHERE t.retired_at IS NULL AND i.retired_at IS NULL"
        " AND (t.period_start < p.starts_on OR t.period_end > p.ends_on)",
    ),
    (
        "measurement.outside",
        "measurement",
        "SELECT m.id, i.code, m.observed_on FROM measurement m"
        " JOIN indicator i ON i.id = m.indicator_id JOIN goal g ON g.id = i.goal_id"
        " JOIN plan p ON p.id = g.plan_id WHERE m.retired_at IS NULL"
        " AND (m.observed_on < p.starts_on OR m.observed_on > p.ends_on)",
    ),
    (
        "measurement.computed",
        "measurement",
        "SELECT m.id, i.code, m.observed_on FROM measurement m"
        " JOIN indicator i ON i.id = m.indicator_id"
        " WHERE m.retired_at IS NULL AND i.retired_at IS NULL AND i.computed IS NOT NULL",
    ),
    (
        "visit.goal_elsewhere",
        "visit",
        "SELECT v.id, v.visited_on, g.code || ' – ' || p.code FROM visit v"
        " JOIN visit_goal l ON l.visit_id = v.id JOIN goal g ON g.id = l.goal_id"
        " JOIN plan p ON p.id = g.plan_id WHERE v.retired_at IS NULL AND l.retired_at IS NULL"
        " AND v.visited_on NOT BETWEEN p.starts_on AND p.ends_on",
    ),
    (
        "pause.outside",
        "plan_pause",
        "SELECT s.id, p.code, s.starts_on || ' – ' || s.ends_on FROM plan_pause s"
        " JOIN plan p ON p.id = s.plan_id WHERE s.retired_at IS NULL"
        " AND (s.ends_on < p.starts_on OR s.starts_on > p.ends_on)",
    ),
    (
        "assignment.overlap",
        "assignment",
        "SELECT b.id, w.name, a.starts_on || ' – ' || coalesce(a.ends_on, '…') || ', '"
        " || b.starts_on || ' – ' || coalesce(b.ends_on, '…') FROM assignment a"
        " JOIN assignment b ON b.work_type_id = a.work_type_id AND b.id > a.id"
        " AND b.starts_on <= coalesce(a.ends_on, '9999') AND coalesce(b.ends_on, '9999')"
        " >= a.starts_on JOIN work_type w ON w.id = a.work_type_id"
        " WHERE a.retired_at IS NULL AND b.retired_at IS NULL",
    ),
    (
        "follow_up.visit_retired",
        "follow_up",
        "SELECT f.id, f.what, v.visited_on FROM follow_up f JOIN visit v ON v.id = f.visit_id"
        " WHERE f.retired_at IS NULL AND f.done_on IS NULL AND v.retired_at IS NOT NULL",
    ),
)


def consistency(connection: Connection) -> Iterator[Fact]:
    """What does not agree in plan, indicators, assignments and follow-ups."""
    for code, kind, sql in _QUERIES:
        for row_id, name, other in connection.execute(sql):
            yield Fact(code, kind, str(row_id), {"name": name, "other": other})
    yield from cycles(connection)


def cycles(connection: Connection) -> Iterator[Fact]:
    """Goals that stand, over some others, under themselves."""
    rows = connection.execute("SELECT id, parent_id, code FROM goal WHERE retired_at IS NULL")
    goals = {row[0]: (row[1], row[2]) for row in rows}
    done: set[str] = set()
    for start in goals:
        path: list[str] = []
        at: str | None = start
        while at is not None and at in goals and at not in done and at not in path:
            path.append(at)
            at = goals[at][0]
        if at is not None and at in path:
            names = " → ".join(goals[each][1] for each in path[path.index(at) :])
            yield Fact("goal.cycle", "goal", at, {"name": goals[at][1], "other": names})
        done.update(path)
