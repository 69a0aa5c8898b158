"""A copy in memory of the file that is to be checked.

A check then holds nobody up, reads one moment of the file, can run what would write (FTS5 checks
its index by an INSERT), and leaves the file as it is, whatever is wrong with it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from socius_tui.store.driver import (
    Connection,
    Error,
    MustRollBack,
    Unreadable,
    any_text,
    copy_in_memory,
    open_file,
    open_to_check,
)
from socius_tui.store.problems import explained


@contextmanager
def copied(connection: Connection, path: Path) -> Iterator[Connection]:
    """A copy in memory of an open file. Raises FileProblem when it cannot be read at all."""
    try:
        connection.execute("BEGIN")
        try:
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
            copy = copy_in_memory(connection)
        finally:
            connection.execute("COMMIT")
    except Unreadable as error:
        raise explained(error, path) from error
    with closing(copy):
        copy.execute("PRAGMA cell_size_check = ON")
        copy.text_factory = any_text
        yield copy


@contextmanager
def copy_of(path: Path) -> Iterator[Connection]:
    """A copy in memory of a file, which is opened for reading only.

    A write that was broken off is rolled back in another copy, never in the file itself. Raises
    FileProblem when the file cannot be read at all.
    """
    with TemporaryDirectory(prefix="socius-check-") as folder:
        try:
            connection = open_to_check(path)
        except MustRollBack as reason:
            journal = path.with_name(path.name + "-journal")
            if not journal.exists() and isinstance(reason.__cause__, Error):
                raise explained(reason.__cause__, path) from reason
            connection = _rolled_back(path, journal, Path(folder) / "copy.db")
        with closing(connection), copied(connection, path) as copy:
            yield copy


def _rolled_back(path: Path, journal: Path, copy: Path) -> Connection:
    shutil.copyfile(path, copy)
    shutil.copyfile(journal, copy.with_name(copy.name + "-journal"))
    connection, _read_only = open_file(copy)
    return connection
