"""`socius needs` and the visits behind it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Socius


def test_a_need_leads_to_its_visits(demo: Path, socius: Socius) -> None:
    rows = json.loads(socius("needs", "--year", "2017", "--format", "json").out)
    first = rows[0]
    assert first["visits"] >= rows[-1]["visits"] >= 1
    assert first["share"] == first["visits"] / first["of"]
    heard = socius(
        "visit", "list", "--need", first["need"], "--status", "done", "--since", "1/1/2017",
        "--until", "31/12/2017", "--format", "json",
    )  # fmt: skip
    assert len(json.loads(heard.out)) == first["visits"]
    assert socius("needs", "--format", "csv").out.startswith("need,visits,of,share,")
    assert "is not a year" in socius("needs", "--year", "99999", code=2).err


def test_private_notes_are_in_none_of_it(fresh: Path, socius: Socius) -> None:
    socius(
        "visit", "add", "VER-01", "--date", "1/3/2016", "--need", "Ruimte",
        "--private-note", "geheim",
    )  # fmt: skip
    for command in (("needs",), ("agenda",), ("export", "actions", "-")):
        assert "geheim" not in socius(*command).out
    assert "Ruimte" in socius("needs").out
