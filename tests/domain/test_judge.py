"""One indicator judged on one day: scope, progress, pace and status."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from socius_tui.domain import codes
from socius_tui.domain.model import (
    Aggregation,
    Computed,
    Direction,
    Frequency,
    IndicatorKind,
    Measure,
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
    ratio,
    row,
    shown,
    silent,
    target,
    words,
    year,
)

LATEST, MEAN, DISTINCT = Aggregation.LATEST, Aggregation.MEAN, Aggregation.DISTINCT
TO_DATE = Scope.TO_DATE
INCREASE, DECREASE, MAINTAIN = Direction.INCREASE, Direction.DECREASE, Direction.MAINTAIN
PAUSED = Rules(PLAN, pauses=(SUMMER_2016,))

VISITS = measure(target(2016, 136))
SIXTY = entry("2016-06-01", 60)


class TestScope:
    """80 of 100 means something else per period, to date, and as a snapshot."""

    def test_per_period_sum(self) -> None:
        found = judged(
            measure(target(2016, 100), target(2017, 100), target(2018, 100)),
            entry("2016-05-01", 80),
            entry("2017-05-01", 40),
            entry("2017-06-01", 70),
            entry("2018-05-01", 90),
        )
        assert [r.value for r in found.periods] == [80, 110, 90]
        assert [r.verdict for r in found.periods] == [
            codes.MISSED,
            codes.FULFILLED,
            codes.MISSED,
        ]
        assert row(found.value, found.target) == (280, 300)
        assert percent(found.progress) == "93,3"
        assert found.status is Status.ON_TRACK

    def test_to_date_from_increments(self) -> None:
        found = judged(
            measure(target(2016, 50), target(2017, 100), target(2018, 150), scope=TO_DATE),
            entry("2016-05-01", 40),
            entry("2017-05-01", 30),
            entry("2017-06-01", 30),
            entry("2018-05-01", 45),
        )
        assert [r.value for r in found.periods] == [40, 100, 145]
        assert row(found.value, found.target) == (145, 150)
        assert percent(found.progress) == "96,7"

    @pytest.mark.parametrize("scope", list(Scope))
    def test_snapshot(self, scope: Scope) -> None:
        found = judged(
            measure(
                target(2016, 50),
                target(2017, 60),
                target(2018, 70),
                aggregation=LATEST,
                scope=scope,
            ),
            entry("2016-05-01", 40),
            entry("2017-05-01", 50),
            entry("2017-06-01", 55),
            entry("2018-05-01", 75),
        )
        assert [r.value for r in found.periods] == [40, 55, 75]
        assert row(found.value, found.target) == (75, 70)
        assert percent(found.progress) == "107,1"
        assert found.status is Status.MET
        assert codes.NO_BASELINE in found.rules

    @pytest.mark.parametrize(
        ("what", "progress"),
        [
            (measure(target(2016, 500), target(2017, 800)), "100,0"),
            (measure(target(2016, 500), target(2017, 800), scope=TO_DATE), "162,5"),
            (
                measure(target(2016, 500), target(2017, 800), scope=TO_DATE, aggregation=LATEST),
                "118,8",
            ),
        ],
    )
    def test_three_readings_of_the_same_data(self, what: Measure, progress: str) -> None:
        found = judged(what, entry("2016-05-01", 350), entry("2017-05-01", 950))
        assert percent(found.progress) == progress

    def test_share_of_the_year_and_of_the_end(self) -> None:
        entries = entry("2018-05-01", 15), entry("2019-05-01", 40)
        over_two_years = Period(date(2018, 1, 1), date(2019, 12, 31))
        assert percent(judged(measure(target(over_two_years, 100)), *entries).progress) == "55,0"
        assert percent(judged(measure(target(PLAN, 1000)), *entries).progress) == "5,5"

    def test_distinct_per_year_and_over_all_years(self) -> None:
        entries = [entry(f"{y}-05-01", 1, key=key) for y in (2016, 2017) for key in "ABA"]
        targets = target(2016, 3), target(2017, 3)
        assert judged(measure(*targets, aggregation=DISTINCT), *entries).value == 4
        found = judged(measure(*targets, aggregation=DISTINCT, scope=TO_DATE), *entries)
        assert found.value == 2

    def test_what_is_outside_the_periods_does_not_count(self) -> None:
        early, late = entry("2015-12-31", 5), entry("2017-01-01", 5)
        found = judged(VISITS, early, SIXTY, late, words("2016-07-01"))
        assert found.value == 60
        assert found.used == (SIXTY,)
        assert [reason for _, reason in found.left_out] == [
            codes.OUTSIDE_PERIOD,
            codes.TEXT,
            codes.OUTSIDE_PERIOD,
        ]
        assert found.last_entry_day == SIXTY.day

    def test_to_date_counts_from_the_start_of_the_plan(self) -> None:
        found = judged(
            measure(target(2017, 10), scope=TO_DATE), entry("2016-02-01", 4), on="2016-12-31"
        )
        assert found.value == 4
        assert found.expected == Fraction(10 * 366, 731)
        assert found.period_start == PLAN.start

    def test_a_qualifier_is_fed_by_its_own_entries(self) -> None:
        found = judged(
            measure(target(2016, 2, "Beroepskrachten"), target(2016, 2, "leidinggevenden")),
            entry("2016-02-01", 1, qualifier=" beroepskrachten"),
            entry("2016-03-01", 2, qualifier="leidinggevenden"),
            entry("2016-04-01", 5, qualifier="vrijwilligers"),
            entry("2016-05-01", 5),
        )
        assert [r.value for r in found.periods] == [1, 2]
        assert row(found.value, found.target) == (3, 4)
        assert [reason for _, reason in found.left_out] == [codes.OTHER_QUALIFIER] * 2

    def test_of_a_level_with_two_qualifiers_the_last_target_is_judged(self) -> None:
        found = judged(
            measure(target(2016, 10, "a"), target(2017, 20, "b"), aggregation=LATEST),
            entry("2016-02-01", 9, qualifier="a"),
            entry("2017-02-01", 15, qualifier="b"),
        )
        assert row(found.value, found.target) == (15, 20)
        assert [r.value for r in found.periods] == [9, 15]
        assert codes.SEVERAL_QUALIFIERS in found.rules

    def test_to_date_targets_of_several_qualifiers_add_up(self) -> None:
        found = judged(
            measure(target(2016, 10, "a"), target(2016, 20, "b"), scope=TO_DATE),
            entry("2016-02-01", 9, qualifier="a"),
            entry("2016-02-01", 15, qualifier="b"),
            entry("2016-02-01", 99),
        )
        assert row(found.value, found.target, found.expected) == (24, 30, 30)

    def test_a_period_not_applicable_leaves_with_its_target(self) -> None:
        found = judged(
            measure(target(2016, 100), target(2017, 100), target(2018, 100)),
            entry("2016-05-01", 100),
            silent("2017-05-01"),
            entry("2018-05-01", 50),
        )
        assert row(found.value, found.target) == (150, 200)
        assert found.periods[1].verdict == codes.NOT_APPLICABLE
        assert codes.PERIOD_NOT_APPLICABLE in found.rules


class TestMeanPerPeriod:
    SATISFACTION = measure(
        target(2016, 70), target(2017, 80), kind=IndicatorKind.SCALE, aggregation=MEAN
    )

    def test_the_running_period_against_its_own_target(self) -> None:
        found = judged(
            self.SATISFACTION,
            entry("2016-05-01", 60),
            entry("2016-06-01", 90),
            entry("2017-05-01", 60),
            entry("2017-06-01", 80),
            on="2017-12-31",
        )
        assert row(found.value, found.target, found.expected) == (70, 80, 80)
        assert [reason for _, reason in found.left_out] == [codes.EARLIER_PERIOD] * 2
        assert (found.period_start, found.period_end) == (date(2017, 1, 1), date(2017, 12, 31))

    def test_without_a_value_yet_the_period_before(self) -> None:
        found = judged(self.SATISFACTION, entry("2016-05-01", 70), on="2017-03-01")
        assert row(found.value, found.target, found.status) == (70, 70, Status.MET)
        assert codes.USED_EARLIER_PERIOD in found.rules

    def test_to_date_is_the_mean_of_everything(self) -> None:
        what = replace(self.SATISFACTION, scope=TO_DATE)
        found = judged(what, entry("2016-05-01", 60), entry("2017-05-01", 80), on="2017-12-31")
        assert row(found.value, found.target) == (70, 80)

    def test_a_percentage_is_a_level_also_under_sum(self) -> None:
        what = measure(target(2016, 60), target(2017, 60), kind=IndicatorKind.PERCENTAGE)
        found = judged(
            what,
            ratio("2016-05-01", 1, 2),
            ratio("2017-05-01", 40, 57),
            ratio("2017-05-02", 43, 79),
        )
        assert shown(found.value) == "61,03"
        assert row(found.target, found.status) == (60, Status.MET)


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
        [(0, Status.ON_TRACK), (5, Status.ON_TRACK), (7, Status.ATTENTION), (9, Status.OFF_TRACK)],
    )
    def test_a_ceiling_without_a_baseline(self, scope: Scope, actual: int, status: Status) -> None:
        what = measure(target(2016, 10), direction=DECREASE, scope=scope)
        found = judged(what, entry("2016-03-01", actual), on="2016-07-01")
        assert (found.progress, found.status) == (None, status)

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


class TestMilestone:
    AGREEMENT = measure(target(2017, 1), kind=IndicatorKind.MILESTONE, aggregation=LATEST)

    @pytest.mark.parametrize(
        ("on", "value", "status"),
        [
            ("2017-12-31", None, Status.NOT_STARTED),
            ("2018-01-01", None, Status.NO_DATA),
            ("2017-12-31", "0.5", Status.NOT_STARTED),
            ("2018-01-01", "0.5", Status.OFF_TRACK),
            ("2018-01-01", "0.7", Status.ATTENTION),
            ("2016-05-01", "1", Status.MET),
            ("2018-06-01", "1", Status.MET),
        ],
    )
    @pytest.mark.parametrize("aggregation", [LATEST, Aggregation.SUM])
    def test_nothing_is_expected_before_its_day(
        self, on: str, value: str | None, status: Status, aggregation: Aggregation
    ) -> None:
        what = replace(self.AGREEMENT, aggregation=aggregation)
        entries = () if value is None else (entry("2016-04-01", value),)
        assert judged(what, *entries, on=on).status is status

    def test_reached_late_is_reached(self) -> None:
        found = judged(
            self.AGREEMENT, entry("2017-11-01", 0), entry("2018-02-01", 1), on="2018-03-01"
        )
        assert row(found.status, found.days_behind) == (Status.MET, 0)
        assert found.periods[0].verdict == codes.FULFILLED

    def test_days_late(self) -> None:
        found = judged(self.AGREEMENT, entry("2017-11-01", 0), on="2018-01-20")
        assert found.days_behind == 20


class TestNarrative:
    STORY = measure(kind=IndicatorKind.NARRATIVE, frequency=Frequency.QUARTER)

    @pytest.mark.parametrize(
        ("on", "status", "fresh"),
        [
            ("2016-06-30", Status.ON_TRACK, codes.FRESH),
            ("2016-08-14", Status.ATTENTION, codes.AGEING),
            ("2016-08-15", Status.ATTENTION, codes.STALE),
        ],
    )
    def test_on_track_while_it_is_fresh(self, on: str, status: Status, fresh: str) -> None:
        number = entry("2016-03-31", 5)
        found = judged(self.STORY, words("2016-03-31"), number, on=on)
        assert (found.status, found.freshness, found.with_data) == (status, fresh, True)
        assert (found.value, found.capped) == (None, None)
        assert found.left_out == ((number, codes.NOT_TEXT),)

    def test_silence(self) -> None:
        assert judged(self.STORY, on="2015-12-31").status is Status.NOT_STARTED
        assert judged(self.STORY, on=MID_2016).status is Status.NO_DATA
        found = judged(self.STORY, words("2016-02-01"), silent("2016-03-01"), on=MID_2016)
        assert (found.not_applicable, found.with_data) == (True, False)


class TestFreshness:
    def test_nothing_is_late_after_the_last_period(self) -> None:
        assert judged(VISITS, entry("2016-12-01", 60), on="2019-06-30").freshness == codes.FRESH
        assert judged(VISITS, entry("2016-12-01", 60), on="2019-06-30").last_entry_day == date(
            2016, 12, 1
        )

    def test_never(self) -> None:
        assert judged(VISITS).freshness == codes.NEVER

    def test_the_log_is_always_fresh(self) -> None:
        what = replace(VISITS, computed=Computed.VISITS_DONE)
        assert judged(what).freshness == codes.FRESH


@pytest.mark.parametrize(
    ("goal", "actual", "progress"),
    [(50, 37, "74,0"), (13, 9, "69,2"), (136, 33, "24,3"), (136, 60, "44,1")],
)
def test_share_of_the_target(goal: int, actual: int, progress: str) -> None:
    """Figures of the plan itself: interviews held of those planned, organisations reached."""
    found = judged(measure(target(2016, goal)), entry("2016-05-01", actual))
    assert percent(found.progress) == progress


def test_the_plans_own_sum_of_visits() -> None:
    """At mid 2018, half of a plan of five years of 136 visits each."""
    what = measure(*(target(y, 136) for y in range(2016, 2021)))
    found = judged(what, entry("2017-05-01", 200), on="2018-06-30")
    assert found.target == 680
    assert found.expected == 272 + Fraction(136 * 181, 365)
    assert [r.verdict for r in found.periods] == [
        codes.UNREPORTED,
        codes.FULFILLED,
        codes.OPEN,
        codes.UPCOMING,
        codes.UPCOMING,
    ]
    assert found.period_end == year(2020).end
