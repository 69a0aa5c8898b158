"""Where it will end if it goes on like this."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from socius_tui.domain import codes
from socius_tui.domain.judgement import Forecast, Judgement
from socius_tui.domain.model import (
    Aggregation,
    Direction,
    Entry,
    IndicatorKind,
    Measure,
    Period,
    Rules,
)
from tests.domain.building import (
    MID_2016,
    PLAN,
    SUMMER_2016,
    entry,
    judged,
    measure,
    percent,
    shown,
    target,
)

VISITS = measure(target(2016, 136))
# Sixty by the end of June, twenty of them in the last 91 days (from 1 April).
SIXTY = (
    entry("2016-02-15", 25),
    entry("2016-03-31", 15),
    entry("2016-04-01", 12),
    entry("2016-06-30", 8),
)


def methods(found: Judgement) -> dict[str, Forecast]:
    return {forecast.method: forecast for forecast in found.forecasts}


def test_run_rate_and_recent_window() -> None:
    found = methods(judged(VISITS, *SIXTY, on=MID_2016))
    rate, recent = found[codes.RUN_RATE], found[codes.RECENT_WINDOW]
    assert shown(rate.value, 1) == "120,7"
    assert percent(rate.share) == "88,7"
    assert rate.reached_on == date(2017, 2, 16)
    assert shown(recent.value, 1) == "100,4"
    assert recent.reached_on is not None
    assert recent.reached_on > rate.reached_on


def test_a_tenth_of_the_days_is_enough() -> None:
    hundred_days = measure(target(Period(date(2017, 1, 1), date(2017, 4, 10)), 50))
    three = [entry("2017-01-02", 1) for _ in range(3)]
    for on, refused in (("2017-01-09", codes.TOO_EARLY), ("2017-01-10", "")):
        assert {f.refused for f in judged(hundred_days, *three, on=on).forecasts} == {refused}


def test_the_recent_window_starts_no_earlier_than_the_count() -> None:
    found = methods(judged(VISITS, *(entry("2016-02-01", 5) for _ in range(3)), on="2016-02-29"))
    assert found[codes.RECENT_WINDOW].value == found[codes.RUN_RATE].value == Fraction(15 * 366, 60)


def test_what_is_reached_will_not_be_reached_again() -> None:
    found = judged(VISITS, *SIXTY, entry("2016-06-01", 90), on=MID_2016).forecasts
    assert [f.reached_on for f in found] == [None, None]


def test_a_pause_does_not_slow_the_rate() -> None:
    rules = Rules(PLAN, pauses=(SUMMER_2016,))
    rate = methods(judged(VISITS, *SIXTY, on=MID_2016, rules=rules))[codes.RUN_RATE]
    assert shown(rate.value, 2) == "100,22"  # 60 / 182 x 304
    before_and_after = methods(judged(VISITS, *SIXTY, on="2016-08-31", rules=rules))
    assert before_and_after[codes.RUN_RATE].value == rate.value


def test_distinct_counts_only_new_ones() -> None:
    what = VISITS._replace(aggregation=Aggregation.DISTINCT)
    early = [entry("2016-02-01", 1, key=key) for key in "ABCD"]
    again = [entry("2016-06-01", 1, key=key) for key in "ABE"]
    recent = methods(judged(what, *early, *again, on=MID_2016))[codes.RECENT_WINDOW]
    assert shown(recent.value) == "7,02"  # 5 + 1 / 91 x 184


@pytest.mark.parametrize(
    ("entries", "on", "refused"),
    [
        (SIXTY[:2], "2016-06-30", codes.TOO_FEW),
        (SIXTY[:3], "2016-06-30", ""),
        (tuple(entry("2016-01-05", 2) for _ in range(3)), "2016-02-05", codes.TOO_EARLY),
        (tuple(entry("2016-01-05", 2) for _ in range(3)), "2016-02-06", ""),
    ],
)
def test_refused_on_too_little(entries: tuple[Entry, ...], on: str, refused: str) -> None:
    found = judged(VISITS, *entries, on=on).forecasts
    assert [f.method for f in found] == list(codes.FORECAST_METHODS)
    assert {f.refused for f in found} == {refused}
    assert all((f.value is None) == bool(refused) for f in found)


@pytest.mark.parametrize(
    "what",
    [
        VISITS._replace(aggregation=Aggregation.LATEST),
        VISITS._replace(kind=IndicatorKind.MILESTONE),
        VISITS._replace(kind=IndicatorKind.PERCENTAGE),
        measure(target(2016, 136), target(2016, 30)),
        measure(),
    ],
)
def test_only_where_one_count_runs_on(what: Measure) -> None:
    assert judged(what, *SIXTY, on=MID_2016).forecasts == ()


@pytest.mark.parametrize("on", ["2015-06-30", "2016-12-31", "2017-06-30"])
def test_not_before_the_start_nor_after_the_end(on: str) -> None:
    assert judged(VISITS, *SIXTY, on=on).forecasts == ()


def test_a_ceiling_is_not_reached() -> None:
    what = VISITS._replace(direction=Direction.DECREASE)
    for forecast in judged(what, *SIXTY, on=MID_2016).forecasts:
        assert forecast.value is not None
        assert forecast.reached_on is None


def test_several_years_run_on_as_one() -> None:
    what = measure(target(2016, 136), target(2017, 136))
    rate = methods(judged(what, *SIXTY, on=MID_2016))[codes.RUN_RATE]
    assert shown(rate.value, 1) == "241,0"  # 60 / 182 x 731


def test_a_rate_too_slow_for_the_calendar_has_no_day() -> None:
    what = measure(target(2016, 10**9))
    rate = methods(judged(what, *SIXTY, on=MID_2016))[codes.RUN_RATE]
    assert rate.reached_on is None
