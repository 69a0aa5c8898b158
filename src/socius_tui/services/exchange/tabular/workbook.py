"""Reads a list from a sheet of an Excel or OpenDocument workbook."""

from __future__ import annotations

import math
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from socius_tui.domain.problem import InputProblem
from socius_tui.domain.text import clean
from socius_tui.errors import BadFile
from socius_tui.i18n import _, ngettext
from socius_tui.services.exchange.tabular.detecting import SAMPLE, days_of, decimals_of
from socius_tui.services.exchange.tabular.guard import Form, checked, damaged, read_bytes
from socius_tui.services.exchange.tabular.heading import same_name
from socius_tui.services.exchange.tabular.refusing import by_rule, no_rows
from socius_tui.services.exchange.tabular.sheetscan import (
    Scan,
    address,
    scan_ods,
    scan_xlsx,
    xlsx_sheets,
)
from socius_tui.services.exchange.tabular.source import (
    Cell,
    CellError,
    Found,
    Hints,
    Rejection,
    Source,
    SourceRow,
    letter,
)

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

MOST_CHARACTERS: Final = 32_767  # in a cell of Excel
_SHOWN: Final = 8  # names or places in a remark
_SURE_WHOLE: Final = 10**15  # a spreadsheet keeps 15 digits
_FIRST_SURE_DAY: Final = date(1900, 3, 1)


def open_workbook(path: Path, file: str, hints: Hints) -> Source:
    """The list in a workbook: the sheet of `hints`, or the first that shows and is not empty.

    `file` is the name to show. The first row that is not empty is the header; columns before
    the list stay, without a name, so that letters are those of the spreadsheet. Raises
    FileProblem when the file cannot be read, and BadFile for what `guard`, `sheetscan` and
    this module refuse: sheet.unknown, sheet.empty, csv.header.empty, csv.header.duplicate.
    """
    data = read_bytes(path, file)
    archive, form = checked(data, file)
    shows, scan = _chosen(archive, form, hints.sheet, file)
    first = _loaded(data, scan, file)
    header, header_row, blank = _header(first, scan, file)
    cells = [cell for _row, row in islice(_cells(first, scan), SAMPLE) for cell in row]
    found = Found(decimals=decimals_of(cells), days=days_of(cells))
    del first
    digest = _digest(data)

    def rows() -> Iterator[SourceRow | Rejection]:
        again = read_bytes(path, file)
        if _digest(again) != digest:
            raise by_rule(
                "file.changed",
                _("{file} changed while it was read.").format(file=file),
                _("Close it in the spreadsheet and start again."),
            )
        sheet = _loaded(again, scan, file)
        del again
        yield from _rows(source, sheet, scan, header_row)

    remarks = _remarks(scan, shows, blank)
    source = Source(path, file, form, scan.name, tuple(shows), header, found, remarks, rows)
    return source


def _digest(data: bytes) -> bytes:
    import hashlib

    return hashlib.sha256(data).digest()


def _loaded(data: bytes, scan: Scan, file: str) -> CalamineSheet:
    """The sheet with its values. Only for what the guard and the scan let pass."""
    import io

    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            sheet = workbook.get_sheet_by_name(scan.name)
    except (CalamineError, OSError, ValueError) as error:
        raise damaged(file) from error
    end = sheet.end
    if end and (end[0] > scan.last_row or end[1] > scan.last_column):
        raise damaged(file)  # it sees more than the scan did
    return sheet


def _chosen(
    archive: zipfile.ZipFile, form: Form, wanted: str | None, file: str
) -> tuple[dict[str, bool], Scan]:
    """Whether each sheet shows, and the sheet to read, looked through."""
    if form == "ods":
        scans = scan_ods(archive, file)
        shows = {name: not scan.hidden for name, scan in scans.items()}
        scan_of: Callable[[str], Scan] = scans.__getitem__
    else:
        sheets = xlsx_sheets(archive, file)
        shows = {name: sheet.shows for name, sheet in sheets.items()}

        def scan_of(name: str) -> Scan:
            return scan_xlsx(archive, sheets[name].member, name, file)

    if wanted is None:
        for name in shows:
            if shows[name] and (scan := scan_of(name)).used:
                return shows, scan
        raise by_rule(
            "sheet.empty",
            _("{file} has no sheet with anything in it, hidden ones aside.").format(file=file),
            _("Check that this is the right file."),
        )
    if wanted not in shows:
        raise by_rule(
            "sheet.unknown",
            _("{file} has no sheet “{name}”; it has {names}.").format(
                file=file, name=clean(wanted, limit=80), names=_quoted(shows)
            ),
            _("Name the sheet as it is written on its tab."),
        )
    scan = scan_of(wanted)
    if not scan.used:
        raise _empty(scan, file)
    return shows, scan


