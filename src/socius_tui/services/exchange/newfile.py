"""Writes a file whole or not at all: under another name first, then renamed."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from socius_tui.errors import FileProblem, InvalidInput, ReadOnly
from socius_tui.i18n import _
from socius_tui.store.driver import sync_folder
from socius_tui.store.problems import disk_problem, shown

_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_REFUSED: Final = (errno.EACCES, errno.EPERM, errno.EROFS)
_NO_LINKS: Final = (errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK)


def write_file(path: Path, parts: Iterable[str | bytes], *, force: bool = False) -> None:
    """Write the parts, text as UTF-8, to a new file that only its owner can read.

    An existing file is replaced only with `force`; of a symbolic link the link itself is.
    When anything fails, what was there is still there and nothing else is. Raises
    FileProblem (also ReadOnly) and InvalidInput for a path that can be none.
    """
    # Not by the number of this process: one that was killed may have had it, and left its part.
    temporary = path.with_name(f".socius-{os.urandom(8).hex()}.part") if path.name else path
    try:
        _check(path, force=force)
        handle = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            with open(handle, "wb") as file:
                for part in parts:
                    file.write(part.encode("utf-8", "replace") if isinstance(part, str) else part)
                file.flush()
                os.fsync(file.fileno())
            if force:
                os.replace(temporary, path)
            else:
                _appear(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
        with suppress(OSError):  # the file is there; some network folders cannot be synced
            sync_folder(path.parent)
    except FileExistsError as error:
        raise _exists(path) from error
    except OSError as error:
        raise _problem(error, path) from error
    except ValueError as error:  # a NUL in the name
        raise InvalidInput(
            _("{path} is not a name that a file can have.").format(path=shown(path))
        ) from error


def check_target(path: Path, *, force: bool = False) -> None:
    """Raise what `write_file` would raise, as far as that can be known before."""
    try:
        _check(path, force=force)
    except FileExistsError as error:
        raise _exists(path) from error
    except OSError as error:
        raise _problem(error, path) from error


def _check(path: Path, *, force: bool) -> None:
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            mode = path.stat().st_mode
    except FileNotFoundError:
        if path.is_symlink() and not force:  # one that points nowhere
            raise FileExistsError(path) from None
        return
    if not stat.S_ISREG(mode):
        kind = _("a folder") if stat.S_ISDIR(mode) else _("not an ordinary file")
        raise FileProblem(
            _("{path} is {kind}; nothing was written.").format(path=shown(path), kind=kind),
            hint=_("Give the name of the file to write, or - for the screen."),
        )
    if not force:
        raise FileExistsError(path)


def _appear(temporary: Path, path: Path) -> None:
    """Give the file its name, unless something got that name in the meantime."""
    try:
        os.link(temporary, path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if os.path.lexists(path):
            raise FileExistsError(path) from error
        os.replace(temporary, path)


def _exists(path: Path) -> FileProblem:
    return FileProblem(
        _("{path} exists already; nothing was written.").format(path=shown(path)),
        title=_("The file exists"),
        hint=_("Choose another name, or replace it with --force."),
    )


def _problem(error: OSError, path: Path) -> FileProblem:
    folder = shown(path.absolute().parent)
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return FileProblem(
            _("There is no folder {folder}; nothing was written.").format(folder=folder),
            title=_("No such folder"),
            hint=_("Make the folder first, or choose another."),
        )
    if error.errno in _REFUSED:
        return ReadOnly(
            _("The folder {folder} cannot be written; nothing was written.").format(folder=folder),
            title=_("Read-only"),
            hint=_("Choose a folder of your own."),
        )
    if error.errno in _FULL:
        return FileProblem(
            _("The disk that holds {path} is full; nothing was written.").format(path=shown(path)),
            title=_("Disk full"),
            hint=_("Free some space, or choose another disk."),
        )
    return disk_problem(error, path)
