"""The file as it was known at a moment: what the journal says of everything up to then.

The tables are a function of the journal, so each row that was written later can be brought back.
That is done in a copy in memory, on which every question can be asked as on the file itself.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final, NamedTuple, TypeVar

from socius_tui.domain.moments import from_milliseconds, milliseconds, moment_text
from socius_tui.domain.typed_moments import moment_words
from socius_tui.errors import RuleBroken
from socius_tui.i18n import _, get_language
from socius_tui.store.driver import Connection, Error, copy_in_memory
from socius_tui.store.journal.projection import project, put
from socius_tui.store.journal.triggers import Table, journalled_tables, quoted
from socius_tui.store.problems import explained
from socius_tui.store.search import refresh_index
from socius_tui.store.unit_of_work import Database

T = TypeVar("T")

_TICKS: Final = 65536  # of the journal's clock in a millisecond


class KnownAt:
    """An open file as it was known at a moment; belongs to the thread of that file.

    The copy is made again when the file changed: a change of today alters nothing of what was
    known before, but personal data that was erased must go, and what another laptop recorded
    then can arrive later.
    """

    def __init__(self, database: Database, moment: datetime) -> None:
        """Raises RuleBroken when the journal of the file begins after that moment."""
        self.moment = moment
        self._database = database
        self._copy, self._state = self._made()

    def read(self, query: Callable[[Connection], T]) -> T:
        """Run a query on what was known."""
        if self._state != (self._database.version_counter(), self._written()):
            self.close()
            self._copy, self._state = self._made()
        try:
            return query(self._copy)
        except Error as error:
            raise explained(error, self._database.path) from error

    def close(self) -> None:
        """Forget the copy; safe to call twice."""
        self._copy.close()

    def _written(self) -> int:
        """Rows written by this connection, which its own version counter leaves out."""
        return self._database.connection.total_changes

    def _made(self) -> tuple[Connection, tuple[int, int]]:
        return self._database.read(self._make)

    def _make(self, connection: Connection) -> tuple[Connection, tuple[int, int]]:
        until = until_moment(connection, self.moment)
        state = (self._database.version_counter(), self._written())
        copy = copy_in_memory(connection)
        try:
            bring_back(copy, until)
        except BaseException:
            copy.close()
            raise
        return copy, state


class Until(NamedTuple):
    """A moment as change sets have it, and as the clock of the journal has it.

    A set counts by its own moment, whole or not at all: the clock goes ahead of that where some
    laptop's was wrong. What another program wrote has the clock alone.
    """

    made_at: str
    clock: int


def until_moment(connection: Connection, moment: datetime) -> Until:
    """Up to where the journal counts. Raises RuleBroken when it begins later."""
    until = milliseconds(moment) * _TICKS + _TICKS - 1
    begin = connection.execute("SELECT min(clock) FROM change").fetchone()[0]
    if begin is None or begin > until:
        raise _before_the_journal(begin, moment)
    return Until(moment_text(moment), until)


def bring_back(connection: Connection, until: Until) -> None:
    """Bring every row, the journal and the search index back to a moment.

    For a copy: foreign keys are not minded on the way.
    """
    connection.execute("BEGIN")
    connection.execute("UPDATE journal_state SET applying = 1")
    later: dict[str, set[str]] = {}
    for kind, row_id in connection.execute(
        "DELETE FROM change WHERE CASE WHEN change_set IS NULL THEN clock > ?1"
        " ELSE (replica, change_set) IN"
        "  (SELECT replica, number FROM change_set WHERE made_at > ?2) END"
        " RETURNING kind, row_id",
        (until.clock, until.made_at),
    ):
        later.setdefault(kind, set()).add(row_id)
    connection.execute("DELETE FROM change_set WHERE made_at > ?", (until.made_at,))
    # In the order of the schema: the words by which a visit is found have its organisation's.
    for table in journalled_tables(connection):
        _bring_back_rows(connection, table, later.get(table.name, set()))
    refresh_index(connection)
    connection.execute("COMMIT")
    connection.execute("PRAGMA query_only = ON")


def _bring_back_rows(connection: Connection, table: Table, ids: set[str]) -> None:
    known = project(connection, table, ids)
    connection.executemany(
        f"DELETE FROM {quoted(table.name)} WHERE {quoted(table.key)} = ?",
        ((row_id,) for row_id in sorted(ids - known.keys())),
    )
    for row_id, row in known.items():
        put(connection, table, row_id, row)


def _before_the_journal(begin: int | None, moment: datetime) -> RuleBroken:
    if begin is None:
        return RuleBroken(
            _("Nothing has been recorded in this file yet."),
            field="known_at",
            title=_("Not known"),
            hint=_("Look at what is known now."),
        )
    start = from_milliseconds(begin // _TICKS).astimezone(moment.tzinfo)
    start = start.replace(second=59, microsecond=999_000)  # said and typed to the minute
    return RuleBroken(
        _("The journal of this file begins on {start}; what was known before is not in it.").format(
            start=moment_words(start, get_language())
        ),
        field="known_at",
        title=_("Not known"),
        hint=_("Choose a later moment."),
    )
