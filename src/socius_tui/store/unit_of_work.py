"""The one way to write: a transaction per use case, all of it or nothing.

Triggers write each changed row in the journal; here it is said who did it and what it is called.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple, TypeVar

from socius_tui.domain.changes import Change, ChangeSet
from socius_tui.domain.moments import milliseconds, moment_text
from socius_tui.domain.problem import InputProblem
from socius_tui.errors import ReadOnly
from socius_tui.i18n import _
from socius_tui.store.driver import (
    BUSY_SECONDS,
    Connection,
    Error,
    Unreadable,
    open_file,
    patiently,
)
from socius_tui.store.identity import Identity
from socius_tui.store.ids import natural_id, time_ordered_ids
from socius_tui.store.journal import keeping, sets
from socius_tui.store.problems import damaged, explained, is_busy, shown
from socius_tui.store.search import is_stale, refresh_index
from socius_tui.store.summaries import has_stale, refresh_summaries, remake_summaries

Value = str | int | None
_MOMENT = 0.003  # seconds
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
        columns = ", ".join(map(_name, row))
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

    def relink(
        self,
        table: str,
        owner: tuple[str, str],
        column: str,
        wanted: Iterable[str],
        there: Iterable[str],
    ) -> None:
        """Bring link rows in step: those of an owner (its column and id) that are `wanted`.

        Of a table whose natural key is the owner and what `column` points at; `there` are the
        links in use.
        """
        name, owner_id = owner
        wanted, there = tuple(wanted), tuple(there)
        for other in wanted:
            if other not in there:
                self.insert_natural(table, (owner_id, other), {name: owner_id, column: other})
        for other in there:
            if other not in wanted:
                self.retire(table, natural_id(table, owner_id, other))

    def change(self, table: str, identifier: str, values: Mapping[str, Value]) -> None:
        """Change columns of one row."""
        assignments = ", ".join(f"{_name(column)} = ?" for column in values)
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

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part of the work that can fail by itself: what it wrote is then taken back."""
        written = len(self.changes)
        self.connection.execute("SAVEPOINT attempt")
        try:
            yield
        except BaseException:
            if self.connection.in_transaction:  # a full disk has rolled back all of it
                self.connection.execute("ROLLBACK TO attempt")
                self.connection.execute("RELEASE attempt")
            del self.changes[written:]
            raise
        self.connection.execute("RELEASE attempt")

    def _exists(self, table: str, identifier: str) -> bool:
        found = self.connection.execute(
            f"SELECT 1 FROM {_name(table)} WHERE id = ?", (identifier,)
        ).fetchone()
        return found is not None


#: Sees each change set before it ends, with its reason; raises SociusError to refuse it.
Guard = Callable[[Transaction, str], None]


class Story:
    """An open transaction in which change sets are written, one after the other."""

    def __init__(
        self,
        connection: Connection,
        ids: Iterator[str] | None,
        keep_whole: Callable[[datetime], None],
        guard: Guard | None,
    ) -> None:
        self.connection = connection
        self._ids = ids
        self._keep_whole = keep_whole
        self._guard = guard

    def write(
        self,
        work: Callable[[Transaction], str],
        *,
        today: date,
        now: datetime,
        actor: str | None,
        reason: str = "",
        undoes: str | None = None,
    ) -> ChangeSet:
        """One change set: what `work` writes, by whom, and the title that it gives."""
        from socius_tui.domain.titles import stored_title

        self._keep_whole(now)
        ids = self._ids or time_ordered_ids(milliseconds(now))
        transaction = Transaction(self.connection, today, now, actor, ids, [])
        before = sets.begin(self.connection, milliseconds(now))
        title = work(transaction)
        if self._guard is not None:
            self._guard(transaction, reason)
        key = sets.finish(
            self.connection,
            before,
            made_at=transaction.stamp,
            actor=actor,
            title=stored_title(title),
            reason=reason,
            undoes=undoes,
        )
        return ChangeSet(title, tuple(transaction.changes), actor, key)


