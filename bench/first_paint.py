"""How long until `socius` shows data in a real terminal, against a bare Textual application.

    python bench/first_paint.py [-n ROUNDS]

From before the process starts until "SD1", a goal's code, has arrived on the screen. Also:
until everything is there (the trend is the last to come) and nothing more is painted.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from _measure import HERE, SOCIUS, Work, environment, interleaved, report, rounds, workplace
from _terminal import Terminal

FLOOR = "floor: bare Textual application"
MARK = "SD1"


def paint(
    command: Sequence[str | Path], env: Mapping[str, str], columns: int, lines: int, whole: bool
) -> Work:
    """Start it, wait for the mark (and then for silence), end it."""

    def run() -> float:
        with Terminal(command, env, columns, lines) as terminal:
            moment = terminal.wait_for(MARK)
            if whole:
                moment = terminal.settle(0.5) or moment
            return moment - terminal.started

    return run


def main() -> None:
    """Measure and report."""
    n = rounds(11, "first paint")
    with workplace() as (folder, database):
        env = environment(folder, database)
        bare: list[str | Path] = [sys.executable, HERE / "_floor_paint.py"]
        for columns, lines in ((80, 24), (140, 40)):
            print(f"{columns} x {lines}")
            report(
                interleaved(
                    {
                        FLOOR: paint(bare, env, columns, lines, whole=False),
                        "socius, goals there": paint([SOCIUS], env, columns, lines, whole=False),
                        "socius, all painted": paint([SOCIUS], env, columns, lines, whole=True),
                    },
                    n,
                ),
                FLOOR,
            )


if __name__ == "__main__":
    main()
