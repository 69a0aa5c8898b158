"""What the measurements share: pairs of runs, ratios, a demo to measure on, a terminal.

Every figure that counts is a ratio to a floor that ran in the same minutes on the same
machine: milliseconds alone say more about the machine and its other work than about us.
Nothing here decides whether a figure is good enough.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).resolve().parent
SOCIUS = Path(sys.executable).with_name("socius")

Work = Callable[[], float]
"""Does something once and gives how long it took, in seconds."""


def rounds(default: int, about: str) -> int:
    """How many rounds to measure: `-n` on the command line, else the default."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("-n", type=int, default=default, help=f"rounds (default {default})")
    return max(1, int(parser.parse_args().n))


def environment(home: Path, database: Path, **more: str) -> dict[str, str]:
    """A clean environment: an empty home, this database, Dutch, bytecode as users have it."""
    kept = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
    return {
        **kept,
        "HOME": str(home),
        "SOCIUS_DB": str(database),
        "LANG": "nl_BE.UTF-8",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "COLUMNS": "120",
        **more,
    }


@contextmanager
def workplace() -> Iterator[tuple[Path, Path]]:
    """A folder to work in and a fresh demo database in it; both are gone afterwards."""
    from socius_tui.services.demo import build_demo

    with TemporaryDirectory(prefix="socius-bench-") as name:
        folder = Path(name)
        os.environ["XDG_STATE_HOME"] = str(folder / "state")  # what is remembered of its files
        database = folder / "demo.db"
        build_demo(database)
        yield folder, database


def process(command: Sequence[str | Path], env: Mapping[str, str]) -> Work:
    """A whole process, from before its start until its end; its output is thrown away."""

    def run() -> float:
        start = time.perf_counter()
        subprocess.run(command, env=env, stdout=subprocess.DEVNULL, check=True)
        return time.perf_counter() - start

    return run


def interleaved(works: Mapping[str, Work], n: int) -> dict[str, list[float]]:
    """Run each once to warm up, then n rounds in turn; every other round backwards."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work()
    for number in range(n):
        order = list(works)
        for name in order if number % 2 == 0 else reversed(order):
            found[name].append(works[name]())
    return found


def spread(values: Sequence[float], form: str) -> str:
    """Median and, between brackets, the middle half and the extremes."""
    ordered = sorted(values)
    middle = statistics.median(ordered)
    if len(ordered) < 4:
        return f"{middle:{form}} ({ordered[0]:{form}} to {ordered[-1]:{form}})"
    low, _half, high = statistics.quantiles(ordered, n=4, method="inclusive")
    return (
        f"{middle:{form}} (half in {low:{form}} to {high:{form}}, "
        f"all in {ordered[0]:{form}} to {ordered[-1]:{form}})"
    )


def report(found: Mapping[str, Sequence[float]], floor: str) -> None:
    """Print the ratio of each to the floor of the same round, and the milliseconds."""
    n = len(found[floor])
    print(f"{n} rounds; ratio to: {floor}")
    width = max(len(name) for name in found)
    for name, values in found.items():
        ratios = [value / base for value, base in zip(values, found[floor], strict=True)]
        middle = statistics.median(values) * 1000
        ratio = "1.00" if name == floor else spread(ratios, ".2f")
        print(f"  {name:<{width}}  {middle:8.1f} ms   x {ratio}")


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share (0 to 1) of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
