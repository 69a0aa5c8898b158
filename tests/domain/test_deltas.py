"""What changed between two states: never a zero out of a gap, the largest movement first."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socius_tui.domain import deltas as rule
from socius_tui.domain.comparison import ComparisonLine
from socius_tui.domain.figures import (
    COVERAGE,
    PART,
    PROGRESS,
    KeyFigure,
    Part,
    WorkTypesLine,
    added_up,
    figure_changes,
    figure_lines,
    widest,
)
from socius_tui.domain.model import Status
from socius_tui.domain.overview import StatusLine

JUDGED = (Status.OFF_TRACK, Status.ATTENTION, Status.ON_TRACK, Status.MET)


def line(
    status: Status,
    progress: str | None = None,
    value: str | None = None,
    *,
    code: str = "x",
    unit: str = "",
) -> StatusLine:
    known = status in JUDGED
    return StatusLine(
        id=code,
        level="indicator",
        depth=2,
        code=code,
        title=code,
        parent_id="g",
        unit=unit,
        kind="count",
        origin="own",
        status=status,
        progress=None if progress is None else Fraction(progress),
        expected_progress=None,
        pace_ratio=None,
        days_behind=None,
        value=None if value is None else Fraction(value),
        target=None,
        baseline=None,
        expected=None,
        period_start=None,
        period_end=None,
        with_data=int(known),
        of=1,
        counts=((status, 1),),
        last_measurement=None,
        freshness="fresh",
        contact_person="",
    )


NO_DATA = line(Status.NO_DATA)


@pytest.mark.parametrize(
    ("before", "now", "verdict", "steps"),
    [
        (line(Status.OFF_TRACK, "0.1"), line(Status.MET, "1"), rule.BETTER, 3),
        (line(Status.ON_TRACK, "0.2"), line(Status.OFF_TRACK, "0.3"), rule.WORSE, -2),
        (NO_DATA, line(Status.OFF_TRACK, "0"), rule.APPEARED, 0),
        (line(Status.MET, "1"), NO_DATA, rule.LOST, 0),
        (NO_DATA, line(Status.NOT_STARTED), rule.SAME, 0),
        (line(Status.ON_TRACK, "0.2"), line(Status.ON_TRACK, "0.3"), rule.MOVED, 0),
        (line(Status.ON_TRACK, None, "3"), line(Status.ON_TRACK, None, "4"), rule.MOVED, 0),
        (line(Status.ON_TRACK, "0.2", "3"), line(Status.ON_TRACK, "0.2", "3"), rule.SAME, 0),
        (None, line(Status.MET, "1"), "new", 0),
        (line(Status.MET, "1"), None, "dropped", 0),
    ],
)
def test_verdicts(
    before: StatusLine | None, now: StatusLine | None, verdict: str, steps: int
) -> None:
    delta = rule.delta_of(ComparisonLine(before, now))
    assert (delta.verdict, delta.steps) == (verdict, steps)


def test_a_gap_is_no_zero() -> None:
    delta = rule.delta_of(ComparisonLine(NO_DATA, line(Status.OFF_TRACK, "0", "0")))
    assert delta.progress is None
    assert delta.value is None
    reported = rule.delta_of(
        ComparisonLine(line(Status.OFF_TRACK, "0", "0"), line(Status.OFF_TRACK, "0", "0"))
    )
    assert (reported.progress, reported.value) == (Fraction(0), Fraction(0))


STATES = st.one_of(
    st.none(),
    st.just(NO_DATA),
    st.builds(
        lambda status, progress, value: line(status, str(progress), str(value)),
        st.sampled_from(JUDGED),
        st.fractions(-1, 2, max_denominator=20),
        st.integers(-50, 50),
    ),
)
PAIRS = st.lists(
    st.tuples(STATES, STATES).filter(any).map(lambda pair: ComparisonLine(*pair)), max_size=12
)


@given(PAIRS)
def test_the_largest_movement_comes_first(lines: list[ComparisonLine]) -> None:
    found = rule.changes(lines)
    assert all(delta.verdict != rule.SAME for delta in found)
    assert len(found) + sum(rule.delta_of(x).verdict == rule.SAME for x in lines) == len(lines)
    stepped = [delta for delta in found if delta.steps]
    assert list(found[: len(stepped)]) == stepped
    assert [abs(delta.steps) for delta in stepped] == sorted(
        (abs(delta.steps) for delta in stepped), reverse=True
    )
    moved = [abs(x.progress or Fraction(0)) for x in found if x.verdict == rule.MOVED]
    assert moved == sorted(moved, reverse=True)
    assert sum(rule.tally(found).values()) == len(found)


@given(PAIRS)
def test_looking_the_other_way_turns_every_sign(lines: list[ComparisonLine]) -> None:
    opposite = {rule.BETTER: rule.WORSE, rule.APPEARED: rule.LOST, "new": "dropped"}
    opposite |= {back: there for there, back in opposite.items()}
    for pair in lines:
        there = rule.delta_of(pair)
        back = rule.delta_of(ComparisonLine(pair.now, pair.before))
        assert back.verdict == opposite.get(there.verdict, there.verdict)
        assert back.steps == -there.steps
        assert back.progress == (None if there.progress is None else -there.progress)


def figure(line: str, year: int | None, value: str, unit: str = "euro") -> KeyFigure:
    return KeyFigure(line, "krediet", year, Fraction(value), unit, "1105")


def test_key_figures_through_the_years() -> None:
    figures = [
        figure("FOV", 2015, "240000"),
        figure("FOV", 2011, "287000"),
        figure("Socius", 2011, "100"),
        figure("Socius", 2015, "100"),
        figure("Alleen", None, "9", "leden"),
    ]
    ours = [line(Status.MET, "1", "24", code="a", unit="Euro"), line(Status.NO_DATA, unit="euro")]
    fov, socius, alone = figure_lines(figures, ours)
    assert fov.years == ((2011, Fraction(287000)), (2015, Fraction(240000)))
    assert fov.change == -47000
    assert fov.relative == Fraction(-47, 287)
    assert [(each.value, each.share) for each in fov.ours] == [
        (24, Fraction(1, 10000)),
        (None, None),
    ]
    assert alone.change is None
    assert alone.relative is None
    assert alone.ours == ()
    assert figure_changes((fov, socius, alone)) == (fov,)


def test_a_percentage_is_never_put_beside_a_figure() -> None:
    shares = [figure("x", 2011, "5", "%")]
    assert figure_lines(shares, [line(Status.MET, "1", "24", unit="%")])[0].ours == ()


def test_parts_of_a_whole_and_what_no_work_type_has() -> None:
    found = added_up(NO_DATA, Fraction(40), [Fraction(30), None, Fraction(0)])
    assert found.measure == PART
    assert found.parts == (
        Part(Fraction(30), Fraction(3, 4)),
        Part(None, None),
        Part(Fraction(0), Fraction(0)),
    )
    assert found.rest == 10
    assert found.spread == Fraction(3, 4)
    nothing = added_up(NO_DATA, None, [None, None])
    assert nothing.rest is None
    assert nothing.spread is None


def test_the_widest_spread_first_and_parts_last() -> None:
    def spread(code: str, measure: str, *shares: str | None) -> WorkTypesLine:
        parts = tuple(Part(None, None if x is None else Fraction(x)) for x in shares)
        return WorkTypesLine(code, code, code, "", measure, Part(None, None), parts)

    part = spread("part", PART, "0", "1")
    narrow, wide = spread("narrow", PROGRESS, "0.4", "0.5"), spread("wide", COVERAGE, "0", "0.5")
    alone, equal = spread("alone", PROGRESS, "0.5", None), spread("equal", COVERAGE, "0.5", "0.5")
    assert widest([part, narrow, wide, alone, equal]) == (wide, narrow, part)
