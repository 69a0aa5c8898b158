"""Whose turn it is to be undone or done again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from socius_tui.domain.undoing import Step, Turn, turns


def of(*steps: str) -> tuple[list[str], list[str]]:
    """The stacks after steps written as "a" or "u1>a"."""
    pairs = [step.partition(">") for step in steps]
    found = turns(Step(key, undoes or None) for key, _mark, undoes in pairs)
    return [turn.key for turn in found.undo], [turn.key for turn in found.redo]


def test_what_is_done_can_be_undone_the_last_first() -> None:
    assert of() == ([], [])
    assert of("a", "b") == (["a", "b"], [])


def test_an_undo_can_be_done_again() -> None:
    assert of("a", "b", "u>b") == (["a"], ["u"])
    assert of("a", "b", "u>b", "v>a") == ([], ["u", "v"])
    assert of("a", "b", "u>b", "v>a", "r>v") == (["r"], ["u"])
    assert of("a", "b", "u>b", "v>a", "r>v", "s>u") == (["r", "s"], [])
    assert of("a", "u>a", "r>u", "v>r") == ([], ["v"])


def test_something_new_ends_what_could_be_done_again() -> None:
    assert of("a", "b", "u>b", "c") == (["a", "c"], [])
    assert of("a", "u>a", "r>u", "v>r", "c") == (["c"], [])


def test_what_takes_back_something_unknown_is_an_ordinary_set() -> None:
    assert of("a", "u>z") == (["a", "u"], [])


def test_a_turn_knows_what_it_is_about() -> None:
    found = turns([Step("a"), Step("u", "a"), Step("r", "u"), Step("b"), Step("v", "b")])
    assert found.undo == (Turn("r", "a"),)
    assert found.redo == (Turn("v", "b"),)


@given(st.lists(st.sampled_from(["do", "undo", "redo"]), max_size=60))
def test_the_stacks_are_those_of_an_editor(wanted: list[str]) -> None:
    done: list[int] = []
    undone: list[int] = []
    steps: list[Step] = []
    for number, what in enumerate(wanted):
        stacks = turns(steps)
        key = f"s{number}"
        if what == "do":
            done.append(number)
            undone.clear()
            steps.append(Step(key))
        elif what == "undo" and done:
            undone.append(done.pop())
            steps.append(Step(key, stacks.undo[-1].key))
        elif what == "redo" and undone:
            done.append(undone.pop())
            steps.append(Step(key, stacks.redo[-1].key))
        else:
            assert not (stacks.undo if what == "undo" else stacks.redo)
    found = turns(steps)
    assert [turn.about for turn in found.undo] == [f"s{number}" for number in done]
    assert [turn.about for turn in found.redo] == [f"s{number}" for number in undone]
