"""Backups are thinned out by a table, and what matters always stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from socius_tui.domain.retention import HELD, NEWEST, Moment, may_go

NOW = datetime(2016, 7, 1, 12, 0, tzinfo=UTC)

ages = st.one_of(
    st.integers(0, 3 * 60), st.integers(0, 60 * 24 * 40), st.integers(0, 60 * 24 * 500)
)
moments = st.lists(
    st.tuples(ages, st.sampled_from(["automatic", "manual", "restore", "upgrade"])), max_size=60
).map(
    lambda found: [
        Moment(number, NOW - timedelta(minutes=age), why)
        for number, (age, why) in enumerate(found, 1)
    ]
)


def half_hourly(days: int) -> list[Moment]:
    """A backup every half hour of so many days, day and night, up to now."""
    count = days * 48
    return [
        Moment(number, NOW - timedelta(minutes=30 * (count - number)), "automatic")
        for number in range(1, count + 1)
    ]


def kept(made: list[Moment], now: datetime = NOW) -> list[Moment]:
    """What stays."""
    gone = set(may_go(made, now))
    return [one for one in made if one not in gone]


def test_two_years_of_half_hours_become_a_handful() -> None:
    stays = kept(half_hourly(730))
    by_age = {
        name: sum(1 for one in stays if low <= NOW - one.moment < high)
        for name, low, high in (
            ("two hours", timedelta(0), timedelta(hours=2)),
            ("two days", timedelta(hours=2), timedelta(days=2)),
            ("a week", timedelta(days=2), timedelta(days=7)),
            ("five weeks", timedelta(days=7), timedelta(weeks=5)),
            ("a year", timedelta(weeks=5), timedelta(days=367)),
            ("longer", timedelta(days=367), timedelta(days=9999)),
        )
    }
    assert by_age == {
        "two hours": 4,
        "two days": 47,
        "a week": 5,
        "five weeks": 5,
        "a year": 10,
        "longer": 0,
    }


def test_a_year_of_thinning_as_it_goes_keeps_every_month() -> None:
    there: list[Moment] = []
    for number in range(366 * 6):
        now = NOW + timedelta(hours=4 * number)
        there.append(Moment(number, now, "automatic"))
        there = kept(there, now)
        assert len(there) < 60
    assert len({(one.moment.year, one.moment.month) for one in there}) >= 12


def test_what_was_made_before_something_big_stays_a_month() -> None:
    made = [
        Moment(number, NOW - timedelta(days=29, minutes=30 - number), "restore")
        for number in range(1, 21)
    ]
    assert kept(made) == made
    later = NOW + timedelta(days=2)
    assert len(kept(made, later)) == NEWEST
    assert HELD["upgrade"] == HELD["restore"] == HELD["erasure"] == 30


def test_one_that_was_asked_for_stays_a_week() -> None:
    asked = Moment(1, NOW - timedelta(days=6, minutes=40), "manual")
    after = half_hourly(6)
    made = [asked, *(one._replace(sequence=one.sequence + 1) for one in after)]
    assert asked in kept(made)
    assert asked not in kept([one._replace(why="automatic") for one in made])


def test_nothing_goes_when_the_clock_went_backwards() -> None:
    made = half_hourly(60)
    assert may_go(made, NOW)
    assert may_go(made, NOW - timedelta(minutes=1)) == []


def test_a_clock_that_leaps_ahead_leaves_the_newest() -> None:
    assert len(kept(half_hourly(60), NOW + timedelta(days=9999))) == NEWEST


@given(moments)
def test_the_newest_always_stay_whatever_their_dates(made: list[Moment]) -> None:
    gone = may_go(made, NOW)
    assert not set(gone) & set(made[-NEWEST:])
    assert bool(made) == bool(kept(made))


@given(moments)
def test_thinning_twice_is_thinning_once(made: list[Moment]) -> None:
    assert may_go(kept(made), NOW) == []


@given(moments, st.integers(0, 60 * 24 * 400))
def test_every_day_of_the_week_and_month_of_the_year_keeps_one(
    made: list[Moment], later: int
) -> None:
    now = NOW + timedelta(minutes=later)
    stays = kept(made, now)
    for limit, slot in (
        (timedelta(days=7), lambda m: m.date()),
        (timedelta(days=366), lambda m: (m.year, m.month)),
    ):
        wanted = {slot(one.moment) for one in made if now - one.moment <= limit}
        assert wanted <= {slot(one.moment) for one in stays}
