"""A backup is whole or it is not there, whoever writes, whatever is full, whoever kills it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from socius_tui.errors import Busy, Damaged, FileProblem
from socius_tui.store import backup as making
from socius_tui.store import driver
from socius_tui.store.backup import back_up, check
from socius_tui.store.backup_files import backups_of, clear_leftovers, folder_of
from socius_tui.store.digest import digests
from tests.store.files import NOW, add_people, content, is_whole, new_file, people, python, spoil

TRIES: Final = 15 if os.environ.get("SOCIUS_TORTURE") else 3

# Adds people without pause until nobody listens any more; says how many were acknowledged.
WRITER = """
import sys
from pathlib import Path
from socius_tui.services.assigning import AddPerson
from socius_tui.services.session import Session
stop, done = Path(sys.argv[2]), 0
with Session(Path(sys.argv[1])) as session:
    while not stop.exists():
        session.write(AddPerson.of(name=f"Person {done}", role="reader"))
        done += 1
        if done == 1:
            print("begun", flush=True)
print(done)
"""

KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from socius_tui.store import landmarks
from socius_tui.store.backup import back_up
landmarks.listen(lambda step: step == sys.argv[2] and os.kill(os.getpid(), signal.SIGKILL))
back_up(Path(sys.argv[1]), "manual", datetime(2016, 3, 14, 9, 30, tzinfo=UTC))
"""

FULL_DISK = """
import resource, sys
from datetime import UTC, datetime
from pathlib import Path
from socius_tui.errors import FileProblem
from socius_tui.store.backup import back_up
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    back_up(Path(sys.argv[1]), "manual", datetime(2016, 3, 14, 9, 30, tzinfo=UTC))
except FileProblem as error:
    print(error.message)
"""

AS_NOBODY = """
import json, os, shutil, sys
from datetime import UTC, datetime
from pathlib import Path
from socius_tui.errors import FileProblem
from socius_tui.i18n import _
from socius_tui.store.backup import back_up
_("loads the catalog while it can be read")
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
try:
    back_up(Path(sys.argv[1]), "manual", datetime(2016, 3, 14, 9, 30, tzinfo=UTC))
except FileProblem as error:
    print(error.message, error.hint)
"""


@pytest.fixture(scope="module")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_file(tmp_path_factory.mktemp("template") / "plan.db", "An", "Jo")


@pytest.fixture
def path(_template: Path, tmp_path: Path) -> Path:
    """A file with two people."""
    (tmp_path / "data").mkdir()
    return Path(shutil.copy(_template, tmp_path / "data"))


def names(path: Path) -> list[str]:
    """What is in the folder of backups."""
    return sorted(entry.name for entry in folder_of(path).iterdir())


def test_a_backup_holds_what_the_file_holds(path: Path) -> None:
    made = back_up(path, "manual", NOW)
    assert made.path.name == f"plan-v{driver.SCHEMA_VERSION}-000001-20160314T093000Z-manual.db"
    assert backups_of(path) == [made]
    assert content(made.path) == content(path)
    assert is_whole(made.path)
    check(made)


def test_the_manifest_says_what_it_is(path: Path) -> None:
    made = back_up(path, "import", NOW)
    manifest = json.loads(made.manifest_path.read_text())
    assert manifest["file"] == "plan.db"
    assert manifest["file_version"] == driver.SCHEMA_VERSION
    assert manifest["made_at"] == "2016-03-14T09:30:00.000Z"
    assert manifest["why"] == "import"
    assert manifest["size"] == made.size
    assert manifest["last_change"] == 2
    assert manifest["tables"]["person"][0] == 2


def test_everything_in_the_folder_is_private(path: Path) -> None:
    for why in ("manual", "automatic"):
        back_up(path, why, NOW)
    assert stat.S_IMODE(folder_of(path).stat().st_mode) == 0o700
    modes = {stat.S_IMODE(entry.stat().st_mode) for entry in folder_of(path).iterdir()}
    assert modes == {0o600}
    assert len(names(path)) == 4


