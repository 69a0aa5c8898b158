"""CSV of rows that the store gives as texts: the same bytes as `csvfile`, many times faster.

Nearly every cell is written as it is. Codes, dates, numbers and moments are looked at by the
batch: when there is nothing in a column but letters, digits and signs that no spreadsheet minds,
each of its cells would come through the ordinary path unchanged. Every other text goes that path
once and is remembered, since units, names and codes come back in row after row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from socius_tui.services.exchange.csvfile import cell_of, header_line, separator_of
from socius_tui.services.exchange.tables import NUMBERS, Batch, Column, Table, exported

_REMEMBERED: Final = 20_000  # texts of a column
_HARMLESS: Final = {ord(sign): None for sign in "-.:_\n"}


def fast_parts(table: Table, exact: Callable[[bytes, int], None], *, excel: bool) -> Iterator[str]:
    """A table that has batches, piece by piece; `exact` gets each piece of the exact form."""
    writers = [Writer(table, excel=False), *([Writer(table, excel=True)] if excel else [])]
    exact(header_line(table).encode(), 0)
    yield header_line(table, excel=excel)
    for batch in table.batches or ():
        texts = [writer.lines(batch) for writer in writers]
        exact(texts[0].encode("utf-8", "replace"), len(batch[0]))
        yield texts[-1]


class Writer:
    """Makes lines of batches, in one of the two forms of CSV."""

    def __init__(self, table: Table, *, excel: bool) -> None:
        self._columns = table.columns
        self._excel = excel
        self._separator = separator_of(excel)
        self._cells = [_Cells(column, excel) for column in table.columns]

    def lines(self, batch: Batch) -> str:
        """The rows of a batch, each with its line end."""
        columns = map(self._column, self._columns, self._cells, batch)
        return "\r\n".join(map(self._separator.join, zip(*columns, strict=True))) + "\r\n"

    def _column(self, column: Column, cells: _Cells, texts: Sequence[str]) -> Sequence[str]:
        if column.kind in _LOOKED_AT or column.name in _LOOKED_AT:
            joined = "\n".join(texts)
            if _harmless(joined, len(texts), numeric=column.kind in NUMBERS):
                if self._excel and column.kind in NUMBERS and "." in joined:
                    return joined.replace(".", ",").split("\n")
                return texts
        return list(map(cells.__getitem__, texts))


_LOOKED_AT: Final = frozenset(("id", "date", "decimal", "recorded_at"))


def _harmless(joined: str, count: int, *, numeric: bool) -> bool:
    """Whether each of the texts, joined by line ends, is written as it is."""
    if not joined.isascii() or joined.count("\n") != count - 1:
        return False
    if not numeric and (joined.startswith("-") or "\n-" in joined):
        return False  # a spreadsheet would run it
    rest = joined.translate(_HARMLESS)
    return not rest or rest.isalnum()


class _Cells(dict[str, str]):
    """What becomes of a text in a column: remembered, but not too many."""

    def __init__(self, column: Column, excel: bool) -> None:
        super().__init__()
        self._kind, self._excel = column.kind, excel

    def __missing__(self, text: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[text] = cell = cell_of(self._kind, exported(text), self._excel)
        return cell
