"""Lists in workbooks: what comes out of each kind of cell, and what is said of the sheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from socius_tui.errors import BadFile, FileProblem
from socius_tui.services.exchange.tabular.source import (
    Cell,
    CellError,
    Hints,
    Rejection,
    Source,
    SourceRow,
)
from socius_tui.services.exchange.tabular.workbook import open_workbook
from tests.services.tabular.workbooks import (
    LIST,
    ods,
    ods_cell,
    ods_table,
    ods_text,
    written,
    xlsx,
)

SIX = datetime.fromisoformat("2016-05-10T06:00:00")


def read(path: Path, sheet: str | None = None) -> Source:
    return open_workbook(path, path.name, Hints(sheet=sheet))


def values(path: Path) -> list[Cell]:
    """The only column of a list, in which no row is rejected."""
    cells: list[Cell] = []
    for row in read(path).rows():
        assert isinstance(row, SourceRow)
        cells.append(row.cells[0])
    return cells


def refusal(act: Callable[[], Any]) -> tuple[str, str]:
    with pytest.raises(BadFile) as caught:
        act()
    return caught.value.message, caught.value.hint


@pytest.fixture(scope="session")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sheet with a bit of everything, as a spreadsheet writes it."""
    path = tmp_path_factory.mktemp("mixed") / "mixed.xlsx"
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        percent = book.add_format({"num_format": '0.0%" "'})
        quoted = book.add_format({"num_format": '0" %"'})
        book.add_worksheet("Empty")
        book.add_worksheet("Secret").hide()
        book.worksheets()[1].write_column(0, 0, ["name", "hidden"])
        page = book.add_worksheet("List")
        page.write_row(2, 1, ["name ", "visits", "on", "share", "open"])
        page.write_row(3, 1, ["Circuscentrum", 3])
        page.write_number(3, 3, 42500, day)
        page.write_number(3, 4, 0.15, percent)
        page.write_boolean(3, 5, True)
        page.write_row(4, 1, ["Cafe\u0301", 3.5])
        page.write_number(4, 3, 42500.25, day)
        page.write_number(4, 4, 15, quoted)
        page.write_boolean(4, 5, False)
        page.merge_range("B8:B9", "Together")
        page.write(7, 2, 1)
        page.write(8, 2, 2)
        page.set_row(4, None, None, {"hidden": True})
        page.set_row(5, None, None, {"hidden": True})
        page.set_column("C:D", None, None, {"hidden": True})
        book.add_worksheet("Other").write(0, 0, "x")
        book.add_chartsheet("Chart")
    return path


def test_a_sheet_comes_as_it_is(mixed: Path) -> None:
    source = read(mixed)
    assert source.form == "xlsx"
    assert (source.sheet, source.sheets) == ("List", ("Empty", "Secret", "List", "Other"))
    assert source.header == ("", "name", "visits", "on", "share", "open")
    rows = [
        SourceRow(4, (None, "Circuscentrum", 3, date(2016, 5, 10), Decimal("0.15"), True)),
        SourceRow(5, (None, "Café", Decimal("3.5"), SIX, 15, False)),
        SourceRow(8, (None, "Together", 1, None, None, None)),
        SourceRow(9, (None, CellError("merged with B8"), 2, None, None, None)),
    ]
    assert list(source.rows()) == rows
    assert list(source.rows()) == rows  # each time anew


def test_types_are_those_of_the_cells(mixed: Path) -> None:
    first, second = list(read(mixed).rows())[:2]
    assert isinstance(first, SourceRow)
    assert isinstance(second, SourceRow)
    assert [type(cell) for cell in first.cells[1:]] == [str, int, date, Decimal, bool]
    assert [type(cell) for cell in second.cells[1:]] == [str, Decimal, datetime, int, bool]


