"""Several programs on one file: each sees the others' writes, and none is told "locked".

`SOCIUS_TORTURE=1` writes five times as much.
"""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Final

import pytest

from socius_tui.services.assigning import AddPerson
from socius_tui.services.looking import pulse
from socius_tui.services.register import staff
from socius_tui.services.session import Session
from socius_tui.store.schema import new_database
from tests.e2e.terminal import Terminal
from tests.e2e.test_main_job import press_each, socius

WRITES: Final = 1000 if os.environ.get("SOCIUS_TORTURE") else 200
PROGRAMS: Final = 3

# Writes, reads and looks for news without a pause; every error ends it with a traceback.
_AT_WORK: Final = """
import sys
from pathlib import Path
from socius_tui.domain.drafts import Draft, Typed
from socius_tui.services.assigning import AddPerson
from socius_tui.services.drafting import save_draft
from socius_tui.services.looking import pulse
from socius_tui.services.register import staff
from socius_tui.services.session import Session

path, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for first in range(0, count, 50):
    with Session(path) as session:  # opening is to be possible at any moment too
        for n in range(first, min(first + 50, count)):
            if n % 10 == 0:
                save_draft(session, Draft(name, "person", fields={"name": Typed(str(n))}))
            session.write(AddPerson.of(name=f"{name} {n}", role="reader"), draft=name)
            mine = [p for p in staff(session) if p.name == f"{name} {n}"]
            assert len(mine) == 1, n
            pulse(session)
"""

# Holds the write lock all the time, but for a moment between two transactions.
_NEVER_PAUSES: Final = """
import sqlite3, sys, time
file = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60)
while True:
    file.execute("BEGIN IMMEDIATE")
    file.execute("INSERT OR REPLACE INTO setting VALUES ('n', '1')")
    until = time.monotonic() + 0.01
    while time.monotonic() < until:
        pass
    file.execute("COMMIT")
    print(flush=True)
"""

# Writes more than fits in its memory, so that the file itself is changed, and is killed then.
_LEAVES_A_JOURNAL: Final = """
import os, signal, sqlite3, sys
file = sqlite3.connect(sys.argv[1], isolation_level=None)
file.execute("PRAGMA cache_size = 2")
file.execute("PRAGMA cache_spill = 1")
file.execute("BEGIN IMMEDIATE")
for n in range(300):
    row = (str(n), "x" * 3000)
    file.execute("INSERT INTO device (id, name, first_seen) VALUES (?, ?, 'never')", row)
os.kill(os.getpid(), signal.SIGKILL)
"""

_LOOKS: Final = """
import sys
from pathlib import Path
from socius_tui.services.register import staff
from socius_tui.services.session import Session
with Session(Path(sys.argv[1])) as session:
    print(len(staff(session)))
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with one member of staff."""
    path = tmp_path / "plan.db"
    new_database(path)
    with Session(path) as session:
        session.write(AddPerson.of(name="An", role="director"))
    return path


def together(scripts: Sequence[tuple[str, ...]]) -> list[str]:
    """Run these at the same time; gives what they printed, and fails with what they complain."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", *script],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for script in scripts
    ]
    told = [program.communicate() for program in running]
    assert [program.returncode for program in running] == [0] * len(running), told
    return [out for out, _err in told]


def test_programs_that_write_without_a_pause_are_never_told_that_it_is_busy(path: Path) -> None:
    together([(_AT_WORK, str(path), f"p{n}", str(WRITES)) for n in range(PROGRAMS)])
    with sqlite3.connect(path) as file:
        names = {name for (name,) in file.execute("SELECT name FROM person")}
        sequences = [s for (s,) in file.execute("SELECT sequence FROM change ORDER BY seq")]
        numbers = [n for (n,) in file.execute("SELECT number FROM change_set ORDER BY seq")]
        (drafts,) = file.execute("SELECT count(*) FROM draft").fetchone()
        (state,) = file.execute("SELECT sequence FROM journal_state").fetchone()
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert names == {"An"} | {f"p{n} {i}" for n in range(PROGRAMS) for i in range(WRITES)}
    assert sequences == list(range(1, state + 1))
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == 1 + PROGRAMS * WRITES
    assert drafts == 0


def test_a_program_that_hardly_lets_go_starves_nobody(path: Path) -> None:
    """SQLite's own waiting, ten times a second, does not find the moment and gives up."""
    other = subprocess.Popen(
        [sys.executable, "-c", _NEVER_PAUSES, str(path)], stdout=subprocess.PIPE
    )
    try:
        assert other.stdout is not None
        other.stdout.readline()
        add(path, "Bo", "Cis")
    finally:
        other.kill()
        other.communicate()
    with Session(path) as session:
        assert len(staff(session)) == 3


