"""What changed between two states of a plan, the largest movement first."""

# Annotations are not postponed: a named tuple has to compile each one that is text.
from collections.abc import Iterable
from fractions import Fraction
from typing import Final, NamedTuple

from socius_tui.domain.comparison import DROPPED, NEW, ComparisonLine
from socius_tui.domain.model import Status
from socius_tui.domain.overview import StatusLine

BETTER: Final = "better"
WORSE: Final = "worse"
APPEARED: Final = "appeared"  # there are data now, and there were none
LOST: Final = "lost"  # there were data, and there are none now
MOVED: Final = "moved"  # the same status, other numbers
SAME: Final = "same"
VERDICTS: Final = (BETTER, WORSE, APPEARED, LOST, MOVED, SAME, NEW, DROPPED)

_RANK: Final = {Status.OFF_TRACK: 0, Status.ATTENTION: 1, Status.ON_TRACK: 2, Status.MET: 3}
#: What comes first in a list of changes.
_ORDER: Final = {
    WORSE: 0,
    BETTER: 0,
    LOST: 1,
    APPEARED: 1,
    MOVED: 2,
    NEW: 3,
    DROPPED: 3,
    SAME: 4,
}


class Delta(NamedTuple):
    """What became of one line between before and now.

    `steps` is how far its status moved, 3 being from off track to met, negative downwards; 0
    where a side was not judged. `progress` is the difference of two shares (0.05 is five
    percentage points) and `value` that of two values in the unit of the indicator: two numbers
    that say different things. Both are None, not 0, where a side has no such number.
    """

    line: ComparisonLine
    verdict: str
    steps: int
    progress: Fraction | None
    value: Fraction | None


def delta_of(line: ComparisonLine) -> Delta:
    """What became of a line.

    Better and worse are steps of status alone: whether more is better is for the judgement to
    say, and it said so in the status. Without a step it moved when a number is another one.
    """
    before, now = line.before, line.now
    if before is None or now is None:
        return Delta(line, line.change, 0, None, None)
    progress = _difference(before.progress, now.progress)
    value = _difference(before.value, now.value)
    return Delta(line, *_verdict(before, now, bool(progress or value)), progress, value)


def _verdict(before: StatusLine, now: StatusLine, moved: bool) -> tuple[str, int]:
    had, has = before.with_data > 0, now.with_data > 0
    if had != has:
        return (APPEARED if has else LOST), 0
    if before.status in _RANK and now.status in _RANK:
        steps = _RANK[now.status] - _RANK[before.status]
        if steps:
            return (BETTER if steps > 0 else WORSE), steps
    return (MOVED if moved else SAME), 0


def _difference(before: Fraction | None, now: Fraction | None) -> Fraction | None:
    return None if before is None or now is None else now - before


def changes(lines: Iterable[ComparisonLine]) -> tuple[Delta, ...]:
    """What changed, without what stayed the same.

    First the lines whose status changed, by how many steps; then where data came or went; then
    those whose numbers moved, by how much of the way, then by value; last what is only on one
    side. Of equal movements a fall comes before a rise; else the order of the plan holds.
    """
    found = [delta for delta in map(delta_of, lines) if delta.verdict != SAME]
    return tuple(sorted(found, key=_size))


def _size(delta: Delta) -> tuple[int, int, int, Fraction, Fraction]:
    zero = Fraction(0)
    return (
        _ORDER[delta.verdict],
        -abs(delta.steps),
        int(delta.steps > 0),
        -abs(delta.progress or zero),
        -abs(delta.value or zero),
    )


def tally(deltas: Iterable[Delta]) -> dict[str, int]:
    """How many lines of each verdict there are, in the order of VERDICTS, those that occur."""
    found = dict.fromkeys(VERDICTS, 0)
    for delta in deltas:
        found[delta.verdict] += 1
    return {verdict: number for verdict, number in found.items() if number}