def test_a_preview_says_what_rows_do_not_show(mixed: Path) -> None:
    assert read(mixed).remarks == (
        "Other sheets, not read: “Empty”, “Other”.",
        "Hidden sheets, not read: “Secret”.",
        "Rows hidden in the sheet are read too: 5–6.",
        "Columns hidden in the sheet are read too: C–D.",
        "Shown as a percentage in the sheet, and 0.15 here where it says 15%: E.",
        "1 cell is covered by a merged cell, and has no value of its own: B9.",
        "2 blank rows are passed over.",
    )


def test_a_hidden_sheet_is_read_when_it_is_named(mixed: Path) -> None:
    source = read(mixed, "Secret")
    assert source.header == ("name",)
    assert source.remarks == (
        "Other sheets, not read: “Empty”, “List”, “Other”.",
        "This sheet is hidden in the workbook.",
    )
    assert list(source.rows()) == [SourceRow(2, ("hidden",))]


def test_a_sheet_that_is_not_there(mixed: Path) -> None:
    assert refusal(lambda: read(mixed, "list\x1b")) == (
        "mixed.xlsx has no sheet “list␛”; it has “Empty”, “Secret”, “List”, “Other”. "
        "[sheet.unknown]",
        "Name the sheet as it is written on its tab.",
    )


def test_an_empty_sheet(mixed: Path, tmp_path: Path) -> None:
    assert refusal(lambda: read(mixed, "Empty")) == (
        "Sheet “Empty” of mixed.xlsx is empty. [sheet.empty]",
        "Name another sheet, or check that this is the right file.",
    )
    assert refusal(lambda: read(written(tmp_path / "empty.xlsx", []))) == (
        "empty.xlsx has no sheet with anything in it, hidden ones aside. [sheet.empty]",
        "Check that this is the right file.",
    )
    spaces = written(tmp_path / "spaces.xlsx", [[" "], ["\t"]])
    assert refusal(lambda: read(spaces))[0] == "Sheet “List” of spaces.xlsx is empty. [sheet.empty]"


@pytest.mark.parametrize(
    ("rows", "sentence", "hint"),
    [
        (
            [[None, "Naam", "adres", "naam "], [None, 1, 2, 3]],
            "h.xlsx, sheet List, row 1: columns B and D have the same name “naam”. "
            "[csv.header.duplicate]",
            "Give each column a name of its own.",
        ),
        (
            [["Réf", "ref"], [1, 2]],
            "h.xlsx, sheet List, row 1: columns A and B have the same name “ref”. "
            "[csv.header.duplicate]",
            "Give each column a name of its own.",
        ),
        (
            [["name", None, "visits"], [" "]],
            "h.xlsx, sheet List: There are no rows below the header (name, visits). [file.no_rows]",
            "Name another sheet, or check that this is the right file.",
        ),
        (
            [["List of 2016"], ["name", "visits"], ["x", 1]],
            "h.xlsx, sheet List, row 1: column B has values, but no name above them. "
            "[csv.header.empty]",
            "Give each column a name in the first row, and take away titles above the list.",
        ),
        (
            [["name", "=1/0"], ["x", 1]],
            "h.xlsx, sheet List: cell B1 is no name of a column: #DIV/0!. [csv.header.empty]",
            "Type the name of the column there.",
        ),
    ],
)
def test_a_header_that_is_none(
    tmp_path: Path, rows: list[list[Any]], sentence: str, hint: str
) -> None:
    path = tmp_path / "h.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("List")
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if str(cell).startswith("="):
                    page.write_formula(row, column, cell, None, "#DIV/0!")
                else:
                    page.write(row, column, cell)
    assert refusal(lambda: read(path)) == (sentence, hint)


def test_headers_may_be_numbers_and_end_before_the_styles_do(tmp_path: Path) -> None:
    path = written(tmp_path / "n.xlsx", [["name", 2016, 2017.5, " "], ["x", 1, 2, " "]])
    assert read(path).header == ("name", "2016", "2017.5")
    assert read(written(path, [["name", "", "b", ""], ["x", "", "c"]])).header == ("name", "", "b")


