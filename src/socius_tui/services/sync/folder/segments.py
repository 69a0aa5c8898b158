"""A segment: packets of one replica that follow one another, as the bytes of a file.

What is packed is text: a line that says what it is, a line for each packet, a line that ends it
and holds the digest of all before. The name of the file says the same, and the digest of its
bytes; so each can be known to be whole without the other. docs/sync-folder.md describes both.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import Any, Final, Literal, NamedTuple

from socius_tui.domain.exchanged import Packet

FORMAT: Final = 1
MOST_BYTES: Final = 128 << 20  # of a file
MOST_TEXT: Final = 256 << 20  # of what is unpacked: a few bytes can become a great many
MOST_PACKETS: Final = 100_000
MOST_PLACE: Final = 10**12 - 1  # twelve digits
PACKETS_EACH: Final = 5_000
TEXT_EACH: Final = 4 << 20  # some 0.5 MB when it is packed; a packet alone can be larger

REPLICA: Final = "[0-9a-z][0-9a-z-]{0,63}"
_STEM: Final = rf"({REPLICA})\.([0-9]{{12}})-([0-9]{{12}})\.([0-9a-f]{{16}})"
_PACKET: Final = rb'\[([0-9]{1,12}),([0-9]{1,12}),([0-9]{1,9}),("[^\n]*")\]'
_LONGEST_HEADER: Final = 4096

Kind = Literal["half", "damaged", "newer", "team"]


class Unfit(Exception):
    """Bytes that are no segment of ours; `kind` says why, as far as can be seen."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind)
        self.kind = kind


class SegmentName(NamedTuple):
    """What the name of a segment's file says."""

    replica: str
    after: int
    until: int
    digest: str

    def __str__(self) -> str:
        return f"{self.replica}.{self.after:012d}-{self.until:012d}.{self.digest}.seg"


class Segment(NamedTuple):
    """What is in a segment."""

    replica: str
    after: int
    until: int
    packets: tuple[Packet, ...]


def name_of(file_name: str) -> SegmentName | None:
    """What a file's name says; None when it is not exactly that of a segment."""
    match = re.fullmatch(rf"{_STEM}\.seg", file_name)
    return _named(match) if match else None


def name_within(file_name: str) -> SegmentName | None:
    """The segment's name within another: that of a copy, say. None when there is none."""
    match = re.search(rf"(?<![0-9a-z-]){_STEM}(?![0-9a-f])", file_name)
    return _named(match) if match else None


def _named(match: re.Match[str]) -> SegmentName | None:
    replica, after, until, digest = match.groups()
    name = SegmentName(replica, int(after), int(until), digest)
    return name if name.after < name.until else None


def digest_of(data: bytes) -> str:
    """The part of the SHA-256 of a file's bytes that stands in its name."""
    return sha256(data).hexdigest()[:16]


def batches(packets: Iterable[Packet]) -> Iterator[list[Packet]]:
    """Packets in groups of which each makes one segment: without gaps, and not too large."""
    batch: list[Packet] = []
    size = 0
    for packet in packets:
        length = len(packet.body)
        full = len(batch) >= PACKETS_EACH or size + length > TEXT_EACH
        if batch and (full or packet.after != batch[-1].until):
            yield batch
            batch, size = [], 0
        batch.append(packet)
        size += length
    if batch:
        yield batch


def encode(team: str, packets: Sequence[Packet]) -> bytes:
    """The bytes of a segment, before it is sealed: the same for the same packets.

    Raises ValueError when these cannot be one (a gap, several replicas), OverflowError when they
    are too much for one.
    """
    first, last = packets[0], packets[-1]
    if any(one.until != other.after for one, other in pairwise(packets)):
        raise ValueError("packets do not follow one another")
    if any(packet.replica != first.replica for packet in packets):
        raise ValueError("packets of several replicas")
    header = {
        "format": FORMAT,
        "team": team,
        "replica": first.replica,
        "after": first.after,
        "until": last.until,
        "packets": len(packets),
    }
    lines = [_json(header)]
    for packet in packets:
        if not 0 <= packet.after < packet.until <= MOST_PLACE:
            raise ValueError("a packet leads nowhere")
        lines.append(f"[{packet.after},{packet.until},{packet.version},{_json(packet.body)}]")
    text = "\n".join([*lines, ""]).encode()
    end = _json({"end": len(packets), "sha256": sha256(text).hexdigest()})
    text += f"{end}\n".encode()
    if len(text) > MOST_TEXT or len(packets) > MOST_PACKETS:
        raise OverflowError("too much for one segment")
    return zlib.compress(text, 6)


def decode(data: bytes, team: str) -> Segment:
    """What is in the opened bytes of a segment, looked through whole. Raises Unfit."""
    return parse(unpack(data), team)


def unpack(data: bytes, most: int = MOST_TEXT) -> bytes:
    """The text in packed bytes, of at most so many bytes. Raises Unfit."""
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(data, most + 1)
    except zlib.error as error:
        raise Unfit("damaged") from error
    if len(text) > most or unpacking.unused_data:
        raise Unfit("damaged")
    if not unpacking.eof:
        raise Unfit("half")
    return text


def parse(text: bytes, team: str) -> Segment:
    """What is in the text of a segment. Raises Unfit."""
    at = text.find(b"\n", 0, _LONGEST_HEADER)
    header = _object(text[:at]) if at > 0 else {}
    version = header.get("format")
    if type(version) is not int or version < FORMAT:
        raise Unfit("damaged")
    if version > FORMAT:
        raise Unfit("newer")
    if header.get("team") != team:
        raise Unfit("team")
    replica, after, until, count = (
        header.get(key) for key in ("replica", "after", "until", "packets")
    )
    if not (isinstance(replica, str) and re.fullmatch(REPLICA, replica)):
        raise Unfit("damaged")
    if not (_is_place(after) and _is_place(until) and type(count) is int):
        raise Unfit("damaged")
    # Counted before it is taken apart: empty lines cost nothing to send.
    if not 1 <= count <= MOST_PACKETS or text.count(b"\n") != count + 2:
        raise Unfit("damaged")
    lines = text.split(b"\n")
    end = _object(lines[-2])
    whole = sha256(text[: len(text) - len(lines[-2]) - 1]).hexdigest()
    if lines[-1] or end != {"end": count, "sha256": whole}:
        raise Unfit("damaged")
    packets = tuple(_packets(replica, lines[1:-2]))
    if packets[0].after != after or packets[-1].until != until:
        raise Unfit("damaged")
    return Segment(replica, packets[0].after, packets[-1].until, packets)


def _packets(replica: str, lines: Iterable[bytes]) -> Iterator[Packet]:
    place = -1
    for line in lines:
        match = re.fullmatch(_PACKET, line)
        if not match:
            raise Unfit("damaged")
        after, until, version = int(match[1]), int(match[2]), int(match[3])
        if not after < until or place not in (-1, after):
            raise Unfit("damaged")
        place = until
        try:
            body = json.loads(match[4].decode())
            body.encode()  # half a pair that was escaped is no text
        except (ValueError, AttributeError) as error:
            raise Unfit("damaged") from error
        yield Packet(replica, after, until, version, body)


def _is_place(value: object) -> bool:
    return type(value) is int and 0 <= value <= MOST_PLACE


def _object(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line.decode())
    except (ValueError, RecursionError) as error:
        raise Unfit("damaged") from error
    if not isinstance(found, dict):
        raise Unfit("damaged")
    return found


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
