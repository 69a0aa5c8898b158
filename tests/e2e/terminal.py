"""A real pseudo-terminal with the program in it, and a screen to read from."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import pyte

_PATIENCE: Final = 40.0  # seconds; a busy machine is slow, a wrong program never gets there
_GLANCE: Final = 0.05  # seconds for what it has to say, between two looks at something else


class Terminal:
    """Runs `socius` with these arguments in a terminal of this size.

    `raw` is everything that was written to the terminal, byte for byte; `screen` what a
    person sees.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        columns: int = 80,
        lines: int = 24,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.raw = bytearray()
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self._process, self._terminal = pty.fork()
        if self._process == 0:  # pragma: no cover (the child)
            os.execve(
                sys.executable,
                [sys.executable, "-m", "socius_tui", *arguments],
                {**os.environ, "TERM": "xterm-256color", **(environment or {})},
            )
        size = struct.pack("HHHH", lines, columns, 0, 0)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, size)

    def text(self) -> str:
        """What is on the screen now, a line each."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def press(self, keys: str) -> None:
        """Send keys as a terminal sends them."""
        os.write(self._terminal, keys.encode())

    def wait_for(self, what: str | Callable[[str], object]) -> str:
        """Read until the screen shows this text, or the condition holds; gives the screen."""
        holds = (lambda shown: what in shown) if isinstance(what, str) else what
        deadline = time.monotonic() + _PATIENCE
        while not holds(self.text()):
            left = deadline - time.monotonic()
            alive = self._read(left)
            if not alive or left <= 0:
                raise AssertionError(f"never saw {what!r}; the screen is:\n{self.text()}")
        return self.text()

    def until(self, condition: Callable[[], object]) -> None:
        """Let the program run until something holds that is not on its screen."""
        deadline = time.monotonic() + _PATIENCE
        while not condition():
            self._read(_GLANCE)
            if time.monotonic() > deadline:
                raise AssertionError(f"it never came to pass; the screen is:\n{self.text()}")

    def send(self, number: int) -> int:
        """Send a signal that ends the program; gives its exit code, negative for the signal."""
        os.kill(self._process, number)
        return self.ended()

    def hang_up(self) -> int:
        """Close the terminal, as a window or a lost connection does; gives the exit code."""
        os.close(self._terminal)
        self._terminal = -1
        return self._reap()

    def ended(self) -> int:
        """Read until the program ends; gives its exit code."""
        while self._read(_PATIENCE):
            pass
        return self._reap()

    def _reap(self) -> int:
        _pid, status = os.waitpid(self._process, 0)
        self._process = 0
        return os.waitstatus_to_exitcode(status)

    def close(self) -> None:
        """End the program if it still runs."""
        if self._process:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
        if self._terminal >= 0:
            os.close(self._terminal)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_details: object) -> None:
        self.close()

    def _read(self, patience: float) -> bool:
        ready, _, _ = select.select([self._terminal], [], [], max(patience, 0))
        if not ready:
            return False
        try:
            data = os.read(self._terminal, 65536)
        except OSError:  # the other end is closed
            return False
        self.raw += data
        self._stream.feed(data)
        return bool(data)
