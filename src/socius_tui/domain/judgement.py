"""What comes out of the rules: one indicator judged on one day."""

# Annotations are not postponed: a named tuple has to compile each one that is text.
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from socius_tui.domain import codes
from socius_tui.domain.model import Entry, Period, Status
from socius_tui.domain.schedule import Path


class PeriodResult(NamedTuple):
    """What became of one target; `verdict` is one of codes.VERDICTS.

    Under `to_date` the value is that of everything up to the period's end.
    """

    period: Period
    qualifier: str
    target: Fraction
    value: Fraction | None
    verdict: str


class Forecast(NamedTuple):
    """Where it will end if it goes on like this, by the named method.

    `value` is the value at the end, `share` that value over the target (0.887 is 88.7 %),
    `reached_on` the day on which the target is reached at this rate, also after the end.
    `refused` is "" or the code that says why there is no forecast. What it is made of: `now` is
    the value so far, `gained` what came in the last `over` days, `left` the days to go (days that
    are not paused): value = now + gained / over x left.
    """

    method: str
    value: Fraction | None = None
    share: Fraction | None = None
    reached_on: date | None = None
    refused: str = ""
    now: Fraction | None = None
    gained: Fraction | None = None
    over: int = 0
    left: int = 0


class Judgement(NamedTuple):
    """One indicator on one day. Nothing is rounded; None is "there is no such number".

    `progress`, `pace_ratio` and the shares are fractions of 1, progress uncapped.
    `capped` (0..1) is what counts in a roll-up and `expected_capped` (0..1) what that
    should be by now. `days_behind` counts days that are not paused: positive is behind,
    negative ahead. `needed_per_week` and `planned_per_week` are in the indicator's unit.
    `period_start` and `period_end` bound the stretch that was judged. `days_left` are the
    days after today in the open period of a yearly commitment. `freshness` is one of
    codes.FRESHNESS. `path` is the expected line and `base` the baseline along the same days, flat
    or growing; both are there where a pace was worked out. `today` is the day on the line, as an
    ordinal, that the value was compared with.
    """

    status: Status
    value: Fraction | None = None
    baseline: Fraction | None = None
    target: Fraction | None = None
    expected: Fraction | None = None
    progress: Fraction | None = None
    capped: Fraction | None = None
    expected_capped: Fraction | None = None
    pace_ratio: Fraction | None = None
    days_behind: Fraction | None = None
    needed_per_week: Fraction | None = None
    planned_per_week: Fraction | None = None
    with_data: bool = False
    not_applicable: bool = False
    period_start: date | None = None
    period_end: date | None = None
    periods: tuple[PeriodResult, ...] = ()
    used: tuple[Entry, ...] = ()
    left_out: tuple[tuple[Entry, str], ...] = ()
    rules: tuple[str, ...] = ()
    last_entry_day: date | None = None
    freshness: str = codes.NEVER
    forecasts: tuple[Forecast, ...] = ()
    days_left: int | None = None
    path: Path | None = None
    base: Path | None = None
    today: int | None = None
