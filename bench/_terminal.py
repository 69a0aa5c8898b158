"""A real terminal to measure in: a pseudo-terminal here, a screen that pyte works out.

Output is time-stamped as it arrives and worked out afterwards, so that working out what is
on the screen takes nothing from the program that is measured.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

import pyte

_PATIENCE = 60.0  # seconds; a measurement that takes longer is broken


class Terminal:
    """A program in a terminal of `columns` x `lines`; a context manager that ends it."""

    def __init__(
        self, command: Sequence[str | Path], env: Mapping[str, str], columns: int, lines: int
    ) -> None:
        self._chunks: list[tuple[float, bytes]] = []
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        own = {**env, "COLUMNS": str(columns), "LINES": str(lines)}
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            command, env=own, stdin=slave, stdout=slave, stderr=slave, start_new_session=True
        )
        os.close(slave)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        os.close(self._master)

    def _read(self, timeout: float) -> bool:
        """Take what there is, waiting at most so long; False when nothing came."""
        ready, _, _ = select.select([self._master], [], [], timeout)
        if not ready:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError as error:
            raise RuntimeError(f"the program ended; the screen:\n{self.text()}") from error
        self._chunks.append((time.perf_counter(), data))
        return True

    def text(self) -> str:
        """What is on the screen now."""
        for _, data in self._chunks:
            self._stream.feed(_understood(data))
        self._chunks.clear()
        return "\n".join(self._screen.display)

    def wait_for(self, mark: str, silence: float = 0.3) -> float:
        """Read until the mark is on the screen; gives the moment at which its output arrived.

        Looks whenever the program has been silent for so long.
        """
        limit = time.perf_counter() + _PATIENCE
        while time.perf_counter() < limit:
            if not self._read(silence) and (moment := self._moment(mark)) is not None:
                return moment
        raise RuntimeError(f"{mark!r} did not appear; the screen:\n{self.text()}")

    def _moment(self, mark: str) -> float | None:
        chunks, self._chunks = self._chunks, []
        for number, (moment, data) in enumerate(chunks):
            self._stream.feed(_understood(data))
            if any(mark in line for line in self._screen.display):
                self._chunks = chunks[number + 1 :]
                return moment
        return None

    def settle(self, quiet: float = 0.25) -> float | None:
        """Read until nothing comes for so long; the moment of the last output not looked at."""
        while self._read(quiet):
            pass
        return self._chunks[-1][0] if self._chunks else None

    def press(self, keys: bytes, quiet: float = 0.06) -> tuple[float, float]:
        """Press; gives the seconds until the first and until the last output that follows.

        The last is the last before a silence of `quiet` seconds. Raises RuntimeError when
        nothing follows.
        """
        start = time.perf_counter()
        os.write(self._master, keys)
        if not self._read(2.0):
            raise RuntimeError(f"no answer to {keys!r}; the screen:\n{self.text()}")
        first = last = self._chunks[-1][0]
        while self._read(quiet):
            last = self._chunks[-1][0]
        return first - start, last - start

    def send(self, keys: bytes) -> float:
        """Press and do not wait; gives the moment."""
        moment = time.perf_counter()
        os.write(self._master, keys)
        return moment

    @property
    def peak_memory(self) -> float:
        """The largest memory that the program had so far, in MiB (Linux)."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        return int(found[1]) / 1024 if found else 0.0


def _understood(data: bytes) -> bytes:
    """Without the private sequences that pyte takes for text."""
    return re.sub(rb"\x1b\[[<>=?][0-9;]*[a-z]?u|\x1b\[\?[0-9;]*\$p|\x1b\[>[0-9;]*[mq]", b"", data)
