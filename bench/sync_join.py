"""A new laptop that begins from a snapshot, against SQLite's own copy of the same file.

    python bench/sync_join.py [-n ROUNDS] [--file LARGE] [--measurements 1000000]

Makes the file of `make_large.py`, or takes one that was made before. Its snapshot is put in a
shared folder; joining looks through it whole, unpacks it, gives the file a name of its own,
exchanges, and works out what is published. The floor is VACUUM INTO.
"""

from __future__ import annotations

import argparse
import sqlite3
from contextlib import closing
from pathlib import Path

from _measure import Work, interleaved, report, workplace
from _sync import CLOCK, timed
from make_large import make

from socius_tui.services.session import Session
from socius_tui.services.sync.folder.transport import FolderTransport
from socius_tui.services.sync.joining import join
from socius_tui.services.sync.transport import Snapshot
from socius_tui.store.sync.beginning import write_copy
from socius_tui.store.sync.exchange import Arrangement, ours

FLOOR, JOINED = "VACUUM INTO", "joined from a snapshot"


def put(file: Path, folder: Path, shared: Path) -> float:
    """Put a snapshot of the file in a new shared folder; gives how long that took."""
    with Session(file, clock=CLOCK) as session:
        me = session.read(ours)
        copy = folder / "copy.db"
        way = FolderTransport(shared, new=True)
        way.open(me.team)

        def work() -> None:
            have = write_copy(session.database, copy)
            way.put_snapshot(me.replica, Snapshot(copy, have))

        seconds = timed(work)
        copy.unlink()
    return seconds


def vacuumed(file: Path, folder: Path) -> Work:
    """The file written anew by SQLite."""
    target = folder / "vacuumed.db"

    def run() -> float:
        with closing(sqlite3.connect(file)) as connection:
            seconds = timed(lambda: connection.execute("VACUUM INTO ?", (str(target),)))
        target.unlink()
        return seconds

    return run


def joined(shared: Path, folder: Path) -> Work:
    """A file that is made of the snapshot, with what `socius join` does around it."""
    target = folder / "joined.db"

    def run() -> float:
        place = Arrangement("folder", str(shared))
        seconds = timed(lambda: join(target, place, clock=CLOCK))
        target.unlink()
        return seconds

    return run


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description="a new laptop that begins from a snapshot")
    parser.add_argument("-n", type=int, default=2)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--measurements", type=int, default=1_000_000)
    given = parser.parse_args()
    with workplace() as (folder, _demo):
        file = given.file or folder / "large.db"
        if given.file is None:
            make(file, measurements=given.measurements, changes=0)
        shared = folder / "shared"
        seconds = put(file, folder, shared)
        (snapshot,) = shared.glob("replicas/*/snapshots/*.snap")
        sizes = [path.stat().st_size / 1e6 for path in (file, snapshot)]
        print(f"file {sizes[0]:.0f} MB, snapshot {sizes[1]:.0f} MB, put there in {seconds:.0f} s")
        print("goal: at most 4 x")
        works = {FLOOR: vacuumed(file, folder), JOINED: joined(shared, folder)}
        report(interleaved(works, given.n), FLOOR)


if __name__ == "__main__":
    main()
