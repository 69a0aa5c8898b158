"""Makes a backup: a packed copy under another name, compared with the file, then renamed.

Whatever ends the program, what has the name of a backup is whole. `VACUUM INTO`, because a copy
of the file itself can hold half a transaction, and SQLite's own stepwise copy never ends while
another program writes.
"""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from socius_tui.domain.moments import moment_text
from socius_tui.errors import Busy, Damaged, FileProblem
from socius_tui.i18n import _, get_language
from socius_tui.store.backup_files import (
    Backup,
    clear_leftovers,
    file_digest,
    folder_of,
    reserve,
    thin,
    write_manifest,
)
from socius_tui.store.digest import Digest, digests
from socius_tui.store.driver import Connection, Error, hold, open_file, sync_folder
from socius_tui.store.landmarks import passed
from socius_tui.store.problems import disk_problem, explained, shown

TRIES: Final = 4  # of BUSY_SECONDS each, to get at a file in which others write
SPARE: Final = 8_000_000  # bytes that a backup leaves free, so that the file itself can be written


class State(NamedTuple):
    """What a file held at one moment: its tables, and how far its journal was."""

    tables: Mapping[str, Digest]
    replica: str
    last_change: int


def back_up(path: Path, why: str, now: datetime, held: Connection | None = None) -> Backup:
    """Make a backup of a file as it is now; throws away those that are no longer needed.

    `why` is a word of `domain.retention`. `held` is the connection that keeps everybody else
    out, if there is one; else other programs can read meanwhile, and wait to write.
    Raises FileProblem: no room, no rights, in use, damaged. Then nothing is left of it, and the
    older backups are untouched.
    """
    folder = folder_of(path)
    try:
        clear_leftovers(path, now)
        with _still(path, held) as connection:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            _look_for_room(folder, connection)
            backup, temporary = reserve(path, version, now, why)
            try:
                connection.execute("VACUUM INTO ?", (str(temporary),))
                passed("backup.copied")
                state = state_of(connection)
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise
        try:
            _finish(path, backup, temporary, state, held)
        finally:
            for left in (temporary, Path(f"{temporary}-journal")):
                left.unlink(missing_ok=True)
        thin(path, now)
        passed("backup.thinned")
    except OSError as error:
        raise disk_problem(error, folder) from error
    except Error as error:
        full = getattr(error, "sqlite_errorname", "").startswith(("SQLITE_FULL", "SQLITE_IOERR"))
        raise explained(error, folder if full else path) from error
    return backup


@contextmanager
def _still(path: Path, held: Connection | None) -> Iterator[Connection]:
    """A connection to a file in which nobody writes meanwhile."""
    # VACUUM takes no part in a transaction, so it is the lock that makes it one moment.
    if held is not None:
        yield held
        return
    connection = _held(path)
    try:
        yield connection
    finally:
        connection.close()


def _held(path: Path, tries: int = TRIES) -> Connection:
    """The file, open and held still; raises Busy when another program never lets us in."""
    try:
        connection, _read_only = open_file(path)
        try:
            hold(connection, alone=False)
        except Error as error:
            connection.close()
            raise explained(error, path) from error
    except Busy:
        # SQLite only asks now and then, and can miss every moment in which nobody writes.
        if tries <= 1:
            raise
        return _held(path, tries - 1)
    return connection


def _look_for_room(folder: Path, connection: Connection) -> None:
    """Raises FileProblem when a backup may not fit on the disk."""
    pages, free_pages, page_size = (
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_count", "freelist_count", "page_size")
    )
    needed = (pages - free_pages) * page_size + SPARE
    free = shutil.disk_usage(folder if folder.exists() else folder.parent).free
    if free < needed:
        raise FileProblem(
            _("There is no room for a backup in {folder}: it asks for {needed}, {free} is free.")
            .format(folder=shown(folder), needed=size_text(needed), free=size_text(free)),
            title=_("Disk full"),
            hint=_("Free some space on that disk. Older backups are still there."),
        )  # fmt: skip