CELLS = [
    ('<c r="A2"><v>3</v></c>', 3),
    ('<c r="A2"><v>3.0</v></c>', 3),
    ('<c r="A2"><v>-0.1</v></c>', Decimal("-0.1")),
    ('<c r="A2"><v>0.30000000000000004</v></c>', Decimal("0.30000000000000004")),
    ('<c r="A2"><v>1E+300</v></c>', Decimal("1E+300")),
    ('<c r="A2"><v>NaN</v></c>', CellError("nan")),
    ('<c r="A2" t="b"><v>1</v></c>', True),
    ('<c r="A2" t="e"><f>1/0</f><v>#REF!</v></c>', CellError("#REF!")),
    ('<c r="A2" t="e"><v>#N/A</v></c>', CellError("#N/A")),
    ('<c r="A2"><f>B1+1</f></c>', CellError("a formula that was never worked out")),
    ('<c r="A2"><f>B1+1</f><v></v></c>', CellError("a formula that was never worked out")),
    ('<c r="A2"><f>B1+1</f><v>4</v></c>', 4),
    ('<c r="A2" t="str"><f>B1</f><v>x</v></c>', "x"),
    ('<c r="A2" t="inlineStr"><is><r><t>a</t></r><r><t xml:space="preserve"> b</t></r></is></c>',
     "a b"),
    ('<c r="A2" t="inlineStr"><is><t>=1+1</t></is></c>', "=1+1"),
    ("<c><v>3</v></c>", 3),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "value"), CELLS)
def test_a_cell_of_an_xlsx(tmp_path: Path, cell: str, value: Cell) -> None:
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>'
    found = values(xlsx(tmp_path / "c.xlsx", f'{head}<row r="2">{cell}</row>'))
    assert [(item, type(item)) for item in found] == [(value, type(value))]


ODS_CELLS = [
    (ods_cell("float", "3"), 3),
    (ods_cell("float", "12.10"), Decimal("12.1")),
    (ods_cell("currency", "3.5", "3,50 €"), Decimal("3.5")),
    (ods_cell("percentage", "0.15", "15%"), Decimal("0.15")),
    (ods_cell("boolean", "true"), True),
    (ods_cell("date", "2016-05-10", "10/05/16"), date(2016, 5, 10)),
    (ods_cell("date", "2016-05-10T06:00:00"), SIX),
    (ods_cell("date", "2016-02-31"), "2016-02-31"),
    (ods_cell("time", "PT12H00M00S"), CellError("a time of day or a duration")),
    (ods_cell("time", "PT40H00M00S"), CellError("a time of day or a duration")),
    ('<table:table-cell office:value-type="string" office:string-value="" '
     'calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>', CellError("#REF!")),
    ('<table:table-cell table:formula="of:=1"/>', CellError("a formula that was never worked out")),
    ('<table:table-cell table:formula="of:=B9"><text:p/></table:table-cell>'
     + ods_text("keeps the row"), None),
    (ods_text("a<text:s text:c='2'/>b</text:p><text:p>c"), "a  b\nc"),
    (ods_text("a<text:tab/>b"), CellError("text with a tab or a line break")),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "value"), ODS_CELLS)
def test_a_cell_of_an_ods(tmp_path: Path, cell: str, value: Cell) -> None:
    head = ods_text("a") + ods_text("b")
    found = values(ods(tmp_path / "c.ods", ods_table(head, cell)))
    assert [(item, type(item)) for item in found] == [(value, type(value))]


