"""What became of each target, with what was expected of it and whether it was reported."""

# Annotations are not postponed: a named tuple has to compile each one that is text.
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from socius_tui.domain.aggregation import accumulates
from socius_tui.domain.judgement import Judgement, PeriodResult
from socius_tui.domain.line import improves
from socius_tui.domain.model import (
    Direction,
    Entry,
    IndicatorKind,
    Judging,
    Measure,
    Rules,
    Scope,
)
from socius_tui.domain.reporting import Reporting, reporting
from socius_tui.domain.schedule import calendar, running_path

_ZERO = Fraction(0)


class PeriodLine(NamedTuple):
    """One target on the as-of date.

    `progress` is the fraction of the way from the baseline to this target, uncapped; `expected`
    the value that was due by the as-of date or the end of the period, in the unit of the
    indicator. Both are None where there is no such number. `reported` counts the reporting
    periods inside it.
    """

    result: PeriodResult
    progress: Fraction | None
    expected: Fraction | None
    reported: Reporting


def period_lines(
    measure: Measure, judgement: Judgement, entries: Sequence[Entry], rules: Rules, as_of: date
) -> tuple[PeriodLine, ...]:
    """A line for every target, in the order of the judgement.

    A target of its own period that adds up is expected day by day from zero (50 a year is 25
    after half of it); any other is held against the line of the indicator. Progress is that of
    `docs/calculation.md`, with the target of the period. Source: design, section 4.
    """
    return tuple(
        PeriodLine(
            result,
            _progress(measure, result),
            _expected(measure, judgement, result, rules, as_of),
            reporting(
                measure.frequency,
                [e for e in entries if e.day in result.period],
                result.period.start,
                as_of,
                end=result.period.end,
            ),
        )
        for result in judgement.periods
    )


def _progress(measure: Measure, result: PeriodResult) -> Fraction | None:
    baseline = measure.baseline or _ZERO
    if result.value is None or measure.direction is Direction.MAINTAIN:
        return None
    if not improves(measure, baseline, result.target):
        return None
    return (result.value - baseline) / (result.target - baseline)


def _expected(
    measure: Measure, judgement: Judgement, result: PeriodResult, rules: Rules, as_of: date
) -> Fraction | None:
    """None before the period began, and where nothing is expected day by day."""
    if as_of < result.period.start or measure.direction is Direction.MAINTAIN:
        return None
    if measure.judging is Judging.BY_PERIOD or measure.kind is IndicatorKind.MILESTONE:
        return None
    day = min(as_of, result.period.end)
    if accumulates(measure) and measure.scope is Scope.PER_PERIOD:
        alone = running_path([(result.period, result.target)], calendar(rules.pauses))
        return alone.on(day)
    return judgement.path.on(day) if judgement.path is not None else None
