"""The sheet of a year: weeks by weekdays, and what a day is worth."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socius_tui.domain import year_calendar as sheets
from socius_tui.domain.year_calendar import DayCount, YearSheet

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(DAYS)
def test_a_day_is_where_the_sheet_says(day: date) -> None:
    column = sheets.column_of(day)
    assert 0 <= column < sheets.weeks_of(day.year) <= 54
    assert sheets.day_at(day.year, column, day.weekday()) == day


@given(st.integers(1900, 2199))
def test_every_day_has_one_place_and_no_place_is_outside(year: int) -> None:
    places = [
        sheets.day_at(year, column, weekday)
        for column in range(sheets.weeks_of(year))
        for weekday in range(7)
    ]
    there = [day for day in places if day is not None]
    assert there == sorted(set(there))
    assert there[0] == date(year, 1, 1)
    assert there[-1] == date(year, 12, 31)
    assert len(there) == (date(year + 1, 1, 1) - date(year, 1, 1)).days
    assert sheets.day_at(year, -1, 0) is None
    assert sheets.day_at(year, 54, 0) is None


@given(DAYS, st.integers(-400, 400))
def test_moving_never_leaves_the_year(day: date, days: int) -> None:
    moved = sheets.moved(day, days)
    assert moved.year == day.year
    wanted = day + timedelta(days=days)
    if wanted.year == day.year:
        assert moved == wanted


@pytest.mark.parametrize(
    ("count", "level"), [(0, 0), (1, 1), (2, 2), (3, 3), (4, 3), (5, 4), (90, 4)]
)
def test_levels(count: int, level: int) -> None:
    assert sheets.level(count) == level


def test_what_a_year_adds_up_to() -> None:
    first, second, planned = date(2018, 3, 5), date(2018, 3, 6), date(2018, 9, 3)
    days = {first: DayCount(2), second: DayCount(2, 0), planned: DayCount(0, 3)}
    sheet = YearSheet(2018, date(2018, 6, 30), days, 2016, 2020)
    assert (sheet.done, sheet.planned, sheet.busy_days) == (4, 3, 2)
    assert sheet.busiest == (first, 2), "of equal days the first"
    assert sheet.next_with(first, 1) == second
    assert sheet.next_with(second, 1) == planned
    assert sheet.next_with(planned, 1) is None
    assert sheet.next_with(planned, -1) == second
    assert sheet.on(date(2018, 1, 1)) == DayCount()
    empty = sheet._replace(days={planned: DayCount(0, 1)})
    assert empty.busiest is None
