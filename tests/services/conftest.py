"""A real file in a temporary folder, made once and copied: the demo, or a fresh plan."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from socius_tui.i18n import get_language, set_language
from socius_tui.services.clock import FixedClock
from socius_tui.services.demo import build_demo
from socius_tui.services.session import Session
from socius_tui.services.setup import FirstStart, create_database

MID_2016 = FixedClock(datetime(2016, 6, 30, 12, tzinfo=UTC))


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Speak English during a test."""
    before = get_language()
    set_language("en")
    yield
    set_language(before)


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo; tests copy it."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    build_demo(path)
    return path


@pytest.fixture(scope="session")
def fresh_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real plan with sample organisations and one person, nothing logged yet."""
    path = tmp_path_factory.mktemp("fresh") / "fresh.db"
    start = FirstStart(sample_organisations=True, person="An Peeters")
    create_database(path, start, clock=MID_2016)
    return path


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
