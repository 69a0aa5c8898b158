"""Judged from measurements that were put together, everything is as judged from each of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby

from hypothesis import given, settings
from hypothesis import strategies as st

from socius_tui.domain import computed
from socius_tui.domain.judge import judge
from socius_tui.domain.judgement import Judgement
from socius_tui.domain.model import Aggregation, Entry, EntryForm, Measure, Period, Rules, Target
from socius_tui.domain.summary import Cover, cover, cuts_of, entry_of, parts_of, together
from tests.domain.test_judge_properties import EXAMPLES, NUMBERS, QUALIFIERS, entries, measures

# Whole years and months as plans have them, and any other days.
EDGES = st.one_of(
    st.builds(date, st.integers(2015, 2018), st.just(1), st.just(1)),
    st.builds(date, st.integers(2015, 2018), st.integers(1, 12), st.just(1)),
    st.dates(date(2015, 6, 1), date(2018, 12, 31)),
)
DAYS = st.dates(date(2015, 6, 1), date(2018, 12, 31))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first, last = sorted((draw(EDGES), draw(EDGES)))
    if first < last and draw(st.booleans()):
        last -= timedelta(days=1)
    return Period(first, last)


TARGETS = st.lists(st.builds(Target, periods(), NUMBERS, QUALIFIERS), max_size=4).map(tuple)
MEASURES = st.builds(
    lambda measure, targets: measure._replace(targets=targets), measures(), TARGETS
)


def unique(found: list[Entry]) -> list[Entry]:
    """As the file has them: no key, and each its own order and id."""
    return [
        entry._replace(key="", order=f"{entry.order}-{number:03}", ref=f"{number:03}")
        for number, entry in enumerate(found)
    ]


MEASUREMENTS = st.lists(entries(DAYS), max_size=25).map(unique)


def month_of(entry: Entry) -> str:
    return f"{entry.day.year:04}-{entry.day.month:02}"


def summed(measure: Measure, known: Sequence[Entry], how: Cover) -> list[Entry]:
    """As the store does it: a part per month, of these one per year, and rows where these count."""
    found = [entry for first, last in how.days for entry in known if first <= entry.day <= last]
    ordered = sorted(known, key=month_of)
    months = {key: parts_of(group) for key, group in groupby(ordered, key=month_of)}
    for year, keys in groupby(months, key=lambda month: month[:4]):
        parts = [part for key in keys for part in months[key]]
        if int(year) <= how.last_year and int(year) not in how.split:
            found += [entry_of(measure, part) for part in together(parts)]
    found += [entry_of(measure, part) for key in how.months for part in months.get(key, ())]
    return found


def told(judgement: Judgement) -> Judgement:
    """All but the entries themselves; of those whether there are any."""
    marks = (Entry(date.min, ""),) if judgement.used else ()
    return judgement._replace(used=marks, left_out=())


@settings(max_examples=4 * EXAMPLES)
@given(MEASURES, MEASUREMENTS, periods(), st.lists(DAYS, min_size=1, max_size=3))
def test_judged_from_parts_is_judged_from_rows(
    measure: Measure, known: list[Entry], plan: Period, days: list[date]
) -> None:
    rules = Rules(plan)
    as_of = max(days)
    after = [day + timedelta(days=1) for day in (*days, plan.end)]
    how = cover(cuts_of(measure, (plan.start, *after)), as_of)
    parts = summed(measure, known, how)
    for day in days:
        by_rows = judge(measure, known, rules, day, looking_ahead=False)
        by_parts = judge(measure, parts, rules, day, looking_ahead=False)
        assert told(by_parts) == told(by_rows)


EVENTS = st.lists(st.tuples(st.sampled_from("ABCD"), DAYS), min_size=1, max_size=20)


@settings(max_examples=2 * EXAMPLES)
@given(MEASURES, EVENTS, periods(), DAYS)
def test_counted_visits_are_judged_as_each(
    measure: Measure, events: list[tuple[str, date]], plan: Period, as_of: date
) -> None:
    rules = Rules(plan)
    named = [(str(n), who, day) for n, (who, day) in enumerate(events) if day <= as_of]
    cuts = sorted(
        cuts_of(measure, (plan.start, *(d + timedelta(days=1) for d in (plan.end, as_of))))
    )
    distinct = measure._replace(aggregation=Aggregation.DISTINCT)
    compare(
        distinct,
        computed.visited_organisations(named),
        computed.visited_together([(who, day.isoformat()) for _, who, day in named], cuts),
        lambda m, e: judge(m, e, rules, as_of, looking_ahead=False),
    )
    counts: dict[str, int] = {}
    for _, _, day in named:
        counts[day.isoformat()] = counts.get(day.isoformat(), 0) + 1
    ratios = computed.follow_ups_on_time(
        [(number, day, day if who < "C" else None) for number, who, day in named], as_of
    )
    added = measure._replace(aggregation=Aggregation.SUM)
    for raw, few in (
        (computed.visits_done(named), computed.visits_by_day(counts.items())),
        (ratios, computed.by_day(ratios)),
    ):
        compare(added, raw, few, lambda m, e: judge(m, e, rules, as_of, looking_ahead=False))


def compare(
    measure: Measure,
    raw: Sequence[Entry],
    few: Sequence[Entry],
    how: Callable[[Measure, Sequence[Entry]], Judgement],
) -> None:
    assert told(how(measure, few)) == told(how(measure, raw))


def test_a_cover_takes_whole_years_where_nothing_begins_in_them() -> None:
    how = cover([date(2016, 1, 1), date(2017, 7, 1), date(2018, 1, 1)], date(2018, 3, 14))
    assert how.split == (2017, 2018)
    assert how.months == (*(f"2017-{n:02}" for n in range(1, 13)), "2018-01", "2018-02")
    assert how.days == ((date(2018, 3, 1), date(2018, 3, 14)),)


def test_a_part_keeps_what_every_rule_needs() -> None:
    day = date(2016, 3, 14)
    rows = [
        Entry(day, "1", EntryForm.RATIO, None, Fraction(n), Fraction(d), ref=str(n))
        for n, d in ((40, 57), (20, 35), (13, 13), (10, 31))
    ]
    (part,) = parts_of(rows)
    assert (part.total, part.below) == (Fraction(83), Fraction(136))
    assert part.entries == 4
    assert (part.lowest, part.highest) == (Fraction(10, 31), Fraction(1))
