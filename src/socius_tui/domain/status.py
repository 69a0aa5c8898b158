"""Where one status ends and the next begins: decided here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from socius_tui.domain.model import Direction, Rules, Status

# The weakest first; no data and not started are no judgement, so they are not in it.
_WEAKEST_FIRST = (Status.OFF_TRACK, Status.ATTENTION, Status.ON_TRACK, Status.MET)


def status_of_ratio(ratio: Fraction, rules: Rules) -> Status:
    """The status of a pace ratio (1 is exactly on the line), from the unrounded number.

    A boundary belongs to the better side: 0.85 is on track, 0.8499 asks for attention.
    Source: design, section 4 ("Status").
    """
    if ratio >= rules.on_track_from:
        return Status.ON_TRACK
    if ratio >= rules.attention_from:
        return Status.ATTENTION
    return Status.OFF_TRACK


def at_least_as_good(value: Fraction, other: Fraction, direction: Direction) -> bool:
    """Whether a value is as good as another or better; only an exact `maintain` is as good."""
    if direction is Direction.INCREASE:
        return value >= other
    if direction is Direction.DECREASE:
        return value <= other
    return value == other


def inside(value: Fraction, band: tuple[Fraction, Fraction] | None) -> bool:
    """Whether a value lies in the band, its edges included."""
    return band is not None and band[0] <= value <= band[1]


def weakest(statuses: Iterable[Status]) -> Status | None:
    """The weakest of the judged statuses; None when nothing was judged."""
    there = set(statuses)
    return next((status for status in _WEAKEST_FIRST if status in there), None)
