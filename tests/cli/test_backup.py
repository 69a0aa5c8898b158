"""`socius backup` and `socius restore`, as they are typed."""

from __future__ import annotations

import json
import os
import pty
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Socius
from tests.cli.test_files import START


def files(path: Path) -> list[Path]:
    """The backups of a file."""
    folder = path.parent / "backups"
    return sorted(folder.glob("*.db")) if folder.exists() else []


def spoil(path: Path) -> None:
    """Turn a byte in the middle over."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_a_backup_is_made_listed_and_verified(fresh: Path, socius: Socius) -> None:
    assert "No backup of this file" in socius("backup", "--list").out
    said = socius("backup")
    (made,) = files(fresh)
    assert str(made) in said.out
    assert "MB" in said.out
    assert "asked for" in socius("backup", "--list").out
    assert socius("backup", "--verify").out == "1 backup of 1 is whole.\n"
    (row,) = json.loads(socius("backup", "--list", "--format", "json").out)
    assert row["name"] == made.name
    assert row["whole"] == "yes"
    assert row["size"] == made.stat().st_size


def test_a_damaged_backup_is_found_and_refused(fresh: Path, socius: Socius) -> None:
    socius("backup")
    socius("backup")
    before = fresh.read_bytes()
    spoil(files(fresh)[1])
    said = socius("backup", "--verify", code=3)
    assert files(fresh)[1].name in said.out
    assert "1 backup of 2 is whole." in said.out
    listed = socius("backup", "--list").out.splitlines()
    assert listed[2].split()[-1] == "NO"
    assert listed[3].split()[-1] == "yes"
    assert "not whole" in socius("restore", "latest", "--yes", code=3).err
    assert fresh.read_bytes() == before


def test_one_is_made_by_itself_after_a_command_that_wrote(fresh: Path, socius: Socius) -> None:
    socius("person", "list")
    assert files(fresh) == []
    said = socius("person", "add", "Jo Maes")
    assert said.out == "Jo Maes added\n"
    (made,) = files(fresh)
    assert made.stem.endswith("-automatic")
    with sqlite3.connect(made) as connection:
        assert connection.execute("SELECT count(*) FROM person").fetchone() == (2,)
    connection.close()
    socius("person", "add", "Els Maes")
    assert files(fresh) == [made]


def test_that_none_could_be_made_changes_nothing_of_the_answer(fresh: Path, socius: Socius) -> None:
    (fresh.parent / "backups").write_text("in the way")
    said = socius("person", "add", "Jo Maes")
    assert said.out == "Jo Maes added\n"
    assert "No backup was made" in said.err


def test_a_demo_makes_none(demo: Path, socius: Socius) -> None:
    socius("visit", "add", "VER-01", "--date", "2018-06-01")
    assert files(demo) == []


def test_there_and_back_again(fresh: Path, socius: Socius) -> None:
    socius("backup")
    socius("person", "add", "Jo Maes")
    listed = socius("restore").out
    assert "asked for" in listed
    said = socius("restore", "1", "--yes").out
    assert "1 change since then will be gone" in said
    assert "--undo" in said
    assert "Jo Maes" not in socius("person", "list").out
    socius("restore", "--undo", "--yes")
    assert "Jo Maes" in socius("person", "list").out


def test_nobody_to_ask_means_nothing_is_done(fresh: Path, socius: Socius) -> None:
    socius("backup")
    before = fresh.read_bytes()
    assert "--yes" in socius("restore", "latest", code=2).err
    assert fresh.read_bytes() == before
    assert "--undo" in socius("restore", "latest", "--undo", code=2).err
    assert "nothing to undo" in socius("restore", "--undo", code=1).err
    assert "no backup" in socius("restore", "7", code=1).err


@pytest.mark.parametrize(("answer", "gone"), [("y", True), ("", False), ("n", False)])
def test_somebody_is_asked(fresh: Path, socius: Socius, answer: str, gone: bool) -> None:
    socius("backup")
    socius("person", "add", "Jo Maes")
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "w") as keyboard:
        keyboard.write(f"{answer}\n")
        keyboard.flush()
        done = subprocess.run(
            [sys.executable, "-c", START, "--lang", "en", "restore", "latest"],
            stdin=theirs,
            capture_output=True,
            text=True,
        )
    os.close(theirs)
    assert "Bring this backup back? [y/N]" in done.stdout
    assert done.returncode == (0 if gone else 1), done.stderr
    assert ("Jo Maes" not in socius("person", "list").out) is gone


@pytest.mark.parametrize("content", [b"", b"not a database " * 50])
def test_a_file_that_cannot_be_opened_says_how_to_get_it_back(
    fresh: Path, socius: Socius, content: bytes
) -> None:
    socius("backup")
    fresh.write_bytes(content)
    assert "socius restore" in socius("status", code=3).err
    said = socius("restore", "latest", "--yes").out
    assert "damaged" in said
    assert "An Peeters" in socius("person", "list").out


def test_a_file_that_is_gone_comes_back(fresh: Path, socius: Socius) -> None:
    socius("backup")
    fresh.unlink()
    assert "socius restore" in socius("status", code=3).err
    socius("restore", "latest", "--yes")
    assert "An Peeters" in socius("person", "list").out
