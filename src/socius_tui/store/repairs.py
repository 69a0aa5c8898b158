"""Makes again what can be made again: triggers, indexes, search, rows and counters of the journal.

All of it is one transaction; a step that a damaged page does not allow is left out of it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from socius_tui.errors import ReadOnly
from socius_tui.i18n import _
from socius_tui.store.checks import journalling
from socius_tui.store.checks.structure import expected_shape, same_sql, shape
from socius_tui.store.driver import (
    Connection,
    Error,
    IntegrityError,
    Unreadable,
    any_text,
    open_file,
)
from socius_tui.store.journal import keeping, sets
from socius_tui.store.journal.comparison import compared, histories
from socius_tui.store.journal.projection import put
from socius_tui.store.journal.triggers import journalled_tables, quoted
from socius_tui.store.landmarks import passed
from socius_tui.store.problems import explained, shown
from socius_tui.store.search import remake_documents, remake_index
from socius_tui.store.summaries import remake_summaries

Step = Callable[[Connection], int]


class Done(NamedTuple):
    """What became of a step: how many things it made again, or None when it could not."""

    step: str  # "schema", "indexes", "rows", "counters", "search"
    made: int | None


def repair(path: Path, keep_copy: Callable[[Connection], Path]) -> tuple[Path, list[Done]]:
    """Carry out every step in one transaction; gives the copy that was kept, and what was done.

    `keep_copy` is called once the file is locked. Raises FileProblem when the file cannot be
    opened or written.
    """
    connection, read_only = open_file(path)
    with closing(connection):
        if read_only:
            raise ReadOnly(
                _("{path} is opened for reading only; nothing was changed.").format(
                    path=shown(path)
                ),
                title=_("Read-only"),
                hint=_("Ask for write access to the file and its folder, or copy it elsewhere."),
            )
        connection.text_factory = any_text
        try:
            connection.execute("PRAGMA foreign_keys = OFF")  # a parent may come after its child
            connection.execute("BEGIN IMMEDIATE")
            copy = keep_copy(connection)
            passed("repair.copied")
            done = _all_that_can(connection)
            passed("repair.written")
            connection.execute("COMMIT")
        except Unreadable as error:
            raise explained(error, path) from error
    passed("repair.committed")
    return copy, done


def _all_that_can(connection: Connection) -> list[Done]:
    """Carry out the steps in the open transaction, but for those that meet a damaged page.

    SQLite writes nothing more in a transaction that met one, so it begins again without them.
    """
    impossible: set[str] = set()
    while True:
        done = []
        for name, step in _STEPS:
            try:
                done.append(Done(name, None if name in impossible else step(connection)))
            except (*Unreadable, ValueError, TypeError):
                impossible.add(name)
                if connection.in_transaction:
                    with suppress(Error):
                        connection.execute("ROLLBACK")
                connection.execute("BEGIN IMMEDIATE")
                break
        else:
            return done


def _make_schema(connection: Connection) -> int:
    """Triggers, indexes and views that are missing or differ; tables can not be made again."""
    wanted, found = expected_shape(), shape(connection)
    made = 0
    for (kind, name), sql in wanted.items():
        if kind in ("trigger", "index", "view") and not same_sql(found.get((kind, name), ""), sql):
            connection.execute(f"DROP {kind} IF EXISTS {quoted(name)}")
            connection.execute(sql)
            made += 1
    return made


def _make_indexes(connection: Connection) -> int:
    connection.execute("REINDEX")
    return 0


def _make_rows(connection: Connection) -> int:
    """Rows that differ become what the journal says, where it is sure of that."""
    tables = journalled_tables(connection)
    history = histories(connection, tables)
    facts = list(journalling.entries(connection))
    if any(fact.code == "journal.no_entry" for fact in facts):
        return 0  # what is missing may be newer than what is there
    unsure = {(fact.kind, fact.row_id) for fact in facts}
    unsure |= {(entry.kind, entry.row_id) for entry in history.broken}
    made = 0
    with keeping.resting(connection):
        for table in tables:
            expected = history.rows[table.name]
            for difference in list(compared(connection, table, expected)):
                if (table.name, difference.row_id) in unsure:
                    continue
                row = expected.get(difference.row_id)
                if row is None:  # in the file only: the journal does not say it must go
                    continue
                with suppress(IntegrityError, UnicodeEncodeError):  # the journal is wrong too
                    put(connection, table, difference.row_id, row)
                    made += 1
    return made


def _count_again(connection: Connection) -> int:
    """How far the journal is, from the journal; a name that nobody wrote under is made new."""
    if list(journalling.state(connection, sound=True)) == []:
        return 0
    found = connection.execute("SELECT replica, sequence FROM journal_state").fetchall()
    if len(found) != 1:
        connection.execute("DELETE FROM journal_state")
        sets.start_journal(connection, sets.new_replica())
        sets.found_team(connection)
        found = connection.execute("SELECT replica, sequence FROM journal_state").fetchall()
    replica, sequence = found[0]
    counted = journalling.counted_state(connection, replica)
    connection.execute(
        "UPDATE journal_state SET sequence = ?, clock = ?, last_set = ?,"
        " change_set = NULL, moment = NULL, applying = 0",
        counted,
    )
    if sequence and not counted[0]:
        sets.go_on_as(connection, sets.new_replica())
    keeping.make_triggers(connection)
    return 1


def _make_search(connection: Connection) -> int:
    with keeping.resting(connection):
        remake_documents(connection)
    remake_index(connection, expected_shape()["table", "search"])
    remake_summaries(connection)
    return 0


_STEPS: tuple[tuple[str, Step], ...] = (
    ("schema", _make_schema),
    ("indexes", _make_indexes),
    ("rows", _make_rows),
    ("counters", _count_again),
    ("search", _make_search),
)
