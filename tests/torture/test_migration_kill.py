"""An upgrade that is killed at any step leaves the old file or the new one, and a whole backup."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from socius_tui.services.session import Session
from socius_tui.store.driver import SCHEMA_VERSION
from tests.hygiene.sources import ROOT
from tests.store.test_migrations import OLD, everything, restore, table_columns
from tests.torture.verdict import findings
from tests.torture.working import NOON

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a process that kills itself at once")

LANDMARKS: Final = ("migration.step", "migration.journal", "migration.committed")

# Ends itself, as kill -9 does, when it passes a landmark for the n-th time.
CHILD: Final = """
import os, signal, sys
from pathlib import Path
from socius_tui.services.session import Session
from socius_tui.store import landmarks
passed = []
def listen(step):
    passed.append(step)
    if step == sys.argv[2] and passed.count(step) == int(sys.argv[3]):
        print(step, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
landmarks.listen(listen)
Session(Path(sys.argv[1])).close()
"""


def version(path: Path) -> int:
    """The version in the file's header."""
    return int.from_bytes(path.read_bytes()[60:64], "big")


@pytest.mark.parametrize("old", range(1, SCHEMA_VERSION))
@pytest.mark.parametrize("landmark", LANDMARKS)
def test_an_upgrade_that_is_killed(old: int, landmark: str, tmp_path: Path) -> None:
    steps = range(old, SCHEMA_VERSION)
    for step in steps[-1:] if landmark == "migration.journal" else steps:  # written once, at last
        folder = tmp_path / f"step{step}"
        folder.mkdir()
        path, untouched = folder / "plan.db", folder / "untouched.db"
        restore(OLD / f"v{old}.sql", path)
        restore(OLD / f"v{old}.sql", untouched)
        known = table_columns(untouched)
        if "published" in known:  # nothing is up to date in a file that gets another name
            known["published"] = known["published"].replace("sequence, ", "")
        known.pop("measurement_stale", None)  # worked off when the file is opened
        rows = everything(untouched, known)
        nth = "1" if landmark == "migration.journal" else str(step - old + 1)
        done = subprocess.run(
            [sys.executable, "-c", CHILD, str(path), landmark, nth],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert (done.returncode, done.stdout) == (-signal.SIGKILL, f"{landmark}\n")

        backups = sorted((folder / "backups").glob("*.db"))
        assert len(backups) == step - old + 1
        assert everything(backups[0], known) == rows
        assert not list((folder / "backups").glob("*.tmp"))

        # SQLite puts back what was half written when the file is opened.
        assert version(path) == (step + 1 if landmark == "migration.committed" else step)
        assert everything(path, known) == rows

        Session(path, clock=NOON).close()
        assert version(path) == SCHEMA_VERSION
        assert everything(path, known) == rows
        assert findings(path, ()) == []
