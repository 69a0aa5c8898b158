"""The chart of one indicator: value, expected line, targets, forecasts and pauses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from socius_tui.domain import codes
from socius_tui.domain.chart import BLANK, Chart, Dated, Outlook, Step
from socius_tui.domain.judgement import Judgement
from socius_tui.domain.model import Direction, IndicatorKind, Judging, Period
from socius_tui.domain.plan import IndicatorRecord
from socius_tui.services.evidence import PlanEvidence

_POINTS: Final = 48  # days on which the value is worked out
_FEWER: Final = 24  # the same, where each of them costs more
_MANY: Final = 1000  # entries; each day is judged anew
_APART: Final = 24  # days with an entry that can still be told apart in a chart


def chart_of(
    evidence: PlanEvidence, record: IndicatorRecord, judgement: Judgement, unit: str
) -> Chart:
    """The chart of an indicator over the stretch that is judged; BLANK where it has no number.

    Of a promise by period the value is the number of periods kept, against those that are over.

    The value is worked out by the same rules as everywhere, on the days on which something was
    entered (evenly chosen ones where those are many) and on the as-of date.
    """
    start = judgement.period_start or evidence.plan.rules.period.start
    end = judgement.period_end or evidence.plan.rules.period.end
    measure = record.measure
    if measure.kind is IndicatorKind.NARRATIVE:
        return BLANK
    if judgement.path is not None:  # a level of one period is drawn from its first target on
        start = min(start, date.fromordinal(max(judgement.path.before + 1, 1)))
    if end <= start:
        return BLANK
    promised = measure.judging is Judging.BY_PERIOD
    as_of = min(evidence.as_of, end)
    days = _days_with_entries(judgement, start, as_of)
    values: list[Dated] = []
    if as_of >= start:
        entries = len(judgement.used) + len(judgement.left_out)
        most = _FEWER if entries > _MANY else _POINTS
        for day in sorted({*_some(days, most), as_of}):
            value = judgement.value if day == evidence.as_of else None
            if value is None:
                value = evidence.judge(record, day, looking_ahead=False).value
            if value is None:
                continue
            if promised and values and value != values[-1].value:  # kept or not: no slope
                values.append(Dated(day - timedelta(days=1), values[-1].value))
            values.append(Dated(day, value))
    entered = {*days} if len(days) <= _APART else set()
    return Chart(
        unit=unit,
        start=start,
        end=end,
        as_of=evidence.as_of if start <= evidence.as_of <= end else None,
        values=tuple(values),
        entered=tuple(point for point in values if point.day in entered),
        expected=_over(judgement, start) if promised else _expected(judgement, start, end),
        steps=_promises(judgement) if promised else _steps(measure.kind, judgement),
        outlooks=_outlooks(judgement, evidence.as_of),
        pauses=tuple(
            Period(max(pause.start, start), min(pause.end, end))
            for pause in evidence.plan.rules.pauses
            if pause.start <= end and pause.end >= start
        ),
        band=measure.band if measure.direction is Direction.MAINTAIN else None,
    )


def _days_with_entries(judgement: Judgement, start: date, as_of: date) -> list[date]:
    entries = (*judgement.used, *(entry for entry, _reason in judgement.left_out))
    return sorted({entry.day for entry in entries if start <= entry.day <= as_of})


def _some(days: Sequence[date], most: int) -> Sequence[date]:
    """All of them, or `most` spread evenly, with the first and the last."""
    if len(days) <= most:
        return days
    return [days[number * (len(days) - 1) // (most - 1)] for number in range(most)]


def _expected(judgement: Judgement, start: date, end: date) -> tuple[Dated, ...]:
    """The corners of the expected line: its knots, and the edges of the pauses."""
    path = judgement.path
    if path is None:
        return ()
    edges = {day for pause in path.calendar.pauses for day in (pause[0] - 1, pause[1])}
    days = {start.toordinal() - 1, end.toordinal(), *(day for day, _value in path.knots), *edges}
    low, high = start.toordinal() - 1, end.toordinal()
    return tuple(
        Dated(date.fromordinal(max(day, 1)), path.at(day))
        for day in sorted(days)
        if low <= day <= high
    )


def _steps(kind: IndicatorKind, judgement: Judgement) -> tuple[Step, ...]:
    """What each target asks by the end of its period, on the scale of the line."""
    path = judgement.path
    if path is None:
        return ()
    late = 1 if kind is IndicatorKind.MILESTONE else 0  # asked for on the day after
    return tuple(
        Step(result.period, path.at(result.period.end.toordinal() + late))
        for result in judgement.periods
    )


def _promises(judgement: Judgement) -> tuple[Step, ...]:
    """One more period to keep by the end of each, in the order in which they end."""
    counted = (r for r in judgement.periods if r.verdict != codes.NOT_APPLICABLE)
    return tuple(Step(r.period, Fraction(number)) for number, r in enumerate(counted, start=1))


def _over(judgement: Judgement, start: date) -> tuple[Dated, ...]:
    """How many periods are over: one more on the day after each."""
    corners = [Dated(start, Fraction(0))]
    for step in _promises(judgement):
        corners.append(Dated(step.period.end, step.value - 1))
        if step.period.end < date.max:
            corners.append(Dated(step.period.end + timedelta(days=1), step.value))
    return tuple(corners)


def _outlooks(judgement: Judgement, as_of: date) -> tuple[Outlook, ...]:
    path = judgement.path
    if path is None:
        return ()
    last = date.fromordinal(path.end)
    return tuple(
        Outlook(f.method, Dated(as_of, f.now), Dated(last, f.value))
        for f in judgement.forecasts
        if f.value is not None and f.now is not None
    )
