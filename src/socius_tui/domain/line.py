"""What is compared with what: the value, its target, and the expected line between them.

Accumulating indicators (sum, distinct count) add the values of their periods; all others
are levels, of which one value holds at a time. Source: design, section 4 ("Scope").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from socius_tui.domain import codes
from socius_tui.domain.aggregation import Value, accumulates, normal, value_of
from socius_tui.domain.evidence import Evidence, merged, period_result, target_value
from socius_tui.domain.judgement import PeriodResult
from socius_tui.domain.model import (
    Aggregation,
    Direction,
    IndicatorKind,
    Measure,
    Rules,
    Scope,
    Target,
)
from socius_tui.domain.schedule import (
    Path,
    added,
    calendar,
    gaps,
    level_path,
    running_path,
    step_path,
)

_ZERO = Fraction(0)


class Line(NamedTuple):
    """The value and what it is held against; days are ordinals.

    `first` and `last` bound the stretch judged, `day` is the day on the line that the value
    is compared with, `due` the last day for the target. `base` is the baseline along the
    same days: flat for a level, growing for something that adds up from zero, and then
    `against_path` says that progress compares with the line to date. `value_at` is there
    when a forecast makes sense.
    """

    found: Value
    target: Fraction
    path: Path
    base: Path
    first: int
    last: int
    day: int
    due: int
    against_path: bool = False
    value_at: Callable[[int], Fraction | None] | None = None
    codes: tuple[str, ...] = ()
    results: tuple[PeriodResult, ...] = ()


def line_of(measure: Measure, targets: Sequence[Target], evidence: Evidence, rules: Rules) -> Line:
    """The line of an indicator with at least one target, these sorted by end."""
    if measure.kind is IndicatorKind.MILESTONE:
        return _milestone(measure, targets, evidence, rules)
    if measure.scope is Scope.TO_DATE:
        return _to_date(measure, targets, evidence, rules)
    evidence.windows = [_span(target) for target in targets]
    values = [target_value(measure, target, evidence, None) for target in targets]
    results = _results(measure, targets, values, evidence.today)
    if accumulates(measure) and measure.direction is not Direction.MAINTAIN:
        line = _added_up(measure, targets, values, evidence, rules)
    elif measure.aggregation is Aggregation.LATEST:
        line = _latest_level(measure, targets, evidence, rules)
    else:
        line = _period_level(measure, targets, values, evidence, rules)
    return line._replace(results=results)


def improves(measure: Measure, start: Fraction, end: Fraction) -> bool:
    """Whether going from `start` to `end` is the way that the indicator should go."""
    return end > start if measure.direction is Direction.INCREASE else end < start


def _span(target: Target) -> tuple[int, int]:
    return target.period.start.toordinal(), target.period.end.toordinal()


def _flat(before: int, value: Fraction, path: Path) -> Path:
    return Path(((before, value),), path.calendar)


def _results(
    measure: Measure, targets: Sequence[Target], values: Sequence[Value], today: int
) -> tuple[PeriodResult, ...]:
    return tuple(
        period_result(measure, target, found, today, promise=False)
        for target, found in zip(targets, values, strict=True)
    )


def _strand(targets: Sequence[Target], like: Target) -> list[Target]:
    """The targets with the same qualifier."""
    return [t for t in targets if normal(t.qualifier) == normal(like.qualifier)]


def _start(targets: Sequence[Target]) -> int:
    return min(target.period.start for target in targets).toordinal()


def _from_plan_start(targets: Sequence[Target], rules: Rules) -> int:
    """To date: from the plan's start, or the first target's where that is earlier."""
    return min(rules.period.start.toordinal(), _start(targets))


def _added_up(
    measure: Measure,
    targets: Sequence[Target],
    values: Sequence[Value],
    evidence: Evidence,
    rules: Rules,
) -> Line:
    """Per period, adding up: all periods so far against all targets.

    Each target runs evenly over its own days from zero; gaps between the periods stand
    still. A baseline counts per period too and runs along. A period in which everything is
    "not applicable" leaves with its target.
    """
    for found in values:
        evidence.take(found)
    whole = merged(values)
    active = [t for t, found in zip(targets, values, strict=True) if not found.not_applicable]
    notes: tuple[str, ...] = (codes.SCOPE_PER_PERIOD_ADDED,)
    if active and len(active) < len(targets):
        notes = (*notes, codes.PERIOD_NOT_APPLICABLE)
    active = active or list(targets)
    baseline = measure.baseline or _ZERO
    cal = calendar(rules.pauses, gaps(t.period for t in active))
    path = running_path([(t.period, t.value) for t in active], cal)
    base = _flat(path.before, _ZERO, path)
    if baseline:
        base = running_path([(t.period, baseline) for t in active], cal)

    def value_at(day: int) -> Fraction | None:
        spans = [(*_span(t), t.qualifier) for t in active]
        return merged(
            [value_of(measure, evidence.within(a, min(b, day), q)) for a, b, q in spans]
        ).value

    spans = sorted(_span(t) for t in active)
    apart = all(a[1] < b[0] for a, b in pairwise(spans))
    return Line(
        whole,
        sum((t.value for t in active), _ZERO),
        path,
        base,
        path.before + 1,
        path.end,
        min(evidence.today, path.end),
        path.end,
        against_path=bool(baseline) or measure.direction is Direction.DECREASE,
        value_at=value_at if apart else None,
        codes=notes,
    )


def _to_date(measure: Measure, targets: Sequence[Target], evidence: Evidence, rules: Rules) -> Line:
    """From the plan's start up to each target's end; the last target is the one to reach.

    Something that adds up and has targets for several qualifiers adds those as well; of a
    level only the last target's qualifier is judged. A count that must stay low starts its
    line at zero, like one whose baseline is already there, and its baseline grows along.
    """
    first, adds = _from_plan_start(targets, rules), accumulates(measure)
    evidence.windows = [(first, targets[-1].period.end.toordinal())]
    values = [target_value(measure, target, evidence, first) for target in targets]
    results = _results(measure, targets, values, evidence.today)
    ends = {normal(t.qualifier): (t, found) for t, found in zip(targets, values, strict=True)}
    lasts = list(ends.values()) if adds else [(targets[-1], values[-1])]
    for _, found in lasts:
        evidence.take(found)
    whole = merged([found for _, found in lasts])
    goal = sum((t.value for t, _ in lasts), _ZERO)
    baseline = measure.baseline or _ZERO
    cal = calendar(rules.pauses)
    falling = measure.direction is Direction.DECREASE
    from_zero = adds and (falling or not improves(measure, baseline, goal))
    shared = _ZERO if from_zero else baseline / len(lasts)
    path = added([level_path(first, shared, _strand(targets, t), cal) for t, _ in lasts])
    base = _flat(path.before, baseline, path)
    if from_zero:
        base = Path(((path.before, _ZERO), (path.end, baseline)), cal)

    def value_at(day: int) -> Fraction | None:
        spans = [(min(t.period.end.toordinal(), day), t.qualifier) for t, _ in lasts]
        return merged([value_of(measure, evidence.within(first, end, q)) for end, q in spans]).value

    notes = [codes.SCOPE_TO_DATE]
    if not adds and len(ends) > 1:
        notes.append(codes.SEVERAL_QUALIFIERS)
    return Line(
        whole,
        goal,
        path,
        base,
        first,
        path.end,
        min(evidence.today, path.end),
        path.end,
        against_path=from_zero,
        value_at=value_at if adds and len(lasts) == 1 else None,
        codes=tuple(notes),
        results=results,
    )


def _latest_level(
    measure: Measure, targets: Sequence[Target], evidence: Evidence, rules: Rules
) -> Line:
    """The latest value in the periods against the last target (a snapshot: 75 of 70)."""
    goal = targets[-1]
    strand = _strand(targets, goal)
    inside: dict[int, None] = {}
    for target in strand:
        inside.update(dict.fromkeys(map(id, evidence.within(*_span(target), target.qualifier))))
    found = value_of(measure, [entry for entry in evidence.known if id(entry) in inside])
    evidence.take(found)
    start = _start(targets)
    path = level_path(start, measure.baseline or _ZERO, strand, calendar(rules.pauses))
    notes = [codes.SCOPE_TO_DATE]
    if len(strand) < len(targets):
        notes.append(codes.SEVERAL_QUALIFIERS)
    return Line(
        found,
        goal.value,
        path,
        _flat(path.before, measure.baseline or _ZERO, path),
        start,
        path.end,
        min(evidence.today, path.end),
        path.end,
        codes=tuple(notes),
    )


def _period_level(
    measure: Measure,
    targets: Sequence[Target],
    values: Sequence[Value],
    evidence: Evidence,
    rules: Rules,
) -> Line:
    """One period against its own target: the running one, else the last before with a value.

    Something that adds up and must stay inside a band is judged on the last period that is
    over; half a year would always seem too low.
    """
    today = evidence.today
    chosen = _chosen_period(measure, targets, values, today)
    goal, found = targets[chosen], values[chosen]
    evidence.take(found)
    for target, other in zip(targets, values, strict=True):
        if target is not goal:
            evidence.leave(other.used, codes.EARLIER_PERIOD)
            evidence.take(other._replace(used=()))
    start, end = _start(targets), goal.period.end.toordinal()
    path = level_path(
        start, measure.baseline or _ZERO, _strand(targets, goal), calendar(rules.pauses)
    )
    notes = [codes.SCOPE_PERIOD]
    if end < today <= targets[-1].period.end.toordinal():
        notes.append(codes.USED_EARLIER_PERIOD)
    return Line(
        found,
        goal.value,
        path,
        _flat(path.before, measure.baseline or _ZERO, path),
        goal.period.start.toordinal(),
        end,
        min(today, end),
        end,
        codes=tuple(notes),
    )


def _chosen_period(
    measure: Measure, targets: Sequence[Target], values: Sequence[Value], today: int
) -> int:
    """The number of the period to judge; the first when none has begun."""
    begun = [n for n, t in enumerate(targets) if t.period.start.toordinal() <= today]
    running = [n for n in begun if targets[n].period.end.toordinal() >= today]
    over = [n for n in begun if targets[n].period.end.toordinal() < today]
    order = [*reversed(running), *reversed(over)]
    if accumulates(measure):
        order = [*reversed(over), *reversed(running)]
    for number in order:
        if values[number].value is not None or values[number].not_applicable:
            return number
    return order[0] if order else 0


def _milestone(
    measure: Measure, targets: Sequence[Target], evidence: Evidence, rules: Rules
) -> Line:
    """A step: nothing is expected until the last day of its period, all of it the day after.

    Reached late is reached: entries after the period count, and so do early ones.
    """
    first, goal = _from_plan_start(targets, rules), targets[-1]
    strand = _strand(targets, goal)
    last = max(goal.period.end.toordinal(), evidence.today)
    evidence.windows = [(first, last)]
    found = value_of(measure, evidence.within(first, last, goal.qualifier))
    evidence.take(found)
    values = [value_of(measure, evidence.within(first, last, t.qualifier)) for t in targets]
    baseline = measure.baseline or _ZERO
    path = step_path(first, baseline, strand, calendar(rules.pauses))
    notes = [codes.JUDGED_BY_STEP]
    if len(strand) < len(targets):
        notes.append(codes.SEVERAL_QUALIFIERS)
    return Line(
        found,
        goal.value,
        path,
        _flat(path.before, baseline, path),
        first,
        goal.period.end.toordinal(),
        evidence.today,
        path.end,
        codes=tuple(notes),
        results=_results(measure, targets, values, evidence.today),
    )
