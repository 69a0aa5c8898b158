"""What the measurements of exchange share: a colleague who writes, and their packets."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from make_large import WORDS

from socius_tui.domain.exchanged import Packet, Taken
from socius_tui.domain.moments import milliseconds, moment_text
from socius_tui.services.clock import FixedClock
from socius_tui.services.session import Session
from socius_tui.store.ids import natural_id, time_ordered_ids
from socius_tui.store.journal import sets
from socius_tui.store.sync.merging import take_over
from socius_tui.store.sync.packets import packed
from socius_tui.store.unit_of_work import Transaction

NOON = datetime(2018, 12, 14, 12, tzinfo=UTC)
CLOCK = FixedClock(NOON)
TOGETHER = 1000  # as services/sync/exchanging.py takes over
_COLUMNS = {
    "visit": ("id", "organisation_id", "visited_on", "status", "visitor_id", "summary",
              "recorded_at"),
    "visit_goal": ("id", "visit_id", "goal_id"),
}  # fmt: skip


class Rows(NamedTuple):
    """Visits that somebody logs: the row of each, and that of its goal."""

    visits: Sequence[tuple[str, ...]]
    goals: Sequence[tuple[str, ...]]


def rows_of(session: Session, many: int) -> Rows:
    """Visits to the organisations of a file, the same each time."""

    def ids(sql: str) -> list[str]:
        return [row[0] for row in session.read(lambda c: c.execute(sql).fetchall())]

    organisations = ids("SELECT id FROM organisation ORDER BY id")
    people = ids("SELECT id FROM person ORDER BY id")
    goals = ids("SELECT id FROM goal WHERE kind = 'operational' ORDER BY code")
    stamp = moment_text(NOON)
    chance = random.Random(7)
    keys = list(islice(time_ordered_ids(milliseconds(NOON), seed=b"exchange"), many))
    visits = [
        (key, chance.choice(organisations), (NOON.date() - timedelta(days=n % 300)).isoformat(),
         "done", chance.choice(people), " ".join(chance.choices(WORDS, k=12)), stamp)
        for n, key in enumerate(keys)
    ]  # fmt: skip
    linked = [(key, chance.choice(goals)) for key in keys]
    return Rows(visits, [(natural_id("visit_goal", *link), *link) for link in linked])


def insert(transaction: Transaction, table: str, rows: Sequence[tuple[str, ...]]) -> None:
    """Rows of a table by one statement; the triggers write the journal."""
    columns = _COLUMNS[table]
    marks = ", ".join("?" * len(columns))
    transaction.connection.executemany(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows
    )


def colleague(file: Path, folder: Path, many: int) -> list[Packet]:
    """So many transactions of a colleague, who began from a copy of this file.

    Each is a visit with its goal: two rows.
    """
    path = folder / "colleague.db"
    shutil.copyfile(file, path)
    with Session(path, clock=CLOCK) as session:
        session.database.note(lambda c: sets.go_on_as(c, sets.new_replica()))
        write_each(session, rows_of(session, many))
        packets = session.read(lambda c: list(packed(c, _own(session), 0)))
    path.unlink()
    return packets


def write_each(session: Session, rows: Rows) -> None:
    """Each visit as a change set of its own, all in one transaction of SQLite."""
    with session.database.story() as story:
        for visit, goal in zip(rows.visits, rows.goals, strict=True):

            def work(
                transaction: Transaction,
                visit: tuple[str, ...] = visit,
                goal: tuple[str, ...] = goal,
            ) -> str:
                insert(transaction, "visit", [visit])
                insert(transaction, "visit_goal", [goal])
                return "visit"

            story.write(work, today=NOON.date(), now=NOON, actor=None)


def _own(session: Session) -> str:
    found = session.database.connection.execute("SELECT replica FROM journal_state").fetchone()
    return str(found[0])


def take(session: Session, packets: Sequence[Packet]) -> int:
    """Take packets over as an exchange does, some at a time; gives how many were new."""
    count = 0
    for start in range(0, len(packets), TOGETHER):
        some = packets[start : start + TOGETHER]
        part = partial(take_over, packets=some, now_ms=milliseconds(NOON), stamp=moment_text(NOON))
        taken: Taken = session.database.merge(part, NOON)
        count += len(taken.sets)
    return count


def timed(work: Callable[[], object]) -> float:
    """How long it takes, in seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
