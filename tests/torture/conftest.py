"""What these tests share: a folder in memory, and English."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from socius_tui.i18n import get_language, set_language


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Speak English during a test."""
    before = get_language()
    set_language("en")
    yield
    set_language(before)


@pytest.fixture
def quick_folder() -> Iterator[Path]:
    """A folder in memory where there is one: thousands of files are written in it."""
    memory = Path("/dev/shm")
    place = memory if memory.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="socius-cut-", dir=place) as name:
        yield Path(name)
