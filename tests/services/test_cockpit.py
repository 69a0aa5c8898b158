"""The director's page: pace by work type, quality of data, what waits, spheres, the calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from socius_tui.domain import cockpit as rule
from socius_tui.domain.cockpit import DATA, FOLLOW_UP, TARGET
from socius_tui.domain.filters import VisitFilter
from socius_tui.domain.model import Period, Rules
from socius_tui.domain.reporting import Reporting
from socius_tui.services import cockpit, log, spheres, visit_calendar
from socius_tui.services.evidence import read_evidence
from socius_tui.services.exchange.quality_table import quality_rows
from socius_tui.services.following import AddFollowUp, CloseFollowUp
from socius_tui.services.overview import coverage, plan_status
from socius_tui.services.session import Session
from socius_tui.services.visiting import LogVisit
from socius_tui.store.calendar_days import visits_by_day
from socius_tui.store.driver import Connection

YEAR_2016 = Rules(Period(date(2016, 1, 1), date(2020, 12, 31)))


def test_weeks_left_end_with_the_year_the_plan_and_the_pauses() -> None:
    assert rule.weeks_left(YEAR_2016, date(2016, 6, 30)) == Fraction(184, 7)
    summer = YEAR_2016._replace(pauses=(Period(date(2016, 7, 1), date(2016, 8, 31)),))
    assert rule.weeks_left(summer, date(2016, 6, 30)) == Fraction(122, 7)
    assert rule.weeks_left(YEAR_2016, date(2016, 12, 31)) == 0
    short = Rules(Period(date(2016, 1, 1), date(2016, 7, 7)))
    assert rule.weeks_left(short, date(2016, 6, 30)) == 1
    assert rule.weeks_left(short, date(2017, 1, 1)) == 0


def test_a_pace_is_none_only_when_it_cannot_be_made() -> None:
    assert rule.per_week(76, Fraction(122, 7)) == Fraction(76 * 7, 122)  # 4.36 a week
    assert rule.per_week(0, Fraction(0)) == 0
    assert rule.per_week(1, Fraction(0)) is None


def test_the_pace_agrees_with_the_coverage_of_the_year(demo: Session) -> None:
    this_year = coverage(demo, date(2018, 1, 1), demo.as_of)
    paces = cockpit.work_type_paces(demo)
    assert [line.work_type_id for line in paces] == [line.work_type_id for line in this_year]
    for pace, line in zip(paces, this_year, strict=True):
        assert pace.to_go == line.recognised - line.visited
        assert pace.per_week == Fraction(pace.to_go * 7, 184)
        assert 0 <= pace.planned <= pace.to_go


def test_whom_to_visit_next_follows_the_log(demo: Session) -> None:
    before = cockpit.work_type_paces(demo)[0]
    assert before.first is not None
    assert before.first.last_visit is None, "never visited comes before long ago"
    demo.write(
        LogVisit.of(
            organisation_id=before.first.organisation_id,
            visited_on=date(2018, 7, 5),
            status="planned",
        )
    )
    planned = cockpit.work_type_paces(demo)[0]
    assert planned.first is not None
    assert planned.first.organisation_id != before.first.organisation_id
    assert (planned.to_go, planned.planned) == (before.to_go, before.planned + 1)
    demo.write(
        LogVisit.of(
            organisation_id=planned.first.organisation_id,
            visited_on=date(2018, 6, 29),
            status="done",
        )
    )
    assert cockpit.work_type_paces(demo)[0].to_go == before.to_go - 1


def test_quality_is_as_if_every_measurement_was_read(demo: Session) -> None:
    status = plan_status(demo)
    quality = cockpit.data_quality(demo, status)
    plan = demo.plan()
    evidence = demo.read(lambda connection: read_evidence(connection, plan, demo.as_of))
    computed = {i.code for i in evidence.indicators if i.measure.computed}
    line_of = {line.code: line for line in status.lines if line.level == "indicator"}
    compared = 0
    for row in quality_rows(evidence):
        line = line_of[row.code]
        if row.code in computed or not line.of:
            assert quality[line.id].reporting == Reporting(0, 0, 0)
        else:
            compared += 1
            assert quality[line.id].reporting == row.reporting, row.code
    assert compared > 20
    whole = quality[status.plan.id]
    assert whole.of == sum(line.of for line in line_of.values())
    assert whole.stale == sum(line.freshness == "stale" for line in line_of.values())
    assert whole.never == sum(line.freshness == "never" for line in line_of.values())
    parts = [quality[line.id].reporting for line in line_of.values()]
    assert whole.reporting.due == sum(part.due for part in parts) > 0
    assert whole.reporting.on_time <= whole.reporting.reported <= whole.reporting.due


def test_what_waits_in_its_order(demo: Session) -> None:
    owner = log.visit_log(demo, VisitFilter(), limit=1)[0]
    demo.write(AddFollowUp.of(what="Bellen", visit_id=owner.id, due_on=date(2018, 7, 10)))
    demo.write(AddFollowUp.of(what="Veel later", visit_id=owner.id, due_on=date(2018, 12, 1)))
    lines = cockpit.due(demo, plan_status(demo))
    kinds = [line.kind for line in lines]
    assert kinds == sorted(kinds, key=(FOLLOW_UP, TARGET, DATA).index)
    promises = [line for line in lines if line.kind == FOLLOW_UP]
    assert [line.when for line in promises] == sorted(x.when for x in promises if x.when)
    coming = next(line for line in promises if line.title == "Bellen")
    assert not coming.late
    assert (coming.about, coming.opens) == ("visit", owner.id)
    assert "Veel later" not in {line.title for line in promises}
    assert all(line.late for line in promises if line.when and line.when < demo.as_of)
    demo.write(CloseFollowUp.of(follow_up_id=coming.id, done_on=date(2018, 6, 30)))
    assert "Bellen" not in {line.title for line in cockpit.due(demo, plan_status(demo))}


def test_targets_that_fall_due_are_those_that_are_not_met(demo: Session) -> None:
    demo.set_as_of(date(2017, 11, 15))
    status = plan_status(demo)
    targets = [line for line in cockpit.due(demo, status) if line.kind == TARGET]
    assert targets
    for line in targets:
        assert line.when == date(2017, 12, 31)
        found = status.find(line.opens)
        assert found is not None
        assert found.status != "met"


def test_the_spheres_add_up_to_the_indicators(demo: Session) -> None:
    status = plan_status(demo)
    found = spheres.spheres(demo, status)
    assert found.indicators == sum(x.of for x in status.lines if x.level == "indicator")
    assert found.beyond.indicators == found.indicators - found.of("control").indicators
    for line in found.lines:
        lines = spheres.lines_of(demo, line.sphere, status)
        assert sum(x.of for x in lines) == line.indicators
        assert sum(x.with_data for x in lines) == line.with_data
    sentence = spheres.wish(found)
    assert f"{found.beyond.indicators} of {found.indicators} indicators" in sentence
    assert f"{found.goals_with_story} of {found.goals} goals" in sentence


def test_a_plan_without_indicators_has_nothing_to_wish_for() -> None:
    from socius_tui.domain.spheres import spheres as rule_of_spheres

    empty = rule_of_spheres((), {}, 0, 0)
    assert empty.share_beyond is None
    assert empty.of("control").share_with_data is None
    assert spheres.wish(empty) == "This plan has no indicators yet."


@pytest.mark.parametrize("year", [2016, 2017, 2018, 2019])
def test_the_calendar_counts_what_the_log_holds(demo: Session, year: int) -> None:
    sheet = visit_calendar.year_sheet(demo, year)
    window = VisitFilter(status="done", since=date(year, 1, 1), until=date(year, 12, 31))
    assert sheet.done == log.count_visits(demo, window)
    assert sheet.planned == log.count_visits(demo, window._replace(status="planned"))
    assert (sheet.first_year, sheet.last_year) == (2016, 2020)
    months = visit_calendar.by_month(sheet)
    assert sum(count.done for _first, count in months) == sheet.done
    assert len(months) == 12


def test_the_calendar_knows_nothing_after_the_as_of_date(demo: Session) -> None:
    demo.set_as_of(date(2017, 3, 1))
    sheet = visit_calendar.year_sheet(demo)
    assert sheet.year == 2017
    assert all(day <= date(2017, 3, 1) for day, count in sheet.days.items() if count.done)
    assert sheet.done


def test_the_calendar_walks_over_its_own_stretch_of_the_index(demo: Session) -> None:
    asked: list[str] = []
    year = Period(date(2018, 1, 1), date(2018, 12, 31))

    def steps(connection: Connection) -> list[str]:
        connection.set_trace_callback(asked.append)
        visits_by_day(connection, "done", year)
        connection.set_trace_callback(None)
        return [row[-1] for row in connection.execute(f"EXPLAIN QUERY PLAN {asked[-1]}")]

    (step,) = demo.read(steps)
    assert "visit_by_status (status=? AND visited_on>? AND visited_on<?)" in step


def test_everything_can_be_asked_of_an_earlier_moment(demo: Session) -> None:
    demo.set_known_at(datetime(2018, 1, 15, tzinfo=UTC))
    status = plan_status(demo)
    assert visit_calendar.year_sheet(demo, 2017).done
    assert cockpit.work_type_paces(demo)[-1].to_go
    assert cockpit.data_quality(demo, status)[status.plan.id].reporting.due
    assert cockpit.due(demo, status)
    assert spheres.spheres(demo, status).indicators
