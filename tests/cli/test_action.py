"""`socius action` and the export of actions, as somebody types them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Socius


def test_an_action_from_plan_to_done(fresh: Path, socius: Socius) -> None:
    said = socius(
        "action", "add", "OD1.1", "Leertraject", "--year", "2018", "--due", "30/9/2018",
        "--planned", "1,250.50", "--owner", "An",
    )  # fmt: skip
    assert said.out == "Action OD1.1-2018-1 added: Leertraject\n"
    socius(
        "action", "edit", "OD1.1-2018-1", "--spent", "€300", "--title", "Traject", "--owner", "-"
    )
    socius("action", "state", "traject", "under_way")
    (line,) = json.loads(socius("action", "list", "--format", "json").out)
    assert line == {
        "code": "OD1.1-2018-1", "year": 2018, "goal": "OD1.1", "title": "Traject",
        "state": "under_way", "owner": None, "due": "2018-09-30", "budget_planned": 1250.5,
        "budget_spent": 300, "summary": None,
    }  # fmt: skip
    assert "€1,250.50" in socius("action", "list", "--year", "2018").out
    assert "Traject" not in socius("action", "list", "--year", "2017").out
    assert socius("export", "actions", "-").out.splitlines()[1].startswith("OD1.1-2018-1,2018,")
    assert "€1,250.50" in socius("goal", "show", "OD1.1-2018-1").out
    assert "under way" in socius("status", "--goal", "OD1.1").out
    socius("action", "retire", "OD1.1-2018-1")
    assert json.loads(socius("action", "list", "--format", "json").out) == []


def test_what_is_refused_says_why(fresh: Path, socius: Socius) -> None:
    def refused(*command: str, code: int) -> str:
        return socius("action", *command, code=code).err

    assert "cannot stand under" in refused("add", "SD1", "T", "--year", "2018", code=1)
    assert "outside the plan" in refused("add", "OD1.1", "T", "--year", "2025", code=1)
    assert "--planned" in refused("add", "OD1.1", "T", "--planned", "-5", code=2)
    assert "no action" in refused("state", "nergens", "done", code=1)
    socius("action", "add", "OD1.1", "T", "--year", "2018")
    assert "nothing was given" in refused("edit", "OD1.1-2018-1", code=2)
