"""The log as entries, judged like measurements."""

from __future__ import annotations

from datetime import date

import pytest

from socius_tui.domain.computed import (
    AGGREGATION,
    follow_ups_on_time,
    nothing_yet,
    visited_organisations,
    visits_done,
    work_types_with_contact,
)
from socius_tui.domain.model import (
    Aggregation,
    Computed,
    Direction,
    Entry,
    IndicatorKind,
    Scope,
    Status,
)
from tests.domain.building import MID_2016, day, judged, measure, row, shown, target

LOG = [
    ("v1", "A", date(2016, 2, 1)),
    ("v2", "A", date(2016, 3, 1)),
    ("v3", "A", date(2016, 4, 1)),
    ("v4", "B", date(2016, 5, 1)),
    ("v5", "C", date(2016, 8, 1)),
]


def test_every_rule_has_its_aggregation() -> None:
    assert set(AGGREGATION) == set(Computed)


def test_one_visit_twice_is_one_organisation() -> None:
    what = measure(target(2016, 136), aggregation=AGGREGATION[Computed.VISITED_ORGANISATIONS])
    found = judged(what, *visited_organisations(LOG), on=MID_2016)
    assert found.value == 2
    assert [e.ref for e in found.used] == ["v1", "v2", "v3", "v4"]


def test_visits_are_counted_each() -> None:
    what = measure(target(2016, 136), aggregation=AGGREGATION[Computed.VISITS_DONE])
    assert judged(what, *visits_done(LOG), on=MID_2016).value == 4
    assert judged(what, *visits_done(LOG), on="2016-12-31").value == 5


FOLLOW_UPS = [
    ("f1", date(2016, 3, 1), date(2016, 2, 1)),
    ("f2", date(2016, 3, 1), date(2016, 3, 1)),
    ("f3", date(2016, 3, 1), date(2016, 3, 2)),
    ("f4", date(2016, 4, 1), None),
    ("f5", None, date(2016, 4, 1)),
    ("f6", date(2016, 7, 1), date(2016, 5, 1)),
]


@pytest.mark.parametrize(
    ("on", "expected"), [("2016-03-01", "66,67"), ("2016-06-30", "50,00"), ("2016-07-01", "60,00")]
)
@pytest.mark.parametrize("aggregation", [Aggregation.SUM, Aggregation.MEAN])
def test_follow_ups_on_time(on: str, expected: str, aggregation: Aggregation) -> None:
    what = measure(target(2016, 90), kind=IndicatorKind.PERCENTAGE, aggregation=aggregation)
    entries = follow_ups_on_time(FOLLOW_UPS, day(on))
    assert shown(judged(what, *entries, on=on).value) == expected


ASSIGNMENTS = [
    ("verenigingen", date(2015, 1, 1), date(2016, 5, 31)),
    ("verenigingen", date(2016, 7, 1), None),
    ("bewegingen", date(2016, 1, 1), date.max),
    ("bewegingen", date(2016, 2, 1), date(2016, 3, 1)),
]


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2015-12-31", 1),
        ("2016-05-31", 2),
        ("2016-06-15", 1),
        ("2016-07-01", 2),
    ],
)
def test_work_types_with_a_contact_person(on: str, expected: int) -> None:
    entries = work_types_with_contact(ASSIGNMENTS, day(on))
    assert entries[-1].day == day(on)
    assert entries[-1].value == expected
    assert all(e.day <= day(on) for e in entries)


def test_a_gap_shows_on_its_first_day() -> None:
    entries = work_types_with_contact(ASSIGNMENTS, date(2016, 12, 31), [date(2015, 12, 31)])
    steps = [(e.day.isoformat(), int(e.value or 0)) for e in entries]
    assert ("2016-06-01", 1) in steps
    assert ("2015-12-31", 1) in steps


def test_nobody_assigned_is_zero_and_not_missing() -> None:
    what = measure(
        direction=Direction.MAINTAIN, aggregation=Aggregation.LATEST, band=(4, 4)
    )._replace(
        scope=Scope.TO_DATE,
    )
    found = judged(what, *work_types_with_contact([], MID_2016), on=MID_2016)
    assert row(found.value, found.status) == (0, Status.OFF_TRACK)
    four = [(name, date(2016, 1, 1), None) for name in "abcd"]
    found = judged(what, *work_types_with_contact(four, MID_2016), on=MID_2016)
    assert row(found.value, found.status) == (4, Status.MET)


def test_nothing_logged_is_nothing_entered() -> None:
    nothing: tuple[Entry, ...] = ()
    assert visited_organisations([]) == visits_done([]) == nothing
    assert follow_ups_on_time([], MID_2016) == nothing


def test_an_empty_log_is_a_count_of_zero() -> None:
    (entry,) = nothing_yet(date(2016, 1, 1))
    assert entry.value == 0
    visits = measure(target(2016, 136), aggregation=Aggregation.DISTINCT)
    found = judged(visits, entry, on=MID_2016)
    assert found.value == 0
    assert found.with_data
    assert found.status is Status.OFF_TRACK
