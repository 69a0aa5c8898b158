"""A file that was copied or put back goes on under a name of its own; any other keeps its name."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from socius_tui.domain.titles import said
from socius_tui.paths import mark_path, state_folder
from socius_tui.services.checking import check_file
from socius_tui.services.repairing import repair_file
from socius_tui.services.session import Session
from socius_tui.store.backup import back_up
from socius_tui.store.identity import Mark, mark_of
from socius_tui.store.migrations import STEPS
from socius_tui.store.restore import restore
from socius_tui.store.salvage import salvage
from socius_tui.store.schema import new_database
from socius_tui.store.unit_of_work import Database, Transaction
from tests.store.files import NOW, add_person, is_whole, new_file, people, python
from tests.store.test_migrations import OLD
from tests.store.test_migrations import restore as old_file

WRITE: Final = """
import sys
from pathlib import Path
from tests.store.files import add_person
add_person(Path(sys.argv[1]), sys.argv[2])
"""
# Ends itself, as kill -9 does, after the commit and before the mark.
KILLED: Final = """
import os, signal, sys
from pathlib import Path
from socius_tui.store import landmarks
from tests.store.files import add_person
def listen(step):
    if step == "identity.committed":
        os.kill(os.getpid(), signal.SIGKILL)
landmarks.listen(listen)
add_person(Path(sys.argv[1]), sys.argv[2])
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file in which was written on this computer."""
    return new_file(tmp_path / "plan.db", "An", "Jo")


@contextmanager
def opened(path: Path, *, read_only: bool = False) -> Iterator[Database]:
    database = Database(path, read_only=read_only)
    try:
        yield database
    finally:
        database.close()


def add(database: Database, name: str) -> None:
    """One change through a file that is open."""

    def work(transaction: Transaction) -> str:
        transaction.insert("person", {"name": name, "role": "reader"})
        return said("{name} added", name=name)

    database.write(work, today=NOW.date(), now=NOW, actor=None)


def written(path: Path, name: str) -> str | None:
    """Write in a file, and say why it got another name."""
    with opened(path) as database:
        add(database, name)
        return database.identity.renamed


def state(path: Path) -> tuple[str, int]:
    with opened(path, read_only=True) as database:
        found = database.connection.execute("SELECT replica, sequence FROM journal_state")
        replica, sequence = found.fetchone()
        return str(replica), int(sequence)


def replica(path: Path) -> str:
    return state(path)[0]


def entries(path: Path) -> dict[tuple[str, int], tuple[object, ...]]:
    """The journal: what was written under which name and number."""
    with opened(path, read_only=True) as database:
        return {
            (name, sequence): tuple(rest)
            for name, sequence, *rest in database.connection.execute(
                "SELECT replica, sequence, kind, row_id, verb, old, new FROM change"
            )
        }


def apart(*paths: Path) -> bool:
    """Whether no two entries of these files are taken for one, and all files are whole."""
    seen: dict[tuple[str, int], tuple[object, ...]] = {}
    for path in paths:
        for key, entry in entries(path).items():
            if seen.setdefault(key, entry) != entry:
                return False
    return all(is_whole(path) and not check_file(path).damaged for path in paths)


def marks() -> list[str]:
    folder = state_folder() / "replicas"
    return sorted(entry.name for entry in folder.iterdir()) if folder.exists() else []


def copied(path: Path, name: str = "copy.db") -> Path:
    return Path(shutil.copyfile(path, path.with_name(name)))


def no_state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder for state that cannot be made, whoever asks."""
    (tmp_path / "a file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "a file" / "state"))


# ---- one file ------------------------------------------------------------------------------


def test_a_file_that_is_written_on_keeps_its_name(path: Path) -> None:
    first = replica(path)
    assert written(path, "Els") is None
    assert state(path) == (first, 3)
    (clock,) = sqlite3.connect(path).execute("SELECT max(clock) FROM change").fetchone()
    assert mark_of(first) == Mark(str(path), 3, clock)
    assert marks() == [f"{first}.json"]
    if os.name == "posix":
        assert mark_path(first).stat().st_mode & 0o077 == 0
        assert mark_path(first).parent.stat().st_mode & 0o077 == 0


def test_reading_leaves_no_mark(path: Path) -> None:
    mark_path(replica(path)).unlink()
    with opened(path, read_only=True) as database:
        assert people(path) == ["An", "Jo"]
        database.catch_up(NOW)
    with Session(path) as session:
        session.read(lambda connection: connection.execute("SELECT * FROM person").fetchall())
    assert marks() == []


def test_what_is_no_part_of_the_journal_asks_nothing(path: Path) -> None:
    copy = copied(path)
    with opened(copy) as database:
        database.note(lambda connection: connection.execute("DELETE FROM draft"))
        assert database.identity.renamed is None
    assert replica(copy) == replica(path)


def test_through_a_link_it_is_the_same_file(path: Path) -> None:
    link, hard = path.with_name("link.db"), path.with_name("hard.db")
    link.symlink_to(path)
    os.link(path, hard)
    first = replica(path)
    for name, other in (("Els", link), ("Ida", hard), ("Ria", path)):
        assert written(other, name) is None
    assert state(path) == (first, 5)


def test_a_file_that_was_moved_keeps_its_name(path: Path) -> None:
    first = replica(path)
    moved = path.rename(path.with_name("moved.db"))
    assert written(moved, "Els") is None
    assert replica(moved) == first
    found = mark_of(first)
    assert found is not None
    assert found.path == str(moved)


def test_another_file_in_the_old_place_is_no_reason_to_be_a_copy(path: Path) -> None:
    first = replica(path)
    moved = path.rename(path.with_name("moved.db"))
    new_file(path, "Zoe")
    assert written(moved, "Els") is None
    assert replica(moved) == first
    assert replica(path) != first


# ---- copies --------------------------------------------------------------------------------


def test_a_copy_goes_on_under_a_name_of_its_own(path: Path) -> None:
    copy, first = copied(path), replica(path)
    assert written(copy, "Els") == "copied"
    assert written(path, "Ida") is None
    assert state(path) == (first, 3)
    assert replica(copy) != first
    assert state(copy)[1] == 1
    assert written(copy, "Ria") is None
    assert state(copy)[1] == 2
    assert apart(path, copy)
    assert people(copy) == ["An", "Els", "Jo", "Ria"]


def test_the_clock_of_a_copy_goes_on(path: Path) -> None:
    copy = copied(path)
    written(copy, "Els")
    with opened(copy) as database:
        clocks = database.connection.execute("SELECT clock FROM change ORDER BY seq").fetchall()
    assert clocks == sorted(set(clocks))


def test_a_copy_of_a_copy(path: Path) -> None:
    copy = copied(path)
    written(copy, "Els")
    third = copied(copy, "third.db")
    assert written(third, "Ida") == "copied"
    assert written(copy, "Ria") is None
    assert apart(path, copy, third)


def test_the_first_that_is_written_after_the_other_moved_away_keeps_the_name(path: Path) -> None:
    """Where the marked file is gone nobody can tell; then the other one is the copy."""
    copy, first = copied(path), replica(path)
    away = path.rename(path.with_name("away.db"))
    assert written(copy, "Els") is None
    assert written(away, "Ida") == "copied"
    assert replica(copy) == first
    assert apart(copy, away)


def test_a_file_that_came_from_another_computer(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = copied(path)
    with monkeypatch.context() as other:
        other.setenv("XDG_STATE_HOME", str(tmp_path / "other"))
        assert written(copy, "Els") == "copied"
        assert written(copy, "Ria") is None
        assert marks() == [f"{replica(copy)}.json"]
    assert written(path, "Ida") is None
    assert apart(path, copy)


def test_a_copy_that_is_only_tried_stays_as_it_is(path: Path) -> None:
    copy, before = copied(path), marks()
    with opened(copy) as database:
        for _attempt in range(2):
            with pytest.raises(LookupError), database.story():
                raise LookupError
        assert database.identity.renamed is None
        assert marks() == before
        assert replica(copy) == replica(path)
    assert written(copy, "Els") == "copied"
    assert len(marks()) == 2
    assert apart(path, copy)


def test_a_copy_that_is_tried_first_gets_its_name_when_it_is_written(path: Path) -> None:
    copy = copied(path)
    with opened(copy) as database:
        with pytest.raises(LookupError), database.story():
            raise LookupError
        add(database, "Els")
        assert database.identity.renamed == "copied"
    assert apart(path, copy)


def test_what_was_worked_out_before_is_not_taken_for_up_to_date(
    fresh_file: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copyfile(fresh_file, tmp_path / "copy.db"))
    with opened(copy) as database:
        ask = (
            "SELECT (SELECT max(seq) FROM change), (SELECT sequence FROM kept_status),"
            " (SELECT sequence FROM published)"
        )
        length, *worked_out = database.connection.execute(ask).fetchone()
        assert worked_out == [length, length]
        add(database, "Els")
        assert database.identity.renamed == "copied"
        longer, *worked_out = database.connection.execute(ask).fetchone()
        assert longer > length
        assert worked_out == [length, length]


# ---- put back ------------------------------------------------------------------------------


def test_an_old_copy_that_is_put_back(path: Path) -> None:
    old, first = copied(path, "old.db"), replica(path)
    written(path, "Els")
    lost = path.rename(path.with_name("lost.db"))
    shutil.copyfile(old, path)
    assert written(path, "Ida") == "restored"
    assert replica(path) != first
    assert apart(path, lost)


def test_an_old_copy_that_is_written_over_an_open_file(path: Path) -> None:
    old = copied(path, "old.db")
    with opened(path) as database:
        add(database, "Els")
        kept = copied(path, "kept.db")
        shutil.copyfile(old, path)
        # SQLite looks at the change counter in the file, which goes back too: a new page cache.
    with opened(path) as database:
        add(database, "Ida")
        assert database.identity.renamed == "restored"
    assert apart(path, kept)


def test_a_file_that_went_on_elsewhere_as_far(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = copied(path)
    written(path, "Els")
    kept = copied(path, "kept.db")
    with monkeypatch.context() as elsewhere:
        no_state(elsewhere, tmp_path)
        add_person(other, "Ida", NOW + timedelta(hours=1))
    assert state(other) == state(path)
    os.replace(other, path)
    assert written(path, "Ria") == "restored"
    assert entries(path).keys() & entries(kept).keys() == entries(kept).keys()


def test_the_same_file_put_back_is_no_news(path: Path) -> None:
    os.replace(copied(path), path)
    assert written(path, "Els") is None


def test_a_backup_that_is_brought_back(path: Path) -> None:
    backup = back_up(path, "manual", NOW)
    written(path, "Els")
    with opened(path) as database:  # who has the file open all the time
        kept = copied(path, "kept.db")
        restore(path, backup, now=NOW, today=NOW.date(), actor=None)
        add(database, "Ida")
        assert database.identity.renamed is None  # it was said by who brought it back
    assert written(path, "Ria") is None
    assert apart(path, kept)
    found = mark_of(replica(path))
    assert found is not None
    assert (found.path, found.sequence) == (str(path), 3)


@pytest.mark.parametrize("version", range(2, len(STEPS) + 1))
def test_a_backup_of_an_older_version_that_is_brought_back(version: int, tmp_path: Path) -> None:
    """What the upgrade of the copy writes must not have numbers that the file gave out since."""
    path = tmp_path / "plan.db"
    old_file(OLD / f"v{version}.sql", path)
    backup = back_up(path, "upgrade", NOW)
    Session(path).close()
    written(path, "Els")
    kept = copied(path, "kept.db")
    restore(path, backup, now=NOW, today=NOW.date(), actor=None)
    assert apart(path, kept)


# ---- upgraded, repaired, salvaged ----------------------------------------------------------


@pytest.mark.parametrize("version", range(1, len(STEPS) + 1))
def test_an_upgrade_writes_under_a_name_of_its_own(version: int, tmp_path: Path) -> None:
    path, other = tmp_path / "plan.db", tmp_path / "other.db"
    for each in (path, other):
        old_file(OLD / f"v{version}.sql", each)
        Session(each).close()
    assert len({name for name, _sequence in entries(path)}) <= 2
    written(path, "Els")
    written(other, "Ida")
    assert apart(path, other)
    assert written(path, "Ria") is None


def test_what_another_program_did_is_found_in_a_copy(path: Path) -> None:
    copy = copied(path)
    with sqlite3.connect(copy) as connection:
        connection.execute("DROP TRIGGER journal_person_added")
        connection.execute("INSERT INTO person (id, name, role) VALUES ('x', 'Els', 'reader')")
    connection.close()
    with Session(copy) as session:
        assert session.database.identity.renamed == "copied"
    written(path, "Ida")
    assert apart(path, copy)


def test_a_state_that_is_gone_begins_anew(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM journal_state")
    connection.close()
    repair_file(path)
    assert written(path, "Els") is None
    found = mark_of(replica(path))
    assert found is not None
    assert found.sequence == 1
    assert check_file(path).findings == ()


def test_what_was_salvaged_is_a_file_of_its_own(path: Path) -> None:
    target = path.with_name("salvaged.db")
    salvage(path, target, NOW)
    assert written(target, "Els") is None
    assert written(path, "Ida") is None
    assert apart(path, target)


def test_a_name_that_is_the_same_everywhere_is_only_for_the_making(tmp_path: Path) -> None:
    """Two computers have the same demo; what is done in it is not the same."""
    path = tmp_path / "demo.db"
    new_database(path, replica="demo")
    add_person(path, "An")
    assert marks() == []
    assert replica(path) == "demo"
    assert written(path, "Jo") is None
    assert replica(path) != "demo"
    assert written(path, "Els") is None
    assert state(path)[1] == 2


# ---- the folder for state ------------------------------------------------------------------


def test_without_a_folder_for_state_a_file_keeps_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_state(monkeypatch, tmp_path)
    path = new_file(tmp_path / "plan.db", "An", "Jo")
    first = replica(path)
    for name in ("Els", "Ida"):
        assert written(path, name) is None
    assert state(path) == (first, 4)


def test_a_copy_that_is_sure_gets_a_name_even_if_it_cannot_be_remembered(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = copied(path)
    monkeypatch.setattr("socius_tui.store.identity._write", lambda _path, _mark: False)
    assert written(copy, "Els") == "copied"
    second = replica(copy)
    assert written(copy, "Ida") is None
    assert state(copy) == (second, 2)
    assert apart(path, copy)


def test_without_a_home_nothing_is_made(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socius_tui.paths.state_folder", lambda: Path("~/.local/state/socius"))
    monkeypatch.chdir(tmp_path)
    assert written(path, "Els") is None
    assert not (tmp_path / "~").exists()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "9" * 5_000,
        "{}",
        '"x"',
        "[" * 60_000,
        '{"path": 3, "sequence": 1, "clock": 1}',
        "\0" * 100,
    ],
)
def test_a_mark_that_cannot_be_read_is_none(path: Path, content: str) -> None:
    first = replica(path)
    mark_path(first).write_text(content)
    assert mark_of(first) is None
    assert written(path, "Els") == "copied"
    assert written(path, "Ida") is None
    assert apart(path)


def test_a_path_that_is_no_text_can_be_remembered(tmp_path: Path) -> None:
    path = new_file(tmp_path / os.fsdecode(b"pl\xe9n \xf0.db"), "An")
    assert written(path, "Jo") is None
    assert json.loads(mark_path(replica(path)).read_bytes())["path"] == str(path)


# ---- several processes ---------------------------------------------------------------------


def test_two_processes_in_one_file(path: Path) -> None:
    first = replica(path)
    with opened(path) as database:
        add(database, "Els")
        done = python(WRITE, path, "Ida")
        assert done.returncode == 0, done.stderr
        add(database, "Ria")
        assert database.identity.renamed is None
    assert state(path) == (first, 5)
    found = mark_of(first)
    assert found is not None
    assert found.sequence == 5


def test_two_processes_in_one_copy_agree_on_its_name(path: Path) -> None:
    copy = copied(path)
    with opened(copy) as one, opened(copy) as other:
        add(one, "Els")
        add(other, "Ida")
        done = python(WRITE, copy, "Ria")
        assert done.returncode == 0, done.stderr
        add(one, "Zoe")
        assert (one.identity.renamed, other.identity.renamed) == ("copied", None)
    assert state(copy)[1] == 4
    assert apart(path, copy)


@pytest.mark.skipif(os.name != "posix", reason="a process that kills itself at once")
def test_a_mark_that_lags_after_a_kill_is_caught_up(path: Path) -> None:
    first = replica(path)
    done = python(KILLED, path, "Els")
    assert done.returncode == -signal.SIGKILL
    found = mark_of(first)
    assert found is not None
    assert (found.sequence, state(path)) == (2, (first, 3))
    assert written(path, "Ida") is None
    found = mark_of(first)
    assert found is not None
    assert found.sequence == 4


@pytest.mark.skipif(os.name != "posix", reason="a process that kills itself at once")
def test_a_copy_that_is_killed_keeps_its_new_name(path: Path) -> None:
    copy = copied(path)
    done = python(KILLED, copy, "Els")
    assert done.returncode == -signal.SIGKILL
    second, sequence = state(copy)
    assert (second != replica(path), sequence) == (True, 1)
    assert written(copy, "Ida") is None
    assert state(copy) == (second, 2)
    assert apart(path, copy)
