"""Looks at a workbook as a zip archive before anything reads what is in it.

A workbook is a zip of XML files, and both can be made to fill the memory from a few kilobytes.
Nothing the archive says of itself is believed: every member is unpacked in small steps, counted
and thrown away. What passes here can still be large as a sheet; `sheetscan` looks at that.
"""

from __future__ import annotations

import codecs
import io
import os
import re
import zipfile
import zlib
from pathlib import Path
from typing import Final, Literal

from socius_tui.errors import BadFile
from socius_tui.i18n import _
from socius_tui.services.exchange.reading import unreadable
from socius_tui.services.exchange.tabular.ordinary import open_ordinary
from socius_tui.services.exchange.tabular.refusing import by_rule

Form = Literal["xlsx", "ods"]

MOST_BYTES: Final = 50_000_000  # of the file itself
MOST_UNPACKED: Final = 300_000_000  # 100,000 rows of 20 columns are some 80 MB
MOST_RATIO: Final = 200  # XML of a real sheet is 5 to 20 times its size in the archive
FREE_OF_RATIO: Final = 1_000_000
MOST_MEMBERS: Final = 1_000  # a sheet has up to four: itself, its links, a drawing, its comments
STEP: Final = 65_536
_MOST_OF_SMALL: Final = 1_000_000
MOST_STEPS: Final = 6  # in one text: 32,767 characters take at most 192 kB

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_OLD_XML: Final = b"urn:schemas-microsoft-com:office:spreadsheet"  # of Excel 2003
_ODS_TYPE: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_DTD: Final = (b"<!DOCTYPE", b"<!ENTITY")
_UNPACK_ERRORS: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError)


def damaged(file: str) -> BadFile:
    """The refusal of a workbook that breaks off, or whose parts do not fit together."""
    return by_rule(
        "xlsx.damaged",
        _("{file} is damaged: it cannot be read to its end.").format(file=file),
        _("Get it again, or open it in a spreadsheet and save it anew."),
    )


def too_large(file: str, what: str) -> BadFile:
    """The refusal of a workbook that would fill the memory; `what` is a sentence."""
    return by_rule(
        "xlsx.too_large",
        _("{file} is too large to read: {what}").format(file=file, what=what),
        _("Save the sheet with the list as CSV and read that."),
    )


