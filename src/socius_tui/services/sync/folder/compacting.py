"""Joins many small segments of a laptop in a few larger ones, and takes away what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from socius_tui.domain.exchanged import Packet, Trouble
from socius_tui.services.sync.folder.layout import own_folder
from socius_tui.services.sync.folder.pushing import write_segment
from socius_tui.services.sync.folder.segments import SegmentName
from socius_tui.services.sync.folder.shelf import Shelf
from socius_tui.store.landmarks import passed

_MANY: Final = 50
_SMALL: Final = 256 << 10  # bytes of a file
_MOST_BYTES: Final = 1 << 20  # of files that are joined
_MOST_TEXT: Final = 16 << 20
_MOST_PACKETS: Final = 50_000
_OLD: Final = 90 * 86_400.0  # seconds; so long a laptop can stay away and find all it had


class Compacted(NamedTuple):
    """What was done: segments written, and segments taken away."""

    joined: int
    removed: int


def compact(
    shelf: Shelf, replica: str, everyone: Mapping[str, Mapping[str, int]], now: float
) -> Compacted:
    """Join the segments of our own replica when there are many; take away what is not needed.

    `everyone` says of each laptop how far it has seen the others, `now` is in seconds. A segment
    is taken away when a larger one that was looked through holds the same packets, all laptops
    have seen them, and its file is older than 90 days. Raises SociusError.
    """
    joined = 0
    chain = _chain(shelf.segments(replica))
    sizes = [_size(shelf, replica, name) for name in chain]
    if sum(size <= _SMALL for size in sizes) > _MANY:
        for packets in _joinable(shelf, replica, zip(chain, sizes, strict=True)):
            write_segment(shelf, replica, packets)
            passed("folder.joined")
            joined += 1
    return Compacted(joined, _remove(shelf, replica, everyone, now))


def _chain(names: Sequence[SegmentName]) -> list[SegmentName]:
    """As few segments as lead from the start as far as they go; they come ordered by `after`."""
    chain: list[SegmentName] = []
    place, at = 0, 0
    while True:
        best: SegmentName | None = None
        while at < len(names) and names[at].after <= place:
            if names[at].until > place and (best is None or names[at].until > best.until):
                best = names[at]
            at += 1
        if best is None:
            return chain
        chain.append(best)
        place = best.until


def _joinable(
    shelf: Shelf, replica: str, chain: Iterable[tuple[SegmentName, int]]
) -> Iterator[list[Packet]]:
    """The packets of neighbours that are small enough to be one."""
    group: list[Packet] = []
    files, size, text = 0, 0, 0
    for name, length in chain:
        place = group[-1].until if group else name.after
        more = _packets(shelf, replica, name, place) if length <= _SMALL else []
        letters = sum(len(packet.body) for packet in more)
        fits = (
            size + length <= _MOST_BYTES
            and text + letters <= _MOST_TEXT
            and len(group) + len(more) <= _MOST_PACKETS
            and more
            and (not group or more[0].after == group[-1].until)
        )
        if not fits:
            if files > 1:
                yield group
            group, files, size, text = [], 0, 0, 0
        group = group + more
        files, size, text = files + bool(more), size + length, text + letters
    if files > 1:
        yield group


def _packets(shelf: Shelf, replica: str, name: SegmentName, place: int) -> list[Packet]:
    """The packets of a segment from a place on; none when it cannot be used."""
    held = shelf.load(replica, str(name))
    if isinstance(held, Trouble):
        shelf.tell(held)
        return []
    return [packet for packet in held.segment.packets if packet.after >= place]


def _size(shelf: Shelf, replica: str, name: SegmentName) -> int:
    try:
        return (own_folder(shelf.folder, replica) / str(name)).stat().st_size
    except OSError:
        return _MOST_BYTES


def _remove(
    shelf: Shelf, replica: str, everyone: Mapping[str, Mapping[str, int]], now: float
) -> int:
    own = own_folder(shelf.folder, replica)
    names = shelf.segments(replica)
    seen = min(
        (places.get(replica, 0) for other, places in everyone.items() if other != replica),
        default=0,
    )
    removed = 0
    for larger in names:
        waiting = {name for name in names if name.until <= seen and _lies_in(name, larger)}
        old = [name for name in waiting if _is_old(own / str(name), now)]
        if not old:
            continue
        held = shelf.load(replica, str(larger))
        if isinstance(held, Trouble):
            shelf.tell(held)
            continue
        there = set(held.segment.packets)
        for name in sorted(old):
            small = shelf.load(replica, str(name))
            if not isinstance(small, Trouble) and there.issuperset(small.segment.packets):
                with suppress(OSError):
                    (own / str(name)).unlink()
                    removed += 1
                    passed("folder.removed")
    return removed


def _lies_in(name: SegmentName, larger: SegmentName) -> bool:
    inside = larger.after <= name.after and name.until <= larger.until
    return inside and name[1:3] != larger[1:3]


def _is_old(path: Path, now: float) -> bool:
    try:
        return now - path.stat().st_mtime > _OLD
    except OSError:
        return False
