"""The text of the current schema, and the making of a new file from it."""

from __future__ import annotations

from pathlib import Path

from socius_tui.paths import resource
from socius_tui.store.driver import Connection, create_file
from socius_tui.store.journal.keeping import make_triggers
from socius_tui.store.journal.sets import found_team, new_replica, start_journal


def schema_text() -> str:
    """The whole of schema.sql."""
    return resource("schema.sql").read_text(encoding="utf-8")


def new_database(path: Path, *, replica: str | None = None) -> None:
    """Make an empty database of the current version at `path`; see `create_file` for errors.

    `replica` is the name under which it writes its journal: a new one, unless the file must
    come out the same each time.
    """

    def prepare(connection: Connection) -> None:
        start_journal(connection, replica or new_replica())
        found_team(connection)
        make_triggers(connection)

    create_file(path, schema_text(), prepare)
