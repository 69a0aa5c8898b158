"""A whole file for who joins: written without what is about one laptop, and begun from."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from socius_tui.errors import FileProblem
from socius_tui.i18n import _
from socius_tui.store.driver import Connection, Error, open_file, sync_folder
from socius_tui.store.identity import give_name
from socius_tui.store.problems import disk_problem, explained, shown
from socius_tui.store.sync.packets import places
from socius_tui.store.unit_of_work import Database

#: What is about one laptop, or can be worked out again.
_OWN: Final = ("draft", "device", "exchange", "waiting", "kept_status")


def write_copy(database: Database, target: Path) -> Mapping[str, int]:
    """Write the file for others to begin from; gives how far it has everything.

    Raises FileProblem.
    """
    try:
        database.read(lambda _connection: None)  # nothing is being written by us now
        database.connection.execute("VACUUM INTO ?", (str(target),))
        copy, _read_only = open_file(target)
        try:
            copy.execute("BEGIN IMMEDIATE")
            for table in _OWN:
                copy.execute(f"DELETE FROM {table}")
            copy.execute("UPDATE journal_state SET former = '[]'")
            copy.execute("COMMIT")
            copy.execute("VACUUM")
            return places(copy)
        finally:
            copy.close()
    except Error as error:
        raise explained(error, target) from error


def begin_from(copy: Path, path: Path) -> None:
    """Make the file at `path` out of a copy, which goes; it gets a name of its own.

    Nothing is there when it fails. Raises FileProblem, also where the file exists.
    """
    connection, _read_only = open_file(copy)
    try:
        connection.execute("BEGIN IMMEDIATE")
        give_name(connection, path)
        connection.execute("UPDATE journal_state SET former = '[]'")  # the others send that
        connection.execute("COMMIT")
    except Error as error:
        raise explained(error, copy) from error
    finally:
        connection.close()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.chmod(copy, 0o600)
        os.link(copy, path)  # refuses to replace a file that appeared meanwhile
        sync_folder(path.parent)
        copy.unlink()
    except FileExistsError as error:
        raise already_there(path) from error
    except OSError as error:
        raise disk_problem(error, path) from error


def join_team(connection: Connection, team: str) -> None:
    """Make an empty file one of a team."""
    connection.execute("UPDATE journal_state SET team = ?", (team,))


def already_there(path: Path) -> FileProblem:
    """Nothing is put in the place of a file."""
    return FileProblem(
        _("{path} exists already.").format(path=shown(path)),
        title=_("Nothing was made"),
        hint=_("Choose another file with --db, or open this one."),
    )
