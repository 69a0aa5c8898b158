"""The JSON of the journal: exact and typed, as the triggers write it and as it is read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from socius_tui.store.driver import Connection

Value = str | int | float | bytes | None
"""What SQLite keeps. A byte that is no UTF-8 in a text is a lone surrogate here, as in file names
of Python: another program can write such a text, and it must come out as it went in."""

_SOME = 500  # rows fetched at once

_READER: Final = json.JSONDecoder(strict=False)  # made once: that costs more than most texts
_PLAIN: Final = frozenset((str, int, float, type(None)))


def decoded(text: str | None) -> dict[str, Value]:
    """Columns with their values, from what a trigger wrote; nothing gives none.

    Raises ValueError when the text is damaged.
    """
    if not text:
        return {}
    found, end = _READER.raw_decode(text) if text[0] == "{" else (None, 0)
    if end != len(text):  # white space around it, or it is damaged
        found = _READER.decode(text)
    if not isinstance(found, dict):
        raise ValueError(text[:40])
    if _PLAIN.issuperset(map(type, found.values())):
        return found
    return {name: _value(value) for name, value in found.items()}


def encoded(values: Mapping[str, Value]) -> str:
    """The same the other way round."""
    cells = (f"{_json(name)}:{_json(_packed(value))}" for name, value in values.items())
    return "{" + ",".join(cells) + "}"


def exact_rows(
    connection: Connection, sql: str, values: Sequence[Value] = ()
) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, with texts that are no UTF-8 as well."""
    cursor = connection.execute(sql, values)
    while True:
        usual, connection.text_factory = connection.text_factory, _exact_text
        try:
            rows = cursor.fetchmany(_SOME)
        finally:
            connection.text_factory = usual
        if not rows:
            return
        yield from rows


def is_utf8(text: str) -> bool:
    """Whether a text holds nothing but UTF-8, so that SQLite can be given it."""
    return text.isascii() or not any("\ud800" <= c <= "\udfff" for c in text)


def raw(text: str) -> bytes:
    """The bytes of a text, those that are no UTF-8 too."""
    return text.encode("utf-8", "surrogateescape")


def _exact_text(stored: bytes) -> str:
    return stored.decode("utf-8", "surrogateescape")


def _value(value: Any) -> Value:
    if isinstance(value, dict):
        ((mark, digits),) = value.items() if len(value) == 1 else (("", ""),)
        if mark not in ("$b", "$t") or not isinstance(digits, str) or digits != digits.upper():
            raise ValueError(str(value))
        stored = bytes.fromhex(digits)
        return stored if mark == "$b" else _exact_text(stored)
    if isinstance(value, list | bool):
        raise ValueError(str(value))
    return value  # type: ignore[no-any-return]


def _packed(value: Value) -> Any:
    if isinstance(value, bytes):
        return {"$b": value.hex().upper()}
    if isinstance(value, str) and not (
        is_utf8(value) and all(c >= " " or c in "\n\r\t" for c in value)
    ):
        return {"$t": raw(value).hex().upper()}
    return value


def _json(value: Any) -> str:
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        return "9e999" if value > 0 else "-9e999"
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
