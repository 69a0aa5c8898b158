"""Whatever laptops write and however they exchange: the same rows, and nobody's word lost."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings

from tests.store.sync import histories
from tests.store.sync.laptops import same_tables


@settings(max_examples=100)
@given(histories.steps, histories.skews)
def test_laptops_come_to_the_same(steps: list[tuple[Any, ...]], skews: list[int]) -> None:
    with same_tables():
        histories.converge(steps, skews)
