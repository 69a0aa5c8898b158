"""Workbooks that must not be opened: each is refused with its own sentence, and soon."""

from __future__ import annotations

import os
import random
import re
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from socius_tui.errors import BadFile
from socius_tui.services.exchange.tabular.source import Hints
from socius_tui.services.exchange.tabular.workbook import open_workbook
from tests.services.tabular.workbooks import (
    LIST,
    ods,
    ods_cell,
    ods_table,
    ods_text,
    ole,
    written,
    xlsx,
    xlsx_members,
    zipped,
)

Make = Callable[[Path], object]
CSV = "Save the sheet with the list as CSV and read that."
STRANGE = "Do not use it; ask whoever sent it for the list as CSV."
ANEW = "Get it again, or open it in a spreadsheet and save it anew."
AS_XLSX = "Open it in a spreadsheet and save it as .xlsx or .ods."
BOMB = "list.xlsx is too large to read: a few bytes in it unpack to very many, as in a trap."
REPEATED = "table:number-columns-repeated"
BOUNDS = "at most 200000 rows, 200 columns and 3000000 cells of a workbook are read."


def _dtd(path: Path) -> None:
    members = xlsx_members()
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    sheet = str(members["xl/worksheets/sheet1.xml"])
    members["xl/worksheets/sheet1.xml"] = sheet.replace("?><", f"?>{bomb}<").replace("name", "&b;")
    zipped(path, members)


def _external(path: Path) -> None:
    members = xlsx_members()
    members["docProps/app.xml"] = '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'
    zipped(path, members)


def _hidden_dtd(path: Path) -> None:
    members = xlsx_members()
    members["docProps/app.xml"] = '<!DOCTYPE x SYSTEM "y"><x/>'.encode("utf-16")
    zipped(path, members)


def _late_dtd(path: Path) -> None:
    """The sign stands across the end of a step of reading."""
    members = xlsx_members()
    members["docProps/app.xml"] = "<x>" + " " * (65_536 - 8) + "<!DOCTYPE x>"
    zipped(path, members)


def _big_member(path: Path) -> None:
    members = xlsx_members()
    members["xl/sharedStrings.xml"] = b"<sst>" + b"<si/>" * 6_000_000
    zipped(path, members)


def _big_cell(path: Path) -> None:
    """Text that hardly packs, so that the ratio says nothing."""
    text = random.Random(1).randbytes(500_000).hex()
    xlsx(path, LIST + f'<row r="3"><c r="A3" t="inlineStr"><is><t>{text}</t></is></c></row>')


def _name(name: str) -> Make:
    return lambda path: zipped(path, {**xlsx_members(), name: "x"})


def _twice(path: Path) -> None:
    zipped(path, {**xlsx_members(), "XL/workbook.xml": "<x/>"})


def _locked_member(path: Path) -> None:
    xlsx(path)
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(data)


def _truncated(path: Path) -> None:
    written(path, [["name"], ["a"]])
    path.write_bytes(path.read_bytes()[:-400])


def _flipped(path: Path) -> None:
    """One byte of what is packed is another."""
    xlsx(path)
    data = bytearray(path.read_bytes())
    at = data.index(b"xl/worksheets/sheet1.xml") + 60
    data[at] ^= 0xFF
    path.write_bytes(data)


def _lying(path: Path) -> None:
    """The archive says that a large member is small."""
    import struct

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in xlsx_members().items():
            archive.writestr(name, content)
        archive.writestr("xl/media/a.bin", bytes(20_000_000))
        size = archive.infolist()[-1].file_size
    data = path.read_bytes().replace(struct.pack("<L", size), struct.pack("<L", 100))
    path.write_bytes(data)


def _no_workbook(path: Path) -> None:
    zipped(path, {"word/document.xml": "<x/>"})


def _missing_sheet(path: Path) -> None:
    members = xlsx_members()
    del members["xl/worksheets/sheet1.xml"]
    zipped(path, members)


def _both(path: Path) -> None:
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    more = {"content.xml": "<x/>", "mimetype": kind, "META-INF/manifest.xml": "<x/>"}
    zipped(path, {**xlsx_members(), **more})


def _elsewhere(path: Path) -> None:
    """The workbook that is read is not the one that was looked at."""
    members = xlsx_members()
    members["xl/other.xml"] = members["xl/workbook.xml"]
    members["_rels/.rels"] = str(members["_rels/.rels"]).replace("workbook.xml", "other.xml")
    zipped(path, members)


def _bytes(data: bytes) -> Make:
    return lambda path: path.write_bytes(data)


def _rows(rows: str, after: str = "") -> Make:
    return lambda path: xlsx(path, LIST + rows, after=after)


