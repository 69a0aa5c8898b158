"""What the file or the disk refuses, as sentences that name the path and say what to do."""

from __future__ import annotations

from pathlib import Path

from socius_tui.domain.text import clean
from socius_tui.errors import Busy, Damaged, FileProblem, ReadOnly, SociusError
from socius_tui.i18n import _


def shown(path: Path) -> str:
    """A path that can be printed safely."""
    return clean(str(path))


def is_busy(error: Exception) -> bool:
    """Whether it was refused because another program is at it."""
    name = getattr(error, "sqlite_errorname", "") or ""
    return name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def disk_problem(error: OSError, path: Path) -> FileProblem:
    """An OSError as a sentence with the path."""
    return FileProblem(
        _("{path} cannot be written: {reason}.").format(
            path=shown(path), reason=clean(error.strerror or str(error))
        ),
        title=_("The disk says no"),
        hint=_("Check the folder, its rights and the free space, then try again."),
    )


def explained(error: Exception, path: Path) -> SociusError:
    """An error of SQLite as a sentence that names the file and says what to do."""
    if isinstance(error, UnicodeDecodeError) or "Could not decode" in str(error):
        return damaged(path)
    name = getattr(error, "sqlite_errorname", "") or ""
    where = shown(path)
    if is_busy(error):
        return Busy(
            _("{path} is in use by another program; nothing was written.").format(path=where),
            title=_("The file is in use"),
            hint=_("Close the other program or wait a moment, then try again."),
        )
    if name == "SQLITE_READONLY_DBMOVED":
        return FileProblem(
            _(
                "{path} is no longer there, or another file has taken its place; "
                "nothing was written."
            ).format(path=where),
            title=_("The file is gone"),
            hint=_("Put it back (or the disk that it is on), or start the program again."),
        )
    if name.startswith(("SQLITE_READONLY", "SQLITE_PERM")):
        return ReadOnly(
            _("{path} or its folder cannot be written; nothing was changed.").format(path=where),
            title=_("Read-only"),
            hint=_("Ask for write access to the file and its folder, or copy the file elsewhere."),
        )
    if name.startswith("SQLITE_FULL"):
        return FileProblem(
            _("The disk that holds {path} is full; nothing was written.").format(path=where),
            title=_("Disk full"),
            hint=_("Free some space outside this file (deleting in it needs space too)."),
        )
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return damaged(path)
    return FileProblem(
        _("{path} cannot be read or written ({reason}).").format(
            path=where, reason=clean(name or str(error))
        ),
        title=_("The file says no"),
        hint=_("Check that the disk is there and that you may use the file, then try again."),
    )


def damaged(path: Path) -> Damaged:
    """That a file is damaged, and the three ways on."""
    return Damaged(
        _("{path} is damaged or not a database.").format(path=shown(path)),
        title=_("Damaged file"),
        hint=_(
            "Keep the file as it is. `socius check` says what is wrong, `socius restore` brings "
            "back a backup, `socius check --salvage NEWFILE` saves what can still be read."
        ),
    )


def no_database(path: Path) -> Damaged:
    return Damaged(
        _("{path} is not a database.").format(path=shown(path)),
        title=_("Not a database"),
        hint=_was_it_ours(),
    )


def not_ours(path: Path) -> FileProblem:
    return FileProblem(
        _("{path} is a database of another program.").format(path=shown(path)),
        title=_("Not a database of socius-tui"),
        hint=_was_it_ours(),
    )


def _was_it_ours() -> str:
    """The first page may be damaged: then nothing in it says whose file it is."""
    return _(
        "Give a file that `socius init` made. If this is one, it is damaged: keep it as it is; "
        "`socius restore` brings back a backup, `socius check --salvage NEWFILE` saves what can "
        "still be read."
    )
