"""Logging, planning, completing and cancelling visits, and what moves when one is logged."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from socius_tui.domain.filters import OrganisationFilter, VisitFilter
from socius_tui.errors import InvalidInput, NotFound, RuleBroken
from socius_tui.services.log import count_visits, find, follow_up_list, visit, visit_log
from socius_tui.services.overview import coverage, plan_status
from socius_tui.services.register import organisation_list, staff
from socius_tui.services.resolve import find_goal, find_organisation
from socius_tui.services.session import Session
from socius_tui.services.visiting import (
    CancelVisit,
    CompleteVisit,
    EditVisit,
    LogVisit,
    Promise,
    RetireVisit,
)

DAY = date(2016, 3, 14)


def log(session: Session, **fields: Any) -> str:
    """Log a visit to VER-01 and give its id."""
    known = {"organisation_id": find_organisation(session, "VER-01").id, "visited_on": DAY}
    return session.write(LogVisit.of(**{**known, **fields})).ids("visit")[0]


def test_a_visit_moves_indicator_goal_strategic_goal_and_coverage(fresh: Session) -> None:
    goal = find_goal(fresh, "OD2.3")
    before, covered = plan_status(fresh), {c.work_type: c.visited for c in coverage(fresh)}
    log(fresh, goal_ids=(goal.id,))
    after, now = plan_status(fresh), {c.work_type: c.visited for c in coverage(fresh)}
    for code in ("BO2-a", "OD2.3-a"):
        old, new = before.find(code), after.find(code)
        assert old is not None
        assert new is not None
        assert (old.value or 0) == 0
        assert new.value == 1
    for code in ("BO2", "OD2.3", "SD2", "socius-2016-2020"):
        old, new = before.find(code), after.find(code)
        assert old is not None
        assert new is not None
        assert (new.progress or 0) > (old.progress or 0)
    assert now == {**covered, "Verenigingen": 1, "": 1}


def test_a_second_visit_counts_in_the_log_but_not_in_coverage(fresh: Session) -> None:
    log(fresh)
    log(fresh, visited_on=date(2016, 4, 4))
    line = plan_status(fresh).find("BO2-a")
    assert line is not None
    assert line.value == 1
    assert coverage(fresh)[-1].visited == 1
    assert count_visits(fresh, VisitFilter()) == 2


def test_everything_about_a_visit_is_kept(fresh: Session) -> None:
    goal = find_goal(fresh, "OD1.1")
    visit_id = log(
        fresh,
        mode="online",
        goal_ids=(goal.id, goal.id),
        needs=("diversiteit",),
        met=("Jan", "Mia"),
        summary="  eerste regel\r\ntweede  ",
        private_note="stil",
        promises=(Promise.of(what="lijst bezorgen", due_on=date(2016, 4, 1)),),
    )
    found = visit(fresh, visit_id)
    assert found is not None
    assert found.line.organisation == "Vereniging 01 (voorbeeld)"
    assert found.line.visitor == "An Peeters"
    assert found.line.goals == ("OD1.1",)
    assert found.line.needs == ("diversiteit",)
    assert found.met == ("Jan", "Mia")
    assert found.line.summary == "eerste regel\ntweede"
    assert found.private_note == "stil"
    assert [(f.what, f.owner, f.due_on) for f in found.follow_ups] == [
        ("lijst bezorgen", "An Peeters", date(2016, 4, 1))
    ]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2015, 12, 31), "outside the plan's period"),
        (date(2021, 1, 1), "outside the plan's period"),
        (date(2016, 7, 1), "in the future"),
    ],
)
def test_a_day_that_cannot_be_is_refused(fresh: Session, day: date, words: str) -> None:
    with pytest.raises(RuleBroken, match=words) as caught:
        log(fresh, visited_on=day)
    assert caught.value.field == "visited_on"
    assert count_visits(fresh, VisitFilter()) == 0


def test_a_visit_before_or_after_recognition_is_refused(fresh: Session) -> None:
    organisation = find_organisation(fresh, "VER-01")

    class Recognise:
        def apply(self, transaction: Any) -> str:
            transaction.change(
                "organisation",
                organisation.id,
                {"recognised_from": "2016-02-01", "recognised_until": "2016-05-31"},
            )
            return ""

    fresh.write(Recognise())
    with pytest.raises(RuleBroken, match="recognised from"):
        log(fresh, visited_on=date(2016, 1, 31))
    with pytest.raises(RuleBroken, match="recognised until"):
        log(fresh, visited_on=date(2016, 6, 1))
    log(fresh, visited_on=date(2016, 2, 1))
    log(fresh, visited_on=date(2016, 5, 31))


def test_an_organisation_that_is_gone_is_refused(fresh: Session) -> None:
    with pytest.raises(NotFound):
        log(fresh, organisation_id="nobody")


def test_a_planned_visit_counts_only_when_it_is_done(fresh: Session) -> None:
    visit_id = log(fresh, status="planned", visited_on=date(2016, 9, 1), summary="plan")
    assert coverage(fresh)[-1].visited == 0
    with pytest.raises(RuleBroken, match="future"):
        fresh.write(CompleteVisit.of(visit_id=visit_id))
    fresh.write(CompleteVisit.of(visit_id=visit_id, visited_on=DAY))
    assert coverage(fresh)[-1].visited == 1
    with pytest.raises(RuleBroken, match="not planned but done"):
        fresh.write(CompleteVisit.of(visit_id=visit_id))


def test_a_cancelled_visit_stays_in_the_log(fresh: Session) -> None:
    visit_id = log(fresh, status="planned", visited_on=date(2016, 9, 1), summary="plan")
    fresh.write(CancelVisit.of(visit_id=visit_id, reason="ziek"))
    found = visit(fresh, visit_id)
    assert found is not None
    assert (found.line.status, found.line.summary) == ("cancelled", "plan\nziek")
    with pytest.raises(RuleBroken, match="Only a planned visit"):
        fresh.write(CancelVisit.of(visit_id=visit_id))


def test_editing_changes_what_is_given_and_nothing_else(fresh: Session) -> None:
    first, second = find_goal(fresh, "OD1.1").id, find_goal(fresh, "OD1.2").id
    visit_id = log(fresh, goal_ids=(first,), needs=("a", "b"), met=("Jan",), summary="oud")
    fresh.write(EditVisit.of(visit_id=visit_id, goal_ids=(second,), needs=("b", "c")))
    found = visit(fresh, visit_id)
    assert found is not None
    assert found.line.goals == ("OD1.2",)
    assert found.line.needs == ("b", "c")
    assert found.met == ("Jan",)
    assert found.line.summary == "oud"
    fresh.write(EditVisit.of(visit_id=visit_id, goal_ids=(first, second)))
    found = visit(fresh, visit_id)
    assert found is not None
    assert found.line.goals == ("OD1.1", "OD1.2")


def test_a_visit_taken_out_is_nowhere_any_more(fresh: Session) -> None:
    visit_id = log(fresh, summary="ongewoonwoord", promises=(Promise.of(what="iets"),))
    assert [hit.id for hit in find(fresh, "ongewoonwoord")] == [visit_id]
    fresh.write(RetireVisit.of(visit_id=visit_id))
    assert visit(fresh, visit_id) is None
    assert visit_log(fresh, VisitFilter()) == []
    assert follow_up_list(fresh) == []
    assert find(fresh, "ongewoonwoord") == []
    assert coverage(fresh)[-1].visited == 0


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"summary": "x" * 20_001}, "summary"),
        ({"summary": "a\x1b[31mb"}, "summary"),
        ({"met": ("  ",)}, "met"),
        ({"needs": ("x" * 81,)}, "needs"),
        ({"mode": "pigeon"}, "mode"),
        ({"visited_on": "gisteren"}, "visited_on"),
        ({"unknown": 1}, "unknown"),
    ],
)
def test_wrong_fields_are_named(fresh: Session, fields: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        log(fresh, **fields)
    assert caught.value.field == field
    assert count_visits(fresh, VisitFilter()) == 0


def test_the_log_filters(demo: Session) -> None:
    everything = count_visits(demo, VisitFilter())
    done = visit_log(demo, VisitFilter(status="done"))
    assert 200 < len(done) < everything
    visitor = done[0].visitor
    mine = [line for line in done if line.visitor == visitor]
    person = next(p.id for p in staff(demo) if p.name == visitor)
    assert visit_log(demo, VisitFilter(status="done", visitor_id=person)) == mine
    in_2017 = VisitFilter(since=date(2017, 1, 1), until=date(2017, 12, 31))
    assert {line.visited_on.year for line in visit_log(demo, in_2017)} == {2017}
    found = visit_log(demo, VisitFilter(text="DÉCREET impact"))
    assert found == []
    assert visit_log(demo, VisitFilter(text="décreet"), limit=3)


def test_the_log_comes_in_pages(demo: Session) -> None:
    whole = visit_log(demo, VisitFilter())
    assert visit_log(demo, VisitFilter(), limit=10, offset=20) == whole[20:30]
    assert [line.visited_on for line in whole] == sorted(
        (line.visited_on for line in whole), reverse=True
    )


def test_whom_to_visit_next(demo: Session) -> None:
    window = OrganisationFilter(since=date(2018, 1, 1), until=demo.as_of, order="next")
    lines = organisation_list(demo, window)
    assert len(lines) == 136
    never = [line for line in lines if line.last_visit is None]
    assert lines[: len(never)] == never
    days = [line.last_visit for line in lines[len(never) :] if line.last_visit]
    assert days == sorted(days)
    unvisited = OrganisationFilter(since=date(2018, 1, 1), until=demo.as_of, unvisited_only=True)
    assert all(line.visits == 0 for line in organisation_list(demo, unvisited))
