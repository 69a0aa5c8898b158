"""From a key to the repaint, in a real terminal: moving in a list and a tree, changing screens.

    python bench/keys.py [-n ROUNDS]

First is the first output after the key (of a screen: its data), all the last before the
program is silent. A screen
that is opened for the first time in a session loads its module, makes its widgets and asks
for its data; the second time it is there. Down is held against the arrow key in a bare
Textual list of the same number of rows.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Sequence

from _measure import HERE, SOCIUS, environment, percentile, rounds, workplace
from _terminal import Terminal

DOWN, UP, PAGE_DOWN, PAGE_UP, HOME, END = (
    b"\x1b[B",
    b"\x1b[A",
    b"\x1b[6~",
    b"\x1b[5~",
    b"\x1b[H",
    b"\x1b[F",
)
MOVES = {
    "down": [DOWN] * 12,
    "up": [UP] * 12,
    "page down, page up": [PAGE_DOWN, PAGE_UP] * 3,
    "end, home": [END, HOME] * 3,
}
SCREENS = {  # key -> what is on that screen alone, once it shows data
    "2": "▾ SD1",
    "3": "(voorbeeld)",
    "4": "Beweging 02",
    "1": "SD1    ",
}


def line(name: str, pairs: Sequence[tuple[float, float]], beside: float | None = None) -> None:
    """Print one row of the report; `beside` is the floor's median first, in seconds."""
    first = [a * 1000 for a, _ in pairs]
    whole = [b * 1000 for _, b in pairs]
    ratio = "" if beside is None else f"   x {statistics.median(first) / 1000 / beside:.2f}"
    print(
        f"  {name:<34} first {statistics.median(first):6.1f} (95 %: {percentile(first, 0.95):6.1f})"
        f"   all {statistics.median(whole):6.1f} (95 %: {percentile(whole, 0.95):6.1f}){ratio}"
    )


def moves(terminal: Terminal, n: int) -> dict[str, list[tuple[float, float]]]:
    """Every move, n rounds."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in MOVES}
    for _ in range(n):
        for name, keys in MOVES.items():
            found[name] += [terminal.press(key) for key in keys]
    return found


def main() -> None:
    """Measure and report."""
    n = rounds(3, "key to repaint")
    with workplace() as (folder, database):
        env = environment(folder, database)
        for columns, lines in ((80, 24), (140, 40)):
            print(f"{columns} x {lines}, in ms")
            with Terminal([sys.executable, HERE / "_floor_list.py"], env, columns, lines) as bare:
                bare.wait_for("row 1")
                bare.settle()
                floor = [bare.press(DOWN) for _ in range(12 * n)]
            line("floor: bare OptionList, down", floor)
            base = statistics.median(a for a, _ in floor)
            for screen, place in (("1", "overview, goals"), ("2", "goals, tree")):
                with Terminal([SOCIUS], env, columns, lines) as terminal:
                    terminal.wait_for("SD1")
                    terminal.settle(1.0)
                    if screen != "1":
                        terminal.send(screen.encode())
                        terminal.settle(1.0)
                    for name, pairs in moves(terminal, n).items():
                        line(f"{place}: {name}", pairs, base)
            openings: dict[str, list[tuple[float, float]]] = {}
            for _ in range(max(3, n)):
                with Terminal([SOCIUS], env, columns, lines) as terminal:
                    terminal.wait_for("SD1")
                    terminal.settle(1.0)
                    for time in ("first", "again"):
                        for key in SCREENS:
                            if (time, key) == ("first", "1"):
                                name = "screen 1, back"
                            else:
                                name = f"screen {key}, {time}"
                            pair = opened(terminal, key)
                            openings.setdefault(name, []).append(pair)
            for name, pairs in openings.items():
                line(name, pairs)


def opened(terminal: Terminal, key: str) -> tuple[float, float]:
    """Go to a screen: until its data is there, and until nothing more is painted."""
    start = terminal.send(key.encode())
    there = terminal.wait_for(SCREENS[key])
    last = terminal.settle(0.3) or there
    return there - start, last - start


if __name__ == "__main__":
    main()
