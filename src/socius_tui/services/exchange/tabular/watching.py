"""Reads a file several times and notices when it is not the same file any more."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, NamedTuple

from socius_tui.errors import BadFile
from socius_tui.i18n import _
from socius_tui.services.exchange.reading import unreadable
from socius_tui.services.exchange.tabular.ordinary import open_ordinary
from socius_tui.services.exchange.tabular.refusing import refusal


class _Mark(NamedTuple):
    size: int
    modified_ns: int
    digest: bytes


class _Hashed(io.RawIOBase):
    """The bytes of a file; what was read is known by its hash."""

    def __init__(self, path: Path) -> None:
        self._file = open_ordinary(path)
        self._hash = sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        read = self._file.readinto(buffer)
        self._hash.update(buffer[:read])
        return read

    def mark(self) -> _Mark:
        about = os.fstat(self._file.fileno())
        return _Mark(about.st_size, about.st_mtime_ns, self._hash.digest())

    def close(self) -> None:
        self._file.close()
        super().close()


class Watched:
    """A file of which every whole reading must give the same bytes as the first."""

    def __init__(self, path: Path, file: str) -> None:
        self.path, self.file = path, file
        self._first: _Mark | None = None

    @contextmanager
    def whole(self) -> Iterator[BinaryIO]:
        """The file, to be read to its end. Raises BadFile (file.changed) or FileProblem.

        A reading that is given up, by an error or by who reads, is not compared; what turns out
        wrong with a file that changes is that it changes.
        """
        try:
            with _Hashed(self.path) as raw:
                try:
                    yield io.BufferedReader(raw, 1 << 18)
                except (BadFile, UnicodeDecodeError) as error:
                    if self._first is not None and raw.mark()[:2] != self._first[:2]:
                        raise self.changed() from error
                    raise
                mark = raw.mark()
        except OSError as error:
            raise unreadable(self.path, error) from error
        if self._first is None:
            self._first = mark
        elif mark != self._first:
            raise self.changed()

    def changed(self) -> BadFile:
        """The refusal of a file that is not the same any more."""
        return refusal(
            self.file,
            "file.changed",
            _("The file changed while it was read; nothing was written."),
            _("Wait until it is whole, and try again."),
        )
