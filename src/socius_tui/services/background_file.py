"""Puts in a new file what lies behind the plan of Socius: findings, survey, register, chains.

The texts ship with the program (sample_data/background-2016-2020.toml), in our own words and with
the lines of the plan that they come from.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any, Final

from socius_tui.domain.titles import said
from socius_tui.paths import resource
from socius_tui.services.rules import the_plan
from socius_tui.store import people, plans
from socius_tui.store.driver import Connection
from socius_tui.store.unit_of_work import Transaction

BACKGROUND: Final = "sample_data/background-2016-2020.toml"
_COUNTS: Final = (
    *("reached", "not_reached", "small", "medium", "large"),
    *("administrative", "agogic", "coordinator"),
)


class AddBackground:
    """Write all of it under the plan that the file shows."""

    def __init__(self) -> None:
        self._file = tomllib.loads(resource(BACKGROUND).read_text(encoding="utf-8"))

    def apply(self, transaction: Transaction) -> str:
        """Write the rows."""
        plan_id = the_plan(transaction).id
        goals = {goal.code: goal.id for goal in plans.load_goals(transaction.connection, plan_id)}
        self._statements(transaction, plan_id, goals)
        self._survey(transaction, plan_id)
        self._register(transaction, plan_id, goals)
        self._chains(transaction, plan_id, goals)
        return said("Added what lies behind the plan")

    def _statements(self, transaction: Transaction, plan_id: str, goals: Mapping[str, str]) -> None:
        for place, row in enumerate(self._file["statement"]):
            statement_id = transaction.insert(
                "analysis_statement",
                {
                    "plan_id": plan_id,
                    "kind": row["kind"],
                    "statement": row["text"],
                    "position": place,
                    "source_line": row["lines"],
                },
            )
            for code in row.get("goals", ()):
                link = {"statement_id": statement_id, "goal_id": goals[code]}
                transaction.insert_natural("analysis_goal", (statement_id, goals[code]), link)

    def _survey(self, transaction: Transaction, plan_id: str) -> None:
        types = _work_types(transaction.connection)
        ids: dict[str, str] = {}
        for place, row in enumerate(self._file["survey"]):
            cells: dict[str, Any] = {name: row.get(name) for name in _COUNTS}
            ids[row["key"]] = transaction.insert(
                "survey_group",
                {
                    "plan_id": plan_id,
                    "whole_id": ids.get(row.get("part_of", "")),
                    "name": row["name"],
                    "work_type_id": types.get(row.get("work_type", "")),
                    "total": row["total"],
                    **cells,
                    "position": place,
                    "source_line": row["lines"],
                },
            )

    def _register(self, transaction: Transaction, plan_id: str, goals: Mapping[str, str]) -> None:
        for row in self._file["mandate"]:
            transaction.insert(
                "mandate",
                {
                    "plan_id": plan_id,
                    "goal_id": goals.get(row.get("goal", "")),
                    "kind": row["kind"],
                    "name": row["name"],
                    "convenor": row.get("convenor", ""),
                    "purpose": row.get("purpose", ""),
                    "source_line": row["lines"],
                },
            )

    def _chains(self, transaction: Transaction, plan_id: str, goals: Mapping[str, str]) -> None:
        indicators = {
            indicator.code: indicator.id
            for indicator in plans.load_indicators(transaction.connection, plan_id)
        }
        for place, row in enumerate(self._file["step"]):
            step_id = transaction.insert(
                "logic_step",
                {
                    "goal_id": goals[row["goal"]],
                    "level": row["level"],
                    "statement": row["text"],
                    "assumption": row.get("assumption", ""),
                    "position": place,
                },
            )
            for code in row.get("indicators", ()):
                link = {"logic_step_id": step_id, "indicator_id": indicators[code]}
                transaction.insert_natural(
                    "logic_step_indicator", (step_id, indicators[code]), link
                )


def _work_types(connection: Connection) -> dict[str, str]:
    day = plans.load_plans(connection)[0].rules.period.start
    return {work_type.name: work_type.id for work_type in people.work_types(connection, day)}
