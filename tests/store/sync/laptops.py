"""Laptops in memory that write, undo and exchange, with a record of who knew what.

The record is kept by the test and not read from the journal, so that it can be held against it.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Final, NamedTuple, TypeVar

import pytest

from socius_tui.domain.exchanged import Packet, Taken
from socius_tui.domain.moments import milliseconds, moment_text
from socius_tui.domain.titles import said
from socius_tui.store.driver import in_memory
from socius_tui.store.ids import natural_id, time_ordered_ids
from socius_tui.store.journal import inverse, keeping, sets, triggers
from socius_tui.store.journal.knowing import Knowledge, reached
from socius_tui.store.journal.projection import present_rows
from socius_tui.store.journal.triggers import journalled_tables
from socius_tui.store.schema import schema_text
from socius_tui.store.sync.disputes import Dispute, disputes_of
from socius_tui.store.sync.merging import take_over
from socius_tui.store.sync.packets import packed, places
from socius_tui.store.unit_of_work import Story, Transaction

T = TypeVar("T")
NOON: Final = datetime(2016, 3, 14, 12, tzinfo=UTC)
ORGANISATIONS: Final = tuple(natural_id("organisation", str(n)) for n in range(3))
VISITS: Final = tuple(natural_id("visit", str(n)) for n in range(3))
GOALS: Final = tuple(natural_id("goal", str(n)) for n in range(2))
PEOPLE: Final = tuple(natural_id("person", str(n)) for n in range(2))
WORK_TYPE: Final = natural_id("work_type", "1")
PLAN: Final = natural_id("plan", "1")
INDICATOR: Final = natural_id("indicator", "1")


@cache
def _pattern() -> bytes:
    """A file in which a little stands, as it is on the disk."""
    connection = in_memory()
    connection.executescript(schema_text())
    sets.start_journal(connection, "base")
    sets.found_team(connection)
    keeping.make_triggers(connection)

    def work(transaction: Transaction) -> str:
        insert = transaction.insert
        insert("plan", {"code": "P", "title": "Plan", "starts_on": "2016-01-01",
                        "ends_on": "2020-12-31"}, PLAN)  # fmt: skip
        for number, person in enumerate(PEOPLE):
            insert("person", {"name": f"Person {number}", "role": "contact_person"}, person)
        insert("work_type", {"code": "w", "name": "Work"}, WORK_TYPE)
        for number, goal in enumerate(GOALS):
            insert("goal", {"plan_id": PLAN, "kind": "strategic", "code": f"SD{number}",
                            "title": "Goal"}, goal)  # fmt: skip
        insert("indicator", {
            "goal_id": GOALS[0], "code": "I", "title": "I", "kind": "count",
            "direction": "increase", "aggregation": "sum", "scope": "to_date",
            "sphere": "control", "source_kind": "administrative", "frequency": "year",
            "origin": "own"}, INDICATOR)  # fmt: skip
        for number, key in enumerate(ORGANISATIONS):
            insert("organisation", {"name": f"O{number}", "work_type_id": WORK_TYPE}, key)
        insert("visit", {"organisation_id": ORGANISATIONS[0], "visited_on": "2016-02-01",
                         "status": "done", "recorded_at": "2016"}, VISITS[0])  # fmt: skip
        return said("Begin")

    connection.execute("BEGIN")
    _story(connection).write(work, today=NOON.date(), now=NOON, actor=None)
    connection.execute("COMMIT")
    return connection.serialize()


def _story(connection: sqlite3.Connection) -> Story:
    return Story(connection, None, lambda _now: None, None)


class Act(NamedTuple):
    """What one change wrote in one column, and up to where its laptop knew the others then."""

    replica: str
    sequence: int
    kind: str
    row_id: str
    column: str
    value: Any
    knew: dict[str, int]


class Laptop:
    """One file in memory, whose clock is `skew` wrong."""

    def __init__(self, name: str, skew: timedelta = timedelta()) -> None:
        self.name = name
        self.connection = in_memory()
        self.connection.deserialize(_pattern())
        self.connection.execute("PRAGMA foreign_keys = ON")
        self.connection.execute("PRAGMA recursive_triggers = ON")
        sets.go_on_as(self.connection, name)
        self.now = NOON + skew
        self.acts: list[Act] = []
        self.steps: list[str] = []

    def write(self, work: Callable[[Transaction], str], undoes: str | None = None) -> bool:
        """One change set; gives whether the file took it."""
        self.now += timedelta(seconds=1)
        knew = reached(self.connection)
        self.connection.execute("BEGIN")
        try:
            done = _story(self.connection).write(
                work, today=self.now.date(), now=self.now, actor=PEOPLE[0], undoes=undoes
            )
            self.connection.execute("COMMIT")
        except sqlite3.IntegrityError:
            self.connection.execute("ROLLBACK")
            return False
        if done.key is not None and undoes is None:
            self.steps.append(done.key)
        self._note(knew)
        return True

    def write_outside(self, sql: str, values: Iterable[Any] = ()) -> None:
        """What another program does: without a set, and by the computer's own clock."""
        knew = reached(self.connection)
        with suppress(sqlite3.IntegrityError):
            self.connection.execute(
                "UPDATE journal_state SET moment = ?", (milliseconds(self.now),)
            )
            self.connection.execute(sql, tuple(values))
        self.connection.execute("UPDATE journal_state SET moment = NULL")
        self._note(knew)

    def undo(self, back: int) -> bool:
        """Take back one of the own sets, leaving what was changed later."""
        if not self.steps:
            return False
        key = self.steps.pop(-1 - back % len(self.steps))

        def work(transaction: Transaction) -> str:
            rows = inverse.reversals(self.connection, sets.set_by_key(self.connection, key))
            inverse.apply(self.connection, inverse.inverse(self.connection, rows, keep_later=True))
            return said("Undone")

        return self.write(work, undoes=key)

    def _note(self, knew: dict[str, int]) -> None:
        from socius_tui.store.journal.values import decoded, exact_rows

        rows = exact_rows(
            self.connection,
            "SELECT sequence, kind, row_id, verb, new FROM change WHERE replica = ?"
            " AND sequence > ? ORDER BY sequence",
            (self.name, knew.get(self.name, 0)),
        )
        for sequence, kind, row_id, verb, new in rows:
            cells = decoded(new) if verb != "D" else {"": None}
            for column, value in cells.items():
                self.acts.append(Act(self.name, sequence, kind, row_id, column, value, {**knew}))

    # Exchange

    def packets(self, have: dict[str, int] | None = None) -> list[Packet]:
        """Everything that this laptop has, its own and that of others."""
        return [
            packet
            for replica in places(self.connection)
            for packet in packed(self.connection, replica, (have or {}).get(replica, 0))
        ]

    def take(self, packets: Iterable[Packet]) -> Taken:
        """Take over what others wrote."""
        self.connection.execute("BEGIN")
        try:
            taken = take_over(
                self.connection,
                [packet for packet in packets if packet.replica != self.name],
                milliseconds(self.now),
                moment_text(self.now),
            )
            self.connection.execute("COMMIT")
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        return taken

    def take_some(self, other: Laptop, seed: int) -> Taken:
        """Part of what another has, in any order, some of it twice."""
        chance = random.Random(seed)
        packets = other.packets({} if seed % 2 else places(self.connection))
        packets += chance.sample(packets, len(packets) // 3)
        chance.shuffle(packets)
        return self.take(packets[: chance.randint(0, len(packets))])

    # What it holds

    def rows(self) -> dict[str, dict[str, dict[str, Any]]]:
        """Every row of every table that laptops have in common."""
        return {
            table.name: dict(present_rows(self.connection, table))
            for table in journalled_tables(self.connection)
        }

    def journal(self) -> list[tuple[Any, ...]]:
        """Changes and sets, without the order in which they arrived here."""
        changes = self.connection.execute(
            "SELECT replica, sequence, clock, schema_version, change_set, kind, row_id, verb, old,"
            " new FROM change ORDER BY replica, sequence"
        ).fetchall()
        names = ", ".join(sets.ChangeSetRow._fields[1:])
        return (
            changes
            + self.connection.execute(
                f"SELECT {names} FROM change_set ORDER BY replica, number"
            ).fetchall()
        )

    def disputes(self) -> list[Dispute]:
        """What laptops disagree about, by the rows where it is looked for."""
        knowledge = Knowledge(self.connection)
        tables = {table.name: table for table in journalled_tables(self.connection)}
        rows = self.connection.execute("SELECT kind, row_id FROM disputed_row").fetchall()
        return [
            one
            for kind, row_id in sorted(rows)
            for one in disputes_of(self.connection, tables[kind], [row_id], knowledge)
        ]


def exchange_all(laptops: list[Laptop], through: int = 0) -> None:
    """Everybody gives one of them everything, and gets everything back."""
    middle = laptops[through]
    others = [laptop for laptop in laptops if laptop is not middle]
    for other in others:
        middle.take(other.packets(places(middle.connection)))
    for other in others:
        other.take(middle.packets(places(other.connection)))


@contextmanager
def same_tables() -> Iterator[None]:
    """Look at the shape of each table once: all laptops of these tests have the same tables."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("lint", "described"):
            patch.setattr(triggers, name, _once(getattr(triggers, name)))
        yield


def _once(look: Callable[[sqlite3.Connection, str], T]) -> Callable[[sqlite3.Connection, str], T]:
    found: dict[str, T] = {}

    def looked(connection: sqlite3.Connection, name: str) -> T:
        if name not in found:
            found[name] = look(connection, name)
        return found[name]

    return looked


def new_id(seed: int) -> str:
    """An id of its own for a row."""
    return next(time_ordered_ids(1_450_000_000_000 + seed, seed=seed.to_bytes(8, "big")))
