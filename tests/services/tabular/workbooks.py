"""Makes workbooks: proper ones, and such as nobody should open."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import xlsxwriter  # type: ignore[import-untyped]

_MAIN: Final = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>'
_RELS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
LIST: Final = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>visits</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>Circuscentrum</t></is></c>'
    '<c r="B2"><v>3</v></c></row>'
)
_ODS_TYPE: Final = "application/vnd.oasis.opendocument.spreadsheet"
_ODS_NAMES: Final = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
_MANIFEST: Final = (
    f"{_HEAD}<manifest:manifest "
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS_TYPE}">{{inside}}'
    "</manifest:file-entry></manifest:manifest>"
)


def zipped(path: Path, members: Mapping[str, str | bytes]) -> Path:
    """An archive of these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def xlsx_members(rows: str = LIST, *, after: str = "", before: str = "") -> dict[str, str | bytes]:
    """The members of the smallest workbook; `rows` is the XML of its only sheet's rows."""
    return {
        "[Content_Types].xml": f"{_HEAD}<Types/>",
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_RELS}"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_HEAD}<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_RELS}"><Relationship '
        f'Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"{_HEAD}<worksheet {_MAIN}>{before}"
        f"<sheetData>{rows}</sheetData>{after}</worksheet>",
    }


def xlsx(path: Path, rows: str = LIST, *, after: str = "", before: str = "") -> Path:
    """A workbook with one sheet "List", from the XML of its rows."""
    return zipped(path, xlsx_members(rows, after=after, before=before))


def written(path: Path, rows: Sequence[Sequence[Any]], *, sheet: str = "List") -> Path:
    """A workbook with one sheet of these values, as a spreadsheet writes it."""
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet(sheet)
        for row, values in enumerate(rows):
            page.write_row(row, 0, values)
    return path


def ods(path: Path, tables: str, *, styles: str = "", encrypted: bool = False) -> Path:
    """An OpenDocument workbook, from the XML of its sheets."""
    inside = "<manifest:encryption-data/>" if encrypted else ""
    return zipped(
        path,
        {
            "mimetype": _ODS_TYPE,
            "META-INF/manifest.xml": _MANIFEST.format(inside=inside),
            "content.xml": f"{_HEAD}<office:document-content {_ODS_NAMES}>"
            f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
            f"<office:spreadsheet>{tables}</office:spreadsheet></office:body>"
            "</office:document-content>",
        },
    )


def ods_text(text: str) -> str:
    """A cell with text."""
    return (
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    )


def ods_cell(kind: str, value: str, shown: str = "", *, more: str = "") -> str:
    """A cell with a value of some kind: float, percentage, date, time, boolean."""
    key = kind if kind in ("date", "time", "boolean") else ""
    name = f"office:{key}-value" if key else "office:value"
    return (
        f'<table:table-cell office:value-type="{kind}" {name}="{value}" {more}>'
        f"<text:p>{shown or value}</text:p></table:table-cell>"
    )


def ods_table(*rows: str, name: str = "List", more: str = "") -> str:
    """A sheet; each row is the XML of its cells."""
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    return f'<table:table table:name="{name}" {more}>{body}</table:table>'


def ole(path: Path, *, encrypted: bool = False) -> Path:
    """The beginning of an old Excel file, or of one that is protected with a password."""
    name = "EncryptedPackage" if encrypted else "Workbook"
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    path.write_bytes(head + bytes(1016) + name.encode("utf-16-le") + bytes(1024))
    return path
