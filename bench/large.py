"""A file a hundred times as large as a plan will ever need: what stays quick, and what not.

    python bench/large.py [-n ROUNDS] [--measurements 100000] [--visits 20000]

The rows of the demo are repeated with other ids on other days, in one transaction of bulk
inserts, so that every index and trigger takes part. The same questions are put to the demo
itself, in turn; the ratio says what the size costs.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from _measure import SOCIUS, environment, interleaved, process, report, workplace
from _terminal import Terminal

COPIES = """
WITH RECURSIVE copy(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copy WHERE n < :copies)
"""
# From 2016-01-01 on, over the 911 days until the demo's today.
DAY = "date('2016-01-01', '+' || ((abs(random()) % 911)) || ' days')"
MEASUREMENTS = f"""{COPIES}
INSERT INTO measurement (id, indicator_id, observed_on, form, value, numerator, denominator,
  qualifier, work_type_id, note, evidence, recorded_by, recorded_at)
SELECT m.id || '-' || n, indicator_id, {DAY}, form, value, numerator, denominator, qualifier,
  work_type_id, note, evidence, recorded_by, recorded_at
FROM (SELECT * FROM measurement WHERE retired_at IS NULL) m, copy LIMIT :rows
"""
VISITS = f"""{COPIES}
INSERT INTO visit (id, organisation_id, visited_on, status, mode, visitor_id, summary,
  private_note, recorded_at)
SELECT v.id || '-' || n, organisation_id, {DAY}, status, mode, visitor_id, summary,
  private_note, recorded_at
FROM (SELECT * FROM visit WHERE status = 'done' AND retired_at IS NULL) v, copy LIMIT :rows
"""
GOALS = """
INSERT INTO visit_goal (id, visit_id, goal_id)
SELECT g.id || substr(v.id, 37), v.id, g.goal_id
FROM visit v JOIN visit_goal g ON g.visit_id = substr(v.id, 1, 36)
WHERE length(v.id) > 36 AND g.retired_at IS NULL
"""


def build(demo: Path, large: Path, measurements: int, visits: int) -> float:
    """Make the large file out of the demo; gives the seconds."""
    start = time.perf_counter()
    shutil.copyfile(demo, large)
    connection = sqlite3.connect(large, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("BEGIN")
    for statement, table, rows in (
        (MEASUREMENTS, "measurement", measurements),
        (VISITS, "visit", visits),
    ):
        there = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        connection.execute(statement, {"copies": rows // there + 2, "rows": rows - there})
    connection.execute(GOALS)
    connection.execute("COMMIT")
    connection.close()
    from socius_tui.services.session import Session

    Session(large).close()  # indexes for search what was written past it
    return time.perf_counter() - start


def timed(work: Callable[[], object]) -> Callable[[], float]:
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
    from socius_tui.services.session import Session

    session = Session(database)
    everything = VisitFilter()
    last = max(0, log.count_visits(session, everything) - 100)
    return {
        "status of the plan": lambda: overview.plan_status(session),
        "coverage": lambda: overview.coverage(session),
        "trend (eight days)": lambda: overview.trend(session),
        "log: count": lambda: log.count_visits(session, everything),
        "log: first page of 100": lambda: log.visit_log(session, everything, limit=100),
        "log: last page of 100": lambda: log.visit_log(session, everything, limit=100, offset=last),
        "log: find a word": lambda: log.visit_log(session, VisitFilter(text="ploeg"), limit=100),
        "search: find a word": lambda: log.find(session, "ploeg"),
    }


def overview_shown(database: Path, home: Path) -> Callable[[], float]:
    """The program in a terminal, from its start until the overview shows data."""

    def run() -> float:
        with Terminal([SOCIUS], environment(home, database), 140, 40) as terminal:
            return terminal.wait_for("SD1") - terminal.started

    return run


def main() -> None:
    """Build, measure and report."""
    parser = argparse.ArgumentParser(description="a large file")
    parser.add_argument("-n", type=int, default=5)
    parser.add_argument("--measurements", type=int, default=100_000)
    parser.add_argument("--visits", type=int, default=20_000)
    given = parser.parse_args()
    with workplace() as (folder, demo):
        large = folder / "large.db"
        seconds = build(demo, large, given.measurements, given.visits)
        print(
            f"{given.measurements} measurements, {given.visits} visits: built and indexed in "
            f"{seconds:.1f} s, {large.stat().st_size / 1e6:.0f} MB"
        )
        small, big = questions(demo), questions(large)
        for name in small:
            print(name)
            pair = {"the demo": timed(small[name]), "the large file": timed(big[name])}
            report(interleaved(pair, given.n), "the demo")
        print("socius status, whole process")
        works = {
            name: process([SOCIUS, "status"], environment(folder, path))
            for name, path in (("the demo", demo), ("the large file", large))
        }
        report(interleaved(works, given.n), "the demo")
        print("socius until the overview shows data, 140 x 40")
        works = {
            name: overview_shown(path, folder)
            for name, path in (("the demo", demo), ("the large file", large))
        }
        report(interleaved(works, given.n), "the demo")


if __name__ == "__main__":
    main()
