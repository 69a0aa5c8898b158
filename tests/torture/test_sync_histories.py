"""Ten thousand histories of laptops that exchange, in portions that run side by side."""

from __future__ import annotations

import pytest
from hypothesis import given, seed, settings

from tests.store.sync import histories
from tests.store.sync.laptops import same_tables
from tests.torture import times


@pytest.mark.parametrize("portion", range(times(1, 100)))
def test_laptops_come_to_the_same(portion: int) -> None:
    examples = settings(max_examples=times(5, 100), derandomize=False)
    with same_tables():
        seed(portion)(examples(given(histories.steps, histories.skews)(histories.converge)))()
