"""Where a count will end if it goes on as it goes."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from socius_tui.domain import codes
from socius_tui.domain.judgement import Forecast
from socius_tui.domain.schedule import Path

RECENT_DAYS = 91
_FEWEST = 3
_ZERO = Fraction(0)


def forecasts(
    value_at: Callable[[int], Fraction | None],
    observations: int,
    target: Fraction,
    path: Path,
    today: int,
) -> tuple[Forecast, ...]:
    """Both forecasts of something that adds up, at the end of its line, with the method named.

    The run rate carries on the whole stretch so far, the recent window the last 91 days, in
    days that are not paused. Refused under 3 observations or before a tenth of the days has
    passed; none at all before the start and after the end. `value_at` gives the value on a
    day (an ordinal). 136 visits in 2016, 60 by 30 June: 120.7, reached on 2017-02-16; with
    20 in the last 91 days: 100.4. Source: design, section 4 ("Forecast").
    """
    if not path.before < today < path.end:
        return ()
    elapsed, days = path.elapsed(today), path.total
    refused = ""
    if observations < _FEWEST:
        refused = codes.TOO_FEW
    elif not days or elapsed * 10 < days:
        refused = codes.TOO_EARLY
    if refused:
        return tuple(Forecast(method, refused=refused) for method in codes.FORECAST_METHODS)
    value = value_at(today) or _ZERO
    found = [_carried_on(codes.RUN_RATE, value, value, elapsed, target, path, today)]
    since = max(path.before, today - RECENT_DAYS)
    recent = path.calendar.between(since + 1, today)
    if recent:
        gained = value - (value_at(since) or _ZERO)
        found.append(_carried_on(codes.RECENT_WINDOW, value, gained, recent, target, path, today))
    return tuple(found)


def _carried_on(
    method: str,
    value: Fraction,
    gained: Fraction,
    over: int,
    target: Fraction,
    path: Path,
    today: int,
) -> Forecast:
    """The value now, and as much a day as was gained over so many days for those that are left."""
    left = path.total - path.elapsed(today)
    rate = gained / over
    at_end = value + rate * left
    reached_on = None
    if rate > 0 and value < target:
        days = -((value - target) // rate)  # rounded up: a part of a day is that day
        reached_on = path.calendar.advance(today, int(days))
    return Forecast(
        method,
        at_end,
        at_end / target if target else None,
        reached_on,
        now=value,
        gained=gained,
        over=over,
        left=left,
    )
