"""Puts packets in the folder of their replica: what is new, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

from socius_tui.domain.exchanged import Packet, Trouble
from socius_tui.services.sync.folder import words
from socius_tui.services.sync.folder.layout import own_folder
from socius_tui.services.sync.folder.reading import NotOrdinary, TooLarge, read_bytes
from socius_tui.services.sync.folder.segments import MOST_BYTES, SegmentName, digest_of, encode
from socius_tui.services.sync.folder.shelf import Shelf
from socius_tui.services.sync.transport import NotSealedForUs, Step
from socius_tui.store.landmarks import passed


class _Read(NamedTuple):
    """A segment that is there: its packets by their place, None when it cannot be read now."""

    name: SegmentName
    packets: dict[int, Packet] | None


class Push:
    """One time of pushing for one replica."""

    def __init__(self, shelf: Shelf, replica: str) -> None:
        self._shelf = shelf
        self._replica = replica
        self._there = shelf.segments(replica)
        self._end = max((name.until for name in self._there), default=0)
        self._read: _Read | None = None

    def new(self, packets: Iterable[Packet], step: Step) -> Iterator[Packet]:
        """The packets that are not there yet. Raises Forked where something else is."""
        for packet in packets:
            if packet.replica != self._replica:
                raise ValueError("a packet of another replica")
            if self._is_there(packet):
                step(1)
            else:
                yield packet

    def _is_there(self, packet: Packet) -> bool:
        """Whether a segment holds it; one that is damaged holds nothing."""
        while name := self._covering(packet):
            read = self._segment(name)
            if read is None:
                self._there.remove(name)
                continue
            if read.packets is None:  # not ours to judge now, and not to replace either
                return True
            if read.packets.get(packet.after) != packet:
                raise words.forked(self._replica, str(name))
            return True
        return False

    def _covering(self, packet: Packet) -> SegmentName | None:
        """A segment that has something in the place of a packet."""
        if packet.after >= self._end:  # nearly always
            return None
        return next(
            (
                name
                for name in self._there
                if name.after < packet.until and packet.after < name.until
            ),
            None,
        )

    def _segment(self, name: SegmentName) -> _Read | None:
        if self._read is not None and self._read.name == name:
            return self._read
        if not self._shelf.is_whole(self._replica, name):
            self._shelf.bad.add(str(name))
            return None
        held = self._shelf.load(self._replica, str(name))
        if isinstance(held, Trouble):
            self._shelf.tell(held)
            packets = None
        elif (held.segment.after, held.segment.until) != (name.after, name.until):
            self._shelf.bad.add(str(name))  # somebody gave it another name
            return None
        else:
            packets = {packet.after: packet for packet in held.segment.packets}
        self._read = _Read(name, packets)
        return self._read

    def put(self, packets: list[Packet]) -> None:
        """Write a segment. Raises SociusError."""
        name = write_segment(self._shelf, self._replica, packets)
        self._shelf.bad.discard(str(name))

    def tidy(self) -> None:
        """Take away our own files that were found damaged, now that whole ones took their place."""
        if not self._shelf.bad:
            return
        names = self._shelf.segments(self._replica)
        for name in self._shelf.contents(self._replica).segments:
            bad = str(name) in self._shelf.bad
            if bad and is_covered(name, names) and not self._shelf.is_whole(self._replica, name):
                with suppress(OSError):
                    (own_folder(self._shelf.folder, self._replica) / str(name)).unlink()
                    self._shelf.bad.discard(str(name))


def write_segment(shelf: Shelf, replica: str, packets: list[Packet]) -> SegmentName:
    """Write packets as one segment in the folder of their replica. Raises SociusError."""
    try:
        data = encode(shelf.team, packets)
    except OverflowError as error:
        raise words.too_large() from error
    if shelf.seal is not None:
        data = shelf.seal.close(replica, data)
    name = SegmentName(replica, packets[0].after, packets[-1].until, digest_of(data))
    shelf.write(own_folder(shelf.folder, replica) / str(name), data)
    return name


def seal_again(shelf: Shelf, replica: str) -> int:
    """Seal the segments of a replica for who may read them now; how many. Raises SociusError."""
    if shelf.seal is None:
        return 0
    count = 0
    folder = own_folder(shelf.folder, replica)
    for name in shelf.segments(replica):
        try:
            data = read_bytes(folder / str(name), MOST_BYTES)
            again = shelf.seal.reseal(replica, data) if digest_of(data) == name.digest else None
        except (OSError, NotOrdinary, TooLarge, NotSealedForUs):
            continue  # told when it is read
        if again is not None:
            shelf.write(folder / str(name._replace(digest=digest_of(again))), again)
            passed("folder.sealed")
            with suppress(OSError):
                (folder / str(name)).unlink()
            count += 1
    return count


def is_covered(name: SegmentName, names: Iterable[SegmentName]) -> bool:
    """Whether others hold all packets in the place of a segment; ordered by `after`."""
    place = name.after
    for other in names:
        if other != name and other.after <= place < other.until:
            place = other.until
    return place >= name.until