def read_bytes(path: Path, file: str) -> bytes:
    """The bytes of a workbook. Raises FileProblem, or BadFile when there are too many."""
    try:
        with io.BufferedReader(open_ordinary(path)) as opened:
            size = os.fstat(opened.fileno()).st_size  # room is made for all that is asked for
            data = opened.read(min(size, MOST_BYTES) + 1)
    except OSError as error:
        raise unreadable(path, error) from error
    if len(data) > MOST_BYTES:
        raise too_large(file, _("it has more than {n} MB.").format(n=MOST_BYTES // 1_000_000))
    return data


def checked(data: bytes, file: str) -> tuple[zipfile.ZipFile, Form]:
    """The archive, looked through, and which kind of workbook it is. Raises BadFile.

    Rules: xlsx.not_zip, xlsx.html, xlsx.csv, xlsx.old, xlsx.encrypted, xlsx.damaged,
    xlsx.member, xlsx.dtd, xlsx.too_large.
    """
    if not data.startswith(_ZIP):
        raise _no_zip(data, file)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _UNPACK_ERRORS as error:
        raise damaged(file) from error
    members = archive.infolist()
    _check_members(members, file)
    _unpack_all(archive, members, file)
    return archive, _form(archive, file)


def _form(archive: zipfile.ZipFile, file: str) -> Form:
    """Which kind of workbook it is. What could be two is none: which is read, nobody knows."""
    names = {name.casefold() for name in archive.namelist()}
    if "xl/workbook.bin" in names:
        raise by_rule(
            "xlsx.old",
            _("{file} is a binary Excel workbook (.xlsb).").format(file=file),
            _("Open it in a spreadsheet and save it as .xlsx or .ods."),
        )
    forms: list[Form] = []
    if "xl/workbook.xml" in names:
        forms.append("xlsx")
    if {"content.xml", "mimetype"} <= names and _read(archive, "mimetype", file).startswith(
        _ODS_TYPE
    ):
        forms.append("ods")
        if b"encryption-data" in _read(archive, "META-INF/manifest.xml", file):
            raise _encrypted(file)
    if len(forms) != 1:
        raise by_rule(
            "xlsx.member",
            _("{file} is an archive, but no Excel or OpenDocument workbook.").format(file=file),
            _("Give an .xlsx or .ods file, or save the list as CSV."),
        )
    return forms[0]


def _read(archive: zipfile.ZipFile, name: str, file: str) -> bytes:
    try:
        with archive.open(name) as member:
            return member.read(_MOST_OF_SMALL)
    except KeyError as error:
        raise damaged(file) from error


def _no_zip(data: bytes, file: str) -> BadFile:
    if data.startswith(_OLE):
        if _OLE_ENCRYPTED in data:
            return _encrypted(file)
        return _old(file)
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"<") and _OLD_XML in start:
        return _old(file)
    if start.startswith(b"<") and re.search(rb"<(!doctype html|html|table|meta|head)\b", start):
        return by_rule(
            "xlsx.html",
            _("{file} is a web page (HTML), although its name says workbook.").format(file=file),
            _("Open it in a spreadsheet and save it as .xlsx or .ods."),
        )
    if _like_csv(data):
        return by_rule(
            "xlsx.csv",
            _("{file} is text such as CSV, although its name says workbook.").format(file=file),
            _("Give it a name that ends in .csv and read it again."),
        )
    return by_rule(
        "xlsx.not_zip",
        _("{file} is no workbook: it does not begin as one.").format(file=file),
        _("Check that this is the right file."),
    )


def _old(file: str) -> BadFile:
    return by_rule(
        "xlsx.old",
        _("{file} is a workbook of the old Excel form (.xls).").format(file=file),
        _("Open it in a spreadsheet and save it as .xlsx or .ods."),
    )


def _like_csv(data: bytes) -> bool:
    """Whether the first line is text with a sign in it that separates columns."""
    start = data[:4096]
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        start = start.decode("utf-16", "ignore").encode("utf-8", "ignore")
    line = start.split(b"\n", 1)[0]
    return b"\x00" not in start and any(sign in line for sign in (b";", b",", b"\t"))


def _encrypted(file: str) -> BadFile:
    return by_rule(
        "xlsx.encrypted",
        _("{file} is protected with a password.").format(file=file),
        _("Open it in a spreadsheet and save it without a password."),
    )


def _check_members(members: list[zipfile.ZipInfo], file: str) -> None:
    if len(members) > MOST_MEMBERS:
        raise too_large(
            file,
            _("it holds {n} files; at most {most} are read.").format(
                n=len(members), most=MOST_MEMBERS
            ),
        )
    seen: set[str] = set()
    for member in members:
        name = member.orig_filename
        folded = name.casefold()
        parts = name.split("/")
        # Two members of one name: which of them is read depends on who reads.
        odd = "\\" in name or "\x00" in name or ":" in name or name.startswith("/")
        if odd or ".." in parts or folded in seen:
            raise by_rule(
                "xlsx.member",
                _("{file} holds a file with a name that no workbook has.").format(file=file),
                _("Do not use it; ask whoever sent it for the list as CSV."),
            )
        seen.add(folded)
        if member.flag_bits & 0x41:
            raise _encrypted(file)


def _unpack_all(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], file: str) -> None:
    """Unpacks every member once, to count its bytes and to see that it declares no entities."""
    total = 0
    for member in members:
        count = 0
        still = 0
        tail = b""
        try:
            with archive.open(member) as unpacked:
                while step := unpacked.read(STEP):
                    count += len(step)
                    total += len(step)
                    if total > MOST_UNPACKED or (
                        count > FREE_OF_RATIO and count > MOST_RATIO * member.compress_size
                    ):
                        raise too_large(
                            file, _("a few bytes in it unpack to very many, as in a trap.")
                        )
                    if count == len(step) and _is_utf16(step) and _is_xml(member.filename):
                        raise damaged(file)
                    if _is_xml(member.filename) and any(sign in tail + step for sign in _DTD):
                        raise _dtd(file)
                    still = 0 if b"<" in step else still + 1
                    if still > MOST_STEPS and _is_xml(member.filename):
                        raise too_large(
                            file, _("one cell in it holds more text than a cell can hold.")
                        )
                    tail = step[-10:]
        except (*_UNPACK_ERRORS, NotImplementedError) as error:
            raise damaged(file) from error


def _is_xml(name: str) -> bool:
    return name.casefold().endswith((".xml", ".rels", ".rdf", ".vml"))


def _is_utf16(start: bytes) -> bool:
    """Whether XML begins in another form than UTF-8, in which the next check sees nothing."""
    return start[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in start[:8]


def _dtd(file: str) -> BadFile:
    return by_rule(
        "xlsx.dtd",
        _("{file} defines its own XML entities, as no spreadsheet does.").format(file=file),
        _("Do not use it; ask whoever sent it for the list as CSV."),
    )
