"""The file and the disk say no: a sentence, code 3, nothing half written, nothing left behind."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from socius_tui.store import driver
from socius_tui.store.unit_of_work import Database
from tests.cli.conftest import Said, Socius

START = "import sys; from socius_tui.cli import main; main(sys.argv[1:])"

# Once as we are, so that every module is loaded; then as somebody without rights.
AS_NOBODY = """
import difflib, os, sys, urllib.parse
from socius_tui.cli.run import run
out, sys.stdout = sys.stdout, open(os.devnull, "w")
run(["--db", sys.argv[1], *sys.argv[3:]])
sys.stdout = out
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
sys.exit(run(["--db", sys.argv[2], *sys.argv[3:]]))
"""

# A file may grow to so many bytes, and not one more.
FULL_DISK = """
import resource, sys
from socius_tui.cli.run import run
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
sys.exit(run(sys.argv[2:]))
"""


def python(code: str, *arguments: object) -> Said:
    """Run a process of its own, in English."""
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        env={**os.environ, "LANG": "en_GB.UTF-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Said(done.returncode, done.stdout, done.stderr)


def only(folder: Path, *names: str) -> None:
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)


# ---- the database --------------------------------------------------------------------------


def test_no_file_yet(socius: Socius, tmp_path: Path) -> None:
    said = socius("--db", tmp_path / "none.db", "status", code=3)
    assert "none.db" in said.err
    assert "socius init" in said.err
    assert "socius init" in socius("--db", tmp_path / "none.db", code=3).err
    only(tmp_path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"Beste collega,\nhierbij het plan.\n", "not a database"),
        (b"SQLite format 3\x00", "not a database"),
        (b"\x00" * 5000, "not a database"),
    ],
)
def test_a_file_that_is_no_database(
    socius: Socius, tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "plan.db"
    path.write_bytes(content)
    for command in (
        ("status",),
        ("visit", "add", "VER-01", "--date", "-1"),
        ("export", "status", tmp_path / "out.csv"),
        (),
    ):
        said = socius("--db", path, *command, code=3)
        assert words in said.err
        assert "Tip:" in said.err
    assert path.read_bytes() == content
    only(tmp_path, "plan.db")


def test_a_folder_and_a_database_of_another_program(socius: Socius, tmp_path: Path) -> None:
    assert "a folder" in socius("--db", tmp_path, "status", code=3).err
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()
    assert "another program" in socius("--db", other, "status", code=3).err


def test_a_newer_file_says_which_version_is_needed(demo: Path, socius: Socius) -> None:
    with sqlite3.connect(demo) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = demo.read_bytes()
    said = socius("status", code=3)
    assert "newer version" in said.err
    assert "99" in said.err
    assert demo.read_bytes() == before


def test_a_damaged_file(demo: Path, socius: Socius) -> None:
    content = bytearray(demo.read_bytes())
    content[200 : len(content) - 5000] = b"\xff" * (len(content) - 5200)
    demo.write_bytes(content)
    said = socius("status", code=3)
    assert "demo.db" in said.err
    assert demo.read_bytes() == content


def test_a_locked_file(demo: Path, socius: Socius, monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits no longer than it has patience, then says who to look at."""
    monkeypatch.setattr(driver, "BUSY_SECONDS", 0.05)
    monkeypatch.setattr(Database, "patience", 0.05)
    before = demo.read_bytes()
    holder = sqlite3.connect(demo, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        said = socius("visit", "add", "VER-01", "--date", "-1", code=3)
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    assert "in use by another program" in said.err
    assert demo.read_bytes() == before


@pytest.fixture
def shared(demo_file: Path) -> Iterator[Path]:
    """A folder that everybody may enter, with a copy of the demo in it."""
    folder = Path(tempfile.mkdtemp(prefix="socius-test-"))
    shutil.copy(demo_file, folder / "demo.db")
    shutil.copy(demo_file, folder / "own.db")
    folder.chmod(0o777)
    yield folder
    folder.chmod(0o700)
    shutil.rmtree(folder)


needs_rights = pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")


@needs_rights
def test_a_read_only_file_can_be_read_and_not_written(shared: Path) -> None:
    path = shared / "demo.db"
    path.chmod(0o444)
    before = path.read_bytes()
    said = python(AS_NOBODY, shared / "own.db", path, "status")
    assert said.code == 0
    assert "SD1" in said.out
    said = python(AS_NOBODY, shared / "own.db", path, "visit", "add", "VER-01", "--date", "-1")
    assert said.code == 3
    assert "reading only" in said.err
    assert path.read_bytes() == before
    only(shared, "demo.db", "own.db")


@needs_rights
def test_a_read_only_folder(shared: Path) -> None:
    path = shared / "demo.db"
    path.chmod(0o666)
    shared.chmod(0o555)
    before = path.read_bytes()
    assert python(AS_NOBODY, shared / "own.db", path, "status").code == 0
    said = python(AS_NOBODY, shared / "own.db", path, "person", "add", "Jo Maes")
    assert said.code == 3
    assert "nothing was changed" in said.err
    said = python(AS_NOBODY, shared / "own.db", shared / "new.db", "init")
    assert said.code == 3
    assert "new.db" in said.err
    shared.chmod(0o755)
    assert path.read_bytes() == before
    assert not (shared / "new.db").exists()


@needs_rights
def test_a_file_that_may_not_be_read(shared: Path) -> None:
    path = shared / "demo.db"
    path.chmod(0o000)
    said = python(AS_NOBODY, shared / "own.db", path, "status")
    assert said.code == 3
    assert "cannot be read" in said.err
    path.chmod(0o600)


@needs_rights
def test_an_export_into_a_folder_of_somebody_else(shared: Path, tmp_path: Path) -> None:
    (shared / "theirs").mkdir(mode=0o755)
    (shared / "demo.db").chmod(0o444)
    said = python(
        AS_NOBODY, shared / "own.db", shared / "demo.db", "export", "status",
        shared / "theirs" / "status.csv", "--force",
    )  # fmt: skip
    if os.getuid() == 0:
        assert said.code == 3
        assert "cannot be written" in said.err


@needs_rights
def test_a_full_disk_while_writing(demo: Path, tmp_path: Path) -> None:
    before = demo.read_bytes()
    note = "x" * 19_000
    room = demo.stat().st_size  # the journal still fits, the new pages do not
    said = python(
        FULL_DISK, room, "--db", demo, "visit", "add", "VER-01", "--date", "-1", "--note", note
    )
    assert said.code == 3
    assert "nothing was written" in said.err or "cannot be" in said.err
    after = sqlite3.connect(demo)
    assert after.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert after.execute("SELECT count(*) FROM visit WHERE length(summary) > 15000").fetchone() == (
        0,
    )
    after.close()
    assert demo.read_bytes() == before


@needs_rights
def test_a_full_disk_while_exporting(demo: Path, tmp_path: Path) -> None:
    target = tmp_path / "visits.csv"
    said = python(FULL_DISK, 2000, "--db", demo, "export", "visits", target)
    assert said.code == 3
    assert "full" in said.err
    target.write_text("old", encoding="utf-8")
    said = python(FULL_DISK, 2000, "--db", demo, "export", "visits", target, "--force")
    assert said.code == 3
    assert target.read_text(encoding="utf-8") == "old"
    only(tmp_path, "demo.db", "visits.csv")


@needs_rights
def test_a_full_disk_while_making_a_file(tmp_path: Path) -> None:
    said = python(FULL_DISK, 50_000, "--db", tmp_path / "new.db", "init")
    assert said.code == 3
    only(tmp_path)


# ---- exports -------------------------------------------------------------------------------


def test_an_export_replaces_only_with_force(demo: Path, socius: Socius, tmp_path: Path) -> None:
    target = tmp_path / "status.csv"
    target.write_text("old", encoding="utf-8")
    said = socius("export", "status", target, code=3)
    assert "exists already" in said.err
    assert "--force" in said.err
    assert target.read_text(encoding="utf-8") == "old"
    socius("export", "status", target, "--force")
    assert target.read_text(encoding="utf-8").startswith("code,level,title")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    only(tmp_path, "demo.db", "status.csv")


def test_what_a_killed_export_left_is_not_in_the_way(
    demo: Path, socius: Socius, tmp_path: Path
) -> None:
    left = tmp_path / f".socius-{os.getpid()}.part"
    left.write_text("half", encoding="utf-8")
    socius("export", "status", tmp_path / "status.csv")
    assert left.read_text(encoding="utf-8") == "half"
    only(tmp_path, "demo.db", "status.csv", left.name)


def test_an_export_replaces_a_link_and_not_what_it_points_to(
    demo: Path, socius: Socius, tmp_path: Path
) -> None:
    victim = tmp_path / "victim.txt"
    victim.write_text("precious", encoding="utf-8")
    link = tmp_path / "status.csv"
    link.symlink_to(victim)
    socius("export", "status", link, code=3)
    assert link.is_symlink()
    socius("export", "status", link, "--force")
    assert not link.is_symlink()
    assert victim.read_text(encoding="utf-8") == "precious"
    dangling = tmp_path / "dangling.csv"
    dangling.symlink_to(tmp_path / "nowhere.csv")
    assert "exists" in socius("export", "status", dangling, code=3).err
    socius("export", "status", dangling, "--force")
    assert not (tmp_path / "nowhere.csv").exists()


def test_an_export_to_what_is_no_file(demo: Path, socius: Socius, tmp_path: Path) -> None:
    assert "a folder" in socius("export", "status", tmp_path, "--force", code=3).err
    missing = tmp_path / "none" / "status.csv"
    assert "There is no folder" in socius("export", "status", missing, code=3).err
    below_a_file = demo / "status.csv"
    assert socius("export", "status", below_a_file, code=3).err
    assert socius("export", "status", tmp_path / ("x" * 300), code=3).err
    assert socius("export", "status", "", code=3).err
    assert socius("export", "status", tmp_path / "a\0b", code=2).err
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        assert (
            "not an ordinary file"
            in socius("export", "status", tmp_path / "pipe", "--force", code=3).err
        )
        (tmp_path / "pipe").unlink()
    only(tmp_path, "demo.db")


def test_an_export_to_the_screen(demo: Path, socius: Socius) -> None:
    out = socius("export", "status", "-").out
    assert out == socius("status", "--format", "csv").out
    assert socius("export", "status", "-", "--excel").out.startswith("\ufeffcode;level;")


def test_a_workbook_is_not_for_the_screen(
    demo: Path, socius: Socius, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = socius("export", "workbook", "-", code=2)
    assert said.out == ""
    assert said.err == (
        "Error: -: a workbook is not for the screen\nTip: Give the name of a file.\n"
    )
    only(tmp_path, "demo.db")


# ---- the streams ---------------------------------------------------------------------------


def test_a_reader_that_leaves_early(demo: Path) -> None:
    """`socius … | head -1`: no word about it."""
    process = subprocess.Popen(
        [sys.executable, "-c", START, "--db", str(demo), "visit", "list", "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(1)
    process.stdout.close()
    error = process.stderr.read()
    process.stderr.close()
    assert process.wait(60) == 0
    assert error == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_stdout_on_a_full_disk(demo: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", START, "--db", str(demo), "--lang", "en", "status"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert done.returncode == 3
    assert "disk says no" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="closes a stream as a shell does")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_a_stream_that_was_closed_is_one_that_nobody_reads(
    demo: Path, tmp_path: Path, closed: str
) -> None:
    target = tmp_path / "status.csv"
    for arguments, code in (
        (["status"], 0),
        (["export", "status", str(target)], 0),
        (["export", "status", "-"], 0),
        (["export", "status", str(target)], 3),  # it is there already
    ):
        done = subprocess.run(
            ["sh", "-c", f'exec "$@" {closed}', "sh", sys.executable, "-c", START,
             "--db", str(demo), "--lang", "en", *arguments],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
        )  # fmt: skip
        assert done.returncode == code, done.stderr
        assert "mistake in the program" not in done.stderr
        assert bool(done.stderr) == (code == 3 and closed == ">&-")
    assert target.read_text(encoding="utf-8").startswith("code,level,title")


def test_an_argument_that_is_no_utf8(demo: Path) -> None:
    before = demo.read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", START, "--db", str(demo), "visit", "add", "VER-01", "--date", "-1",
         "--note", b"Gen\xe8ve"],
        capture_output=True,
    )  # fmt: skip
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert b"\xe8" not in done.stderr
    assert demo.read_bytes() == before


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_any_encoding_of_the_terminal(demo: Path, encoding: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", START, "--db", str(demo), "status"],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr
    assert b"SD1" in done.stdout


def test_ctrl_c_ends_quietly(demo: Path) -> None:
    code = (
        "import sys, socius_tui.services.overview as o\n"
        "def stop(*_): raise KeyboardInterrupt\n"
        "o.plan_status = stop\n" + START
    )
    said = python(code, "--db", demo, "status")
    assert (said.code, said.out, said.err) == (130, "", "")


def test_a_mistake_of_ours_is_a_sentence_with_its_place(demo: Path) -> None:
    code = (
        "import socius_tui.services.overview as o\n"
        "def fail(*_): raise KeyError('x')\n"
        "o.plan_status = fail\n" + START
    )
    said = python(code, "--db", demo, "status")
    assert said.code == 1
    assert "KeyError in showing.py:" in said.err
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-c", code, "--db", str(demo), "status"],
        capture_output=True,
        text=True,
    )
    assert "Traceback" in done.stderr  # for who asks for it
