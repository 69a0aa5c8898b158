"""The arithmetic of a number, written out: every step comes to the number that is shown."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

import pytest

from socius_tui.domain.breakdown import ADDED, POOLED
from socius_tui.domain.model import (
    Aggregation,
    Direction,
    IndicatorKind,
    Judging,
    Measure,
    Rules,
)
from socius_tui.i18n import set_language
from socius_tui.services.arithmetic import indicator_steps
from socius_tui.services.detail import indicator_detail
from socius_tui.services.explain import explain
from socius_tui.services.outlook import breakdown_sentence, no_outlook
from socius_tui.services.overview import plan_status
from socius_tui.services.session import Session
from tests.domain.building import (
    MID_2016,
    PLAN,
    RULES,
    SUMMER_2016,
    entry,
    judged,
    measure,
    ratio,
    target,
)
from tests.domain.test_breakdown import LATEST, split

VISITS = measure(target(2016, 136))
SIXTY = (
    entry("2016-02-15", 25),
    entry("2016-03-31", 15),
    entry("2016-04-01", 12),
    entry("2016-06-30", 8),
)


def steps(what: Measure, *entries: object, rules: Rules = RULES) -> str:
    found = judged(what, *entries, on=MID_2016, rules=rules)  # type: ignore[arg-type]
    return "\n".join(indicator_steps(what, found, rules))


def test_sixty_of_a_hundred_and_thirty_six_visits() -> None:
    told = steps(VISITS, *SIXTY)
    for line in (
        "25 + 15 + 12 + 8 = 60",
        "(60 - 0) / (136 - 0) = 44.1%",
        "0 + (136 - 0) × 182 / 366 = 67.63",
        "(60 - 0) / (67.63 - 0) = 0.887",
        "182 - 161.5 = 20.5",
        "(136 - 60) × 7 / 184 = 2.89",
        "(136 - 0) × 7 / 366 = 2.60",
        "60 / 182 × 366 = 120.7",
        "(136 - 60) / (60 / 182) = 230.5 days that are not paused: on 16/02/2017",
        "60 + 20 / 91 × 184 = 100.4",
        "0.887 is at least 0.85: on track",
    ):
        assert line in told


def test_in_dutch_the_numbers_are_dutch() -> None:
    set_language("nl")
    told = steps(VISITS, *SIXTY)
    assert "60 / 182 × 366 = 120,7" in told
    assert "(60 - 0) / (67,63 - 0) = 0,887" in told


def test_a_pause_is_taken_out_of_the_days() -> None:
    told = steps(VISITS, *SIXTY, rules=Rules(PLAN, pauses=(SUMMER_2016,)))
    assert "× 182 / 304 = 81.42" in told
    assert "(60 - 0) / (81.42 - 0) = 0.737" in told
    assert "× 7 / 122 = 4.36" in told
    assert "0.737 is below 0.85 and at least 0.60: needs attention" in told


@pytest.mark.parametrize(
    ("what", "entries", "line"),
    [
        (
            measure(target(2016, 70), kind=IndicatorKind.PERCENTAGE),
            (ratio("2016-02-01", 40, 57), ratio("2016-02-01", 20, 35)),
            "(40 + 20) / (57 + 35) = 60 / 92 = 65.22%",
        ),
        (
            measure(target(2016, 5), kind=IndicatorKind.SCALE, aggregation=Aggregation.MEAN),
            (entry("2016-02-01", 3), entry("2016-03-01", 4), entry("2016-04-01", 4)),
            "(3 + 4 + 4) / 3 = 3.67",
        ),
        (
            measure(target(2016, 9), aggregation=Aggregation.MAX),
            (entry("2016-02-01", 4), entry("2016-03-01", 2)),
            "the highest of 4, 2 = 4",
        ),
        (
            measure(target(2016, 9), aggregation=Aggregation.MIN),
            (entry("2016-02-01", 4), entry("2016-03-01", 2)),
            "the lowest of 4, 2 = 2",
        ),
        (
            measure(target(2016, 9), aggregation=Aggregation.DISTINCT),
            (entry("2016-02-01", 1, key="a"), entry("2016-03-01", 1, key="a")),
            "among 2 entries = 1",
        ),
        (
            measure(target(2016, 100)),
            tuple(entry("2016-02-01", n) for n in range(1, 21)),
            "1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10 + 10 more = 210",
        ),
        (
            measure(target(2016, -5), direction=Direction.DECREASE, aggregation=Aggregation.LATEST),
            (entry("2016-02-01", -2),),
            "((-2) - 0) / ((-5) - 0) = 40.0%",
        ),
        (
            measure(target(2016, 10), direction=Direction.DECREASE),
            (entry("2016-02-01", 7),),
            "expected / value, since it must stay low = 4.97 / 7 = 0.710",
        ),
        (
            measure(target(2016, 10), direction=Direction.DECREASE, baseline=12),
            (entry("2016-02-01", 5),),
            "(5 - 5.97) / (4.97 - 5.97) = 97.3%",
        ),
        (
            measure(target(2015, 1), target(2016, 1), judging=Judging.BY_PERIOD),
            (entry("2015-02-01", 1),),
            "periods kept / periods = 1 / 2 = 50.0%",
        ),
        (
            measure(target(2016, 90), direction=Direction.MAINTAIN, band=(80, 100)),
            (entry("2016-02-01", 79),),
            "79 does not lie between 80 and 100: off track",
        ),
    ],
)
def test_every_rule_writes_its_own_sum(
    what: Measure, entries: tuple[object, ...], line: str
) -> None:
    assert line in steps(what, *entries)


def _checked(step: str) -> int:
    """The sums between the equals signs that are bare arithmetic: how many came out."""
    parts = [part.split(": ")[0] for part in step.replace(",", "").split(" = ")]
    bare = [part for part in parts if re.fullmatch(r"[-0-9.%()+/× ]+", part)]
    numbers = []
    for part in bare:
        written = re.sub(r"([0-9.]+)%", r"(\1/100)", part).replace("×", "*")
        numbers.append(eval(written))
    for left, right in pairwise(numbers):
        # Terms are rounded for reading, so a sum of them is near, not equal.
        assert left == pytest.approx(right, rel=0.02, abs=0.11), step
    return max(len(numbers) - 1, 0)


def test_what_is_written_comes_out_for_the_whole_plan(demo: Session) -> None:
    """A reader with a pocket calculator finds what is on the screen."""
    checked = 0
    for line in plan_status(demo).lines:
        told = explain(demo, line.id)
        checked += sum(_checked(step) for step in told.steps)
        if line.progress is not None:
            assert any(step.startswith("Progress = ") for step in told.steps), line.code
        if line.pace_ratio is not None:
            assert any(step.startswith("Pace ratio = ") for step in told.steps), line.code
    assert checked > 150


def test_the_plan_explains_its_coverage(demo: Session) -> None:
    told = explain(demo, plan_status(demo).plan.id)
    assert any("all together" in step and "129 / 136 = 94.9%" in step for step in told.steps)


def test_a_page_has_every_part(demo: Session) -> None:
    line = plan_status(demo).find("OD1.3-c")
    assert line is not None
    page = indicator_detail(demo, line.id)
    assert page.breakdown.rule == ADDED
    assert sum((part.value or 0 for part in page.breakdown.parts), Fraction(0)) == line.value
    assert page.work_types[page.breakdown.parts[0].work_type] == "Verenigingen"
    assert [one.sum.split(" = ")[1] for one in page.outlook] == ["212.3", "236.7"]
    assert len(page.periods) == len(page.chart.steps) == 5
    assert page.chart.outlooks
    assert page.chart.values[-1].value == line.value
    assert "106 bezoeken, of a target of 120" in page.chart_says
    percentage = plan_status(demo).find("BO2-h")
    assert percentage is not None
    assert indicator_detail(demo, percentage.id).breakdown.rule == POOLED
    promises = plan_status(demo).find("BO2-i")
    assert promises is not None
    found = indicator_detail(demo, promises.id).breakdown
    assert sum(part.denominator or 0 for part in found.parts) == 11
    assert found.unassigned is None, "each was promised at a visit, so to a work type"
    told = plan_status(demo).find("OD2.3-a")
    assert told is not None
    assert indicator_detail(demo, told.id).narratives


def test_a_promise_by_year_is_drawn_as_years_kept_against_years_that_are_over(
    demo: Session,
) -> None:
    line = plan_status(demo).find("BO2-c")
    assert line is not None
    chart = indicator_detail(demo, line.id).chart
    assert [step.value for step in chart.steps] == [1, 2, 3, 4, 5]
    assert [point.value for point in chart.values] == [1, 1, 2, 2]
    ends = {point.day.isoformat(): point.value for point in chart.expected}
    wanted = {"2016-12-31": 0, "2017-01-01": 1, "2018-01-01": 2}
    assert {day: ends[day] for day in wanted} == wanted


def test_why_there_is_no_forecast(demo: Session) -> None:
    told = set()
    for line in plan_status(demo).lines:
        if line.level == "indicator":
            page = indicator_detail(demo, line.id)
            assert bool(page.outlook) != bool(page.no_outlook), line.code
            told.add(page.no_outlook)
    assert len(told) >= 6
    overlapping = measure(target(2016, 10), target(2016, 5))
    found = judged(overlapping, *SIXTY, on=MID_2016)
    assert "overlap" in no_outlook(overlapping, found, MID_2016)


def test_parts_that_disagree_say_by_how_much() -> None:
    parts = (entry("2016-03-31", 40, work_type="a"), entry("2016-03-31", 35, work_type="b"))
    found = split(LATEST, *parts, entry("2016-04-01", 70))
    assert breakdown_sentence(found, "x") == (
        "The parts make 75 x, the total is 70 x: they differ by 5 x."
    )
    twice = measure(target(2016, 10), aggregation=Aggregation.DISTINCT)
    both = (
        entry("2016-02-01", 1, key="x", work_type="a"),
        entry("2016-03-01", 1, key="x", work_type="b"),
    )
    assert "1 counts in more than one work type" in breakdown_sentence(split(twice, *both), "")
