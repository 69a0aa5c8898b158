"""Which days somebody can visit on, week by week, and how work is spread over them."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

_SATURDAY: Final = 5


class WorkingWeek(NamedTuple):
    """A week from Monday on, with its days of work in order; a week off has none."""

    monday: date
    days: tuple[date, ...]


def working_weeks(first: date, last: date, closed: Container[date]) -> tuple[WorkingWeek, ...]:
    """The weeks that `first` to `last` (both included) touch, with their days of work.

    Work is done from Monday to Friday, but for the days that are `closed`: holidays, pauses of
    the plan, days off. Empty when `last` is before `first`.
    """
    weeks: list[WorkingWeek] = []
    day = first
    while day <= last:
        monday = day - timedelta(days=day.weekday())
        days = [
            each
            for each in (monday + timedelta(days=n) for n in range(_SATURDAY))
            if first <= each <= last and each not in closed
        ]
        weeks.append(WorkingWeek(monday, tuple(days)))
        day = monday + timedelta(days=7)
    return tuple(weeks)


def spread(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """So many things over places, in proportion to their weights and as evenly as can be.

    After each place as many are given out as its share of the way says, rounded half up; so the
    sum is exact, no place gets less than nothing or, without weight, anything. All zero when no
    place has a weight. Source: domain research, feature 62 ("spread the remaining visits over the
    remaining working weeks"). Raises ValueError below zero.
    """
    if total < 0 or any(weight < 0 for weight in weights):
        raise ValueError("nothing can be spread that is below zero")
    whole = sum(weights)
    given: list[int] = []
    before = so_far = 0
    for weight in weights:
        so_far += weight
        until = (2 * total * so_far + whole) // (2 * whole) if whole else 0
        given.append(until - before)
        before = until
    return tuple(given)
