"""Reads files that others put in the shared folder: ordinary ones, of a size that can be."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any, Final

MOST_JSON: Final = 1 << 20
#: Not there on every system: follow no link, do not wait for who writes into a pipe.
_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)


class NotOrdinary(Exception):
    """A link, a folder, a pipe, a device: it is not opened."""


class TooLarge(Exception):
    """More than is ever written in such a file."""


class NotSaid(Exception):
    """A JSON file in which there is something else than there should be."""


def read_bytes(path: Path, most: int) -> bytes:
    """All bytes of an ordinary file. Raises OSError, NotOrdinary, TooLarge."""
    if not stat.S_ISREG(path.lstat().st_mode):  # before it is opened: opening alone can do things
        raise NotOrdinary
    with open(os.open(path, _FLAGS), "rb") as file:
        about = os.fstat(file.fileno())  # replaced in between
        if not stat.S_ISREG(about.st_mode):
            raise NotOrdinary
        if about.st_size > most:
            raise TooLarge
        data = file.read(most + 1)
    if len(data) > most:
        raise TooLarge
    return data


def read_object(path: Path) -> dict[str, Any]:
    """The object in a JSON file. Raises OSError, NotOrdinary, TooLarge, NotSaid."""
    try:
        found = json.loads(read_bytes(path, MOST_JSON).decode())
    except (ValueError, RecursionError) as error:
        raise NotSaid from error
    if not isinstance(found, dict):
        raise NotSaid
    return found
