"""`socius plan draft`: writes a proposal, says what it found, and the next step works."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Socius

SHORTENED = Path(__file__).parents[1] / "data" / "beleidsplan-ingekort.txt"


@pytest.fixture
def document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copy(SHORTENED, tmp_path / "plan.txt"))


def test_from_document_to_database(socius: Socius, document: Path) -> None:
    said = socius("plan", "draft", document, "--output", "plan.toml", "--report", "look.csv")
    assert "Written to plan.toml." in said.out
    assert "socius init --plan plan.toml" in said.out
    assert "socius import plan plan.toml" in said.out
    assert said.err.startswith(
        "Found: 4 × strategic goal, 15 × operational goal, 2 × basic task, 3 × objective"
    )
    assert "That agrees." in said.err
    assert "2 things to look at:" in said.err
    assert "organisatieontwikkeling" in Path("look.csv").read_text("utf-8")
    socius("init", "--plan", "plan.toml", "--db", "new.db")
    shown = socius("goal", "show", "OD4.1", "--db", "new.db")
    assert "Er is een toekomstvisie op sociaal-cultureel werk" in shown.out
    assert "exists already" in socius("plan", "draft", document, code=3).err
    socius("plan", "draft", document, "--force")


def test_to_the_screen_as_json(socius: Socius, document: Path) -> None:
    said = socius("plan", "draft", document, "--output", "-", "--format", "json")
    assert len(json.loads(said.out)["goals"]) == 24
    assert sorted(path.name for path in document.parent.iterdir()) == ["plan.txt"]


def test_what_is_asked_wrongly(socius: Socius, document: Path) -> None:
    said = socius("plan", "draft", document, "--from", "31/2/2016", code=2)
    assert "--from" in said.err
    said = socius(
        "plan", "draft", document, "--from", "2021-01-01", "--until", "2020-01-01", code=2
    )
    assert "--until: The plan ends before it starts." in said.err
    said = socius("plan", "draft", document, "--code", "a b", code=2)
    assert "--code" in said.err
    said = socius("plan", "draft", document, "--vocabulary", "lokaal", code=1)
    assert "There is no vocabulary" in said.err
    document.write_text("Niets.\n")
    assert "announces no goal" in socius("plan", "draft", document, code=1).err
    assert sorted(path.name for path in document.parent.iterdir()) == ["plan.txt"]


def test_it_speaks_dutch(socius: Socius, document: Path) -> None:
    socius("plan", "draft", document, "--lang", "nl")
    assert Path("plan.toml").exists()
