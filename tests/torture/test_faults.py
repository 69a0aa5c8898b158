"""The disk is full, the folder goes away, bytes are flipped: a sentence, and nothing lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from socius_tui.domain.filters import VisitFilter
from socius_tui.errors import EXIT_FILE, Damaged, FileProblem, SociusError
from socius_tui.services.log import visit_log
from socius_tui.services.overview import plan_status
from socius_tui.services.session import Session
from tests.store.test_migrations import everything
from tests.torture import times
from tests.torture.verdict import findings
from tests.torture.working import NOON, make_file, work

posix = pytest.mark.skipif(os.name != "posix", reason="limits and mounts are those of POSIX")


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small plan with some work in it, to be copied."""
    path = tmp_path_factory.mktemp("faults") / "plan.db"
    make_file(path, small=True)
    with Session(path, clock=NOON) as session:
        for operation in islice(work(session, Random("before")), 24):
            session.write(operation)
    return path


def write_until_refused(path: Path, seed: int) -> tuple[list[str], SociusError]:
    """Work until the file says no; gives what was acknowledged and what it said."""
    keys: list[str] = []
    with Session(path, clock=NOON) as session:
        try:
            for operation in work(session, Random(seed)):
                keys.append(str(session.write(operation).key))
        except SociusError as error:
            # It can still be looked at.
            assert plan_status(session).lines
            return keys, error
    raise AssertionError("unreachable")


def says(error: SociusError, path: Path) -> None:
    """It is a sentence of the file that names it and says what to do."""
    assert isinstance(error, FileProblem)
    assert error.exit_code == EXIT_FILE
    assert str(path) in error.message
    assert error.message.endswith(".")
    assert error.hint


# ---- no room -------------------------------------------------------------------------------


