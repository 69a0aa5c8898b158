"""Row ids: UUIDv7 for things, UUIDv5 where a natural key exists.

UUIDv7 sorts by the moment of making, also for several in one millisecond, so the order of
entry can be read from it.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator

_NAMESPACE = uuid.UUID("6f1d5e0a-53c1-5b0e-9a57-50c105000001")


def natural_id(table: str, *key: str) -> str:
    """The id of a row that is its natural key: same table and key, same id, on any laptop."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join((table, *key))))


def time_ordered_ids(unix_ms: int, *, seed: bytes | None = None) -> Iterator[str]:
    """UUIDv7 strings for one moment (milliseconds since 1970), each greater than the last.

    `seed` makes the random bits repeatable, for data that must come out the same each time.
    """
    tail = int.from_bytes(seed[:8].ljust(8, b"\0") if seed else os.urandom(8), "big")
    counter = 0
    while True:
        moment = unix_ms + (counter >> 12)
        bits = (
            (moment & (1 << 48) - 1) << 80
            | 0x7 << 76
            | (counter & 0xFFF) << 64
            | 0b10 << 62
            | (tail & (1 << 62) - 1)
        )
        yield str(uuid.UUID(int=bits))
        counter += 1