class Database:
    """One open file. Belongs to the thread that opened it; `guard` sees every change set.

    It waits for a busy file as many seconds as its `patience` says.
    """

    patience: float = BUSY_SECONDS

    def __init__(self, path: Path, guard: Guard | None = None, *, read_only: bool = False) -> None:
        self.path = path
        self._guard = guard
        self.connection, self.read_only = open_file(path, read_only=read_only)
        self.identity = Identity(path)
        self._shape = -1
        self._written = self._crowded = 0.0  # when last, and until when it is; monotonic
        self._version = -1
        self._news = (-1, -1)

    def catch_up(self, now: datetime) -> None:
        """Take over what another program did to the file; a file that is busy can wait.

        Its texts are indexed for search, and triggers of the journal that it lost are made
        again, with what was written meanwhile.
        """
        if self.read_only:
            return
        with suppress(*Unreadable):
            whole = keeping.is_whole(self.connection)
            if not whole or is_stale(self.connection) or has_stale(self.connection):
                with self._immediate() if whole else self._journalling():
                    if not whole:
                        self._mend(now)
                    refresh_index(self.connection)
                    refresh_summaries(self.connection)
            self._shape = self._shape_now()

    def settle(self) -> None:
        """Give a copy its own name before others are told how it is called. Raises as `write`."""
        self.refuse_read_only()
        with self._in_words(), self._journalling():
            pass

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
        reason: str = "",
        undoes: str | None = None,
    ) -> ChangeSet:
        """Run `work` in one transaction, as one change set; it gives the title of what was done.

        Nothing is written when `work` raises. Raises ReadOnly, Busy or another FileProblem
        in words when the file or the disk says no.
        """
        with self.story(ids) as story:
            return story.write(
                work, today=today, now=now, actor=actor, reason=reason, undoes=undoes
            )

    @contextmanager
    def story(self, ids: Iterator[str] | None = None) -> Iterator[Story]:
        """Several change sets in one transaction: all of them or none."""
        self.refuse_read_only()
        with self._in_words(), self._journalling():
            yield Story(self.connection, ids, self._keep_whole, self._guard)
            keeping.let_go_of_kept(self.connection)
            refresh_index(self.connection)
            refresh_summaries(self.connection)

    def merge(self, work: Callable[[Connection], T], now: datetime) -> T:
        """Run `work` in one transaction that takes over what others wrote. Raises as `write`."""
        self.refuse_read_only()
        with self._in_words(), self._journalling():
            self._keep_whole(now)
            done = work(self.connection)
            refresh_index(self.connection)
            refresh_summaries(self.connection)
            return done

    def note(self, work: Callable[[Connection], T], *, patience: float | None = None) -> T:
        """Run `work` in one transaction that is no change set: for what is no part of the plan.

        `patience` is another than that of the file. Raises as `write` does.
        """
        self.refuse_read_only()
        with self._in_words(), self._immediate(patience):
            return work(self.connection)

    def refuse_read_only(self) -> None:
        """Raises ReadOnly when nothing can be written."""
        if self.read_only:
            raise ReadOnly(
                _("{path} is opened for reading only; nothing was changed.").format(
                    path=shown(self.path)
                ),
                title=_("Read-only"),
                hint=_("Ask for write access to the file and its folder, or copy it elsewhere."),
            )

    def _keep_whole(self, now: datetime) -> None:
        """Look after the triggers when another program changed the shape of the file."""
        shape = self._shape_now()
        if shape != self._shape:
            if not keeping.is_whole(self.connection):
                self._mend(now)
                shape = self._shape_now()
            self._shape = shape

    def _mend(self, now: datetime) -> None:
        """Journal what was written without triggers, unless it is damage: that is no change."""
        if self.connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise damaged(self.path)
        keeping.mend(self.connection, now)
        remake_summaries(self.connection)  # a table that lost its triggers noted nothing

    def _shape_now(self) -> int:
        return int(self.connection.execute("PRAGMA schema_version").fetchone()[0])

    @contextmanager
    def _journalling(self) -> Iterator[None]:
        """One transaction that writes in the journal, under a name that only this file has."""
        try:
            with self._immediate():
                self.identity.settle(self.connection)
                yield
                self.identity.finish(self.connection)
        except BaseException:
            self.identity.undone()
            raise
        self.identity.committed()

    @contextmanager
    def _immediate(self, patience: float | None = None) -> Iterator[None]:
        """One transaction that takes the write lock at once, and leaves nothing when it fails."""
        try:
            self._lock(self.patience if patience is None else patience)
            yield
            self.connection.execute("COMMIT")
        finally:
            self._written = time.monotonic()
            # A full disk has rolled back by itself; then there is nothing left to undo.
            if self.connection.in_transaction:
                with suppress(Error):
                    self.connection.execute("ROLLBACK")

    def _lock(self, patience: float) -> None:
        """Take the write lock; where others wait for it too, leave them a moment in between."""
        if time.monotonic() < self._crowded:
            time.sleep(max(self._written + _MOMENT - time.monotonic(), 0))
        asked = time.monotonic()
        patiently(self.connection, lambda: self.connection.execute("BEGIN IMMEDIATE"), patience)
        if time.monotonic() > asked + _MOMENT:
            self._crowded = time.monotonic() + BUSY_SECONDS

    def read(self, query: Callable[[Connection], T]) -> T:
        """Run a query on one consistent state of the file."""
        with self._in_words():
            patiently(self.connection, self._begin_reading, self.patience)
            try:
                return query(self.connection)
            finally:
                self.connection.execute("COMMIT")

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        """What SQLite refuses becomes a sentence, and so does a value that the file cannot hold.

        A date that is no date got past every CHECK: then the file is damaged, or the program
        wrong, and only the first is told as damage.
        """
        try:
            yield
        except Unreadable as error:
            raise explained(error, self.path) from error
        except (ValueError, KeyError, TypeError) as error:
            if not isinstance(error, InputProblem) and self._is_damaged():
                raise damaged(self.path) from error
            raise

    def _is_damaged(self) -> bool:
        """Whether a row breaks a CHECK or is not as the journal has it, or cannot be read."""
        from socius_tui.store.journal.comparison import differences

        try:
            if self.connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                return True
            return next(differences(self.connection), None) is not None
        except (*Unreadable, ValueError, KeyError, TypeError):
            return True

    def compact(self) -> None:
        """Write the file anew without what was freed in it; nothing of that is left then."""
        with self._in_words():
            self.connection.execute("VACUUM")

    def _begin_reading(self) -> None:
        """Begin, with the lock: from here on nothing that is read can be refused."""
        self.connection.execute("BEGIN")
        try:
            self.connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        except Error:
            self.connection.execute("ROLLBACK")
            raise

    def version_counter(self) -> int:
        """A number that changes when another program has written in the file."""
        try:
            return int(self.connection.execute("PRAGMA data_version").fetchone()[0])
        except Error as error:
            raise explained(error, self.path) from error

    def news(self) -> tuple[int, int]:
        """What changes when another program changed the plan or the shape of the file.

        Drafts, which are written while somebody types, do not count. It never waits: what cannot
        be asked now is asked the next time.
        """
        try:
            return patiently(self.connection, self._look_for_news, 0)
        except Error as error:
            if is_busy(error):
                return self._news
            raise explained(error, self.path) from error

    def _look_for_news(self) -> tuple[int, int]:
        version = int(self.connection.execute("PRAGMA data_version").fetchone()[0])
        if version != self._version:
            (written,) = self.connection.execute(
                "SELECT coalesce(max(seq), 0) FROM change"
            ).fetchone()
            self._news = (int(written), self._shape_now())
            self._version = version
        return self._news


def _name(identifier: str) -> str:
    """An SQL name; a programming error if it is anything but letters and underscores."""
    if not identifier.replace("_", "").isalpha() or not identifier.isascii():
        raise ValueError(identifier)
    return identifier