def _empty(scan: Scan, file: str) -> BadFile:
    return by_rule(
        "sheet.empty",
        _("Sheet “{name}” of {file} is empty.").format(file=file, name=clean(scan.name, limit=80)),
        _("Name another sheet, or check that this is the right file."),
    )


def _header(sheet: CalamineSheet, scan: Scan, file: str) -> tuple[tuple[str, ...], int, int]:
    """The names of the columns, their row (from 0), and how many rows below it are blank."""
    header: list[str] = []
    header_row = -1
    filled: set[int] = set()
    blank = pending = rows = 0
    for row, cells in _cells(sheet, scan):
        if _blank(row, cells, scan):
            pending += header_row >= 0
            continue
        blank, pending, rows = blank + pending, 0, rows + 1
        if header_row < 0:
            header_row = row
            header = [_name(row, at, cell, scan, file) for at, cell in enumerate(cells)]
        elif len(filled) < len(header):
            filled.update(
                at for at, cell in enumerate(cells) if _fills(cell) or (row, at) in scan.odd
            )
    if header_row < 0:
        raise _empty(scan, file)
    while header and not header[-1] and len(header) - 1 not in filled:
        header.pop()
    _check_header(header, header_row, filled, scan, file)
    if rows == 1:
        where = _("{file}, sheet {name}").format(file=file, name=clean(scan.name, limit=80))
        hint = _("Name another sheet, or check that this is the right file.")
        raise no_rows(where, [name for name in header if name], hint)
    return tuple(header), header_row, blank


def _check_header(header: Sequence[str], row: int, filled: set[int], scan: Scan, file: str) -> None:
    place = _("{file}, sheet {name}, row {n}").format(
        file=file, name=clean(scan.name, limit=80), n=row + 1
    )
    twins = same_name(header)
    for at, name in enumerate(header):
        if not name and at in filled:
            raise by_rule(
                "csv.header.empty",
                _("{place}: column {letter} has values, but no name above them.").format(
                    place=place, letter=letter(at)
                ),
                _("Give each column a name in the first row, and take away titles above the list."),
            )
        if twins is not None and at == twins[1]:
            raise by_rule(
                "csv.header.duplicate",
                _("{place}: columns {first} and {second} have the same name “{name}”.").format(
                    place=place,
                    first=letter(twins[0]),
                    second=letter(at),
                    name=clean(name, limit=80),
                ),
                _("Give each column a name of its own."),
            )


def _name(row: int, column: int, cell: Any, scan: Scan, file: str) -> str:
    """What a column is called."""
    try:
        value = _value(row, column, cell, scan)
    except InputProblem as problem:
        value = CellError(problem.message)
    if isinstance(value, CellError) and (row, column) not in scan.covered:
        raise by_rule(
            "csv.header.empty",
            _("{file}, sheet {name}: cell {cell} is no name of a column: {what}.").format(
                file=file,
                name=clean(scan.name, limit=80),
                cell=address(row, column),
                what=value.what.rstrip("."),
            ),
            _("Type the name of the column there."),
        )
    return "" if value is None or isinstance(value, CellError) else str(value).strip()


def _cells(sheet: CalamineSheet, scan: Scan) -> Iterator[tuple[int, list[Any]]]:
    """The rows with their number from 0, each from column A on; an empty cell is "".

    As far as the scan saw something: calamine ends before cells that hold only an error.
    """
    width = scan.last_column + 1
    left = [""] * (sheet.start or (0, 0))[1]
    right = [""] * (width - len(left) - sheet.width)
    after = 0
    for row, cells in enumerate(sheet.iter_rows()):  # starts at the top of the sheet
        after = row + 1
        yield row, left + cells + right
    for row in range(after, scan.last_row + 1):
        yield row, [""] * width


def _blank(row: int, cells: list[Any], scan: Scan) -> bool:
    """Whether nothing stands in a row; the rest of a merged cell is nothing."""
    if any(_fills(cell) for cell in cells):
        return False
    return not scan.odd or not any((row, at) in scan.odd for at in range(len(cells)))


def _fills(cell: Any) -> bool:
    """Whether a cell holds more than spaces."""
    return not isinstance(cell, str) or (cell != "" and not cell.isspace())


def _rows(
    source: Source, sheet: CalamineSheet, scan: Scan, header_row: int
) -> Iterator[SourceRow | Rejection]:
    width = len(source.header)
    for row, cells in _cells(sheet, scan):
        if row <= header_row or _blank(row, cells, scan):
            continue
        values: list[Cell] = []
        try:
            for cell in cells[:width]:
                values.append(_value(row, len(values), cell, scan))
        except InputProblem as problem:
            at = len(values)
            yield source.reject(
                row + 1, problem.rule, problem.message, column=at, value=cells[at],
                hint=problem.hint,
            )  # fmt: skip
        else:
            yield SourceRow(row + 1, tuple(values))


