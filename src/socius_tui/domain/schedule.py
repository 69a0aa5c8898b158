"""What is expected when: calendar days, pauses, and the line from baseline to target.

Days are ordinals (`date.toordinal()`), so that the day before the first one there is does
not overflow. Source: design, section 4 ("Expected at a date").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from socius_tui.domain.model import Period, Rules, Target

_LAST_DAY = date.max.toordinal()
_ZERO = Fraction(0)


class Calendar(NamedTuple):
    """The days that count: all but the pauses, which are merged and in order."""

    pauses: tuple[tuple[int, int], ...] = ()

    def between(self, first: int, last: int) -> int:
        """How many days count from `first` to `last`, both included; never below 0."""
        if last < first:
            return 0
        days = last - first + 1
        for start, end in self.pauses:
            if start > last:
                break
            if end >= first:
                days -= min(end, last) - max(start, first) + 1
        return days

    def advance(self, before: int, days: int) -> date | None:
        """The day that is the `days`-th that counts after `before`; None past year 9999."""
        day = before + days
        for start, end in self.pauses:
            if end <= before:
                continue
            if start > day:
                break
            day += end - max(start, before + 1) + 1
        return date.fromordinal(day) if 0 < day <= _LAST_DAY else None


def calendar(pauses: Iterable[Period], extra: Iterable[tuple[int, int]] = ()) -> Calendar:
    """A calendar without these stretches; overlapping and touching ones become one."""
    spans = [(p.start.toordinal(), p.end.toordinal()) for p in pauses]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(span for span in (*spans, *extra) if span[0] <= span[1]):
        if merged and start <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return Calendar(tuple(merged))


class Path(NamedTuple):
    """The expected value day by day: straight between knots, flat in a pause.

    The first knot is the day before the start. Never empty.
    """

    knots: tuple[tuple[int, Fraction], ...]
    calendar: Calendar

    @property
    def before(self) -> int:
        """The day before the start."""
        return self.knots[0][0]

    @property
    def end(self) -> int:
        """The last day of the line."""
        return self.knots[-1][0]

    def at(self, day: int) -> Fraction:
        """The expected value: that of the first knot before the start, of the last after the end.

        A stretch in which every day is paused moves at once, on its last day.
        """
        last_day, last = self.knots[0]
        if day <= last_day:
            return last
        for knot, value in self.knots[1:]:
            if day <= knot:
                if last == value:
                    return value
                span = self.calendar.between(last_day + 1, knot)
                if not span:
                    return value if day == knot else last
                return last + (value - last) * self.calendar.between(last_day + 1, day) / span
            last_day, last = knot, value
        return last

    def on(self, day: date) -> Fraction:
        """The expected value on a calendar day."""
        return self.at(day.toordinal())

    def elapsed(self, day: int) -> int:
        """Days that count from the start to `day`, but not past the end."""
        return self.calendar.between(self.before + 1, min(day, self.end))

    @property
    def total(self) -> int:
        """Days that count from the start to the end."""
        return self.elapsed(self.end)

    def days_behind(self, day: int, actual: Fraction) -> Fraction | None:
        """How many counting days `day` is past the one on which `actual` was expected.

        Positive is behind, negative ahead, and ahead goes no further than the end of the
        line. A value before the first knot's is placed by the average slope. Where the line
        passes the value more than once, or lies on it for a while, the nearest day is taken.
        None for a line that never moves.
        """
        first, last = self.knots[0][1], self.knots[-1][1]
        now = self.calendar.between(self.before + 1, day)
        points = [(self.elapsed(knot), value) for knot, value in self.knots]
        crossings = list(_crossings(points, actual, now))
        if crossings:
            return min((now - at for at in crossings), key=abs)
        if first == last or not self.total:
            return None
        beyond = (actual - last) * (last - first) > 0
        if beyond:
            return Fraction(now - self.total)
        return now - (actual - first) * self.total / (last - first)


def _crossings(
    points: Sequence[tuple[int, Fraction]], actual: Fraction, now: int
) -> Iterable[Fraction]:
    """Where the line is at `actual`, in elapsed days; on a flat part the nearest to `now`."""
    for (u0, v0), (u1, v1) in pairwise(points):
        if v0 == v1:
            if actual == v0:
                yield Fraction(min(max(now, u0), u1))
        elif min(v0, v1) <= actual <= max(v0, v1):
            yield u0 + (actual - v0) * (u1 - u0) / (v1 - v0)


def level_path(start: int, baseline: Fraction, targets: Iterable[Target], cal: Calendar) -> Path:
    """From the baseline on the day before `start` straight to each target at its period's end."""
    ends = {t.period.end.toordinal(): t.value for t in targets}
    knots = [(start - 1, baseline), *sorted(ends.items())]
    return Path(tuple(knots), cal)


def step_path(start: int, baseline: Fraction, targets: Iterable[Target], cal: Calendar) -> Path:
    """The baseline until the last day of a target's period, the target from the day after."""
    ends = {t.period.end.toordinal(): t.value for t in targets}
    knots = [(start - 1, baseline)]
    for end, value in sorted(ends.items()):
        if end > knots[-1][0]:
            knots.append((end, knots[-1][1]))
        knots.append((end + 1, value))
    return Path(tuple(knots), cal)


def running_path(periods: Sequence[tuple[Period, Fraction]], cal: Calendar) -> Path:
    """Targets of their own periods, added: each runs evenly over its days, from zero.

    The periods may overlap; `cal` should leave out the gaps between them (see `gaps`).
    """
    spans = [(p.start.toordinal(), p.end.toordinal(), value) for p, value in periods]
    days = sorted({start - 1 for start, _, _ in spans} | {end for _, end, _ in spans})
    totals = [cal.between(start, end) for start, end, _ in spans]
    knots = [(days[0], _ZERO)]
    for before, day in pairwise(days):
        moved = _ZERO
        for (start, end, value), in_all in zip(spans, totals, strict=True):
            if start > before + 1 or end < day:
                continue
            if in_all:
                moved += value * cal.between(before + 1, day) / in_all
            elif end == day:
                moved += value
        knots.append((day, knots[-1][1] + moved))
    return Path(tuple(knots), cal)


def added(paths: Sequence[Path]) -> Path:
    """Several lines as one: what is expected of them together."""
    if len(paths) == 1:
        return paths[0]
    days = sorted({day for path in paths for day, _ in path.knots})
    knots = tuple((day, sum((path.at(day) for path in paths), _ZERO)) for day in days)
    return Path(knots, paths[0].calendar)


def gaps(periods: Iterable[Period]) -> tuple[tuple[int, int], ...]:
    """The stretches between the first and the last day that no period covers."""
    found: list[tuple[int, int]] = []
    reached: int | None = None
    for start, end in sorted((p.start.toordinal(), p.end.toordinal()) for p in periods):
        if reached is not None and start > reached + 1:
            found.append((reached + 1, start - 1))
        reached = end if reached is None else max(reached, end)
    return tuple(found)


def days_so_far(rules: Rules, day: date) -> int:
    """Days of the plan that count, from its start to a day, not past its end."""
    last = min(day, rules.period.end).toordinal()
    return calendar(rules.pauses).between(rules.period.start.toordinal(), last)
