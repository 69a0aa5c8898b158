"""Days, pauses and the expected line."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socius_tui.domain.model import Period, Target
from socius_tui.domain.schedule import (
    Calendar,
    Path,
    added,
    calendar,
    gaps,
    level_path,
    running_path,
    step_path,
)
from tests.domain.building import MID_2016, PLAN, SUMMER_2016, day, shown, target, year

Y2016 = year(2016)
START = Y2016.start.toordinal()


def visits_2016(*pauses: Period) -> Path:
    return running_path([(Y2016, Fraction(136))], calendar(pauses))


@pytest.mark.parametrize(
    ("period", "on", "pauses", "elapsed", "total"),
    [
        (Y2016, "2016-06-30", (), 182, 366),
        (Y2016, "2016-06-30", (SUMMER_2016,), 182, 304),
        (Y2016, "2016-08-31", (SUMMER_2016,), 182, 304),
        (Y2016, "2016-01-01", (), 1, 366),
        (Y2016, "2016-12-31", (), 366, 366),
        (PLAN, "2018-06-30", (), 912, 1827),
    ],
)
def test_inclusive_days(
    period: Period, on: str, pauses: tuple[Period, ...], elapsed: int, total: int
) -> None:
    path = running_path([(period, Fraction(1))], calendar(pauses))
    assert path.elapsed(day(on).toordinal()) == elapsed
    assert path.total == total


@pytest.mark.parametrize(
    ("on", "pauses", "expected"),
    [
        ("2015-12-31", (), "0,00"),
        ("2016-06-30", (), "67,63"),
        ("2016-06-30", (SUMMER_2016,), "81,42"),
        ("2016-08-31", (), "90,67"),
        ("2016-08-31", (SUMMER_2016,), "81,42"),
        ("2016-12-31", (), "136,00"),
        ("2017-06-30", (), "136,00"),
    ],
)
def test_expected_visits(on: str, pauses: tuple[Period, ...], expected: str) -> None:
    assert shown(visits_2016(*pauses).on(day(on))) == expected


def test_overlapping_pauses_count_once() -> None:
    july = Period(date(2016, 7, 1), date(2016, 7, 31))
    split = Period(date(2016, 7, 20), date(2016, 8, 31))
    assert calendar([july, split, july]) == calendar([SUMMER_2016])


def test_a_year_that_is_paused_moves_on_its_last_day() -> None:
    path = visits_2016(PLAN)
    assert path.total == 0
    assert path.on(MID_2016) == 0
    assert path.on(Y2016.end) == 136
    assert path.days_behind(MID_2016.toordinal(), Fraction(5)) is not None


def test_yearly_levels_make_the_line_piecewise() -> None:
    targets = [target(2016, 50), target(2017, 60), target(2018, 70)]
    path = level_path(START, Fraction(40), targets, Calendar())
    assert [path.on(date(y, 12, 31)) for y in (2015, 2016, 2017, 2018, 2019)] == [
        40,
        50,
        60,
        70,
        70,
    ]
    assert path.on(MID_2016) == 40 + Fraction(10 * 182, 366)


def test_added_targets_stand_still_in_a_gap() -> None:
    periods = [(year(2016), Fraction(100)), (year(2018), Fraction(50))]
    assert gaps(period for period, _ in periods) == (
        (date(2017, 1, 1).toordinal(), date(2017, 12, 31).toordinal()),
    )
    path = running_path(periods, calendar((), gaps(p for p, _ in periods)))
    assert path.on(date(2016, 12, 31)) == path.on(date(2017, 7, 1)) == 100
    assert path.on(date(2018, 12, 31)) == 150
    assert path.total == 366 + 365


def test_overlapping_targets_add_up() -> None:
    half = Period(date(2016, 7, 1), date(2016, 12, 31))
    path = running_path([(Y2016, Fraction(366)), (half, Fraction(184))], Calendar())
    assert path.on(MID_2016) == 182
    assert path.on(date(2016, 7, 1)) == 184
    assert path.on(Y2016.end) == 550


def test_a_milestone_is_expected_the_day_after() -> None:
    path = step_path(START, Fraction(0), [target(2016, 1)], Calendar())
    assert [path.on(day(d)) for d in ("2016-01-01", "2016-12-31", "2017-01-01")] == [0, 0, 1]


def test_lines_together() -> None:
    one = level_path(START, Fraction(0), [target(2016, 366)], Calendar())
    two = level_path(START, Fraction(0), [target(2017, 731)], Calendar())
    both = added([one, two])
    assert both.on(MID_2016) == 2 * 182
    assert both.on(date(2016, 12, 31)) == 732
    assert both.on(date(2017, 12, 31)) == 366 + 731


class TestDaysBehind:
    def test_sixty_visits_at_mid_year(self) -> None:
        behind = visits_2016().days_behind(MID_2016.toordinal(), Fraction(60))
        assert shown(behind, 1) == "20,5"

    @pytest.mark.parametrize(
        ("actual", "behind"),
        [
            ("136", -184),  # ahead ends where the line ends
            ("200", -184),
            ("0", 182),
            ("-68", 365),  # worse than the start: by the average slope
        ],
    )
    def test_the_ends(self, actual: str, behind: int) -> None:
        assert visits_2016().days_behind(MID_2016.toordinal(), Fraction(actual)) == behind

    def test_in_days_that_are_not_paused(self) -> None:
        behind = visits_2016(SUMMER_2016).days_behind(MID_2016.toordinal(), Fraction(60))
        assert behind == 182 - Fraction(60 * 304, 136)

    def test_on_a_flat_stretch_it_is_not_behind(self) -> None:
        targets = [target(2016, 50), target(2017, 50), target(2018, 70)]
        path = level_path(START, Fraction(0), targets, Calendar())
        assert path.days_behind(date(2017, 6, 1).toordinal(), Fraction(50)) == 0
        later = path.days_behind(date(2018, 1, 10).toordinal(), Fraction(50))
        assert later == 10

    def test_a_line_that_never_moves_says_nothing(self) -> None:
        path = level_path(START, Fraction(5), [target(2016, 5)], Calendar())
        assert path.days_behind(MID_2016.toordinal(), Fraction(4)) is None
        assert path.days_behind(MID_2016.toordinal(), Fraction(5)) == 0


DAYS = st.integers(min_value=date(2014, 1, 1).toordinal(), max_value=date(2023, 1, 1).toordinal())


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first, last = sorted((draw(DAYS), draw(DAYS)))
    return Period(date.fromordinal(first), date.fromordinal(last))


@given(
    st.lists(periods(), max_size=4),
    st.lists(st.tuples(periods(), st.integers(0, 500)), min_size=1, max_size=5),
    DAYS,
    DAYS,
)
def test_more_is_expected_later(
    pauses: list[Period], plan: list[tuple[Period, int]], one: int, other: int
) -> None:
    """For targets that only go up, the expected value never falls."""
    early, late = sorted((one, other))
    cal = calendar(pauses)
    running = running_path([(p, Fraction(v)) for p, v in plan], cal)
    plan.sort(key=lambda pair: pair[0].end)
    rising = sorted(value for _, value in plan)
    targets = [
        Target(period, Fraction(value)) for (period, _), value in zip(plan, rising, strict=True)
    ]
    start = min(period.start for period, _ in plan).toordinal()
    for path in (
        running,
        level_path(start, Fraction(0), targets, cal),
        step_path(start, Fraction(0), targets, cal),
    ):
        assert path.at(early) <= path.at(late)
        assert path.at(path.end) == path.knots[-1][1]
        assert path.at(path.before) == path.knots[0][1]
    assert running.at(running.end) == sum(value for _, value in plan)


@given(st.lists(periods(), max_size=5), DAYS, DAYS)
def test_calendar_counts_like_a_person(pauses: list[Period], one: int, other: int) -> None:
    first, last = sorted((one, other))
    last = min(last, first + 400)
    cal = calendar(pauses)
    by_hand = [
        d
        for d in range(first, last + 1)
        if not any(date.fromordinal(d) in pause for pause in pauses)
    ]
    assert cal.between(first, last) == len(by_hand)
    if by_hand:
        reached = cal.advance(first - 1, len(by_hand))
        assert reached == date.fromordinal(by_hand[-1])


def test_past_the_end_of_time_there_is_no_day() -> None:
    assert Calendar().advance(START, 10**9) is None


@given(st.lists(periods(), max_size=3), st.fractions(-50, 300), DAYS)
def test_days_behind_undoes_the_line(pauses: list[Period], actual: Fraction, on: int) -> None:
    """On a straight line the gap over the slope is the number of days."""
    path = visits_2016(*pauses)
    if not path.total:
        return
    behind = path.days_behind(on, actual)
    assert behind is not None
    slope = Fraction(136, path.total)
    expected_then = (path.calendar.between(START, on) - behind) * slope
    assert expected_then == min(actual, Fraction(136))