def test_a_clock_that_went_back_confuses_nothing(path: Path) -> None:
    first = back_up(path, "manual", NOW)
    second = back_up(path, "manual", NOW - timedelta(days=400))
    assert [one.sequence for one in backups_of(path)] == [1, 2]
    assert backups_of(path) == [first, second]


def test_files_side_by_side_keep_their_own(path: Path) -> None:
    other = new_file(path.with_name("plan-v2.db"), "Els")
    back_up(path, "manual", NOW)
    back_up(other, "manual", NOW)
    assert len(backups_of(path)) == len(backups_of(other)) == 1
    assert people(backups_of(other)[0].path) == ["Els"]


def test_the_backups_are_thinned(path: Path) -> None:
    folder_of(path).mkdir()
    for number in range(1, 13):
        moment = f"20160314T09{number * 5 - 5:02d}00Z"
        name = f"plan-v{driver.SCHEMA_VERSION}-{number:06d}-{moment}-automatic"
        for suffix in (".db", ".json"):
            folder_of(path).joinpath(name + suffix).touch()
    back_up(path, "automatic", NOW + timedelta(hours=12))
    assert [one.sequence for one in backups_of(path)] == [9, 10, 11, 12, 13]
    assert len(names(path)) == 10


# ---- other programs at work ----------------------------------------------------------------


def test_every_backup_is_of_one_moment_while_another_program_writes(path: Path) -> None:
    stop = path.with_name("stop")
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(stop)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == "begun\n"
    before = 2
    for number in range(TRIES):
        made = back_up(path, "manual", NOW + timedelta(minutes=number))
        assert is_whole(made.path)
        found = people(made.path)
        # Whoever was acknowledged before is there, and nobody before whom one is missing.
        numbers = sorted(int(name.split()[1]) for name in found if name.startswith("Person"))
        assert numbers == list(range(len(numbers)))
        assert len(found) > before
        before = len(found)
    stop.touch()
    out, err = writer.communicate(timeout=60)
    assert writer.returncode == 0, err
    assert len(people(path)) == int(out) + 2


def test_a_file_that_another_program_holds_is_in_use(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "BUSY_SECONDS", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Busy) as caught:
        back_up(path, "manual", NOW)
    other.close()
    assert str(path) in caught.value.message
    assert not backups_of(path)


def test_opening_a_file_again_drops_no_lock_of_this_process(path: Path) -> None:
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("BEGIN IMMEDIATE")
    second, _read_only = driver.open_file(path)
    second.close()
    done = python(
        "import sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=0)\n"
        "connection.execute('BEGIN IMMEDIATE')",
        path,
    )
    database.close()
    assert "database is locked" in done.stderr


# ---- what goes wrong -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "step", ["copied", "verified", "manifest", "renamed", "thinned"], ids=lambda step: step
)
def test_a_kill_leaves_a_whole_backup_or_none(path: Path, step: str) -> None:
    older = back_up(path, "manual", NOW)
    before = content(path)
    done = python(KILLED, path, f"backup.{step}")
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert content(path) == before
    for one in backups_of(path):
        check(one)
        assert content(one.path) == before
    assert older in backups_of(path)
    assert len(backups_of(path)) == (2 if step in ("renamed", "thinned") else 1)
    later = back_up(path, "manual", NOW)
    check(later)
    assert later.sequence > older.sequence


