"""Every list of a screen is found through an index: no table of the log is read whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from socius_tui.domain.filters import OrganisationFilter, VisitFilter
from socius_tui.domain.needs import NeedsFilter
from socius_tui.store import (
    actions,
    agenda,
    follow_ups,
    measurements,
    needs,
    organisations,
    recent,
    visits,
)
from socius_tui.store.driver import Connection, open_file
from socius_tui.store.schema import new_database

DAY = date(2016, 6, 30)
REGISTER = OrganisationFilter(since=date(2016, 1, 1), until=DAY)


class Planning:
    """A connection that keeps the query plan of everything it is asked."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.plan: list[str] = []

    def execute(self, sql: str, values: Any = ()) -> Any:
        """Note the plan, then run it."""
        rows = self._connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        self.plan += [str(row[3]) for row in rows]
        return self._connection.execute(sql, values)


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda c: visits.visit_lines(c, VisitFilter(), limit=50), "visit_by_day"),
        (lambda c: visits.visit_lines(c, VisitFilter(visitor_id="x")), "visit_by_visitor"),
        (
            lambda c: visits.visit_lines(c, VisitFilter(organisation_id="x")),
            "visit_by_organisation",
        ),
        (lambda c: visits.visit_lines(c, VisitFilter(status="planned")), "visit_by_status"),
        (lambda c: visits.visit_lines(c, VisitFilter(goal_id="x")), "visit_goal_by_goal"),
        (lambda c: organisations.organisation_lines(c, REGISTER), "visit_by_organisation"),
        (lambda c: follow_ups.follow_up_lines(c, owner_id="x"), "follow_up_by_owner"),
        (lambda c: follow_ups.follow_up_lines(c), "follow_up_by_due"),
        (
            lambda c: follow_ups.follow_up_lines(c, organisation_id="x", open_only=False),
            "follow_up_by_visit",
        ),
        (lambda c: measurements.lines(c, indicator_id="x"), "measurement_by_indicator"),
        (lambda c: measurements.lines(c, limit=50), "measurement_by_day"),
        (lambda c: recent.recent(c, DAY, DAY), "measurement_by_entry"),
        (lambda c: visits.visit_lines(c, VisitFilter(need="x")), "visit_need_by_tag"),
        (lambda c: agenda.visits_to_come(c, None, None, 50), "visit_by_status"),
        (lambda c: agenda.promises_to_keep(c, None, None, 50), "follow_up_by_due"),
        (lambda c: agenda.promises_to_keep(c, "x", DAY, 50), "follow_up_by_owner"),
        (lambda c: agenda.targets_to_reach(c, None, "x", DAY), "target_by_indicator"),
        (lambda c: actions.action_lines(c, "x", open_only=True), "goal_by_parent"),
        (lambda c: needs.need_lines(c, NeedsFilter(DAY, DAY)), "visit_by_status"),
        (lambda c: needs.need_lines(c, NeedsFilter(goal_id="x")), "visit_goal_by_goal"),
    ],
)
def test_lists_use_their_index(tmp_path: Path, ask: Callable[[Any], object], index: str) -> None:
    path = tmp_path / "plan.db"
    new_database(path)
    connection, _ = open_file(path)
    planning = Planning(connection)
    ask(planning)
    connection.close()
    assert any(index in step for step in planning.plan), planning.plan
    whole = {"SCAN v", "SCAN m", "SCAN f", "SCAN visit", "SCAN measurement", "SCAN follow_up"}
    assert whole.isdisjoint(planning.plan)
