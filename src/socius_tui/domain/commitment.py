"""Promises that are kept or broken period by period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from socius_tui.domain import codes
from socius_tui.domain.evidence import Evidence, period_result, target_value
from socius_tui.domain.judgement import Judgement, PeriodResult
from socius_tui.domain.model import Measure, Status, Target


def judge_commitment(
    measure: Measure, targets: Sequence[Target], evidence: Evidence, as_of: date
) -> Judgement:
    """Judge a promise year by year; `targets` is sorted and holds at least one.

    A period is fulfilled, open while it runs, missed when it is over, upcoming before it
    starts. A surplus repairs no other period, and with a qualifier only entries with the
    same one count. The value is the number of periods fulfilled, the target the number of
    periods, expected the number that is over; periods "not applicable" leave all three. One
    period missed is off track, for good. Source: design, section 4 ("Yearly commitments").
    """
    evidence.windows = [(t.period.start.toordinal(), t.period.end.toordinal()) for t in targets]
    results: list[PeriodResult] = []
    rules = [codes.JUDGED_BY_PERIOD]
    for target in targets:
        found = target_value(measure, target, evidence, None)
        evidence.take(found)
        rules += [code for code in found.codes if code not in rules]
        results.append(period_result(measure, target, found, evidence.today, promise=True))
    counted = [r for r in results if r.verdict != codes.NOT_APPLICABLE]
    with_data = bool(evidence.used)
    kept = sum(r.verdict == codes.FULFILLED for r in counted)
    over = sum(r.period.end < as_of for r in counted)
    open_ends = [r.period.end for r in counted if r.verdict == codes.OPEN]
    value = progress = capped = expected_capped = None
    if counted:
        expected_capped = Fraction(over, len(counted))
        if with_data:
            value, progress = Fraction(kept), Fraction(kept, len(counted))
            capped = progress
    if len(counted) < len(results):
        rules.append(codes.PERIOD_NOT_APPLICABLE)
    return Judgement(
        _status(results, counted, with_data),
        value=value,
        target=Fraction(len(counted)),
        expected=Fraction(over),
        progress=progress,
        capped=capped,
        expected_capped=expected_capped,
        pace_ratio=Fraction(kept, over) if with_data and over else None,
        with_data=with_data,
        not_applicable=not counted,
        period_start=min(r.period.start for r in results),
        period_end=results[-1].period.end,
        periods=tuple(results),
        rules=tuple(rules),
        days_left=(min(open_ends) - as_of).days if open_ends else None,
    )


def _status(
    results: Sequence[PeriodResult], counted: Sequence[PeriodResult], with_data: bool
) -> Status:
    verdicts = {result.verdict for result in counted}
    if not verdicts:
        return Status.NO_DATA
    if codes.MISSED in verdicts:
        return Status.OFF_TRACK if with_data else Status.NO_DATA
    if verdicts == {codes.FULFILLED}:
        return Status.MET
    if all(result.verdict == codes.UPCOMING for result in results):
        return Status.NOT_STARTED
    return Status.ON_TRACK
