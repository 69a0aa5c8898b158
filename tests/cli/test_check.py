"""`socius check` at the command line: exit codes, forms, repair, accept, salvage, bad files."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Socius

COMMANDS = (
    ("status", "--all"),
    ("visit", "list"),
    ("organisation", "list"),
    ("progress", "list"),
    ("goal", "show", "OD2.3"),
    ("check",),
)


def edit(path: Path, sql: str) -> None:
    """Change rows past the journal."""
    connection = sqlite3.connect(path)
    connection.executescript(
        f"UPDATE journal_state SET applying = 1; {sql}; UPDATE journal_state SET applying = 0"
    )
    connection.close()


def overwrite(path: Path, offset: int, data: bytes) -> None:
    """Damage a file."""
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(data)


def test_a_whole_file(socius: Socius, fresh: Path) -> None:
    said = socius("check")
    assert said.out.startswith("Nothing is wrong.")
    assert json.loads(socius("check", "--format", "json").out) == []


def test_what_does_not_agree_is_code_1(socius: Socius, fresh: Path) -> None:
    edit(fresh, "SELECT 1")
    connection = sqlite3.connect(fresh)
    connection.execute("UPDATE goal SET code = 'SD1' WHERE code = 'SD2'")
    connection.commit()
    connection.close()
    said = socius("check", "--format", "json", code=1)
    (finding,) = json.loads(said.out)
    assert finding["code"] == "goal.code_twice"
    assert finding["severity"] == "data"
    assert finding["advice"]
    assert "1 finding." in socius("check", code=1).out


def test_damage_is_code_3_and_can_be_repaired(socius: Socius, fresh: Path) -> None:
    edit(fresh, "UPDATE organisation SET note = 'anders' WHERE rowid = 3")
    said = socius("check", code=3)
    assert "anders" in said.out
    refused = socius("check", "--repair", code=2)
    assert "--yes" in refused.err
    done = socius("check", "--repair", "--yes")
    (copy,) = (fresh.parent / "backups").iterdir()
    assert str(copy) in done.out
    assert "1 row was made as the journal has it." in done.out
    assert done.out.rstrip().splitlines()[-1].startswith("Nothing is wrong.")
    assert "Nothing is wrong." in socius("check", "--repair").out


def test_rows_can_be_accepted_instead(socius: Socius, fresh: Path) -> None:
    edit(fresh, "UPDATE organisation SET note = 'anders' WHERE rowid = 3")
    said = socius("check", "--accept", "--yes")
    assert "Taken over by a check" in said.out
    connection = sqlite3.connect(fresh)
    assert connection.execute("SELECT note FROM organisation WHERE rowid = 3").fetchone()[0]
    connection.close()
    socius("check")


def test_salvage_makes_a_new_file(socius: Socius, fresh: Path, tmp_path: Path) -> None:
    whole = shutil.copy(fresh, tmp_path / "whole.db")
    overwrite(fresh, 0, bytes(4096))
    before = fresh.read_bytes()
    target = tmp_path / "saved.db"
    said = socius("check", "--salvage", target, "--page-one", whole, "--format", "csv")
    counts = {row["table"]: int(row["rows"]) for row in csv.DictReader(io.StringIO(said.out))}
    assert counts["organisation"] == 136
    assert fresh.read_bytes() == before
    assert target.stat().st_mode & 0o077 == 0
    socius("check", "--db", target)
    again = socius("check", "--salvage", target, code=3)
    assert "saved.db" in again.err


def test_rows_to_look_at_are_listed_beside_it(socius: Socius, fresh: Path, tmp_path: Path) -> None:
    edit(fresh, "UPDATE organisation SET note = 'anders' WHERE rowid = 3")
    target = tmp_path / "saved.db"
    said = socius("check", "--salvage", target)
    review = tmp_path / "saved.db.review.csv"
    assert str(review) in said.out
    (row,) = csv.DictReader(io.StringIO(review.read_text(encoding="utf-8")))
    assert row["table"] == "organisation"
    assert row["why"] == "journal_taken"
    assert "anders" in row["file"]


def test_nothing_is_made_of_a_file_that_is_not_there(socius: Socius, tmp_path: Path) -> None:
    target = tmp_path / "saved.db"
    said = socius("check", "--db", tmp_path / "no.db", "--salvage", target, code=3)
    assert "There is no database at" in said.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [("--repair", "--accept"), ("--repair", "--salvage", "x"), ("--page-one", "x")],
)
def test_what_does_not_go_together_is_refused(
    arguments: tuple[str, ...], socius: Socius, fresh: Path
) -> None:
    socius("check", *arguments, code=2)


# ---- damaged files, whatever is asked of them


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("damage", ["header", "page size", "schema", "pages", "cut off", "date"])
def test_a_damaged_file_is_a_sentence_that_points_on(
    damage: str, command: tuple[str, ...], socius: Socius, fresh: Path
) -> None:
    size = fresh.stat().st_size
    if damage == "header":
        overwrite(fresh, 0, b"\xff" * 40)
    elif damage == "page size":
        overwrite(fresh, 16, b"\x20\x00")
    elif damage == "schema":
        overwrite(fresh, 110, b"\xfe" * 800)
    elif damage == "pages":
        for page in range(20, size // 4096):
            overwrite(fresh, page * 4096, b"\xc3" * 4096)
    elif damage == "cut off":
        with fresh.open("r+b") as file:
            file.truncate(size // 2)
    else:
        _break_dates(fresh)
        if command[0] in ("visit", "organisation", "progress"):
            pytest.skip("no date of the plan is read")
    said = socius(*command, code=3)
    told = said.err + said.out
    assert "--salvage" in told
    assert "socius restore" in told or damage == "date"


def _break_dates(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data.replace(b"2016-12-31", b"2016-12-3x"))


def test_a_folder_that_vanished_while_it_was_open(fresh: Path, tmp_path: Path) -> None:
    from socius_tui.errors import FileProblem
    from socius_tui.i18n import set_language
    from socius_tui.services.assigning import AddPerson
    from socius_tui.services.session import Session

    set_language("en")
    folder = tmp_path / "stick"
    folder.mkdir()
    path = Path(shutil.copy(fresh, folder / "plan.db"))
    with Session(path) as session:
        shutil.rmtree(folder)
        with pytest.raises(FileProblem) as caught:
            session.write(AddPerson(name="Bo Claes"))
    assert "no longer there" in caught.value.message
