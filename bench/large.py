"""A file that has grown for ten years, against the demo: what stays quick, and what not.

    python bench/large.py [-n ROUNDS] [--file LARGE] [--measurements 1000000] ...

Makes the file of `make_large.py`, or takes one that was made before, which is written in. Every
figure is a ratio of two works that ran in turn: the large file to the demo, or to a floor.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path

from _measure import HERE, SOCIUS, Work, environment, interleaved, process, report, workplace
from _terminal import Terminal
from make_large import make

SMALL, LARGE = "the demo", "the large file"
PAST = date(2015, 5, 20)
SCAN = (
    "SELECT indicator_id, max(observed_on), count(*), sum(value) FROM measurement"
    " WHERE observed_on <= ? GROUP BY indicator_id"
)
DOWN, UP, PAGE_DOWN, PAGE_UP, HOME, END = (
    *(b"\x1b[B", b"\x1b[A", b"\x1b[6~", b"\x1b[5~", b"\x1b[H", b"\x1b[F"),
)
MOVES = (DOWN, DOWN, DOWN, UP, PAGE_DOWN, PAGE_DOWN, PAGE_UP, END, UP, HOME)
SCREENS = {"overview": b"1", "tree": b"2", "visits": b"3", "organisations": b"4"}


def timed(work: Callable[[], object]) -> Work:
    """How long it takes."""

    def run() -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return run


def questions(database: Path) -> dict[str, Callable[[], object]]:
    """What the screens ask, on an open file."""
    from socius_tui.domain.filters import VisitFilter
    from socius_tui.services import log, overview
    from socius_tui.services.publishing import publish
    from socius_tui.services.session import Session

    session = Session(database)
    everything = VisitFilter()
    publish(session)
    last = max(0, log.count_visits(session, everything) - 100)
    return {
        "status as kept": lambda: overview.plan_status(session),
        "status of another day": lambda: overview.plan_status(session, on=PAST),
        "coverage": lambda: overview.coverage(session),
        "trend (eight days)": lambda: overview.trend(session),
        "log: count": lambda: log.count_visits(session, everything),
        "log: first page": lambda: log.visit_log(session, everything, limit=100),
        "log: last page": lambda: log.visit_log(session, everything, limit=100, offset=last),
        "search: find a word": lambda: log.find(session, "ploeg"),
    }


def visit_logged(database: Path) -> Work:
    """One visit, its commit included."""
    from socius_tui.services.session import Session
    from socius_tui.services.visiting import LogVisit

    session = Session(database)
    (organisation,) = session.read(lambda c: c.execute("SELECT id FROM organisation").fetchone())
    return timed(
        lambda: session.write(
            LogVisit.of(organisation_id=organisation, visited_on=session.today, summary="kort")
        )
    )


def bare_insert(path: Path) -> Work:
    """A row in a table of another file, as durable."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = DELETE", "synchronous = EXTRA", "secure_delete = ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE visit (id INTEGER PRIMARY KEY, day TEXT, summary TEXT)")
    return timed(lambda: connection.execute("INSERT INTO visit (day) VALUES ('2018-06-30')"))


def scanned(database: Path) -> Work:
    """The covering index of the measurements, read once by SQL."""

    def scan() -> None:
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("PRAGMA cache_size = -65536")
            connection.execute(SCAN, (PAST.isoformat(),)).fetchall()

    return timed(scan)


def judged(database: Path) -> Work:
    """The status of a day that nothing holds, on a file that was just opened."""
    from socius_tui.services import overview
    from socius_tui.services.session import Session

    def judge() -> None:
        with Session(database) as session:
            overview.plan_status(session, on=PAST)

    return timed(judge)


def shown(command: list[str | Path], env: Mapping[str, str]) -> Work:
    """A program in a terminal until the first goal is there."""

    def run() -> float:
        with Terminal(command, env, 80, 24) as terminal:
            return terminal.wait_for("SD1") - terminal.started

    return run


def keys(files: Mapping[str, Path], folder: Path) -> None:
    """From a key to the first output, on every screen; and the memory of it all."""
    found: dict[str, dict[str, list[float]]] = {}
    for name, path in files.items():
        with Terminal([SOCIUS], environment(folder, path), 80, 24) as terminal:
            terminal.wait_for("SD1")
            terminal.settle(1.0)
            for screen, key in SCREENS.items():
                terminal.send(key)
                terminal.settle(3.0)
                times = [terminal.press(move)[0] for move in MOVES * 2]
                found.setdefault(f"keys: {screen}", {})[name] = times
            again = []
            for _ in range(5):
                terminal.send(SCREENS["visits"])
                terminal.settle(0.5)
                again.append(terminal.press(SCREENS["overview"])[0])
            found.setdefault("overview opened again", {})[name] = again
            print(f"memory after every screen, {name}: {terminal.peak_memory:.0f} MB")
    for what, pair in found.items():
        print(what)
        report(pair, SMALL)


def main() -> None:
    """Make, measure and report."""
    parser = argparse.ArgumentParser(description="a file that has grown for ten years")
    parser.add_argument("-n", type=int, default=5)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--measurements", type=int, default=1_000_000)
    parser.add_argument("--visits", type=int, default=100_000)
    parser.add_argument("--changes", type=int, default=2_000_000)
    given = parser.parse_args()
    with workplace() as (folder, demo):
        large = given.file or folder / "large.db"
        if given.file is None:
            make(
                large,
                measurements=given.measurements,
                visits=given.visits,
                changes=given.changes,
            )
        files = {SMALL: demo, LARGE: large}
        small, big = questions(demo), questions(large)
        for name in small:
            print(name, flush=True)
            report(
                interleaved({SMALL: timed(small[name]), LARGE: timed(big[name])}, given.n), SMALL
            )
        print("status of a past day")
        works = {"one scan of the index": scanned(large), "status": judged(large)}
        report(interleaved(works, given.n), "one scan of the index")
        print("whole process, goals in the terminal", flush=True)
        from status import FLOOR, prepare_floor

        prepare_floor(demo, folder / "floor.db")
        floor: list[str | Path] = [sys.executable, HERE / "_floor_status.py", folder / "floor.db"]
        works = {FLOOR: process(floor, environment(folder, demo))}
        for name, path in files.items():
            works[name] = process([SOCIUS, "status"], environment(folder, path))
        report(interleaved(works, given.n), FLOOR)
        bare: list[str | Path] = [sys.executable, HERE / "_floor_paint.py"]
        works = {"a bare application": shown(bare, environment(folder, demo))}
        for name, path in files.items():
            works[name] = shown([SOCIUS], environment(folder, path))
        report(interleaved(works, given.n), "a bare application")
        keys(files, folder)
        print("one visit logged, its commit included")
        works = {
            "an insert as durable": bare_insert(large.with_name("bare.db")),
            SMALL: visit_logged(demo),
            LARGE: visit_logged(large),
        }
        report(interleaved(works, 4 * given.n), "an insert as durable")
        large.with_name("bare.db").unlink()


if __name__ == "__main__":
    main()
