"""Runs command lines in this process, on copies of real files."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from socius_tui.cli.run import run
from socius_tui.i18n import get_language, set_language
from socius_tui.services.clock import FixedClock
from socius_tui.services.demo import build_demo
from socius_tui.services.setup import FirstStart, create_database

MID_2016 = FixedClock(datetime(2016, 6, 30, 12, tzinfo=UTC))


class Said(NamedTuple):
    """What a command line said, and its exit code."""

    code: int
    out: str
    err: str


Socius = Callable[..., Said]


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    before = get_language()
    yield
    set_language(before)


@pytest.fixture
def socius(monkeypatch: pytest.MonkeyPatch) -> Socius:
    """Run a command line, in English unless it says otherwise; a test says with what code."""
    monkeypatch.setenv("LANG", "en_GB.UTF-8")

    def call(*arguments: object, code: int = 0) -> Said:
        out, err = io.BytesIO(), io.BytesIO()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "stdout", io.TextIOWrapper(out, "utf-8", newline=""))
            patch.setattr(sys, "stderr", io.TextIOWrapper(err, "utf-8", newline=""))
            found = run([str(argument) for argument in arguments])
            sys.stdout.flush()
            sys.stderr.flush()
            said = Said(found, out.getvalue().decode(), err.getvalue().decode())
        assert said.code == code, said
        assert "Traceback" not in said.err
        return said

    return call


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
def demo(demo_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the demo, which is the database of this test."""
    path = Path(shutil.copy(demo_file, tmp_path / "demo.db"))
    monkeypatch.setenv("SOCIUS_DB", str(path))
    return path


@pytest.fixture
def fresh(fresh_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the fresh file, which is the database of this test."""
    path = Path(shutil.copy(fresh_file, tmp_path / "fresh.db"))
    monkeypatch.setenv("SOCIUS_DB", str(path))
    return path
