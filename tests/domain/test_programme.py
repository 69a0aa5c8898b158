"""Actions of a year: totals to the cent, states in their order, codes that nobody has."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socius_tui.domain.money import MOST_EURO, check_euro, format_euro, parse_euro
from socius_tui.domain.problem import InputProblem
from socius_tui.domain.programme import (
    STATES,
    SYMBOLS,
    ActionLine,
    free_code,
    next_state,
    programme_of,
    totals_of,
)

CENTS = st.integers(0, MOST_EURO * 100 - 1).map(lambda cents: Fraction(cents, 100))


def action(
    code: str = "OD1.1-2018-1",
    *,
    goal: str = "OD1.1",
    year: int = 2018,
    state: str = "planned",
    planned: str | None = None,
    spent: str | None = None,
) -> ActionLine:
    amounts = [None if text is None else Fraction(text) for text in (planned, spent)]
    return ActionLine(
        code, code, "Actie", "", goal, goal, "Doel", year, state, None, "", date(year, 9, 30),
        *amounts,
    )  # fmt: skip


def test_totals_are_exact_and_tell_nothing_from_zero() -> None:
    totals = totals_of(
        [
            action(planned="0.10", spent="0"),
            action(planned="0.20", state="done"),
            action(state="dropped"),
        ]
    )
    assert totals.planned == Fraction(3, 10)
    assert totals.spent == 0
    assert totals.number == 3
    assert dict(totals.states) == {"planned": 1, "under_way": 0, "done": 1, "dropped": 1}
    assert totals_of([action(), action()]).planned is None


@given(st.lists(CENTS | st.none()))
def test_the_whole_is_the_sum_of_its_parts(amounts: list[Fraction | None]) -> None:
    lines = [
        action(f"A{n}", goal=f"OD{n % 3}")._replace(planned=amount)
        for n, amount in enumerate(amounts)
    ]
    found = programme_of(2018, lines)
    parts = [part.totals.planned for part in found.parts if part.totals.planned is not None]
    assert sum(parts) == (found.totals.planned or 0)
    assert sum(part.totals.number for part in found.parts) == found.totals.number == len(lines)


def test_a_programme_is_that_of_its_year_goal_by_goal() -> None:
    lines = [action("a", goal="X"), action("b", goal="Y"), action("c", goal="X"),
             action("d", year=2019)]  # fmt: skip
    found = programme_of(2018, lines)
    assert [(p.goal, [x.code for x in p.actions]) for p in found.parts] == [
        ("X", ["a", "c"]),
        ("Y", ["b"]),
    ]


def test_an_action_goes_round_its_states() -> None:
    state, seen = "planned", []
    for _step in STATES:
        seen.append(state)
        state = next_state(state)
    assert (tuple(seen), state) == (STATES, "planned")
    assert set(SYMBOLS) == set(STATES)


@given(st.text("OD1.-2", min_size=1, max_size=40), st.lists(st.integers(1, 5)))
def test_a_new_code_is_free_and_fits(goal: str, numbers: list[int]) -> None:
    taken = [f"{goal}-2018-{n}".upper() for n in numbers]
    code = free_code(goal, 2018, taken)
    assert code.casefold() not in {other.casefold() for other in taken}
    assert len(code) <= 40


@pytest.mark.parametrize(
    ("amount", "dutch", "english"),
    [
        ("1234.5", "€ 1.234,50", "€1,234.50"),
        ("4500", "€ 4.500", "€4,500"),
        ("0", "€ 0", "€0"),
        ("0.05", "€ 0,05", "€0.05"),
    ],
)
def test_euro_are_written_as_the_language_does(amount: str, dutch: str, english: str) -> None:
    assert format_euro(Fraction(amount), "nl") == dutch
    assert format_euro(Fraction(amount), "en") == english
    assert format_euro(None, "nl") == "–"


@given(CENTS)
def test_what_is_written_is_read_back(amount: Fraction) -> None:
    for language in ("nl", "en"):
        typed = format_euro(amount, language)
        if amount >= 1000 and amount.denominator == 1:
            continue  # "1.234" can be read in two ways, and is refused
        assert Fraction(parse_euro(typed, language)) == amount


@pytest.mark.parametrize("typed", ["-5", "0,005", "1000000000", "veel", "", "€", "NaN"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(InputProblem):
        parse_euro(typed, "nl")


@pytest.mark.parametrize("stored", ["-1", "NaN", "Infinity", "x", "1.001"])
def test_a_use_case_refuses_it_too(stored: str) -> None:
    with pytest.raises(InputProblem):
        check_euro(stored)
