"""Brings a backup back, into the file itself, so that whoever has it open goes on in it.

All of it is prepared in a copy. Then the file is held, kept aside as a backup of its own and
written over in one transaction: who kills the program finds the old state or the new one.
"""

from __future__ import annotations

import os
import shutil
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from socius_tui.domain.titles import said
from socius_tui.errors import Damaged, Missing, ReadOnly
from socius_tui.i18n import _
from socius_tui.store.backup import back_up, check
from socius_tui.store.backup_files import Backup, file_digest, folder_of
from socius_tui.store.driver import (
    Connection,
    Error,
    copy_pages,
    hold,
    let_go,
    open_file,
    sync_folder,
)
from socius_tui.store.identity import Identity
from socius_tui.store.journal.sets import go_on_as, new_replica
from socius_tui.store.landmarks import passed
from socius_tui.store.problems import disk_problem, explained, shown
from socius_tui.store.unit_of_work import Database, Transaction

#: The setting in which a restored file says which backup it came from.
RESTORED = "restored_from"


class Restored(NamedTuple):
    """What a restore did: `aside` is where the file as it was is kept; None when there was none."""

    backup: Backup
    aside: Path | None
    undoable: bool


def changes_since(path: Path, backup: Backup) -> int | None:
    """How many changes of the file are not in the backup; None for a damaged file or none.

    What a person did at once is one change, and so is a row that another program wrote.
    """
    keys = (
        "SELECT replica, 'set', number FROM change_set"
        " UNION ALL SELECT replica, 'row', sequence FROM change WHERE change_set IS NULL"
    )
    found = []
    for file in (path, backup.path):
        try:
            connection, _read_only = open_file(file)
        except (Damaged, Missing):
            return None
        try:
            found.append(set(connection.execute(keys).fetchall()))
        except Error:
            found.append(set())  # a file from before the journal
        finally:
            connection.close()
    return len(found[0] - found[1])


def restore(
    path: Path, backup: Backup, *, now: datetime, today: date, actor: str | None
) -> Restored:
    """Make the file what it was when the backup was made, and keep it as it is now beside it.

    Raises Damaged for a backup that is not whole, Busy when another program does not let go of
    the file, ReadOnly or FileProblem when the disk says no: then nothing was changed.
    """
    path = path.resolve()
    check(backup)
    live = _opened(path)
    try:
        copy = _prepared(path, backup, now)
        try:
            passed("restore.prepared")
            if live is None:
                _mark(copy, path, backup, 0, now=now, today=today, actor=actor)
                done = Restored(backup, _replace(path, copy, now), undoable=False)
            else:
                try:
                    hold(live, alone=True)
                    clock = _clock(live)
                    _mark(copy, path, backup, clock, now=now, today=today, actor=actor)
                    done = _write_over(path, live, copy, backup, now)
                finally:
                    let_go(live)
        finally:
            for left in (copy, Path(f"{copy}-journal")):
                left.unlink(missing_ok=True)
    except OSError as error:
        raise disk_problem(error, path) from error
    except Error as error:
        raise explained(error, path) from error
    finally:
        if live is not None:
            live.close()
    passed("restore.done")
    return done


def _opened(path: Path) -> Connection | None:
    """The file, or None where there is nothing that can be opened."""
    try:
        live, read_only = open_file(path)
    except (Damaged, Missing):
        return None
    if read_only:
        live.close()
        raise ReadOnly(
            _("{path} or its folder cannot be written; nothing was changed.").format(
                path=shown(path)
            ),
            title=_("Read-only"),
            hint=_("Ask for write access to the file and its folder, or copy the file elsewhere."),
        )
    return live


def _prepared(path: Path, backup: Backup, now: datetime) -> Path:
    """A copy of the backup, upgraded to the current version."""
    from socius_tui.store import migrations

    copy = folder_of(path) / f"{path.stem}-restore-{os.getpid()}.tmp"
    copy.unlink(missing_ok=True)
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        shutil.copyfile(backup.path, copy)
        manifest = backup.manifest()
        if manifest is not None and file_digest(copy) != manifest.get("sha256"):
            raise OSError(_("the copy is not what was written"))
        connection, _read_only = open_file(copy)
        try:
            # What the steps write: the file went on from here under the name of the backup.
            migrations.migrate(
                connection, copy, now, copies=False, settle=lambda c: go_on_as(c, new_replica())
            )
        finally:
            connection.close()
    except BaseException:
        copy.unlink(missing_ok=True)
        raise
    return copy


def _mark(
    copy: Path,
    path: Path,
    backup: Backup,
    clock: int,
    *,
    now: datetime,
    today: date,
    actor: str | None,
) -> None:
    """Give the copy a name of its own to write its journal under, and write down what it is.

    Numbers after those of the backup were given out already, and later than `clock` is later.
    """
    moment = f"{backup.moment:%Y-%m-%d %H:%M} UTC"

    def work(transaction: Transaction) -> str:
        transaction.set_setting(RESTORED, backup.path.name)
        return said("Backup of {moment} brought back", moment=moment)

    database = Database(copy)
    try:
        replica = new_replica()
        go_on_as(database.connection, replica, clock)
        database.identity = Identity(path, own=replica)
        known = database.connection.execute("SELECT 1 FROM person WHERE id = ?", (actor,))
        database.write(work, today=today, now=now, actor=actor if known.fetchone() else None)
    finally:
        database.close()
    with copy.open("rb") as file:
        os.fsync(file.fileno())


def _clock(live: Connection) -> int:
    try:
        return int(live.execute("SELECT clock FROM journal_state").fetchone()[0])
    except (Error, TypeError):  # damaged, or from before the journal
        return 0


def _write_over(
    path: Path, live: Connection, copy: Path, backup: Backup, now: datetime
) -> Restored:
    """Keep the held file aside and write the copy over it."""
    try:
        aside, undoable = back_up(path, "restore", now, held=live).path, True
    except Damaged:
        aside, undoable = _free_name(path, now), False
        _copy_held(path, aside)
    passed("restore.aside")
    source, _read_only = open_file(copy)
    try:
        copy_pages(source, live, lambda: passed("restore.copying"))
    finally:
        source.close()
    return Restored(backup, aside, undoable)


def _copy_held(path: Path, aside: Path) -> None:
    """Copy a file that is too damaged to be packed, byte for byte."""
    # Never closed: closing a file drops every lock that this process has on it.
    handle = os.open(path, os.O_RDONLY)
    made = os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "rb", closefd=False) as source, os.fdopen(made, "wb") as target:
        shutil.copyfileobj(source, target)
        target.flush()
        os.fsync(target.fileno())


def _replace(path: Path, copy: Path, now: datetime) -> Path | None:
    """Put the copy in the place of what cannot be opened, which is kept under another name."""
    aside = None
    if path.exists():
        aside = _free_name(path, now)
        os.link(path, aside)
        for suffix in ("-journal", "-wal", "-shm"):
            # What belongs to the damaged file must not be taken for part of the new one.
            if (beside := Path(f"{path}{suffix}")).exists():
                os.replace(beside, f"{aside}{suffix}")
    passed("restore.aside")
    os.replace(copy, path)
    sync_folder(path.parent)
    passed("restore.copying")
    return aside


def _free_name(path: Path, now: datetime) -> Path:
    """A name beside the file that nothing has yet: plan.db.damaged-20160314T093000."""
    wanted = f"{path.name}.damaged-{now:%Y%m%dT%H%M%S}"
    number, free = 1, path.with_name(wanted)
    while free.exists():
        number += 1
        free = path.with_name(f"{wanted}-{number}")
    return free
