"""The language of sentences: English where a test reads them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from socius_tui import i18n


@pytest.fixture
def english() -> Iterator[None]:
    """Sentences in English for one test."""
    before = i18n.get_language()
    i18n.set_language("en")
    yield
    i18n.set_language(before)
