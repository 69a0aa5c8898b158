"""The store's sentences are tested in English; another test checks the translations."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from socius_tui.i18n import get_language, set_language


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Speak English during a test."""
    before = get_language()
    set_language("en")
    yield
    set_language(before)
