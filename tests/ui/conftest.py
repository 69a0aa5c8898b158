"""Files to look at: made once, copied for each test, so that each may write in its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from socius_tui import i18n
from tests.ui import plans


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The interface speaks English, so that tests read like the code."""
    before = i18n.get_language()
    i18n.set_language("en")
    yield
    i18n.set_language(before)


@pytest.fixture(scope="session")
def _small_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return plans.small_plan(tmp_path_factory.mktemp("small") / "plan.db")


@pytest.fixture
def small(_small_template: Path, tmp_path: Path) -> Path:
    """A small plan with goals, indicators, organisations and visits."""
    return Path(shutil.copy(_small_template, tmp_path / "plan.db"))


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path) -> Path:
    """The real plan with made-up data."""
    return Path(shutil.copy(demo_file, tmp_path / "demo.db"))


@pytest.fixture
def planless(tmp_path: Path) -> Path:
    """A file without a plan."""
    return plans.empty_file(tmp_path / "planless.db")


@pytest.fixture
def goalless(tmp_path: Path) -> Path:
    """A plan without goals."""
    return plans.plan_without_goals(tmp_path / "goalless.db")
