"""Where everything lies in the shared folder, seen from names alone.

team.json                                   whose folder it is
replicas/<replica>/profile.json, seen.json  what a laptop says of itself
replicas/<replica>/<replica>.<after>-<until>.<digest>.seg
replicas/<replica>/snapshots/<replica>.<date>.<digest>.snap
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from socius_tui.domain.exchanged import Trouble
from socius_tui.i18n import _
from socius_tui.services.sync.folder.segments import REPLICA, SegmentName, name_of
from socius_tui.services.sync.folder.writing import is_temporary
from socius_tui.store.problems import shown

TEAM: Final = "team.json"
REPLICAS: Final = "replicas"
PROFILE: Final = "profile.json"
SEEN: Final = "seen.json"
SNAPSHOTS: Final = "snapshots"

#: What a desktop or a program that carries folders puts in every folder.
_LITTER: Final = ("desktop.ini", "thumbs.db", "icon\r")
#: A name that such a program gives a file until it has come in whole.
_COMING: Final = (".part", ".partial", ".filepart", ".tmp", ".crdownload", ".download")


class Contents(NamedTuple):
    """What is in the folder of a replica.

    `segments` are files with exactly the name of one of its segments; `strays` files that could
    be one under another name; `links` names of segments that lead elsewhere.
    """

    segments: list[SegmentName]
    strays: list[str]
    links: list[str]


def is_replica(name: str) -> bool:
    """Whether this can be the name of a replica, and so of its folder."""
    return re.fullmatch(REPLICA, name) is not None


def own_folder(folder: Path, replica: str) -> Path:
    """The folder in which one replica writes, and nobody else."""
    if not is_replica(replica):
        raise ValueError(f"{replica!r} is no name of a replica")
    return folder / REPLICAS / replica


def replicas(folder: Path) -> tuple[list[str], list[str]]:
    """The replicas that have a folder, and names beside them that are none. Raises OSError."""
    found: list[str] = []
    others: list[str] = []
    try:
        with os.scandir(folder / REPLICAS) as entries:
            for entry in entries:
                if _is_litter(entry.name):
                    continue
                is_folder = entry.is_dir(follow_symlinks=False)
                if is_folder and is_replica(entry.name):
                    found.append(entry.name)
                elif is_folder or entry.is_symlink():
                    others.append(entry.name)
    except FileNotFoundError:
        os.stat(folder)  # the folder itself must be there
    return sorted(found), sorted(others)


def contents(own: Path) -> Contents:
    """What is in the folder of a replica; nothing when it is not there. Raises OSError."""
    found = Contents([], [], [])
    try:
        with os.scandir(own) as entries:
            for entry in entries:
                name = name_of(entry.name)
                if name is None:
                    if _could_be_segment(entry.name):
                        found.strays.append(entry.name)
                elif not entry.is_file(follow_symlinks=False):
                    found.links.append(entry.name)
                elif name.replica != own.name:
                    found.strays.append(entry.name)
                else:
                    found.segments.append(name)
    except FileNotFoundError:
        pass
    # A larger one before the smaller ones that it was made of.
    found.segments.sort(key=lambda name: (name.after, -name.until, name.digest))
    found.strays.sort()
    return found


def _could_be_segment(name: str) -> bool:
    folded = name.casefold()
    if _is_litter(name) or is_temporary(name) or folded.endswith(_COMING):
        return False
    return ".seg" in folded or re.search(r"[0-9]{12}-[0-9]{12}", name) is not None


def _is_litter(name: str) -> bool:
    return name.startswith(".") or name.casefold() in _LITTER


def reached(names: Iterable[SegmentName]) -> int:
    """How far segments go from the start without a gap; they come ordered by `after`."""
    place = 0
    for name in names:
        if name.after > place:
            break
        place = max(place, name.until)
    return place


def is_empty(folder: Path) -> bool:
    """Whether there is nothing in a folder but what every folder gets. Raises OSError."""
    return not any(not (_is_litter(name) or is_temporary(name)) for name in os.listdir(folder))


def is_sealed(folder: Path) -> bool:
    """Whether the team seals what lies here: there is a list of its members."""
    try:
        return any(name.startswith("members.") for name in os.listdir(folder))
    except OSError:
        return False


def lies_inside(folder: Path, database: Path) -> bool:
    """Whether a database lies in the shared folder, or would when it is made."""
    return any(_same(above, folder) for above in _above(database))


def _above(path: Path) -> Iterator[Path]:
    """The folders in which a path lies, by its name and by where its links lead."""
    yield from path.absolute().parents
    try:
        yield from path.resolve().parents
    except (OSError, RuntimeError):  # links that go round
        return


def _same(one: Path, other: Path) -> bool:
    try:
        return os.path.samefile(one, other)
    except (OSError, ValueError):
        names = (os.path.normcase(os.path.abspath(path)) for path in (one, other))
        return len(set(names)) == 1


def database_warning(folder: Path, database: Path) -> Trouble | None:
    """That the database lies in the shared folder, where it gets damaged; None when it does not."""
    if not lies_inside(folder, database):
        return None
    return Trouble(
        shown(database),
        _(
            "The database lies in the shared folder. What carries the folder copies it while it "
            "is written, piece by piece: such copies get damaged."
        ),
        _("Close the program and move the database to a folder that is on this laptop only."),
    )
