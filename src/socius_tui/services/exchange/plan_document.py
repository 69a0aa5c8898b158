"""Reads the document of a plan: text, in whatever encoding it came out of a PDF or a program."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Final, NamedTuple

from socius_tui.domain.text import clean
from socius_tui.errors import BadFile, FileProblem
from socius_tui.i18n import N_, _
from socius_tui.services.exchange.reading import bytes_of, check_size, empty, shown

MOST_BYTES: Final = 2_000_000  # some thousand pages
_OTHER_KINDS: Final = (
    (b"%PDF", N_("a PDF"), N_("Make text of it first: pdftotext FILE.pdf plan.txt, or copy it.")),
    (b"PK\x03\x04", N_("a Word, ODF or zip file"), N_("Save it as plain text first.")),
    (b"\xd0\xcf\x11\xe0", N_("an old Word file"), N_("Save it as plain text first.")),
    (b"{\\rtf", N_("an RTF file"), N_("Save it as plain text first.")),
)
_BOMS: Final = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CONTROLS: Final = frozenset(map(chr, (*range(9), *range(14, 32), 127)))


class PlanDocument(NamedTuple):
    """The text of a file with the name of that file; `encoding` as it turned out to be."""

    name: str
    text: str
    encoding: str


def read_plan_document(path: Path) -> PlanDocument:
    """The text of a file of at most 2 MB: UTF-8, UTF-16 with its mark, or else Windows-1252.

    Raises FileProblem when it cannot be read, and BadFile when it is empty, too large or no
    text.
    """
    name = shown(path)
    _check_kind(path)
    data = bytes_of(path)
    check_size(data, name, MOST_BYTES)
    for beginning, kind, hint in _OTHER_KINDS:
        if data.startswith(beginning):
            raise BadFile(
                _("{file} is {kind}, not text.").format(file=name, kind=_(kind)), hint=_(hint)
            )
    encoding = next((one for mark, one in _BOMS if data.startswith(mark)), "utf-8-sig")
    text = _decoded(data, encoding)
    if text is None:
        encoding = "cp1252"
        text = _decoded(data, encoding)
    if text is None or not _CONTROLS.isdisjoint(text):
        raise BadFile(
            _("{file} is not text: it holds bytes that no text has.").format(file=name),
            hint=_("Save it as plain text in UTF-8 first."),
        )
    if not text.strip():
        raise empty(name)
    return PlanDocument(name, text, encoding.removesuffix("-sig"))


def _check_kind(path: Path) -> None:
    """A pipe or a device would be waited for without end."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return  # said when it is read
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise FileProblem(
            _("{file} is not an ordinary file.").format(file=clean(str(path), limit=300)),
            hint=_("Save it in a file first, and name that."),
        )


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