DAMAGED = "list.xlsx is damaged: it cannot be read to its end. [xlsx.damaged]"
DTD = "list.xlsx defines its own XML entities, as no spreadsheet does. [xlsx.dtd]"
MEMBER = "list.xlsx holds a file with a name that no workbook has. [xlsx.member]"
LOCKED = "list.xlsx is protected with a password. [xlsx.encrypted]"
UNLOCK = "Open it in a spreadsheet and save it without a password."

REFUSED: list[tuple[str, Make, str, str]] = [
    ("csv", _bytes(b"naam;adres\nx;y\n"),
     "list.xlsx is text such as CSV, although its name says workbook. [xlsx.csv]",
     "Give it a name that ends in .csv and read it again."),
    ("html", _bytes(b"\xef\xbb\xbf\r\n<HTML><table><tr><td>a;b</td></tr></table>"),
     "list.xlsx is a web page (HTML), although its name says workbook. [xlsx.html]", AS_XLSX),
    ("html after a comment", _bytes(b"<!-- x -->\n<html><table><tr><td>a;b"),
     "list.xlsx is a web page (HTML), although its name says workbook. [xlsx.html]", AS_XLSX),
    ("xml of 2003",
     _bytes(b'<?xml ?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'),
     "list.xlsx is a workbook of the old Excel form (.xls). [xlsx.old]", AS_XLSX),
    ("text of two bytes a letter", _bytes("naam\tadres\nx\ty\n".encode("utf-16")),
     "list.xlsx is text such as CSV, although its name says workbook. [xlsx.csv]",
     "Give it a name that ends in .csv and read it again."),
    ("rubbish", _bytes(b"\x00\x01\x02 , ; \t"),
     "list.xlsx is no workbook: it does not begin as one. [xlsx.not_zip]",
     "Check that this is the right file."),
    ("nothing", _bytes(b""),
     "list.xlsx is no workbook: it does not begin as one. [xlsx.not_zip]",
     "Check that this is the right file."),
    ("old", lambda path: ole(path),
     "list.xlsx is a workbook of the old Excel form (.xls). [xlsx.old]", AS_XLSX),
    ("password", lambda path: ole(path, encrypted=True), LOCKED, UNLOCK),
    ("password ods", lambda path: ods(path, ods_table(ods_text("a")), encrypted=True),
     LOCKED, UNLOCK),
    ("password member", _locked_member, LOCKED, UNLOCK),
    ("truncated", _truncated, DAMAGED, ANEW),
    ("flipped byte", _flipped, DAMAGED, ANEW),
    ("lying size", _lying, DAMAGED, ANEW),
    ("entity bomb", _dtd, DTD, STRANGE),
    ("external entity", _external, DTD, STRANGE),
    ("DTD across two steps", _late_dtd, DTD, STRANGE),
    ("DTD in UTF-16", _hidden_dtd, DAMAGED, ANEW),
    ("..", _name("../../evil.txt"), MEMBER, STRANGE),
    ("absolute", _name("/etc/evil"), MEMBER, STRANGE),
    ("backslash", _name("xl\\evil.xml"), MEMBER, STRANGE),
    ("drive", _name("C:evil.xml"), MEMBER, STRANGE),
    ("name twice", _twice, MEMBER, STRANGE),
    ("no workbook", _no_workbook,
     "list.xlsx is an archive, but no Excel or OpenDocument workbook. [xlsx.member]",
     "Give an .xlsx or .ods file, or save the list as CSV."),
    ("two workbooks in one", _name("xl/workbook.bin"),
     "list.xlsx is a binary Excel workbook (.xlsb). [xlsx.old]", AS_XLSX),
    ("xlsx and ods in one", _both,
     "list.xlsx is an archive, but no Excel or OpenDocument workbook. [xlsx.member]",
     "Give an .xlsx or .ods file, or save the list as CSV."),
    ("another workbook", _elsewhere, DAMAGED, ANEW),
    ("no sheet", _missing_sheet, DAMAGED, ANEW),
    ("broken XML", _rows("<row>"), DAMAGED, ANEW),
    ("rows upside down", _rows('<row r="1"><c r="A1"><v>1</v></c></row>'), DAMAGED, ANEW),
    ("cell of another row", _rows('<row r="3"><c r="A9"><v>1</v></c></row>'), DAMAGED, ANEW),
    ("no address", _rows('<row r="3"><c r="ß3"><v>1</v></c></row>'), DAMAGED, ANEW),
    ("many elements", _rows("".join(f"<x{n}/>" for n in range(1_100))), DAMAGED, ANEW),
    ("zip bomb", _big_member, BOMB + " [xlsx.too_large]", CSV),
    ("cell of 1 MB", _big_cell,
     "list.xlsx is too large to read: one cell in it holds more text than a cell can hold. "
     "[xlsx.too_large]", CSV),
    ("many members",
     lambda path: zipped(path, {**xlsx_members(), **{f"x{n}": "" for n in range(1_000)}}),
     "list.xlsx is too large to read: it holds 1005 files; at most 1000 are read. "
     "[xlsx.too_large]", CSV),
    ("far cell", _rows('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
     "list.xlsx is too large to read: sheet “List” has something in cell XFD1048576; "
     f"{BOUNDS} [xlsx.too_large]", CSV),
    ("wide and long", _rows('<row r="100000"><c r="AF100000"><v>1</v></c></row>'),
     "list.xlsx is too large to read: sheet “List” has something in cell AF100000; "
     f"{BOUNDS} [xlsx.too_large]", CSV),
    ("many rows", _rows('<row r="200001"><c r="A200001"><v>1</v></c></row>'),
     "list.xlsx is too large to read: sheet “List” has something in cell A200001; "
     f"{BOUNDS} [xlsx.too_large]", CSV),
    ("huge merge", _rows('<row r="190000"><c r="A190000"><v>1</v></c></row>',
                         '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
     "list.xlsx is too large to read: sheet “List” has more than 50000 merged cells and cells "
     "with an error. [xlsx.too_large]", CSV),
    ("repeated cell of an ods",
     lambda path: ods(path, ods_table(ods_cell("float", "1", more=f'{REPEATED}="999999999"'))),
     "list.xlsx is too large to read: sheet “List” has something in cell CFDGSXK1; "
     f"{BOUNDS} [xlsx.too_large]", CSV),
    ("many sheets of an ods",
     lambda path: ods(path, "".join(
         ods_table(ods_cell("float", "1"), name=f"S{n}").replace(
             "<table:table-row>", '<table:table-row table:number-rows-repeated="199999">')
         for n in range(20))),
     "list.xlsx is too large to read: its sheets have more than 3000000 cells together. "
     "[xlsx.too_large]", CSV),
]  # fmt: skip


@pytest.mark.parametrize(
    ("make", "sentence", "hint"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_a_workbook_is_refused(tmp_path: Path, make: Make, sentence: str, hint: str) -> None:
    path = tmp_path / "list.xlsx"
    make(path)
    with pytest.raises(BadFile) as caught:
        open_workbook(path, "list.xlsx", Hints())
    assert (caught.value.message, caught.value.hint) == (sentence, hint)


def test_a_bomb_does_not_fill_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    _big_member(path)
    tracemalloc.start()
    try:
        with pytest.raises(BadFile):
            open_workbook(path, "list.xlsx", Hints())
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


def test_a_style_far_away_is_no_value(tmp_path: Path) -> None:
    """Whole columns that are coloured leave empty cells with a style down to the last row."""
    path = xlsx(tmp_path / "list.xlsx", LIST + '<row r="1048576"><c r="XFD1048576" s="0"/></row>')
    assert open_workbook(path, "list.xlsx", Hints()).header == ("name", "visits")


@pytest.mark.parametrize("where", ['min="0" max="0"', 'min="-3" max="2"', 'min="9" max="1"'])
def test_hidden_columns_that_cannot_be(tmp_path: Path, where: str) -> None:
    """Such a column has no letter, and asking for one would never end."""
    path = xlsx(tmp_path / "list.xlsx", before=f'<cols><col {where} hidden="1"/></cols>')
    assert open_workbook(path, "list.xlsx", Hints()).remarks == ()


ODD = (
    "A1",
    "XFD1048576",
    "",
    "-1",
    "9" * 30,
    "0",
    '"',
    "<c>",
    "</v>",
    "&#x0;",
    "NaN",
    "2016-99-99",
)


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_spoilt_workbook_is_read_or_refused(tmp_path: Path, kind: str) -> None:
    """Whatever stands in a place where it should not: never another error than a sentence."""
    draw = random.Random(4)
    path = tmp_path / "list"
    if kind == "xlsx":
        merged = '<mergeCells><mergeCell ref="A2:B3"/></mergeCells>'
        error = '<row r="3" hidden="1"><c r="A3" t="e"><f>1/0</f><v>#REF!</v></c></row>'
        xlsx(path, LIST + error, after=merged, before='<cols><col min="1" max="1"/></cols>')
    else:
        ods(
            path, ods_table(ods_text("a"), ods_cell("date", "2016-05-10"), ods_cell("time", "PT1H"))
        )
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name).decode() for name in archive.namelist()}
    places = [
        (name, match.span())
        for name, text in members.items()
        for match in re.finditer(r'(?<=")[^"<>]*(?=")|(?<=>)[^<>]+(?=<)', text)
    ]
    refused = 0
    for _round in range(1_000 if os.environ.get("SOCIUS_TORTURE") else 100):
        name, (start, end) = draw.choice(places)
        spoilt = members[name][:start] + draw.choice(ODD) + members[name][end:]
        zipped(path, {**members, name: spoilt})
        try:
            list(open_workbook(path, "list", Hints()).rows())
        except BadFile:
            refused += 1
    assert refused > 10
