"""A damaged file: every change of what somebody entered is noticed, and almost all is saved."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Final

import pytest

from socius_tui.errors import FileProblem
from socius_tui.services.checking import check_file
from socius_tui.services.repairing import repair_file
from socius_tui.store.salvage import Salvaged, salvage
from tests.torture import times
from tests.torture.damaging import PAGE, WAYS, Cells, cells, damaged, random_page, zero_page
from tests.torture.filling import fill

NOW: Final = datetime(2018, 7, 1, 9, tzinfo=UTC)

#: Damaged files, in parts so that processes can share them.
FILES: Final = times(60, 600)
PARTS: Final = 4

#: Not data of a user: how far the journal is, which another file counts for itself.
_OWN: Final = frozenset(
    # Of the file itself, or worked out again from the rows when it is opened.
    ("journal_state", "measurement_summary", "measurement_stale", "kept_status")
)


@pytest.fixture(scope="session")
def whole_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some 400 pages: a thousand rows and more changes."""
    path = tmp_path_factory.mktemp("whole") / "whole.db"
    fill(path)
    return path


@pytest.fixture(scope="session")
def good(whole_file: Path) -> bytes:
    return whole_file.read_bytes()


@pytest.fixture(scope="session")
def truth(whole_file: Path) -> Cells:
    found = cells(whole_file)
    assert found is not None
    assert sum(map(len, found.values())) > 2_500
    return found


def noticed(path: Path) -> bool:
    """Whether a check says that the file is damaged, or refuses to open it."""
    try:
        return check_file(path).damaged
    except FileProblem:
        return True


def test_a_whole_file_is_not_called_damaged(whole_file: Path) -> None:
    assert check_file(whole_file).findings == ()


@pytest.mark.parametrize("part", range(PARTS))
def test_every_change_of_data_is_noticed(
    part: int, good: bytes, truth: Cells, quick_folder: Path
) -> None:
    path = quick_folder / "bad.db"
    changed, missed = 0, []
    for number in range(part, FILES, PARTS):
        way, data = damaged(good, number)
        path.write_bytes(data)
        before = path.read_bytes()
        found = noticed(path)
        assert path.read_bytes() == before, "a check only reads"
        if cells(path) != truth:
            changed += 1
            if not found:
                missed.append((number, way))
    assert not missed
    assert changed > FILES / PARTS / 3, "most damage hits data, else this proves nothing"


def test_every_way_to_damage_is_tried() -> None:
    assert len({WAYS[number % len(WAYS)] for number in range(FILES)}) == len(set(WAYS))


@pytest.mark.parametrize("number", range(times(4, 60)))
def test_almost_every_row_is_saved_from_bad_pages(
    number: int, good: bytes, truth: Cells, quick_folder: Path
) -> None:
    chance = Random(1_000 + number)
    data = bytearray(good)
    for _page in range(number % 4 + 1):
        chance.choice((zero_page, random_page))(data, chance)
    rows, history, _outcome = saved(bytes(data), truth, quick_folder)
    assert rows >= 0.98
    assert history >= 0.95, "a page of the journal holds changes that are nowhere else"


def saved(
    data: bytes, truth: Cells, folder: Path, page_one: Path | None = None
) -> tuple[float, float, Salvaged]:
    """Salvage; gives the share of rows and of history that came back exactly, and the outcome.

    The new file must be in order, and the damaged one as it was.
    """
    path, target = folder / "bad.db", folder / "saved.db"
    path.write_bytes(data)
    target.unlink(missing_ok=True)
    outcome = salvage(path, target, NOW, page_one)
    assert path.read_bytes() == data
    assert not check_file(target).damaged, check_file(target).findings
    found = cells(target)
    assert found is not None
    journal = {name for name in truth if name.startswith("change")}
    rows = share(found, truth, truth.keys() - journal - _OWN)
    return rows, share(found, truth, journal), outcome


def share(found: Cells, truth: Cells, tables: set[str]) -> float:
    wanted = [(table, row) for table in tables for row in truth[table]]
    there = {(table, row) for table in tables for row in found[table]}
    return sum(each in there for each in wanted) / len(wanted)


