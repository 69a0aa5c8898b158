"""Reads a file that a person hands over: a plan, a list."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from socius_tui.domain.text import clean
from socius_tui.errors import BadFile, FileProblem
from socius_tui.i18n import _, ngettext

MOST_BYTES: Final = 10_000_000
MOST_PROBLEMS: Final = 50


def shown(name: str | Path) -> str:
    """A file's name, safe to show."""
    return clean(Path(name).name or str(name), limit=120)


def read_text(path: str | Path) -> str:
    """The text of a file of at most 10 MB, in UTF-8 with or without byte order mark.

    Raises FileProblem when it cannot be read at all and BadFile when it is empty, too large,
    or not text.
    """
    return text_of(bytes_of(path), shown(path))


def bytes_of(path: str | Path) -> bytes:
    """What is in a file, and one byte more than is read of one that is too large.

    Raises FileProblem when it cannot be read.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise unreadable(path, error) from error


def text_of(data: bytes, name: str) -> str:
    """The text that these bytes of a file are; `name` is the file's. Raises BadFile."""
    check_size(data, name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(
            _("{file} is not text in UTF-8: line {line} holds something else.").format(
                file=name, line=data.count(b"\n", 0, error.start) + 1
            ),
            hint=_("Save it again as text in UTF-8."),
        ) from error
    if not text.strip():
        raise empty(name)
    return text


def check_size(data: bytes, name: str, most: int = MOST_BYTES) -> None:
    """Raises BadFile when there are more bytes in a file than are read."""
    if len(data) > most:
        raise BadFile(
            _("{file} is too large: at most {n} MB is read.").format(
                file=name, n=most // 1_000_000
            ),
            hint=_("Check that this is the right file."),
        )


def empty(name: str) -> BadFile:
    """The refusal of a file in which there is nothing."""
    return BadFile(
        _("{file} is empty.").format(file=name), hint=_("Check that this is the right file.")
    )


def unreadable(path: Path, error: OSError | ValueError) -> FileProblem:
    """Why a file that somebody named cannot be read at all."""
    if isinstance(error, FileNotFoundError):
        message, hint = _("There is no file {file}."), _("Check its name and folder.")
    elif isinstance(error, IsADirectoryError):
        message, hint = _("{file} is a folder, not a file."), _("Name the file inside it.")
    elif isinstance(error, PermissionError):
        message, hint = _("{file} may not be read."), _("Ask for the right to read it.")
    else:
        message, hint = _("{file} cannot be read."), _("Check the disk, or copy it elsewhere.")
    return FileProblem(message.format(file=clean(str(path), limit=300)), hint=hint)


def refused(name: str, problems: Sequence[str]) -> BadFile:
    """The refusal of a file; each problem says where in the file it is.

    `message` is the first problem and how many more there are, `problems` the first fifty,
    each with the file's name in front.
    """
    message = f"{name}: {problems[0]}"
    more = len(problems) - 1
    if more:
        message += " " + ngettext(
            "There is {n} more problem.", "There are {n} more problems.", more
        ).format(n=more)
    return BadFile(
        message,
        problems=[f"{name}: {problem}" for problem in problems[:MOST_PROBLEMS]],
        hint=_("Correct the file and try again."),
    )
