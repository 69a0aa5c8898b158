"""Words for what the journal holds: rows, columns and values, in the interface language.

What another program added to the file is called by its own name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from socius_tui.domain.dates import format_date, format_period
from socius_tui.domain.numbers import format_exact
from socius_tui.domain.text import clean
from socius_tui.i18n import N_, _, get_language
from socius_tui.services.journal_columns import (
    CODES,
    DATES,
    FLAGS,
    HEADS,
    LABELS,
    NAMED_BY,
    NUMBERS,
    OWN_LABELS,
    REFERENCES,
    SETTINGS,
)
from socius_tui.services.wording import known_word

Value = str | int | float | bytes | None

IN_HEAD: Final = 60  # characters of a value in the name of a row

_VERBS: Final = {
    "added": N_("added"),
    "changed": N_("changed"),
    "taken_out": N_("taken out"),
    "brought_back": N_("brought back"),
    "removed": N_("removed"),
}

#: Gives the name of a row by table and id.
Name = Callable[[str, str], str]


def verb_word(verb: str) -> str:
    """What became of a row, in a word."""
    return _(_VERBS[verb])


def in_head(table: str) -> frozenset[str]:
    """The columns that the name of a row tells already."""
    named = set(re.findall(r"{(\w+)}", HEADS.get(table, "")))
    return frozenset(named | set(_PERIOD if "period" in named else ()))


def label(table: str, column: str) -> str:
    """What a column is called; one that another program added, by its own name."""
    known = OWN_LABELS.get((table, column)) or LABELS.get(column)
    return _(known) if known else clean(column, limit=IN_HEAD)


def points_at(table: str, column: str, cells: Mapping[str, Value]) -> str | None:
    """The table that a column of a row points at, None when at none."""
    if table == "setting":
        return "plan" if column == "value" and cells.get("key") == "plan" else None
    return REFERENCES.get(column) if table in HEADS else None


def head(table: str, identifier: str, cells: Mapping[str, Value] | None, name: Name) -> str:
    """What a row is, in words: "visit to X of 29/06/2018"."""
    if table not in HEADS:
        return _("row of the table {name}").format(name=clean(table, limit=IN_HEAD))
    if table == "setting":
        known = SETTINGS.get(identifier)
        return _(HEADS[table]).format(key=_(known) if known else clean(identifier, limit=IN_HEAD))
    return _(HEADS[table]).format_map(_Words(table, cells or {}, name)).strip()


def row_name(table: str, identifier: str, cells: Mapping[str, Value] | None, name: Name) -> str:
    """How a row is called where another points at it."""
    column = NAMED_BY.get(table)
    if column is None:
        return head(table, identifier, cells, name)
    found = (cells or {}).get(column)
    return clean(str(found), limit=IN_HEAD) if found else _("(unknown)")


def in_words(
    table: str, column: str, value: Value, cells: Mapping[str, Value], name: Name, limit: int
) -> str:
    """A value as people read it; a text of more than `limit` characters is cut."""
    if value is None or value == "":
        return _("(empty)")
    if isinstance(value, bytes):
        return _("(data)")
    text = str(value)
    target = points_at(table, column, cells)
    if target is not None:
        return name(target, text)
    if table in HEADS:
        if column in DATES or (table, cells.get("key")) == ("setting", "today"):
            return _day_word(text)
        if column in NUMBERS and table != "setting":
            return clean(format_exact(text, get_language()), limit=limit)
        if column in CODES:
            return known_word(text) or clean(text, limit=limit)
        if column in FLAGS:
            return _("yes") if value else _("no")
    return clean(text, limit=limit, keep_newlines=True)


def for_file(table: str, column: str, value: Value, cells: Mapping[str, Value], name: Name) -> str:
    """A value as a file has it: ISO dates, decimal points, codes; a row by its name."""
    if value is None:
        return ""
    target = points_at(table, column, cells)
    if target is not None and value != "":
        return name(target, str(value))
    return value.hex() if isinstance(value, bytes) else str(value)


_PERIOD: Final = ("period_start", "period_end", "starts_on", "ends_on")


class _Words(dict[str, str]):
    """The words of a row's columns, made when a head asks for them."""

    def __init__(self, table: str, cells: Mapping[str, Value], name: Name) -> None:
        super().__init__()
        self._table, self._cells, self._name = table, cells, name

    def __missing__(self, column: str) -> str:
        cells = self._cells
        if column == "period":
            return _period(cells)
        value = cells.get(column)
        if value is None or value == "":
            return "" if column in cells else _("(unknown)")
        words = in_words(self._table, column, value, cells, self._name, IN_HEAD)
        return words.replace("\n", " ")


def _period(cells: Mapping[str, Value]) -> str:
    try:
        start, end = (
            date.fromisoformat(str(cells.get(first) or cells.get(second)))
            for first, second in (("period_start", "starts_on"), ("period_end", "ends_on"))
        )
    except ValueError:
        return _("(unknown)")
    return format_period(start, end, get_language())


def _day_word(text: str) -> str:
    try:
        return format_date(date.fromisoformat(text), get_language())
    except ValueError:  # by another program, or in a column that was something else
        return clean(text, limit=IN_HEAD)
