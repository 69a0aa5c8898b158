"""The JSON of the journal: exact and typed, as the triggers write it and as it is read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

Value = str | int | float | bytes | None


def decoded(text: str | None) -> dict[str, Value]:
    """Columns with their values, from what a trigger wrote; nothing gives none.

    Raises ValueError when the text is damaged.
    """
    if not text:
        return {}
    found = json.loads(text, strict=False)
    if not isinstance(found, dict):
        raise ValueError(text[:40])
    return {name: _value(value) for name, value in found.items()}


def encoded(values: Mapping[str, Value]) -> str:
    """The same the other way round."""
    return json.dumps(
        {name: _packed(value) for name, value in values.items()},
        ensure_ascii=False,
        separators=(",", ":"),
    ).replace("Infinity", "9e999")


def _value(value: Any) -> Value:
    if isinstance(value, dict):
        if "$b" in value:
            return bytes.fromhex(value["$b"])
        return bytes.fromhex(value["$t"]).decode("utf-8", "replace")
    if isinstance(value, list | bool):
        raise ValueError(str(value))
    return value  # type: ignore[no-any-return]


def _packed(value: Value) -> Any:
    if isinstance(value, bytes):
        return {"$b": value.hex().upper()}
    if isinstance(value, str) and any(c < " " and c not in "\n\r\t" for c in value):
        return {"$t": value.encode("utf-8", "surrogatepass").hex().upper()}
    return value
