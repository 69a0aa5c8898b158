"""Works in a file until it is killed: a process that forks a worker for each line it reads.

    python -m tests.torture.kill_child

Each line is JSON: path, seed, early. The worker says "ready <process>" and then the key of each
change set, after the write returned (early: before it, which is the mistake that the test must
see). When it is dead, this process says "dead" and of which signal. One pipe holds all, so what
came before "dead" is all that the worker ever said. Modules are loaded once; a worker costs a
fork.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from random import Random

from socius_tui.services.operation import UseCase
from socius_tui.services.session import Session
from socius_tui.store.unit_of_work import Transaction
from tests.torture.working import NOON, work


class _Early:
    """A use case that is acknowledged before it is on the disk."""

    def __init__(self, operation: UseCase) -> None:
        self._operation = operation

    def apply(self, transaction: Transaction) -> str:
        title = self._operation.apply(transaction)
        say(
            *transaction.connection.execute(
                "SELECT replica || ':' || change_set FROM journal_state"
            ).fetchone()
        )
        return title


def say(text: str) -> None:
    """One line, whole or not at all."""
    os.write(sys.stdout.fileno(), f"{text}\n".encode())


def _work(path: Path, seed: int, early: bool) -> None:
    with Session(path, clock=NOON) as session:
        operations = work(session, Random(seed))
        say(f"ready {os.getpid()}")
        for operation in operations:
            if early:
                session.write(_Early(operation))
            else:
                say(str(session.write(operation).key))


def main() -> None:
    """Fork a worker for each line of stdin."""
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            _work(Path(order["path"]), order["seed"], order["early"])
            os._exit(0)
        _process, status = os.waitpid(child, 0)
        say(f"dead {os.WTERMSIG(status)}")


if __name__ == "__main__":
    main()
