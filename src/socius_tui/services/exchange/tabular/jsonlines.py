"""Lists as JSON Lines: an object on every line, its keys being the columns.

Rows have the number of their line, as an editor shows it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, BinaryIO, Final

from socius_tui.domain.text import check_text, clean
from socius_tui.i18n import _, ngettext
from socius_tui.services.exchange.tabular.delimited import LONGEST, too_long
from socius_tui.services.exchange.tabular.detecting import SAMPLE, days_of, decimals_of
from socius_tui.services.exchange.tabular.heading import check_header
from socius_tui.services.exchange.tabular.refusing import empty_file, refusal, too_many_rows
from socius_tui.services.exchange.tabular.source import (
    MOST_ROWS,
    VALUE_SHOWN,
    Cell,
    Found,
    Rejection,
    Source,
    SourceRow,
)
from socius_tui.services.exchange.tabular.watching import Watched

_LONGEST_LINE: Final = 32_000_000  # bytes
_MOST_DIGITS: Final = 1_000  # of a whole number; Python takes quadratic time for more
_MARK: Final = b"\xef\xbb\xbf"


class _Bad(ValueError):
    """What is wrong with a line: its rule, a sentence, the key and the value it is about."""

    def __init__(
        self, rule: str, sentence: str, *, hint: str = "", key: str = "", value: str = ""
    ) -> None:
        super().__init__(sentence)
        self.rule, self.sentence, self.hint = rule, sentence, hint
        self.key, self.value = key, value


def open_json_lines(path: Path, file: str) -> Source:
    """The list in a file with an object on each line; the first 1,000 make the header.

    Raises BadFile: file.empty, file.no_rows, file.too_many_rows, file.changed, csv.line,
    csv.header.duplicate, csv.header.too_many, or the rule of the first line when no line is an
    object; FileProblem when it cannot be read.
    """
    watched = Watched(path, file)
    keys: dict[str, None] = {}
    cells: list[Cell] = []
    first: tuple[int, _Bad] | None = None
    count = objects = blank = 0
    with watched.whole() as opened:
        for number, line in _lines(opened, file):
            if not line.strip():
                blank += 1
                continue
            count += 1
            if count > MOST_ROWS:
                raise too_many_rows(file)
            if objects == SAMPLE:
                continue
            try:
                found = _object(line)
            except _Bad as problem:
                first = first or (number, problem)
                continue
            objects += 1
            keys.update(dict.fromkeys(found))
            cells.extend(found.values())
    if not count:
        raise empty_file(file)
    if first and not objects:
        raise refusal(file, first[1].rule, first[1].sentence, first[1].hint, row=first[0])
    if not keys:
        raise refusal(
            file,
            "file.no_rows",
            _("The objects in this file are empty."),
            _("Check that this is the right file."),
        )
    header = tuple(keys)
    check_header(header, file, 0)
    remarks = (
        (ngettext("{n} empty row is skipped.", "{n} empty rows are skipped.", blank),)
        if blank
        else ()
    )

    def rows() -> Iterator[SourceRow | Rejection]:
        with watched.whole() as opened:
            for number, line in _lines(opened, file):
                if line.strip():
                    yield _row(source, number, line)

    source = Source(
        path,
        file,
        "jsonl",
        "",
        (),
        header,
        Found("UTF-8", "", decimals_of(cells), days_of(cells)),
        tuple(remark.format(n=blank) for remark in remarks),
        rows,
    )
    return source


def _lines(opened: BinaryIO, file: str) -> Iterator[tuple[int, bytes]]:
    number = 0
    while line := opened.readline(_LONGEST_LINE):
        number += 1
        if len(line) == _LONGEST_LINE:
            raise refusal(
                file,
                "csv.line",
                _("Line {n} does not end: this is no list.").format(n=number),
                _("Check that this is the right file."),
            )
        yield number, line.removeprefix(_MARK) if number == 1 else line


def _row(source: Source, number: int, line: bytes) -> SourceRow | Rejection:
    try:
        found = _object(line)
    except _Bad as problem:
        return source.reject(
            number,
            problem.rule,
            problem.sentence,
            column=source.header.index(problem.key) if problem.key in source.header else -1,
            value=problem.value,
            hint=problem.hint,
        )
    for key in found:
        if key not in source.header:
            return source.reject(
                number,
                "json.key",
                _("The key “{key}” is not in the first {n} lines.").format(
                    key=clean(key, limit=60), n=SAMPLE
                ),
                hint=_("Give one of the first lines this key too, with the value null."),
            )
    cells = tuple(found.get(key) for key in source.header)
    for column, cell in enumerate(cells):
        if isinstance(cell, str) and len(cell) > LONGEST:
            return too_long(source, number, column, cell)
    return SourceRow(number, cells)


def _object(line: bytes) -> dict[str, Cell]:
    """The object on a line, every value fit for a cell. Raises _Bad."""
    try:
        found = json.loads(
            line.decode("utf-8"),
            parse_float=_exact,
            parse_int=_whole,
            parse_constant=_raise_constant,
            object_pairs_hook=_pairs,
        )
    except UnicodeDecodeError as error:
        raise _Bad(
            "file.encoding",
            _("This line is not text in UTF-8."),
            hint=_("Save it again as text in UTF-8."),
        ) from error
    except _Bad:
        raise
    except (ValueError, RecursionError) as error:
        raise _Bad(
            "json.line",
            _("This line is not JSON."),
            hint=_("Write one whole object on each line, such as {example}.").format(
                example='{"name": "An"}'
            ),
        ) from error
    if not isinstance(found, dict):
        raise _Bad(
            "json.object",
            _("This line is no object with keys and values."),
            hint=_("Write one whole object on each line, such as {example}.").format(
                example='{"name": "An"}'
            ),
        )
    for key, value in found.items():
        _check_value(key, value)
    return found


def _check_value(key: str, value: object) -> None:
    if isinstance(value, dict | list):
        raise _Bad(
            "json.nested",
            _("A list or an object stands here; a cell holds one value."),
            hint=_("Give each value a key of its own."),
            key=key,
            value=str(value)[:VALUE_SHOWN],
        )
    for text in (key, value):
        if isinstance(text, str) and not text.isascii() and re.search("[\ud800-\udfff]", text):
            from socius_tui.domain.text import TextProblem

            try:
                check_text(text, max_length=len(text), multiline=True)
            except TextProblem as problem:
                raise _Bad(
                    problem.rule, problem.message, hint=problem.hint, key=key, value=text[:100]
                ) from problem


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [key for key, _value in pairs]
        twice = next(key for key in names if names.count(key) > 1)
        raise _Bad(
            "csv.header.duplicate",
            _("The key “{key}” is there twice.").format(key=clean(twice, limit=60)),
            hint=_("Give one of them another name."),
            key=twice,
        )
    return found


def _exact(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise _constant(text) from error


def _whole(text: str) -> int:
    if len(text) > _MOST_DIGITS:
        raise _Bad(
            "number.too_long",
            _("“{text}” has too many digits.").format(text=clean(text, limit=40)),
        )
    return int(text)


def _constant(text: str) -> _Bad:
    return _Bad(
        "number.finite",
        _("“{text}” is not a number.").format(text=clean(text, limit=40)),
        hint=_("Write the number in full, or null."),
    )


def _raise_constant(text: str) -> object:
    raise _constant(text)
