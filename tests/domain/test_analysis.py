"""The grid of strategies: every list has a line on it, and they meet in nine words."""

from __future__ import annotations

import pytest

from socius_tui.domain.analysis import COLUMNS, GRID, KINDS, ROWS, meeting, places
from socius_tui.domain.chain import Chain, Step, Watch
from socius_tui.domain.model import Status


def test_every_word_is_where_a_row_and_a_column_meet() -> None:
    for row in ROWS:
        for column in COLUMNS:
            (word,) = set(places(row)) & set(places(column))
            assert meeting(word) == (row, column)
    assert len({word for row in GRID for word in row}) == 9
    assert places("threat") == ("limit_damage", "defend", "rethink")
    assert all(len(places(kind)) == 3 for kind in KINDS)
    with pytest.raises(ValueError):
        meeting("nothing")


def test_a_chain_knows_what_nothing_watches() -> None:
    watch = Watch("i", "OD1.1-a", "x", Status.MET)
    steps = (Step("1", "activity", "do", "", (watch,)), Step("2", "impact", "for", ""))
    chain = Chain("g", "OD1.1", "x", steps)
    assert chain.unwatched == 1
    assert [step.id for step in chain.at("impact")] == ["2"]
    assert chain.at("output") == ()