def test_a_sheet_of_an_ods(tmp_path: Path) -> None:
    hidden = (
        '<style:style style:name="h" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
    )
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    page = (
        '<table:table table:name="List">'
        '<table:table-column/><table:table-column table:visibility="collapse"/>'
        f'<table:table-row table:number-rows-repeated="2">{empty}</table:table-row>'
        f"<table:table-row><table:table-cell/>{ods_text('name')}{ods_text('visits')}"
        "</table:table-row>"
        '<table:table-row table:visibility="filter" table:number-rows-repeated="2">'
        f"<table:table-cell/>{ods_text('x')}{ods_cell('float', '1')}</table:table-row>"
        f'<table:table-row><table:table-cell/><table:table-cell office:value-type="string" '
        'table:number-rows-spanned="2"><text:p>m</text:p></table:table-cell>'
        f"{ods_cell('float', '2')}</table:table-row>"
        "<table:table-row><table:table-cell/><table:covered-table-cell/>"
        f"{ods_cell('float', '3')}</table:table-row>"
        f'<table:table-row table:number-rows-repeated="1048569">{empty}</table:table-row>'
        "</table:table>"
    )
    secret = ods_table(ods_text("s"), name="Secret", more='table:style-name="h"')
    source = read(ods(tmp_path / "list.ods", secret + page, styles=hidden))
    assert (source.form, source.sheet, source.sheets) == ("ods", "List", ("Secret", "List"))
    assert source.header == ("", "name", "visits")
    assert list(source.rows()) == [
        SourceRow(4, (None, "x", 1)),
        SourceRow(5, (None, "x", 1)),
        SourceRow(6, (None, "m", 2)),
        SourceRow(7, (None, CellError("merged with B6"), 3)),
    ]
    assert source.remarks == (
        "Hidden sheets, not read: “Secret”.",
        "Rows hidden in the sheet are read too: 4–5.",
        "Columns hidden in the sheet are read too: B.",
        "1 cell is covered by a merged cell, and has no value of its own: B7.",
    )


def test_the_day_that_never_was(tmp_path: Path) -> None:
    path = tmp_path / "d.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("List")
        page.write_column(0, 0, ["on"])
        page.write_number(1, 0, 60, book.add_format({"num_format": "yyyy-mm-dd"}))
        page.write_number(2, 0, 61, book.add_format({"num_format": "yyyy-mm-dd"}))
        page.write_number(3, 0, 60)
    first, *others = read(path).rows()
    assert str(first) == (
        "d.xlsx, sheet List, row 2, column A “on”: “1900-02-28” Days before 1 March 1900 are not "
        "the same in each spreadsheet: Excel counts a 29 February 1900, which never was. Type the "
        "day as text, or put the cell in a number format if it is a number. [date.excel1900]"
    )
    assert others == [SourceRow(3, (date(1900, 3, 1),)), SourceRow(4, (60,))]


def test_a_time_is_no_day(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("List")
        page.write_column(0, 0, ["at"])
        page.write_number(1, 0, 0.5, book.add_format({"num_format": "hh:mm"}))
        page.write_number(2, 0, 1.5, book.add_format({"num_format": "[h]:mm"}))
    assert values(path) == [CellError("a time of day or a duration")] * 2


def test_a_cell_with_more_text_than_fits(tmp_path: Path) -> None:
    long = f'<row r="3"><c r="A3" t="inlineStr"><is><t>{"a" * 32_768}</t></is></c></row>'
    fits = f'<row r="4"><c r="A4" t="inlineStr"><is><t>{"a" * 32_767}</t></is></c></row>'
    first, second, third = read(xlsx(tmp_path / "l.xlsx", LIST + long + fits)).rows()
    assert isinstance(second, Rejection)
    assert str(second) == (
        f"l.xlsx, sheet List, row 3, column A “name”: “{'a' * 79}…” This cell has 32768 "
        "characters; at most 32767 are read. Make it shorter. [text.too_long]"
    )
    assert (first, third) == (
        SourceRow(2, ("Circuscentrum", 3)),
        SourceRow(4, ("a" * 32_767, None)),
    )


def test_a_file_that_changes_between_two_passes(tmp_path: Path) -> None:
    path = written(tmp_path / "list.xlsx", [["name"], ["a"]])
    source = read(path)
    assert list(source.rows()) == [SourceRow(2, ("a",))]
    written(path, [["name"], ["b"]])
    assert refusal(lambda: list(source.rows())) == (
        "list.xlsx changed while it was read. [file.changed]",
        "Close it in the spreadsheet and start again.",
    )
    path.unlink()
    with pytest.raises(FileProblem):
        next(source.rows())
