"""Runs through the XML of a sheet without keeping it, before calamine reads the values.

Two reasons. calamine makes a table of all cells between the first and the last: a single cell
at XFD1048576 would end the program. And it gives an empty text for a cell that holds an error,
a formula that was never worked out, or the covered part of a merged cell: those must not pass
for empty.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from typing import Final, NamedTuple, TypeAlias
from xml.parsers import expat

from socius_tui.domain.text import clean
from socius_tui.i18n import _
from socius_tui.services.exchange.tabular.guard import STEP, damaged, too_large
from socius_tui.services.exchange.tabular.source import MOST_COLUMNS, letter

MOST_SHEET_ROWS: Final = 200_000  # calamine holds a sheet whole; CSV is read row by row
MOST_CELLS: Final = 3_000_000  # some 24 bytes each, and as much again while it is read
_LAST_ROW: Final = 1_048_576  # that a spreadsheet has
MOST_ODD: Final = 50_000  # cells that hold no value, or are covered
MOST_NAMES: Final = 1_000  # of XML elements
MOST_SHEETS: Final = 1_000

Attributes: TypeAlias = dict[str, str]
_PERCENT_FORMATS: Final = {9, 10}  # built into Excel: 0% and 0.00%
_ODS_PARTS: Final = frozenset({"table-cell", "covered-table-cell", "table-row", "table"})
_TRUE: Final = ("1", "true")


class Scan:
    """What a sheet holds besides values. Rows and columns count from 0, `hidden_rows` from 1.

    `odd` says of a cell why it has no value, `covered` which merged cell covers it.
    """

    def __init__(self, name: str, file: str, hidden: bool = False) -> None:
        self.name = name
        self.file = file
        self.hidden = hidden
        self.last_row = self.last_column = -1
        self.odd: dict[tuple[int, int], str] = {}
        self.covered: dict[tuple[int, int], str] = {}
        self.percent: set[int] = set()
        self.hidden_rows: list[tuple[int, int]] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self._merges: list[tuple[int, int, int, int]] = []

    @property
    def used(self) -> bool:
        """Whether any cell holds something."""
        return self.last_row >= 0

    def use(self, row: int, column: int) -> None:
        """Notes that a cell holds something. Raises BadFile when the sheet gets too large."""
        if row < max(self.last_row, 0) or column < 0:
            raise damaged(self.file)  # calamine takes the first and last cell for the ends
        self.last_row = row
        if column > self.last_column:
            self.last_column = column
        if (
            row >= MOST_SHEET_ROWS
            or column >= MOST_COLUMNS
            or (row + 1) * (self.last_column + 1) > MOST_CELLS
        ):
            raise too_large(
                self.file,
                _("sheet “{name}” has something in cell {cell}; at most {rows} rows, {columns} "
                  "columns and {cells} cells of a workbook are read.").format(
                    name=clean(self.name, limit=80), cell=address(row, column),
                    rows=MOST_SHEET_ROWS, columns=MOST_COLUMNS, cells=MOST_CELLS,
                ),
            )  # fmt: skip

    def note(self, row: int, column: int, what: str) -> None:
        """Notes why a cell has no value."""
        self.odd[row, column] = what
        self._keep_few()

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Notes a merged cell."""
        self._merges.append((top, left, bottom, right))
        self._keep_few()

    def hide_rows(self, first: int, last: int) -> None:
        """Notes hidden rows, counted from 1; those that follow each other become one range."""
        if self.hidden_rows and self.hidden_rows[-1][1] == first - 1:
            first = self.hidden_rows.pop()[0]
        if first <= last <= _LAST_ROW and len(self.hidden_rows) < MOST_ODD:
            self.hidden_rows.append((first, last))

    def hide_columns(self, first: int, last: int) -> None:
        """Notes hidden columns."""
        if 0 <= first <= last and len(self.hidden_columns) < MOST_COLUMNS:
            self.hidden_columns.append((first, last))

    def finish(self) -> None:
        """Works out which cells are covered by merged ones, as far as anything is used."""
        for top, left, bottom, right in self._merges:
            for row in range(top, min(bottom, self.last_row) + 1):
                for column in range(left, min(right, self.last_column) + 1):
                    if (row, column) != (top, left):
                        self.covered[row, column] = address(top, left)
                self._keep_few()

    def _keep_few(self) -> None:
        if len(self.odd) + len(self.covered) + len(self._merges) > MOST_ODD:
            raise too_large(
                self.file,
                _("sheet “{name}” has more than {n} merged cells and cells with an error.").format(
                    name=clean(self.name, limit=80), n=MOST_ODD
                ),
            )


def address(row: int, column: int) -> str:
    """A cell as a spreadsheet names it: B5."""
    return f"{letter(column)}{row + 1}"


def place(cell: str, columns: dict[str, int]) -> tuple[int, int]:
    """The row and column of an address, from 0; `columns` keeps those seen. Raises ValueError."""
    letters = cell.rstrip("0123456789")
    column = columns.get(letters, -1)
    if column < 0:
        if not re.fullmatch("[A-Z]{1,3}", letters):
            raise ValueError(cell)
        for character in letters:
            column = (column + 1) * 26 + ord(character) - ord("A")
        columns[letters] = column
    return int(cell[len(letters) :]) - 1, column


