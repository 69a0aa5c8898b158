"""What an indicator takes along into the plan of the next period: its baseline, moved days.

The rule, with its reasons, stands in docs/plan-periods.md.
"""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta
from fractions import Fraction
from typing import Final, NamedTuple

from socius_tui.domain.aggregation import accumulates
from socius_tui.domain.judgement import Judgement
from socius_tui.domain.model import IndicatorKind, Judging, Measure, Period, Scope
from socius_tui.domain.numbers import format_number, to_decimal_text

# Where the baseline of the next period comes from.
LAST_VALUE = "last_value"  # the value judged on the last day
LAST_PERIOD = "last_period"  # the value of the last period that was over
FORMER_BASELINE = "former_baseline"  # nothing was measured since
FROM_ZERO = "from_zero"  # a count begins again
NO_BASELINE = "no_baseline"  # a milestone, words, a promise
NO_VALUE = "no_value"  # neither measured nor a baseline
ORIGINS: Final = (LAST_VALUE, LAST_PERIOD, FORMER_BASELINE, FROM_ZERO, NO_BASELINE, NO_VALUE)

_LONGEST: Final = 40  # characters of a number in the file
_DAY: Final = timedelta(days=1)


class Baseline(NamedTuple):
    """Where an indicator of the next period starts: decimal text or none, its day, its origin."""

    origin: str
    value: str | None = None
    day: date | None = None


def carried_baseline(
    measure: Measure, baseline_on: date | None, judgement: Judgement, day: date
) -> Baseline:
    """The baseline in the next period of an indicator that was judged on `day`.

    What adds up begins again at zero, unless each period was held against a baseline: then the
    last period that was over is the new one. Of a level it is the value on the day. A milestone,
    words and promises have none.
    """
    if (
        measure.kind in (IndicatorKind.MILESTONE, IndicatorKind.NARRATIVE)
        or measure.judging is Judging.BY_PERIOD
    ):
        return Baseline(NO_BASELINE)
    found: Baseline | None = None
    if not accumulates(measure):
        used = max((entry.day for entry in judgement.used), default=day)
        found = _baseline(LAST_VALUE, judgement.value, used)
    elif not measure.baseline:
        return _baseline(FROM_ZERO, measure.baseline, day) or Baseline(FROM_ZERO)
    elif measure.scope is Scope.TO_DATE:
        return Baseline(FROM_ZERO)
    else:
        over = [result for result in judgement.periods if result.period.end <= day]
        for result in over:  # in the order of their ends: the last one with a value stays
            found = _baseline(LAST_PERIOD, result.value, result.period.end) or found
    former = _baseline(FORMER_BASELINE, measure.baseline, baseline_on)
    return found or former or Baseline(NO_VALUE)


def _baseline(origin: str, value: Fraction | None, day: date | None) -> Baseline | None:
    """A baseline with a value; None without one, or with one that does not fit in the file."""
    text = None if value is None else stored(value)
    return None if text is None or len(text) > _LONGEST else Baseline(origin, text, day)


def stored(value: Fraction) -> str:
    """A number as the file keeps it: exact where it ends and fits, else with six decimals."""
    text = to_decimal_text(value)
    if len(text) <= _LONGEST and Fraction(text) == value:
        return text
    rounded = format_number(value, "en", places=6, grouping=False)
    return rounded.rstrip("0").rstrip(".")


def moved(day: date, start: date, new_start: date) -> date:
    """A day of a plan that starts on `start`, at its place in one that starts on `new_start`.

    By whole years where both start on the same day of the year (29 February becomes the 28th),
    else by days. Raises OverflowError past the last year that there is.
    """
    if (start.month, start.day) != (new_start.month, new_start.day):
        return day + (new_start - start)
    year = day.year + new_start.year - start.year
    if year > date.max.year:
        raise OverflowError(year)
    if (day.month, day.day) == (2, 29) and not isleap(year):
        return date(year, 2, 28)
    return day.replace(year=year)


def moved_period(period: Period, old: Period, new: Period) -> Period | None:
    """A period of the old plan at its place in the new one; None when it is not all in that."""
    try:
        start = moved(period.start, old.start, new.start)
        end = moved(period.end, old.start, new.start)
    except OverflowError:
        return None
    return Period(start, end) if new.start <= start <= end <= new.end else None


def next_period(period: Period, start: date | None = None) -> Period:
    """The period after another, or from `start`, and as long. Raises OverflowError."""
    first = start or period.end + _DAY
    return Period(first, moved(period.end + _DAY, period.start, first) - _DAY)
