"""Needs heard: counted as the log has them, by period, work type and goal."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from socius_tui.domain.filters import VisitFilter
from socius_tui.domain.needs import NeedsFilter
from socius_tui.services import log
from socius_tui.services.needs import needs_heard, visits_with
from socius_tui.services.resolve import find_goal, find_organisation, find_work_type
from socius_tui.services.session import Session
from socius_tui.services.visiting import LogVisit


def test_the_counts_are_those_of_the_log(demo: Session) -> None:
    visits = log.visit_log(demo, VisitFilter(status="done"))
    counted = Counter(tag for line in visits for tag in line.needs)
    found = needs_heard(demo, NeedsFilter())
    assert {line.tag: line.visits for line in found.lines} == dict(counted)
    assert found.visits == len(visits)
    assert [line.visits for line in found.lines] == sorted(counted.values(), reverse=True)
    for line in found.lines:
        at = [visit for visit in visits if line.tag in visit.needs]
        assert line.organisations == len({visit.organisation_id for visit in at})
        assert line.last == max(visit.visited_on for visit in at)


@pytest.mark.parametrize("goal", [None, "SD1", "OD2.3"])
@pytest.mark.parametrize("work_type", [None, "bewegingen"])
def test_each_number_leads_to_as_many_visits(
    demo: Session, goal: str | None, work_type: str | None
) -> None:
    wanted = NeedsFilter(
        date(2017, 1, 1),
        date(2017, 12, 31),
        find_work_type(demo, work_type).id if work_type else None,
        find_goal(demo, goal).id if goal else None,
    )
    found = needs_heard(demo, wanted)
    for line in found.lines:
        assert log.count_visits(demo, visits_with(wanted, line.tag)) == line.visits
    if goal is None:
        assert found.lines


def test_only_what_was_done_up_to_the_day_counts(fresh: Session) -> None:
    organisation = find_organisation(fresh, "VER-01").id

    def visit(day: date, status: str) -> None:
        fresh.write(
            LogVisit.of(
                organisation_id=organisation, visited_on=day, status=status, needs=("Ruimte",)
            )
        )

    visit(date(2016, 3, 1), "done")
    visit(date(2016, 5, 1), "done")
    visit(date(2016, 7, 1), "planned")
    (line,) = needs_heard(fresh, NeedsFilter()).lines
    assert (line.visits, line.organisations) == (2, 1)
    fresh.set_as_of(date(2016, 4, 1))
    found = needs_heard(fresh, NeedsFilter())
    assert found.lines[0].visits == found.share(found.lines[0]) == 1
    fresh.set_as_of(date(2016, 1, 1))
    assert needs_heard(fresh, NeedsFilter()) == ((), 0)
