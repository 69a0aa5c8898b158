"""The stakeholder survey of the plan 2016-2020, and what does not add up in a table."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socius_tui.domain.numbers import format_percent
from socius_tui.domain.survey import Ambition, Check, SurveyGroup, cross_checks

QUARTER = Fraction(1, 4)

PRIMARY = [
    SurveyGroup("lv", "Landelijke vormingsinstellingen", 8, "primary", 7, 1, 0, 3, 5, None, 4, 4),
    SurveyGroup("ver", "Verenigingen", 10, "primary", 9, 1, 2, 4, 4, None, 5, 5),
    SurveyGroup("bew", "Bewegingen", 7, "primary", 6, 1, 3, 2, 2, None, 3, 4),
    SurveyGroup("vp", "Vormingplus", 8, "primary", 7, 1, 0, 4, 4, None, 4, 4),
]
PRINTED = [
    SurveyGroup("all", "Algemeen totaal", 66),
    SurveyGroup("external", "Extern", 50, "all"),
    SurveyGroup("primary", "Werkveld", 33, "external"),
    *PRIMARY,
    SurveyGroup("government", "Overheid", 4, "external"),
    SurveyGroup("interest", "Belangenbehartigers", 4, "external"),
    SurveyGroup("centres", "Steunpunten", 5, "external"),
    SurveyGroup("talks", "Aftoetsingsgesprekken", 4, "external"),
    SurveyGroup("internal", "Intern", 16, "all"),
    SurveyGroup("staff", "Personeel", 12, "internal", administrative=2, agogic=8, coordinator=2),
    SurveyGroup("board", "Bestuurders", 4, "internal", coordinator=4),
]


def test_the_printed_table_adds_up() -> None:
    assert cross_checks(PRINTED) == ()


@pytest.mark.parametrize(
    ("row", "change", "check", "found"),
    [
        ("ver", {"reached": 8}, Check.PARTICIPATION, 9),
        ("bew", {"small": 4}, Check.SIZE, 8),
        ("staff", {"agogic": 9}, Check.FUNCTION, 13),
    ],
)
def test_one_wrong_cell_is_named_with_its_row(
    row: str, change: dict[str, int], check: Check, found: int
) -> None:
    groups = [
        SurveyGroup(**{**group._asdict(), **change}) if group.id == row else group
        for group in PRINTED
    ]
    (mismatch,) = cross_checks(groups)
    assert (mismatch.group.id, mismatch.check, mismatch.found) == (row, check, found)


def test_a_missing_part_is_named_at_the_whole() -> None:
    without_talks = [group for group in PRINTED if group.id != "talks"]
    (mismatch,) = cross_checks(without_talks)
    assert mismatch.group.id == "external"
    assert (mismatch.check, mismatch.found, mismatch.total) == (Check.PARTS, 46, 50)


def test_an_empty_cell_is_not_a_zero() -> None:
    assert cross_checks([SurveyGroup("a", "A", 5, reached=3)]) == ()
    (mismatch,) = cross_checks([SurveyGroup("a", "A", 5, reached=3, not_reached=0)])
    assert (mismatch.found, mismatch.total) == (3, 5)
    half = [
        SurveyGroup("a", "A", 5),
        SurveyGroup("b", "B", whole="a"),
        SurveyGroup("c", "C", 2, "a"),
    ]
    assert cross_checks(half) == ()


def test_a_row_without_a_total_is_not_checked() -> None:
    assert cross_checks([SurveyGroup("a", "A", reached=3, not_reached=1)]) == ()


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 1000))
def test_a_row_passes_exactly_when_its_cells_make_its_total(a: int, b: int, total: int) -> None:
    row = SurveyGroup("a", "A", total, reached=a, not_reached=b)
    assert (cross_checks([row]) == ()) == (a + b == total)


@pytest.mark.parametrize(
    ("asked", "of", "wanted", "shown", "met"),
    [
        (33, 136, QUARTER, "24,26%", False),
        (37, 136, QUARTER, "27,21%", True),
        (34, 136, QUARTER, "25,00%", True),
        (9, 13, None, "69,23%", None),
    ],
)
def test_the_ambitions_of_the_plan(
    asked: int, of: int, wanted: Fraction | None, shown: str, met: bool | None
) -> None:
    ambition = Ambition(asked, of, wanted)
    share = ambition.share
    assert share is not None
    assert format_percent(share, "nl", 2) == shown
    assert ambition.met is met


def test_nobody_to_ask_has_no_share() -> None:
    assert Ambition(0, 0, QUARTER).share is None
    assert Ambition(0, 0, QUARTER).met is None
