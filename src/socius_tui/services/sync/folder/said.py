"""What laptops say of themselves in the shared folder: profile.json and seen.json."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from socius_tui.domain.exchanged import Peer, Profile
from socius_tui.services.sync.folder import words
from socius_tui.services.sync.folder.layout import PROFILE, SEEN, own_folder
from socius_tui.services.sync.folder.reading import (
    MOST_JSON,
    NotOrdinary,
    NotSaid,
    TooLarge,
    read_bytes,
    read_object,
)
from socius_tui.services.sync.folder.segments import (
    FORMAT,
    MOST_PLACE,
    REPLICA,
    SegmentName,
    name_of,
)
from socius_tui.services.sync.folder.shelf import Shelf

_MOST_DAMAGED: Final = 100
_TEXTS: Final = ("computer", "person", "role", "program", "said_at")


def say(shelf: Shelf, profile: Profile, seen: Mapping[str, int], damaged: list[str]) -> None:
    """Write both files of a laptop where they differ from what is there. Raises SociusError."""
    own = shelf.own(profile.replica)
    about = {"format": FORMAT, **profile._asdict(), "keys": dict(profile.keys)}
    so_far = {
        "format": FORMAT,
        "replica": profile.replica,
        "seen": dict(sorted(seen.items())),
        "damaged": sorted(damaged)[:_MOST_DAMAGED],
    }
    for name, content in ((PROFILE, about), (SEEN, so_far)):
        text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        data = text.encode("utf-8", "replace")
        if not _is_there(own / name, data):
            shelf.write(own / name, data)


def _is_there(path: Path, data: bytes) -> bool:
    try:
        return read_bytes(path, MOST_JSON) == data
    except (OSError, NotOrdinary, TooLarge):
        return False


def peer(shelf: Shelf, replica: str) -> Peer:
    """What a laptop says of itself; what cannot be read is told."""
    about = _read(shelf, replica, PROFILE)
    profile = _profile(replica, about)
    if about is not None and profile is None:
        shelf.tell(words.unclear(f"{replica}/{PROFILE}"))
    so_far = _read(shelf, replica, SEEN)
    seen = _seen(replica, so_far)
    if so_far is not None and seen is None:
        shelf.tell(words.unclear(f"{replica}/{SEEN}"))
    return Peer(replica, profile, seen or {})


def reported(shelf: Shelf, replica: str) -> list[SegmentName]:
    """The segments that a laptop found damaged when it looked last."""
    names = (_read(shelf, replica, SEEN, quiet=True) or {}).get("damaged")
    if not isinstance(names, list):
        return []
    found = (name_of(name) for name in names[:_MOST_DAMAGED] if isinstance(name, str))
    return [name for name in found if name is not None]


def _read(shelf: Shelf, replica: str, name: str, *, quiet: bool = False) -> dict[str, Any] | None:
    try:
        return read_object(own_folder(shelf.folder, replica) / name)
    except FileNotFoundError:
        return None
    except OSError as error:
        if not quiet:
            shelf.tell(words.not_readable(f"{replica}/{name}", error))
    except (NotOrdinary, TooLarge, NotSaid):
        if not quiet:
            shelf.tell(words.unclear(f"{replica}/{name}"))
    return None


def _profile(replica: str, found: dict[str, Any] | None) -> Profile | None:
    if found is None or found.get("replica") != replica:
        return None
    texts = {key: text for key in _TEXTS if isinstance(text := found.get(key), str)}
    keys, version = found.get("keys"), found.get("version")
    if len(texts) < len(_TEXTS) or type(version) is not int:
        return None
    if not isinstance(keys, dict) or not all(isinstance(key, str) for key in keys.values()):
        return None
    return Profile(replica=replica, version=version, keys=keys, **texts)


def _seen(replica: str, found: dict[str, Any] | None) -> dict[str, int] | None:
    if found is None or found.get("replica") != replica:
        return None
    return places_in(found.get("seen"))


def places_in(found: object) -> dict[str, int] | None:
    """Places in journals by replica, as they were read; None when it is something else."""
    if not isinstance(found, dict):
        return None
    for name, place in found.items():
        if not re.fullmatch(REPLICA, name):
            return None
        if type(place) is not int or not 0 <= place <= MOST_PLACE:
            return None
    return found
