"""A table in the forms of files: CSV, JSON, JSON Lines, Markdown; row by row, never held whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import Any, Final

from socius_tui.i18n import _
from socius_tui.services.exchange.csvfile import csv_lines
from socius_tui.services.exchange.tables import NUMBERS, Table, json_value, shown

FORMS: Final = ("csv", "json", "jsonl", "markdown")
_ENDINGS: Final = {".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".md": "markdown"}


def form_of(name: str) -> str:
    """The form that a file's name asks for; CSV when it asks for none."""
    return _ENDINGS.get(PurePath(name).suffix.lower(), "csv")


def parts(table: Table, form: str, *, excel: bool = False) -> Iterator[str]:
    """The table in one of the forms, piece by piece; `excel` is for CSV alone."""
    if form == "json":
        return json_parts(table)
    if form == "jsonl":
        return json_lines(table)
    return markdown_lines(table) if form == "markdown" else csv_lines(table, excel=excel)


def json_parts(table: Table) -> Iterator[str]:
    """One list of objects whose keys are the columns of the CSV, written as with indent=2.

    The json module makes functions for each text that it indents, and those stay in memory as
    long as a command runs, which collects no garbage.
    """
    encode = _encoder()
    lead = "[\n"
    for row in table.rows:
        members = _object(table, row).items()
        lines = (f'    "{name}": {_member(value, encode)}' for name, value in members)
        yield lead + "  {\n" + ",\n".join(lines) + "\n  }"
        lead = ",\n"
    yield "[]\n" if lead == "[\n" else "\n]\n"


def _member(value: object, encode: Callable[[object], str]) -> str:
    if isinstance(value, list) and value:
        items = ",\n".join("      " + encode(each) for each in value)
        return f"[\n{items}\n    ]"
    return encode(value)


def json_lines(table: Table) -> Iterator[str]:
    """An object a line, with the same keys (https://jsonlines.org)."""
    encode = _encoder()
    for row in table.rows:
        yield encode(_object(table, row)) + "\n"


def _encoder() -> Callable[[object], str]:
    """What writes JSON on one line: made once for a table, and loaded for no other form."""
    from json import JSONEncoder

    return JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def _object(table: Table, row: Any) -> dict[str, object]:
    return {column.name: json_value(column, row) for column in table.columns}


def markdown_lines(table: Table) -> Iterator[str]:
    """A table that Markdown understands, for people, with everything in it literal."""
    columns = [column for column in table.columns if column.seen]
    yield "| " + " | ".join(_literal(_(column.heading)) for column in columns) + " |\n"
    rules = ("---:" if column.kind in NUMBERS else "---" for column in columns)
    yield "| " + " | ".join(rules) + " |\n"
    for row in table.rows:
        cells = (_literal(shown(column, row).strip()) for column in columns)
        yield "| " + " | ".join(cells) + " |\n"


def _literal(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>|#~&])", r"\\\1", text)
