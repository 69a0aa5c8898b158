"""CSV in two forms: exact, for machines (RFC 4180), and one that Belgian Excel opens right.

In both a text cell that a spreadsheet would take for a formula gets an apostrophe in front,
and nothing that steers a terminal is left in it. Numbers and dates never pass that way.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final

from socius_tui.domain.text import neutralise_formula
from socius_tui.services.exchange.tables import NUMBERS, Column, Table, plain_text

BOM: Final = "\ufeff"


def csv_lines(table: Table, *, excel: bool = False) -> Iterator[str]:
    """The header and the rows as text, each with its line end (CR LF).

    With `excel`: a byte order mark, semicolons and decimal commas. Dates are ISO in both.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";" if excel else ",", lineterminator="\r\n")
    if excel:
        buffer.write(BOM)
    writer.writerow([column.name for column in table.columns])
    yield _taken(buffer)
    for row in table.rows:
        writer.writerow([_cell(column, row, excel) for column in table.columns])
        yield _taken(buffer)


def _cell(column: Column, row: object, excel: bool) -> str:
    text = plain_text(column, row)
    if column.kind in NUMBERS:
        return text.replace(".", ",") if excel else text
    return text if column.kind == "date" else neutralise_formula(text)


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
