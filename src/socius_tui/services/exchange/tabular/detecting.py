"""Finds out how a list is written: encoding, delimiter, decimal sign, order of day and month."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import BinaryIO, Final, NamedTuple

from socius_tui.domain.text import clean
from socius_tui.errors import BadFile, InvalidInput
from socius_tui.i18n import _
from socius_tui.services.exchange.tabular.refusing import refusal
from socius_tui.services.exchange.tabular.source import Cell, Days, Decimals
from socius_tui.services.exchange.tabular.watching import Watched

DELIMITERS: Final = (";", ",", "\t")
SAMPLE: Final = 1_000  # rows from which decimals and days are told
LONGEST_LINE: Final = 32_000_000  # bytes

_CHUNK: Final = 1 << 18
_LINES: Final = 50  # rows from which the delimiter is told


class Encoding(NamedTuple):
    """How the text of a file is stored: Python's codec, bytes of the mark in front, its name."""

    codec: str
    mark: int
    name: str


_MARKS: Final = {
    codecs.BOM_UTF8: Encoding("utf-8", 3, "UTF-8"),
    codecs.BOM_UTF16_LE: Encoding("utf-16-le", 2, "UTF-16 LE"),
    codecs.BOM_UTF16_BE: Encoding("utf-16-be", 2, "UTF-16 BE"),
}
_UTF8: Final = Encoding("utf-8", 0, "UTF-8")
_CP1252: Final = Encoding("cp1252", 0, "Windows-1252")
_NAMED: Final = {
    "utf-8": _UTF8,
    "utf-8-sig": _UTF8,
    "utf-16": Encoding("utf-16-le", 0, "UTF-16 LE"),
    "utf-16-le": Encoding("utf-16-le", 0, "UTF-16 LE"),
    "utf-16-be": Encoding("utf-16-be", 0, "UTF-16 BE"),
    "cp1252": _CP1252,
    "iso8859-1": _CP1252,  # as browsers do: the same letters, and the euro
}


def encoding_of(watched: Watched, hint: str | None) -> tuple[Encoding, list[str]]:
    """How the text of a file is stored, and what to say of that.

    A byte order mark tells it, else what the person said; else it is UTF-8 where all of it is,
    else Windows-1252, which is said. Raises BadFile (file.encoding, csv.line) when it is neither
    or not what was said, and InvalidInput for an encoding that is not known.
    """
    said = _said(hint) if hint else None
    with watched.whole() as file:
        head = file.read(4)
        marked = next((found for mark, found in _MARKS.items() if head.startswith(mark)), None)
        tried = said or marked or _UTF8
        if marked and marked.codec.partition("-")[0] == tried.codec.partition("-")[0]:
            tried = marked
        wrong = _first_wrong_line(file, head[tried.mark :], tried, watched.file)
        _rest(file)
    if head.startswith(codecs.BOM_UTF32_LE) or ("16" not in tried.codec and _is_wide(head)):
        raise _no_text(watched.file)
    if not wrong:
        return tried, []
    if said or marked:
        raise _not_in(watched.file, tried, wrong)
    with watched.whole() as file:
        mixed = _mixed(file)
    if mixed:
        raise _not_in(watched.file, _UTF8, mixed)
    with watched.whole() as file:
        wrong = _first_wrong_line(file, b"", _CP1252, watched.file)
        _rest(file)
    if wrong:
        raise _not_in(watched.file, _CP1252, wrong)
    return _CP1252, [
        _("Read as Windows-1252, since it is not UTF-8: look whether accents are right.")
    ]


def _said(hint: str) -> Encoding:
    try:
        found = codecs.lookup(hint).name
    except (LookupError, ValueError):
        found = ""
    if found not in _NAMED:
        raise InvalidInput(
            _("The encoding “{name}” is not known.").format(name=clean(hint, limit=40)),
            field="--encoding",
            hint=_("Known are: {names}.").format(names="utf-8, utf-16, cp1252"),
        )
    return _NAMED[found]


def _first_wrong_line(file: BinaryIO, begin: bytes, encoding: Encoding, name: str) -> int:
    """The number of the first line that is not text in an encoding; 0 when all are.

    Raises BadFile for a line that does not end: its text would have to fit in the memory.
    """
    decoder = codecs.getincrementaldecoder(encoding.codec)()
    newlines = io.IncrementalNewlineDecoder(None, translate=True)
    line, length = 1, 0
    chunk = begin or file.read(_CHUNK)
    while True:
        try:
            text = newlines.decode(decoder.decode(chunk, final=not chunk))
        except UnicodeDecodeError as error:
            good = error.object[: error.start].decode(encoding.codec, "ignore")
            return line + newlines.decode(good).count("\n")
        line += text.count("\n")
        length = len(text) - text.rfind("\n") - 1 if "\n" in text else length + len(text)
        if length > LONGEST_LINE:
            raise refusal(
                name,
                "csv.line",
                _("Line {n} does not end: this is no list.").format(n=line),
                _("Check that this is the right file."),
            )
        if not chunk:
            return 0
        chunk = file.read(_CHUNK)


