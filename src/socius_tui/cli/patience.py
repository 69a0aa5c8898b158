"""What takes long says how far it is, on stderr."""

from __future__ import annotations

import sys
from time import monotonic
from typing import Final

from socius_tui.i18n import _

_LONG: Final = 1.0  # seconds after which somebody wants to know


class Patience:
    """Shows the step of a long job on one line, once it has taken long; only at a terminal."""

    def __init__(self) -> None:
        self._began = monotonic()
        self._width = 0

    def __enter__(self) -> Patience:
        return self

    def __exit__(self, *_details: object) -> None:
        if self._width:
            self._write("")
            sys.stderr.write("\r")

    def tell(self, step: str) -> None:
        """What is being done now."""
        if sys.stderr.isatty() and monotonic() - self._began > _LONG:
            self._write(step)

    def rows(self, number: int) -> None:
        """How many rows of a list were done, and how quick that goes."""
        seconds = monotonic() - self._began
        if seconds > _LONG:
            self.tell(
                _("{n} rows, {speed} a second").format(n=number, speed=round(number / seconds))
            )

    def _write(self, text: str) -> None:
        sys.stderr.write("\r" + text.ljust(self._width))
        sys.stderr.flush()
        self._width = len(text)
