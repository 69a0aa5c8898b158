"""How remaining visits are spread over working weeks, and with whom touch is being lost."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socius_tui.domain import touch
from socius_tui.domain.touch import Rhythm, rhythm_for
from socius_tui.domain.visit_planning import Candidate, in_turn, pace, propose
from socius_tui.domain.working_days import spread, working_weeks

FRIDAY = date(2018, 8, 31)
CLOSED = frozenset({date(2018, 9, 4), date(2018, 9, 5)})


def candidate(
    name: str, place: str = "", *, reached: bool = True, last: date | None = None
) -> Candidate:
    return Candidate(name, name, place, reached, last)


def test_a_week_is_monday_to_friday_without_what_is_closed() -> None:
    weeks = working_weeks(FRIDAY, date(2018, 9, 11), CLOSED)
    assert [week.monday for week in weeks] == [
        date(2018, 8, 27),
        date(2018, 9, 3),
        date(2018, 9, 10),
    ]
    assert [len(week.days) for week in weeks] == [1, 3, 2]
    assert weeks[1].days == (date(2018, 9, 3), date(2018, 9, 6), date(2018, 9, 7))


def test_a_window_that_is_over_has_no_weeks() -> None:
    assert working_weeks(FRIDAY, FRIDAY - timedelta(days=1), ()) == ()
    assert working_weeks(FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=2), ())[0].days == ()


def test_visits_are_spread_by_days_of_work() -> None:
    assert spread(6, [5, 5, 0, 5]) == (2, 2, 0, 2)
    assert spread(1, [1, 1]) == (1, 0)
    assert spread(4, [0, 0]) == (0, 0)
    with pytest.raises(ValueError):
        spread(-1, [1])


@given(st.integers(0, 500), st.lists(st.integers(0, 5), min_size=1, max_size=60))
def test_a_spread_is_exact_even_and_never_below_zero(total: int, weights: list[int]) -> None:
    given_out = spread(total, weights)
    whole = sum(weights)
    assert sum(given_out) == (total if whole else 0)
    for share, weight in zip(given_out, weights, strict=True):
        assert share >= 0
        if weight == 0:
            assert share == 0
        else:
            assert abs(share - Fraction(total * weight, whole)) < 1 + Fraction(1, 2)


def test_the_pace_is_that_of_five_days() -> None:
    assert pace(76, 131, 60, 131) == (Fraction(380, 131), Fraction(300, 131))
    assert pace(3, 0, 0, 0) == (None, None)


def test_those_not_reached_come_first_then_the_longest_ago() -> None:
    old, new = date(2016, 1, 1), date(2018, 1, 1)
    names = [
        c.name
        for c in in_turn(
            [
                candidate("d", last=new),
                candidate("c", last=old),
                candidate("b"),
                candidate("a", reached=False, last=new),
            ]
        )
    ]
    assert names == ["a", "b", "c", "d"]


def test_neighbours_are_visited_on_one_day_and_say_why() -> None:
    weeks = working_weeks(date(2018, 9, 3), date(2018, 9, 7), ())
    (week,) = propose(
        [candidate("a", "Gent", reached=False), candidate("b", "Aalst"), candidate("c", "GENT ")],
        weeks,
        {},
    )
    days = {p.candidate.name: p.day for p in week.proposals}
    assert days == {"a": date(2018, 9, 4), "c": date(2018, 9, 4), "b": date(2018, 9, 6)}
    assert {p.candidate.name: p.reasons for p in week.proposals} == {
        "a": ("not_reached", "never_visited"),
        "b": ("never_visited",),
        "c": ("never_visited", "same_place"),
    }


def test_a_day_that_is_full_is_left_alone_and_what_does_not_fit_is_in_no_week() -> None:
    weeks = working_weeks(date(2018, 9, 3), date(2018, 9, 7), CLOSED)
    everyone = [candidate(name) for name in "abcdefgh"]
    (week,) = propose(everyone, weeks, {date(2018, 9, 6): 2, date(2018, 9, 3): 1})
    assert [p.day for p in week.proposals] == [date(2018, 9, 3), *[date(2018, 9, 7)] * 2]
    assert week.planned == 3
    (week,) = propose(everyone, weeks, {date(2018, 9, 6): 1}, per_week=2)
    assert week.wanted == 1


_days = st.dates(date(2018, 1, 1), date(2018, 12, 31))


@given(
    st.integers(0, 60),
    _days,
    _days,
    st.frozensets(_days, max_size=40),
    st.dictionaries(_days, st.integers(0, 3), max_size=20),
    st.integers(1, 3),
    st.none() | st.integers(0, 6),
    st.lists(st.sampled_from(["", "Gent", "Aalst", "Mol"]), min_size=60, max_size=60),
)
def test_proposals_keep_every_limit(
    many: int,
    first: date,
    last: date,
    closed: frozenset[date],
    taken: dict[date, int],
    per_day: int,
    per_week: int | None,
    places: list[str],
) -> None:
    weeks = working_weeks(first, last, closed)
    everyone = [candidate(f"{n:02}", places[n]) for n in range(many)]
    plans = propose(everyone, weeks, taken, per_week=per_week, per_day=per_day)
    proposals = [proposal for plan in plans for proposal in plan.proposals]
    names = [proposal.candidate.name for proposal in proposals]
    assert len(set(names)) == len(names) <= many
    for day in {proposal.day for proposal in proposals}:
        assert day not in closed
        assert first <= day <= last
        on_it = sum(proposal.day == day for proposal in proposals)
        assert on_it + taken.get(day, 0) <= per_day
    for plan in plans:
        assert len(plan.proposals) == plan.wanted
        if per_week is not None and plan.proposals:
            assert plan.planned + plan.wanted <= per_week


RHYTHM = Rhythm(90, 180)


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (0, "in_touch"),
        (90, "in_touch"),
        (91, "touch_due"),
        (180, "touch_due"),
        (181, "touch_overdue"),
        (None, "never_visited"),
    ],
)
def test_a_threshold_is_still_within_it(days: int | None, state: str) -> None:
    last = None if days is None else FRIDAY - timedelta(days=days)
    assert touch.touch(last, FRIDAY, RHYTHM) == state


def test_the_rhythm_of_a_size_goes_before_that_of_its_work_type() -> None:
    large = Rhythm(30, 60)
    known = {("w", None): RHYTHM, ("w", "large"): large}
    assert rhythm_for("w", "large", known) == large
    assert rhythm_for("w", "", known) == rhythm_for("w", "small", known) == RHYTHM
    assert rhythm_for("v", "small", known) is None
