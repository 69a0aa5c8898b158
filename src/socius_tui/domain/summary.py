"""Many measurements put together, so that they are judged as each by itself would be.

A part is all that the rules can ask of the measurements of one indicator in one stretch of days
that carry the same qualifier and work type and have the same form. Nothing in it is rounded.
What a period's value needs of them depends on the aggregation; `entry_of` gives the entry that
stands for them there. A stretch must lie wholly inside or outside each period that is judged
(`cover`). Source: the rules of `domain.aggregation`, which hold for one entry as for several.
"""

# Annotations are not postponed: a named tuple has to compile each one that is text.
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from socius_tui.domain.aggregation import normal
from socius_tui.domain.model import Aggregation, Entry, EntryForm, IndicatorKind, Measure

_ZERO, _ONE = Fraction(0), Fraction(1)


class Part(NamedTuple):
    """Measurements together; `qualifier` is as it is compared.

    `entries` is how many, `counted` how many of them are not zero. `total` adds values, or
    numerators, and `below` denominators; `lowest` and `highest` are values, or numerators over
    their denominators. `last` is the one that came last.
    """

    qualifier: str
    work_type: str
    form: EntryForm
    entries: int
    counted: int
    total: Fraction
    below: Fraction
    lowest: Fraction
    highest: Fraction
    last: Entry


def parts_of(entries: Iterable[Entry]) -> list[Part]:
    """Measurements of one indicator in one stretch, put together."""
    groups: dict[tuple[str, str, EntryForm], list[Entry]] = {}
    for entry in entries:
        key = (normal(entry.qualifier), entry.work_type, entry.form)
        groups.setdefault(key, []).append(entry)
    return [_part(*key, group) for key, group in sorted(groups.items())]


def together(parts: Iterable[Part]) -> list[Part]:
    """Parts of several stretches as those of one."""
    groups: dict[tuple[str, str, EntryForm], list[Part]] = {}
    for part in parts:
        groups.setdefault(part[:3], []).append(part)
    return [
        Part(
            *key,
            entries=sum(part.entries for part in group),
            counted=sum(part.counted for part in group),
            total=sum((part.total for part in group), _ZERO),
            below=sum((part.below for part in group), _ZERO),
            lowest=min(part.lowest for part in group),
            highest=max(part.highest for part in group),
            last=max((part.last for part in group), key=_moment),
        )
        for key, group in sorted(groups.items())
    ]


def entry_of(measure: Measure, part: Part) -> Entry:
    """The entry that stands for these in the value of an indicator.

    It lies on the last of their days. Of what is judged by its last entry, or by words, that one
    is taken as it is.
    """
    last, need = part.last, needed(measure, part.form)
    if need is Need.LAST:
        return last
    value, below, count = part.total, part.below, part.entries
    if need is Need.LOWEST:
        value, below = part.lowest, _ONE
    elif need is Need.HIGHEST:
        value, below = part.highest, _ONE
    elif need is Need.COUNTED:
        value, below, count = _ONE if part.counted else _ZERO, _ONE, part.counted or 1
    if part.form is EntryForm.RATIO:
        return last._replace(numerator=value, denominator=below, times=count)
    return last._replace(value=value, times=count)


class Need(StrEnum):
    """What of a part makes the entry that stands for it."""

    LAST = "last"
    TOTAL = "total"
    LOWEST = "lowest"
    HIGHEST = "highest"
    COUNTED = "counted"


_NEEDS = {
    Aggregation.LATEST: Need.LAST,
    Aggregation.MIN: Need.LOWEST,
    Aggregation.MAX: Need.HIGHEST,
    Aggregation.DISTINCT: Need.COUNTED,
}


def needed(measure: Measure, form: EntryForm) -> Need:
    """What of a part of this form the value of an indicator needs."""
    words = form in (EntryForm.TEXT, EntryForm.NOT_APPLICABLE)
    if words or measure.kind is IndicatorKind.NARRATIVE:
        return Need.LAST
    return _NEEDS.get(measure.aggregation, Need.TOTAL)


class Cover(NamedTuple):
    """Which whole years, whole months and single days make up all days up to one.

    Years and months are text ("2016", "2016-03"); `years_until` is the last whole year before
    which all that are not in `split` are taken as a whole. `days` are first and last days.
    """

    last_year: int
    split: tuple[int, ...]
    months: tuple[str, ...]
    days: tuple[tuple[date, date], ...]


def cover(cuts: Iterable[date], as_of: date) -> Cover:
    """How to put together what is known on a day; nothing goes over a cut.

    A cut is the first day of something: of a period, or of what comes after one.
    """
    inside = {cut for cut in cuts if cut <= as_of}
    if as_of < date.max:
        inside.add(as_of + timedelta(days=1))
    broken_years = {cut.year for cut in inside if (cut.month, cut.day) != (1, 1)}
    broken_years = {year for year in broken_years if year <= as_of.year}
    broken_months = {(cut.year, cut.month) for cut in inside if cut.day != 1}
    months, days = [], []
    for year in sorted(broken_years):
        for month in range(1, 13):
            if (year, month) > (as_of.year, as_of.month):
                break
            if (year, month) in broken_months:
                days.append((date(year, month, 1), min(as_of, _month_end(year, month))))
            else:
                months.append(f"{year:04}-{month:02}")
    return Cover(as_of.year, tuple(sorted(broken_years)), tuple(months), tuple(days))


def cuts_of(measure: Measure, others: Sequence[date]) -> set[date]:
    """The days on which something begins or is over for an indicator, and these others."""
    found = set(others)
    for target in measure.targets:
        found.add(target.period.start)
        if target.period.end < date.max:
            found.add(target.period.end + timedelta(days=1))
    return found


def _month_end(year: int, month: int) -> date:
    if month == 12:
        return date(year, 12, 31)
    return date(year, month + 1, 1) - timedelta(days=1)


def _moment(entry: Entry) -> tuple[date, str, str]:
    return entry.day, entry.order, entry.ref


def _part(qualifier: str, work_type: str, form: EntryForm, group: Sequence[Entry]) -> Part:
    above = [(e.numerator if form is EntryForm.RATIO else e.value) or _ZERO for e in group]
    below = [e.denominator or _ONE for e in group] if form is EntryForm.RATIO else []
    shares = [a / b for a, b in zip(above, below, strict=True)] if below else above
    return Part(
        qualifier,
        work_type,
        form,
        len(group),
        sum(1 for value in above if value),
        sum(above, _ZERO),
        sum(below, _ZERO),
        min(shares),
        max(shares),
        max(group, key=_moment),
    )
