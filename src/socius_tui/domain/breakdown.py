"""A value by work type, with the part that is not assigned to one.

Each part is what the value would be if only the entries of that work type existed: the same rules
as for the whole, so nothing is added up here that may not be. How the parts hang together with the
whole depends on what they are:

- **added**: counts and amounts. Parts and what is not assigned are the total. What is not assigned
  are the entries without a work type; of a level (`latest`) it is what the reported total has above
  the parts.
- **pooled**: ratios. Numerators are added and denominators are added; a part has no share.
- **distinct**: what two work types have in common counts in both and once in the total.
- **apart**: a mean, a lowest, a highest, a score, a percentage without denominator. The parts
  stand beside each other and make no total.

Source: design, section 4 ("Value of a period").
"""

# Annotations are not postponed: a named tuple has to compile each one that is text.
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from socius_tui.domain import codes
from socius_tui.domain.aggregation import accumulates
from socius_tui.domain.judge import judge
from socius_tui.domain.judgement import Judgement
from socius_tui.domain.model import (
    Aggregation,
    Computed,
    Entry,
    EntryForm,
    IndicatorKind,
    Judging,
    Measure,
    Rules,
)

ADDED = "added"
POOLED = "pooled"
DISTINCT = "distinct"
APART = "apart"
NONE = "none"  # there are no parts, or they would say nothing

_ZERO = Fraction(0)
_ADDABLE = (IndicatorKind.COUNT, IndicatorKind.AMOUNT)
_WHOLE = (IndicatorKind.NARRATIVE, IndicatorKind.MILESTONE)  # there or not, for all together


class Part(NamedTuple):
    """The part of one work type; `work_type` is "" for what is not assigned.

    `value` is in the unit of the indicator, None without data; `numerator` and `denominator` are
    there for ratios; `share` is the fraction of the total, only where parts are added; `entries`
    is how many made the value.
    """

    work_type: str
    value: Fraction | None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    share: Fraction | None = None
    entries: int = 0


class Breakdown(NamedTuple):
    """The parts of a value and whether they agree with it.

    `rule` is one of ADDED, POOLED, DISTINCT, APART and NONE. `unassigned` is None when nothing is.
    `together` is what the parts and the unassigned one make, None where they make nothing;
    `difference` is the total less that, and 0 when they agree.
    """

    rule: str
    parts: tuple[Part, ...] = ()
    unassigned: Part | None = None
    total: Fraction | None = None
    together: Fraction | None = None

    @property
    def difference(self) -> Fraction:
        """Above 0 when the total is more than its parts, below 0 when it is less."""
        if self.total is None or self.together is None:
            return _ZERO
        return self.total - self.together


NO_PARTS = Breakdown(NONE)


def breakdown(
    measure: Measure,
    entries: Sequence[Entry],
    judgement: Judgement,
    rules: Rules,
    as_of: date,
    work_types: Iterable[str] = (),
) -> Breakdown:
    """The value of `judgement` by work type.

    `work_types` come first and also without data; those of the entries that are not among them
    follow. Only entries in the stretch that was judged count. 40/57, 20/35, 13/13 and 10/31 are
    pooled to 83/136; counts of 40 and 10 beside 6 without a work type are 56 together.
    """
    if measure.kind in _WHOLE or measure.judging is Judging.BY_PERIOD:
        return NO_PARTS
    if measure.computed is Computed.WORK_TYPES_WITH_CONTACT:
        return NO_PARTS
    inside = [entry for entry in entries if _judged(entry, judgement, as_of)]
    named = list(dict.fromkeys((*work_types, *(e.work_type for e in inside if e.work_type))))
    if not any(entry.work_type for entry in inside):
        return NO_PARTS
    parts = tuple(_part(measure, inside, name, rules, as_of) for name in named)
    rest = _part(measure, inside, "", rules, as_of)
    rule = _rule(measure, (*parts, rest))
    total = judgement.value
    if measure.aggregation is Aggregation.LATEST:
        return _level(measure, rule, parts, rest, judgement)
    unassigned = rest if rest.entries else None
    whole = (*parts, rest)
    together = None
    if rule in (ADDED, DISTINCT):
        together = _sum(whole)
    elif rule == POOLED:
        together = _pool(measure, whole)
    return _shared(Breakdown(rule, parts, unassigned, total, together))


