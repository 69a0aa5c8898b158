"""Opens ordinary files and nothing else: a pipe would be waited for, a device would not end."""

from __future__ import annotations

import os
import stat
from io import FileIO
from pathlib import Path

from socius_tui.domain.text import clean
from socius_tui.errors import FileProblem
from socius_tui.i18n import _
from socius_tui.services.exchange.reading import unreadable


def open_ordinary(path: Path) -> FileIO:
    """The bytes of a file, looked at each time it is opened: a list is read more than once, and
    what stands at the path may be another thing by then.

    Raises FileProblem: file.kind, or that it is not there or may not be read.
    """
    try:
        _check(path, path.stat().st_mode)  # before it is opened: opening alone can do things
        file = FileIO(path, opener=_at_once)
    except FileNotFoundError as error:
        if path.is_symlink():
            raise _problem(
                _("{file} is a link to a file that is not there."),
                path,
                _("Name the file itself, or make the link again."),
            ) from error
        raise unreadable(path, error) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise unreadable(path, error) from error
    try:
        _check(path, os.fstat(file.fileno()).st_mode)  # replaced in between
    except FileProblem:
        file.close()
        raise
    return file


def _at_once(path: str, flags: int) -> int:
    """Opens without waiting for who writes into a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _check(path: Path, mode: int) -> None:
    if stat.S_ISREG(mode):
        return
    if stat.S_ISDIR(mode):
        raise _problem(_("{file} is a folder, not a file."), path, _("Name the file inside it."))
    if stat.S_ISFIFO(mode):
        sentence = _("{file} is a pipe, not a file.")
    elif stat.S_ISSOCK(mode):
        sentence = _("{file} is a socket, not a file.")
    else:
        sentence = _("{file} is a device, not a file.")
    raise _problem(sentence, path, _("Save the list as a file, and name that."))


def _problem(sentence: str, path: Path, hint: str) -> FileProblem:
    where = clean(str(path), limit=300)
    return FileProblem(f"{sentence.format(file=where)} [file.kind]", hint=hint)
