"""Whether the numbers come in: completeness, timeliness and freshness."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from socius_tui.domain import codes
from socius_tui.domain.model import Entry, Frequency, Period

_INTERVAL_DAYS = {
    Frequency.MONTH: 30,
    Frequency.QUARTER: 91,
    Frequency.HALF_YEAR: 182,
    Frequency.YEAR: 365,
}
_MONTHS = {
    Frequency.MONTH: 1,
    Frequency.QUARTER: 3,
    Frequency.HALF_YEAR: 6,
    Frequency.YEAR: 12,
}


def freshness(last: date | None, as_of: date, frequency: Frequency) -> str:
    """How old the last entry is: ageing past one interval, stale past one and a half.

    An interval is 30, 91, 182 or 365 days. Quarterly with the last on 31 March 2016: ageing
    on 14 August (136 days), stale on the 15th (137; the limit is 136.5). Source: design,
    section 4.
    """
    if last is None:
        return codes.NEVER
    age, interval = (as_of - last).days, _INTERVAL_DAYS[frequency]
    if age * 2 > interval * 3:
        return codes.STALE
    return codes.AGEING if age > interval else codes.FRESH


class Reporting(NamedTuple):
    """How many periods were due, how many reported, how many of those on time."""

    due: int
    reported: int
    on_time: int

    @property
    def completeness(self) -> Fraction | None:
        """Reported out of due; None when nothing was due."""
        return Fraction(self.reported, self.due) if self.due else None

    @property
    def timeliness(self) -> Fraction | None:
        """On time out of due, not out of reported; None when nothing was due."""
        return Fraction(self.on_time, self.due) if self.due else None


def reporting_periods(frequency: Frequency, start: date, until: date) -> Iterator[Period]:
    """The calendar months, quarters, half years or years from `start` that end by `until`.

    The first is cut off at `start`.
    """
    step = _MONTHS[frequency]
    first = start
    while first <= until:
        end = _end_of_stretch(first, step)
        if end > until:
            return
        yield Period(first, end)
        if end == date.max:
            return
        first = end + timedelta(days=1)


def due_periods(
    frequency: Frequency,
    start: date,
    as_of: date,
    grace_days: int = 30,
    end: date | None = None,
) -> Iterator[Period]:
    """The reporting periods that are due on a day: `grace_days` have passed after their end.

    Nothing is due for a period that ends after `end`.
    """
    until = as_of.toordinal() - grace_days
    if until < 1:
        return iter(())
    last = date.fromordinal(min(until, date.max.toordinal()))
    return reporting_periods(frequency, start, min(last, end) if end else last)


def _end_of_stretch(day: date, step: int) -> date:
    """The last day of the month, quarter, half year or year that holds `day`."""
    last_month = (day.month - 1) // step * step + step
    if last_month == 12:
        return date(day.year, 12, 31)
    return date(day.year, last_month + 1, 1) - timedelta(days=1)


def reporting(
    frequency: Frequency,
    entries: Iterable[Entry],
    start: date,
    as_of: date,
    grace_days: int = 30,
    end: date | None = None,
) -> Reporting:
    """Which of the periods since `start` were reported, and in time.

    A period is due once `grace_days` have passed after its end; nothing is due for a period
    that ends after `end`. Reported is an entry of any form with a day in the period ("not
    applicable" is a report too); on time is an entry recorded within the grace days. An
    entry without a day of recording counts as recorded on its own day. Source: design,
    section 4 ("Completeness").
    """
    known = sorted((e.day, e.recorded_on or e.day) for e in entries if e.day <= as_of)
    days = [day for day, _ in known]
    due = reported = on_time = 0
    for period in due_periods(frequency, start, as_of, grace_days, end):
        due += 1
        inside = known[bisect_left(days, period.start) : bisect_right(days, period.end)]
        reported += bool(inside)
        on_time += _in_time(inside, period.end, grace_days)
    return Reporting(due, reported, on_time)


def _in_time(inside: Sequence[tuple[date, date]], end: date, grace_days: int) -> bool:
    limit = end.toordinal() + grace_days
    return any(recorded.toordinal() <= limit for _, recorded in inside)
