"""A value by work type, and the part that is not assigned to one."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socius_tui.domain.breakdown import (
    ADDED,
    APART,
    DISTINCT,
    NONE,
    POOLED,
    Breakdown,
    breakdown,
)
from socius_tui.domain.judge import judge
from socius_tui.domain.model import (
    Aggregation,
    Computed,
    Entry,
    IndicatorKind,
    Judging,
    Measure,
)
from tests.domain.building import RULES, entry, measure, percent, ratio, row, silent, target

END = date(2016, 12, 31)
PERCENTAGE = measure(target(2016, 70), kind=IndicatorKind.PERCENTAGE)
LATEST = measure(target(2016, 136), aggregation=Aggregation.LATEST)


def split(what: Measure, *entries: Entry, on: date = END, names: tuple[str, ...] = ()) -> Breakdown:
    return breakdown(what, entries, judge(what, entries, RULES, on), RULES, on, names)


def values(found: Breakdown) -> dict[str, object]:
    return {part.work_type: part.value for part in found.parts}


def test_counts_and_what_is_not_assigned_are_the_total() -> None:
    found = split(
        measure(target(2016, 136)),
        entry("2016-02-01", 40, work_type="a"),
        entry("2016-03-01", 10, work_type="b"),
        entry("2016-04-01", 6),
        names=("a", "b", "c"),
    )
    assert found.rule == ADDED
    assert values(found) == {"a": 40, "b": 10, "c": None}
    assert found.unassigned is not None
    assert row(found.unassigned.value, found.unassigned.share) == row(6, Fraction(6, 56))
    assert row(found.total, found.together, found.difference) == row(56, 56, 0)
    assert [part.share for part in found.parts] == [Fraction(40, 56), Fraction(10, 56), None]


def test_ratios_are_pooled() -> None:
    four = [("a", 40, 57), ("b", 20, 35), ("c", 13, 13), ("d", 10, 31)]
    found = split(PERCENTAGE, *(ratio("2016-05-01", n, d, work_type=w) for w, n, d in four))
    assert found.rule == POOLED
    assert [percent(part.value and part.value / 100, 2) for part in found.parts] == [
        "70,18",
        "57,14",
        "100,00",
        "32,26",
    ]
    assert found.together == found.total == Fraction(83, 136) * 100
    assert {part.share for part in found.parts} == {None}
    assert found.unassigned is None


def test_one_organisation_in_two_work_types_counts_in_both_and_once_in_the_total() -> None:
    what = measure(target(2016, 10), aggregation=Aggregation.DISTINCT)
    found = split(
        what,
        entry("2016-02-01", 1, key="x", work_type="a"),
        entry("2016-03-01", 1, key="x", work_type="b"),
        entry("2016-04-01", 1, key="y", work_type="b"),
    )
    assert row(found.rule, values(found)) == row(DISTINCT, {"a": 1, "b": 2})
    assert row(found.total, found.together, found.difference) == row(2, 3, -1)


def test_a_level_leaves_what_the_reported_total_has_above_its_parts() -> None:
    parts = (entry("2016-03-31", 40, work_type="a"), entry("2016-03-31", 20, work_type="b"))
    found = split(LATEST, *parts, entry("2016-04-01", 70))
    assert row(found.rule, values(found)) == row(ADDED, {"a": 40, "b": 20})
    assert found.unassigned is not None
    assert found.unassigned.value == 10
    assert found.difference == 0


def test_parts_that_are_more_than_the_reported_total_disagree() -> None:
    parts = (entry("2016-03-31", 40, work_type="a"), entry("2016-03-31", 35, work_type="b"))
    found = split(LATEST, *parts, entry("2016-04-01", 70))
    assert row(found.together, found.total, found.difference) == row(75, 70, -5)
    assert found.unassigned is None


def test_newer_parts_take_the_place_of_an_older_total() -> None:
    found = split(
        LATEST,
        entry("2016-02-01", 90),
        entry("2016-04-01", 40, work_type="a"),
        entry("2016-04-01", 20, work_type="b"),
    )
    assert row(found.total, found.together, found.unassigned) == row(60, 60, None)


def test_what_a_reported_ratio_has_above_its_parts() -> None:
    what = PERCENTAGE._replace(aggregation=Aggregation.LATEST)
    found = split(what, ratio("2016-03-31", 40, 57, work_type="a"), ratio("2016-04-01", 83, 136))
    assert found.unassigned is not None
    assert row(found.unassigned.numerator, found.unassigned.denominator) == row(43, 79)
    assert found.together == found.total


def test_a_mean_has_parts_but_they_make_no_total() -> None:
    what = measure(target(2016, 5), kind=IndicatorKind.SCALE, aggregation=Aggregation.MEAN)
    found = split(
        what, entry("2016-03-01", 3, work_type="a"), entry("2016-03-01", 5, work_type="b")
    )
    assert row(found.rule, values(found), found.together) == row(APART, {"a": 3, "b": 5}, None)
    assert found.difference == 0


@pytest.mark.parametrize(
    "what",
    [
        measure(target(2016, 1), kind=IndicatorKind.MILESTONE),
        measure(kind=IndicatorKind.NARRATIVE),
        measure(target(2016, 1), judging=Judging.BY_PERIOD),
        measure(target(2016, 4))._replace(computed=Computed.WORK_TYPES_WITH_CONTACT),
    ],
)
def test_what_has_no_parts(what: Measure) -> None:
    assert split(what, entry("2016-03-01", 1, work_type="a")).rule == NONE


def test_without_a_work_type_there_is_nothing_to_break_down() -> None:
    assert split(measure(target(2016, 5)), entry("2016-03-01", 1), names=("a",)).rule == NONE


def test_outside_the_stretch_and_after_the_day_nothing_counts() -> None:
    found = split(
        measure(target(2016, 136)),
        entry("2015-12-31", 7, work_type="a"),
        entry("2016-02-01", 40, work_type="a"),
        entry("2016-08-01", 5, work_type="b"),
        silent("2016-02-01", work_type="c"),
        on=date(2016, 6, 30),
    )
    assert values(found) == {"a": 40, "c": None}
    assert found.difference == 0


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "a", "b", "c"]),
            st.integers(0, 400),
            st.fractions(-1000, 1000, max_denominator=100),
        ),
        max_size=12,
    ),
    st.sampled_from([Aggregation.SUM, Aggregation.LATEST]),
)
def test_added_parts_and_the_rest_are_the_total_or_the_difference_is_said(
    rows: list[tuple[str, int, Fraction]], aggregation: Aggregation
) -> None:
    entries = [
        entry(date.fromordinal(date(2016, 1, 1).toordinal() + day), value, work_type=name)
        for name, day, value in rows
    ]
    what = measure(target(2016, 10), target(2017, 10), aggregation=aggregation)
    found = split(what, *entries, on=date(2017, 6, 30))
    if found.rule == NONE:
        return
    made = sum((part.value or 0 for part in found.parts), Fraction(0))
    if found.unassigned is not None:
        made += found.unassigned.value or 0
    assert found.total is not None
    assert made + found.difference == found.total
    if aggregation is Aggregation.SUM:
        assert found.difference == 0
