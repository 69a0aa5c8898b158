"""kill -9 at random moments: what was acknowledged is there, and nothing is there by half."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from tests.hygiene.sources import ROOT
from tests.torture import times
from tests.torture.verdict import findings
from tests.torture.working import make_file

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the worker is forked")

ON_ONE_FILE = 10  # kills before a new file is taken


class Workers:
    """The process that forks workers."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._orders, self._said = process.stdin, process.stdout
        self._rest = b""

    def killed(
        self, path: Path, seed: int, *, writes: int, seconds: float, early: bool = False
    ) -> list[str]:
        """Let one work, and kill it so long after so many writes; gives the keys it acknowledged.

        Writes are waited for as well, since on a busy machine it does not come to one in time.
        """
        order = {"path": str(path), "seed": seed, "early": early}
        self._orders.write(json.dumps(order).encode() + b"\n")
        self._orders.flush()
        ready = self._line(None)
        assert ready is not None
        assert ready.startswith("ready "), ready
        process = int(ready.split()[1])
        keys: list[str] = []
        while len(keys) < writes:
            line = self._line(None)
            assert line is not None
            keys.append(line)
        deadline = time.monotonic() + seconds
        while (line := self._line(deadline)) is not None:
            keys.append(line)
        os.kill(process, signal.SIGKILL)
        while not (line := self._line(None) or "").startswith("dead "):
            keys.append(line)
        assert line == f"dead {signal.SIGKILL.value}", "the worker ended by itself"
        return keys

    def _line(self, deadline: float | None) -> str | None:
        """The next line; None when there is none before the deadline."""
        while b"\n" not in self._rest:
            left = None if deadline is None else max(0.0, deadline - time.monotonic())
            if not select.select([self._said], [], [], left)[0]:
                return None
            more = os.read(self._said.fileno(), 65536)
            assert more, "the process that forks has ended"
            self._rest += more
        line, _newline, self._rest = self._rest.partition(b"\n")
        return line.decode()


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    """The process that forks, with everything loaded."""
    with _workers() as found:
        yield found


@contextmanager
def _workers() -> Iterator[Workers]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.torture.kill_child"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        yield Workers(process)
    finally:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.close()
        process.stdout.close()
        process.wait(60)


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real plan, to be copied."""
    path = tmp_path_factory.mktemp("kill") / "plan.db"
    make_file(path)
    return path


def test_nothing_acknowledged_is_lost(workers: Workers, plan: Path, tmp_path: Path) -> None:
    chance = Random("kill")
    kills, left_behind, path = times(40, 2_000), 0, plan
    acknowledged: list[str] = []
    for number in range(kills):
        if number % ON_ONE_FILE == 0:
            path = Path(shutil.copy(plan, tmp_path / f"{number}.db"))
            acknowledged = []
        acknowledged += workers.killed(
            path,
            chance.getrandbits(32),
            writes=chance.randint(0, 3),
            seconds=chance.uniform(0, 0.06),
        )
        left_behind += path.with_name(f"{path.name}-journal").exists()
        assert findings(path, acknowledged) == [], number
    assert left_behind, "no kill came in the middle of a write"


def test_who_acknowledges_before_commit_is_found_out(
    workers: Workers, plan: Path, tmp_path: Path
) -> None:
    """The test above can fail."""
    for number in range(40):
        path = Path(shutil.copy(plan, tmp_path / f"{number}.db"))
        keys = workers.killed(path, number, writes=1 + number % 3, seconds=0, early=True)
        if found := findings(path, keys):
            assert [text.partition(":")[0] for text in found] == ["lost"]
            return
        path.unlink()
    pytest.fail("acknowledging too early was not noticed")
