"""Snapshots in the shared folder: a whole database, so that a new laptop need not read all."""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

from socius_tui.domain.exchanged import Packet, Trouble
from socius_tui.errors import FileProblem
from socius_tui.services.exchange.reading import unreadable
from socius_tui.services.sync.folder import words
from socius_tui.services.sync.folder.layout import SNAPSHOTS, own_folder
from socius_tui.services.sync.folder.reading import NotOrdinary, TooLarge, read_bytes
from socius_tui.services.sync.folder.said import places_in
from socius_tui.services.sync.folder.segments import FORMAT, REPLICA, Unfit, digest_of
from socius_tui.services.sync.folder.shelf import Shelf
from socius_tui.services.sync.folder.writing import make_folder, problem
from socius_tui.services.sync.transport import NotSealedForUs, Snapshot
from socius_tui.store.driver import Unreadable, open_file
from socius_tui.store.landmarks import passed
from socius_tui.store.sync.packets import packed as transactions

_NAME: Final = rf"({REPLICA})\.([0-9]{{8}})\.([0-9a-f]{{16}})\.snap"
_MOST_BYTES: Final = 1 << 30  # of a file
_MOST_SIZE: Final = 16 << 30  # of a database
_LONGEST_HEADER: Final = 1 << 20
_KEPT: Final = 2  # of one laptop
_LOOKED_AT: Final = 3  # for what is nowhere else: each exchange does so as long as that is so
_PIECE: Final = 1 << 20


class _Name(NamedTuple):
    """What the name of a snapshot's file says; in this order, the newest last."""

    day: str
    replica: str
    digest: str

    def __str__(self) -> str:
        return f"{self.replica}.{self.day}.{self.digest}.snap"


def put(shelf: Shelf, replica: str, snapshot: Snapshot, today: date) -> None:
    """Put a database in the folder of a laptop; of its older ones one stays.

    Raises SociusError.
    """
    folder = shelf.own(replica) / SNAPSHOTS
    make_folder(folder)
    data = _encode(shelf.team, replica, snapshot)
    if shelf.seal is not None:
        data = shelf.seal.close(replica, data)
    name = _Name(f"{today:%Y%m%d}", replica, digest_of(data))
    shelf.write(folder / str(name), data)
    older = sorted(_names(folder, replica) - {name}, key=lambda one: _age(folder, one))
    for other in older[: 1 - _KEPT]:
        with suppress(OSError):
            (folder / str(other)).unlink()


def is_there(shelf: Shelf) -> bool:
    """Whether any laptop has put one here. Raises SociusError."""
    return bool(_all_names(shelf))


def newest(shelf: Shelf, into: Path) -> Snapshot | None:
    """The newest snapshot of all laptops that is whole, unpacked into a new file.

    Those that are not are told, and the one before is tried. None when there is none left.
    Raises SociusError when the file cannot be written.
    """
    for name in sorted(_all_names(shelf), reverse=True):
        snapshot = _taken(shelf, name, into)
        if isinstance(snapshot, Snapshot):
            return snapshot
        if snapshot is not None:
            shelf.tell(snapshot)
    return None


def packets_after(shelf: Shelf, places: Mapping[str, int]) -> Iterator[Packet]:
    """What snapshots have of these replicas after a place, where their segments give no more.

    Those were sealed before we came in, or are damaged, by laptops that come here no more.
    """
    left = dict(places)
    for name in sorted(_all_names(shelf), reverse=True)[:_LOOKED_AT]:
        if not left:
            return
        with TemporaryDirectory(prefix="socius-") as folder:
            snapshot = _taken(shelf, name, Path(folder) / "snapshot.db", after=left)
            if not isinstance(snapshot, Snapshot):
                continue  # of another version, damaged, or of no use
            for replica in [each for each in left if snapshot.have.get(each, 0) > left[each]]:
                yield from _packets_in(snapshot.path, replica, left.pop(replica))


def _packets_in(path: Path, replica: str, after: int) -> list[Packet]:
    """From one transaction of a replica on; nothing where the file is of another version."""
    try:
        connection, _read_only = open_file(path)
    except FileProblem:
        return []
    try:
        return list(transactions(connection, replica, after))
    except (*Unreadable, ValueError):
        return []
    finally:
        connection.close()


def _all_names(shelf: Shelf) -> set[_Name]:
    return {
        name
        for replica in shelf.replicas()
        for name in _names(own_folder(shelf.folder, replica) / SNAPSHOTS, replica)
    }