def _rest(file: BinaryIO) -> None:
    while file.read(_CHUNK):
        pass


def _mixed(file: BinaryIO) -> int:
    """The line that is stored another way than most, where some are UTF-8 and some are not."""
    first: dict[bool, int] = {}
    count = {True: 0, False: 0}
    for number, line in enumerate(_byte_lines(file), 1):
        if line.isascii():
            continue
        try:
            line.decode()
            good = True
        except UnicodeDecodeError:
            good = False
        first.setdefault(good, number)
        count[good] += 1
    if not count[True]:
        return 0
    return first[count[True] < count[False]]


def _byte_lines(file: BinaryIO) -> Iterator[bytes]:
    rest = b""
    while chunk := file.read(_CHUNK):
        lines = (rest + chunk).splitlines(keepends=True)
        rest = lines.pop()  # a CR at its end may be half a line end
        yield from lines
    yield from rest.splitlines()


def _is_wide(head: bytes) -> bool:
    """Whether these are the first bytes of text with two bytes a letter, or of no text."""
    return head.count(b"\0") >= min(2, len(head))


def _no_text(file: str) -> BadFile:
    return refusal(
        file,
        "file.encoding",
        _("This is no text in UTF-8."),
        _("If it is UTF-16, say so with --encoding utf-16; else save it again as CSV in UTF-8."),
    )


def _not_in(file: str, encoding: Encoding, line: int) -> BadFile:
    return refusal(
        file,
        "file.encoding",
        _("Line {n} is not text in {encoding}.").format(n=line, encoding=encoding.name),
        _("Save the list again as CSV in UTF-8, or say how it is stored with --encoding."),
    )


def delimiter_of(lines: Sequence[str]) -> str:
    """The sign between the cells: the one with which most rows are as wide as the first.

    `lines` are the first lines with their line ends. Quotes are respected. One column without
    any sign counts as semicolons.
    """

    def score(sign: str) -> tuple[int, int]:
        rows: list[list[str]] = []
        with suppress(csv.Error):  # a cell that is too long is told when the rows are read
            rows.extend(row for row in islice(csv.reader(lines, delimiter=sign), _LINES) if row)
        width = len(rows[0]) if rows else 0
        return (sum(len(row) == width for row in rows), width) if width > 1 else (0, 0)

    return max(DELIMITERS, key=score)


_COMMA: Final = r"[+-]?(?:[0-9]{1,3}(?:[.\s][0-9]{3})+|[0-9]+),[0-9]+\s?%?"
_POINT: Final = r"[+-]?(?:[0-9]{1,3}(?:[,\s][0-9]{3})+|[0-9]+)\.[0-9]+\s?%?"
_EITHER: Final = r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}\s?%?"
# What bytes 80 to BF of UTF-8 become when they are read as Windows-1252.
_HIGH: Final = "".join(bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xC0))
_DAY: Final = r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-][0-9]{4}"


def decimals_of(cells: Iterable[Cell]) -> Decimals | None:
    """The decimal sign of the numbers in a list: 1.234,56 and 12,5 are "comma".

    A number with both signs counts for more than one with a single sign, which can be a code
    (1.1). None when nothing decides (1.000), or when they contradict each other.
    """
    sure: set[Decimals] = set()
    likely: set[Decimals] = set()
    signs: tuple[tuple[str, Decimals], ...] = ((_COMMA, "comma"), (_POINT, "point"))
    for cell in cells:
        if not isinstance(cell, str) or not ("," in cell or "." in cell) or len(cell) > 40:
            continue
        text = cell.strip()
        if re.fullmatch(_EITHER, text):
            continue
        for pattern, sign in signs:
            if re.fullmatch(pattern, text):
                (sure if "," in text and "." in text else likely).add(sign)
    found = sure or likely
    return next(iter(found)) if len(found) == 1 else None


def days_of(cells: Iterable[Cell]) -> Days | None:
    """What comes first in the days of a list: 31/12/2016 is "day_first".

    None when no day is above 12, or when they contradict each other.
    """
    found: set[Days] = set()
    for cell in cells:
        if isinstance(cell, str) and len(cell) < 20 and (day := re.fullmatch(_DAY, cell.strip())):
            if int(day[1]) > 12:
                found.add("day_first")
            if int(day[2]) > 12:
                found.add("month_first")
    return found.pop() if len(found) == 1 else None


def is_mojibake(text: str) -> bool:
    """Whether text looks as if it was once read in the wrong encoding: GenÃ¨ve."""
    return not text.isascii() and re.search(f"[ÃÂÅ][{_HIGH}]|â[{_HIGH}]{{2}}", text) is not None
