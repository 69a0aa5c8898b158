"""Short codes for rows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socius_tui.errors import Ambiguous, NotFound
from socius_tui.services.handles import LENGTH, by_handle, handle, the_one
from socius_tui.store.ids import time_ordered_ids


@given(st.text())
def test_a_handle_is_short_stable_and_easy_to_type(identifier: str) -> None:
    found = handle(identifier)
    assert found == handle(identifier)
    assert len(found) == LENGTH
    assert not set(found) & set("ilou")
    assert found.isalnum()
    assert found.isascii()


def test_ids_of_one_moment_have_different_handles() -> None:
    ids = time_ordered_ids(1_530_000_000_000, seed=b"x")
    made = [next(ids) for _number in range(400)]
    assert len({handle(i) for i in made}) >= 398
    assert sum(len(by_handle(handle(i), made)) == 1 for i in made) >= 396


def test_a_row_by_handle_prefix_or_id() -> None:
    ids = time_ordered_ids(1_530_000_000_000, seed=b"x")
    made = [next(ids) for _number in range(40)]
    for identifier in made:
        for typed in (handle(identifier), handle(identifier).upper(), identifier):
            assert by_handle(typed, made) == [identifier]


def test_look_alikes_are_taken_for_what_they_look_like() -> None:
    ids = [str(number) for number in range(400)]
    chosen = next(i for i in ids if "1" in handle(i) and "0" in handle(i))
    assert chosen in by_handle(handle(chosen).replace("1", "l").replace("0", "O"), ids)


def test_nothing_or_several_is_said() -> None:
    ids = time_ordered_ids(1_530_000_000_000, seed=b"x")
    made = [next(ids) for _number in range(12)]

    def the_visit(typed: str) -> str:
        found = by_handle(typed, made)
        return the_one(found, lambda _id: "\x1b[31mrow", typed, "visit", "socius visit list")

    assert the_visit(handle(made[3])) == made[3]
    with pytest.raises(NotFound, match="zzzzzz"):
        the_visit("zzzzzz")
    with pytest.raises(NotFound):
        the_visit("")
    with pytest.raises(Ambiguous) as refused:
        the_visit(made[0][:9])
    assert "\x1b" not in refused.value.message
    assert len(refused.value.candidates) == 10
