"""What a list can hold: fields with their names in both languages, and a cell's value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final, Literal, NamedTuple, TypeAlias

from socius_tui.domain.problem import InputProblem
from socius_tui.domain.text import clean, fold, nearest
from socius_tui.i18n import _
from socius_tui.services.exchange.tabular.cells import day_of_cell, number_of_cell, text_of_cell
from socius_tui.services.exchange.tabular.source import Cell, CellError, Found

Sort = Literal["text", "prose", "number", "day", "code", "names", "raw"]

#: What a cell became: text, canonical decimal text, a day, names, or the cell itself ("raw");
#: None is an empty cell.
Value: TypeAlias = "str | date | tuple[str, ...] | Cell"

_SEPARATORS: Final = re.compile(r"[;\n]")
_NEVER: Final = ("", "-", "–", "/", "?")  # what people write in a cell that says nothing


class Field(NamedTuple):
    """A field of a list.

    `name` is that of the exports; `also` are other headers that people write, in Dutch and
    English. `codes` gives for each code the words that stand for it. `heading` is a msgid. With
    `told` false the field is known and left alone: an export has it, nobody can import it.
    """

    name: str
    heading: str
    also: tuple[str, ...] = ()
    sort: Sort = "text"
    limit: int = 200
    required: bool = False
    codes: Mapping[str, tuple[str, ...]] = {}
    told: bool = True


def is_empty(cell: Cell) -> bool:
    """Whether a cell says nothing."""
    return cell is None or (isinstance(cell, str) and cell.strip("\u00a0 \t\r\n\ufeff") in _NEVER)


def value_of(field: Field, cell: Cell, found: Found) -> Value:
    """What a cell is as this field; None when it is empty.

    Raises InputProblem with the rule that it breaks.
    """
    if is_empty(cell):
        return None
    if field.sort == "raw" and not isinstance(cell, CellError):
        return cell
    if field.sort == "number":
        return number_of_cell(cell, found.decimals)
    if field.sort == "day":
        return day_of_cell(cell, found.days)
    text = text_of_cell(cell, field.limit, multiline=field.sort in ("prose", "names"))
    if field.sort == "code":
        return _code(field, text)
    if field.sort == "names":
        names = (part.strip() for part in re.split(_SEPARATORS, text))
        return tuple(dict.fromkeys(name for name in names if name))
    return text


_tables: dict[int, dict[str, str]] = {}


def _table(field: Field) -> dict[str, str]:
    """The code for every word of a field; the fields are constants, so each is made once."""
    key = id(field.codes)
    if key not in _tables:
        pairs = field.codes.items()
        _tables[key] = {fold(word): code for code, some in pairs for word in (code, *some)}
    return _tables[key]


def _code(field: Field, text: str) -> str:
    known = _table(field).get(fold(text))
    if known is not None:
        return known
    near = nearest(text, [word for some in field.codes.values() for word in some], 1)
    choices = ", ".join(some[0] if some else code for code, some in field.codes.items())
    sentence = _("“{given}” is none of {choices}.").format(
        given=clean(text, limit=60), choices=choices
    )
    hint = _("Did you mean {candidates}?").format(candidates=near[0]) if near else ""
    raise InputProblem("choice", sentence, hint)
