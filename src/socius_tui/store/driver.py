"""Opens the one file. The only module that imports a SQLite library.

Two SQLite libraries in one process undo each other's locks (POSIX locks belong to the
process) and acknowledged rows disappear, so everything else takes its types from here.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar

from socius_tui.domain.text import clean
from socius_tui.errors import Damaged, FileProblem, Missing
from socius_tui.i18n import _
from socius_tui.store.problems import (
    damaged,
    disk_problem,
    explained,
    is_busy,
    no_database,
    not_ours,
    shown,
)

Connection = sqlite3.Connection
Error = sqlite3.Error
IntegrityError = sqlite3.IntegrityError
#: What a damaged file can raise: an error of SQLite, or text (or its message) that is no UTF-8.
Unreadable: Final = (sqlite3.Error, UnicodeDecodeError)
T = TypeVar("T")

_ROLL_BACK: Final = ("SQLITE_READONLY_ROLLBACK", "SQLITE_READONLY_RECOVERY", "SQLITE_CANTOPEN")

APPLICATION_ID: Final = 0x534F4349
SCHEMA_VERSION: Final = 5
BUSY_SECONDS: Final = 5.0
BACKUPS: Final = "backups"  # the folder beside the file
_ASK_AGAIN: Final = 0.0005  # seconds, about

# Synchronous EXTRA with a rollback journal lost nothing in simulated power cuts, is safe on
# SQLite 3.40 (whose WAL may corrupt on reset) and leaves one file without side files.
_PRAGMAS: Final = (
    ("journal_mode", "delete", "delete"),
    ("synchronous", "EXTRA", 3),
    ("foreign_keys", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("secure_delete", "ON", 1),
    ("recursive_triggers", "ON", 1),
)


def patiently(connection: Connection, attempt: Callable[[], T], seconds: float) -> T:
    """Try what needs a lock until it has it, or the time is up.

    SQLite waits by itself, but asks ten times a second; where others write one thing after the
    other that is never the moment between two of them (measured: 2 of 1,800 gave up).
    """
    deadline = time.monotonic() + seconds
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                return attempt()
            except Error as error:
                if not is_busy(error) or time.monotonic() >= deadline:
                    raise
            time.sleep(_ASK_AGAIN * (0.5 + os.urandom(1)[0] / 256))
    finally:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000:.0f}")


def open_file(path: Path, *, read_only: bool = False) -> tuple[Connection, bool]:
    """Open an existing database of ours; gives the connection and whether it is read-only.

    It is where that is asked for, and where its rights or those of its folder say so.
    Raises FileProblem with the path and what to do: missing, a folder, empty, another
    kind of file, another program's database, a file of a newer version, no rights.
    The version is not compared with ours when it is older: migrations do that.
    """
    check_kind(path)
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    read_only = read_only or not writable
    try:
        connection = _connect(path, read_only=read_only)
        try:
            application_id, version = patiently(
                connection, lambda: _begin(connection, read_only=read_only), BUSY_SECONDS
            )
        except BaseException:
            connection.close()
            raise
    except Unreadable as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB":
            raise no_database(path) from error
        raise explained(error, path) from error
    _check_ours(connection, path, application_id, version)
    return connection, read_only


def _check_ours(connection: Connection, path: Path, application_id: int, version: int) -> None:
    """Close the file and raise FileProblem when it is not ours, or newer than the program."""
    if application_id == APPLICATION_ID and 1 <= version <= SCHEMA_VERSION:
        return
    connection.close()
    if application_id != APPLICATION_ID:
        raise not_ours(path)
    if version < 1:
        raise damaged(path)
    raise FileProblem(
        _(
            "{path} was written by a newer version of this program "
            "(file version {found}, this program knows up to {known})."
        ).format(path=shown(path), found=version, known=SCHEMA_VERSION),
        title=_("Newer file"),
        hint=_("Install a version of socius-tui that knows file version {found}.").format(
            found=version
        ),
    )


def copy_in_memory(connection: Connection) -> Connection:
    """All of an open file as a database in memory, free of its foreign keys.

    Runs inside a transaction that has read already: Python's backup() would wait for ever for
    a file that is locked.
    """
    copy = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.backup(copy)
        copy.execute("PRAGMA foreign_keys = OFF")
        copy.execute("PRAGMA trusted_schema = OFF")
        # Nothing is rolled back in it: without a journal it takes half the memory.
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA secure_delete = OFF")
    except BaseException:
        copy.close()
        raise
    return copy


def open_to_check(path: Path) -> Connection:
    """Open a database of ours to look at only; nothing is written, whatever is wrong with it.

    Raises FileProblem as `open_file` does, and MustRollBack when a write was broken off.
    """
    check_kind(path)
    try:
        connection = _connect(path, read_only=True)
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        application_id = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    except Unreadable as error:
        name = getattr(error, "sqlite_errorname", "")
        if name in _ROLL_BACK:
            raise MustRollBack from error
        raise no_database(path) if name == "SQLITE_NOTADB" else explained(error, path) from error
    _check_ours(connection, path, application_id, version)
    return connection


class MustRollBack(Exception):
    """A write in the file was broken off; it has to be rolled back before it can be read."""


def open_damaged(copy: Path) -> Connection:
    """Open a private copy of a damaged file, for salvage: what is unusual is read all the same."""
    connection = sqlite3.connect(copy, isolation_level=None)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    # A table whose definition cannot be read does not keep the others from being read.
    connection.execute("PRAGMA writable_schema = ON")
    connection.text_factory = any_text
    return connection


def in_memory() -> Connection:
    """An empty database that is nowhere on a disk."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


def any_text(found: bytes) -> str:
    """Text as it is stored; bytes that are no text become lone surrogates, not an error."""
    return found.decode("utf-8", "surrogateescape")


