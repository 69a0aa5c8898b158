"""Damages a file in the ways disks and people do, the same each time for the same number."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any, Final

PAGE: Final = 4096
SECTOR: Final = 512

Cells = dict[str, list[tuple[Any, ...]]]

#: Tables that hold no data of a user and are made again from the others.
_MADE: Final = ("search", "sqlite_", "_sqlite_")


def cells(path: Path) -> Cells | None:
    """Every cell of every table with data, by table; None when something cannot be read."""
    connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    connection.text_factory = bytes
    try:
        names = [
            row[0].decode()
            for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {
            name: sorted(
                connection.execute(f'SELECT * FROM "{name}" NOT INDEXED').fetchall(), key=repr
            )
            for name in names
            if not name.startswith(_MADE)
        }
    except (sqlite3.Error, UnicodeDecodeError):
        return None
    finally:
        connection.close()


def flip_bits(data: bytearray, chance: Random) -> None:
    """1 to 16 bits anywhere."""
    for _flip in range(chance.randint(1, 16)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def zero_page(data: bytearray, chance: Random) -> None:
    """A page of zeros."""
    at = chance.randrange(len(data) // PAGE) * PAGE
    data[at : at + PAGE] = bytes(PAGE)


def random_page(data: bytearray, chance: Random) -> None:
    """A page of noise."""
    at = chance.randrange(len(data) // PAGE) * PAGE
    data[at : at + PAGE] = chance.randbytes(PAGE)


def swap_pages(data: bytearray, chance: Random) -> None:
    """Two pages in each other's place."""
    one, other = (PAGE * page for page in chance.sample(range(len(data) // PAGE), 2))
    data[one : one + PAGE], data[other : other + PAGE] = (
        data[other : other + PAGE],
        data[one : one + PAGE],
    )


def zero_sector(data: bytearray, chance: Random) -> None:
    """A sector of zeros."""
    at = chance.randrange(len(data) // SECTOR) * SECTOR
    data[at : at + SECTOR] = bytes(SECTOR)


def cut_off(data: bytearray, chance: Random) -> None:
    """The end is gone."""
    del data[chance.randrange(100, len(data)) :]


WAYS: Final[tuple[Callable[[bytearray, Random], None], ...]] = (
    flip_bits,
    flip_bits,
    flip_bits,
    zero_page,
    random_page,
    swap_pages,
    zero_sector,
    cut_off,
)


def damaged(good: bytes, number: int) -> tuple[str, bytes]:
    """The file with damage number so and so, and in what way."""
    way = WAYS[number % len(WAYS)]
    data = bytearray(good)
    way(data, Random(number))
    return way.__name__, bytes(data)
