"""How several measurements become one value (design, section 4: value of a period).

Nothing here knows of targets or status: entries go in, one value and its reasons come out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from socius_tui.domain import codes
from socius_tui.domain.model import Aggregation, Entry, EntryForm, IndicatorKind, Measure

_QUOTIENTS = (IndicatorKind.PERCENTAGE, IndicatorKind.RATIO)
_ADDABLE = (IndicatorKind.COUNT, IndicatorKind.AMOUNT)
_HUNDRED = Fraction(100)
_ONE = Fraction(1)


class Value(NamedTuple):
    """One value with its reasons.

    `value` is None when there is nothing to show; `used` are the entries that made it,
    `left_out` the others with a reason code; `not_applicable` says that the entries state
    that there is nothing to measure; `codes` tell which rule was taken.
    """

    value: Fraction | None = None
    used: tuple[Entry, ...] = ()
    left_out: tuple[tuple[Entry, str], ...] = ()
    not_applicable: bool = False
    codes: tuple[str, ...] = ()


def accumulates(measure: Measure) -> bool:
    """Whether values of several periods add up to a total: a sum or a distinct count.

    A percentage or ratio under `sum` adds its numerators and denominators, so it is a level;
    a milestone is there or not, however it is entered.
    """
    if measure.kind is IndicatorKind.MILESTONE:
        return False
    if measure.aggregation is Aggregation.DISTINCT:
        return True
    return measure.aggregation is Aggregation.SUM and measure.kind not in _QUOTIENTS


def normal(qualifier: str) -> str:
    """A qualifier as it is compared: no case, no space around it."""
    return qualifier.strip().casefold()


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """By day; on one day the entry made later comes later."""
    return sorted(entries, key=lambda e: (e.day, e.order, e.ref))


def total(values: Iterable[Fraction]) -> Fraction:
    """An exact sum that is quick where the values are whole numbers."""
    whole = 0
    rest = Fraction(0)
    for value in values:
        if value.denominator == 1:
            whole += value.numerator
        else:
            rest += value
    return rest + whole


def value_of(measure: Measure, entries: Sequence[Entry]) -> Value:
    """The value of one period out of the entries that belong to it, in order of day.

    Ratios add numerators and denominators, also under `mean`: the mean of four ratios is
    not the ratio of the whole. A percentage out of a ratio is that ratio times 100; an
    indicator of kind `ratio` shows the plain quotient. Zero is a value; an entry "not
    applicable" never is. Source: design, section 4.
    """
    data: list[Entry] = []
    silent: list[Entry] = []
    left_out: list[tuple[Entry, str]] = []
    for entry in entries:
        if entry.form is EntryForm.NOT_APPLICABLE:
            silent.append(entry)
        elif entry.form is EntryForm.TEXT:
            left_out.append((entry, codes.TEXT))
        elif _complete(entry):
            data.append(entry)
        else:
            left_out.append((entry, codes.INCOMPLETE))
    if measure.aggregation is Aggregation.LATEST:
        found = _latest(measure, in_order(data + silent))
    else:
        left_out += [(entry, codes.NOT_APPLICABLE) for entry in silent]
        found = _over_all(measure, data) if data else Value(not_applicable=bool(silent))
    return found._replace(left_out=(*left_out, *found.left_out))


def _complete(entry: Entry) -> bool:
    if entry.form is EntryForm.RATIO:
        return entry.numerator is not None and bool(entry.denominator)
    return entry.value is not None


def _scale(measure: Measure) -> Fraction:
    return _HUNDRED if measure.kind is IndicatorKind.PERCENTAGE else _ONE


def _number(measure: Measure, entry: Entry) -> Fraction:
    """The number of one complete entry, in the unit of the indicator."""
    if entry.form is EntryForm.RATIO:
        return _pooled(measure, (entry,))
    return entry.value or Fraction(0)


def _pooled(measure: Measure, ratios: Iterable[Entry]) -> Fraction:
    """Numerators together over denominators together."""
    ratios = list(ratios)
    above = total(e.numerator for e in ratios if e.numerator is not None)
    below = total(e.denominator for e in ratios if e.denominator is not None)
    return above / below * _scale(measure) if below else Fraction(0)


def _over_all(measure: Measure, data: list[Entry]) -> Value:
    """Every aggregation in which all entries have a say."""
    rule = measure.aggregation
    if rule is Aggregation.DISTINCT:
        return Value(Fraction(_things(data)), tuple(data), codes=(codes.RULE_DISTINCT,))
    if rule in (Aggregation.MIN, Aggregation.MAX):
        numbers = [_number(measure, entry) for entry in data]
        if rule is Aggregation.MIN:
            return Value(min(numbers), tuple(data), codes=(codes.RULE_MIN,))
        return Value(max(numbers), tuple(data), codes=(codes.RULE_MAX,))
    ratios = [entry for entry in data if entry.form is EntryForm.RATIO]
    if ratios:
        plain = [entry for entry in data if entry.form is not EntryForm.RATIO]
        return Value(
            _pooled(measure, ratios),
            tuple(ratios),
            tuple((entry, codes.PLAIN_BESIDE_RATIO) for entry in plain),
            codes=(codes.RULE_RATIO_SUM,),
        )
    added = total(entry.value for entry in data if entry.value is not None)
    if rule is Aggregation.MEAN:
        return Value(added / _times(data), tuple(data), codes=(codes.RULE_MEAN,))
    if measure.kind in _QUOTIENTS and _times(data) > 1:
        # 60 % and 70 % are not 130 %, and without denominators nobody knows the whole.
        reason = codes.PERCENTAGES_NOT_ADDED
        return Value(left_out=tuple((entry, reason) for entry in data), codes=(reason,))
    return Value(added, tuple(data), codes=(codes.RULE_SUM,))


def _times(data: Iterable[Entry]) -> int:
    """How many measurements these entries stand for."""
    return sum(entry.times for entry in data)


def _things(data: list[Entry]) -> int:
    """How many things a distinct count counts: keys, else qualifiers, else each entry as its own.

    A key can stand for several things that always come together.
    """
    named: dict[tuple[str, str], int] = {}
    alone = 0
    for entry in data:
        counted = entry.numerator if entry.form is EntryForm.RATIO else entry.value
        if not counted:
            continue
        if entry.key:
            named["key", entry.key] = entry.times
        elif qualifier := normal(entry.qualifier):
            named["qualifier", qualifier] = 1
        else:
            alone += entry.times
    return alone + sum(named.values())


def _latest(measure: Measure, stream: list[Entry]) -> Value:
    """The last entry; with work types, the total if it is as recent as all its parts.

    Parts that are newer than the total, or that have none, are added when they can be:
    counts and amounts as they are, ratios by numerator and denominator. Plain percentages
    and scores cannot be added: then the older total stands, or there is no value.
    """
    last: dict[str, Entry] = {}
    for entry in stream:
        last[entry.work_type] = entry
    whole = last.pop("", None)
    parts = list(last.values())
    if whole is None and not parts:
        return Value()
    if whole is not None and all(whole.day >= part.day for part in parts):
        return _chosen(measure, stream, [whole], codes.RULE_LATEST, parts)
    live = [part for part in parts if part.form is not EntryForm.NOT_APPLICABLE]
    ratios = [part for part in live if part.form is EntryForm.RATIO]
    if ratios:
        return _chosen(measure, stream, ratios, codes.RULE_LATEST_PARTS, live)
    if measure.kind in _ADDABLE or not live:
        return _chosen(measure, stream, live, codes.RULE_LATEST_PARTS)
    if whole is not None:
        found = _chosen(measure, stream, [whole], codes.RULE_LATEST, parts)
        return found._replace(codes=(*found.codes, codes.OLDER_TOTAL))
    reason = codes.PARTS_WITHOUT_TOTAL
    return Value(left_out=tuple(_reasons(stream, live, reason)), codes=(reason,))


def _chosen(
    measure: Measure,
    stream: list[Entry],
    chosen: list[Entry],
    rule: str,
    beside: list[Entry] | None = None,
) -> Value:
    """The value of the chosen entries; the others of the stream get their reasons."""
    made = [entry for entry in chosen if entry.form is not EntryForm.NOT_APPLICABLE]
    kept = {id(entry) for entry in made}
    others = [entry for entry in beside or () if id(entry) not in kept]
    why = codes.PART_OF_TOTAL if rule == codes.RULE_LATEST else codes.PLAIN_BESIDE_RATIO
    left_out = tuple(_reasons([e for e in stream if id(e) not in kept], others, why))
    if not made:
        return Value(left_out=left_out, not_applicable=True)
    if made[0].form is EntryForm.RATIO:
        value = _pooled(measure, made)
    else:
        value = total(_number(measure, entry) for entry in made)
    return Value(value, tuple(made), left_out, codes=(rule,))


def _reasons(stream: list[Entry], special: list[Entry], why: str) -> Iterable[tuple[Entry, str]]:
    marked = {id(entry) for entry in special}
    for entry in stream:
        if entry.form is EntryForm.NOT_APPLICABLE:
            yield entry, codes.NOT_APPLICABLE
        else:
            yield entry, why if id(entry) in marked else codes.SUPERSEDED
