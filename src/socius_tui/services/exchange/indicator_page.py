"""The page of an indicator for the terminal and for scripts: sheet, periods, parts, forecasts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Final

from socius_tui.domain.breakdown import ADDED, Part
from socius_tui.domain.detail import IndicatorDetail, OutlookLine
from socius_tui.domain.numbers import format_number, to_json_number
from socius_tui.domain.periods import PeriodLine
from socius_tui.i18n import N_, _, get_language
from socius_tui.services.exchange.tables import Column, Table, exported, json_value
from socius_tui.services.figures import amount, day_text, days_text, period_label, share
from socius_tui.services.rule_words import verdict_word
from socius_tui.services.wording import symbol, word

_TICKS: Final = "▁▂▃▄▅▆▇█"
_SPARK: Final = 40  # columns


def facts(page: IndicatorDetail) -> list[tuple[str, str]]:
    """The sheet and where it stands, as label and value; those that are nothing are left out."""
    record, line, measure = page.record, page.line, page.record.measure
    rule = " · ".join(word(code.value) for code in (measure.aggregation, measure.scope))
    report = page.reporting
    reported = ""
    if report.due:
        reported = _("{n} of {due} periods, {on_time} on time").format(
            n=report.reported, due=report.due, on_time=report.on_time
        )
    found = [
        (_("Definition"), record.definition),
        (_("Goal"), f"{page.goal.code} {page.goal.title}"),
        (_("Status"), f"{symbol(line.status)} {word(line.status)}"),
        (_("Value"), amount(line.value, record.unit) if line.value is not None else ""),
        (_("Target"), amount(line.target, record.unit) if line.target is not None else ""),
        (_("Baseline"), amount(line.baseline, record.unit) if line.baseline is not None else ""),
        (_("Progress"), share(line.progress) if line.progress is not None else ""),
        (_("Expected by now"), "" if line.expected is None else amount(line.expected, "")),
        (_("Pace in days"), "" if line.days_behind is None else days_text(line.days_behind)),
        (_("Owner"), record.owner),
        (_("Rule"), rule),
        (_("Reported"), word(measure.frequency.value) + (f", {reported}" if reported else "")),
        (_("Source"), word(record.source_kind)),
        (_("Sphere"), word(record.sphere)),
        (_("Origin"), word(record.origin)),
    ]
    return [(label, value) for label, value in found if value]


def periods_table(page: IndicatorDetail) -> Table:
    """Target, value, progress, what was expected, verdict and reports of each period."""
    return Table(
        (
            Column("period_start", N_("Period"), "date", lambda p: p.result.period.start,
                   _period),
            Column("period_end", N_("Until"), "date", lambda p: p.result.period.end, seen=False),
            Column("qualifier", N_("Qualifier"), "text", lambda p: p.result.qualifier, seen=False),
            Column("target", N_("Target"), "number", lambda p: p.result.target),
            Column("value", N_("Value"), "number", lambda p: p.result.value,
                   lambda p: _two(p.result.value)),
            Column("progress", N_("Progress"), "share", lambda p: p.progress),
            Column("expected", N_("Expected"), "number", lambda p: p.expected,
                   lambda p: _two(p.expected)),
            Column("verdict", N_("Verdict"), "code", lambda p: p.result.verdict,
                   lambda p: verdict_word(p.result.verdict)),
            Column("due", N_("Reports due"), "number", lambda p: p.reported.due, seen=False),
            Column("reported", N_("Reported"), "number", lambda p: p.reported.reported,
                   lambda p: f"{p.reported.reported}/{p.reported.due}"),
            Column("on_time", N_("On time"), "number", lambda p: p.reported.on_time),
        ),
        page.periods,
    )  # fmt: skip


def _period(line: PeriodLine) -> str:
    result = line.result
    return period_label(result.period.start, result.period.end, result.qualifier)


def _two(value: Fraction | None) -> str:
    if value is None:
        return "–"
    whole = value.denominator == 1
    return format_number(value, get_language(), places=None if whole else 2)


def parts_table(page: IndicatorDetail) -> Table:
    """The value by work type, and what is not assigned."""

    def name(part: Part) -> str:
        if not part.work_type:
            return _("not assigned")
        return page.work_types.get(part.work_type) or _("another work type")

    ratios = any(part.denominator is not None for part in _parts(page))
    return Table(
        (
            Column("work_type", N_("Work type"), "text",
                   lambda part: name(part) if part.work_type else None, name),
            Column("value", N_("Value"), "number", lambda part: part.value,
                   lambda part: _two(part.value)),
            Column("numerator", N_("Number"), "number", lambda part: part.numerator, seen=ratios),
            Column("denominator", N_("Out of"), "number", lambda part: part.denominator,
                   seen=ratios),
            Column("share", N_("Share"), "share", lambda part: part.share,
                   seen=page.breakdown.rule == ADDED),
            Column("entries", N_("Entries"), "number", lambda part: part.entries),
        ),
        _parts(page),
    )  # fmt: skip


def _parts(page: IndicatorDetail) -> Sequence[Part]:
    left = page.breakdown.unassigned
    return (*page.breakdown.parts, left) if left else page.breakdown.parts


def outlook_table(page: IndicatorDetail) -> Table:
    """Each forecast by its method: its sum, or why it was refused, and what it needs."""

    def told(line: OutlookLine) -> str:
        return line.refused or line.sum

    return Table(
        (
            Column("method", N_("Method"), "code", lambda o: o.method, lambda o: o.short),
            Column("value", N_("At the end"), "number", lambda o: o.value,
                   lambda o: _two(o.value)),
            Column("share", N_("Of the target"), "share", lambda o: o.share),
            Column("reached_on", N_("Reached on"), "date", lambda o: o.reached_on),
            Column("sum", N_("Worked out"), "text", told, flow="wrap"),
            Column("needs", N_("What it needs"), "text", lambda o: o.needs, flow="wrap"),
        ),
        page.outlook,
    )  # fmt: skip


def spark(page: IndicatorDetail) -> str:
    """The value from the start to the as-of date as a line of small columns; "" without values.

    The highest column is the highest value; a dot is a stretch without one.
    """
    points = page.chart.values
    if not points:
        return ""
    first, last = page.chart.start, points[-1].day
    low = min(Fraction(0), *(point.value for point in points))
    high = max(point.value for point in points)
    drawn = []
    for column in range(_SPARK):
        day = first + (last - first) * (column + 1) / _SPARK
        known = [point.value for point in points if point.day <= day]
        if not known:
            drawn.append("·")
            continue
        part = (known[-1] - low) / (high - low) if high > low else Fraction(1)
        drawn.append(_TICKS[min(int(part * len(_TICKS)), len(_TICKS) - 1)])
    return f"{day_text(first)} {''.join(drawn)} {day_text(last)}"


def json_text(page: IndicatorDetail, as_of: date) -> str:
    """The whole page as one JSON object: numbers unrounded, days in ISO form, nothing is null."""
    record, line, found = page.record, page.line, page.breakdown
    whole: dict[str, Any] = {
        "code": exported(record.code),
        "title": exported(record.title),
        "definition": exported(record.definition),
        "unit": exported(record.unit),
        "goal": exported(page.goal.code),
        "as_of": as_of.isoformat(),
        "status": line.status.value,
        "value": _number(line.value),
        "target": _number(line.target),
        "baseline": _number(line.baseline),
        "progress": _number(line.progress),
        "expected": _number(line.expected),
        "pace_ratio": _number(line.pace_ratio),
        "days_behind": _number(line.days_behind),
        "periods": _objects(periods_table(page)),
        "breakdown": {
            "rule": found.rule,
            "parts": _objects(parts_table(page)),
            "total": _number(found.total),
            "difference": _number(found.difference),
        },
        "forecasts": _objects(outlook_table(page)),
        "chart": {
            "text": exported(page.chart_says),
            "values": _points(page.chart.values),
            "expected": _points(page.chart.expected),
        },
    }
    return json.dumps(whole, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _number(value: Fraction | None) -> int | float | None:
    return None if value is None else to_json_number(value)


def _objects(table: Table) -> list[dict[str, object]]:
    return [{c.name: json_value(c, row) for c in table.columns} for row in table.rows]


def _points(points: Iterable[tuple[date, Fraction]]) -> list[dict[str, object]]:
    return [{"day": day.isoformat(), "value": to_json_number(value)} for day, value in points]
