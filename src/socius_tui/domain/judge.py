"""One indicator judged on one day: the place where all the rules meet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from socius_tui.domain import codes
from socius_tui.domain.aggregation import Value, accumulates, value_of
from socius_tui.domain.commitment import judge_commitment
from socius_tui.domain.evidence import Evidence, last_report, sorted_targets
from socius_tui.domain.forecast import forecasts
from socius_tui.domain.judgement import Forecast, Judgement
from socius_tui.domain.line import Line, improves, line_of
from socius_tui.domain.model import (
    Direction,
    Entry,
    EntryForm,
    IndicatorKind,
    Judging,
    Measure,
    Rules,
    Status,
)
from socius_tui.domain.reporting import freshness
from socius_tui.domain.schedule import Path
from socius_tui.domain.status import at_least_as_good, inside, status_of_ratio

_ZERO, _ONE = Fraction(0), Fraction(1)
_WEEK = 7


def judge(
    measure: Measure,
    entries: Sequence[Entry],
    rules: Rules,
    as_of: date,
    *,
    looking_ahead: bool = True,
) -> Judgement:
    """Judge one indicator by its entries on a day.

    Entries after `as_of` do not exist. Never raises, whatever combination of kind,
    direction, aggregation, scope and judging the file admits; numbers are exact. An
    indicator without targets shows its value and has no status of its own; one that must
    stay in a band needs no target. Without `looking_ahead` there are no forecasts: a list
    does not show them. Source: design, section 4.
    """
    evidence = Evidence(entries, as_of)
    targets = sorted_targets(measure.targets)
    if measure.kind is IndicatorKind.NARRATIVE:
        judgement = _narrative(measure, evidence, rules, as_of)
    elif targets and measure.judging is Judging.BY_PERIOD:
        judgement = judge_commitment(measure, targets, evidence, as_of)
    elif targets:
        line = line_of(measure, targets, evidence, rules)
        if measure.direction is Direction.MAINTAIN:
            judgement = _in_band(measure, line.found, line.first, evidence.today)
        else:
            judgement = _by_pace(measure, line, evidence, rules, looking_ahead)
        judgement = judgement._replace(
            rules=(*line.found.codes, *line.codes, *judgement.rules),
            periods=line.results,
            period_start=date.fromordinal(line.first),
            period_end=date.fromordinal(line.last),
        )
    else:
        judgement = _without_target(measure, evidence, rules)
    end = max((t.period.end for t in targets), default=rules.period.end)
    used, left_out = evidence.used, evidence.left_out
    last = last_report(used, left_out)
    fresh = freshness(last, min(as_of, max(end, last or end)), measure.frequency)
    return judgement._replace(
        baseline=measure.baseline,
        used=used,
        left_out=left_out,
        last_entry_day=last,
        freshness=codes.FRESH if measure.computed is not None else fresh,
    )


def _narrative(measure: Measure, evidence: Evidence, rules: Rules, as_of: date) -> Judgement:
    """Words have no number: on track while they are fresh, and never in a percentage."""
    first, last = rules.period.start.toordinal(), rules.period.end.toordinal()
    evidence.windows = [(first, last)]
    told: list[Entry] = []
    silent: list[Entry] = []
    for entry in evidence.within(first, last):
        if entry.form is EntryForm.TEXT:
            told.append(entry)
        elif entry.form is EntryForm.NOT_APPLICABLE:
            silent.append(entry)
        else:
            evidence.leave((entry,), codes.NOT_TEXT)
    evidence.leave(silent, codes.NOT_APPLICABLE)
    evidence.take(Value(used=tuple(told)))
    not_applicable = bool(silent) and (not told or _after(silent[-1], told[-1]))
    if told and not not_applicable:
        age = freshness(told[-1].day, min(as_of, rules.period.end), measure.frequency)
        fresh = measure.computed is not None or age == codes.FRESH
        status = Status.ON_TRACK if fresh else Status.ATTENTION
    else:
        status = _silence(evidence.today, first)
    return Judgement(
        status,
        with_data=bool(told) and not not_applicable,
        not_applicable=not_applicable,
        period_start=rules.period.start,
        period_end=rules.period.end,
        rules=(codes.RULE_TEXT, codes.JUDGED_BY_FRESHNESS),
    )


def _after(entry: Entry, other: Entry) -> bool:
    return (entry.day, entry.order, entry.ref) > (other.day, other.order, other.ref)


def _silence(today: int, first: int) -> Status:
    """The status where there is no value."""
    return Status.NOT_STARTED if today < first else Status.NO_DATA


def _without_target(measure: Measure, evidence: Evidence, rules: Rules) -> Judgement:
    """The value over the plan period; judged only where a band says what is good."""
    first, last = rules.period.start.toordinal(), rules.period.end.toordinal()
    evidence.windows = [(first, last)]
    found = value_of(measure, evidence.within(first, last))
    evidence.take(found)
    if measure.direction is Direction.MAINTAIN:
        judgement = _in_band(measure, found, first, evidence.today)
    else:
        judgement = Judgement(
            _silence(evidence.today, first),
            value=found.value,
            with_data=found.value is not None,
            not_applicable=found.not_applicable,
            rules=_silent_codes(found, codes.NO_TARGET),
        )
    return judgement._replace(
        rules=(*found.codes, codes.SCOPE_PLAN, *judgement.rules),
        period_start=rules.period.start,
        period_end=rules.period.end,
    )


def _silent_codes(found: Value, *others: str) -> tuple[str, ...]:
    return (*others, codes.NOT_APPLICABLE) if found.not_applicable else others


def _in_band(measure: Measure, found: Value, first: int, today: int) -> Judgement:
    """Inside the band is met, outside off track; there is no percentage."""
    notes = _silent_codes(found, codes.JUDGED_BY_BAND)
    if found.value is None or measure.band is None:
        return Judgement(
            _silence(today, first),
            value=found.value,
            with_data=found.value is not None,
            not_applicable=found.not_applicable,
            rules=notes if measure.band else (*notes, codes.NO_BAND),
        )
    good = inside(found.value, measure.band)
    return Judgement(
        Status.MET if good else Status.OFF_TRACK,
        value=found.value,
        capped=_ONE if good else _ZERO,
        expected_capped=_ONE,
        with_data=True,
        rules=notes,
    )


def _by_pace(
    measure: Measure, line: Line, evidence: Evidence, rules: Rules, looking_ahead: bool
) -> Judgement:
    """Hold the value against the line from baseline to target.

    progress = (actual - baseline) / (target - baseline), one formula for both directions;
    pace ratio = (actual - baseline) / (expected - baseline). Where the baseline is already
    as good as the target there is nothing to make progress on: a level is met or off track,
    and something that adds up is compared with its line from zero.
    """
    value, path, base = line.found.value, line.path, line.base
    expected, base_now = path.at(line.day), base.at(line.day)
    hold = not improves(measure, base.at(line.due), line.target)
    progress = ratio = capped = expected_capped = None
    if value is not None:
        ratio = _pace_ratio(measure, value, expected, base_now, hold)
        progress = _progress(line, value, expected, base_now, hold)
        capped = _capped(measure, line, value, ratio, progress, hold)
        expected_capped = _expected_share(line, expected, base_now, capped, hold)
    reached = value is not None and at_least_as_good(value, line.target, measure.direction)
    begun = evidence.today > path.before
    moves = improves(measure, path.knots[0][1], path.at(line.due))
    milestone = measure.kind is IndicatorKind.MILESTONE
    days_behind = None
    if value is not None and begun and moves:
        days_behind = path.days_behind(line.day, value)
        if days_behind is not None and reached and milestone:
            days_behind = min(days_behind, _ZERO)
    outlook: tuple[Forecast, ...] = ()
    if looking_ahead and value is not None and line.value_at is not None:
        outlook = forecasts(line.value_at, len(evidence.used), line.target, path, evidence.today)
        if measure.direction is Direction.DECREASE:
            # What must stay low does not "reach" its target, it runs out of room.
            outlook = tuple(f._replace(reached_on=None) for f in outlook)
    planned = needed = None
    if moves and not milestone:
        planned = _per_week(path.at(line.due) - path.knots[0][1], path, path.before, line.due)
        if value is not None and not reached:
            needed = _per_week(line.target - value, path, evidence.today, line.due)
    return Judgement(
        _status(measure, line, evidence, rules, hold, ratio),
        value=value,
        target=line.target,
        expected=expected,
        progress=progress,
        capped=capped,
        expected_capped=expected_capped,
        pace_ratio=ratio,
        days_behind=days_behind,
        needed_per_week=needed,
        planned_per_week=planned,
        with_data=value is not None,
        not_applicable=line.found.not_applicable,
        rules=tuple(_notes(measure, line, rules, hold)),
        forecasts=outlook,
        path=path,
        base=base,
        today=line.day,
    )


def _notes(measure: Measure, line: Line, rules: Rules, hold: bool) -> Iterable[str]:
    if line.found.not_applicable:
        yield codes.NOT_APPLICABLE
    if measure.baseline is None and not (
        accumulates(measure) or measure.kind is IndicatorKind.MILESTONE
    ):
        yield codes.NO_BASELINE
    if hold:
        yield codes.HOLD_THE_LINE
    elif line.against_path:
        yield codes.PATH_TO_DATE
    first, last = line.path.before + 1, line.path.end
    if any(p.start.toordinal() <= last and p.end.toordinal() >= first for p in rules.pauses):
        yield codes.PAUSES


def _status(
    measure: Measure,
    line: Line,
    evidence: Evidence,
    rules: Rules,
    hold: bool,
    ratio: Fraction | None,
) -> Status:
    value, today = line.found.value, evidence.today
    if value is None:
        if measure.kind is IndicatorKind.MILESTONE and not line.found.not_applicable:
            first_due = min(t.period.end for t in measure.targets).toordinal()
            return _silence(today, first_due + 1)
        return _silence(today, line.path.before + 1)
    direction = measure.direction
    adds = accumulates(measure)
    if at_least_as_good(value, line.target, direction):
        # A count that must stay low can still rise until its last day is over.
        if not (adds and direction is Direction.DECREASE and today <= line.due):
            return Status.MET
    elif hold and not adds:
        return Status.OFF_TRACK
    if today <= line.path.before:
        return Status.NOT_STARTED
    if ratio is not None:
        return status_of_ratio(ratio, rules)
    expected = line.path.at(line.day)
    if expected == line.base.at(line.day) or hold:
        return Status.NOT_STARTED
    # The line passes the wrong side of the baseline here: only as good or worse is left.
    return Status.ON_TRACK if at_least_as_good(value, expected, direction) else Status.OFF_TRACK


def _pace_ratio(
    measure: Measure, value: Fraction, expected: Fraction, base: Fraction, hold: bool
) -> Fraction | None:
    """How much of the expected way was gone; None where the line has not moved yet."""
    if not hold:
        if not improves(measure, base, expected):
            return None
        return (value - base) / (expected - base)
    if not accumulates(measure):
        return None
    if measure.direction is Direction.INCREASE:
        return value / expected if expected > 0 else None
    if value <= expected:
        return max(_ONE, expected / value) if value > 0 else _ONE
    return max(_ZERO, expected / value) if value > 0 else _ZERO


def _progress(
    line: Line, value: Fraction, expected: Fraction, base: Fraction, hold: bool
) -> Fraction | None:
    if hold:
        return None
    if line.against_path:
        return (value - base) / (expected - base) if expected != base else None
    baseline = line.base.at(line.due)
    return (value - baseline) / (line.target - baseline)


def _capped(
    measure: Measure,
    line: Line,
    value: Fraction,
    ratio: Fraction | None,
    progress: Fraction | None,
    hold: bool,
) -> Fraction | None:
    """What counts in a roll-up: 0..1; holding the line counts 1 or 0."""
    if not hold:
        return None if progress is None else _clamp(progress)
    if accumulates(measure) and ratio is not None:
        return _clamp(ratio)
    return _ONE if at_least_as_good(value, line.target, measure.direction) else _ZERO


def _expected_share(
    line: Line, expected: Fraction, base: Fraction, capped: Fraction | None, hold: bool
) -> Fraction | None:
    """What `capped` should be by now."""
    if capped is None:
        return None
    if hold or line.against_path:
        return _ONE
    baseline = line.base.at(line.due)
    return _clamp((expected - base) / (line.target - baseline))


def _clamp(share: Fraction) -> Fraction:
    return min(max(share, _ZERO), _ONE)


def _per_week(amount: Fraction, path: Path, after: int, until: int) -> Fraction | None:
    """So much a week, over the days after `after` that are not paused; None without any."""
    days = path.calendar.between(max(after, path.before) + 1, until)
    return amount * _WEEK / days if days else None
