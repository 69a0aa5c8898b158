"""The rows of a list that could not be taken, as they were, with why: to mend and feed in again."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain, count
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Final

from socius_tui.domain.text import clean, neutralise_formula
from socius_tui.services.exchange.csvfile import BOM, line_of, quoted
from socius_tui.services.exchange.newfile import check_target, write_file
from socius_tui.services.exchange.tables import exported
from socius_tui.services.exchange.tabular.source import Cell, CellError, Rejection, SourceRow
from socius_tui.services.importing.mapping import QUARANTINE

_IN_MEMORY: Final = 1_000_000  # bytes; what is more goes to a temporary file


class Quarantine:
    """A CSV with the columns of the list, and in front of them row, rule and reason.

    Those three are ignored when it comes back in. A Belgian Excel opens it right. It is written
    whole or not at all.
    """

    def __init__(self, path: Path, header: tuple[str, ...], *, force: bool = False) -> None:
        check_target(path, force=force)
        self.path, self._force, self.count = path, force, 0
        self._lines = SpooledTemporaryFile(  # noqa: SIM115 (lives as long as the import)
            _IN_MEMORY, "w+", encoding="utf-8", errors="replace", newline=""
        )
        self._lines.write(BOM)
        self._width = len(header)
        self._write([*QUARANTINE, *(neutralise_formula(clean(h)) for h in header)])

    def add(self, row: SourceRow | Rejection, why: Sequence[Rejection]) -> None:
        """One more row. Of one that could not be read there is nothing but where it stands."""
        cells = row.cells if isinstance(row, SourceRow) else ()
        shown = [_text(cell) for cell in cells] or [""] * self._width
        rules = " ".join(dict.fromkeys(each.rule for each in why))
        reason = " ".join(part for each in why for part in (each.sentence, each.hint) if part)
        self._write([str(why[0].row), rules, neutralise_formula(clean(reason)), *shown])
        self.count += 1

    def _write(self, cells: Sequence[str]) -> None:
        self._lines.write(line_of(map(quoted, cells), excel=True))

    def write(self) -> None:
        """Write the file, when there is anything to write. Raises FileProblem."""
        if self.count:
            write_file(self.path, self._parts(), force=self._force)

    def close(self) -> None:
        """Let go of the rows."""
        self._lines.close()

    def _parts(self) -> Iterator[str]:
        self._lines.seek(0)
        while part := self._lines.read(io.DEFAULT_BUFFER_SIZE):
            yield part


def beside(path: Path) -> Path:
    """Where the refused rows of a list go unless somebody says otherwise: a new file beside it.

    That of a list that was put aside itself gets the next number.
    """
    stem = re.sub(r"-refused(-\d+)?$", "", path.stem)
    names = chain(["refused"], (f"refused-{n}" for n in count(2)))
    paths = (path.with_name(f"{stem}-{name}.csv") for name in names)
    return next(new for new in paths if not os.path.lexists(new))


def _text(cell: Cell) -> str:
    """A cell as a list would have it: what cannot be shown is made visible."""
    if cell is None:
        return ""
    if isinstance(cell, CellError):
        return cell.what
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str):
        return neutralise_formula(exported(cell))
    return str(cell)