class Names(dict[str, str]):
    """The name of an XML element without its prefix; real sheets have a few dozen."""

    def __missing__(self, name: str) -> str:
        if len(self) > MOST_NAMES:
            raise ValueError(name)
        self[name] = local = name.rpartition(":")[2]
        return local


def parse(
    archive: zipfile.ZipFile,
    member: str,
    file: str,
    start: Callable[[str, Attributes], None],
    parser: expat.XMLParserType | None = None,
) -> None:
    """Calls `start` for each element of a member, with its name and attributes. Raises BadFile."""
    parser = parser or expat.ParserCreate("utf-8")
    parser.StartElementHandler = start
    try:
        with archive.open(member) as unpacked:
            while step := unpacked.read(STEP):
                parser.Parse(step, False)
            parser.Parse(b"", True)
    except (expat.ExpatError, KeyError, ValueError, OverflowError) as error:
        raise damaged(file) from error


def percent_styles(archive: zipfile.ZipFile, file: str) -> set[str]:
    """The numbers of the cell styles that show a number as a percentage (xlsx)."""
    if "xl/styles.xml" not in archive.namelist():
        return set()
    formats = set(_PERCENT_FORMATS)
    styles: set[str] = set()
    counting = -1
    names = Names()

    def start(name: str, attributes: Attributes) -> None:
        nonlocal counting
        name = names[name]
        if name == "numFmt" and "%" in re.sub(r'"[^"]*"', "", attributes.get("formatCode", "")):
            formats.add(int(attributes.get("numFmtId", -1)))
        elif name == "cellXfs":
            counting = 0
        elif name in {"cellStyles", "dxfs"}:
            counting = -1
        elif name == "xf" and counting >= 0:
            if int(attributes.get("numFmtId", 0)) in formats:
                styles.add(str(counting))
            counting += 1

    parse(archive, "xl/styles.xml", file, start)
    return styles


class XlsxSheet(NamedTuple):
    """A sheet of an xlsx: the member it is in, and whether it shows."""

    member: str
    shows: bool


def xlsx_sheets(archive: zipfile.ZipFile, file: str) -> dict[str, XlsxSheet]:
    """The sheets of an xlsx that can hold a list, by name (no sheets of charts or macros).

    Only what can be understood in one way is: calamine must read what is looked at here.
    """
    members: dict[str, str] = {}
    sheets: dict[str, XlsxSheet] = {}
    names = Names()

    def root(name: str, attributes: Attributes) -> None:
        kind = attributes.get("Type", "") if names[name] == "Relationship" else ""
        if kind.endswith("/officeDocument"):
            target = attributes["Target"]
            if target.removeprefix("/") != "xl/workbook.xml":
                raise ValueError(target)

    def link(name: str, attributes: Attributes) -> None:
        if names[name] == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            target = attributes["Target"].removeprefix("/xl/")
            if attributes["Id"] in members or re.match(r"/|xl/|\.", target):
                raise ValueError(target)
            members[attributes["Id"]] = f"xl/{target}"

    def sheet(name: str, attributes: Attributes) -> None:
        if names[name] == "sheet":
            key = next((key for key in attributes if key.rpartition(":")[2] == "id"), "")
            if attributes["name"] in sheets:
                raise ValueError(attributes["name"])
            if attributes.get(key) in members:
                sheets[attributes["name"]] = XlsxSheet(
                    members[attributes[key]], attributes.get("state", "visible") == "visible"
                )

    parse(archive, "_rels/.rels", file, root)
    parse(archive, "xl/_rels/workbook.xml.rels", file, link)
    parse(archive, "xl/workbook.xml", file, sheet)
    return sheets


