"""Brings an older file to the current schema, one numbered step at a time.

Each step runs in one transaction together with its new version number, after a backup of
the file as it was. sqlite-utils keeps the list of steps; it is loaded only when there is
work to do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from socius_tui.errors import FileProblem
from socius_tui.i18n import _
from socius_tui.store.driver import SCHEMA_VERSION, Connection, Error, run_script
from socius_tui.store.journal import keeping, sets
from socius_tui.store.journal.knowing import note_past
from socius_tui.store.landmarks import passed
from socius_tui.store.problems import shown

if TYPE_CHECKING:
    from sqlite_utils import Database as UtilsDatabase

Step = Callable[["UtilsDatabase"], None]


def _statements(name: str) -> str:
    """The SQL of a step, frozen beside this module."""
    return (Path(__file__).parent / "steps" / name).read_text(encoding="utf-8")


def _add_journal(database: UtilsDatabase) -> None:
    """To version 2: the journal, which begins with all that is in the file already."""
    run_script(database.conn, _statements("to_version_2.sql"))
    sets.start_journal(database.conn, sets.new_replica())


def _add_periods_and_views(database: UtilsDatabase) -> None:
    """To version 3: plans that follow each other, merged organisations, views for others."""
    run_script(database.conn, _statements("to_version_3.sql"))


def _add_cockpit(database: UtilsDatabase) -> None:
    """To version 4: the year programme, the analysis of the plan, what planning the work needs."""
    run_script(database.conn, _statements("to_version_4.sql"))


def _add_exchange(database: UtilsDatabase) -> None:
    """To version 5: exchange with other laptops."""
    run_script(database.conn, _statements("to_version_5.sql"))
    sets.found_team(database.conn)
    with keeping.resting(database.conn):
        note_past(database.conn)


#: The step at index n brings a file of version n + 1 to version n + 2. Steps only add.
STEPS: Final[Sequence[Step]] = (
    _add_journal,
    _add_periods_and_views,
    _add_cockpit,
    _add_exchange,
)


def pending(connection: Connection, steps: Sequence[Step] = STEPS) -> int:
    """How many steps a file is behind."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    return len(steps) + 1 - version


def migrate(
    connection: Connection,
    path: Path,
    now: datetime,
    steps: Sequence[Step] = STEPS,
    *,
    copies: bool = True,
    settle: Callable[[Connection], None] | None = None,
) -> list[Path]:
    """Apply the missing steps to an open file; gives the backups that were made.

    A step that fails leaves the file as it was before that step and raises FileProblem,
    which names the backup. Without `copies` none are made: the file is a copy itself. `settle`
    sees to it that what is written in the journal is under a name that only this file has.
    """
    behind = pending(connection, steps)
    if behind <= 0:
        return []
    from sqlite_utils import Database as UtilsDatabase
    from sqlite_utils.migrations import Migrations

    from socius_tui.store.backup import back_up

    database = UtilsDatabase(connection)
    backups: list[Path] = []
    since = len(steps) + 1 - behind
    for number in range(since, len(steps) + 1):
        if copies:
            backups.append(back_up(path, "upgrade", now).path)
        migrations = Migrations("socius")
        run = _numbered(steps[number - 1], number + 1)
        if number == len(steps):
            run = _journalled(run, since, now, settle)
        migrations(name=f"to_version_{number + 1}")(run)
        try:
            migrations.apply(database)
        except Error as error:
            raise _failed(path, backups, number + 1) from error
        passed("migration.committed")
    return backups


def _numbered(step: Step, version: int) -> Step:
    def run(database: UtilsDatabase) -> None:
        step(database)
        passed("migration.step")
        broken = database.conn.execute("PRAGMA foreign_key_check").fetchone()
        if broken is not None:
            raise Error(f"foreign key of table {broken[0]}")
        database.conn.execute(f"PRAGMA user_version = {version}")

    return run


def _journalled(
    last: Step, since: int, now: datetime, settle: Callable[[Connection], None] | None
) -> Step:
    """The last step, after which the journal is that of the current version too.

    A table that was changed has lost its triggers; what came from before the journal, or was
    changed by a step, is written in it here.
    """
    from socius_tui.domain.titles import said

    def run(database: UtilsDatabase) -> None:
        last(database)
        if settle is not None:
            settle(database.conn)
        title = said("Taken over from version {version} of the file", version=since)
        keeping.mend(database.conn, now, title)
        passed("migration.journal")

    return run


def _failed(path: Path, backups: Sequence[Path], version: int) -> FileProblem:
    return FileProblem(
        _("{path} could not be brought to version {version}; it is as it was.").format(
            path=shown(path), version=version
        ),
        title=_("Not upgraded"),
        hint=_("A copy from before is {backup}. This program expects file version {known}.").format(
            backup=shown(backups[-1] if backups else path), known=SCHEMA_VERSION
        ),
    )
