"""`socius view`, and the lists that take --view."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Socius

AMBER = ("--as", "Amber Voorbeeld")


def test_a_view_is_saved_shown_and_taken_out(socius: Socius, demo: Path) -> None:
    assert "No view was saved yet" in socius("view", "list").out
    socius("view", "save", "visits", "Te doen", "--mine", "--status", "planned", *AMBER)
    socius("view", "save", "history", "Streefwaarden", "--kind", "targets", "--everybody")
    line = socius("view", "list", *AMBER).out.splitlines()[-1]
    assert line.split("  ")[0] == "Te doen"
    assert "mine · planned" in line
    assert "Te doen" not in socius("view", "list").out
    rows = json.loads(socius("visit", "list", "--view", "te doen", "--format", "json", *AMBER).out)
    plain = socius("visit", "list", "--mine", "--status", "planned", "--format", "json", *AMBER)
    assert rows
    assert rows == json.loads(plain.out)
    socius("view", "remove", "te doen", *AMBER)
    socius("visit", "list", "--view", "te doen", *AMBER, code=1)
    socius("undo", *AMBER)
    assert "Te doen" in socius("view", "list", *AMBER).out


def test_options_come_on_top_of_a_view(socius: Socius, demo: Path) -> None:
    save = ("view", "save", "organisations", "Wie eerst", "--everybody")
    socius(*save, "--work-type", "bewegingen", "--next")

    def listed(*more: str) -> list[dict[str, object]]:
        command = ("organisation", "list", "--view", "wie", "--format", "json")
        found: list[dict[str, object]] = json.loads(socius(*command, *more).out)
        return found

    assert {row["work_type"] for row in listed()} == {"Bewegingen"}
    assert {row["work_type"] for row in listed("--work-type", "verenigingen")} == {"Verenigingen"}
    year = sum(int(str(row["visits"])) for row in listed())
    socius(*save, "--work-type", "bewegingen", "--next", "--whole-plan")
    assert sum(int(str(row["visits"])) for row in listed()) > year
    history = ("history", "--view", "alles", "--kind", "targets", "--limit", "1")
    socius("view", "save", "history", "Alles", "--everybody")
    assert socius(*history).out


def test_wrong_use_is_told(socius: Socius, demo: Path) -> None:
    told = socius("view", "save", "visits", "x", "--kind", "plan", *AMBER, code=2).err
    assert "--kind: a view of visits cannot hold this" in told
    both = ("--mine", "--person", "Bilal")
    told = socius("view", "save", "visits", "x", *both, *AMBER, code=2).err
    assert "--person" in told
    told = socius("view", "save", "visits", "x", "--status", "planned", code=1).err
    assert "cannot be a view of yours" in told
    assert "nothing" in socius("view", "remove", "nothing", code=1).err
    assert "No view was saved yet" in socius("view", "list").out


def test_what_a_view_lost_is_said_beside_the_list(socius: Socius, demo: Path) -> None:
    socius("view", "save", "visits", "Van wie", "--mine", "--everybody", *AMBER)
    said = socius("visit", "list", "--view", "van wie", "--limit", "1")
    assert "it is not known who is at the keyboard" in " ".join(said.err.split())
    assert said.out
