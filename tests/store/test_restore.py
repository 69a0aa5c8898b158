"""A backup is brought back whole or not at all, and what was there is kept."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from socius_tui.errors import Busy, Damaged, FileProblem, SociusError
from socius_tui.store import driver
from socius_tui.store.backup import back_up, check
from socius_tui.store.backup_files import Backup, backups_of, folder_of
from socius_tui.store.restore import RESTORED, Restored, changes_since, restore
from tests.store.files import (
    NOW,
    add_people,
    add_person,
    content,
    is_whole,
    new_file,
    people,
    python,
    spoil,
)

OLD = Path(__file__).parents[1] / "data" / "old_schemas"
LATER = NOW + timedelta(hours=1)

KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from socius_tui.store import landmarks
from socius_tui.store.backup_files import backups_of
from socius_tui.store.restore import restore
left = int(sys.argv[3])
def listen(step):
    global left
    left -= step == sys.argv[2]
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
landmarks.listen(listen)
path, now = Path(sys.argv[1]), datetime(2016, 3, 14, 10, 30, tzinfo=UTC)
restore(path, backups_of(path)[0], now=now, today=now.date(), actor=None)
"""

# Has the file open, waits to hear that it was restored, looks at it and writes in it.
OTHER = """
import sys
from pathlib import Path
from socius_tui.services.assigning import AddPerson
from socius_tui.services.looking import pulse
from socius_tui.services.register import staff
from socius_tui.services.session import Session
with Session(Path(sys.argv[1])) as session:
    before = pulse(session)
    print(*sorted(p.name for p in staff(session)), flush=True)
    sys.stdin.readline()
    assert pulse(session) != before
    print(*sorted(p.name for p in staff(session)), flush=True)
    session.write(AddPerson.of(name="Zoe", role="reader"))
"""


@pytest.fixture(scope="module")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = new_file(tmp_path_factory.mktemp("template") / "plan.db", "An", "Jo")
    back_up(path, "manual", NOW)
    add_person(path, "Els")
    return path.parent


@pytest.fixture
def path(_template: Path, tmp_path: Path) -> Path:
    """A file with An and Jo, a backup of that, and then Els."""
    return Path(shutil.copytree(_template, tmp_path / "data")) / "plan.db"


def bring_back(path: Path, backup: Backup | None = None, actor: str | None = None) -> Restored:
    """Restore the first backup, or another one."""
    chosen = backup or backups_of(path)[0]
    return restore(path, chosen, now=LATER, today=LATER.date(), actor=actor)


def row(path: Path, sql: str) -> tuple[object, ...]:
    """The first row of an answer."""
    connection, _read_only = driver.open_file(path)
    try:
        found: tuple[object, ...] = connection.execute(sql).fetchone()
        return found
    finally:
        connection.close()


def only(folder: Path, *names: str) -> None:
    assert sorted(entry.name for entry in folder.iterdir()) == sorted(names)


# ---- there and back ------------------------------------------------------------------------


def test_the_file_is_again_what_it_was(path: Path) -> None:
    inode, before = path.stat().st_ino, content(path)
    assert changes_since(path, backups_of(path)[0]) == 1
    done = bring_back(path)
    assert people(path) == ["An", "Jo"]
    assert content(path) == content(done.backup.path)
    assert is_whole(path)
    assert path.stat().st_ino == inode
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    only(path.parent, "plan.db", "backups")

    assert done.undoable
    kept = backups_of(path)[-1]
    assert kept.path == done.aside
    assert kept.why == "restore"
    bring_back(path, kept)
    assert content(path) == before
    assert is_whole(path)


def test_nothing_that_was_given_out_is_given_out_again(path: Path) -> None:
    replica, clock = row(path, "SELECT replica, clock FROM journal_state")
    bring_back(path)
    add_person(path, "Zoe")
    now_replica, now_clock = row(path, "SELECT replica, clock FROM journal_state")
    assert now_replica != replica
    assert isinstance(now_clock, int)
    assert isinstance(clock, int)
    assert now_clock > clock
    assert (
        row(path, "SELECT min(sequence), max(sequence) FROM change WHERE kind = 'setting'")[0] == 1
    )
    assert is_whole(path)


