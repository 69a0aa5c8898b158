"""A half-filled form outlives the program, in real terminals with real signals."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal
from tests.e2e.test_main_job import press_each, socius

ENGLISH = ("--lang", "en", "--as-of", "2016-06-30")
_LABELS = (
    *("Organisation", "Date", "by", "It is", "how", "Goals", "Needs", "People met", "Note"),
    *("Private note", "Follow-up", "due"),
)
WORDS = "14/3/2016"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The real plan with sample organisations, nothing logged yet."""
    path = tmp_path / "plan.db"
    socius("--db", str(path), "init", "--sample-organisations", "--person", "An Peeters")
    return path


def kept(path: Path) -> str:
    """What is on the disk of unfinished forms."""
    with sqlite3.connect(path) as file:
        return "\n".join(row[0] for row in file.execute("SELECT fields FROM draft"))


def window(path: Path) -> Terminal:
    return Terminal(["--db", str(path), *ENGLISH])


def half_a_visit(terminal: Terminal) -> None:
    """A visit with an organisation and a day, not saved."""
    terminal.wait_for("SD1")
    terminal.press("v")
    terminal.wait_for("Organisation  ")
    press_each(terminal, "VER-07")
    terminal.wait_for("›VER-07 Vereniging 07 (voorbeeld)")
    terminal.press("\r")
    terminal.wait_for(lambda shown: re.search(r"Organisation +VER-07 Vereniging", shown))
    terminal.wait_for(lambda _shown: label_with_cursor(terminal) == "Date")
    press_each(terminal, "14/3/2016")
    terminal.wait_for("Mon 14 March 2016")


def label_with_cursor(terminal: Terminal) -> str:
    """The label that stands out: the one of the field with the cursor."""
    screen = terminal.screen
    for y in range(screen.lines):
        row = [screen.buffer[y][x] for x in range(screen.columns)]
        bold = "".join(cell.data if cell.bold else " " for cell in row)
        for word in bold.split("  "):
            for label in _LABELS:  # what is chosen beside it can stand out as well
                if f"{word.strip()} ".startswith(f"{label} "):
                    return label
    return ""


def killed(terminal: Terminal) -> None:
    assert terminal.send(signal.SIGKILL) == -signal.SIGKILL


def closed(terminal: Terminal) -> None:
    assert terminal.hang_up() == -signal.SIGHUP


def asked_to_end(terminal: Terminal) -> None:
    assert terminal.send(signal.SIGTERM) == 128 + signal.SIGTERM


@pytest.mark.parametrize("end", [killed, closed, asked_to_end])
def test_a_half_filled_form_is_offered_again(end: Callable[[Terminal], None], path: Path) -> None:
    with window(path) as terminal:
        half_a_visit(terminal)
        if end is killed:  # the others wait until it is kept
            terminal.until(lambda: WORDS in kept(path))
        end(terminal)
    assert WORDS in kept(path)
    assert "VER-07" in socius("--db", str(path), "draft", "list")
    with window(path) as terminal:
        for what in ("Unfinished forms", "VER-07 Vereniging 07", WORDS):
            terminal.wait_for(what)
        terminal.press("\r")
        for what in ("Organisation    VER-07 Vereniging 07", "Mon 14 March 2016"):
            terminal.wait_for(what)
        terminal.press("\x13")  # ctrl+s
        terminal.wait_for("SD1")
        terminal.press("q")
        assert terminal.ended() == 0
    assert kept(path) == ""
    assert "2016-03-14" in socius("--db", str(path), "visit", "list", "--format", "json")


def test_a_second_window_does_not_offer_what_the_first_has_open(path: Path) -> None:
    with window(path) as first, window(path) as second:
        half_a_visit(first)
        first.until(lambda: WORDS in kept(path))
        second.wait_for("SD1")
        second.press("\x0f")  # ctrl+o
        second.wait_for("There are no unfinished forms.")
        killed(first)
        second.press("\x0f")
        assert "VER-07" in second.wait_for("Unfinished forms")


def test_a_program_that_ignores_hanging_up_goes_on(path: Path) -> None:
    """As under nohup: nobody takes that away."""
    program = (
        "import asyncio, os, signal\n"
        "from socius_tui.ui.unfinished import mind_signals\n"
        "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "async def main():\n"
        "    mind_signals(None)\n"
        "    os.kill(os.getpid(), signal.SIGHUP)\n"
        "    await asyncio.sleep(0)\n"
        "    print('went on')\n"
        "asyncio.run(main())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env={**os.environ}
    )
    assert done.stdout == "went on\n", done.stderr
