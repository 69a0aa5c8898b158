"""Proposes which organisation to visit on which day, and says why.

Source: design, section 4 (pace), and domain research, features 59 to 62.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Final, NamedTuple

from socius_tui.domain.text import fold
from socius_tui.domain.working_days import WorkingWeek, spread

DAYS_IN_WEEK: Final = 5  # of work; a pace "a week" is a pace for five days
PER_DAY: Final = 2  # visits that one person makes on a day

#: Why an organisation is proposed. They are codes: `services/wording` has the words.
NOT_REACHED: Final = "not_reached"
NEVER_VISITED: Final = "never_visited"
LONGEST_AGO: Final = "longest_ago"
SAME_PLACE: Final = "same_place"

# Tuesday and Thursday first: the middle of the week is kept least often for other things.
_PREFERRED: Final = (1, 3, 2, 0, 4)


class Candidate(NamedTuple):
    """An organisation that is still to be visited."""

    organisation_id: str
    name: str
    municipality: str
    reached: bool
    last_visit: date | None


class Proposal(NamedTuple):
    """A visit to make: `reasons` are codes, the most telling first."""

    candidate: Candidate
    day: date
    reasons: tuple[str, ...]


class WeekPlan(NamedTuple):
    """A week: how many days of work it has, how many visits fall in it, and which."""

    week: WorkingWeek
    planned: int
    wanted: int
    proposals: tuple[Proposal, ...]


class Pace(NamedTuple):
    """Visits a week of five days: what is needed from here on, and what it was so far."""

    needed: Fraction | None
    so_far: Fraction | None


def pace(remaining: int, days_left: int, done: int, days_passed: int) -> Pace:
    """How quick it has to go, and went; None where there is no day to divide by.

    Source: design, section 4: 76 visits left in 131 days of work are 2,90 a week of five.
    """
    return Pace(
        Fraction(remaining * DAYS_IN_WEEK, days_left) if days_left else None,
        Fraction(done * DAYS_IN_WEEK, days_passed) if days_passed else None,
    )


def in_turn(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Who comes first: those not reached before, then never visited, then longest ago, by name."""
    return sorted(
        candidates,
        key=lambda c: (
            c.reached,
            c.last_visit is not None,
            c.last_visit or date.min,
            fold(c.name),
            c.organisation_id,
        ),
    )


def propose(
    candidates: Sequence[Candidate],
    weeks: Sequence[WorkingWeek],
    taken: Mapping[date, int],
    *,
    per_week: int | None = None,
    per_day: int = PER_DAY,
) -> tuple[WeekPlan, ...]:
    """Spread the candidates over the weeks, in proportion to their days of work.

    `taken` says how many visits somebody has planned on a day already; no day gets more than
    `per_day`, no week more than `per_week` with those. Who comes first is visited first; others
    in the same municipality come along on that day. What does not fit is in no week.
    """
    waiting = in_turn(candidates)
    plans: list[WeekPlan] = []
    shares = spread(len(waiting), [len(week.days) for week in weeks])
    owed = 0
    for week, share in zip(weeks, shares, strict=True):
        held = Counter({day: taken.get(day, 0) for day in week.days})
        planned = sum(count for day, count in taken.items() if day in week.days)
        owed += share  # what did not fit in a week is made up for in a later one
        room = sum(max(0, per_day - held[day]) for day in week.days)
        if per_week is not None:
            room = min(room, max(0, per_week - planned))
        wanted = min(owed, room, len(waiting))
        owed -= wanted
        plans.append(WeekPlan(week, planned, wanted, _in_week(waiting, held, wanted, per_day)))
    return tuple(plans)


def _in_week(
    waiting: list[Candidate], held: Counter[date], wanted: int, per_day: int
) -> tuple[Proposal, ...]:
    """Take so many from those who wait; they are gone from it afterwards."""
    found: list[Proposal] = []
    while wanted > len(found):
        first = waiting.pop(0)
        day = min(
            (day for day in held if held[day] < per_day),
            key=lambda day: (held[day], _PREFERRED.index(day.weekday())),
        )
        along = _along(first, waiting, min(per_day - held[day], wanted - len(found)) - 1)
        for candidate in (first, *along):
            found.append(Proposal(candidate, day, _reasons(candidate, candidate is not first)))
            held[day] += 1
    return tuple(sorted(found, key=lambda proposal: proposal.day))


def _along(first: Candidate, waiting: list[Candidate], most: int) -> list[Candidate]:
    place = fold(first.municipality.strip())
    near = [c for c in waiting if place and fold(c.municipality.strip()) == place][:most]
    for candidate in near:
        waiting.remove(candidate)
    return near


def _reasons(candidate: Candidate, along: bool) -> tuple[str, ...]:
    reasons = [] if candidate.reached else [NOT_REACHED]
    reasons.append(LONGEST_AGO if candidate.last_visit is not None else NEVER_VISITED)
    if along:
        reasons.append(SAME_PLACE)
    return tuple(reasons)