def scan_xlsx(archive: zipfile.ZipFile, member: str, name: str, file: str) -> Scan:
    """Looks through one sheet of an xlsx. Raises BadFile when it is too large or damaged."""
    scan = Scan(name, file)
    percents = percent_styles(archive, file)
    columns: dict[str, int] = {}
    parser = expat.ParserCreate("utf-8")
    row = column = -1
    kind = style = ""
    counted = formula = False
    number = "0"  # of the row, as it is written
    value: list[str] = []
    names = Names()

    def finish_cell() -> None:
        parser.CharacterDataHandler = None
        said = "".join(value).strip()
        value.clear()
        if kind == "e":
            scan.note(row, column, clean(said, limit=20) or "#?")
        elif kind != "str" and not said:
            scan.note(row, column, _("a formula that was never worked out"))

    def start(name: str, attributes: Attributes) -> None:
        nonlocal row, column, kind, style, formula, counted, number
        name = names[name]
        if name == "c":
            if formula or kind == "e":
                finish_cell()
            cell = attributes.get("r")
            if cell is None:
                column += 1
            elif cell.endswith(number) and (found := columns.get(cell[: -len(number)])) is not None:
                column = found
            else:
                at, column = place(cell, columns)
                if at != row:
                    raise damaged(file)
            kind = attributes.get("t", "")
            style = attributes.get("s", "")
            counted = formula = False
        elif name == "v" or name == "is" or name == "f":
            if not counted:
                counted = True
                if row != scan.last_row or column > scan.last_column:
                    scan.use(row, column)
                if style in percents and kind in ("", "n"):
                    scan.percent.add(column)
            formula = formula or name == "f"
            if formula or kind == "e":
                value.clear()  # what stands in <f> is not the value
                parser.CharacterDataHandler = value.append if name == "v" else None
        elif name == "row":
            if formula or kind == "e":
                finish_cell()
                kind, formula = "", False
            number = attributes.get("r", str(row + 2))
            row, column = int(number) - 1, -1
            if attributes.get("hidden") in _TRUE:
                scan.hide_rows(row + 1, row + 1)
        elif name == "col":
            if attributes.get("hidden") in _TRUE:
                scan.hide_columns(int(attributes["min"]) - 1, int(attributes["max"]) - 1)
        elif name == "mergeCell":
            first, _colon, last = attributes["ref"].partition(":")
            scan.merge(*place(first, columns), *place(last or first, columns))

    parse(archive, member, file, start, parser)
    if formula or kind == "e":
        finish_cell()
    scan.finish()
    return scan


def scan_ods(archive: zipfile.ZipFile, file: str) -> dict[str, Scan]:
    """Looks through all sheets of an ods, which are in one member. Raises BadFile."""
    scans: dict[str, Scan] = {}
    hidden_styles: set[str] = set()
    style = odd = ""
    scan = Scan("", file)  # what comes before the first sheet
    row = column = columns = 0
    rows = times = 1
    cell: Attributes = {}
    shown: list[str] = []
    names = Names()
    parser = expat.ParserCreate("utf-8")

    def finish_cell() -> None:
        nonlocal odd
        parser.CharacterDataHandler = None
        what = clean("".join(shown).strip(), limit=20) or odd  # "#REF!"
        shown.clear()
        for down in range(row, row + rows):
            for across in range(column - times, column):
                scan.note(down, across, what)
        odd = ""

    def start(name: str, attributes: Attributes) -> None:
        nonlocal style, odd, scan, row, column, columns, rows, times
        name = names[name]
        if name == "p":
            if odd and "table:formula" in cell and "office:value-type" not in cell:
                odd = ""  # it was worked out, to an empty text
            elif cell.get("calcext:value-type") == "error":
                parser.CharacterDataHandler = shown.append
        elif name in ("tab", "line-break"):
            odd = odd or _("text with a tab or a line break")  # calamine leaves them out
        elif name in _ODS_PARTS and odd:
            finish_cell()
        if name in ("table-cell", "covered-table-cell"):
            cell.clear()
            cell.update(attributes)
            times = _times(attributes, "columns-repeated")
            down = _times(attributes, "rows-spanned")
            over = _times(attributes, "columns-spanned")
            if down > 1 or over > 1:
                scan.merge(row, column, row + down - 1, column + over - 1)
            kind = attributes.get("office:value-type", "")
            if kind or "table:formula" in attributes:
                scan.use(row + rows - 1, column + times - 1)
                odd = _odd_ods(attributes, kind)
                if kind == "percentage":
                    scan.percent.update(range(column, column + times))
            column += times
        elif name == "table-row":
            row += rows
            rows = _times(attributes, "rows-repeated")
            column = 0
            if attributes.get("table:visibility", "visible") != "visible":
                scan.hide_rows(row + 1, row + rows)
        elif name == "table-column":
            across = _times(attributes, "columns-repeated")
            if attributes.get("table:visibility", "visible") != "visible":
                scan.hide_columns(columns, columns + across - 1)
            columns += across
        elif name == "table":
            sheet = attributes.get("table:name", "")
            scan = Scan(sheet, file, attributes.get("table:style-name", "") in hidden_styles)
            if sheet in scans or len(scans) >= MOST_SHEETS:
                raise damaged(file)
            scans[sheet] = scan
            row, rows, columns = -1, 1, 0
        elif name == "style":
            style = attributes.get("style:name", "")
        elif name == "table-properties" and attributes.get("table:display") == "false":
            hidden_styles.add(style)

    parse(archive, "content.xml", file, start, parser)
    if odd:
        finish_cell()
    cells = 0
    for scan in scans.values():
        scan.finish()
        cells += (scan.last_row + 1) * (scan.last_column + 1)
    if cells > MOST_CELLS:  # calamine reads all sheets of an ods at once
        raise too_large(
            file, _("its sheets have more than {n} cells together.").format(n=MOST_CELLS)
        )
    return scans


def _odd_ods(attributes: Attributes, kind: str) -> str:
    """Why a cell of an ods has no value that can be used, or ""."""
    if attributes.get("calcext:value-type") == "error":
        return _("an error")
    if kind == "time":
        return _("a time of day or a duration")
    return "" if kind else _("a formula that was never worked out")


def _times(attributes: Attributes, what: str) -> int:
    return max(1, int(attributes.get(f"table:number-{what}", 1)))
