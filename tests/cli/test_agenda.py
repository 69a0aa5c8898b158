"""`socius agenda`: for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Socius


def test_the_agenda_of_everybody_and_of_one(demo: Path, socius: Socius) -> None:
    rows = json.loads(socius("agenda", "--format", "json").out)
    assert {row["part"] for row in rows} >= {"overdue", "later", "silent"}
    assert {row["kind"] for row in rows} >= {"visit", "follow_up", "commitment", "target", "stale"}
    mine = json.loads(socius("agenda", "--mine", "--as", "Amber", "--format", "json").out)
    assert mine
    assert {row["person"] for row in mine} == {"Amber Voorbeeld"}
    assert mine == json.loads(socius("agenda", "--person", "Amber", "--format", "json").out)
    visits = json.loads(
        socius("agenda", "--kind", "visit", "--until", "15/9/2018", "--format", "json").out
    )
    assert [row["due"] for row in visits] == sorted(row["due"] for row in visits)
    assert max(row["due"] for row in visits) <= "2018-09-15"
    assert "leidinggevenden" in socius("agenda", "--kind", "commitment").out
    assert "not one of" in socius("agenda", "--kind", "x", code=2).err
