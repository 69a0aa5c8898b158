"""The one way to write: a transaction per use case, all of it or nothing.

The journal hooks in here and nowhere else: whatever a use case writes goes through
`Transaction.insert`, `change` and `retire`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple, TypeVar

from socius_tui.domain.changes import Change, ChangeSet
from socius_tui.errors import ReadOnly
from socius_tui.i18n import _
from socius_tui.store.driver import Connection, Error, explained, open_file, shown
from socius_tui.store.ids import natural_id, time_ordered_ids
from socius_tui.store.search import is_stale, refresh_index

Value = str | int | None
T = TypeVar("T")


class Transaction(NamedTuple):
    """What a use case may do while it runs.

    `today` is the day it is for the user, `now` the moment (UTC) that is written down,
    `actor` the id of the person at the keyboard, `changes` what was written so far.
    """

    connection: Connection
    today: date
    now: datetime
    actor: str | None
    ids: Iterator[str]
    changes: list[Change]

    @property
    def stamp(self) -> str:
        """The moment of this transaction as it is stored."""
        return moment_text(self.now)

    def insert(self, table: str, values: Mapping[str, Value], key: str | None = None) -> str:
        """Add a row and give its id: `key` when the id is the natural key, else a new one."""
        row = {"id": key or next(self.ids), **values}
        columns = ", ".join(_names(row))
        marks = ", ".join("?" * len(row))
        self.connection.execute(
            f"INSERT INTO {_name(table)} ({columns}) VALUES ({marks})", tuple(row.values())
        )
        identifier = str(row["id"])
        self.changes.append(Change(table, identifier, "added"))
        return identifier

    def insert_natural(self, table: str, key: tuple[str, ...], values: Mapping[str, Value]) -> str:
        """Add the row of a natural key, or bring it back with these values if it was there."""
        identifier = natural_id(table, *key)
        if self._exists(table, identifier):
            self.change(table, identifier, {**values, "retired_at": None})
        else:
            self.insert(table, values, identifier)
        return identifier

    def change(self, table: str, identifier: str, values: Mapping[str, Value]) -> None:
        """Change columns of one row."""
        assignments = ", ".join(f"{name} = ?" for name in _names(values))
        self.connection.execute(
            f"UPDATE {_name(table)} SET {assignments} WHERE id = ?", (*values.values(), identifier)
        )
        self.changes.append(Change(table, identifier, "changed"))

    def retire(self, table: str, identifier: str) -> None:
        """Take a row out of use; it stays in the file and can be restored."""
        self.connection.execute(
            f"UPDATE {_name(table)} SET retired_at = ? WHERE id = ?", (self.stamp, identifier)
        )
        self.changes.append(Change(table, identifier, "retired"))

    def set_setting(self, key: str, value: str) -> None:
        """Write a setting of the file."""
        self.connection.execute(
            "INSERT INTO setting (key, value) VALUES (?, ?)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, value),
        )
        self.changes.append(Change("setting", key, "changed"))

    def _exists(self, table: str, identifier: str) -> bool:
        found = self.connection.execute(
            f"SELECT 1 FROM {_name(table)} WHERE id = ?", (identifier,)
        ).fetchone()
        return found is not None


class Database:
    """One open file. Belongs to the thread that opened it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connection, self.read_only = open_file(path)

    def catch_up(self) -> None:
        """Index for search what another program wrote; a file that is busy can wait."""
        with suppress(Error):
            if not self.read_only and is_stale(self.connection):
                with self._immediate():
                    refresh_index(self.connection)

    def close(self) -> None:
        """Close the file; safe to call twice."""
        self.connection.close()

    def write(
        self,
        work: Callable[[Transaction], str],
        *,
        today: date,
        now: datetime,
        actor: str | None,
        ids: Iterator[str] | None = None,
    ) -> ChangeSet:
        """Run `work` in one transaction; it gives the title of what was done.

        Nothing is written when `work` raises. Raises ReadOnly, Busy or another FileProblem
        in words when the file or the disk says no.
        """
        if self.read_only:
            raise ReadOnly(
                _("{path} is opened for reading only; nothing was changed.").format(
                    path=shown(self.path)
                ),
                title=_("Read-only"),
                hint=_("Ask for write access to the file and its folder, or copy it elsewhere."),
            )
        ids = ids or time_ordered_ids(int(now.timestamp() * 1000))
        transaction = Transaction(self.connection, today, now, actor, ids, [])
        try:
            with self._immediate():
                title = work(transaction)
                refresh_index(self.connection)
        except Error as error:
            raise explained(error, self.path) from error
        return ChangeSet(title, tuple(transaction.changes), actor)

    @contextmanager
    def _immediate(self) -> Iterator[None]:
        """One transaction that takes the write lock at once, and leaves nothing when it fails."""
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            yield
            self.connection.execute("COMMIT")
        finally:
            # A full disk has rolled back by itself; then there is nothing left to undo.
            if self.connection.in_transaction:
                with suppress(Error):
                    self.connection.execute("ROLLBACK")

    def read(self, query: Callable[[Connection], T]) -> T:
        """Run a query on one consistent state of the file."""
        try:
            self.connection.execute("BEGIN")
            try:
                return query(self.connection)
            finally:
                self.connection.execute("COMMIT")
        except Error as error:
            raise explained(error, self.path) from error

    def version_counter(self) -> int:
        """A number that changes when another program has written in the file."""
        try:
            return int(self.connection.execute("PRAGMA data_version").fetchone()[0])
        except Error as error:
            raise explained(error, self.path) from error


def moment_text(moment: datetime) -> str:
    """A moment as it is stored: UTC, milliseconds, Z."""
    utc = moment.astimezone(UTC)
    return utc.strftime("%Y-%m-%dT%H:%M:%S.") + f"{utc.microsecond // 1000:03d}Z"


def _name(identifier: str) -> str:
    """An SQL name; a programming error if it is anything but letters and underscores."""
    if not identifier.replace("_", "").isalpha() or not identifier.isascii():
        raise ValueError(identifier)
    return identifier


def _names(values: Mapping[str, Value]) -> list[str]:
    return [_name(name) for name in values]
