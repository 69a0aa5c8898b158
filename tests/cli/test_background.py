"""`socius analysis` and `socius logic`; what the plan of Socius brings with it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from tests.cli.conftest import Socius

AMBER = ("--as", "Amber")


def rows(socius: Socius, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(socius(*arguments, "--format", "json").out)
    return found


def test_the_plan_of_socius_has_its_lists_its_survey_and_its_register(
    fresh: Path, socius: Socius
) -> None:
    found = rows(socius, "analysis", "list")
    # As the document prints them: one threat is fused into another, one opportunity is split.
    assert Counter(row["kind"] for row in found) == {
        "weakness": 12,
        "strength": 20,
        "aspiration": 26,
        "threat": 15,
        "opportunity": 21,
        "result": 17,
    }
    assert all(row["lines"] and not row["strategy"] for row in found)
    assert any("OD2.3" in row["goals"] for row in found)
    said = socius("analysis", "survey").out
    for word in ("66 people were asked.", "24.26%", "Every sum in the table comes out."):
        assert word in said
    register = rows(socius, "mandate", "list")
    assert Counter(row["kind"] for row in register) == {
        "mandate": 3,
        "network": 5,
        "membership": 3,
        "policy_watch": 4,
    }


def test_a_finding_is_added_placed_linked_and_taken_out(demo: Path, socius: Socius) -> None:
    socius(*AMBER, "analysis", "add", "threat", "Energie wordt [b]duurder[/b]")
    mine = rows(socius, "analysis", "list", "--kind", "threat")[-1]
    assert mine["statement"] == "Energie wordt [b]duurder[/b]"
    refused = socius(*AMBER, "analysis", "place", mine["id"], "invest", code=1)
    assert "defend" in refused.err
    socius(*AMBER, "analysis", "place", mine["id"], "defend")
    socius(*AMBER, "analysis", "link", mine["id"], "OD2.5")
    led = rows(socius, "analysis", "list", "--goal", "OD2.5")
    (row,) = [r for r in led if r["id"] == mine["id"]]
    assert (row["strategy"], row["goals"]) == ("defend", ["OD2.5"])
    socius(*AMBER, "analysis", "edit", mine["id"], "Energie is duur")
    (row,) = [
        r for r in rows(socius, "analysis", "list", "--goal", "OD2.5") if r["id"] == row["id"]
    ]
    assert (row["statement"], row["strategy"]) == ("Energie is duur", "defend")
    socius(*AMBER, "analysis", "link", mine["id"], "OD2.5", "--off")
    socius(*AMBER, "analysis", "place", mine["id"], "none")
    (row,) = [r for r in rows(socius, "analysis", "list") if r["id"] == mine["id"]]
    assert (row["strategy"], row["goals"]) == (None, [])
    socius(*AMBER, "analysis", "remove", mine["id"])
    socius(*AMBER, "analysis", "remove", mine["id"], code=1)
    socius(*AMBER, "undo")
    assert mine["id"] in {r["id"] for r in rows(socius, "analysis", "list")}


def test_a_chain_is_made_changed_and_shown_with_its_indicators(demo: Path, socius: Socius) -> None:
    assert "has no chain yet" in socius("logic", "show", "OD2.5").out
    add = (*AMBER, "logic", "add", "OD2.5")
    socius(*add, "outcome", "Meer middelen", "--indicator", "OD2.5-a")
    socius(*add, "activity", "Begeleiden", "--assumption", "Wie begeleid is, vraagt aan")
    first, second = rows(socius, "logic", "show", "OD2.5")
    assert (first["level"], second["level"]) == ("activity", "outcome")
    assert second["indicators"] == ["OD2.5-a"]
    socius(*AMBER, "logic", "edit", "OD2.5", first["id"], "--indicator", "OD2.5-b")
    changed = rows(socius, "logic", "show", "OD2.5")[0]
    assert changed["indicators"] == ["OD2.5-b"]
    assert changed["assumption"] == "Wie begeleid is, vraagt aan"
    socius(*AMBER, "logic", "remove", "OD2.5", first["id"])
    assert len(rows(socius, "logic", "show", "OD2.5")) == 1
    socius("logic", "show", "nowhere", code=1)
