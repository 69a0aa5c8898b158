"""The main job in a real terminal: log a visit by keys and see the numbers move."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.terminal import Terminal

AS_OF = ("--as-of", "2016-06-30")


def socius(*arguments: str, exit_code: int = 0) -> str:
    """Run the command line as a process of its own and give what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "socius_tui", *arguments],
        env={**os.environ},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == exit_code, done.stderr
    return done.stdout


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The real plan with sample organisations, nothing logged yet."""
    path = tmp_path / "plan.db"
    socius("--db", str(path), "init", "--sample-organisations", "--person", "An Peeters")
    return path


def value(path: Path, code: str) -> Any:
    """The value of an indicator on 30 June 2016, as a machine reads it."""
    rows = json.loads(socius("--db", str(path), *AS_OF, "status", "--format", "json"))
    return next(row for row in rows if row["code"] == code)["value"]


def press_each(terminal: Terminal, keys: Sequence[str]) -> None:
    """Send keys one by one, as a person does."""
    for key in keys:
        terminal.press(key)


def test_a_visit_logged_by_keys_moves_the_plan(path: Path) -> None:
    assert not value(path, "BO2-a")
    with Terminal(["--db", str(path), *AS_OF]) as terminal:
        terminal.wait_for("SD1")
        terminal.press("c")
        before = terminal.wait_for("Verenigingen")
        terminal.press("v")
        terminal.wait_for("Organisatie  ")
        press_each(terminal, "VER-07")
        terminal.wait_for("›VER-07 Vereniging 07 (voorbeeld)")
        terminal.press("\r")
        terminal.wait_for(lambda shown: re.search(r"Organisatie +VER-07 Vereniging", shown))
        press_each(terminal, "14/3/2016")
        terminal.wait_for("ma 14 maart 2016")
        terminal.press("\x13")  # ctrl+s
        after = terminal.wait_for(lambda shown: "SD1" in shown or "Verenigingen" in shown)
        terminal.wait_for(lambda shown: _visited(shown) == 1)
        terminal.press("q")
        assert terminal.ended() == 0
    assert "Traceback" not in before + after
    assert value(path, "BO2-a") == 1
    visits = json.loads(socius("--db", str(path), "visit", "list", "--format", "json"))
    assert [(v["date"], v["organisation"]) for v in visits] == [
        ("2016-03-14", "Vereniging 07 (voorbeeld)")
    ]


def _visited(shown: str) -> int | None:
    """How many associations the coverage pane says were visited."""
    for line in shown.splitlines():
        if "Verenigingen" in line:
            numbers = [word for word in line.replace("/", " ").split() if word.isdigit()]
            return int(numbers[0]) if numbers else None
    return None


def test_a_terminal_that_is_closed_leaves_the_file_whole(path: Path) -> None:
    with Terminal(["--db", str(path), *AS_OF]) as terminal:
        terminal.wait_for("SD1")
        terminal.press("v")
        terminal.wait_for("Organisatie  ")
    assert socius("--db", str(path), *AS_OF, "status")


def test_a_bad_file_is_a_sentence_not_a_traceback(tmp_path: Path) -> None:
    path = tmp_path / "not.db"
    path.write_text("no database")
    with Terminal(["--db", str(path)]) as terminal:
        code = terminal.ended()
        shown = terminal.text()
    assert code == 3
    assert "not.db" in shown.replace("\n", "")
    assert "Traceback" not in shown
