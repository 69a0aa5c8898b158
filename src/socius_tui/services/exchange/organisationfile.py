"""The register of organisations as a list: a CSV file, read strictly.

The first row names the columns; `name` and `work_type` are needed, the others may be left
out or left empty. Rows are numbered as a spreadsheet shows them: the header is row 1.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BeforeValidator, ValidationError

from socius_tui.domain.problem import InputProblem
from socius_tui.domain.text import check_text, fold, nearest, restore_formula
from socius_tui.i18n import _
from socius_tui.services.exchange.fields import Day, Table
from socius_tui.services.exchange.reading import read_text, refused, shown, text_of
from socius_tui.services.exchange.sentences import quoted, sentence_of

_DELIMITERS: Final = ",;\t"
_NEEDED: Final = ("name", "work_type")


def _cell(limit: int, *, required: bool = False, multiline: bool = False) -> AfterValidator:
    """Text of a cell, without the apostrophe that an export puts before a formula."""
    return AfterValidator(
        lambda text: check_text(
            restore_formula(text), max_length=limit, required=required, multiline=multiline
        )
    )


def _nothing_is_none(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _trimmed(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def checked_enterprise_number(text: str) -> str:
    """Ten digits of which the last two are 97 less the rest of the others by 97."""
    digits = re.sub(r"^BE|[ .]", "", text.strip(), flags=re.IGNORECASE)
    if not digits:
        return ""
    if not re.fullmatch("[01][0-9]{9}", digits) or 97 - int(digits[:8]) % 97 != int(digits[8:]):
        raise InputProblem(
            "enterprise_number",
            _("This is no enterprise number: it has ten digits, such as 0123.456.749."),
        )
    return digits


class OrganisationRow(Table):
    """One organisation of a list; `work_type` and `subtype` are codes of the plan.

    Empty text stands for what is not known. The enterprise number has ten digits, or is
    empty. Recognised from is not after recognised until.
    """

    code: Annotated[str, _cell(40)] = ""
    name: Annotated[str, _cell(300, required=True)]
    work_type: Annotated[str, _cell(60, required=True)]
    subtype: Annotated[str, _cell(60)] = ""
    municipality: Annotated[str, _cell(200)] = ""
    size: Annotated[Literal["small", "medium", "large", ""], BeforeValidator(_trimmed)] = ""
    participation: Annotated[Literal["reached", "not_reached", ""], BeforeValidator(_trimmed)] = ""
    federation: Annotated[str, _cell(200)] = ""
    recognised_from: Annotated[Day | None, BeforeValidator(_nothing_is_none)] = None
    recognised_until: Annotated[Day | None, BeforeValidator(_nothing_is_none)] = None
    enterprise_number: Annotated[str, AfterValidator(checked_enterprise_number)] = ""
    note: Annotated[str, _cell(20_000, multiline=True)] = ""


COLUMNS: Final = tuple(OrganisationRow.model_fields)


def read_organisations(path: str | Path) -> list[OrganisationRow]:
    """The organisations of a CSV file in UTF-8; commas, semicolons or tabs between the cells.

    Raises FileProblem when the file cannot be read, and BadFile, with a sentence per problem
    that names file, row and column, when a row cannot be taken: then none is.
    """
    return _parsed(read_text(path), shown(path))


def parse_organisations(data: bytes, name: str) -> list[OrganisationRow]:
    """The organisations in the bytes of a file with this name; like `read_organisations`."""
    return _parsed(text_of(data, shown(name)), shown(name))


def _parsed(text: str, name: str) -> list[OrganisationRow]:
    rows = _cells(text, name)
    header = [cell.strip() for cell in next(rows, (1, ()))[1]]
    _check_header(header, name)
    found: list[OrganisationRow] = []
    problems: list[str] = []
    places: dict[str, int] = {}
    for number, cells in rows:
        if len(cells) != len(header):
            problems.append(
                _("row {row}: Cells found: {found}; the header has {columns}.").format(
                    row=number, found=len(cells), columns=len(header)
                )
            )
            continue
        row = _row(dict(zip(header, cells, strict=True)), number, problems)
        if row is None:
            continue
        found.append(row)
        first = places.setdefault(fold(row.code), number) if row.code else number
        if first != number:
            problems.append(
                _told(number, "code", _("Row {row} has this code too.").format(row=first))
            )
    if problems:
        raise refused(name, problems)
    if not found:
        raise refused(name, [_("There is no organisation in it.")])
    return found


def _cells(text: str, name: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Each row that is not empty, with its number as a spreadsheet shows it."""
    first_line = text.lstrip().split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problem = _("row {row}: The quotes do not match, or a cell is too long.")
            raise refused(name, [problem.format(row=number)]) from error
        if any(cell.strip() for cell in cells):
            yield number, cells


def _check_header(header: Sequence[str], name: str) -> None:
    problems: list[str] = []
    for column in header:
        if column not in COLUMNS:
            near = nearest(column, COLUMNS, 1)
            sentence = (
                _("The column “{column}” is not known; did you mean “{near}”?").format(
                    column=quoted(column), near=near[0]
                )
                if near
                else _("The column “{column}” is not known; known are: {columns}.").format(
                    column=quoted(column), columns=", ".join(COLUMNS)
                )
            )
            problems.append(sentence)
        elif header.count(column) > 1:
            problems.append(
                _("The column “{column}” is there more than once.").format(column=column)
            )
    problems += [
        _("The column “{column}” is missing.").format(column=column)
        for column in _NEEDED
        if column not in header
    ]
    if problems:
        raise refused(name, list(dict.fromkeys(problems)))


def _row(cells: dict[str, str], number: int, problems: list[str]) -> OrganisationRow | None:
    try:
        row = OrganisationRow.model_validate(cells)
    except ValidationError as error:
        problems += [
            _told(number, str(item["loc"][0]), sentence_of(item))
            for item in error.errors(include_url=False)
        ]
        return None
    if _ends_first(row.recognised_from, row.recognised_until):
        problems.append(_told(number, "recognised_until", _("This is before recognised_from.")))
    return row


def _ends_first(start: date | None, end: date | None) -> bool:
    return start is not None and end is not None and end < start


def _told(row: int, column: str, sentence: str) -> str:
    return _("row {row}, column {column}: {problem}").format(
        row=row, column=column, problem=sentence
    )