def _judged(entry: Entry, judgement: Judgement, as_of: date) -> bool:
    if entry.day > as_of:
        return False
    first, last = judgement.period_start, judgement.period_end
    return (first is None or entry.day >= first) and (last is None or entry.day <= last)


def _part(
    measure: Measure, entries: Iterable[Entry], work_type: str, rules: Rules, as_of: date
) -> Part:
    """What the value would be with the entries of one work type alone."""
    own = [e._replace(work_type="") for e in entries if e.work_type == work_type]
    if not own:
        return Part(work_type, None)
    found = judge(measure, own, rules, as_of, looking_ahead=False)
    ratios = [e for e in found.used if e.form is EntryForm.RATIO]
    if not ratios:
        return Part(work_type, found.value, entries=len(found.used))
    above = sum((e.numerator or _ZERO for e in ratios), _ZERO)
    below = sum((e.denominator or _ZERO for e in ratios), _ZERO)
    return Part(work_type, found.value, above, below, entries=len(found.used))


def _rule(measure: Measure, parts: Iterable[Part]) -> str:
    """How parts and total hang together."""
    there = [part for part in parts if part.value is not None]
    ratios = [part for part in there if part.denominator is not None]
    if measure.aggregation is Aggregation.DISTINCT:
        return DISTINCT
    if measure.aggregation in (Aggregation.MIN, Aggregation.MAX):
        return APART
    if ratios:
        return POOLED if len(ratios) == len(there) else APART
    if measure.kind not in _ADDABLE:
        return APART
    adds = accumulates(measure) or measure.aggregation is Aggregation.LATEST
    return ADDED if adds else APART


def _level(
    measure: Measure, rule: str, parts: tuple[Part, ...], rest: Part, judgement: Judgement
) -> Breakdown:
    """A level: an entry without a work type is the total that was reported, and no part.

    What that has above its parts is not assigned. Where the parts are newer they make the total,
    and the older one is no longer there.
    """
    total = judgement.value
    found = Breakdown(rule, parts, None, total)
    reported = codes.RULE_LATEST in judgement.rules and rest.value is not None
    if rule == POOLED:
        left = _left_of_ratio(measure, parts, rest) if reported else None
        pooled = _pool(measure, (*parts, left) if left else parts)
        return found._replace(unassigned=left, together=pooled)
    if rule != ADDED:
        return found
    together = _sum(parts) or _ZERO
    if reported and total is not None and total > together:
        left, together = Part("", total - together), total
        return _shared(found._replace(unassigned=left, together=together))
    return _shared(found._replace(together=together))


def _left_of_ratio(measure: Measure, parts: Iterable[Part], rest: Part) -> Part | None:
    """What a reported ratio has above its parts; None where that is nothing, or cannot be."""
    if rest.numerator is None or rest.denominator is None:
        return None
    parts = list(parts)
    above = rest.numerator - sum((p.numerator or _ZERO for p in parts), _ZERO)
    below = rest.denominator - sum((p.denominator or _ZERO for p in parts), _ZERO)
    if below <= 0 or above < 0:
        return None
    return Part("", above / below * _scale(measure), above, below)


def _pool(measure: Measure, parts: Iterable[Part]) -> Fraction | None:
    there = [p for p in parts if p.denominator]
    above = sum((p.numerator or _ZERO for p in there), _ZERO)
    below = sum((p.denominator or _ZERO for p in there), _ZERO)
    if not below:
        return None
    return above / below * _scale(measure)


def _scale(measure: Measure) -> int:
    return 100 if measure.kind is IndicatorKind.PERCENTAGE else 1


def _sum(parts: Iterable[Part]) -> Fraction | None:
    there = [part.value for part in parts if part.value is not None]
    return sum(there, _ZERO) if there else None


def _shared(found: Breakdown) -> Breakdown:
    """With the share of each part, where parts are added to a total above zero."""
    if found.rule != ADDED or not found.total or found.total < 0:
        return found

    def share(part: Part) -> Part:
        assert found.total is not None
        return part._replace(share=None if part.value is None else part.value / found.total)

    left = None if found.unassigned is None else share(found.unassigned)
    return found._replace(parts=tuple(map(share, found.parts)), unassigned=left)
