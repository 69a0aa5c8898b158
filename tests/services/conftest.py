"""A real file in a temporary folder, made once and copied: the demo, or a fresh plan."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from socius_tui.i18n import get_language, set_language
from socius_tui.services.clock import FixedClock
from socius_tui.services.session import Session

MID_2016 = FixedClock(datetime(2016, 6, 30, 12, tzinfo=UTC))


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Speak English during a test."""
    before = get_language()
    set_language("en")
    yield
    set_language(before)


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path) -> Iterator[Session]:
    """A copy of the demo, open."""
    with Session(Path(shutil.copy(demo_file, tmp_path / "demo.db"))) as session:
        yield session


@pytest.fixture
def fresh(fresh_file: Path, tmp_path: Path) -> Iterator[Session]:
    """A copy of the fresh file, open on 30 June 2016, with An at the keyboard."""
    path = Path(shutil.copy(fresh_file, tmp_path / "fresh.db"))
    with Session(path, clock=MID_2016) as session:
        from socius_tui.services.register import staff

        session.actor = staff(session)[0].id
        yield session
