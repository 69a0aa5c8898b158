"""Events of the log as the entries of a computed indicator.

An indicator that reads the log is not entered twice: every visit, follow-up or assignment
becomes an entry here and is judged by the same rules as a measurement. Source: design,
section 4 ("Computed indicators").
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction

from socius_tui.domain.model import Aggregation, Computed, Entry, EntryForm

_ZERO, _ONE = Fraction(0), Fraction(1)

# The aggregation with which each rule says what its name says.
AGGREGATION = {
    Computed.VISITED_ORGANISATIONS: Aggregation.DISTINCT,
    Computed.VISITS_DONE: Aggregation.SUM,
    Computed.FOLLOW_UPS_ON_TIME: Aggregation.SUM,
    Computed.WORK_TYPES_WITH_CONTACT: Aggregation.LATEST,
}


def nothing_yet(start: date) -> tuple[Entry, ...]:
    """A log in which nothing of the kind is written, as an entry: a count of 0 is a fact.

    A measurement that nobody entered is unknown; a visit that is not in the log was not made.
    """
    return (Entry(start, "", value=_ZERO),)


def visited_organisations(visits: Iterable[tuple[str, str, date]]) -> tuple[Entry, ...]:
    """An entry per visit done, out of (visit id, organisation id, day).

    The organisation is the key, so that a distinct count counts it once.
    """
    return tuple(
        Entry(day, visit, value=_ONE, key=organisation, ref=visit)
        for visit, organisation, day in visits
    )


def visits_done(visits: Iterable[tuple[str, str, date]]) -> tuple[Entry, ...]:
    """An entry of 1 per visit done, out of (visit id, organisation id, day)."""
    return tuple(Entry(day, visit, value=_ONE, ref=visit) for visit, _, day in visits)


def follow_ups_on_time(
    follow_ups: Iterable[tuple[str, date | None, date | None]], as_of: date
) -> tuple[Entry, ...]:
    """A ratio of 1 or 0 out of 1 per follow-up due, out of (id, due on, done on).

    On the day that it was due. Without a due date, or due after `as_of`, it does not count;
    done on its due date is on time.
    """
    return tuple(
        Entry(
            due,
            follow_up,
            EntryForm.RATIO,
            numerator=_ONE if done is not None and done <= due else _ZERO,
            denominator=_ONE,
            ref=follow_up,
        )
        for follow_up, due, done in follow_ups
        if due is not None and due <= as_of
    )


def visits_by_day(counts: Iterable[tuple[str, int]]) -> tuple[Entry, ...]:
    """As `visits_done`, an entry per day, out of (ISO day, how many)."""
    return tuple(
        Entry(date.fromisoformat(day), "", value=Fraction(count), ref=day, times=count)
        for day, count in counts
    )


def visited_together(visits: Iterable[tuple[str, str]], cuts: Sequence[date]) -> tuple[Entry, ...]:
    """As `visited_organisations`, out of (organisation id, ISO day), for a distinct count.

    Between two `cuts` (in order: days on which something begins) it does not matter when
    somebody was visited. Organisations that were visited in the same stretches are one thing
    that counts as many as they are, with an entry in each of these.
    """
    place: dict[str, int] = {}
    where: dict[str, int] = {}
    last: dict[int, str] = {}
    for organisation, day in visits:
        bit = place.get(day)
        if bit is None:
            number = bisect_right(cuts, date.fromisoformat(day))
            bit = place[day] = 1 << number
            last[number] = max(day, last.get(number, day))
        where[organisation] = where.get(organisation, 0) | bit
    alike: dict[int, int] = {}
    for stretches in where.values():
        alike[stretches] = alike.get(stretches, 0) + 1
    return tuple(
        Entry(date.fromisoformat(day), "", value=_ONE, key=str(stretches), ref=day, times=count)
        for stretches, count in alike.items()
        for number, day in last.items()
        if stretches >> number & 1
    )


def by_day(ratios: Iterable[Entry]) -> tuple[Entry, ...]:
    """Ratios that are added, those of a day as one."""
    found: dict[date, Entry] = {}
    for entry in ratios:
        before = found.get(entry.day)
        if before is not None:
            entry = before._replace(
                numerator=(before.numerator or _ZERO) + (entry.numerator or _ZERO),
                denominator=(before.denominator or _ZERO) + (entry.denominator or _ZERO),
                times=before.times + entry.times,
            )
        found[entry.day] = entry
    return tuple(found.values())


def work_types_with_contact(
    assignments: Iterable[tuple[str, date, date | None]],
    as_of: date,
    also_on: Iterable[date] = (),
) -> tuple[Entry, ...]:
    """The number of work types with a contact person, out of (work type, from, until).

    A level: an entry on every day it can have changed, on `as_of`, and on the days of
    `also_on` (the ends of periods, for instance), none after `as_of`.
    """
    held = list(assignments)
    days = {as_of, *also_on}
    for _, since, until in held:
        days.add(since)
        if until is not None and until < date.max:
            days.add(until + timedelta(days=1))
    return tuple(
        Entry(day, "", value=Fraction(len(_held_on(held, day))))
        for day in sorted(days)
        if day <= as_of
    )


def _held_on(assignments: Iterable[tuple[str, date, date | None]], day: date) -> set[str]:
    return {
        work_type
        for work_type, since, until in assignments
        if since <= day and (until is None or day <= until)
    }
