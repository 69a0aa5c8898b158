"""What a header must be: every column a name, and no two the same."""

from __future__ import annotations

from collections.abc import Sequence

from socius_tui.domain.text import clean, fold
from socius_tui.errors import BadFile
from socius_tui.i18n import _
from socius_tui.services.exchange.tabular.refusing import refusal
from socius_tui.services.exchange.tabular.source import MOST_COLUMNS, letter


def check_header(header: Sequence[str], file: str, row: int) -> None:
    """Raises BadFile: csv.header.too_many, csv.header.duplicate (case and accents ignored)."""
    if len(header) > MOST_COLUMNS:
        raise refusal(
            file,
            "csv.header.too_many",
            _("There are {n} columns; at most {most} are read.").format(
                n=len(header), most=MOST_COLUMNS
            ),
            _("Leave out the columns that are not needed."),
            row=row,
        )
    if (twins := same_name(header)) is not None:
        first, place = twins
        raise refusal(
            file,
            "csv.header.duplicate",
            _("Columns {one} and {other} have the same name, “{name}”.").format(
                one=letter(first), other=letter(place), name=clean(header[place], limit=60)
            ),
            _("Give one of them another name."),
            row=row,
        )


def same_name(header: Sequence[str]) -> tuple[int, int] | None:
    """The first two columns (from 0) with one name, whatever its case and accents; else None."""
    places: dict[str, int] = {}
    for place, name in enumerate(header):
        first = places.setdefault(fold(name), place)
        if name and first != place:
            return first, place
    return None


def nameless(file: str, row: int, column: int) -> BadFile:
    """The refusal of a list with a value in a column that has no name."""
    return refusal(
        file,
        "csv.header.empty",
        _("Column {letter} has a value here and no name in the header.").format(
            letter=letter(column)
        ),
        _("Give the column a name, or empty it."),
        row=row,
    )
