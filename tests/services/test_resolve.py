"""From what a person types to the one thing that is meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socius_tui.errors import Ambiguous, NotFound
from socius_tui.services.resolve import Named, choose, suggest
from tests.hostile import HOSTILE

THINGS = (
    Named("1", "VER-01", "Vereniging 01 (voorbeeld)"),
    Named("2", "VER-02", "Vereniging 02 (voorbeeld)"),
    Named("3", "VPC-01", "Vormingplus Genève"),
    Named("4", "", "Beweging voor België"),
    Named("5", "OD1.1", "Doel"),
    Named("6", "OD1.10", "Doel met meer"),
)


@pytest.mark.parametrize(
    ("typed", "identifier"),
    [
        ("VER-01", "1"),
        ("ver-02", "2"),
        ("vereniging 01", "1"),
        ("geneve", "3"),
        ("BEWEGING VOOR BELGIE", "4"),
        ("beweg", "4"),
        ("od1.1", "5"),
        ("doel", "5"),
        ("  OD1.10 ", "6"),
        ("Vormingplus Genve", "3"),
        ("02 vereniging", "2"),
    ],
)
def test_what_is_meant_is_found(typed: str, identifier: str) -> None:
    assert choose(typed, THINGS, "thing").id == identifier


def test_several_are_listed() -> None:
    with pytest.raises(Ambiguous) as caught:
        choose("vereniging", THINGS, "thing")
    assert caught.value.candidates == (
        "VER-01 Vereniging 01 (voorbeeld)",
        "VER-02 Vereniging 02 (voorbeeld)",
    )
    assert "VER-02" in caught.value.message


def test_a_near_miss_of_several_is_not_guessed() -> None:
    with pytest.raises(Ambiguous):
        choose("verenging", THINGS, "thing")


def test_nothing_near_is_said_so_with_the_nearest() -> None:
    with pytest.raises(NotFound) as caught:
        choose("VER-99x", THINGS, "thing")
    assert not isinstance(caught.value, Ambiguous)
    assert "VER-01" in caught.value.hint


@pytest.mark.parametrize("typed", ["", "   ", *(h.text for h in HOSTILE)], ids=repr)
def test_any_text_is_safe(typed: str) -> None:
    with pytest.raises(NotFound) as caught:
        choose(typed, THINGS, "thing")
    assert "\x1b" not in caught.value.message
    suggest(typed, THINGS)


@given(st.text())
def test_suggestions_are_among_the_things(typed: str) -> None:
    assert set(suggest(typed, THINGS)) <= set(THINGS)


def test_suggestions_begin_with_the_best() -> None:
    assert [t.id for t in suggest("vere", THINGS)] == ["1", "2"]
    assert [t.id for t in suggest("", THINGS, limit=2)] == ["1", "2"]
    assert suggest("genve", THINGS)[0].id == "3"
