"""Promises kept year by year."""

from __future__ import annotations

import pytest

from socius_tui.domain import codes
from socius_tui.domain.model import Aggregation, Direction, Entry, Judging, Scope, Status
from tests.domain.building import entry, judged, measure, percent, row, silent, target

FULFILLED, OPEN, MISSED, UPCOMING = codes.FULFILLED, codes.OPEN, codes.MISSED, codes.UPCOMING

CONSULTATION = measure(*(target(y, 1) for y in range(2016, 2021)), judging=Judging.BY_PERIOD)
HELD = (entry("2016-05-10", 1), entry("2017-04-01", 1), entry("2017-10-01", 1))

DIALOGUE = measure(
    target(2017, 1, "beroepskrachten"),
    target(2018, 1, "leidinggevenden"),
    target(2019, 1, "beroepskrachten"),
    target(2020, 1, "leidinggevenden"),
    judging=Judging.BY_PERIOD,
)


def test_at_least_one_a_year() -> None:
    found = judged(CONSULTATION, *HELD, on="2018-06-30")
    assert [r.verdict for r in found.periods] == [FULFILLED, FULFILLED, OPEN, UPCOMING, UPCOMING]
    assert [r.value for r in found.periods[:2]] == [1, 2]
    assert found.days_left == 184
    assert row(found.value, found.target, found.expected) == (2, 5, 2)
    assert percent(found.progress) == "40,0"
    assert found.status is Status.ON_TRACK


def test_a_surplus_repairs_no_other_year() -> None:
    found = judged(CONSULTATION, *HELD, on="2019-01-01")
    assert found.periods[2].verdict == MISSED
    assert found.status is Status.OFF_TRACK
    assert judged(CONSULTATION, *HELD, on="2018-12-31").periods[2].verdict == OPEN


def test_on_its_last_day_a_year_is_not_over() -> None:
    assert judged(CONSULTATION, *HELD, on="2017-12-31").expected == 1
    assert judged(CONSULTATION, *HELD, on="2018-01-01").expected == 2


def test_missed_stays_missed() -> None:
    later = [entry(f"{y}-05-01", 3) for y in (2019, 2020)]
    found = judged(CONSULTATION, *HELD, *later, on="2021-06-01")
    assert row(found.value, found.status, found.days_left) == (4, Status.OFF_TRACK, None)


def test_all_fulfilled_is_met() -> None:
    entries = [entry(f"{y}-05-01", 1) for y in range(2016, 2021)]
    found = judged(CONSULTATION, *entries, on="2020-06-01")
    assert row(found.status, found.progress, found.capped) == (Status.MET, 1, 1)


@pytest.mark.parametrize(
    ("on", "status"),
    [
        ("2015-12-31", Status.NOT_STARTED),
        ("2016-03-01", Status.ON_TRACK),
        ("2017-03-01", Status.NO_DATA),
    ],
)
def test_without_any_entry(on: str, status: Status) -> None:
    found = judged(CONSULTATION, on=on)
    assert (found.status, found.with_data, found.capped) == (status, False, None)


class TestAlternatingDialogue:
    @pytest.mark.parametrize(
        ("audience_2018", "verdict", "status"),
        [
            ("leidinggevenden", FULFILLED, Status.ON_TRACK),
            (" Leidinggevenden ", FULFILLED, Status.ON_TRACK),
            ("beroepskrachten", MISSED, Status.OFF_TRACK),
            ("", MISSED, Status.OFF_TRACK),
        ],
    )
    def test_only_the_audience_of_the_year(
        self, audience_2018: str, verdict: str, status: Status
    ) -> None:
        found = judged(
            DIALOGUE,
            entry("2017-05-01", 1, qualifier="beroepskrachten"),
            entry("2018-05-01", 1, qualifier=audience_2018),
            on="2019-02-01",
        )
        assert [r.verdict for r in found.periods] == [FULFILLED, verdict, OPEN, UPCOMING]
        assert found.status is status

    def test_the_wrong_audience_is_named(self) -> None:
        wrong = entry("2018-05-01", 1, qualifier="beroepskrachten")
        found = judged(DIALOGUE, wrong, on="2018-06-01")
        assert found.left_out == ((wrong, codes.OTHER_QUALIFIER),)


def test_a_year_not_applicable_leaves_the_count() -> None:
    found = judged(CONSULTATION, *HELD, silent("2018-05-01"), on="2019-02-01")
    assert found.periods[2].verdict == codes.NOT_APPLICABLE
    assert row(found.value, found.target, found.status) == (2, 4, Status.ON_TRACK)
    only = CONSULTATION._replace(targets=(target(2018, 1),))
    found = judged(only, silent("2018-05-01"), on="2018-06-01")
    assert (found.not_applicable, found.status) == (True, Status.NO_DATA)


@pytest.mark.parametrize("scope", list(Scope))
def test_each_year_stands_alone_whatever_the_scope(scope: Scope) -> None:
    found = judged(CONSULTATION._replace(scope=scope), *HELD, on="2018-06-30")
    assert [r.value for r in found.periods] == [1, 2, None, None, None]


@pytest.mark.parametrize(
    ("on", "entries", "verdict"),
    [
        ("2016-06-01", (entry("2016-05-01", 2),), OPEN),
        ("2016-06-01", (entry("2016-05-01", 4),), MISSED),
        ("2017-01-01", (entry("2016-05-01", 2),), FULFILLED),
        ("2017-01-01", (), MISSED),
    ],
)
def test_at_most_three_a_year(on: str, entries: tuple[Entry, ...], verdict: str) -> None:
    what = measure(target(2016, 3), direction=Direction.DECREASE, judging=Judging.BY_PERIOD)
    assert judged(what, *entries, on=on).periods[0].verdict == verdict


def test_a_level_inside_its_band_counts_at_once() -> None:
    what = measure(
        target(2016, 90),
        direction=Direction.MAINTAIN,
        aggregation=Aggregation.LATEST,
        judging=Judging.BY_PERIOD,
        band=(80, 100),
    )
    assert judged(what, entry("2016-05-01", 83), on="2016-06-01").status is Status.MET
    assert judged(what, entry("2016-05-01", 79), on="2016-06-01").periods[0].verdict == OPEN
