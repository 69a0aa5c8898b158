"""Lists as text with a sign between the cells: CSV, whatever program wrote it.

Rows are numbered as a spreadsheet shows them: every record counts, the header, a `sep=` line and
an empty row too; a line end inside quotes begins no new row.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from socius_tui.domain.text import clean
from socius_tui.errors import BadFile, InvalidInput
from socius_tui.i18n import _, ngettext
from socius_tui.services.exchange.tabular.detecting import (
    SAMPLE,
    Encoding,
    days_of,
    decimals_of,
    delimiter_of,
    encoding_of,
    is_mojibake,
)
from socius_tui.services.exchange.tabular.heading import check_header, nameless
from socius_tui.services.exchange.tabular.refusing import (
    empty_file,
    no_rows,
    refusal,
    too_many_rows,
)
from socius_tui.services.exchange.tabular.source import (
    MOST_ROWS,
    Found,
    Hints,
    Rejection,
    Source,
    SourceRow,
)
from socius_tui.services.exchange.tabular.watching import Watched

LONGEST: Final = 131_072  # characters of a cell

_GIVEN_UP: Final = 10_000_000  # characters; over more lines it is a quote that is never closed
_FIRST_LINES: Final = 200
_BLANK: Final = "\ufeff \t\r\n\u00a0"


class _Form(NamedTuple):
    """How to read a file: its encoding, the delimiter, whether a `sep=` line is on top."""

    encoding: Encoding
    delimiter: str
    declared: bool


class _Looked(NamedTuple):
    """What reading a file to its end found; `odd_row` 0: no accents that went wrong."""

    header: tuple[str, ...]
    header_row: int
    sample: list[list[str]]
    blank: int
    odd_row: int
    odd: str


def open_delimited(path: Path, file: str, hints: Hints) -> Source:
    """The list in a CSV file, which is read to its end once to see that it can be.

    Raises BadFile: file.empty, file.encoding, file.no_rows, file.too_many_rows, file.changed,
    csv.quote, text.too_long, csv.line, csv.delimiter, csv.header.duplicate, csv.header.empty,
    csv.header.too_many; FileProblem when it cannot be read; InvalidInput for an encoding or a
    delimiter that cannot be one.
    """
    watched = Watched(path, file)
    wanted = _wanted(hints.delimiter)
    encoding, remarks = encoding_of(watched, hints.encoding)
    lines = _first_lines(watched, encoding)
    said = _declared(lines)
    guessed = delimiter_of(lines[1:] if said else lines)
    form = _Form(encoding, wanted or said or guessed, bool(said))
    looked = _looked(watched, form, guessed)
    if said:
        remarks.append(_("The first row says which sign stands between the cells."))
    cells = [cell for row in looked.sample for cell in row]
    found = Found(
        encoding.name,
        form.delimiter,
        hints.decimals or decimals_of(cells),
        hints.days or days_of(cells),
    )

    def rows() -> Iterator[SourceRow | Rejection]:
        return _rows(source, watched, form, looked)

    header, told = looked.header, (*remarks, *_remarks(looked))
    source = Source(path, file, "csv", "", (), header, found, told, rows)
    return source


def _wanted(delimiter: str | None) -> str:
    """The delimiter that a person names; a tab is also "tab" or "\\t"."""
    wanted = "\t" if delimiter in ("tab", r"\t") else delimiter or ""
    if len(wanted) > 1 or (wanted and wanted in '"\r\n\0'):
        raise InvalidInput(
            _("“{text}” cannot stand between cells.").format(text=clean(wanted, limit=20)),
            field="--delimiter",
            hint=_("Say one sign, such as “;”, or the word tab."),
        )
    return wanted


@contextmanager
def _text(watched: Watched, encoding: Encoding) -> Iterator[io.TextIOWrapper]:
    """The text of a file, with the line ends that it has."""
    with watched.whole() as opened:
        opened.read(encoding.mark)
        text = io.TextIOWrapper(opened, encoding.codec, newline="")
        try:
            yield text
        except UnicodeDecodeError as error:  # it was all text when it was looked at
            raise watched.changed() from error
        finally:
            text.detach()


def _first_lines(watched: Watched, encoding: Encoding) -> list[str]:
    with _text(watched, encoding) as text:
        lines = list(islice(text, _FIRST_LINES))
        while text.read(1 << 18):
            pass
    return lines


def _declared(lines: list[str]) -> str:
    """The delimiter that the first line names for Excel: `sep=;`."""
    line = lines[0].rstrip("\r\n") if lines else ""
    line = line.strip('"')
    return line[4] if len(line) == 5 and line.lower().startswith("sep=") else ""


def _records(text: io.TextIOWrapper, form: _Form, file: str) -> Iterator[tuple[int, list[str]]]:
    """The records with their number, from 1. Raises BadFile (csv.quote, text.too_long)."""
    number = 1
    if form.declared:
        text.readline()
        number = 2
    reader = csv.reader(text, strict=True, delimiter=form.delimiter)
    before = 0
    try:
        while (record := _next(reader)) is not None:
            yield number, record
            number += 1
            before = reader.line_num
    except csv.Error as error:
        raise _unreadable(error, file, number, reader.line_num - before) from error


def _next(reader: Iterator[list[str]]) -> list[str] | None:
    """The next record, or None. The longest cell is a setting of the process: put it back."""
    before = csv.field_size_limit(_GIVEN_UP)
    try:
        return next(reader, None)
    finally:
        csv.field_size_limit(before)


def _unreadable(error: csv.Error, file: str, row: int, lines: int) -> BadFile:
    """Why the csv module stopped in a row, of which it had read so many lines."""
    if lines <= 1 and "field larger" in str(error):
        return refusal(
            file,
            "text.too_long",
            _("A text has more than {given_up} characters; at most {most} fit.").format(
                given_up=_GIVEN_UP, most=LONGEST
            ),
            _("Make it shorter."),
            row=row,
        )
    ended = lines <= 1 and "expected after" in str(error)
    return refusal(
        file,
        "csv.quote",
        _("A cell goes on after its closing quote.")
        if ended
        else _("A quote that opens in this row is never closed."),
        _("Put the whole text between quotes, and write a quote inside it twice."),
        row=row,
    )


def _looked(watched: Watched, form: _Form, guessed: str) -> _Looked:
    """The header, the first rows, and what there is to say of all of them. Raises BadFile."""
    header: tuple[str, ...] = ()
    sample: list[list[str]] = []
    unnamed: list[int] = []
    header_row = count = blank = odd_row = 0
    odd = ""
    with _text(watched, form.encoding) as text:
        for number, record in _records(text, form, watched.file):
            if not any(record) or not any(cell.strip(_BLANK) for cell in record):
                blank += 1
                continue
            if not header:
                header, header_row = _header(record), number
                _check_delimiter(record, form, guessed, watched.file, number)
                check_header(header, watched.file, number)
                unnamed = [place for place, name in enumerate(header) if not name]
                blank = 0
                continue
            count += 1
            if count > MOST_ROWS:
                raise too_many_rows(watched.file)
            for place in unnamed:
                if place < len(record) and record[place].strip(_BLANK):
                    raise nameless(watched.file, number, place)
            if count <= SAMPLE:
                sample.append([cell[:100] for cell in record])
            if not odd_row:
                odd = next((cell for cell in record if is_mojibake(cell)), "")
                odd_row = number if odd else 0
    if not header:
        raise empty_file(watched.file)
    if not count:
        raise no_rows(watched.file, header)
    return _Looked(header, header_row, sample, blank, odd_row, odd)


def _header(record: list[str]) -> tuple[str, ...]:
    return tuple(
        unicodedata.normalize("NFC", " ".join(cell.strip(_BLANK).split())) for cell in record
    )


def _check_delimiter(record: list[str], form: _Form, guessed: str, file: str, row: int) -> None:
    """Refuse a delimiter that was named and makes one column of a file that has more."""
    if len(record) > 1 or form.delimiter == guessed or guessed not in record[0]:
        return
    raise refusal(
        file,
        "csv.delimiter",
        _("With “{sign}” between the cells there is 1 column; with “{better}” there are {n}.")
        .format(
            sign=_shown(form.delimiter),
            better=_shown(guessed),
            n=len(next(csv.reader(record, delimiter=guessed))),
        ),
        _("Leave the delimiter out, or name the one that fits."),
        row=row,
    )  # fmt: skip


def _shown(sign: str) -> str:
    return _("tab") if sign == "\t" else clean(sign)


def _remarks(looked: _Looked) -> Iterator[str]:
    if looked.blank:
        yield ngettext(
            "{n} empty row is skipped.", "{n} empty rows are skipped.", looked.blank
        ).format(n=looked.blank)
    if looked.odd_row:
        yield _("Row {row}: “{text}” looks as if accents went wrong earlier.").format(
            row=looked.odd_row, text=clean(looked.odd, limit=40)
        )


def _rows(
    source: Source, watched: Watched, form: _Form, looked: _Looked
) -> Iterator[SourceRow | Rejection]:
    columns = len(source.header)
    with _text(watched, form.encoding) as text:
        for number, record in _records(text, form, source.file):
            if number <= looked.header_row:
                continue
            if not any(record) or not any(cell.strip(_BLANK) for cell in record):
                continue
            if "\ufeff" in record[0]:
                yield _glued(source, number)
            elif len(record) != columns:
                yield _ragged(source, number, len(record))
            elif max(map(len, record)) > LONGEST:
                yield _too_long(source, number, record)
            else:
                yield SourceRow(number, tuple(record))


def _ragged(source: Source, number: int, found: int) -> Rejection:
    return source.reject(
        number,
        "csv.columns",
        ngettext(
            "This row has {found} cell; the header has {expected}.",
            "This row has {found} cells; the header has {expected}.",
            found,
        ).format(found=found, expected=len(source.header)),
        hint=_("Put a text that holds the delimiter between quotes."),
    )


def _glued(source: Source, number: int) -> Rejection:
    return source.reject(
        number,
        "text.invisible",
        _("Here a second file begins: there is a byte order mark (U+FEFF) inside the list."),
        column=0,
        hint=_("Take out the header that was pasted in, or type the text again."),
    )


def _too_long(source: Source, number: int, record: list[str]) -> Rejection:
    place = next(place for place, cell in enumerate(record) if len(cell) > LONGEST)
    return too_long(source, number, place, record[place])


def too_long(source: Source, number: int, column: int, text: str) -> Rejection:
    """Why a row with a text of more than LONGEST characters cannot be taken."""
    return source.reject(
        number,
        "text.too_long",
        _("This text has {length} characters; at most {most} fit.").format(
            length=len(text), most=LONGEST
        ),
        column=column,
        value=text[:100],
        hint=_("Make it shorter."),
    )