def test_a_file_left_half_written_can_be_opened_by_several_at_once(path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", _LEAVES_A_JOURNAL, str(path)], check=False)
    assert done.returncode < 0
    assert path.with_name("plan.db-journal").stat().st_size > 0
    assert together([(_LOOKS, str(path))] * PROGRAMS) == ["1\n"] * PROGRAMS
    assert not path.with_name("plan.db-journal").exists()


def is_waiting_to_commit(path: Path) -> bool:
    """Whether a writer waits until the readers are done: nobody new may begin to read then."""
    with sqlite3.connect(path, timeout=0) as file:
        try:
            file.execute("SELECT count(*) FROM person").fetchone()
        except sqlite3.OperationalError:
            return True
    return False


def add(path: Path, *names: str) -> None:
    """Write these, each in a transaction of its own."""
    with Session(path) as session:
        for name in names:
            session.write(AddPerson.of(name=name, role="reader"))


def test_a_writer_waits_for_a_long_reader_and_says_nothing(path: Path) -> None:
    with ThreadPoolExecutor(1) as pool, Session(path) as reader:

        def long_read(connection: sqlite3.Connection) -> Future[None]:
            connection.execute("SELECT count(*) FROM person").fetchone()
            writing = pool.submit(add, path, "Bo")
            while not is_waiting_to_commit(path):
                assert not writing.done(), writing.exception()
            return writing

        reader.read(long_read).result()
        assert len(staff(reader)) == 2


def test_copies_are_made_while_somebody_writes(path: Path, tmp_path: Path) -> None:
    """A backup reads for as long as it takes; each copy is whole, and no writer is refused."""
    names = [f"Bo {n}" for n in range(30)]
    counts: list[int] = []
    with ThreadPoolExecutor(1) as pool, Session(path) as session:
        writing = pool.submit(add, path, *names)
        while not (writing.done() and counts):
            copy = tmp_path / f"copy{len(counts)}.db"
            session.database.connection.execute("VACUUM INTO ?", (str(copy),))
            with Session(copy) as copied:
                found = {p.name for p in staff(copied)}
            assert found == {"An", *names[: len(found) - 1]}
            counts.append(len(found))
        writing.result()
    assert counts == sorted(counts)


def test_each_sees_what_the_other_wrote(path: Path) -> None:
    with Session(path) as one, Session(path) as other:
        felt = pulse(one)
        other.write(AddPerson.of(name="Bo", role="reader"))
        assert pulse(one) != felt
        assert [p.name for p in staff(one)] == ["An", "Bo"]
        felt = pulse(one)
        assert pulse(one) == felt


def test_a_visit_logged_in_one_window_shows_in_the_other(tmp_path: Path) -> None:
    path = tmp_path / "plan.db"
    socius("--db", str(path), "init", "--sample-organisations", "--person", "An Peeters")
    arguments = ["--db", str(path), "--lang", "en", "--as-of", "2016-06-30"]
    with Terminal(arguments) as one, Terminal(arguments) as other:
        for window in (one, other):
            window.wait_for("[5] Agenda")  # a contact person begins there
            window.press("1")
            window.wait_for("SD1")
        other.press("3")
        other.wait_for("No visits yet")
        one.press("v")
        one.wait_for("Organisation  ")
        press_each(one, "VER-07")
        one.wait_for("›VER-07 Vereniging 07 (voorbeeld)")
        one.press("\r")
        one.wait_for(lambda shown: re.search(r"Organisation +VER-07 Vereniging", shown))
        press_each(one, "14/3/2016")
        one.wait_for("Mon 14 March 2016")
        one.press("\x13")  # ctrl+s
        one.wait_for("SD1")
        other.wait_for(lambda shown: "14/03/2016" in shown and "Vereniging 07" in shown)
        for window in (one, other):
            window.press("q")
            assert window.ended() == 0
            assert "locked" not in window.raw.decode("utf-8", "replace")
