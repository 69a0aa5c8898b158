"""The agenda by itself: where something stands, in which order, and what goes when it is known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socius_tui.domain.agenda import (
    AgendaFilter,
    AgendaItem,
    Matter,
    Part,
    Standing,
    arranged,
    chosen,
    end_of_week,
    next_targets,
    part_of,
    with_standing,
)

TODAY = date(2018, 6, 13)  # a Wednesday
DAYS = st.none() | st.dates(date(2017, 1, 1), date(2020, 12, 31))
ITEMS = st.lists(
    st.builds(
        AgendaItem,
        kind=st.sampled_from(Matter),
        id=st.text("abc", min_size=1, max_size=4),
        day=DAYS,
        title=st.text(max_size=3),
        state=st.sampled_from(["", "planned", "open", "fulfilled", "missed", "met"]),
        owner_id=st.sampled_from([None, "an", "bo"]),
        indicator_id=st.sampled_from([None, "i", "j"]),
    )
)


def item(kind: Matter = Matter.VISIT, day: date | None = TODAY, **fields: str) -> AgendaItem:
    return AgendaItem(kind, fields.pop("id", "x"), day, fields.pop("title", "T"), **fields)


@pytest.mark.parametrize(
    ("day", "part"),
    [
        (TODAY - timedelta(1), Part.OVERDUE),
        (TODAY, Part.WEEK),
        (date(2018, 6, 17), Part.WEEK),  # Sunday
        (date(2018, 6, 18), Part.MONTH),
        (date(2018, 6, 30), Part.MONTH),
        (date(2018, 7, 1), Part.LATER),
        (None, Part.UNDATED),
    ],
)
def test_the_parts_and_their_edges(day: date | None, part: Part) -> None:
    assert part_of(item(day=day), TODAY) is part


def test_the_last_week_of_a_month_reaches_into_the_next() -> None:
    assert part_of(item(day=date(2018, 7, 1)), date(2018, 6, 27)) is Part.WEEK


def test_a_promise_that_was_kept_is_never_overdue() -> None:
    kept = item(Matter.COMMITMENT, TODAY - timedelta(1), state="fulfilled")
    missed = item(Matter.COMMITMENT, TODAY - timedelta(1), state="missed")
    assert part_of(kept, TODAY) is not Part.OVERDUE
    assert part_of(missed, TODAY) is Part.OVERDUE


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_week_ends_on_a_sunday_within_seven_days(day: date) -> None:
    end = end_of_week(day)
    assert end.isoweekday() == 7
    assert 0 <= (end - day).days < 7


@given(ITEMS, st.dates(date(2017, 1, 1), date(2020, 12, 31)))
def test_nothing_is_lost_doubled_or_out_of_order(items: list[AgendaItem], today: date) -> None:
    parts = arranged(items, today)
    listed = [each for part in parts for each in part.items]
    assert sorted(map(repr, listed)) == sorted(map(repr, items))
    assert [part.part for part in parts] == [p for p in Part if p in {x.part for x in parts}]
    for part in parts:
        assert part.items
        days = [each.day or date.min for each in part.items]
        assert days == sorted(days)
        assert {part_of(each, today) for each in part.items} == {part.part}


@given(ITEMS)
def test_a_filter_keeps_what_it_is_for(items: list[AgendaItem]) -> None:
    wanted = AgendaFilter("an", Matter.FOLLOW_UP, TODAY)
    kept = chosen(items, wanted)
    assert all(x.owner_id == "an" and x.kind is Matter.FOLLOW_UP for x in kept)
    assert all(x.day is None or x.day <= TODAY for x in kept)
    assert chosen(items, AgendaFilter()) == items


@given(ITEMS)
def test_of_each_indicator_the_first_target_is_left(items: list[AgendaItem]) -> None:
    targets = [x for x in items if x.day is not None]
    left = next_targets(targets)
    for indicator in {x.indicator_id for x in targets}:
        days = [x.day for x in targets if x.indicator_id == indicator and x.day]
        assert {x.day for x in left if x.indicator_id == indicator} == {min(days)}


def standing(status: str, freshness: str = "fresh") -> Standing:
    return Standing("i", "OD1-a", "Bezoeken", status, freshness, date(2017, 1, 1), "An")


def test_a_target_that_is_met_goes_and_another_says_how_it_stands() -> None:
    target = item(Matter.TARGET, indicator_id="i")
    assert with_standing([target], {"i": standing("met")}, {}) == []
    (told,) = with_standing([target], {"i": standing("attention")}, {})
    assert told.state == "attention"


@pytest.mark.parametrize("freshness", ["stale", "never"])
def test_an_indicator_without_fresh_data_comes_in_once(freshness: str) -> None:
    known = {"i": standing("no_data", freshness)}
    (told,) = with_standing([], known, {"i": "an"})
    assert (told.kind, told.state, told.owner_id) == (Matter.STALE, freshness, "an")
    assert part_of(told, TODAY) is Part.SILENT
    promise = item(Matter.COMMITMENT, indicator_id="i")
    assert with_standing([promise], known, {}) == [promise]
    assert with_standing([], {"i": standing("no_data", "ageing")}, {}) == []