def test_a_lost_first_page_loses_no_row(good: bytes, truth: Cells, quick_folder: Path) -> None:
    rows, history, outcome = saved(bytes(PAGE) + good[PAGE:], truth, quick_folder)
    assert outcome.page_one == "new", "the program itself knows what its first page looks like"
    assert (rows, history) == (1, 1)


def test_a_backup_lends_its_first_page(
    good: bytes, whole_file: Path, truth: Cells, quick_folder: Path
) -> None:
    data = bytes(PAGE) + good[PAGE:]
    rows, history, outcome = saved(data, truth, quick_folder, whole_file)
    assert outcome.page_one == "backup"
    assert (rows, history) == (1, 1)


def test_without_any_way_to_the_tables_the_journal_gives_the_rows(
    good: bytes, truth: Cells, quick_folder: Path
) -> None:
    """The first forty pages hold where each table begins; no page says it again."""
    data = b"\xff" * (PAGE * 40) + good[PAGE * 40 :]
    rows, history, outcome = saved(data, truth, quick_folder)
    assert outcome.page_one == "none"
    assert rows > 0.85
    assert history > 0.85


def test_a_file_that_was_cut_off_gives_what_is_in_it(
    good: bytes, truth: Cells, quick_folder: Path
) -> None:
    rows, history, _outcome = saved(good[: len(good) * 4 // 5], truth, quick_folder)
    assert rows > 0.5
    assert history > 0.5


@pytest.mark.parametrize("part", range(PARTS))
def test_a_repair_that_says_it_is_whole_is_right(
    part: int, good: bytes, truth: Cells, quick_folder: Path
) -> None:
    """A repair may not be possible; it never leaves wrong data behind that looks right.

    One damage it cannot tell from an edit: where an entry of the journal itself still reads
    well. It says both values and asks; here nobody looks, so such files are left out.
    """
    for number in range(part, times(12, 160), PARTS):
        _way, data = damaged(good, number)
        path = quick_folder / f"{number}.db"
        path.write_bytes(data)
        try:
            before = check_file(path)
            if any(finding.code.startswith("row.differs") for finding in before.findings):
                continue
            repair_file(path)
            if check_file(path).damaged:
                continue
        except FileProblem:
            continue
        found = cells(path)
        assert found is not None
        assert share(found, truth, truth.keys() - _OWN) == 1, (number, before.findings)


def test_a_damaged_rollback_journal_is_noticed(
    good: bytes, whole_file: Path, truth: Cells, quick_folder: Path
) -> None:
    """SQLite rolls back a write that was broken off with what the journal holds, bad or not."""
    path, before = interrupted(whole_file, quick_folder)
    journal = path.with_name(path.name + "-journal")
    half, pages = path.read_bytes(), journal.read_bytes()
    missed = []
    for number in range(times(5, 80)):
        chance, data = Random(number), bytearray(pages)
        for _flip in range(number and chance.randint(1, 16)):
            data[chance.randrange(64 if number % 4 == 0 else len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(half)
        journal.write_bytes(bytes(data))
        found = noticed(path)
        assert path.read_bytes() == half, "a check only reads"
        assert journal.read_bytes() == bytes(data)
        roll_back(path)
        if cells(path) != before and not found:
            missed.append(number)
        if number == 0:
            assert not found
            assert cells(path) == before
    assert not missed


def interrupted(whole: Path, folder: Path) -> tuple[Path, Cells]:
    """A file of which the power went off in the middle of a write, and what it held before."""
    live, path = folder / "live.db", folder / "half.db"
    shutil.copy(whole, live)
    before = cells(live)
    assert before is not None
    connection = sqlite3.connect(live, isolation_level=None)
    connection.execute("PRAGMA cache_size = 5")  # so that it writes pages before the end
    connection.execute("BEGIN")
    connection.execute("UPDATE visit SET summary = summary || ' x'")
    connection.execute("UPDATE measurement SET note = note || ' y'")
    shutil.copy(live, path)
    shutil.copy(f"{live}-journal", f"{path}-journal")
    connection.execute("ROLLBACK")
    connection.close()
    assert path.read_bytes() != whole.read_bytes()
    return path, before


def roll_back(path: Path) -> None:
    """What SQLite makes of it when the file is opened."""
    connection = sqlite3.connect(path)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        pass
    finally:
        connection.close()