@posix
def test_a_file_that_may_not_grow(plan: Path, tmp_path: Path) -> None:
    """A quota: the limit lies at every distance from what is there."""
    import resource

    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    for number in range(times(8, 120)):
        path = Path(shutil.copy(plan, tmp_path / f"{number}.db"))
        room = number * 1711
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + room, usual[1]))
            keys, error = write_until_refused(path, number)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, usual)
        says(error, path)
        assert findings(path, keys) == [], room
        path.unlink()


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of four megabytes; skips where it cannot be had."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(disk: Path, leave: int, name: str = "ballast") -> Path:
    """Fill the disk but for so many bytes."""
    ballast = disk / name
    free = os.statvfs(disk)
    ballast.write_bytes(bytes(free.f_bavail * free.f_frsize - leave))
    return ballast


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() != 0 or shutil.which("mount") is None,
    reason="only root may mount a small disk",
)
def test_a_full_disk(plan: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        for number in range(times(5, 120)):
            path = Path(shutil.copy(plan, disk / "plan.db"))
            ballast = fill(disk, number * 9000)
            keys, error = write_until_refused(path, number)
            says(error, path)
            assert "full" in error.message
            ballast.unlink()
            assert findings(path, keys) == [], number
            path.unlink()
        path = Path(shutil.copy(plan, disk / "plan.db"))
        before = path.read_bytes()
        ballast = fill(disk, 0)
        said = socius(path, "person", "add", "Nobody else")
        assert said.returncode == EXIT_FILE
        assert f"The disk that holds {path} is full; nothing was written." in said.stderr
        assert socius(path, "status").returncode == 0
        assert path.read_bytes() == before


def socius(path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command line, as a person types it."""
    code = "import sys; from socius_tui.cli import main; main(sys.argv[1:])"
    return subprocess.run(
        [sys.executable, "-c", code, "--lang", "en", "--db", str(path), *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )


# ---- what was there goes away --------------------------------------------------------------


def vanish(folder: Path) -> None:
    """The folder gets another name, as a stick that is pulled out."""
    folder.rename(folder.with_name("elsewhere"))


def become_a_file(folder: Path) -> None:
    """And in its place there is a file."""
    vanish(folder)
    folder.write_text("not a folder")


def be_replaced(folder: Path) -> None:
    """The file gets another name and another one has its own, as after restoring a backup."""
    shutil.copytree(folder, folder.with_name("elsewhere"))
    new = Path(shutil.copy(folder / "plan.db", folder / "new.db"))
    new.replace(folder / "plan.db")


@posix
@pytest.mark.parametrize("happens", [vanish, become_a_file, be_replaced])
def test_the_file_goes_away_under_an_open_program(
    plan: Path, tmp_path: Path, happens: Callable[[Path], None]
) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    path = Path(shutil.copy(plan, folder / "plan.db"))
    with Session(path, clock=NOON) as session:
        operations = work(session, Random(1))
        key = str(session.write(next(operations)).key)
        happens(folder)
        with pytest.raises(FileProblem) as caught:
            session.write(next(operations))
    says(caught.value, path)
    assert "no longer there" in caught.value.message
    assert findings(tmp_path / "elsewhere" / "plan.db", [key]) == []


# ---- damage --------------------------------------------------------------------------------


def look(path: Path) -> SociusError | None:
    """Open a file and look at the plan and the log; gives what is said when that cannot be.

    Any other exception is a failure of the test.
    """
    try:
        with Session(path, clock=NOON) as session:
            plan_status(session)
            visit_log(session, VisitFilter())
    except SociusError as error:
        return error
    return None


def test_a_flipped_byte_in_the_header(plan: Path, quick_folder: Path) -> None:
    whole, rows = plan.read_bytes(), everything(plan)
    path = quick_folder / "plan.db"
    refused = 0
    for place in range(0, 100, times(3, 1)):
        for flip in (0x01, 0x80, 0xFF)[: times(1, 3)]:
            content = bytearray(whole)
            content[place] ^= flip
            path.write_bytes(content)
            error = look(path)
            if error is None:
                assert everything(path) == rows or findings(path, ()), place
            else:
                refused += 1
                says(error, path)
    assert refused > 10


def test_a_file_that_was_cut_off(plan: Path, quick_folder: Path) -> None:
    whole, path = plan.read_bytes(), quick_folder / "plan.db"
    for part in range(1, times(20, 200)):
        path.write_bytes(whole[: len(whole) * part // times(20, 200)])
        error = look(path)
        if error is not None:
            says(error, path)
        else:
            assert findings(path, ())


def test_flipped_bytes_in_the_pages(plan: Path, quick_folder: Path) -> None:
    """Whatever stands in a row, looking at it is no crash."""
    chance, path = Random("pages"), quick_folder / "plan.db"
    whole = plan.read_bytes()
    for _number in range(times(40, 1_000)):
        content = bytearray(whole)
        for _byte in range(chance.choice((1, 10, 200))):
            content[chance.randrange(100, len(content))] ^= chance.randint(1, 255)
        path.write_bytes(content)
        error = look(path)
        if error is not None:
            says(error, path)


@pytest.mark.parametrize("day", ["2016-02-30", "2016-0/-14", ""])
def test_a_day_that_cannot_be(plan: Path, quick_folder: Path, day: str) -> None:
    """A flipped byte in a day, past the rules of the schema."""
    path = Path(shutil.copy(plan, quick_folder / "plan.db"))
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute("UPDATE visit SET visited_on = ?", (day,))
    connection.commit()
    connection.close()
    error = look(path)
    assert isinstance(error, Damaged)
    says(error, path)


def test_flipped_bytes_in_the_journal_of_a_write_that_was_cut_off(
    plan: Path, quick_folder: Path
) -> None:
    """SQLite puts back what the journal holds; a byte that is wrong in it is noticed."""
    rows = everything(plan)
    work_path, path = quick_folder / "work.db", quick_folder / "plan.db"
    shutil.copy(plan, work_path)
    writer = sqlite3.connect(work_path, isolation_level=None)
    writer.execute("PRAGMA cache_size = 2")  # so that pages go to the file before the end
    writer.execute("BEGIN")
    writer.execute("UPDATE visit SET summary = private_note || id")
    writer.execute("DELETE FROM organisation_contact")
    whole, journal = work_path.read_bytes(), Path(f"{work_path}-journal").read_bytes()
    writer.execute("ROLLBACK")
    writer.close()
    assert whole != plan.read_bytes()

    def left_behind(content: bytes) -> SociusError | None:
        path.write_bytes(whole)
        Path(f"{path}-journal").write_bytes(content)
        return look(path)

    assert left_behind(journal) is None
    assert everything(path) == rows
    chance = Random("journal")
    for _number in range(times(6, 1_000)):
        content = bytearray(journal)
        for _byte in range(chance.choice((1, 10, 200))):
            content[chance.randrange(len(content))] ^= chance.randint(1, 255)
        error = left_behind(bytes(content))
        if error is not None:
            says(error, path)
        elif not findings(path, ()):
            assert everything(path) == rows
        Path(f"{path}-journal").unlink(missing_ok=True)
