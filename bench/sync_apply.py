"""Taking over what colleagues did, against writing the same rows here.

    python bench/sync_apply.py [-n ROUNDS] [--visits 100000] [--transactions 10000]

A file with many visits; a colleague logs more of them, each a transaction with two rows. The floor
writes the same rows in one transaction by one statement a table, journal included. Both keep the
words for the search and the summaries in step, and commit.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from _measure import Work, report, workplace
from _sync import CLOCK, NOON, Rows, colleague, insert, rows_of, take, timed
from make_large import make

from socius_tui.domain.exchanged import Packet
from socius_tui.services.session import Session
from socius_tui.store.unit_of_work import Transaction

HERE, TAKEN, AGAIN = "the same rows written here", "taken over", "the same once more"


def works(file: Path, folder: Path, packets: list[Packet], rows: Rows) -> dict[str, Work]:
    """Each on a fresh copy of the file; what is done again is measured after its first time."""
    again: list[float] = []

    def fresh() -> Session:
        path = folder / "work.db"
        shutil.copyfile(file, path)
        session = Session(path, clock=CLOCK)
        session.database.settle()  # a name of its own
        return session

    def write() -> float:
        def work(transaction: Transaction) -> str:
            insert(transaction, "visit", rows.visits)
            insert(transaction, "visit_goal", rows.goals)
            return "visits"

        with fresh() as session:
            return timed(
                lambda: session.database.write(work, today=NOON.date(), now=NOON, actor=None)
            )

    def taken() -> float:
        with fresh() as session:
            found: list[int] = []
            seconds = timed(lambda: found.append(take(session, packets)))
            again[:] = [timed(lambda: found.append(take(session, packets)))]
            assert found == [len(packets), 0], found
        return seconds

    return {HERE: write, TAKEN: taken, AGAIN: lambda: again.pop()}


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description="taking over what colleagues did")
    parser.add_argument("-n", type=int, default=3)
    parser.add_argument("--visits", type=int, default=100_000)
    parser.add_argument("--transactions", type=int, default=10_000)
    given = parser.parse_args()
    with workplace() as (folder, _demo):
        file = folder / "visits.db"
        make(file, visits=given.visits, measurements=1000, indicators=60, changes=0)
        packets = colleague(file, folder, given.transactions)
        with Session(file, clock=CLOCK) as session:
            rows = rows_of(session, given.transactions)
        size = sum(len(packet.body) for packet in packets) / len(packets)
        print(f"{len(packets)} transactions of {size:.0f} bytes, two rows each")
        print("goals: taken over at most 1.5 x; once more at most 0.1 x of that")
        found: dict[str, list[float]] = {HERE: [], TAKEN: [], AGAIN: []}
        pairs = works(file, folder, packets, rows)
        # The second time follows the first, so the rounds are not turned round.
        for number in range(given.n + 1):
            for name in found:
                seconds = pairs[name]()
                if number:
                    found[name].append(seconds)
        report(found, HERE)
        report({TAKEN: found[TAKEN], AGAIN: found[AGAIN]}, TAKEN)
        rate = sorted(len(packets) / seconds for seconds in found[TAKEN])[given.n // 2]
        print(f"  {rate:.0f} transactions a second")


if __name__ == "__main__":
    main()
