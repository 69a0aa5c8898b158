"""Milestones, narratives, and how fresh an indicator is."""

from __future__ import annotations

from datetime import date

import pytest

from socius_tui.domain import codes
from socius_tui.domain.model import (
    Aggregation,
    Computed,
    Frequency,
    IndicatorKind,
    Status,
)
from tests.domain.building import (
    MID_2016,
    entry,
    judged,
    measure,
    row,
    silent,
    target,
    words,
)

LATEST = Aggregation.LATEST
VISITS = measure(target(2016, 136))


class TestMilestone:
    AGREEMENT = measure(target(2017, 1), kind=IndicatorKind.MILESTONE, aggregation=LATEST)

    @pytest.mark.parametrize(
        ("on", "value", "status"),
        [
            ("2017-12-31", None, Status.NOT_STARTED),
            ("2018-01-01", None, Status.NO_DATA),
            ("2017-12-31", "0.5", Status.NOT_STARTED),
            ("2018-01-01", "0.5", Status.OFF_TRACK),
            ("2018-01-01", "0.7", Status.ATTENTION),
            ("2016-05-01", "1", Status.MET),
            ("2018-06-01", "1", Status.MET),
        ],
    )
    @pytest.mark.parametrize("aggregation", [LATEST, Aggregation.SUM])
    def test_nothing_is_expected_before_its_day(
        self, on: str, value: str | None, status: Status, aggregation: Aggregation
    ) -> None:
        what = self.AGREEMENT._replace(aggregation=aggregation)
        entries = () if value is None else (entry("2016-04-01", value),)
        assert judged(what, *entries, on=on).status is status

    def test_reached_late_is_reached(self) -> None:
        found = judged(
            self.AGREEMENT, entry("2017-11-01", 0), entry("2018-02-01", 1), on="2018-03-01"
        )
        assert row(found.status, found.days_behind) == (Status.MET, 0)
        assert found.periods[0].verdict == codes.FULFILLED

    def test_days_late(self) -> None:
        found = judged(self.AGREEMENT, entry("2017-11-01", 0), on="2018-01-20")
        assert found.days_behind == 20


class TestNarrative:
    STORY = measure(kind=IndicatorKind.NARRATIVE, frequency=Frequency.QUARTER)

    @pytest.mark.parametrize(
        ("on", "status", "fresh"),
        [
            ("2016-06-30", Status.ON_TRACK, codes.FRESH),
            ("2016-08-14", Status.ATTENTION, codes.AGEING),
            ("2016-08-15", Status.ATTENTION, codes.STALE),
        ],
    )
    def test_on_track_while_it_is_fresh(self, on: str, status: Status, fresh: str) -> None:
        number = entry("2016-03-31", 5)
        found = judged(self.STORY, words("2016-03-31"), number, on=on)
        assert (found.status, found.freshness, found.with_data) == (status, fresh, True)
        assert (found.value, found.capped) == (None, None)
        assert found.left_out == ((number, codes.NOT_TEXT),)

    def test_silence(self) -> None:
        assert judged(self.STORY, on="2015-12-31").status is Status.NOT_STARTED
        assert judged(self.STORY, on=MID_2016).status is Status.NO_DATA
        found = judged(self.STORY, words("2016-02-01"), silent("2016-03-01"), on=MID_2016)
        assert (found.not_applicable, found.with_data) == (True, False)


class TestFreshness:
    def test_nothing_is_late_after_the_last_period(self) -> None:
        assert judged(VISITS, entry("2016-12-01", 60), on="2019-06-30").freshness == codes.FRESH
        assert judged(VISITS, entry("2016-12-01", 60), on="2019-06-30").last_entry_day == date(
            2016, 12, 1
        )

    def test_never(self) -> None:
        assert judged(VISITS).freshness == codes.NEVER

    def test_the_log_is_always_fresh(self) -> None:
        what = VISITS._replace(computed=Computed.VISITS_DONE)
        assert judged(what).freshness == codes.FRESH
