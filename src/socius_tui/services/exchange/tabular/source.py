"""What a list is once it is read, whatever file it came in.

`open_source(path)` looks at a file, finds out how it is written and gives a `Source`; its rows
are read when they are asked for, one by one, as often as they are asked for. A row that cannot
be read comes as a `Rejection`; a file that cannot be read at all is refused with a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias

from socius_tui.domain.text import clean
from socius_tui.i18n import _

MOST_ROWS: Final = 1_000_000
MOST_COLUMNS: Final = 200
VALUE_SHOWN: Final = 80  # characters of a value in a sentence

Decimals = Literal["comma", "point"]
Days = Literal["day_first", "month_first"]


class CellError(NamedTuple):
    """A cell of a workbook that holds no value: "#REF!", or a formula that was never worked out."""

    what: str


#: Text as it is written (a cell of CSV is always text), or the typed value of a workbook or of
#: JSON; None is an empty cell of those.
Cell: TypeAlias = str | int | Decimal | bool | date | datetime | CellError | None


class Hints(NamedTuple):
    """What a person says of a file; None is to be found out."""

    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    decimals: Decimals | None = None
    days: Days | None = None


class Found(NamedTuple):
    """How a file is written. `decimals` and `days` None: nothing in it decides between the two."""

    encoding: str = ""
    delimiter: str = ""
    decimals: Decimals | None = None
    days: Days | None = None


class SourceRow(NamedTuple):
    """A row: its number as a spreadsheet or an editor shows it, and a cell for each column."""

    number: int
    cells: tuple[Cell, ...]


class Rejection(NamedTuple):
    """Why something in a list cannot be taken. `sheet` is "" but for workbooks.

    `row` 0 is the file as a whole; `column` is its letter, with the `header` above it, both ""
    where it is about the row. `value` is what stands there, safe to show and at most 80
    characters. `rule` names the rule ("date.invalid"); `hint` says what to do, or is "".
    """

    file: str
    sheet: str
    row: int
    column: str
    header: str
    value: str
    rule: str
    sentence: str
    hint: str

    @property
    def place(self) -> str:
        """Where it is: file, sheet, row, column."""
        parts = [self.file]
        if self.sheet:
            parts.append(_("sheet {name}").format(name=self.sheet))
        if self.row:
            parts.append(_("row {n}").format(n=self.row))
        if self.column:
            parts.append(
                _("column {letter} “{header}”").format(letter=self.column, header=self.header)
                if self.header
                else _("column {letter}").format(letter=self.column)
            )
        return ", ".join(parts)

    def __str__(self) -> str:
        """On one line: where, what stands there, why not, what to do, and the rule."""
        said = self.sentence.startswith(f"“{self.value}”")  # once is enough
        value = f" “{self.value}”" if self.value and not said else ""
        hint = f" {self.hint}" if self.hint else ""
        return f"{self.place}:{value} {self.sentence}{hint} [{self.rule}]"


class Source(NamedTuple):
    """A list that can be read.

    `form` is "csv", "xlsx", "ods" or "jsonl"; `sheets` are the names of all sheets of a workbook,
    `sheet` the one that is read. `header` are the names of the columns as they are written,
    trimmed. `remarks` are sentences for who looks at a preview. `rows()` reads from the first row
    after the header to the last, each time anew; it raises BadFile when the file changed since
    it was opened, or when it turns out later that it cannot be read.
    """

    path: Path
    file: str
    form: str
    sheet: str
    sheets: tuple[str, ...]
    header: tuple[str, ...]
    found: Found
    remarks: tuple[str, ...]
    rows: Callable[[], Iterator[SourceRow | Rejection]]

    def reject(
        self,
        row: int,
        rule: str,
        sentence: str,
        *,
        column: int = -1,
        value: object = "",
        hint: str = "",
    ) -> Rejection:
        """Why a row, or a cell of it (its place in the header, from 0), cannot be taken."""
        return Rejection(
            self.file,
            self.sheet,
            row,
            letter(column) if column >= 0 else "",
            clean(self.header[column], limit=VALUE_SHOWN) if 0 <= column < len(self.header) else "",
            clean("" if value is None else str(value), limit=VALUE_SHOWN),
            rule,
            sentence,
            hint,
        )


def letter(column: int) -> str:
    """The letter of a column as a spreadsheet has it: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def open_source(path: str | Path, hints: Hints = Hints()) -> Source:  # noqa: B008 (never changes)
    """The list in a file; what was said of it goes before what is found in it.

    Raises FileProblem when it cannot be read, BadFile when it is none.
    """
    from socius_tui.services.exchange.tabular.opening import opened

    source = opened(Path(path), hints)
    found = source.found
    said = found._replace(decimals=hints.decimals or found.decimals, days=hints.days or found.days)
    return source._replace(found=said)
