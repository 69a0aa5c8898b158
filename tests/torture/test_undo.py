"""Undone to the start gives the start's data, redone the end's, row for row.

SOCIUS_TORTURE=1 tries a great many more sequences.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socius_tui.domain.undoing import Later
from socius_tui.errors import RuleBroken
from socius_tui.services.session import Session
from socius_tui.services.undoing import InTheWay, pending, stack, take_back
from tests.torture import times
from tests.torture.using import ACTS, Act, Clock, agrees, attempt, begin, ids, rows

SOME: Final = times(20, 1_500)


@pytest.fixture(scope="module")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that every example copies."""
    return begin(tmp_path_factory.mktemp("small") / "small.db")


@contextmanager
def at_work(template: Path) -> Iterator[tuple[Session, Clock, list[str]]]:
    """A copy of the file, open; a clock to set forward, and the people in it."""
    with TemporaryDirectory() as folder:
        path = Path(shutil.copy(template, Path(folder) / "copy.db"))
        clock = Clock()
        with Session(path, clock=clock) as session:
            people = ids(session, "person")
            session.actor = people[0]
            yield session, clock, people


@settings(max_examples=SOME)
@given(acts=st.lists(ACTS, min_size=1, max_size=30), at_once=st.booleans())
def test_undone_to_the_start_and_done_again(
    small_file: Path, acts: list[Act], at_once: bool
) -> None:
    with at_work(small_file) as (session, clock, _people):
        start = rows(session)
        written = []
        for act in acts:
            clock.moment += timedelta(minutes=1)
            done = attempt(session, act)
            if done is not None and done.key is not None:
                written.append(done.title)
        end = rows(session)
        assert [each.what for each in reversed(stack(session, "undo"))] == written
        for _turn in range(2):
            _all_of_it(session, "undo", len(written), at_once)
            assert rows(session) == start
            assert agrees(session)
            _all_of_it(session, "redo", len(written), at_once)
            assert rows(session) == end
            assert agrees(session)


def _all_of_it(session: Session, direction: str, number: int, at_once: bool) -> None:
    """Undo or redo everything, in one transaction or one by one."""
    if not number:
        return
    undo = direction == "undo"
    for _step in range(1 if at_once else number):
        take_back(session, "undo" if undo else "redo", number if at_once else 1)
    assert stack(session, "undo" if undo else "redo") == []


Move = tuple[int, Act | str]
MOVES: Final = st.tuples(
    st.integers(0, 1), st.one_of(ACTS, ACTS, st.sampled_from(["keep", "take", "ask", "redo"]))
)


@settings(max_examples=SOME)
@given(moves=st.lists(MOVES, min_size=4, max_size=30))
def test_two_people_in_turn_undo_only_their_own(small_file: Path, moves: list[Move]) -> None:
    with at_work(small_file) as (session, clock, people):
        done: dict[int, list[str]] = {0: [], 1: []}
        undone: dict[int, list[str]] = {0: [], 1: []}
        for who, move in moves:
            session.actor = people[who]
            clock.moment += timedelta(minutes=1)
            if isinstance(move, Act):
                written = attempt(session, move)
                if written is not None and written.key is not None:
                    done[who].append(written.title)
                    undone[who].clear()
            else:
                _one_back(session, move, done[who], undone[who])
            assert agrees(session)
            assert [each.what for each in stack(session, "undo")] == done[who][::-1]
            assert [each.what for each in stack(session, "redo")] == undone[who][::-1]


def _one_back(session: Session, move: str, done: list[str], undone: list[str]) -> None:
    """Undo with a choice, or redo with "keep"; what is refused changes nothing."""
    direction, source, target = ("redo", undone, done) if move == "redo" else ("undo", done, undone)
    later: Later = "take" if move == "take" else "ask" if move == "ask" else "keep"
    before = rows(session)
    plan = pending(session, "undo")
    try:
        take_back(session, "redo" if direction == "redo" else "undo", later=later)
    except RuleBroken as refusal:
        assert rows(session) == before
        if isinstance(refusal, InTheWay):
            assert later != "keep"
            assert plan is not None
            assert plan.places
        return
    if later == "ask":
        assert plan is not None
        assert not plan.places
    elif direction == "undo" and later == "keep":
        assert plan is not None
        assert plan.left or rows(session) == before
    target.append(source.pop())