def test_what_a_kill_leaves_behind_is_cleared_away(path: Path) -> None:
    python(KILLED, path, "backup.manifest")
    assert len(names(path)) == 2
    modified = folder_of(path).joinpath(names(path)[0]).stat().st_mtime
    from datetime import UTC, datetime

    soon = datetime.fromtimestamp(modified, UTC)
    clear_leftovers(path, soon)
    assert len(names(path)) == 2  # somebody may still be at work on it
    clear_leftovers(path, soon + timedelta(hours=2))
    assert names(path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
def test_a_full_disk_leaves_the_older_backups(path: Path) -> None:
    older = back_up(path, "manual", NOW)
    before = names(path)
    done = python(FULL_DISK, path)
    assert done.returncode == 0, done.stderr
    assert str(folder_of(path)) in done.stdout
    assert names(path) == before
    check(older)


def test_room_is_looked_for_first(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "SPARE", 10**16)
    with pytest.raises(FileProblem) as caught:
        back_up(path, "manual", NOW)
    assert "no room" in caught.value.message
    assert str(folder_of(path)) in caught.value.message
    assert "MB is free" in caught.value.message
    assert not folder_of(path).exists()


def test_a_folder_that_cannot_be_written_is_named() -> None:
    # Rights do not bind root, so another user tries; pytest keeps its own folders private.
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        path = new_file(Path(name) / "plan.db", "An")
        path.chmod(0o666)
        folder_of(path).mkdir(mode=0o755)
        folder_of(path).chmod(0o555)
        done = python(AS_NOBODY, path)
        assert done.returncode == 0, done.stderr
        assert str(folder_of(path)) in done.stdout
        assert names(path) == []
        folder_of(path).chmod(0o755)


def test_a_damaged_file_gives_no_backup(path: Path) -> None:
    add_people(path, 200)
    older = back_up(path, "manual", NOW)
    with sqlite3.connect(path) as connection:
        page = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'person'"
        ).fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.close()
    spoil(path, (page - 1) * size)
    with pytest.raises(Damaged):
        back_up(path, "manual", NOW)
    assert backups_of(path) == [older]
    assert len(names(path)) == 2


def test_what_breaks_the_rules_is_kept_as_it_is(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(
            "INSERT INTO subtype (id, work_type_id, code, name) VALUES ('x', 'gone', 'c', 'n')"
        )
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE person SET role = 'king' WHERE name = 'An'")
        connection.execute("UPDATE person SET name = CAST(x'FF41' AS TEXT) WHERE name = 'Jo'")
    connection.close()
    made = back_up(path, "manual", NOW)
    assert content(made.path) == content(path)


# ---- verifying -----------------------------------------------------------------------------


def test_every_flipped_byte_is_found(path: Path) -> None:
    made = back_up(path, "manual", NOW)
    whole = made.path.read_bytes()
    for place in (30, 100, len(whole) // 3, len(whole) // 2, len(whole) - 1):
        spoil(made.path, place)
        with pytest.raises(Damaged) as caught:
            check(made)
        assert made.path.name in caught.value.message
        made.path.write_bytes(whole)
    check(made)


def test_without_a_manifest_its_own_journal_is_the_measure(path: Path) -> None:
    made = back_up(path, "manual", NOW)
    made.manifest_path.unlink()
    check(made)
    found = made.path.read_bytes()
    place = found.rindex(b"An", 0, found.rindex(b"reader"))
    made.path.write_bytes(found[:place] + b"Om" + found[place + 2 :])
    with pytest.raises(Damaged):
        check(made)


def test_a_digest_sees_types_and_not_the_order_of_rows(tmp_path: Path) -> None:
    def of(*rows: tuple[str, object]) -> object:
        connection = sqlite3.connect(tmp_path / f"{len(list(tmp_path.iterdir()))}.db")
        connection.execute("CREATE TABLE t (id TEXT PRIMARY KEY, x)")
        connection.executemany("INSERT INTO t VALUES (?, ?)", rows)
        found = digests(connection)["t"]
        connection.close()
        return found

    assert of(("a", 1), ("b", 2)) == of(("b", 2), ("a", 1))
    different = [of(("a", value)) for value in (1, 1.0, "1", b"1", None, 0.1, 0.1 + 2**-55)]
    assert len(set(map(str, different))) == len(different)
