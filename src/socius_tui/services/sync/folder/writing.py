"""Puts a file in the shared folder whole or not at all: under another name first."""

from __future__ import annotations

import errno
import os
import re
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from socius_tui.errors import FileProblem, ReadOnly
from socius_tui.i18n import _
from socius_tui.store.driver import sync_folder
from socius_tui.store.landmarks import passed
from socius_tui.store.problems import disk_problem, shown

#: Waits so many seconds.
Wait = Callable[[float], None]

_PIECE: Final = 64 << 10
_STALE: Final = 3600  # seconds after which nobody is at work on a temporary file any more
_TEMPORARY: Final = "~[0-9a-f]{16}\\.tmp"
_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_REFUSED: Final = (errno.EACCES, errno.EPERM, errno.EROFS)
_TRIES: Final = 10 if os.name == "nt" else 1  # a virus scanner holds a new file for a moment


def write_whole(
    path: Path, data: bytes, *, wait: Wait = time.sleep, tries: int | None = None
) -> None:
    """Write a file that is there whole, on the disk, or not at all; replaces what has its name.

    The temporary name is one that Nextcloud and OneDrive do not carry. Raises FileProblem.
    """
    temporary = path.with_name(f"~{os.urandom(8).hex()}.tmp")
    try:
        try:
            with open(temporary, "xb") as file:
                for at in range(0, len(data), _PIECE):
                    file.write(data[at : at + _PIECE])
                    file.flush()
                    passed("folder.piece")
                os.fsync(file.fileno())
            passed("folder.written")
            _replace(temporary, path, wait, _TRIES if tries is None else tries)
        except BaseException:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
        passed("folder.renamed")
        with suppress(OSError):  # the file is there; some network folders cannot be synced
            sync_folder(path.parent)
    except OSError as error:
        raise problem(error, path) from error


def _replace(temporary: Path, path: Path, wait: Wait, tries: int) -> None:
    for number in range(1, tries):
        try:
            os.replace(temporary, path)
        except PermissionError:
            wait(0.05 * number)
        else:
            return
    os.replace(temporary, path)


def is_temporary(file_name: str) -> bool:
    """Whether a file is one that was not finished."""
    return re.fullmatch(_TEMPORARY, file_name) is not None


def clear_leftovers(folder: Path, now: float) -> None:
    """Throw away what a program that was killed left in a folder of ours; `now` in seconds."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if is_temporary(entry.name):
                with suppress(OSError):
                    if now - entry.stat(follow_symlinks=False).st_mtime > _STALE:
                        os.unlink(entry.path)


def make_folder(path: Path) -> None:
    """Make a folder unless it is there; the one above it must be. Raises FileProblem."""
    try:
        if path.is_symlink():
            raise FileProblem(
                _("{path} is a link to another place; nothing was written.").format(
                    path=shown(path)
                ),
                hint=_("Put a folder of its own there."),
            )
        path.mkdir(exist_ok=True)
    except OSError as error:
        raise problem(error, path) from error


def problem(error: OSError, path: Path) -> FileProblem:
    """Why nothing could be written there, as a sentence."""
    if error.errno in _REFUSED:
        return ReadOnly(
            _("The folder {folder} cannot be written; nothing was written.").format(
                folder=shown(path.parent)
            ),
            title=_("Read-only"),
            hint=_("Ask for write access to the shared folder, or choose another."),
        )
    if error.errno in _FULL:
        return FileProblem(
            _("The disk that holds {path} is full; nothing was written.").format(path=shown(path)),
            title=_("Disk full"),
            hint=_("Free some space there, then exchange again: it goes on where it stopped."),
        )
    return disk_problem(error, path)
