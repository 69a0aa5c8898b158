"""From indicators to a goal, and from goals to the goal above and the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from socius_tui.domain.judgement import Judgement
from socius_tui.domain.model import GoalKind, Status
from socius_tui.domain.status import weakest

_ZERO, _ONE = Fraction(0), Fraction(1)


class Child(NamedTuple):
    """What a goal needs of an indicator, or of a goal below it.

    `progress` and `expected` are capped to 0..1; None is "has no percentage". A weight of 0
    makes a context indicator: shown, never rolled up. `counts` are the statuses of the
    indicators below a goal; None for an indicator, which is one itself. `leaves` and
    `leaves_with_data` count those indicators.
    """

    progress: Fraction | None
    weight: Fraction
    status: Status
    with_data: bool
    not_applicable: bool = False
    counts: Mapping[Status, int] | None = None
    expected: Fraction | None = None
    leaves: int = 1
    leaves_with_data: int = 0


class RollUp(NamedTuple):
    """A goal on one day.

    `with_data` of `of` are the children next below, without those "not applicable";
    `leaves_with_data` of `leaves` the indicators at the bottom. `counts` has every status.
    `context` counts the children that do not take part.
    """

    progress: Fraction | None
    expected: Fraction | None
    pace_ratio: Fraction | None
    status: Status
    with_data: int
    of: int
    counts: Mapping[Status, int]
    leaves_with_data: int
    leaves: int
    context: int
    not_applicable: bool

    def days_behind(self, elapsed: int) -> Fraction | None:
        """The part of the elapsed days (those not paused) for which there is no progress.

        Days of different children do not add up, and the worst child says nothing of the
        goal; so it is the goal's own pace: at a ratio of 0.9 after 100 days it is 10 days
        behind. Negative is ahead; None without a pace ratio.
        """
        return None if self.pace_ratio is None else (1 - self.pace_ratio) * elapsed


def child_of(judgement: Judgement, weight: Fraction = _ONE) -> Child:
    """An indicator as a child of its goal."""
    return Child(
        judgement.capped,
        weight,
        judgement.status,
        judgement.with_data,
        judgement.not_applicable,
        None,
        judgement.expected_capped,
        1,
        int(judgement.with_data),
    )


def child_of_goal(rolled: RollUp, weight: Fraction = _ONE) -> Child:
    """A goal as a child of the goal above it."""
    return Child(
        rolled.progress,
        weight,
        rolled.status,
        rolled.with_data > 0,
        rolled.not_applicable,
        rolled.counts,
        rolled.expected,
        rolled.leaves,
        rolled.leaves_with_data,
    )


def takes_part(kind: str, rolled: RollUp) -> bool:
    """Whether a goal is one of those that make out how the goal above it stands.

    An action of a year programme that nothing measures does not: it is planned, under way or
    done, and to call it "no data" would say that somebody forgot to measure it. An operational
    goal without indicators does, since that is a gap in the plan. Source: the plan's actions
    are a year's work for a goal, and are accounted for in the year report (docs/year-programme.md).
    """
    return kind != GoalKind.ACTION or rolled.leaves > 0 or rolled.context > 0


def roll_up(children: Sequence[Child]) -> RollUp:
    """A goal out of the level below it.

    Progress is the weighted mean over the children that have one, each capped to 0..1, so
    it stays within its children: 250 %, 40 % and none are 70 %, 2 of 3. Expected is that
    same mean of what the children should be at, and the pace ratio the one over the other,
    both over the children that have both. The status is that of the
    weakest child with data, with the count of each beside it; without any it is not started
    if a child is, else no data. Source: design, section 4 ("Roll-up").
    """
    counting = [child for child in children if child.weight > 0]
    active = [child for child in counting if not child.not_applicable]
    expected, at_expected = _expected(active)
    ratio = None
    if expected is not None and at_expected is not None and expected > 0:
        ratio = at_expected / expected
    return RollUp(
        _mean((c.progress, c.weight) for c in active),
        expected,
        ratio,
        _status(active),
        sum(child.with_data for child in active),
        len(active),
        _counts(active),
        sum(child.leaves_with_data for child in active),
        sum(child.leaves for child in active),
        len(children) - len(counting),
        bool(counting) and not active,
    )


def _mean(pairs: Iterable[tuple[Fraction | None, Fraction]]) -> Fraction | None:
    above = below = _ZERO
    for share, weight in pairs:
        if share is not None:
            above += min(max(share, _ZERO), _ONE) * weight
            below += weight
    return above / below if below else None


def _expected(active: Sequence[Child]) -> tuple[Fraction | None, Fraction | None]:
    """What is expected, and what there is, of the children that have both."""
    both = [c for c in active if c.progress is not None and c.expected is not None]
    return _mean((c.expected, c.weight) for c in both), _mean((c.progress, c.weight) for c in both)


def _status(active: Sequence[Child]) -> Status:
    judged = weakest(child.status for child in active if child.with_data)
    if judged is not None:
        return judged
    if any(child.status is Status.NOT_STARTED for child in active):
        return Status.NOT_STARTED
    return Status.NO_DATA


def _counts(active: Sequence[Child]) -> dict[Status, int]:
    counts = dict.fromkeys(Status, 0)
    for child in active:
        for status, number in ({child.status: 1} if child.counts is None else child.counts).items():
            counts[status] += number
    return counts
