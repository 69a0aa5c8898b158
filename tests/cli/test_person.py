"""`socius person extract` and `erase`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Socius

HER = "Mia Janssens"


def meet(socius: Socius) -> None:
    """Mia, met at two organisations and named in a note."""
    for code in ("VER-01", "VER-02"):
        socius(
            "visit", "add", code, "--date", "14/3/2016", "--met", HER, "--note", f"Bel {HER} terug"
        )


def backed_up(fresh: Path, socius: Socius) -> Path:
    """A backup of the file as it is."""
    socius("backup")
    return max((fresh.parent / "backups").glob("*.db"))


def test_who_is_nowhere(fresh: Path, socius: Socius) -> None:
    said = socius("person", "erase", HER, "--yes", code=1)
    assert HER in said.err


def test_what_is_held(fresh: Path, socius: Socius, tmp_path: Path) -> None:
    meet(socius)
    said = socius("person", "extract", HER)
    assert "met at visits" in said.out
    target = tmp_path / "mia.json"
    socius("person", "extract", HER, target)
    held = json.loads(target.read_text(encoding="utf-8"))
    assert [row["table"] for row in held["rows"]] == ["visit_met", "visit_met"]
    assert target.stat().st_mode & 0o077 == 0
    assert json.loads(socius("person", "extract", HER, "-").out) == held


def test_without_an_answer_nothing_is_erased(fresh: Path, socius: Socius) -> None:
    meet(socius)
    said = socius("person", "erase", HER, code=2)
    assert "--yes" in said.err
    assert HER in fresh.read_bytes().decode("utf-8", "ignore")


def test_erased(fresh: Path, socius: Socius) -> None:
    meet(socius)
    aside = backed_up(fresh, socius)
    said = socius("person", "erase", HER, "--yes")
    assert aside.name in said.out
    assert HER not in fresh.read_bytes().decode("utf-8", "ignore")
    socius("person", "erase", HER, "--yes", code=1)


def test_backups_go_too(fresh: Path, socius: Socius) -> None:
    meet(socius)
    aside = backed_up(fresh, socius)
    socius("person", "erase", HER, "--yes", "--delete-backups", "--organisation", "VER-01")
    assert not aside.exists()
    assert HER in fresh.read_bytes().decode("utf-8", "ignore")


def test_backups_of_another_file_stay(fresh: Path, socius: Socius) -> None:
    """One whose name begins alike, in the same folder."""
    meet(socius)
    other = fresh.with_name(f"{fresh.stem}-2.db")
    other.write_bytes(fresh.read_bytes())
    socius("backup", "--db", other)
    kept = [*(fresh.parent / "backups").glob(f"{other.stem}-v*")]
    assert len(kept) == 2  # with its manifest
    said = socius("person", "erase", HER, "--yes", "--delete-backups")
    assert all(copy.name not in said.out and copy.exists() for copy in kept)
