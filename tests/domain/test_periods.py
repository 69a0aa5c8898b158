"""What became of each target: progress, what was expected, whether it was reported."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from socius_tui.domain import codes
from socius_tui.domain.judge import judge
from socius_tui.domain.model import Aggregation, Direction, Entry, Judging, Measure, Scope
from socius_tui.domain.periods import PeriodLine, period_lines
from tests.domain.building import MID_2016, RULES, entry, measure, row, shown, target


def lines(what: Measure, *entries: Entry, on: date) -> tuple[PeriodLine, ...]:
    return period_lines(what, judge(what, entries, RULES, on), entries, RULES, on)


def test_a_count_is_expected_day_by_day_from_zero_in_each_period() -> None:
    what = measure(target(2016, 136), target(2017, 50))
    sixty = entry("2016-03-01", 60)
    first, second = lines(what, sixty, on=MID_2016)
    assert shown(first.expected) == "67,63"
    assert first.progress == Fraction(60, 136)
    assert row(second.expected, second.progress) == row(None, None)
    first, second = lines(what, sixty, on=date(2017, 12, 31))
    assert row(first.expected, second.expected) == row(136, 50)
    assert first.result.verdict == codes.MISSED


def test_a_level_is_expected_along_its_line_from_the_baseline() -> None:
    what = measure(target(2016, 90), target(2017, 95), aggregation=Aggregation.LATEST, baseline=80)
    first, second = lines(what, entry("2016-12-01", 86), on=date(2016, 12, 31))
    assert row(first.expected, first.progress) == row(90, Fraction(6, 10))
    assert second.expected is None


def test_a_total_to_date_has_the_expected_total() -> None:
    what = measure(target(2016, 50), target(2017, 100), scope=Scope.TO_DATE)
    first, second = lines(
        what, entry("2016-05-01", 40), entry("2017-05-01", 60), on=date(2017, 12, 31)
    )
    assert [row(p.expected, p.progress) for p in (first, second)] == [
        row(50, Fraction(4, 5)),
        row(100, Fraction(1)),
    ]


def test_where_there_is_no_way_to_go_there_is_no_progress() -> None:
    ceiling = measure(target(2016, 10), direction=Direction.DECREASE)
    (line,) = lines(ceiling, entry("2016-05-01", 4), on=MID_2016)
    assert row(line.progress, shown(line.expected, 1)) == row(None, "5,0")
    band = measure(target(2016, 90), direction=Direction.MAINTAIN, band=(80, 100))
    (line,) = lines(band, entry("2016-05-01", 4), on=MID_2016)
    assert row(line.progress, line.expected) == row(None, None)
    promise = measure(target(2016, 1), judging=Judging.BY_PERIOD)
    (line,) = lines(promise, entry("2016-05-01", 1), on=MID_2016)
    assert line.expected is None


def test_reported_counts_inside_the_period_only() -> None:
    what = measure(target(2016, 10), target(2017, 10))
    first, second = lines(
        what,
        entry("2016-05-01", 4)._replace(recorded_on=date(2017, 6, 1)),
        entry("2017-05-01", 4),
        on=date(2018, 12, 31),
    )
    assert tuple(first.reported) == (1, 1, 0)
    assert tuple(second.reported) == (1, 1, 1)
