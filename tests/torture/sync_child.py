"""Exchanges until it kills itself at a landmark: a process that forks for each line it reads.

    python -m tests.torture.sync_child

Each line is JSON: path, kind and address of the place, state (the folder for state), landmark and
how often it has to be passed first. A worker that was not killed says so by its exit code; for
each one this process says "dead" and of which signal.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from socius_tui.services.session import Session
from socius_tui.services.sync.running import run
from socius_tui.store.landmarks import listen
from socius_tui.store.sync.exchange import Arrangement
from tests.services.sync.colleagues import Clock


def _exchange(order: dict[str, Any]) -> None:
    os.environ["XDG_STATE_HOME"] = order["state"]
    left = order["times"]

    def passed(step: str) -> None:
        nonlocal left
        left -= step == order["landmark"]
        if left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    listen(passed)
    with Session(Path(order["path"]), clock=Clock()) as session:
        run(session, Arrangement(order["kind"], order["address"]))


def main() -> None:
    """Fork a worker for each line of stdin."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _exchange(json.loads(line))
            os._exit(0)
        _process, status = os.waitpid(child, 0)
        os.write(sys.stdout.fileno(), f"dead {os.WTERMSIG(status)}\n".encode())


if __name__ == "__main__":
    main()
