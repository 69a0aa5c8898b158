"""What the indicators watch: what is done, what that changes, what it is all for."""

# Annotations are not postponed: a named tuple has to compile each one that is text.
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final, NamedTuple

from socius_tui.domain.model import Status
from socius_tui.domain.overview import StatusLine

#: From what somebody has in hand to what it is for. Source: plan, lines 655-709.
SPHERES: Final = ("control", "influence", "ambition")
BEYOND: Final = SPHERES[1:]


class SphereLine(NamedTuple):
    """The indicators of one sphere: how many, how many with data, how many of each status.

    Of an indicator for which "not applicable" was reported nothing is asked: it is not counted.
    """

    sphere: str
    indicators: int
    with_data: int
    counts: tuple[tuple[Status, int], ...]

    @property
    def share_with_data(self) -> Fraction | None:
        """A fraction of 1; None without indicators."""
        return Fraction(self.with_data, self.indicators) if self.indicators else None


class Spheres(NamedTuple):
    """The three spheres of a plan, and how much of it looks beyond what is in hand.

    The plan wants more than figures on what was done: data on influence and ambition say more
    and are harder to come by, and stories have to go with them (lines 690-714). It names no
    number, so there is none to hold this against: the two sides stand beside each other.
    `goals_with_story` of `goals` goals have a narrative that was written up to the day.
    """

    lines: tuple[SphereLine, ...]
    goals: int
    goals_with_story: int

    def of(self, sphere: str) -> SphereLine:
        """The line of one sphere."""
        return next(line for line in self.lines if line.sphere == sphere)

    @property
    def indicators(self) -> int:
        """All indicators of which something is asked."""
        return sum(line.indicators for line in self.lines)

    @property
    def beyond(self) -> SphereLine:
        """Influence and ambition together."""
        return _together("beyond", [self.of(sphere) for sphere in BEYOND])

    @property
    def share_beyond(self) -> Fraction | None:
        """The part of the indicators that look beyond control; None without indicators."""
        return Fraction(self.beyond.indicators, self.indicators) if self.indicators else None


def spheres(
    lines: Iterable[StatusLine], sphere_of: Mapping[str, str], goals: int, goals_with_story: int
) -> Spheres:
    """The spheres of the indicators in `lines`; `sphere_of` gives the sphere by indicator id."""
    found: dict[str, list[SphereLine]] = {sphere: [] for sphere in SPHERES}
    for line in lines:
        if line.level == "indicator" and line.id in sphere_of:
            sphere = sphere_of[line.id]
            found[sphere].append(SphereLine(sphere, line.of, line.with_data, line.counts))
    return Spheres(
        tuple(_together(sphere, found[sphere]) for sphere in SPHERES), goals, goals_with_story
    )


def _together(name: str, parts: Iterable[SphereLine]) -> SphereLine:
    there = list(parts)
    counts = dict.fromkeys(Status, 0)
    for part in there:
        for status, number in part.counts:
            counts[status] += number
    return SphereLine(
        name,
        sum(part.indicators for part in there),
        sum(part.with_data for part in there),
        tuple(counts.items()),
    )