def test_the_clock_of_the_file_never_goes_back(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("UPDATE journal_state SET clock = clock + 65536 * 86400000 * 9000")
    connection.commit()
    connection.close()
    (ahead,) = row(path, "SELECT clock FROM journal_state")
    bring_back(path)
    (now,) = row(path, "SELECT min(clock) FROM change WHERE kind = 'setting'")
    assert isinstance(now, int)
    assert isinstance(ahead, int)
    assert now > ahead


def test_it_is_written_down_what_was_done_and_by_whom(path: Path) -> None:
    (an,) = row(path, "SELECT id FROM person WHERE name = 'An'")
    (els,) = row(path, "SELECT id FROM person WHERE name = 'Els'")
    backup = backups_of(path)[0]
    bring_back(path, backup, actor=str(an))
    last = "SELECT actor, title FROM change_set ORDER BY seq DESC"
    actor, title = row(path, last)
    assert actor == an
    assert "brought back" in str(title)
    assert row(path, f"SELECT value FROM setting WHERE key = '{RESTORED}'") == (backup.path.name,)
    bring_back(path, backup, actor=str(els))
    assert row(path, last)[0] is None  # she was not there yet


def test_a_backup_of_an_older_version_is_upgraded_on_its_way(path: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    connection = sqlite3.connect(old)
    connection.executescript((OLD / "v1.sql").read_text(encoding="utf-8"))
    connection.close()
    made = back_up(old, "upgrade", NOW)
    assert made.version == 1
    name = f"plan-v1-000002-{made.path.name.split('-', 3)[3]}"
    taken = Backup(Path(shutil.copy(made.path, folder_of(path) / name)), *made[1:])
    assert not taken.manifest_path.exists()
    bring_back(path, taken)
    assert row(path, "PRAGMA user_version") == (driver.SCHEMA_VERSION,)
    assert is_whole(path)
    assert not (folder_of(path) / "backups").exists()


def test_another_program_sees_it_and_goes_on_in_it(path: Path) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", OTHER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "An Els Jo\n"
    bring_back(path)
    out, err = other.communicate("restored\n", timeout=60)
    assert other.returncode == 0, err
    assert out == "An Jo\n"
    assert people(path) == ["An", "Jo", "Zoe"]
    assert is_whole(path)


# ---- what goes wrong -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "times", "there"),
    [
        ("restore.prepared", 1, "old"),
        ("backup.copied", 1, "old"),
        ("backup.renamed", 1, "old"),
        ("restore.aside", 1, "old"),
        ("restore.copying", 1, "old"),
        ("restore.copying", 3, "old"),
        ("restore.done", 1, "new"),
    ],
)
def test_a_kill_leaves_the_old_file_or_the_new_one(
    path: Path, step: str, times: int, there: str
) -> None:
    old, new = content(path), content(backups_of(path)[0].path)
    done = python(KILLED, path, step, times)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert content(path) == (old if there == "old" else new)
    assert is_whole(path)
    for backup in backups_of(path):
        check(backup)
    bring_back(path)
    assert content(path) == new
    kept = [one for one in backups_of(path) if one.why == "restore"]
    bring_back(path, kept[0] if there == "new" else kept[-1])
    assert content(path) == old


def test_a_backup_with_a_flipped_byte_is_refused(path: Path) -> None:
    before, backup = path.read_bytes(), backups_of(path)[0]
    spoil(backup.path, backup.size // 2)
    with pytest.raises(Damaged) as caught:
        bring_back(path)
    assert backup.path.name in caught.value.message
    assert path.read_bytes() == before
    assert backups_of(path) == [backup]


def test_a_file_in_use_is_left_alone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "BUSY_SECONDS", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM goal").fetchone()
    with pytest.raises(Busy) as caught:
        bring_back(path)
    other.close()
    assert str(path) in caught.value.message
    assert people(path) == ["An", "Els", "Jo"]
    assert len(backups_of(path)) == 1
    add_person(path, "Zoe")  # nothing is held any more


def spoil_header(path: Path) -> None:
    """The first bytes are gone."""
    path.write_bytes(b"\0" * 100 + path.read_bytes()[100:])


def empty(path: Path) -> None:
    """Nothing is left in the file."""
    path.write_bytes(b"")


def cut(path: Path) -> None:
    """Only a page is left."""
    os.truncate(path, 4096)


def spoil_a_page(path: Path) -> None:
    """The file opens, but a table cannot be read."""
    add_people(path, 200)
    (page,) = row(path, "SELECT rootpage FROM sqlite_master WHERE name = 'person'")
    spoil(path, (int(str(page)) - 1) * 4096)


@pytest.mark.parametrize("damage", [spoil_header, empty, cut, spoil_a_page])
def test_a_damaged_file_is_kept_and_replaced(path: Path, damage: object) -> None:
    damage(path)  # type: ignore[operator]
    broken = path.read_bytes()
    done = bring_back(path)
    assert done.aside is not None
    assert done.aside.name == "plan.db.damaged-20160314T103000"
    assert done.aside.read_bytes() == broken
    assert stat.S_IMODE(done.aside.stat().st_mode) == 0o600
    assert not done.undoable
    assert people(path) == ["An", "Jo"]
    assert is_whole(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    only(path.parent, "plan.db", "backups", done.aside.name)


def test_the_journal_of_a_damaged_file_goes_with_it(path: Path) -> None:
    empty(path)
    beside = Path(f"{path}-journal")
    beside.write_bytes(b"of the damaged file")
    done = bring_back(path)
    assert Path(f"{done.aside}-journal").read_bytes() == b"of the damaged file"
    assert not beside.exists()
    assert is_whole(path)


def test_a_file_that_is_gone_comes_back(path: Path) -> None:
    path.unlink()
    assert changes_since(path, backups_of(path)[0]) is None
    done = bring_back(path)
    assert done.aside is None
    assert people(path) == ["An", "Jo"]


def test_a_file_of_another_program_is_not_replaced(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(FileProblem, match="another program"):
        bring_back(path)
    assert path.read_bytes() == before


def test_a_full_disk_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from socius_tui.store import backup as making

    monkeypatch.setattr(making, "SPARE", 10**16)
    with pytest.raises(SociusError, match="no room"):
        bring_back(path)
    assert people(path) == ["An", "Els", "Jo"]
    only(path.parent, "plan.db", "backups")
    assert len(list(folder_of(path).iterdir())) == 2
