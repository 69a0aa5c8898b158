"""Short ways to write measures, targets and entries, so that a test reads as its figures."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import count

from socius_tui.domain.judge import judge
from socius_tui.domain.judgement import Judgement
from socius_tui.domain.model import (
    Aggregation,
    Direction,
    Entry,
    EntryForm,
    Frequency,
    IndicatorKind,
    Judging,
    Measure,
    Period,
    Rules,
    Scope,
    Target,
)

PLAN = Period(date(2016, 1, 1), date(2020, 12, 31))
RULES = Rules(PLAN)
SUMMER_2016 = Period(date(2016, 7, 1), date(2016, 8, 31))
MID_2016 = date(2016, 6, 30)

Number = int | str | Fraction
_order = count()


def day(text: str) -> date:
    return date.fromisoformat(text)


def year(number: int) -> Period:
    return Period(date(number, 1, 1), date(number, 12, 31))


def number(value: Number) -> Fraction:
    return Fraction(value)


def target(period: int | Period, value: Number, qualifier: str = "") -> Target:
    return Target(year(period) if isinstance(period, int) else period, number(value), qualifier)


def measure(
    *targets: Target,
    kind: IndicatorKind = IndicatorKind.COUNT,
    direction: Direction = Direction.INCREASE,
    aggregation: Aggregation = Aggregation.SUM,
    scope: Scope = Scope.PER_PERIOD,
    judging: Judging = Judging.BY_PACE,
    frequency: Frequency = Frequency.YEAR,
    baseline: Number | None = None,
    band: tuple[Number, Number] | None = None,
) -> Measure:
    return Measure(
        kind,
        direction,
        aggregation,
        scope,
        judging,
        frequency,
        None if baseline is None else number(baseline),
        None if band is None else (number(band[0]), number(band[1])),
        targets=targets,
    )


def entry(
    on: str | date,
    value: Number,
    order: str | None = None,
    qualifier: str = "",
    work_type: str = "",
    key: str = "",
) -> Entry:
    on = day(on) if isinstance(on, str) else on
    order = f"{next(_order):06}" if order is None else order
    return Entry(on, order, value=number(value), qualifier=qualifier, work_type=work_type, key=key)


def ratio(on: str, numerator: int, denominator: int, work_type: str = "") -> Entry:
    return Entry(
        day(on),
        f"{next(_order):06}",
        EntryForm.RATIO,
        numerator=number(numerator),
        denominator=number(denominator),
        work_type=work_type,
    )


def silent(on: str, work_type: str = "") -> Entry:
    return Entry(day(on), f"{next(_order):06}", EntryForm.NOT_APPLICABLE, work_type=work_type)


def words(on: str) -> Entry:
    return Entry(day(on), f"{next(_order):06}", EntryForm.TEXT)


def judged(
    what: Measure, *entries: Entry, on: str | date = "2020-12-31", rules: Rules = RULES
) -> Judgement:
    return judge(what, entries, rules, day(on) if isinstance(on, str) else on)


def shown(value: Fraction | None, decimals: int = 2) -> str:
    """A number as it is printed in the figures: rounded half up."""
    assert value is not None
    scaled = abs(value) * 10**decimals
    whole = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
    text = f"{whole:0{decimals + 1}d}"
    sign = "-" if value < 0 and whole else ""
    return f"{sign}{text[:-decimals]},{text[-decimals:]}"


def percent(share: Fraction | None, decimals: int = 1) -> str:
    assert share is not None
    return shown(share * 100, decimals)


def row(*values: object) -> tuple[object, ...]:
    """Several values as one, to compare with a row of figures."""
    return values
