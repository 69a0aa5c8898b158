"""What a command line call may load: static contracts cannot see that an import is deferred."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("textual", "sqlite_utils", "pydantic")
IMPORTED = re.compile(r"^import time:\s+\d+ \|\s+\d+ \|\s+([\w.]+)$", re.MULTILINE)
START = "import sys; sys.argv[0] = 'socius'; from socius_tui.cli import main; main()"


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python with a report of every import on stderr, also of those undone later."""
    return subprocess.run(
        [sys.executable, "-X", "importtime", "-c", code, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=120,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )


def loaded(done: subprocess.CompletedProcess[str]) -> set[str]:
    return {name.partition(".")[0] for name in IMPORTED.findall(done.stderr)}


def told(done: subprocess.CompletedProcess[str]) -> str:
    """What the process said, without the report of imports."""
    errors = [line for line in done.stderr.splitlines() if not line.startswith("import time:")]
    return "\n".join([done.stdout, *errors])


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real plan with the placeholder organisations, made by the program itself."""
    path = tmp_path_factory.mktemp("light") / "plan.db"
    done = run(
        START, "--db", str(path), "init", "--plan", "socius-2016-2020", "--sample-organisations"
    )
    assert done.returncode == 0, told(done)
    return path


def test_the_report_sees_heavy_imports() -> None:
    done = run("import " + ", ".join(HEAVY))
    assert done.returncode == 0, told(done)
    assert set(HEAVY) <= loaded(done)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["status", "--help"]])
def test_help_and_version_start_light(arguments: list[str]) -> None:
    done = run(START, *arguments)
    assert done.returncode == 0, told(done)
    assert done.stdout.strip()
    assert "socius_tui" in loaded(done)
    assert not loaded(done) & set(HEAVY)


def test_version_is_that_of_the_package() -> None:
    import socius_tui

    assert socius_tui.__version__ in run(START, "--version").stdout


@pytest.mark.parametrize("form", ["table", "csv", "json", "markdown"])
def test_status_starts_light(database: Path, form: str) -> None:
    done = run(START, "--db", str(database), "status", "--format", form)
    assert done.returncode == 0, told(done)
    assert "SD1" in done.stdout
    assert not loaded(done) & set(HEAVY)


def test_export_starts_light(database: Path, tmp_path: Path) -> None:
    target = tmp_path / "status.csv"
    done = run(START, "--db", str(database), "export", "status", str(target))
    assert done.returncode == 0, told(done)
    assert "SD1" in target.read_text(encoding="utf-8")
    assert not loaded(done) & set(HEAVY)