def _encode(team: str, replica: str, snapshot: Snapshot) -> bytes:
    packing, digest, size = zlib.compressobj(6), sha256(), 0
    packed = bytearray()
    try:
        with open(snapshot.path, "rb") as file:
            while piece := file.read(_PIECE):
                size += len(piece)
                digest.update(piece)
                packed += packing.compress(piece)
    except OSError as error:
        raise unreadable(snapshot.path, error) from error
    packed += packing.flush()
    if len(packed) > _MOST_BYTES - _LONGEST_HEADER or size > _MOST_SIZE:
        raise words.too_large()
    header = {
        "format": FORMAT,
        "team": team,
        "replica": replica,
        "have": dict(sorted(snapshot.have.items())),
        "size": size,
        "sha256": digest.hexdigest(),
    }
    return json.dumps(header, ensure_ascii=False).encode() + b"\n" + bytes(packed)


def _taken(
    shelf: Shelf, name: _Name, into: Path, *, after: Mapping[str, int] | None = None
) -> Snapshot | Trouble | None:
    """A snapshot that was looked through whole, or what is wrong with it.

    None where it has nothing of any replica after the place that is given.
    """
    shown = f"{name.replica}/{SNAPSHOTS}/{name}"
    path = own_folder(shelf.folder, name.replica) / SNAPSHOTS / str(name)
    try:
        data = read_bytes(path, _MOST_BYTES)
    except NotOrdinary:
        return words.link(shown)
    except TooLarge:
        return words.damaged_snapshot(shown)
    except OSError as error:
        return words.not_readable(shown, error)
    if digest_of(data) != name.digest:
        return words.damaged_snapshot(shown)
    try:
        opened = shelf.seal.open(name.replica, data) if shelf.seal else data
        header, packed = _parsed(opened)
        if header["team"] != shelf.team:
            return words.other_team(shown)
        if header["replica"] != name.replica:
            return words.other_laptop(shown)
        have: dict[str, int] = header["have"]
        if after is not None and all(have.get(each, 0) <= at for each, at in after.items()):
            return None
        _unpack(packed, header, into)
    except NotSealedForUs as error:
        return words.not_sealed(shown, str(error))
    except Unfit as error:
        return words.newer(shown) if error.kind == "newer" else words.damaged_snapshot(shown)
    return Snapshot(into, have)


def _parsed(data: bytes) -> tuple[dict[str, Any], memoryview]:
    at = data.find(b"\n", 0, _LONGEST_HEADER)
    try:
        header = json.loads(data[: max(at, 0)].decode())
    except (ValueError, RecursionError) as error:
        raise Unfit("damaged") from error
    if not isinstance(header, dict) or type(header.get("format")) is not int:
        raise Unfit("damaged")
    if header["format"] > FORMAT:
        raise Unfit("newer")
    texts = [header.get(key) for key in ("team", "replica", "sha256")]
    size, have = header.get("size"), places_in(header.get("have"))
    if not all(isinstance(text, str) for text in texts) or have is None:
        raise Unfit("damaged")
    if type(size) is not int or not 0 <= size <= _MOST_SIZE:
        raise Unfit("damaged")
    return header, memoryview(data)[at + 1 :]


def _unpack(packed: memoryview, header: dict[str, Any], into: Path) -> None:
    """The database, whole under its name or not at all. Raises Unfit and FileProblem."""
    temporary = into.with_name(f"~{os.urandom(8).hex()}.tmp")
    try:
        if os.path.lexists(into):
            raise words.already_there(into)
        handle = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            digest, size = sha256(), 0
            with open(handle, "wb") as file:
                for piece in _pieces(packed):
                    size += len(piece)
                    if size > header["size"]:
                        raise Unfit("damaged")
                    digest.update(piece)
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            if (size, digest.hexdigest()) != (header["size"], header["sha256"]):
                raise Unfit("damaged")
            passed("folder.unpacked")
            os.replace(temporary, into)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise problem(error, into) from error


def _pieces(packed: memoryview) -> Iterator[bytes]:
    """What is packed, a piece at a time: a few bytes can become a great many."""
    unpacking = zlib.decompressobj()
    try:
        for at in range(0, len(packed), _PIECE):
            waiting: bytes | memoryview = packed[at : at + _PIECE]
            while waiting:
                yield unpacking.decompress(waiting, _PIECE)
                waiting = unpacking.unconsumed_tail
                if unpacking.unused_data:
                    raise Unfit("damaged")
        while not unpacking.eof:
            piece = unpacking.decompress(b"", _PIECE)
            if not piece:
                raise Unfit("half")
            yield piece
    except zlib.error as error:
        raise Unfit("damaged") from error


def _names(folder: Path, replica: str) -> set[_Name]:
    """The snapshots in a folder, as far as it can be looked into."""
    found: set[_Name] = set()
    if folder.is_symlink():
        return found
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            match = re.fullmatch(_NAME, entry.name)
            if match and match[1] == replica:
                found.add(_Name(match[2], match[1], match[3]))
    return found


def _age(folder: Path, name: _Name) -> tuple[str, float]:
    try:
        return name.day, (folder / str(name)).stat().st_mtime
    except OSError:
        return name.day, 0.0
