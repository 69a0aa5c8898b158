"""Looks what is at a path and what kind of list it is, before anything else of it is read."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Final

from socius_tui.domain.text import clean
from socius_tui.errors import FileProblem
from socius_tui.i18n import _
from socius_tui.services.exchange.reading import shown, unreadable
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
    if name in _OBJECTS or text.startswith((b"{", b"[{")):
        from socius_tui.services.exchange.tabular.jsonlines import open_json_lines

        return open_json_lines(path, file)
    from socius_tui.services.exchange.tabular.delimited import open_delimited

    return open_delimited(path, file, hints)


def _head(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise _wrong_kind(path, mode)
        with path.open("rb") as file:
            return file.read(_HEAD)
    except FileNotFoundError as error:
        if path.is_symlink():
            raise _problem(
                _("{file} is a link to a file that is not there."),
                path,
                _("Name the file itself, or make the link again."),
            ) from error
        raise unreadable(path, error) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise unreadable(path, error) from error


def _wrong_kind(path: Path, mode: int) -> FileProblem:
    if stat.S_ISDIR(mode):
        return _problem(_("{file} is a folder, not a file."), path, _("Name the file inside it."))
    if stat.S_ISFIFO(mode):
        sentence = _("{file} is a pipe, not a file.")
    elif stat.S_ISSOCK(mode):
        sentence = _("{file} is a socket, not a file.")
    else:
        sentence = _("{file} is a device, not a file.")
    return _problem(sentence, path, _("Save the list as a file, and name that."))


def _problem(sentence: str, path: Path, hint: str) -> FileProblem:
    where = clean(str(path), limit=300)
    return FileProblem(f"{sentence.format(file=where)} [file.kind]", hint=hint)
