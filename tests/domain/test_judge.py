"""One indicator judged on one day: progress, pace and status."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from socius_tui.domain import codes
from socius_tui.domain.model import (
    Aggregation,
    Direction,
    IndicatorKind,
    Period,
    Rules,
    Scope,
    Status,
)
from socius_tui.domain.status import status_of_ratio
from tests.domain.building import (
    MID_2016,
    PLAN,
    RULES,
    SUMMER_2016,
    entry,
    judged,
    measure,
    percent,
    row,
    shown,
    silent,
    target,
)

LATEST = Aggregation.LATEST
TO_DATE = Scope.TO_DATE
INCREASE = Direction.INCREASE
DECREASE = Direction.DECREASE
MAINTAIN = Direction.MAINTAIN
PAUSED = Rules(PLAN, pauses=(SUMMER_2016,))
VISITS = measure(target(2016, 136))
SIXTY = entry("2016-06-01", 60)


class TestProgress:
    @pytest.mark.parametrize(
        ("direction", "baseline", "goal", "actual", "progress", "capped"),
        [
            (INCREASE, 80, 95, 86, "40,0", Fraction(2, 5)),
            (DECREASE, 40, 10, 25, "50,0", Fraction(1, 2)),
            (DECREASE, 136, 0, 34, "75,0", Fraction(3, 4)),
            (INCREASE, 80, 95, 74, "-40,0", 0),
            (INCREASE, 15, 50, 53, "108,6", 1),
            (INCREASE, 0, 10, 0, "0,0", 0),
        ],
    )
    def test_from_the_baseline(
        self,
        direction: Direction,
        baseline: int,
        goal: int,
        actual: int,
        progress: str,
        capped: Fraction | int,
    ) -> None:
        what = measure(
            target(2016, goal), direction=direction, aggregation=LATEST, baseline=baseline
        )
        found = judged(what, entry("2016-05-01", actual))
        assert percent(found.progress) == progress
        assert found.capped == capped
        assert found.with_data

    @pytest.mark.parametrize(
        ("direction", "actual", "status"),
        [
            (INCREASE, 80, Status.MET),
            (INCREASE, 79, Status.OFF_TRACK),
            (DECREASE, 80, Status.MET),
            (DECREASE, 81, Status.OFF_TRACK),
        ],
    )
    def test_a_baseline_that_is_the_target(
        self, direction: Direction, actual: int, status: Status
    ) -> None:
        what = measure(target(2016, 80), direction=direction, aggregation=LATEST, baseline=80)
        found = judged(what, entry("2016-05-01", actual), on=MID_2016)
        assert (found.progress, found.pace_ratio, found.status) == (None, None, status)
        assert found.capped == (1 if status is Status.MET else 0)
        assert codes.HOLD_THE_LINE in found.rules

    def test_a_baseline_better_than_the_target_gives_no_percentage(self) -> None:
        """By the formula a fall from 80 to 65 would be 150 % of the way to a floor of 70."""
        what = measure(target(2016, 70), aggregation=LATEST, baseline=80)
        worse = judged(what, entry("2016-05-01", 65))
        assert (worse.progress, worse.status) == (None, Status.OFF_TRACK)
        assert judged(what, entry("2016-05-01", 75)).status is Status.MET

    def test_a_missing_baseline_of_a_falling_level(self) -> None:
        what = measure(target(2016, 10), direction=DECREASE, aggregation=LATEST)
        found = judged(what, entry("2016-05-01", 25))
        assert (found.progress, found.status) == (None, Status.OFF_TRACK)
        assert codes.NO_BASELINE in found.rules

    @pytest.mark.parametrize(
        ("actual", "status"),
        [
            (83, Status.MET),
            (79, Status.OFF_TRACK),
            (80, Status.MET),
            (100, Status.MET),
            (101, Status.OFF_TRACK),
        ],
    )
    @pytest.mark.parametrize("targets", [(), (target(2016, 90),)])
    def test_maintain(self, actual: int, status: Status, targets: tuple[()]) -> None:
        what = measure(
            *targets,
            kind=IndicatorKind.PERCENTAGE,
            direction=MAINTAIN,
            aggregation=LATEST,
            band=(80, 100),
        )
        found = judged(what, entry("2016-05-01", actual), on=MID_2016)
        assert (found.status, found.progress) == (status, None)
        assert found.capped == (1 if status is Status.MET else 0)

    def test_maintain_of_a_count_looks_at_the_last_year_that_is_over(self) -> None:
        what = measure(target(2016, 90), target(2017, 90), direction=MAINTAIN, band=(80, 100))
        entries = entry("2016-05-01", 85), entry("2017-01-15", 5)
        found = judged(what, *entries, on="2017-02-01")
        assert row(found.value, found.status) == (85, Status.MET)
        assert judged(what, *entries, on="2018-02-01").status is Status.OFF_TRACK


class TestFallingCounts:
    """At most 10 complaints a year, where there were 12."""

    COMPLAINTS = measure(target(2016, 10), direction=DECREASE, baseline=12)

    def test_half_a_year_is_compared_with_half_a_year(self) -> None:
        found = judged(self.COMPLAINTS, entry("2016-03-01", 5), on="2016-07-01")
        base, line = Fraction(12 * 183, 366), Fraction(10 * 183, 366)
        assert found.progress == (5 - base) / (line - base) == 1
        assert found.status is Status.ON_TRACK

    def test_met_only_when_the_year_is_over(self) -> None:
        entries = (entry("2016-03-01", 9),)
        assert judged(self.COMPLAINTS, *entries, on="2016-12-31").status is Status.ON_TRACK
        found = judged(self.COMPLAINTS, *entries, on="2017-01-01")
        assert (found.status, found.progress) == (Status.MET, Fraction(3, 2))

    def test_a_growing_count_against_its_own_past(self) -> None:
        what = measure(target(2016, 120), baseline=100)
        found = judged(what, entry("2016-03-01", 55), on="2016-07-01")
        assert row(found.expected, found.progress, found.status) == (
            60,
            Fraction(1, 2),
            Status.OFF_TRACK,
        )

    @pytest.mark.parametrize("scope", list(Scope))
    @pytest.mark.parametrize(
        ("actual", "status"),
        [
            (0, Status.ON_TRACK),
            (4, Status.ON_TRACK),
            (5, Status.ON_TRACK),
            (7, Status.ATTENTION),
            (9, Status.OFF_TRACK),
        ],
    )
    def test_a_ceiling_without_a_baseline(self, scope: Scope, actual: int, status: Status) -> None:
        what = measure(target(2016, 10), direction=DECREASE, scope=scope)
        found = judged(what, entry("2016-03-01", actual), on="2016-07-01")
        assert (found.progress, found.status) == (None, status)
        assert found.pace_ratio == (Fraction(5, actual) if actual else 1)

    def test_no_complaint_at_all_was_the_promise(self) -> None:
        what = measure(target(2016, 0), direction=DECREASE)
        assert judged(what, entry("2016-03-01", 0), on="2017-01-01").status is Status.MET
        assert judged(what, entry("2016-03-01", 1), on=MID_2016).status is Status.OFF_TRACK

    def test_as_many_as_before_is_judged_along_the_year(self) -> None:
        what = measure(target(2016, 100), baseline=100)
        found = judged(what, entry("2016-03-01", 50), on="2016-07-01")
        assert row(found.progress, found.pace_ratio, found.status) == (None, 1, Status.ON_TRACK)


class TestPace:
    def test_sixty_visits_at_mid_year(self) -> None:
        found = judged(VISITS, SIXTY, on=MID_2016)
        assert shown(found.expected) == "67,63"
        assert shown(found.pace_ratio, 3) == "0,887"
        assert shown(found.days_behind, 1) == "20,5"
        assert shown(found.needed_per_week) == "2,89"
        assert shown(found.planned_per_week) == "2,60"
        assert percent(found.progress) == "44,1"
        assert found.status is Status.ON_TRACK

    def test_with_the_summer_paused(self) -> None:
        found = judged(VISITS, SIXTY, on=MID_2016, rules=PAUSED)
        assert shown(found.expected) == "81,42"
        assert shown(found.pace_ratio, 3) == "0,737"
        assert shown(found.needed_per_week) == "4,36"
        assert found.status is Status.ATTENTION
        assert codes.PAUSES in found.rules

    def test_to_date_over_the_plan(self) -> None:
        what = measure(target(PLAN, 1827), scope=TO_DATE)
        found = judged(what, entry("2016-05-01", 912), on="2018-06-30")
        assert row(found.expected, found.pace_ratio, found.days_behind) == (912, 1, 0)

    def test_after_the_end(self) -> None:
        found = judged(VISITS, SIXTY, on="2018-06-30")
        assert found.expected == 136
        assert found.pace_ratio == Fraction(60, 136)
        assert found.needed_per_week is None
        assert found.status is Status.OFF_TRACK

    @pytest.mark.parametrize(
        ("done", "ratio", "status"),
        [
            (15, "0.375", Status.OFF_TRACK),
            (20, "0.5", Status.OFF_TRACK),
            (50, "1.25", Status.ON_TRACK),
        ],
    )
    def test_day_forty_of_a_hundred(self, done: int, ratio: str, status: Status) -> None:
        hundred_days = Period(date(2017, 1, 1), date(2017, 4, 10))
        found = judged(
            measure(target(hundred_days, 100)), entry("2017-02-01", done), on="2017-02-09"
        )
        assert row(found.pace_ratio, found.status) == (Fraction(ratio), status)

    def test_four_work_types_at_an_even_pace(self) -> None:
        """52 weeks of 7 days: 57, 35, 13 and 31 organisations are 2.62 visits a week."""
        weeks = Period(date(2017, 1, 1), date(2017, 12, 30))
        each = [judged(measure(target(weeks, n))).planned_per_week for n in (57, 35, 13, 31)]
        assert [shown(week) for week in each] == ["1,10", "0,67", "0,25", "0,60"]
        assert shown(judged(measure(target(weeks, 136))).planned_per_week) == "2,62"

    def test_ahead(self) -> None:
        found = judged(VISITS, entry("2016-06-01", 100), on=MID_2016)
        assert found.days_behind is not None
        assert found.days_behind < 0
        done = judged(VISITS, entry("2016-06-01", 140), on=MID_2016)
        assert row(done.status, done.days_behind, done.needed_per_week) == (Status.MET, -184, None)

    def test_a_falling_level_behind(self) -> None:
        what = measure(target(2016, 0), direction=DECREASE, aggregation=LATEST, baseline=366)
        found = judged(what, entry("2016-06-01", 200), on=MID_2016)
        assert row(found.expected, found.days_behind) == (184, 16)
        assert found.needed_per_week == Fraction(-200 * 7, 184)

    def test_on_the_wrong_side_of_the_baseline_for_a_while(self) -> None:
        """A dip that was planned: 80, then 70, then 95."""
        what = measure(target(2016, 70), target(2017, 95), aggregation=LATEST, baseline=80)
        fine = judged(what, entry("2016-06-01", 79), on="2016-12-01")
        assert (fine.pace_ratio, fine.status) == (None, Status.ON_TRACK)
        assert judged(what, entry("2016-06-01", 60), on="2016-12-01").status is Status.OFF_TRACK

    def test_every_day_paused(self) -> None:
        rules = Rules(PLAN, pauses=(PLAN,))
        found = judged(VISITS, SIXTY, on=MID_2016, rules=rules)
        assert row(found.expected, found.status) == (0, Status.NOT_STARTED)
        end = judged(VISITS, SIXTY, on="2016-12-31", rules=rules)
        assert row(end.expected, end.pace_ratio) == (136, Fraction(60, 136))


class TestStatus:
    @pytest.mark.parametrize(
        ("ratio", "status"),
        [
            ("1.2", Status.ON_TRACK),
            ("0.85", Status.ON_TRACK),
            ("0.8499", Status.ATTENTION),
            ("0.60", Status.ATTENTION),
            ("0.5999", Status.OFF_TRACK),
            ("0", Status.OFF_TRACK),
            ("-3", Status.OFF_TRACK),
        ],
    )
    def test_the_boundary(self, ratio: str, status: Status) -> None:
        assert status_of_ratio(Fraction(ratio), RULES) is status
        what = measure(target(2016, 20000), aggregation=LATEST)
        found = judged(what, entry("2016-05-01", Fraction(ratio) * 10000), on="2016-07-01")
        assert (found.pace_ratio, found.status) == (Fraction(ratio), status)

    def test_thresholds_belong_to_the_plan(self) -> None:
        strict = Rules(PLAN, Fraction(9, 10), Fraction(8, 10))
        assert judged(VISITS, SIXTY, on=MID_2016, rules=strict).status is Status.ATTENTION

    def test_without_a_value(self) -> None:
        assert judged(VISITS, on="2015-12-31").status is Status.NOT_STARTED
        found = judged(VISITS, on=MID_2016)
        assert (found.status, found.with_data, found.value) == (Status.NO_DATA, False, None)
        assert found.expected is not None

    def test_what_is_dated_later_does_not_exist(self) -> None:
        later = entry("2016-07-01", 76)
        found = judged(VISITS, SIXTY, later, on=MID_2016)
        assert found == judged(VISITS, SIXTY, on=MID_2016)

    def test_without_a_target_the_value_is_shown_and_not_judged(self) -> None:
        found = judged(measure(), entry("2016-05-01", 5), on=MID_2016)
        assert row(found.value, found.status, found.with_data) == (5, Status.NO_DATA, True)
        assert found.capped is None
        assert codes.NO_TARGET in found.rules
        assert (found.period_start, found.period_end) == (PLAN.start, PLAN.end)
        assert judged(measure(), on="2015-05-01").status is Status.NOT_STARTED

    @pytest.mark.parametrize("aggregation", list(Aggregation))
    def test_not_applicable(self, aggregation: Aggregation) -> None:
        found = judged(
            measure(target(2016, 10), aggregation=aggregation), silent("2016-05-01"), on=MID_2016
        )
        assert (found.value, found.not_applicable, found.with_data) == (None, True, False)
        assert found.status is Status.NO_DATA
        assert found.last_entry_day == date(2016, 5, 1)


@pytest.mark.parametrize(
    ("goal", "actual", "progress"),
    [(50, 37, "74,0"), (13, 9, "69,2"), (136, 33, "24,3"), (136, 60, "44,1")],
)
def test_share_of_the_target(goal: int, actual: int, progress: str) -> None:
    """Figures of the plan itself: interviews held of those planned, organisations reached."""
    found = judged(measure(target(2016, goal)), entry("2016-05-01", actual))
    assert percent(found.progress) == progress
