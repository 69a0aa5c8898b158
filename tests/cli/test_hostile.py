"""Text that breaks programs, through the commands: shown as it is, and never carried out."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from socius_tui.domain.text import clean, restore_formula
from tests.cli.conftest import Socius
from tests.hostile import ACCEPTED, HOSTILE, REFUSED, SHORT_HOSTILE, Hostile, raw_signatures_in

UNKNOWN = "qqqqqqqqqqqqqqqqqqqq"
NOTES = tuple(h for h in HOSTILE if h.refused_by is None or not h.refused_in_note)


def safe(*texts: str) -> None:
    for text in texts:
        assert not raw_signatures_in(text.encode("utf-8"))


def prints(text: str) -> str:
    """A text as a list shows it, without the line ends that a table adds."""
    return " ".join(clean(text).split())


def test_notes_come_back_as_they_went_in(fresh: Path, socius: Socius, tmp_path: Path) -> None:
    stored = {}
    for number, hostile in enumerate(NOTES):
        day = date(2016, 1, 1) + timedelta(days=number)
        said = socius("visit", "add", "VER-01", "--date", day, f"--note={hostile.text}")
        safe(said.out, said.err)
        whole = hostile.stored if hostile.refused_by != "text.empty" else hostile.stored.strip()
        stored[day.isoformat()] = (hostile, whole)
    out = socius("visit", "list", "--format", "json").out
    safe(out, socius("organisation", "show", "VER-01").out)
    found = {visit["date"]: visit["summary"] or "" for visit in json.loads(out)}
    assert found == {day: whole for day, (_hostile, whole) in stored.items()}
    for form in ("table", "markdown", "csv"):
        safe(socius("visit", "list", "--format", form).out)
    for excel in ((), ("--excel",)):
        file = tmp_path / "visits.csv"
        socius("export", "visits", file, "--force", *excel)
        safe(file.read_text(encoding="utf-8-sig"))
        with file.open(encoding="utf-8-sig", newline="") as opened:
            rows = list(csv.DictReader(opened, delimiter=";" if excel else ","))
        assert len(rows) == len(stored)
        for row in rows:
            hostile, whole = stored[row["date"]]
            assert restore_formula(row["summary"]) == whole, hostile.name
            if hostile.formula and whole:
                assert row["summary"].startswith("'"), hostile.name


@pytest.mark.parametrize("hostile", REFUSED, ids=lambda h: h.name)
def test_what_is_refused_leaves_no_trace(fresh: Path, socius: Socius, hostile: Hostile) -> None:
    before = fresh.read_bytes()
    said = socius("person", "add", "--", hostile.text, code=2)
    safe(said.err)
    assert said.out == ""
    assert fresh.read_bytes() == before


@pytest.mark.parametrize("hostile", SHORT_HOSTILE, ids=lambda h: h.name)
def test_as_a_name_a_code_a_date_a_number(fresh: Path, socius: Socius, hostile: Hostile) -> None:
    """Whatever it is, it names nothing: a sentence, and no byte of it comes out raw."""
    before = fresh.read_bytes()
    for arguments in (
        ("visit", "add", "--date", "1/6/2016", "--", UNKNOWN + hostile.text),
        ("visit", "add", "VER-01", "--date=x" + hostile.text),
        ("progress", "add", "--date", "1/6/2016", "--", "OD1.1-c", "x" + hostile.text),
        ("explain", "--", UNKNOWN + hostile.text),
        ("visit", "done", "--", UNKNOWN + hostile.text),
        ("status", "--as-of=x" + hostile.text),
        (UNKNOWN + hostile.text,),
        ("status", "--format=x" + hostile.text),
        ("status", "--zz" + hostile.text),
    ):
        said = run_any(socius, *arguments)
        safe(said)
        assert "Error" in said
    assert fresh.read_bytes() == before


def run_any(socius: Socius, *arguments: str) -> str:
    """A command line that must fail in words, with code 1 or 2."""
    try:
        return socius(*arguments, code=2).err
    except AssertionError:
        return socius(*arguments, code=1).err


@pytest.fixture
def full(fresh: Path, socius: Socius) -> Path:
    """A file with all accepted texts in names, tags, notes, promises and stories."""
    names = [h for h in ACCEPTED if len(h.text) <= 60]
    for number, hostile in enumerate(names):
        day = f"{number % 28 + 1}/{number // 28 % 6 + 1}/2016"
        socius(
            "visit", "add", f"VER-{number % 57 + 1:02d}", f"--date={day}",
            f"--need={hostile.text}", f"--met={hostile.text}", f"--note={hostile.text}",
            f"--follow-up={hostile.text}", f"--private-note={hostile.text}",
        )  # fmt: skip
        socius("person", "add", "--", f"{hostile.text} {number}")
    long = next(h for h in ACCEPTED if len(h.text) == 10_000)
    socius("progress", "add", "OD1.1-c", "5", "--date=1/6/2016", f"--note={long.text}")
    socius("narrative", "write", "OD1.1", "--year=2016", "--happened=[/] :bomb: =1+1")
    return fresh


def test_every_list_and_export_of_a_file_full_of_it(
    full: Path, socius: Socius, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for command in (
        ("visit", "list"),
        ("followup", "list"),
        ("progress", "list"),
        ("person", "list"),
        ("organisation", "list"),
        ("status",),
    ):
        for form in ("table", "csv", "json", "markdown"):
            said = socius(*command, "--format", form)
            safe(said.out, said.err)
    for show in (("goal", "show", "OD1.1"), ("organisation", "show", "VER-01")):
        safe(socius(*show).out)
    for what in ("visits", "measurements", "organisations", "status"):
        for excel in ((), ("--excel",)):
            file = tmp_path / "out.csv"
            socius("export", what, file, "--force", *excel)
            text = file.read_text(encoding="utf-8-sig")
            safe(text)
            separator = ";" if excel else ","
            for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
                for cell in cells:
                    number = cell.replace(",", ".").replace("-", "", 1).replace(".", "", 1)
                    assert number.isdigit() or not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_the_private_note_and_who_was_met_are_in_no_export(
    fresh: Path, socius: Socius, tmp_path: Path
) -> None:
    socius(
        "visit", "add", "VER-01", "--date=1/6/2016", "--private-note=GEHEIM", "--met=Jo Geheimens"
    )
    for form in ("table", "csv", "json", "markdown"):
        assert "eheim" not in socius("visit", "list", "--format", form).out.lower()
    file = tmp_path / "visits.csv"
    socius("export", "visits", file)
    assert "eheim" not in file.read_text(encoding="utf-8").lower()
