"""Looks what is at a path and what kind of list it is, before anything else of it is read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from socius_tui.i18n import _
from socius_tui.services.exchange.reading import shown, unreadable
from socius_tui.services.exchange.tabular.ordinary import open_ordinary
from socius_tui.services.exchange.tabular.refusing import empty_file, refusal
from socius_tui.services.exchange.tabular.source import Hints, Source

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"
_HEAD: Final = 1_024  # bytes that tell what kind of file it is
_BEFORE: Final = b"\xef\xbb\xbf \t\r\n"
_OBJECTS: Final = (".jsonl", ".ndjson")
_WORKBOOKS: Final = (".xlsx", ".xlsm", ".xls", ".ods")


def opened(path: Path, hints: Hints) -> Source:
    """The list in a file. Raises FileProblem when it cannot be read, BadFile when it is none.

    Its first bytes tell what it is; its name only says that it should be a workbook, or lines
    of JSON. Nothing but an ordinary file is ever opened: a pipe or a device would not end.
    """
    file = shown(path)
    head = _head(path)
    text = head.lstrip(_BEFORE).lower()
    if not head:
        raise empty_file(file)
    name = path.suffix.casefold()
    if head.startswith((_ZIP, _OLE)) or name in _WORKBOOKS:
        from socius_tui.services.exchange.tabular.workbook import open_workbook

        return open_workbook(path, file, hints)
    if text.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"%pdf")):
        raise refusal(
            file,
            "file.html",
            _("This is a page or a document, and no list."),
            _("Open it in a spreadsheet and save it as XLSX or CSV."),
        )
    if name not in _OBJECTS and re.match(rb"\[\s*[\[{\]]", text):
        raise refusal(
            file,
            "json.array",
            _("This is one JSON list; here a list is read with an object on each line."),
            _("Save it as JSON Lines (.jsonl), or as CSV."),
        )
    if name in _OBJECTS or text.startswith(b"{"):
        from socius_tui.services.exchange.tabular.jsonlines import open_json_lines

        return open_json_lines(path, file)
    from socius_tui.services.exchange.tabular.delimited import open_delimited

    return open_delimited(path, file, hints)


def _head(path: Path) -> bytes:
    try:
        with open_ordinary(path) as file:
            return file.read(_HEAD)
    except OSError as error:
        raise unreadable(path, error) from error