def create_file(path: Path, schema: str, prepare: Callable[[Connection], object]) -> None:
    """Make a new database from the schema's text; all of it or nothing appears at `path`.

    `prepare` adds, in the same transaction, what every file begins with. The folder is made
    with mode 0700, the file with 0600. Raises FileProblem when the file exists or cannot be
    written.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.exists() or path.is_symlink():
            raise FileExistsError(path)
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            connection = sqlite3.connect(temporary, isolation_level=None)
            try:
                connection.execute("PRAGMA synchronous = EXTRA")
                connection.executescript(f"BEGIN;\n{schema}")
                prepare(connection)
                connection.execute("COMMIT")
            finally:
                connection.close()
            os.link(temporary, path)  # refuses to replace a file that appeared meanwhile
            sync_folder(path.parent)
        finally:
            temporary.unlink(missing_ok=True)
    except FileExistsError as error:
        raise FileProblem(
            _("{path} exists already.").format(path=shown(path)),
            title=_("Nothing was made"),
            hint=_("Choose another file with --db, or open this one."),
        ) from error
    except OSError as error:
        raise disk_problem(error, path) from error
    except Error as error:
        raise explained(error, path) from error


def run_script(connection: Connection, script: str) -> None:
    """Run several statements in the transaction that is open (`executescript` would commit it)."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""


def hold(connection: Connection, *, alone: bool) -> None:
    """Keep the file as it is until `let_go`, between transactions as well.

    Others can read it and wait to write; or, `alone`, they wait for both. A program that writes
    without pause cannot keep out who only wants to read; who wants to be alone gives up after
    BUSY_SECONDS. Raises Error then.
    """
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")  # what is locked stays locked
    try:
        if alone:
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
        else:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except Error:
        let_go(connection)
        raise


def let_go(connection: Connection) -> None:
    """Let other programs in again."""
    connection.execute("PRAGMA locking_mode = NORMAL")
    with suppress(Error):  # the lock goes at the next read
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def copy_pages(source: Connection, target: Connection, step: Callable[[], object]) -> None:
    """Write all of one open file over a held one, in one transaction; tells each `step`.

    The target stays the same file on the disk, so others who have it open see what is new. What
    is interrupted is rolled back, by whoever opens it next. Raises Error.
    """

    def progress(status: int, _remaining: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            # Python would try again for ever.
            raise sqlite3.OperationalError("database is locked")
        step()

    source.backup(target, pages=32, progress=progress)


def sync_folder(folder: Path) -> None:
    """Make a rename or link in a folder durable, where the platform can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _connect(path: Path, *, read_only: bool) -> Connection:
    if read_only:
        from urllib.parse import quote

        uri = f"file:{quote(os.fsencode(path.absolute()))}?mode=ro"
        return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_SECONDS)
    return sqlite3.connect(path, isolation_level=None, timeout=BUSY_SECONDS)


def _begin(connection: Connection, *, read_only: bool) -> tuple[int, int]:
    """Whose file it is and of which version; one of ours is made ready."""
    # Before anything is set: what is not ours stays as it is.
    application_id = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application_id == APPLICATION_ID:
        _prepare(connection, read_only=read_only)
    return application_id, version


def _prepare(connection: Connection, *, read_only: bool) -> None:
    for name, value, expected in _PRAGMAS:
        if read_only and name == "journal_mode":
            continue
        connection.execute(f"PRAGMA {name} = {value}")
        found = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if found != expected:
            raise FileProblem(
                _("The database cannot be opened safely: {name} is {found}.").format(
                    name=name, found=clean(str(found))
                ),
                hint=_("Copy the file to a local disk and open it there."),
            )
    connection.execute("PRAGMA temp_store = MEMORY")
    # A long transaction that fits in memory does not lock readers out before it commits.
    connection.execute("PRAGMA cache_size = -65536")


def check_kind(path: Path) -> None:
    """Raises FileProblem when there is no file that can be read: none, a folder, an empty one."""
    try:
        found = path.stat()
    except FileNotFoundError as error:
        raise Missing(
            _("There is no database at {path}.").format(path=shown(path)),
            title=_("No database yet"),
            hint=_("Make one with `socius init`, or look around with `socius demo`.")
            if not (path.parent / BACKUPS).is_dir()
            else _("Bring a backup back with `socius restore`, or make one with `socius init`."),
        ) from error
    except (OSError, ValueError) as error:
        raise FileProblem(
            _("{path} cannot be opened: {reason}.").format(
                path=shown(path), reason=clean(getattr(error, "strerror", "") or str(error))
            ),
            hint=_("Check the path and your rights on its folders."),
        ) from error
    if not stat.S_ISREG(found.st_mode):
        kind = _("a folder") if stat.S_ISDIR(found.st_mode) else _("not an ordinary file")
        raise FileProblem(
            _("{path} is {kind}.").format(path=shown(path), kind=kind),
            hint=_("Give the database file itself with --db."),
        )
    _check_size(path, found.st_size)


def _check_size(path: Path, size: int) -> None:
    # The file is never read here by hand: POSIX locks belong to the process, and closing the file
    # would drop those of another connection to it, in the middle of its transaction.
    if not size:
        raise Damaged(
            _("{path} is empty.").format(path=shown(path)),
            title=_("Not a database"),
            hint=_("Remove the empty file, or bring a backup back: `socius restore`."),
        )
    if size < 100:
        raise no_database(path)
    if not os.access(path, os.R_OK):
        raise FileProblem(
            _("{path} cannot be read: {reason}.").format(
                path=shown(path), reason=clean(os.strerror(errno.EACCES))
            ),
            hint=_("Ask the owner of the file for the right to read it."),
        )
