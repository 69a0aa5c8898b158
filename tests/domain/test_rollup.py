"""From indicators to goals to the plan."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socius_tui.domain.model import Aggregation, Status
from socius_tui.domain.rollup import Child, child_of, child_of_goal, roll_up
from tests.domain.building import MID_2016, entry, judged, measure, percent, silent, target, words

MET, ON_TRACK, ATTENTION = Status.MET, Status.ON_TRACK, Status.ATTENTION
OFF_TRACK, NO_DATA, NOT_STARTED = Status.OFF_TRACK, Status.NO_DATA, Status.NOT_STARTED


def child(
    progress: int | None,
    weight: int = 1,
    status: Status = ON_TRACK,
    with_data: bool | None = None,
    expected: int | None = None,
    not_applicable: bool = False,
) -> Child:
    """A child by its percentage."""
    there = progress is not None if with_data is None else with_data
    return Child(
        None if progress is None else Fraction(progress, 100),
        Fraction(weight),
        status,
        there,
        not_applicable,
        None,
        None if expected is None else Fraction(expected, 100),
        1,
        int(there),
    )


@pytest.mark.parametrize(
    ("children", "progress", "with_data", "of"),
    [
        ([child(250), child(40), child(None)], "70,0", 2, 3),
        ([child(80, 3), child(20, 1)], "65,0", 2, 2),
        ([child(100), child(0), child(0)], "33,3", 3, 3),
        ([child(-40), child(100)], "50,0", 2, 2),
        ([child(100), child(0, weight=0)], "100,0", 1, 1),
        ([child(100), child(None, not_applicable=True)], "100,0", 1, 1),
    ],
)
def test_progress(children: list[Child], progress: str, with_data: int, of: int) -> None:
    found = roll_up(children)
    assert percent(found.progress) == progress
    assert (found.with_data, found.of) == (with_data, of)


def test_each_level_is_a_mean_of_the_level_below() -> None:
    four = roll_up([child(100)] * 4)
    one = roll_up([child(0)])
    above = roll_up([child_of_goal(four), child_of_goal(one)])
    assert percent(above.progress) == "50,0"
    assert percent(roll_up([child(100)] * 4 + [child(0)]).progress) == "80,0"
    assert (above.with_data, above.of) == (2, 2)
    assert (above.leaves_with_data, above.leaves) == (5, 5)
    assert above.counts[ON_TRACK] == 5


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ([MET, ON_TRACK, ATTENTION, OFF_TRACK], OFF_TRACK),
        ([MET, ON_TRACK, ATTENTION], ATTENTION),
        ([MET, ON_TRACK], ON_TRACK),
        ([MET], MET),
        ([MET, NO_DATA], MET),
        ([ON_TRACK, NOT_STARTED], ON_TRACK),
        ([NO_DATA, NO_DATA], NO_DATA),
        ([NO_DATA, NOT_STARTED], NOT_STARTED),
        ([], NO_DATA),
    ],
)
def test_status_is_the_weakest_child_with_data(statuses: list[Status], expected: Status) -> None:
    children = [child(None if s in (NO_DATA, NOT_STARTED) else 50, status=s) for s in statuses]
    found = roll_up(children)
    assert found.status is expected
    assert sum(found.counts.values()) == len(statuses)
    assert set(found.counts) == set(Status)
    assert all(found.counts[s] == statuses.count(s) for s in Status)


def test_a_status_without_data_weighs_nothing() -> None:
    """A promise that nobody reported on yet may be on track; it says nothing of the goal."""
    found = roll_up([child(None, status=ON_TRACK), child(100, status=MET)])
    assert found.status is MET


def test_context_never_rolls_up() -> None:
    found = roll_up([child(0, weight=0, status=OFF_TRACK)])
    assert (found.progress, found.status, found.of, found.context) == (None, NO_DATA, 0, 1)
    assert not found.not_applicable
    assert sum(found.counts.values()) == 0


def test_a_goal_of_which_nothing_applies() -> None:
    found = roll_up([child(None, not_applicable=True)])
    assert found.not_applicable
    assert roll_up([child_of_goal(found), child(40)]).of == 1


def test_pace_of_a_goal() -> None:
    found = roll_up([child(40, expected=50), child(100, expected=50), child(90)])
    assert found.expected == Fraction(1, 2)
    assert found.pace_ratio == Fraction(7, 5)
    assert percent(found.progress, 2) == "76,67"
    assert roll_up([child(0, expected=0)]).pace_ratio is None


def test_days_behind_of_a_goal_are_its_own() -> None:
    assert roll_up([child(45, expected=50)]).days_behind(100) == 10
    assert roll_up([child(60, expected=50)]).days_behind(100) == -20
    assert roll_up([child(45, expected=50)]).days_behind(0) == 0
    assert roll_up([child(45)]).days_behind(100) is None


def test_from_judgements() -> None:
    visits = judged(measure(target(2016, 136)), entry("2016-06-01", 68), on=MID_2016)
    held = judged(
        measure(target(2016, 80), aggregation=Aggregation.LATEST, baseline=80),
        entry("2016-05-01", 83),
        on=MID_2016,
    )
    missing = judged(measure(target(2016, 5)), words("2016-05-01"), on=MID_2016)
    nothing = judged(measure(target(2016, 5)), silent("2016-05-01"), on=MID_2016)
    found = roll_up([child_of(j) for j in (visits, held, missing, nothing)])
    assert found.progress == Fraction(3, 4)
    assert (found.with_data, found.of, found.status) == (2, 3, ON_TRACK)
    assert found.expected == (Fraction(182, 366) + 1) / 2


SHARES = st.none() | st.fractions(-2, 3)
CHILDREN = st.lists(
    st.builds(
        Child,
        SHARES,
        st.fractions(0, 9),
        st.sampled_from(Status),
        st.booleans(),
        st.booleans(),
        st.none(),
        SHARES,
    ),
    max_size=6,
)


@given(CHILDREN)
def test_a_goal_stays_within_its_children(children: list[Child]) -> None:
    found = roll_up(children)
    active = [c for c in children if c.weight and not c.not_applicable]
    shares = [
        min(max(c.progress, Fraction(0)), Fraction(1)) for c in active if c.progress is not None
    ]
    if shares:
        assert found.progress is not None
        assert min(shares) <= found.progress <= max(shares)
    else:
        assert found.progress is None
    assert found.of == len(active) == sum(found.counts.values())
    assert found.with_data <= found.of
    assert found.status in Status


@given(CHILDREN, st.fractions(1, 9))
def test_only_the_proportion_of_weights_counts(children: list[Child], factor: Fraction) -> None:
    heavier = [c._replace(weight=c.weight * factor) for c in children]
    assert roll_up(heavier) == roll_up(children)
