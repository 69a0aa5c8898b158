"""CSV in two forms: exact, for machines (RFC 4180), and one that Belgian Excel opens right.

In both a text cell that a spreadsheet would take for a formula gets an apostrophe in front,
and nothing that steers a terminal is left in it. Numbers and dates never pass that way. A text
with any of the signs at which a spreadsheet may cut stands between quotes: LibreOffice proposes
comma, semicolon and tab together, and what comes after a cut is a cell of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from socius_tui.domain.text import neutralise_formula
from socius_tui.services.exchange.tables import NUMBERS, Table, plain_text

BOM: Final = "\ufeff"
_CUTS: Final = '[",;\t\r\n]'
HASH_SHOWN: Final = 16  # of the 64 digits of a content hash: enough to compare by eye


def csv_lines(table: Table, *, excel: bool = False) -> Iterator[str]:
    """The header and the rows as text, each with its line end (CR LF).

    With `excel`: a byte order mark, semicolons and decimal commas. Dates are ISO in both.
    """
    yield header_line(table, excel=excel)
    for row in table.rows:
        yield row_line(table, row, excel=excel)


def header_line(table: Table, *, excel: bool = False) -> str:
    """The names of the columns."""
    header = line_of((column.name for column in table.columns), excel=excel)
    return BOM + header if excel else header


def row_line(table: Table, row: object, *, excel: bool = False) -> str:
    """One row."""
    cells = (cell_of(column.kind, plain_text(column, row), excel) for column in table.columns)
    return line_of(cells, excel=excel)


def line_of(cells: Iterable[str], *, excel: bool = False) -> str:
    """Cells that are ready as a line; `socius status` would wait for the csv module's import."""
    return separator_of(excel).join(cells) + "\r\n"


def cell_of(kind: str, text: str, excel: bool) -> str:
    """A text from a column of some kind as it stands in a line."""
    if not text or kind == "date":
        return text
    if kind in NUMBERS:
        return text.replace(".", ",") if excel else text
    return quoted(neutralise_formula(text))


def separator_of(excel: bool) -> str:
    """What stands between two cells."""
    return ";" if excel else ","


def quoted(cell: str) -> str:
    """A text between quotes where some spreadsheet would end the cell in it."""
    if re.search(_CUTS, cell):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def content_hash(table: Table) -> str:
    """SHA-256 (hexadecimal) of a table in the exact form: two that have it in common are the same.

    `sha256sum` gives it for a file that was written without `excel`.
    """
    from hashlib import sha256

    found = sha256()
    for line in csv_lines(table):
        found.update(line.encode("utf-8", "replace"))
    return found.hexdigest()
