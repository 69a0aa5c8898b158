"""`socius import`: look, ask, write; what it says and the exit code."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Socius

HEADER = "Naam;Werksoort;Gemeente\n"
GOOD = HEADER + "Kring A;verenigingen;Gent\nHet Atelier;bewegingen;Aalst\n"
BAD = GOOD + "Fout;koffie;Gent\n"


def listed(path: Path, text: str = GOOD) -> Path:
    """A list."""
    path.write_text(text, "utf-8")
    return path


def test_look_write_and_again(socius: Socius, fresh: Path, tmp_path: Path) -> None:
    path = listed(tmp_path / "a.csv")
    seen = socius("import", "organisations", path, "--dry-run").out
    assert "Naam → Name; Werksoort → Work type; Gemeente → Municipality" in seen
    assert "2 new, 0 changed, 0 the same, 0 refused" in seen
    assert "Kring A" not in socius("export", "organisations", "-").out
    assert "2 rows imported from a.csv" in socius("import", "organisations", path, "--yes").out
    assert "Kring A" in socius("export", "organisations", "-").out
    again = socius("import", "organisations", path, "--yes").out
    assert again.endswith("Nothing in this list is new: nothing was written.\n")
    socius("undo")
    assert "Kring A" not in socius("export", "organisations", "-").out


def test_nobody_to_ask(socius: Socius, fresh: Path, tmp_path: Path) -> None:
    said = socius("import", "organisations", listed(tmp_path / "a.csv"), code=2)
    assert "--yes" in said.err
    assert "Kring A" not in socius("export", "organisations", "-").out


def test_rows_that_cannot_be_taken(socius: Socius, fresh: Path, tmp_path: Path) -> None:
    path = listed(tmp_path / "a.csv", BAD)
    line = "a.csv, row 4, column B “Werksoort”: “koffie” There is no work type “koffie”."
    seen = socius("import", "organisations", path, "--dry-run", code=1)
    assert f"! {line}" in seen.out
    refused = socius("import", "organisations", path, "--yes", code=1)
    assert line in refused.err
    assert "nothing was written" in refused.err

    aside = listed(tmp_path / "aside.csv", "mine")
    there = ("import", "organisations", path, "--yes", "--quarantine", aside)
    socius(*there, code=3)
    assert aside.read_text("utf-8") == "mine"
    assert "Kring A" not in socius("export", "organisations", "-").out
    done = socius(*there, "--force", code=1)
    assert "1 row that could not be taken is in" in done.out
    assert "Kring A" in socius("export", "organisations", "-").out
    assert "Fout;koffie;Gent" in aside.read_text("utf-8-sig")


def test_a_file_that_is_not_there(socius: Socius, fresh: Path, tmp_path: Path) -> None:
    said = socius("import", "visits", tmp_path / "none.csv", code=3)
    assert "none.csv" in said.err


def test_columns_said_and_kept(socius: Socius, fresh: Path, tmp_path: Path) -> None:
    path = listed(tmp_path / "a.csv", GOOD.replace("Naam", "Wie"))
    missing = socius("import", "organisations", path, "--dry-run", code=1)
    assert "The column “name” is missing." in missing.err
    socius("import", "organisations", path, "--map", "Wie", code=2)
    assert (
        "There is no field “x” here."
        in socius("import", "organisations", path, "--map", "Wie=x", code=2).err
    )
    keep = ("import", "organisations", path, "--map", "Wie=name", "--save-mapping", "wie")
    socius(*keep, code=2)  # nobody to ask
    assert json.loads(socius("import", "mappings", "--format", "json").out) == []
    socius(*keep, "--yes")
    (kept,) = json.loads(socius("import", "mappings", "--format", "json").out)
    assert "wie" in kept.values()
    again = ("import", "organisations", path, "--dry-run", "--mapping")
    assert "0 new, 0 changed, 2 the same, 0 refused" in socius(*again, "wie").out
    assert "wat" in socius(*again, "wat", code=1).err


def test_a_preview_for_programs(socius: Socius, fresh: Path, tmp_path: Path) -> None:
    path = listed(tmp_path / "a.csv", BAD + "Vereniging 01 (voorbeeld);;Voorbeeldgemeente 01\n")
    said = socius("import", "organisations", path, "--dry-run", "--format", "json", code=1)
    rows = json.loads(said.out)
    assert [(row["row"], row["state"]) for row in rows] == [
        (2, "new"),
        (3, "new"),
        (4, "rejected"),
        (5, "same"),
    ]


def test_the_same_or_new(socius: Socius, fresh: Path, tmp_path: Path) -> None:
    row = "Vereniging 02 (voorbeelt);verenigingen;Voorbeeldgemeente 08\n"
    look = ("import", "organisations", listed(tmp_path / "a.csv", HEADER + row), "--dry-run")
    assert "--same 2=CODE" in socius(*look, code=1).out
    assert "0 new, 1 changed" in socius(*look, "--same", "2=VER-02").out
    assert "1 new, 0 changed" in socius(*look, "--new", "2").out
    assert "1 new, 0 changed" in socius(*look, "--all-new").out
    assert "12=VER-03" in socius(*look, "--same", "x", code=2).err
