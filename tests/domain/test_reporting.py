"""Completeness, timeliness and freshness."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socius_tui.domain import codes
from socius_tui.domain.model import Entry, Frequency, Period
from socius_tui.domain.reporting import freshness, reporting, reporting_periods
from tests.domain.building import day, entry, percent, silent

QUARTER = Frequency.QUARTER
START = date(2016, 1, 1)


@pytest.mark.parametrize(
    ("frequency", "last", "as_of", "expected"),
    [
        (QUARTER, "2016-03-31", "2016-03-31", codes.FRESH),
        (QUARTER, "2016-03-31", "2016-06-30", codes.FRESH),  # 91 days
        (QUARTER, "2016-03-31", "2016-07-01", codes.AGEING),
        (QUARTER, "2016-03-31", "2016-08-14", codes.AGEING),  # 136 days
        (QUARTER, "2016-03-31", "2016-08-15", codes.STALE),  # 137, limit 136.5
        (Frequency.MONTH, "2016-01-01", "2016-01-31", codes.FRESH),
        (Frequency.MONTH, "2016-01-01", "2016-02-15", codes.AGEING),  # 45 days, limit 45
        (Frequency.MONTH, "2016-01-01", "2016-02-16", codes.STALE),
        (Frequency.HALF_YEAR, "2016-01-01", "2016-07-01", codes.FRESH),  # 182 days
        (Frequency.HALF_YEAR, "2016-01-01", "2016-07-02", codes.AGEING),
        (Frequency.YEAR, "2017-01-01", "2018-01-01", codes.FRESH),  # 365 days
        (Frequency.YEAR, "2017-01-01", "2018-01-02", codes.AGEING),
        (Frequency.YEAR, "2017-01-01", "2018-07-02", codes.AGEING),  # 547, limit 547.5
        (Frequency.YEAR, "2017-01-01", "2018-07-03", codes.STALE),
    ],
)
def test_freshness(frequency: Frequency, last: str, as_of: str, expected: str) -> None:
    assert freshness(day(last), day(as_of), frequency) == expected


def test_never_reported() -> None:
    assert freshness(None, START, QUARTER) == codes.NEVER


def recorded(on: str, when: str) -> Entry:
    return entry(on, 1)._replace(recorded_on=day(when))


def test_eight_due_seven_reported_five_on_time() -> None:
    entries = [
        recorded("2016-02-10", "2016-02-10"),
        recorded("2016-05-10", "2016-07-30"),  # the last day of grace
        recorded("2016-09-30", "2016-10-31"),  # a day late
        recorded("2016-12-01", "2016-12-02"),
        recorded("2017-01-01", "2017-06-01"),  # late
        recorded("2017-04-01", "2017-04-01"),
        silent("2017-07-01")._replace(recorded_on=day("2017-07-01")),
        # nothing for the last quarter of 2017, and one that is not due yet
        recorded("2018-01-15", "2018-01-15"),
    ]
    found = reporting(QUARTER, entries, START, date(2018, 1, 30))
    assert found == (8, 7, 5)
    assert percent(found.completeness) == "87,5"
    assert percent(found.timeliness) == "62,5"


@pytest.mark.parametrize(
    ("as_of", "due"), [("2016-04-29", 0), ("2016-04-30", 1), ("2016-07-29", 1), ("2016-07-30", 2)]
)
def test_due_once_the_grace_has_passed(as_of: str, due: int) -> None:
    assert reporting(QUARTER, (), START, day(as_of)).due == due


def test_nothing_due_has_no_percentage() -> None:
    found = reporting(QUARTER, (), START, START)
    assert (found.completeness, found.timeliness) == (None, None)


def test_nothing_is_due_after_the_end() -> None:
    found = reporting(Frequency.YEAR, (), START, date(2030, 1, 1), end=date(2020, 12, 31))
    assert found.due == 5


def test_what_is_dated_later_does_not_exist() -> None:
    late = recorded("2016-03-30", "2016-03-30")
    assert reporting(QUARTER, [late], START, date(2016, 3, 29), grace_days=-30).reported == 0


@pytest.mark.parametrize(
    ("frequency", "start", "ends"),
    [
        (Frequency.MONTH, "2016-01-31", ["2016-01-31", "2016-02-29", "2016-03-31"]),
        (QUARTER, "2016-02-15", ["2016-03-31", "2016-06-30", "2016-09-30", "2016-12-31"]),
        (Frequency.HALF_YEAR, "2016-01-01", ["2016-06-30", "2016-12-31"]),
        (Frequency.YEAR, "2015-07-01", ["2015-12-31", "2016-12-31"]),
    ],
)
def test_calendar_periods(frequency: Frequency, start: str, ends: list[str]) -> None:
    found = list(reporting_periods(frequency, day(start), day(ends[-1])))
    assert [p.end.isoformat() for p in found] == ends
    assert found[0].start == day(start)


DATES = st.dates(date(2015, 1, 1), date(2021, 12, 31))


@given(
    st.sampled_from(Frequency),
    st.lists(
        st.builds(
            lambda on, delay: entry(on, 1)._replace(recorded_on=on + delay),
            DATES,
            st.timedeltas(timedelta(0), timedelta(300)),
        )
    ),
    DATES,
    st.dates(),
    st.integers(0, 90),
)
def test_on_time_within_reported_within_due(
    frequency: Frequency, entries: list[Entry], start: date, as_of: date, grace: int
) -> None:
    found = reporting(frequency, entries, start, as_of, grace, end=date(2025, 12, 31))
    assert 0 <= found.on_time <= found.reported <= found.due
    periods = list(reporting_periods(frequency, start, date(2025, 12, 31)))
    assert found.due <= len(periods)
    for one, following in pairwise(periods):
        assert following.start == one.end + timedelta(days=1)


def test_at_the_end_of_time() -> None:
    assert list(reporting_periods(Frequency.YEAR, date(9999, 1, 1), date.max)) == [
        Period(date(9999, 1, 1), date.max)
    ]
