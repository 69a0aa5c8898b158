"""Runs command lines in this process, on copies of real files."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from socius_tui.cli.run import run
from socius_tui.i18n import get_language, set_language


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
