"""Keeps the journal whole: at every start, after every upgrade, and when a table was remade."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from socius_tui.domain.moments import milliseconds, moment_text
from socius_tui.store.driver import Connection
from socius_tui.store.journal import sets

if TYPE_CHECKING:
    from socius_tui.domain.titles import Title


def is_whole(connection: Connection) -> bool:
    """Whether tables and triggers are as they were when they were last compared."""
    found = connection.execute("SELECT fingerprint FROM journal_state").fetchone()
    return found is not None and found[0] == fingerprint(connection)


def fingerprint(connection: Connection) -> str:
    """Of every table and every trigger of the journal, as they are in the file now."""
    found = sha256()
    for (sql,) in connection.execute(
        "SELECT sql FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'"
        " OR type = 'trigger' AND name GLOB 'journal_*' ORDER BY name"
    ):
        found.update(sql.encode())
    return found.hexdigest()[:32]


@contextmanager
def resting(connection: Connection) -> Iterator[None]:
    """While the triggers of the journal do not write, and it may be rewritten; in a transaction."""
    connection.execute("UPDATE journal_state SET applying = 1")
    yield
    connection.execute("UPDATE journal_state SET applying = 0")


def make_triggers(connection: Connection) -> None:
    """Make the triggers that are missing or differ, and remember what they look like."""
    from socius_tui.store.journal.triggers import install

    install(connection)
    connection.execute("UPDATE journal_state SET fingerprint = ?", (fingerprint(connection),))


def let_go_of_kept(connection: Connection) -> None:
    """A row that was only kept because others referred to it goes with the last of them."""
    if connection.execute("SELECT 1 FROM kept_row LIMIT 1").fetchone() is not None:
        from socius_tui.store.sync.alive import settle

        settle(connection)


def mend(connection: Connection, now: datetime, title: Title | None = None) -> int:
    """Make the triggers again and journal what was written without them; gives how many rows.

    Runs inside a transaction.
    """
    from socius_tui.domain.titles import by_program, said, stored_title
    from socius_tui.store.journal.comparison import differences, take_over

    sets.go_on(connection)
    make_triggers(connection)
    before = sets.begin(connection, milliseconds(now))
    found = list(differences(connection))
    take_over(connection, found, milliseconds(now))
    title = by_program(title or said("Changes of another program, found afterwards"))
    sets.finish(connection, before, made_at=moment_text(now), actor=None, title=stored_title(title))
    return len(found)
