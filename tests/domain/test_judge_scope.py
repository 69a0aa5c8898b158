"""What a target speaks of: its period, everything to date, or the last value."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from socius_tui.domain import codes
from socius_tui.domain.model import (
    Aggregation,
    IndicatorKind,
    Measure,
    Period,
    Scope,
    Status,
)
from tests.domain.building import (
    PLAN,
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

LATEST = Aggregation.LATEST
MEAN = Aggregation.MEAN
DISTINCT = Aggregation.DISTINCT
TO_DATE = Scope.TO_DATE
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

    def test_their_line_starts_at_one_baseline(self) -> None:
        what = measure(target(2016, 376, "a"), target(2016, 376, "b"), scope=TO_DATE, baseline=20)
        found = judged(what, entry("2016-01-01", 25, qualifier="a"), on="2016-01-01")
        assert found.expected == 20 + Fraction(732, 366)
        assert found.pace_ratio == Fraction(5, 2)

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
        last_day = judged(self.SATISFACTION, entry("2016-05-01", 70), on="2016-12-31")
        assert codes.USED_EARLIER_PERIOD not in last_day.rules

    def test_to_date_is_the_mean_of_everything(self) -> None:
        what = self.SATISFACTION._replace(scope=TO_DATE)
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
