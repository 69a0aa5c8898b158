"""`socius history` and its export: each form, filters, what is never printed, any text."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from socius_tui.cli.commands.history import KINDS
from socius_tui.services import history
from tests.cli.conftest import Socius
from tests.hostile import HOSTILE, raw_signatures_in

FORMS = ("table", "csv", "json", "markdown")


def test_the_kinds_are_those_of_the_service() -> None:
    assert tuple(history.KINDS) == KINDS


def test_a_table_has_a_line_for_each_change(demo: Path, socius: Socius) -> None:
    lines = socius("history").out.splitlines()
    assert lines[0].split() == ["When", "Who", "What", "From", "→", "to"]
    assert any(line.split()[:4:2] == ["27/06/2018,", "Dries"] for line in lines)
    assert lines[-1] == "685 older ones: --limit shows more."
    assert socius("history", "--limit", "3", "OD1.1-c").out.endswith(
        "8 older ones: --limit shows more.\n"
    )


def test_full_has_every_column(demo: Path, socius: Socius) -> None:
    out = socius("history", "VER-01", "--full").out
    assert "visit to Vereniging 01 (voorbeeld) of 23/05/2017: added" in out
    assert "  municipality: Voorbeeldgemeente 01" in out
    assert "Vereniging 02" not in out


@pytest.mark.parametrize("language", ["nl", "en"])
def test_filters(demo: Path, socius: Socius, language: str) -> None:
    rows = json.loads(
        socius(
            "history", "--person", "Amber", "--kind", "visits", "--since", "1/1/2017",
            "--until", "31/3/2017", "--format", "json", "--lang", language,
        ).out
    )  # fmt: skip
    assert rows
    assert {row["who"] for row in rows} == {"Amber Voorbeeld"}
    assert {row["moment"][:7] for row in rows} <= {"2017-01", "2017-02", "2017-03"}
    assert "visit" in {row["kind"] for row in rows}
    assert socius("history", "--as-of", "1/1/2016", "--format", "csv").out.count("\n") > 100


def test_wrong_use_is_said(demo: Path, socius: Socius) -> None:
    assert "zzzz" in socius("history", "zzzz", code=1).err
    assert "--kind" in socius("history", "--kind", "zzzz", code=2).err
    assert "zzzz" in socius("history", "--person", "zzzz", code=1).err
    assert "--since" in socius("history", "--since", "zzzz", code=2).err


def test_the_export_is_what_the_command_prints(demo: Path, socius: Socius, tmp_path: Path) -> None:
    file = tmp_path / "history.csv"
    socius("export", "history", file)
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert rows == list(csv.DictReader(io.StringIO(socius("history", "--format", "csv").out)))
    assert len({row["entry"] for row in rows}) == 735


def test_private_texts_are_never_printed(fresh: Path, socius: Socius) -> None:
    note = ("--private-note", "GEHEIM", "--met", "Griet Geheim")
    socius("visit", "add", "VER-01", "--date", "1/6/2016", *note)
    socius("visit", "edit", "VER-01", "--private-note", "NOG GEHEIMER")
    for form in FORMS:
        out = socius("history", "--format", form).out + socius("history", "VER-01", "--full").out
        assert "GEHEIM" not in out.upper()
    assert "private note: (changed)" in socius("history", "--limit", "1").out


def test_any_text_stays_text(fresh: Path, socius: Socius) -> None:
    for hostile in HOSTILE[::3]:
        if hostile.refused_by is None:
            socius("visit", "add", "VER-01", "--date", "1/6/2016", f"--note={hostile.text}")
    for arguments in (("--full",), *(("--format", form) for form in FORMS)):
        said = socius("history", *arguments)
        assert not raw_signatures_in(said.out.encode("utf-8"))
    for hostile in HOSTILE[::8]:
        for option in ("--text", "--person"):
            said = socius(
                "history", f"{option}={hostile.text}", code=0 if option == "--text" else 1
            )
            assert not raw_signatures_in((said.out + said.err).encode("utf-8", "replace"))
