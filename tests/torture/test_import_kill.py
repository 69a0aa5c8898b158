"""An import that is killed: the file is as it was, and nothing lies beside it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from socius_tui.services.resolve import named_organisations
from socius_tui.services.session import Session
from tests.hygiene.sources import ROOT
from tests.torture.verdict import findings

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a process that kills itself at once")

CHILD: Final = """
import os, signal, sys
from pathlib import Path
from socius_tui.services.importing.preparing import prepare
from socius_tui.services.importing.quarantine import Quarantine
from socius_tui.services.importing.running import carry_out
from socius_tui.services.session import Session
from socius_tui.store import landmarks
passed = []
def listen(step):
    passed.append(step)
    if step == sys.argv[2] and passed.count(step) == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
path = Path(sys.argv[1])
with Session(path) as session:
    listed = prepare(session, "organisations", path.with_name("a.csv"))
    aside = Quarantine(path.with_name("aside.csv"), listed.source.header)
    landmarks.listen(listen)
    carry_out(session, listed, quarantine=aside)
"""


@pytest.mark.parametrize(
    ("landmark", "times", "aside"), [("import.row", 2, False), ("import.written", 1, True)]
)
def test_an_import_that_is_killed(
    landmark: str, times: int, aside: bool, fresh_file: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(fresh_file, tmp_path / "plan.db"))
    with Session(path) as session:
        before = named_organisations(session)
    (tmp_path / "a.csv").write_text(
        "Naam;Werksoort\nKring A;verenigingen\nFout;koffie\nKring B;bewegingen\n", "utf-8"
    )
    done = subprocess.run([sys.executable, "-c", CHILD, str(path), landmark, str(times)], cwd=ROOT)
    assert done.returncode == -signal.SIGKILL
    with Session(path) as session:
        assert named_organisations(session) == before
    assert findings(path, ()) == []
    # Refused rows are safe on the disk before the others are; never half of them.
    assert (tmp_path / "aside.csv").exists() is aside
