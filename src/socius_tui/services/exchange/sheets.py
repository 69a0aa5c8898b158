"""A workbook of typed cells: what every sheet of ours is written with (XlsxWriter).

A text is always written as a text, whatever it begins with: no formula, no link. Rows are
written in order and never held, so a log of any length takes no memory. Nothing in the file
comes from the clock, so the same input gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import IO, TYPE_CHECKING, Any, Final

from socius_tui.domain.model import Status
from socius_tui.domain.text import fold
from socius_tui.i18n import _
from socius_tui.services.exchange.tables import Column, Table, exported
from socius_tui.services.wording import known_word, symbol

if TYPE_CHECKING:
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

LONGEST_TEXT: Final = 32_767  # UTF-16 units in a cell of Excel
LONGEST_NAME: Final = 31  # of a sheet
FIRST_YEAR: Final = 1900  # of a date in Excel
_CUT: Final = " […]"
_WIDTHS: Final = {"text": 24, "names": 18, "code": 18, "date": 12, "id": 14}
_WIDE: Final = {
    "title": 60, "summary": 60, "note": 40, "organisation": 32, "name": 32, "wanting": 48,
}  # fmt: skip
_ROOM: Final = 4  # beside the longest word of a heading: it is bold, and has the filter's button

#: Fill and letters of each status; both dark on light, and never without symbol and word.
_COLOURS: Final = {
    Status.MET: ("#CFE8D5", "#0B4F22"),
    Status.ON_TRACK: ("#E3F3E6", "#1B5E2B"),
    Status.ATTENTION: ("#FFE9B8", "#6B4A00"),
    Status.OFF_TRACK: ("#F9D3D0", "#8A1C14"),
    Status.NO_DATA: ("#E6E6E6", "#444444"),
    Status.NOT_STARTED: ("#F2F2F2", "#555555"),
}


def status_text(status: Status) -> str:
    """A status as every sheet has it: symbol and word."""
    return f"{symbol(status)} {known_word(status.value)}"


def cell_text(text: str) -> str:
    """A text as a cell can hold it: nothing that steers, and cut with a mark where it is too long.

    A text that XlsxWriter would take for marked-up pieces gets a space after it.
    """
    text = exported(text)
    if len(text) > LONGEST_TEXT // 2:
        units = text.encode("utf-16-le", "replace")
        if len(units) > 2 * LONGEST_TEXT:
            kept = units[: 2 * (LONGEST_TEXT - len(_CUT))]
            text = kept.decode("utf-16-le", "ignore") + _CUT
    return text + " " if text.startswith("<r>") and text.endswith("</r>") else text


def sheet_name(wanted: str, taken: Iterable[str]) -> str:
    """A legal name for a sheet that no other has: Excel takes no []:*?/\\ and 31 characters."""
    name = re.sub(r"[\[\]:*?/\\]", "-", exported(wanted).replace("\n", " ").strip().strip("'"))
    name = name[:LONGEST_NAME].strip().strip("'") or "-"
    if fold(name) in ("history", "geschiedenis"):
        name = f"{name} 1"  # Excel keeps these for itself
    others = {other.casefold() for other in taken}
    found, number = name, 1
    while found.casefold() in others:
        number += 1
        end = f" ({number})"
        found = name[: LONGEST_NAME - len(end)] + end
    return found


class Book:
    """A workbook that is being written in a binary file; `close` ends it."""

    def __init__(self, file: IO[bytes], *, title: str, author: str, made: datetime) -> None:
        from xlsxwriter import Workbook  # type: ignore[import-untyped]

        self._book = Workbook(
            file,
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_numbers": False,
                "strings_to_urls": False,
            },
        )
        self._book.set_properties(
            {"title": cell_text(title)[:255], "author": cell_text(author)[:255], "created": made}
        )
        self._book.set_size(2000, 1200)
        self._formats: dict[str, Format] = {}

    def close(self) -> None:
        """Put the parts together."""
        self._book.close()

    def sheet(self, name: str) -> Worksheet:
        """A new sheet, with a name made legal."""
        sheet = self._book.add_worksheet(sheet_name(name, self._book.sheetnames))
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&R&P / &N")  # a page that travels alone: which sheet, which page
        return sheet

    def chart(self, kind: str) -> Any:
        """A new chart, to be inserted in a sheet."""
        return self._book.add_chart({"type": kind})

    def look(self, name: str) -> Format:
        """A format by name: heading, title, text, date, share, whole, number."""
        if name not in self._formats:
            self._formats[name] = self._book.add_format(_LOOKS[name])
        return self._formats[name]

    def text(self, sheet: Worksheet, row: int, column: int, text: str, look: str = "text") -> None:
        """One cell with text."""
        if text:
            sheet.write_string(row, column, cell_text(text), self.look(look))

    def number(self, sheet: Worksheet, row: int, column: int, value: Fraction | int) -> None:
        """One cell with a number, whole or with two decimals shown; the cell holds all of it."""
        look = "whole" if Fraction(value).denominator == 1 else "number"
        sheet.write_number(row, column, float(value), self.look(look))

    def day(self, sheet: Worksheet, row: int, column: int, day: date) -> None:
        """One cell with a date; one that Excel does not know is a text."""
        if day.year < FIRST_YEAR:
            self.text(sheet, row, column, day.isoformat())
        else:
            sheet.write_datetime(row, column, day, self.look("date"))

    def share(self, sheet: Worksheet, row: int, column: int, value: Fraction) -> None:
        """One cell with a share, shown as a percentage."""
        sheet.write_number(row, column, float(value), self.look("share"))

    def headings(self, sheet: Worksheet, row: int, headings: Sequence[str]) -> None:
        """A row of headings."""
        for place, heading in enumerate(headings):
            self.text(sheet, row, place, heading, "heading")

    def table(self, sheet: Worksheet, table: Table, *, row: int = 0) -> int:
        """A table with its headings, frozen, with filters; gives the row after it."""
        headings = [_(column.heading) for column in table.columns]
        for place, (column, heading) in enumerate(zip(table.columns, headings, strict=True)):
            width = _WIDE.get(column.name, _WIDTHS.get(column.kind, 11))
            longest = max(map(len, heading.split()), default=0)
            sheet.set_column(place, place, max(width, longest + _ROOM))
        self.headings(sheet, row, headings)
        first = row
        sheet.freeze_panes(row + 1, 0)
        sheet.repeat_rows(row)
        for record in table.rows:
            row += 1
            for place, column in enumerate(table.columns):
                self._cell(sheet, row, place, column, record)
        sheet.autofilter(first, 0, row, len(table.columns) - 1)
        for place, column in enumerate(table.columns):
            if column.name == "status" and row > first:
                self.colour(sheet, first + 1, place, row)
        return row + 1

    def colour(self, sheet: Worksheet, first: int, column: int, last: int) -> None:
        """The colours of the status words, by conditional format: they follow what is typed."""
        for status in Status:
            fill, letters = _COLOURS[status]
            name = f"status {status.value}"
            if name not in self._formats:
                bold = status in (Status.MET, Status.OFF_TRACK)
                self._formats[name] = self._book.add_format(
                    {"bg_color": fill, "font_color": letters, "bold": bold}
                )
            sheet.conditional_format(
                first, column, last, column,
                {"type": "cell", "criteria": "==", "value": f'"{status_text(status)}"',
                 "format": self._formats[name]},
            )  # fmt: skip

    def _cell(self, sheet: Worksheet, row: int, place: int, column: Column, record: object) -> None:
        value = column.get(record)
        if value is None or value == "":
            if column.kind == "text" and column.show is not None:
                self.text(sheet, row, place, column.show(record))  # the line of all together
            return
        if isinstance(value, date):
            self.day(sheet, row, place, value)
        elif isinstance(value, tuple):
            self.text(sheet, row, place, "; ".join(value))
        elif not isinstance(value, str):
            if column.kind == "share":
                self.share(sheet, row, place, Fraction(value))
            else:
                self.number(sheet, row, place, value)
        elif column.kind == "decimal":
            self.number(sheet, row, place, Fraction(value))
        elif column.kind == "code":
            words = status_text(Status(value)) if column.name == "status" and value in _STATUSES \
                else known_word(value) or value  # fmt: skip
            self.text(sheet, row, place, words)
        else:
            self.text(sheet, row, place, value)


_STATUSES: Final = frozenset(status.value for status in Status)
_CLEAR: Final = "_)"  # a number, at the right, stays clear of the text in the next column
_LOOKS: Final[dict[str, dict[str, Any]]] = {
    "title": {"bold": True, "font_size": 14},
    "bold": {"bold": True, "valign": "top"},
    "heading": {"bold": True, "bottom": 1, "bg_color": "#EEF1F5", "text_wrap": True,
                "valign": "top"},
    "text": {"valign": "top"},
    "wrapped": {"valign": "top", "text_wrap": True},
    "date": {"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"},
    "share": {"num_format": f"0.0%{_CLEAR}", "valign": "top"},
    "whole": {"num_format": f"#,##0{_CLEAR}", "valign": "top"},
    "number": {"num_format": f"#,##0.00{_CLEAR}", "valign": "top"},
}  # fmt: skip
