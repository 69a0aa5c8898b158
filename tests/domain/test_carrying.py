"""What an indicator takes along into the next plan."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socius_tui.domain import carrying
from socius_tui.domain.aggregation import accumulates
from socius_tui.domain.carrying import (
    Baseline,
    carried_baseline,
    moved,
    moved_period,
    next_period,
    stored,
)
from socius_tui.domain.judge import judge
from socius_tui.domain.model import (
    Aggregation,
    Direction,
    Entry,
    EntryForm,
    IndicatorKind,
    Judging,
    Measure,
    Period,
    Scope,
)
from tests.domain.building import PLAN, RULES, day, entry, measure, target
from tests.domain.test_judge_properties import ENTRIES, measures

END = PLAN.end


def baseline(
    wanted: Measure, *entries: Entry, on: date = END, former_on: date | None = None
) -> Baseline:
    return carried_baseline(wanted, former_on, judge(wanted, entries, RULES, on), on)


def ratio(on: str, above: int, below: int) -> Entry:
    return Entry(
        day(on), on, EntryForm.RATIO, numerator=Fraction(above), denominator=Fraction(below)
    )


def test_a_level_takes_its_last_value_and_the_day_of_that() -> None:
    latest = measure(
        target(2018, 85), target(2020, 95), aggregation=Aggregation.LATEST, baseline=80
    )
    found = baseline(latest, entry("2018-03-01", 86), entry("2020-09-30", "90.50"))
    assert found == (carrying.LAST_VALUE, "90.5", date(2020, 9, 30))
    assert baseline(latest, entry("2018-03-01", 86)).day == date(2018, 3, 1)
    assert baseline(latest, entry("2021-01-01", 99), entry("2018-03-01", 86)).value == "86"


def test_of_a_level_by_period_the_last_period_with_a_value_counts() -> None:
    mean = measure(target(2019, 4), target(2020, 5), aggregation=Aggregation.MEAN)
    found = baseline(mean, entry("2019-02-01", 3), entry("2019-08-01", 4))
    assert found == (carrying.LAST_VALUE, "3.5", date(2019, 8, 1))


def test_ratios_are_those_of_the_whole_rounded_where_they_never_end() -> None:
    share = measure(target(2020, 80), kind=IndicatorKind.PERCENTAGE, aggregation=Aggregation.SUM)
    parts = [("2020-01-01", 40, 57), ("2020-02-01", 20, 35), ("2020-03-01", 13, 13)]
    found = baseline(share, *(ratio(*part) for part in (*parts, ("2020-04-01", 10, 31))))
    assert found == (carrying.LAST_VALUE, "61.029412", date(2020, 4, 1))


def test_what_adds_up_counts_from_zero_again() -> None:
    visits = measure(target(2019, 100), target(2020, 100))
    assert baseline(visits, entry("2020-05-01", 90)) == (carrying.FROM_ZERO, None, None)
    from_zero = measure(target(2020, 100), baseline=0)
    assert baseline(from_zero, entry("2020-05-01", 90)) == (carrying.FROM_ZERO, "0", END)
    to_date = measure(target(2020, 150), scope=Scope.TO_DATE, baseline=20)
    assert baseline(to_date, entry("2020-05-01", 145)) == (carrying.FROM_ZERO, None, None)


def test_a_count_held_against_a_period_of_before_takes_the_last_that_was_over() -> None:
    complaints = measure(
        target(2018, 10), target(2019, 10), target(2020, 9),
        direction=Direction.DECREASE, baseline=12,
    )  # fmt: skip
    said = [entry("2018-05-01", 9), entry("2019-05-01", 5), entry("2019-06-01", 6)]
    assert baseline(complaints, *said) == (carrying.LAST_PERIOD, "11", date(2019, 12, 31))
    early = baseline(complaints, *said, on=date(2019, 12, 30))
    assert early == (carrying.LAST_PERIOD, "9", date(2018, 12, 31))
    silent = baseline(complaints, on=date(2019, 12, 30), former_on=date(2015, 12, 31))
    assert silent == (carrying.FORMER_BASELINE, "12", date(2015, 12, 31))


@pytest.mark.parametrize(
    "wanted",
    [
        measure(target(2017, 1), kind=IndicatorKind.MILESTONE, baseline=0),
        measure(kind=IndicatorKind.NARRATIVE),
        measure(target(2019, 1), judging=Judging.BY_PERIOD, baseline=0),
    ],
    ids=["milestone", "narrative", "promise"],
)
def test_steps_words_and_promises_take_none(wanted: Measure) -> None:
    assert baseline(wanted, entry("2017-02-01", 1)) == (carrying.NO_BASELINE, None, None)


def test_without_a_measurement_the_baseline_of_before_stays_the_last_value_known() -> None:
    level = measure(target(2020, 95), aggregation=Aggregation.LATEST, baseline="80.0")
    found = baseline(level, former_on=date(2015, 1, 31))
    assert found == (carrying.FORMER_BASELINE, "80", date(2015, 1, 31))
    silent = Entry(date(2017, 1, 1), "1", EntryForm.NOT_APPLICABLE)
    assert baseline(level, silent).origin == carrying.FORMER_BASELINE
    assert baseline(measure(target(2020, 95), aggregation=Aggregation.MAX)).origin == (
        carrying.NO_VALUE
    )


@given(measures(), ENTRIES, st.dates(date(2015, 10, 1), date(2019, 3, 1)))
def test_a_baseline_is_the_value_that_was_judged_or_says_why_not(
    wanted: Measure, said: list[Entry], on: date
) -> None:
    judged = judge(wanted, said, RULES, on)
    found = carried_baseline(wanted, None, judged, on)
    assert found.origin in carrying.ORIGINS
    assert found.value is None or len(found.value) <= 40
    if found.origin == carrying.LAST_VALUE:
        assert judged.value is not None
        assert abs(Fraction(found.value or "") - judged.value) <= Fraction(1, 2_000_000)
        assert found.day is not None
        assert found.day <= on
        assert not accumulates(wanted)
    if found.origin in (carrying.NO_BASELINE, carrying.NO_VALUE):
        assert found.value is None


@given(st.fractions(-(10**30), 10**30), st.integers(1, 10**6))
def test_a_stored_number_fits_and_is_as_near_as_six_decimals(top: Fraction, below: int) -> None:
    value = top / below
    text = stored(value)
    assert len(text) <= 40
    assert abs(Fraction(text) - value) <= Fraction(1, 2_000_000)
    assert stored(Fraction(text)) == text


def test_days_move_by_years_and_else_by_days() -> None:
    start, other = date(2016, 1, 1), date(2021, 1, 1)
    assert moved(date(2018, 7, 1), start, other) == date(2023, 7, 1)
    assert moved(date(2016, 2, 29), start, other) == date(2021, 2, 28)
    assert moved(date(2018, 7, 1), start, date(2021, 7, 1)) == date(2023, 12, 30)
    with pytest.raises(OverflowError):
        moved(date(2020, 1, 1), start, date(9998, 1, 1))


def test_a_period_that_is_not_all_in_the_new_plan_has_no_place_there() -> None:
    summer = Period(date(2020, 7, 1), date(2020, 8, 31))
    short = Period(date(2021, 1, 1), date(2024, 12, 31))
    assert moved_period(summer, PLAN, next_period(PLAN)) == (date(2025, 7, 1), date(2025, 8, 31))
    assert moved_period(summer, PLAN, short) is None
    assert moved_period(summer, PLAN, Period(date(9998, 1, 1), date.max)) is None


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 4000))
def test_the_next_period_begins_the_day_after_and_is_as_long(start: date, days: int) -> None:
    period = Period(start, start + timedelta(days=days))
    following = next_period(period)
    assert following.start == period.end + timedelta(days=1)
    assert abs(following.days - period.days) <= 3  # 29 February
    assert moved_period(period, period, following) is not None


def test_five_years_are_followed_by_five_years() -> None:
    assert next_period(PLAN) == (date(2021, 1, 1), date(2025, 12, 31))
    assert next_period(PLAN, date(2022, 1, 1)) == (date(2022, 1, 1), date(2026, 12, 31))
