"""A line of CSV is what the csv module writes, and what it reads back."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socius_tui.services.exchange.csvfile import BOM, csv_lines
from socius_tui.services.exchange.tables import Column, Table

CELLS = st.lists(
    st.tuples(*[st.text(alphabet="ab,;\"\n\r' =é", max_size=6)] * 3), min_size=1, max_size=4
)


def getter(place: int) -> Any:
    """What reads a cell."""
    return lambda row: row[place]


TEXTS = tuple(Column(f"c{n}", "C", "text", getter(n)) for n in range(3))


@pytest.mark.parametrize(("excel", "separator"), [(False, ","), (True, ";")])
@given(rows=CELLS)
def test_as_the_csv_module_has_it(excel: bool, separator: str, rows: list[tuple[str, ...]]) -> None:
    written = "".join(csv_lines(Table(TEXTS, rows), excel=excel)).removeprefix(BOM)
    found = list(csv.reader(io.StringIO(written, newline=""), delimiter=separator))
    assert len(found) == len(rows) + 1
    again = io.StringIO(newline="")
    csv.writer(again, delimiter=separator, lineterminator="\r\n").writerows(found)
    assert again.getvalue() == written
