"""Commands that write: what they say, and what is in the file afterwards."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Socius


@pytest.fixture
def listed(socius: Socius) -> Any:
    """Rows of a list, as a machine reads them."""

    def call(*command: str) -> Any:
        return json.loads(socius(*command, "--format", "json").out)

    return call


def code_in(said: str) -> str:
    """The short code that stands in brackets at the end of a sentence."""
    return said.strip().rsplit("(", 1)[1].rstrip(")")


def status_of(listed: Any, code: str) -> Any:
    rows = listed("status", "--as-of", "2016-06-30")
    return next(row for row in rows if row["code"] == code)


def test_a_visit_moves_the_indicator_the_goal_and_the_coverage(
    fresh: Path, socius: Socius, listed: Any
) -> None:
    assert not status_of(listed, "BO2-a")["value"]
    before = status_of(listed, "BO2")
    said = socius(
        "visit", "add", "VER-07", "--date", "14/3/2016", "--goal", "OD2.3", "--goal", "OD1.1",
        "--need", "samenwerken", "--note", "Kennismaking", "--met", "Jo Maes", "--mode", "phone",
        "--private-note", "niet voor buiten", "--follow-up", "Gids bezorgen", "--due", "1/4/2016",
    )  # fmt: skip
    assert "Vereniging 07 (voorbeeld)" in said.out
    assert "14/03/2016" in said.out
    assert status_of(listed, "BO2-a")["value"] == 1
    assert status_of(listed, "BO2")["with_data"] >= before["with_data"]
    (visit,) = listed("visit", "list")
    assert visit["date"] == "2016-03-14"
    assert visit["mode"] == "phone"
    assert visit["status"] == "done"
    assert visit["visitor"] == "An Peeters"  # the only one there is
    assert sorted(visit["goals"]) == ["OD1.1", "OD2.3"]
    assert visit["needs"] == ["samenwerken"]
    assert visit["open_follow_ups"] == 1
    (promise,) = listed("followup", "list")
    assert (promise["what"], promise["due"], promise["owner"]) == (
        "Gids bezorgen",
        "2016-04-01",
        "An Peeters",
    )
    visited = next(r for r in listed("organisation", "list") if r["code"] == "VER-07")
    assert (visited["visits"], visited["last_visit"]) == (1, "2016-03-14")


def test_a_planned_visit_is_done_by_its_short_code(
    fresh: Path, socius: Socius, listed: Any
) -> None:
    said = socius("visit", "add", "VER-01", "--date", "1/6/2016", "--status", "planned")
    code = code_in(said.out)
    assert code in socius("visit", "list").out
    socius("visit", "done", code, "--note", "Goed gesprek", "--on", "2/6/2016")
    (visit,) = listed("visit", "list")
    assert (visit["status"], visit["summary"], visit["date"]) == (
        "done",
        "Goed gesprek",
        "2016-06-02",
    )
    again = socius("visit", "done", code, code=1)
    assert "not planned" in again.err


def test_a_planned_visit_is_found_by_organisation_and_day(
    fresh: Path, socius: Socius, listed: Any
) -> None:
    for day in ("1/6/2016", "2/6/2016"):
        socius("visit", "add", "VER-01", "--date", day, "--status", "planned")
    several = socius("visit", "cancel", "VER-01", code=1).err
    assert "1/06/2016" in several
    assert "--date" in several
    socius("visit", "cancel", "VER-01", "--date", "1/6/2016", "--reason", "Ziek")
    socius("visit", "done", "Vereniging 01")  # one is left that is planned
    assert sorted(row["status"] for row in listed("visit", "list")) == ["cancelled", "done"]
    assert "no such visit" in socius("visit", "done", "VER-02", code=1).err


def test_a_visit_is_changed_and_taken_out(fresh: Path, socius: Socius, listed: Any) -> None:
    said = socius("visit", "add", "VER-01", "--date", "1/6/2016", "--need", "a", "--note", "oud")
    code = code_in(said.out)
    socius("visit", "edit", code, "--need", "b", "--mode", "online")
    (visit,) = listed("visit", "list")
    assert (visit["needs"], visit["mode"], visit["summary"]) == (["b"], "online", "oud")
    socius("visit", "retire", code)
    assert listed("visit", "list") == []


def test_progress_in_every_form(fresh: Path, socius: Socius, listed: Any) -> None:
    add = ("progress", "add")
    socius(*add, "OD1.1-c", "0", "--date", "1/2/2016")
    socius(*add, "OD1.1-b", "40/57", "--date", "1/3/2016", "--work-type", "verenigingen")
    socius(*add, "OD1.1-b", "n.v.t.", "--date", "1/4/2016", "--note", "geen aanbod")
    socius(*add, "OD1.1-c", "12,50", "--date", "1/5/2016", "--lang", "nl")
    socius(*add, "OD1.1-b", "12.5%", "--date", "2/5/2016")
    said = socius(*add, "OD1.4-b", "Het duiden helpt bij gesprekken", "--date", "1/6/2016")
    assert "OD1.4-b" in said.out
    found = {row["date"]: row for row in listed("progress", "list")}
    assert found["2016-02-01"]["value"] == 0
    assert found["2016-03-01"]["numerator"] == 40
    assert found["2016-03-01"]["work_type"] == "Verenigingen"
    assert found["2016-04-01"]["form"] == "not_applicable"
    assert found["2016-04-01"]["value"] is None
    assert found["2016-05-01"]["value"] == 12.5
    assert "12.50" in socius("progress", "list").out  # exactly as entered
    assert found["2016-05-02"]["value"] == 12.5
    assert found["2016-06-01"]["note"] == "Het duiden helpt bij gesprekken"
    assert found["2016-02-01"]["recorded_by"] == "An Peeters"


def test_a_measurement_is_corrected_and_taken_out(fresh: Path, socius: Socius, listed: Any) -> None:
    said = socius("progress", "add", "OD1.1-b", "40/57", "--date", "1/3/2016", "--note", "eerst")
    code = code_in(said.out)
    socius("progress", "edit", code, "--value", "41/57")
    (row,) = listed("progress", "list")
    assert (row["numerator"], row["note"], row["date"]) == (41, "eerst", "2016-03-01")
    socius("progress", "edit", code, "--date", "2/3/2016", "--note", "later")
    (row,) = listed("progress", "list")
    assert (row["numerator"], row["note"], row["date"]) == (41, "later", "2016-03-02")
    socius("progress", "retire", code)
    assert listed("progress", "list") == []


def test_a_negative_number_is_no_option(fresh: Path, socius: Socius) -> None:
    said = socius("progress", "add", "OD1.1-c", "-5", "--date", "1/3/2016", code=2)
    assert "cannot be below 0" in said.err


def test_follow_ups(fresh: Path, socius: Socius, listed: Any) -> None:
    code = code_in(socius("followup", "add", "Cijfers opvragen", "--indicator", "OD1.1-b").out)
    socius("followup", "add", "Nota schrijven", "--goal", "OD1.1", "--due", "1/7/2016")
    first, second = listed("followup", "list")
    assert (first["what"], first["source"], second["source"]) == (
        "Nota schrijven",
        "OD1.1",
        "OD1.1-b",
    )
    socius("followup", "edit", code, "--due", "1/6/2016", "--what", "Alle cijfers opvragen")
    assert listed("followup", "list")[0]["what"] == "Alle cijfers opvragen"
    socius("followup", "done", code, "--on", "2/6/2016", "--outcome", "Ontvangen")
    assert len(listed("followup", "list")) == 1
    done = next(row for row in listed("followup", "list", "--all") if row["done"])
    assert (done["done"], done["outcome"]) == ("2016-06-02", "Ontvangen")
    socius("followup", "retire", code)
    assert len(listed("followup", "list", "--all")) == 1
    assert "comes from" in socius("followup", "add", "Los", code=2).err


def test_people_and_assignments(fresh: Path, socius: Socius, listed: Any) -> None:
    assert "Jo Maes" in socius("person", "add", "Jo Maes", "--role", "director").out
    assert "already" in socius("person", "add", "jo maes", code=1).err
    said = socius("assign", "Jo", "bewegingen", "--from", "1/9/2018")
    assert "Jo Maes" in said.out
    people = listed("person", "list", "--as-of", "2018-10-01")
    assert next(p for p in people if p["name"] == "Jo Maes")["contact_person_for"] == ["Bewegingen"]


def test_a_hand_over_moves_open_follow_ups(demo: Path, socius: Socius) -> None:
    said = socius("assign", "Dries", "bewegingen", "--from", "1/7/2018")
    assert "open follow-up" in said.out


def test_targets_and_narratives(fresh: Path, socius: Socius, listed: Any) -> None:
    refused = socius("target", "set", "OD1.1-b", "70", "--year", "2019", code=2)
    assert "reason" in refused.err
    socius("target", "set", "OD1.1-b", "70", "--year", "2019", "--reason", "Meer mensen")
    assert "70" in socius("explain", "OD1.1-b").out
    socius("narrative", "write", "OD1.1", "--year", "2016", "--happened", "Drie trajecten")
    socius(
        "narrative", "write", "OD1.1", "--from", "1/1/2017", "--until", "30/6/2017",
        "--happened", "Verder", "--so-what", "Beter", "--next", "Meer",
    )  # fmt: skip
    out = socius("goal", "show", "OD1.1").out
    assert "Drie trajecten" in out
    assert "What next" in out


def test_init_makes_a_file_once(socius: Socius, tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "plan.db"
    said = socius("init", "--db", path, "--person", "An Peeters", "--role", "director")
    assert str(path) in said.out
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert "director" in socius("person", "list", "--db", path).out
    before = path.read_bytes()
    assert "exists" in socius("init", "--db", path, code=3).err
    assert path.read_bytes() == before
    empty = tmp_path / "empty.db"
    socius("init", "--db", empty, "--plan", "empty")
    assert "plan" in socius("status", "--db", empty).out


def test_init_leaves_nothing_when_the_plan_cannot_be_used(socius: Socius, tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text("this is = no plan", encoding="utf-8")
    said = socius("init", "--db", tmp_path / "x.db", "--plan", plan, code=1)
    assert "plan.toml" in said.err
    missing = socius("init", "--db", tmp_path / "x.db", "--plan", tmp_path / "none.toml", code=3)
    assert "none.toml" in missing.err
    assert [p.name for p in tmp_path.iterdir()] == ["plan.toml"]