def _value(row: int, column: int, cell: Any, scan: Scan) -> Cell:
    """What stands in a cell. Raises InputProblem: text.too_long, date.excel1900."""
    if scan.odd and (row, column) in scan.odd:
        return CellError(scan.odd[row, column])
    if isinstance(cell, str):
        if cell:
            return _text(cell)
        covered = scan.covered.get((row, column))
        return CellError(_("merged with {cell}").format(cell=covered)) if covered else None
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, (int, float)):
        return _number(cell)
    if isinstance(cell, date):
        return _day(cell)
    return CellError(_("a time of day or a duration"))


def _text(cell: str) -> str:
    if len(cell) > MOST_CHARACTERS:
        raise InputProblem(
            "text.too_long",
            _("This cell has {n} characters; at most {most} are read.").format(
                n=len(cell), most=MOST_CHARACTERS
            ),
            _("Make it shorter."),
        )
    if cell.isascii():
        return cell
    return unicodedata.normalize("NFC", cell)


def _number(cell: float) -> int | Decimal | CellError:
    """A number as the spreadsheet shows it: whole, or the shortest decimal that is this float."""
    if not math.isfinite(cell):
        return CellError(str(cell))
    if cell == int(cell) and abs(cell) < _SURE_WHOLE:
        return int(cell)
    return Decimal(repr(cell))


def _day(cell: date) -> date:
    """A day; with the time of day when there is one."""
    day = cell.date() if isinstance(cell, datetime) else cell
    if day < _FIRST_SURE_DAY:
        raise InputProblem(
            "date.excel1900",
            _("Days before 1 March 1900 are not the same in each spreadsheet: Excel counts a "
              "29 February 1900, which never was."),
            _("Type the day as text, or put the cell in a number format if it is a number."),
        )  # fmt: skip
    return cell if isinstance(cell, datetime) and cell.time() != time() else day


def _remarks(scan: Scan, shows: Mapping[str, bool], blank: int) -> tuple[str, ...]:
    """What a person must know who sees only the rows."""
    remarks: list[str] = []
    others = [name for name in shows if name != scan.name and shows[name]]
    hidden = [name for name in shows if name != scan.name and not shows[name]]
    if others:
        remarks.append(_("Other sheets, not read: {names}.").format(names=_quoted(others)))
    if hidden:
        remarks.append(_("Hidden sheets, not read: {names}.").format(names=_quoted(hidden)))
    if not shows[scan.name]:
        remarks.append(_("This sheet is hidden in the workbook."))
    if scan.hidden_rows:
        remarks.append(
            _("Rows hidden in the sheet are read too: {rows}.").format(
                rows=_ranges([(str(first), str(last)) for first, last in scan.hidden_rows])
            )
        )
    columns = [
        (letter(first), letter(min(last, scan.last_column)))
        for first, last in scan.hidden_columns
        if first <= scan.last_column
    ]
    if columns:
        remarks.append(
            _("Columns hidden in the sheet are read too: {columns}.").format(
                columns=_ranges(columns)
            )
        )
    if scan.percent:
        remarks.append(
            _("Shown as a percentage in the sheet, and 0.15 here where it says 15%: {columns}.")
            .format(columns=_few([letter(column) for column in sorted(scan.percent)]))
        )  # fmt: skip
    if scan.covered:
        remarks.append(
            ngettext(
                "{n} cell is covered by a merged cell, and has no value of its own: {cells}.",
                "{n} cells are covered by merged cells, and have no value of their own: {cells}.",
                len(scan.covered),
            ).format(
                n=len(scan.covered),
                cells=_few([address(*at) for at in islice(scan.covered, _SHOWN + 1)]),
            )
        )
    if blank:
        remarks.append(
            ngettext("{n} blank row is passed over.", "{n} blank rows are passed over.", blank)
            .format(n=blank)
        )  # fmt: skip
    return tuple(remarks)


def _quoted(names: Iterable[str]) -> str:
    return _few([f"“{clean(name, limit=80)}”" for name in names])


def _ranges(pairs: Sequence[tuple[str, str]]) -> str:
    return _few([first if first == last else f"{first}–{last}" for first, last in pairs])


def _few(parts: Sequence[str]) -> str:
    """The first of them, and a sign that there are more."""
    return ", ".join([*parts[:_SHOWN], *(["…"] if len(parts) > _SHOWN else [])])