def _finish(
    path: Path, backup: Backup, temporary: Path, state: State, held: Connection | None
) -> None:
    """Check the copy and give it its name."""
    copy, _read_only = open_file(temporary)
    try:
        found = state_of(copy)
        faults = faults_of(copy)
    except Error as error:
        raise _not_whole(backup.path, str(error)) from error
    finally:
        copy.close()
    if found != state:
        wrong = [name for name in state.tables if found.tables.get(name) != state.tables[name]]
        raise _not_whole(backup.path, ", ".join(wrong))
    if faults:
        # Another program can have written what the rules forbid; that has to be kept as it is.
        source = held or open_file(path)[0]
        try:
            faults -= faults_of(source)
        finally:
            if source is not held:
                source.close()
        if faults:
            raise _not_whole(backup.path, next(iter(faults)))
    passed("backup.verified")
    with temporary.open("rb") as file:
        os.fsync(file.fileno())
    # The manifest first: what has the name of a backup can always be checked.
    write_manifest(backup, _manifest(path, backup, temporary, state))
    passed("backup.manifest")
    os.replace(temporary, backup.path)
    sync_folder(backup.path.parent)
    passed("backup.renamed")


def _manifest(path: Path, backup: Backup, copy: Path, state: State) -> dict[str, Any]:
    from socius_tui import __version__

    return {
        "program": f"socius-tui {__version__}",
        "file": path.name,
        "file_version": backup.version,
        "made_at": moment_text(backup.moment),
        "why": backup.why,
        "size": copy.stat().st_size,
        "sha256": file_digest(copy),
        "replica": state.replica,
        "last_change": state.last_change,
        "tables": {name: list(digest) for name, digest in state.tables.items()},
    }


def state_of(connection: Connection) -> State:
    """What a file holds. Raises Error when it cannot be read."""
    return State(digests(connection), *journal_end(connection))


def journal_end(connection: Connection) -> tuple[str, int]:
    """Under which name a file writes its journal, and its last change; ("", 0) without one."""
    try:
        replica = connection.execute("SELECT replica FROM journal_state").fetchone()
        last = connection.execute("SELECT max(seq) FROM change").fetchone()
    except Error:  # a file from before the journal
        return "", 0
    return (str(replica[0]) if replica else ""), int(last[0] or 0)


def faults_of(connection: Connection) -> Counter[str]:
    """What SQLite finds wrong in a file, without the row numbers, which packing changes.

    Raises Error when it cannot be read.
    """
    said = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    said += [
        f"foreign key {row[0]} {row[2]} {row[3]}"
        for row in connection.execute("PRAGMA foreign_key_check")
    ]
    found = Counter(re.sub(r"\d+", "…", fault) for fault in said)
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'search'").fetchone():
        try:
            connection.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
        except Error as error:
            if getattr(error, "sqlite_errorname", "") != "SQLITE_READONLY":
                found[str(error)] += 1
    return found


def check(backup: Backup) -> None:
    """Raises Damaged when a backup is not as it was made.

    Its bytes are held against the manifest. Without a manifest (it was copied here by hand) it is
    checked as far as SQLite can, and its rows against its own journal.
    """
    manifest = backup.manifest()
    if manifest is not None:
        try:
            digest = file_digest(backup.path)
        except OSError as error:
            raise disk_problem(error, backup.path) from error
        if digest != manifest.get("sha256"):
            raise _not_whole(backup.path, _("its bytes are not those of its manifest"))
        return
    connection, _read_only = open_file(backup.path)
    try:
        fault = next(iter(faults_of(connection)), "") or _against_journal(connection)
    except (Error, ValueError) as error:
        fault = str(error)
    finally:
        connection.close()
    if fault:
        raise _not_whole(backup.path, fault)


def _against_journal(connection: Connection) -> str:
    from socius_tui.store.journal.comparison import broken_entries, differences

    if journal_end(connection) == ("", 0):
        return ""
    for difference in differences(connection):
        return f"{difference.kind} {difference.row_id}"
    for entry in broken_entries(connection):
        return f"change {entry.seq}"
    return ""


def _not_whole(path: Path, what: str) -> Damaged:
    from socius_tui.domain.text import clean

    return Damaged(
        _("The backup {path} is not whole ({what}).").format(path=shown(path), what=clean(what)),
        title=_("Damaged backup"),
        hint=_("Take another one: `socius backup --list` shows them."),
    )


def size_text(size: int) -> str:
    """A number of bytes for people: 3,4 MB."""
    from fractions import Fraction

    from socius_tui.domain.numbers import format_number

    return f"{format_number(Fraction(size, 1_000_000), get_language(), places=1)} MB"
