"""Opening and making the file: what is refused, how it is protected, what is set."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from socius_tui.errors import Busy, FileProblem, ReadOnly
from socius_tui.store import driver
from socius_tui.store.schema import new_database
from socius_tui.store.unit_of_work import Database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An empty database of the current version."""
    path = tmp_path / "data" / "plan.db"
    new_database(path)
    return path


def test_a_new_file_is_private(path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [p.name for p in path.parent.iterdir()] == ["plan.db"]


def test_a_new_file_knows_what_it_is(path: Path) -> None:
    connection, read_only = driver.open_file(path)
    assert not read_only
    found = {
        name: connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in (
            "application_id",
            "user_version",
            "journal_mode",
            "synchronous",
            "foreign_keys",
            "trusted_schema",
            "secure_delete",
        )
    }
    connection.close()
    assert found == {
        "application_id": driver.APPLICATION_ID,
        "user_version": driver.SCHEMA_VERSION,
        "journal_mode": "delete",
        "synchronous": 3,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "secure_delete": 1,
    }


def test_every_table_but_search_is_strict(path: Path) -> None:
    connection, _ = driver.open_file(path)
    loose = connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND strict = 0 AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    connection.close()
    assert loose == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"not a database at all" * 20, "is not a database"),
        (b"SQLite format 3\x00short", "is not a database"),
        (b"PK\x03\x04" + b"\0" * 200, "is not a database"),
    ],
    ids=["empty", "text", "cut off", "zip"],
)
def test_what_is_not_a_database_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "file.db"
    path.write_bytes(content)
    with pytest.raises(FileProblem) as caught:
        driver.open_file(path)
    assert str(path) in caught.value.message
    assert words in caught.value.message
    assert caught.value.hint
    assert path.read_bytes() == content


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(FileProblem) as caught:
        driver.open_file(tmp_path / "nothing.db")
    assert "socius init" in caught.value.hint
    assert not (tmp_path / "nothing.db").exists()


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="folder"):
        driver.open_file(tmp_path)


def test_a_path_with_a_nul_is_refused() -> None:
    with pytest.raises(FileProblem):
        driver.open_file(Path("a\0b"))


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (x)")
    with pytest.raises(FileProblem, match="another program"):
        driver.open_file(path)


def test_a_newer_file_names_the_version_that_is_needed(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(FileProblem) as caught:
        driver.open_file(path)
    assert "99" in caught.value.message
    assert "99" in caught.value.hint
    assert path.read_bytes() == before


def test_an_existing_file_is_never_replaced(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(FileProblem, match="exists already"):
        new_database(path)
    assert path.read_bytes() == before


def test_a_symlink_is_never_followed_when_making_a_file(tmp_path: Path) -> None:
    target = tmp_path / "elsewhere.txt"
    link = tmp_path / "plan.db"
    link.symlink_to(target)
    with pytest.raises(FileProblem):
        new_database(link)
    assert not target.exists()


def test_a_path_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(FileProblem):
        new_database(tmp_path / "file" / "plan.db")


_AS_NOBODY = """
import os, sys, urllib.parse
from datetime import UTC, date, datetime
from pathlib import Path
from socius_tui.errors import ReadOnly
from socius_tui.i18n import _
from socius_tui.store.unit_of_work import Database
_("loads the catalog while it can be read")
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
database = Database(Path(sys.argv[1]))
assert database.read_only
assert database.read(lambda c: c.execute("SELECT count(*) FROM goal").fetchone()) == (0,)
try:
    database.write(lambda t: t.insert("person", {"name": "x", "role": "reader"}),
                   today=date(2016, 1, 1), now=datetime.now(UTC), actor=None)
except ReadOnly as error:
    print(error.message)
"""


@pytest.mark.parametrize("what", ["file", "folder"])
def test_read_only_is_for_looking_only(tmp_path: Path, what: str) -> None:
    # Rights do not bind root, so another user looks; pytest keeps its own folders private.
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "shared"
        Path(name).chmod(0o755)
        folder.mkdir(mode=0o755)
        path = folder / "plan.db"
        new_database(path)
        path.chmod(0o444)
        folder.chmod(0o755 if what == "file" else 0o555)
        source = str(Path(driver.__file__).parents[2])
        done = subprocess.run(
            [sys.executable, "-c", _AS_NOBODY, str(path)],
            env={**os.environ, "PYTHONPATH": source},
            capture_output=True,
            text=True,
            check=False,
        )
        folder.chmod(0o755)
    assert done.returncode == 0, done.stderr
    assert str(path) in done.stdout


def test_a_locked_file_is_said_to_be_in_use(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Database, "patience", 0.05)
    database = Database(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Busy) as caught:
        database.read(lambda connection: connection.execute("SELECT 1 FROM goal").fetchall())
    other.execute("ROLLBACK")
    other.close()
    database.close()
    assert str(path) in caught.value.message


def test_read_only_is_an_error_of_the_file() -> None:
    assert ReadOnly("x").exit_code == 3
