"""A line of CSV is read back as it was, also by who cuts at any of the usual signs."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socius_tui.domain.text import neutralise_formula
from socius_tui.services.exchange.csvfile import BOM, csv_lines
from socius_tui.services.exchange.tables import Column, Table, exported

CELLS = st.lists(
    st.tuples(*[st.text(alphabet="ab,;\"\n\r\t' =é", max_size=6)] * 3), min_size=1, max_size=4
)


def getter(place: int) -> Any:
    """What reads a cell."""
    return lambda row: row[place]


TEXTS = tuple(Column(f"c{n}", "C", "text", getter(n)) for n in range(3))


NAMES = [column.name for column in TEXTS]
# As LibreOffice proposes to open a text file: cut at comma, semicolon and tab alike.
CELL = re.compile(r'(?:"((?:[^"]|"")*)"|([^",;\t\r\n]*))(,|;|\t|\r\n)')


def cut_at_all(written: str) -> list[list[str]]:
    """The cells of a file for a reader that takes every one of the usual signs for a cut."""
    found: list[list[str]] = [[]]
    place = 0
    while place < len(written):
        match = CELL.match(written, place)
        assert match is not None
        found[-1].append(match[1].replace('""', '"') if match[1] is not None else match[2])
        if match[3] == "\r\n":
            found.append([])
        place = match.end()
    return found[:-1]


@pytest.mark.parametrize(("excel", "separator"), [(False, ","), (True, ";")])
@given(rows=CELLS)
def test_any_text_is_one_cell_that_runs_nowhere(
    excel: bool, separator: str, rows: list[tuple[str, ...]]
) -> None:
    written = "".join(csv_lines(Table(TEXTS, rows), excel=excel)).removeprefix(BOM)
    expected = [NAMES, *([neutralise_formula(exported(text)) for text in row] for row in rows)]
    strict = csv.reader(io.StringIO(written, newline=""), delimiter=separator, strict=True)
    assert list(strict) == expected
    assert cut_at_all(written) == expected


def test_quotes_stand_only_where_something_cuts() -> None:
    rows = [("a", "één 'woord'", "b c"), ("x;=1+1", "x,=1+1", "x\t=1+1")]
    for excel, cut in ((False, ","), (True, ";")):
        _names, plain, risky = csv_lines(Table(TEXTS, rows), excel=excel)
        assert plain == cut.join(rows[0]) + "\r\n"
        assert risky == cut.join(f'"{text}"' for text in rows[1]) + "\r\n"


def test_numbers_never_stand_between_quotes() -> None:
    number = Column("n", "N", "decimal", getter(0))
    table = Table((number, TEXTS[1]), [("12.5", "a")])
    assert list(csv_lines(table, excel=True))[1] == "12,5;a\r\n"
