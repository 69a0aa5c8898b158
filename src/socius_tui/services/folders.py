"""What is in a folder, for who looks for a file."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from socius_tui.domain.text import fold
from socius_tui.errors import FileProblem
from socius_tui.i18n import _
from socius_tui.store.problems import disk_problem, shown

MOST: Final = 2_000  # entries; who has more in a folder types a part of the name


class Entry(NamedTuple):
    """A folder, or a file with its size in bytes and when it was changed (UTC)."""

    name: str
    path: Path
    is_folder: bool
    size: int
    changed_at: datetime


class Listing(NamedTuple):
    """The entries of a folder, folders first, both by name; `more` are not among them.

    The folder above it comes before all, as "..", while no part of a name was typed.
    """

    folder: Path
    entries: tuple[Entry, ...]
    more: int


def listing(typed: str, suffixes: Collection[str] = ()) -> Listing:
    """What a typed path can become: the folder that it names, entries that begin with the rest.

    Only folders and ordinary files; of the files only those with one of these suffixes (".csv"),
    where some are given. What begins with a point is hidden until the point is typed. Raises
    FileProblem when the folder cannot be read.
    """
    folder, begin = _split(typed)
    begin = fold(begin)
    found: list[Entry] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if not fold(entry.name).startswith(begin):
                    continue
                if entry.name.startswith(".") and not begin.startswith("."):
                    continue
                made = _entry(entry, suffixes)
                if made is not None:
                    found.append(made)
    except FileNotFoundError as error:
        raise FileProblem(
            _("There is no folder {folder}.").format(folder=shown(folder)),
            hint=_("Check its name."),
        ) from error
    except ValueError as error:  # a NUL in the name
        raise FileProblem(
            _("{path} is not a name that a file can have.").format(path=shown(folder))
        ) from error
    except OSError as error:
        raise disk_problem(error, folder) from error
    found.sort(key=lambda entry: (not entry.is_folder, fold(entry.name), entry.name))
    if not begin and folder.parent != folder:
        found.insert(0, Entry("..", folder.parent, True, 0, datetime.min.replace(tzinfo=UTC)))
    return Listing(folder, tuple(found[:MOST]), max(len(found) - MOST, 0))


def as_typed(folder: Path) -> str:
    """A folder as it is typed to see what is in it."""
    return str(folder) if str(folder).endswith(os.sep) else f"{folder}{os.sep}"


def whole(typed: str) -> Path:
    """The path that was typed; a ~ is somebody's home."""
    folder, name = _split(typed)
    return folder / name


def _split(typed: str) -> tuple[Path, str]:
    head, tail = os.path.split(typed.strip())
    try:
        folder = Path(head).expanduser()
    except RuntimeError:  # ~ without a home
        folder = Path(head)
    return Path(os.path.abspath(folder)), tail


def _entry(entry: os.DirEntry[str], suffixes: Collection[str]) -> Entry | None:
    try:
        about = entry.stat()
    except OSError:  # a link that points nowhere, or what is gone by now
        return None
    is_folder = stat.S_ISDIR(about.st_mode)
    if not is_folder and not stat.S_ISREG(about.st_mode):
        return None
    if not is_folder and suffixes and Path(entry.name).suffix.casefold() not in suffixes:
        return None
    changed = datetime.fromtimestamp(about.st_mtime, UTC)
    return Entry(entry.name, Path(entry.path), is_folder, about.st_size, changed)
