"""What the journal costs: time for each write, bytes for each change, and looking after it.

    python bench/journal.py [-n ROUNDS] [--rows 100000]

The same work is done in the same minutes on two files that differ in one thing: one has the
triggers of the journal and the other has not.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import statistics
import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from _measure import Work, interleaved, report, spread, workplace

from socius_tui.services.clock import FixedClock
from socius_tui.services.session import Session
from socius_tui.store.journal import keeping
from socius_tui.store.journal.comparison import differences
from socius_tui.store.unit_of_work import Transaction

WITH, WITHOUT = "with the journal", "without"
NOON = FixedClock(datetime(2018, 6, 30, 12, tzinfo=UTC))


def both(demo: Path, folder: Path) -> dict[str, Path]:
    """Two copies of the demo, one without triggers of the journal."""
    paths = {WITHOUT: folder / "without.db", WITH: folder / "with.db"}
    for path in paths.values():
        shutil.copyfile(demo, path)
    connection = sqlite3.connect(paths[WITHOUT])
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'journal_*'"
    ).fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    # Else they would be made again when the file is opened.
    connection.execute(
        "UPDATE journal_state SET fingerprint = ?", (keeping.fingerprint(connection),)
    )
    connection.commit()
    connection.close()
    return paths


def visit(session: Session) -> Callable[[], object]:
    """A visit with its goal, need, who was met and a promise: five rows."""
    from socius_tui.domain.filters import OrganisationFilter
    from socius_tui.services.register import organisation_list
    from socius_tui.services.resolve import find_goal
    from socius_tui.services.visiting import LogVisit, Promise

    day = date(2018, 6, 1)
    (chosen,) = organisation_list(session, OrganisationFilter(since=day, until=day), limit=1)
    case = LogVisit.of(
        organisation_id=chosen.id,
        visited_on=day,
        goal_ids=(find_goal(session, "OD2.3").id,),
        needs=("vrijwilligers",),
        met=("Voorzitter",),
        summary="Gesprek over de werking en de ploeg.",
        promises=(Promise.of(what="Bezorg het draaiboek"),),
    )
    return lambda: session.write(case)


def measurement(session: Session) -> Callable[[], object]:
    """Progress that is entered: one row."""
    from socius_tui.services.measuring import AddMeasurement
    from socius_tui.services.resolve import find_indicator

    indicator = find_indicator(session, "OD2.3-b").id
    case = AddMeasurement.of(indicator_id=indicator, observed_on=date(2018, 6, 1), value="3")
    return lambda: session.write(case)


def bulk(rows: int, kind: str) -> Callable[[Session], None]:
    """So many rows of one table in one transaction, through Transaction.insert."""

    def organisations(transaction: Transaction) -> str:
        work_type = transaction.connection.execute("SELECT id FROM work_type").fetchone()[0]
        for number in range(rows):
            transaction.insert(
                "organisation",
                {
                    "code": f"X-{number:06d}",
                    "name": f"Organisatie {number}",
                    "work_type_id": work_type,
                    "municipality": "Mechelen",
                    "note": "Overgenomen uit de lijst",
                },
            )
        return "organisations"

    def measurements(transaction: Transaction) -> str:
        indicator = transaction.connection.execute(
            "SELECT id FROM indicator WHERE code = 'OD2.3-b'"
        ).fetchone()[0]
        for number in range(rows):
            transaction.insert(
                "measurement",
                {
                    "indicator_id": indicator,
                    "observed_on": f"2018-{number % 12 + 1:02d}-01",
                    "form": "value",
                    "value": str(number),
                    "recorded_at": transaction.stamp,
                },
            )
        return "measurements"

    work = organisations if kind == "organisations" else measurements

    def run(session: Session) -> None:
        session.database.write(work, today=session.today, now=NOON.now(), actor=None)

    return run


def timed(work: Callable[[], object]) -> Work:
    """How long it takes, in seconds."""

    def run() -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return run


def middle(work: Callable[[], object], rounds: int = 20) -> float:
    """The median of how long it takes, in milliseconds."""
    return statistics.median(timed(work)() for _round in range(rounds)) * 1000


def more(cases: Mapping[str, Callable[[], object]], rounds: int) -> list[float]:
    """How much longer the processor works on one with the journal, in milliseconds.

    Without the waiting for the disk and for other programs, which is far more.
    """

    def work(name: str) -> float:
        start = time.process_time()
        cases[name]()
        return time.process_time() - start

    return [(work(WITH) - work(WITHOUT)) * 1000 for _round in range(rounds)]


def use_cases(paths: Mapping[str, Path], rounds: int) -> None:
    """A use case many times on each file, in turn."""
    for use_case in (measurement, visit):
        print(use_case.__doc__)
        sessions = {name: Session(path, clock=NOON) for name, path in paths.items()}
        cases = {name: use_case(session) for name, session in sessions.items()}
        report(interleaved({name: timed(case) for name, case in cases.items()}, rounds), WITHOUT)
        longer = more(cases, rounds)
        print(f"  more work for the processor: {spread(longer, '.2f')} ms (goal: at most 0.2)")
        for session in sessions.values():
            session.close()


def imports(paths: Mapping[str, Path], rows: int, rounds: int, folder: Path) -> None:
    """So many rows at once; and what they weigh on disk."""
    for kind in ("organisations", "measurements"):
        weight: dict[str, int] = {}

        def imported(name: str, kind: str, weight: dict[str, int]) -> Work:
            def run() -> float:
                path = folder / "bulk.db"
                shutil.copyfile(paths[name], path)
                with Session(path, clock=NOON) as session:
                    taken = timed(lambda: bulk(rows, kind)(session))()
                weight[name] = path.stat().st_size
                path.unlink()
                return taken

            return run

        works = {name: imported(name, kind, weight) for name in paths}
        print(f"{rows} {kind} in one transaction (goal: at most 4 x)")
        report(interleaved(works, rounds), WITHOUT)
        print(f"  {(weight[WITH] - weight[WITHOUT]) / rows:.0f} bytes a change (goal: about 400)")


def look(path: Path) -> None:
    """Open a file and read something: SQLite reads all tables and triggers first."""
    connection = sqlite3.connect(path)
    connection.execute("SELECT 1 FROM goal").fetchone()
    connection.close()


def looking_after(paths: Mapping[str, Path], rows: int) -> None:
    """What the start costs, and the comparison of all rows with the journal."""
    for name, path in paths.items():
        print(f"  SQLite opens the file, {name}: {middle(partial(look, path)):.1f} ms")
    with Session(paths[WITH], clock=NOON) as session:
        connection = session.database.connection
        check = middle(lambda: keeping.is_whole(connection))
        print(f"  fingerprint at the start: {check:.1f} ms")
        for what in ("as it is", f"with {rows} organisations more"):
            if what != "as it is":
                bulk(rows, "organisations")(session)
            taken = timed(lambda: list(differences(connection)))()
            (changes,) = connection.execute("SELECT count(*) FROM change").fetchone()
            print(f"  rows against journal, {what} ({changes} changes): {taken:.2f} s")


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description="the cost of the journal")
    parser.add_argument("-n", type=int, default=2)
    parser.add_argument("--rows", type=int, default=100_000)
    given = parser.parse_args()
    with workplace() as (folder, demo):
        paths = both(demo, folder)
        use_cases(paths, given.n * 40)
        imports(paths, given.rows, given.n, folder)
        print("looking after it")
        looking_after(paths, given.rows)


if __name__ == "__main__":
    main()
