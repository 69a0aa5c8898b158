"""Round numbers for an axis."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socius_tui.domain.axis import marks, nice_step


@pytest.mark.parametrize(
    ("low", "high", "most", "wanted"),
    [
        (0, 28, 4, [0, 10, 20, 30]),
        (0, 136, 7, [0, 20, 40, 60, 80, 100, 120, 140]),
        (0, 1, 2, [0, Fraction(1, 2), 1]),
        (5, 5, 2, [5, Fraction(11, 2), 6]),
        (-30, 45, 4, [-40, -20, 0, 20, 40, 60]),
    ],
)
def test_round_numbers(low: int, high: int, most: int, wanted: list[Fraction]) -> None:
    found = marks(Fraction(low), Fraction(high), max(most, len(wanted) - 1))
    assert list(found) == wanted


def test_a_step_is_one_two_or_five() -> None:
    assert [nice_step(Fraction(n), 1) for n in (1, 2, 3, 6, 11)] == [1, 2, 5, 10, 20]
    assert nice_step(Fraction(3, 1000), 1) == Fraction(5, 1000)


_numbers = st.fractions(-(10**12), 10**12, max_denominator=10**6)


@given(_numbers, _numbers, st.integers(2, 12))
def test_marks_hold_what_is_drawn(low: Fraction, high: Fraction, most: int) -> None:
    low, high = min(low, high), max(low, high)
    found = marks(low, high, most)
    assert 2 <= len(found) <= most + 1
    assert found[0] <= low
    assert found[-1] >= high
    steps = {after - before for before, after in pairwise(found)}
    assert len(steps) == 1
    assert steps.pop() == nice_step(found[1] - found[0], 1)
