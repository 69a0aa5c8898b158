"""What holds for every indicator that the file admits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from socius_tui.domain import codes
from socius_tui.domain.judge import judge
from socius_tui.domain.judgement import Judgement
from socius_tui.domain.model import (
    Aggregation,
    Computed,
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
    Status,
    Target,
)
from socius_tui.domain.rollup import child_of, child_of_goal, roll_up

# Of the profile that is loaded: wide strategies get more of them.
EXAMPLES = settings().max_examples

# Mostly days around one plan, so that things meet; sometimes any day that there is.
NEAR = st.dates(date(2015, 10, 1), date(2019, 3, 1))
DAYS = st.one_of(NEAR, NEAR, NEAR, NEAR, st.dates(), st.sampled_from([date.min, date.max]))
NUMBERS = st.one_of(
    st.integers(-3, 12).map(Fraction),
    st.decimals(-1000, 1000, places=3, allow_nan=False).map(Fraction),
    st.sampled_from([Fraction(10**39), Fraction(-(10**39)), Fraction(1, 10**38)]),
)
POSITIVE = st.one_of(st.integers(1, 9).map(Fraction), st.just(Fraction(1, 10**38)))
QUALIFIERS = st.sampled_from(["", "", "beroepskrachten", " Beroepskrachten ", "leidinggevenden"])


def stretch(days: st.SearchStrategy[date]) -> st.SearchStrategy[Period]:
    return st.tuples(days, days).map(lambda ends: Period(min(ends), max(ends)))


TARGETS = st.lists(st.builds(Target, stretch(DAYS), NUMBERS, QUALIFIERS), max_size=5).map(tuple)


@st.composite
def entries(draw: st.DrawFn, days: st.SearchStrategy[date] = DAYS) -> Entry:
    """Any measurement, or event of the log, that the file can hold."""
    form = draw(st.sampled_from(EntryForm))
    is_ratio = form is EntryForm.RATIO
    return Entry(
        draw(days),
        draw(st.sampled_from("123")),
        form,
        draw(NUMBERS) if form is EntryForm.VALUE else None,
        draw(NUMBERS) if is_ratio else None,
        draw(POSITIVE) if is_ratio else None,
        draw(QUALIFIERS),
        draw(st.sampled_from(["", "", "verenigingen", "bewegingen"])),
        draw(st.sampled_from(["", "A", "B"])),
    )


@st.composite
def measures(draw: st.DrawFn) -> Measure:
    """Any indicator that the file can hold, sensible or not."""
    direction = draw(st.sampled_from(Direction))
    low, high = sorted((draw(NUMBERS), draw(NUMBERS)))
    banded = direction is Direction.MAINTAIN or draw(st.booleans())
    return Measure(
        draw(st.sampled_from(IndicatorKind)),
        direction,
        draw(st.sampled_from(Aggregation)),
        draw(st.sampled_from(Scope)),
        draw(st.sampled_from(Judging)),
        draw(st.sampled_from(Frequency)),
        draw(st.none() | NUMBERS),
        (low, high) if banded else None,
        draw(st.none() | st.sampled_from(Computed)),
        draw(TARGETS),
    )


@st.composite
def plans(draw: st.DrawFn) -> Rules:
    attention, on_track = sorted((draw(st.fractions(0, 2)), draw(st.fractions(0, 2))))
    pauses = draw(st.lists(stretch(DAYS), max_size=3))
    return Rules(draw(stretch(DAYS)), on_track, attention, tuple(pauses))


ENTRIES = st.lists(entries(), max_size=8)


@settings(max_examples=6 * EXAMPLES)
@given(measures(), ENTRIES, plans(), DAYS)
def test_nothing_that_the_file_admits_raises(
    measure: Measure, given_entries: list[Entry], rules: Rules, as_of: date
) -> None:
    found = judge(measure, given_entries, rules, as_of)
    assert found.status in Status
    assert found.freshness in codes.FRESHNESS
    assert set(found.rules) <= set(codes.RULES)
    assert {reason for _, reason in found.left_out} <= set(codes.REASONS)
    assert {r.verdict for r in found.periods} <= set(codes.VERDICTS)
    assert {f.refused for f in found.forecasts} <= {"", *codes.FORECAST_REFUSALS}
    for share in (found.capped, found.expected_capped):
        assert share is None or 0 <= share <= 1
    accounted_for(found, given_entries, as_of)
    agrees_with_itself(found, measure)
    goal = roll_up([child_of(found)] * 2)
    assert roll_up([child_of_goal(goal)]).progress == goal.progress == found.capped or (
        found.not_applicable and goal.progress is None
    )


def accounted_for(found: Judgement, given_entries: list[Entry], as_of: date) -> None:
    """Every entry that exists was used or left out with a reason, once."""
    there = sorted(repr(e) for e in given_entries if e.day <= as_of)
    seen = [*found.used, *(e for e, _ in found.left_out)]
    assert sorted(map(repr, seen)) == there


def agrees_with_itself(found: Judgement, measure: Measure) -> None:
    if found.value is None:
        assert found.progress is None
        assert found.pace_ratio is None
        assert found.capped is None
        assert found.status is not Status.MET
        assert found.days_behind is None
    if found.not_applicable:
        assert not found.with_data
        assert found.value is None
    if measure.kind is IndicatorKind.NARRATIVE:
        assert found.value is None
        assert found.capped is None
    elif measure.judging is Judging.BY_PACE or not measure.targets:
        assert found.with_data == (found.value is not None)


@settings(max_examples=2 * EXAMPLES)
@given(measures(), ENTRIES, plans(), DAYS, st.data())
def test_what_is_dated_later_changes_nothing(
    measure: Measure, given_entries: list[Entry], rules: Rules, as_of: date, data: st.DataObject
) -> None:
    assume(as_of < date.max)
    later = data.draw(st.lists(entries(st.dates(as_of + timedelta(days=1))), min_size=1))
    before = judge(measure, given_entries, rules, as_of)
    assert judge(measure, [*later, *given_entries], rules, as_of) == before


def numbers_of(found: Judgement) -> Judgement:
    """The judgement without the entries, whose order among equals may differ."""
    return found._replace(used=(), left_out=())


@settings(max_examples=2 * EXAMPLES)
@given(measures(), ENTRIES, plans(), DAYS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    measure: Measure,
    given_entries: list[Entry],
    rules: Rules,
    as_of: date,
    random: object,
) -> None:
    told_apart = [e._replace(ref=str(n)) for n, e in enumerate(given_entries)]
    shuffled = told_apart[:]
    shuffle: Callable[[list[Entry]], None] = random.shuffle  # type: ignore[attr-defined]
    shuffle(shuffled)
    turned = measure._replace(targets=measure.targets[::-1])
    one = judge(measure, told_apart, rules, as_of)
    other = judge(turned, shuffled, rules, as_of)
    assert numbers_of(one) == numbers_of(other)


PLAN = Period(date(2016, 1, 1), date(2018, 12, 31))
WHOLE_YEARS = tuple(Period(date(y, 1, 1), date(y, 12, 31)) for y in (2016, 2017, 2018))
IN_PLAN = st.dates(PLAN.start, PLAN.end)
FACTORS = st.fractions(-50, 50).filter(bool)


@settings(max_examples=2 * EXAMPLES)
@given(
    st.sampled_from([Direction.INCREASE, Direction.DECREASE]),
    st.sampled_from(Scope),
    NUMBERS,
    st.lists(NUMBERS, min_size=3, max_size=3),
    st.lists(st.tuples(IN_PLAN, NUMBERS), max_size=5),
    FACTORS,
    NUMBERS,
    st.lists(stretch(IN_PLAN), max_size=2),
    st.dates(date(2015, 12, 1), date(2019, 2, 1)),
)
def test_progress_does_not_depend_on_the_unit(
    direction: Direction,
    scope: Scope,
    baseline: Fraction,
    goals: list[Fraction],
    values: list[tuple[date, Fraction]],
    factor: Fraction,
    shift: Fraction,
    pauses: list[Period],
    as_of: date,
) -> None:
    """Degrees Celsius or Fahrenheit, share reached or share missed: the same judgement."""

    def judged_in(unit: Callable[[Fraction], Fraction], way: Direction) -> Judgement:
        measure = Measure(
            IndicatorKind.AMOUNT,
            way,
            Aggregation.LATEST,
            scope,
            baseline=unit(baseline),
            targets=tuple(
                Target(period, unit(goal)) for period, goal in zip(WHOLE_YEARS, goals, strict=True)
            ),
        )
        rows = [Entry(day, str(n), value=unit(v)) for n, (day, v) in enumerate(values)]
        return judge(measure, rows, Rules(PLAN, pauses=tuple(pauses)), as_of)

    turned = Direction.DECREASE if direction is Direction.INCREASE else Direction.INCREASE
    one = judged_in(lambda v: v, direction)
    other = judged_in(lambda v: v * factor + shift, direction if factor > 0 else turned)
    assert one.status is other.status
    assert one.progress == other.progress
    assert one.pace_ratio == other.pace_ratio
    assert one.days_behind == other.days_behind
    assert (one.capped, one.expected_capped) == (other.capped, other.expected_capped)
    assert [r.verdict for r in one.periods] == [r.verdict for r in other.periods]


@settings(max_examples=2 * EXAMPLES)
@given(
    st.sampled_from(Scope),
    st.sampled_from(Aggregation),
    st.lists(st.integers(1, 100), min_size=3, max_size=3),
    st.lists(st.tuples(IN_PLAN, st.integers(0, 50)), max_size=5),
    st.lists(stretch(IN_PLAN), max_size=2),
    st.tuples(IN_PLAN, IN_PLAN),
)
def test_never_less_expected_later(
    scope: Scope,
    aggregation: Aggregation,
    steps: list[int],
    values: list[tuple[date, int]],
    pauses: list[Period],
    days: tuple[date, date],
) -> None:
    """With targets that go up, the expected value of an indicator never comes down."""
    goals = [sum(steps[: n + 1]) for n in range(3)]
    measure = Measure(
        IndicatorKind.COUNT,
        Direction.INCREASE,
        aggregation,
        scope,
        targets=tuple(
            Target(period, Fraction(goal)) for period, goal in zip(WHOLE_YEARS, goals, strict=True)
        ),
    )
    rows = [Entry(day, str(n), value=Fraction(v)) for n, (day, v) in enumerate(values)]
    rules = Rules(PLAN, pauses=tuple(pauses))
    early, late = (judge(measure, rows, rules, day) for day in sorted(days))
    assert early.expected is not None
    assert late.expected is not None
    assert early.expected <= late.expected


@given(
    st.lists(st.tuples(IN_PLAN, st.integers(0, 40)), min_size=1, max_size=6),
    st.integers(1, 40),
    IN_PLAN,
)
def test_one_more_is_never_worse(values: list[tuple[date, int]], more: int, as_of: date) -> None:
    """Of a count that should grow, more never lowers progress nor status."""
    measure = Measure(
        IndicatorKind.COUNT,
        Direction.INCREASE,
        Aggregation.SUM,
        Scope.PER_PERIOD,
        targets=tuple(Target(period, Fraction(60)) for period in WHOLE_YEARS),
    )
    rows = [Entry(day, str(n), value=Fraction(v)) for n, (day, v) in enumerate(values)]
    before = judge(measure, rows, Rules(PLAN), as_of)
    assume(before.value is not None)
    after = judge(measure, [*rows, Entry(as_of, "9", value=Fraction(more))], Rules(PLAN), as_of)
    assert after.progress is not None
    assert before.progress is not None
    assert after.progress > before.progress
    assert before.days_behind is not None
    assert after.days_behind is not None
    assert after.days_behind <= before.days_behind
    order = (Status.OFF_TRACK, Status.ATTENTION, Status.ON_TRACK, Status.MET)
    assert order.index(after.status) >= order.index(before.status)
