"""Reads rows straight from the pages of a file, for when SQLite no longer finds the way to them.

A leaf of a table says of itself that it is one; which table it belongs to is known only from the
pages above it. Loose leaves are used for tables whose rows can be told from all others: those of
the journal, and the schema, which says where each table begins.
Format: https://www.sqlite.org/fileformat2.html, sections 1.5, 1.6 and 2.1.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from socius_tui.store.driver import any_text
from socius_tui.store.journal.values import Value

_INTERIOR: Final = 0x05  # page of a table that points to others
_LEAF: Final = 0x0D
_INTEGER_BYTES: Final = (0, 1, 2, 3, 4, 6, 8)  # by serial type


def page_size(header: bytes) -> int | None:
    """The page size that a file's header gives; None when it can be none."""
    size = int.from_bytes(header[16:18], "big")
    size = 65536 if size == 1 else size
    return size if 512 <= size <= 65536 and size & (size - 1) == 0 else None


def leaf_rows(data: bytes, size: int, columns: int) -> Iterator[tuple[int, list[Value]]]:
    """Every row with so many columns that is in a leaf page: its rowid and its values."""
    for number in range(1, len(data) // size + 1):
        for rowid, values in _rows_on(data, size, number, columns):
            if len(values) == columns:
                yield rowid, values


def tree_rows(data: bytes, size: int, root: int, columns: int) -> Iterator[tuple[int, list[Value]]]:
    """Every row under a root page, past the pages that are none; at most so many columns."""
    waiting, seen = [root], set[int]()
    while waiting:
        number = waiting.pop()
        if number in seen or not 0 < number <= len(data) // size:
            continue
        seen.add(number)
        head = _head(number, size)
        if data[head] == _LEAF:
            yield from _rows_on(data, size, number, columns)
        elif data[head] == _INTERIOR:
            waiting.append(int.from_bytes(data[head + 8 : head + 12], "big"))
            for offset in _offsets(data, head, head + 12):
                child = (number - 1) * size + offset
                waiting.append(int.from_bytes(data[child : child + 4], "big"))


def _head(number: int, size: int) -> int:
    """Where the header of a page is: the first begins with that of the file."""
    return (number - 1) * size + (100 if number == 1 else 0)


def _offsets(data: bytes, head: int, at: int) -> Iterator[int]:
    """The places of the cells of a page, counted from its start."""
    for place in range(int.from_bytes(data[head + 3 : head + 5], "big")):
        yield int.from_bytes(data[at + 2 * place : at + 2 * place + 2], "big")


def _rows_on(
    data: bytes, size: int, number: int, columns: int
) -> Iterator[tuple[int, list[Value]]]:
    """The rows of a leaf page that can be read; none when it is no leaf."""
    usable = size - data[20] if data[20] < 32 else size
    head = _head(number, size)
    if data[head] != _LEAF:
        return
    for offset in _offsets(data, head, head + 8):
        try:
            rowid, payload = _cell(data, (number - 1) * size + offset, size, usable)
            values = _record(payload, columns)
        except (IndexError, ValueError):
            continue
        if values:
            yield rowid, values


def _cell(data: bytes, at: int, size: int, usable: int) -> tuple[int, bytes]:
    """Rowid and payload of a cell, with what overflows on other pages."""
    length, at = _varint(data, at)
    rowid, at = _varint(data, at)
    most, least = usable - 35, (usable - 12) * 32 // 255 - 23
    local = length
    if length > most:
        local = least + (length - least) % (usable - 4)
        local = local if local <= most else least
    payload = data[at : at + local]
    following = int.from_bytes(data[at + local : at + local + 4], "big") if local < length else 0
    while len(payload) < length and following:
        start = (following - 1) * size
        if not 0 < start < len(data):
            raise ValueError(following)
        following = int.from_bytes(data[start : start + 4], "big")
        payload += data[start + 4 : start + 4 + min(usable - 4, length - len(payload))]
    if len(payload) != length:
        raise ValueError(length)
    return rowid, payload


def _record(payload: bytes, columns: int) -> list[Value] | None:
    """The values of a record; None when it has more columns."""
    end, at = _varint(payload, 0)
    kinds = []
    while at < end:
        kind, at = _varint(payload, at)
        kinds.append(kind)
        if len(kinds) > columns:
            return None
    if at != end:
        return None
    values: list[Value] = []
    for kind in kinds:
        if kind >= 12:
            length = (kind - 12) // 2
            part = payload[at : at + length]
            values.append(any_text(part) if kind % 2 else bytes(part))
        elif kind <= 6:
            length = _INTEGER_BYTES[kind]
            part = payload[at : at + length]
            values.append(int.from_bytes(part, "big", signed=True) if kind else None)
        elif kind in (8, 9):
            length, part = 0, b""
            values.append(kind - 8)
        else:
            raise ValueError(kind)  # no table of the journal holds a real
        if len(part) != length:
            raise ValueError(length)
        at += length
    return values


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(9):
        byte = data[at + place]
        if place == 8:
            return (value << 8) | byte, at + 9
        value = (value << 7) | (byte & 0x7F)
        if byte < 0x80:
            return value, at + place + 1
    raise ValueError(at)
