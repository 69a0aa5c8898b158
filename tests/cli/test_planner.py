"""`socius planner`, `dayoff`, `rhythm` and `touch`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from tests.cli.conftest import Socius

AMBER = ("--as", "Amber")


def rows(socius: Socius, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(socius(*arguments, "--format", "json").out)
    return found


def test_what_remains_is_proposed_on_working_days_and_planned_at_once(
    demo: Path, socius: Socius
) -> None:
    said = socius(*AMBER, "planner").out
    assert "Amber Voorbeeld" in said
    assert "organisations visited" in said
    assert "each organisation once a year" in said
    before = rows(socius, *AMBER, "planner")
    assert before
    assert {"organisation", "date", "week", "reasons", "municipality"} <= set(before[0])
    first = before[0]["week"]
    chosen = [row for row in before if row["week"] == first]
    done = socius(*AMBER, "planner", "--week", first, "--accept").out
    assert done.startswith(f"{len(chosen)} visit")
    planned = rows(socius, "visit", "list", "--status", "planned")
    days = {(row["organisation"], row["date"]) for row in planned}
    assert {(row["organisation"], row["date"]) for row in chosen} <= days
    after = rows(socius, *AMBER, "planner")
    assert not {row["organisation"] for row in chosen} & {row["organisation"] for row in after}
    assert socius(*AMBER, "undo").code == 0
    assert rows(socius, *AMBER, "planner") == before


def test_holidays_and_days_off_are_kept_free(demo: Path, socius: Socius) -> None:
    july = {row["date"] for row in rows(socius, *AMBER, "planner")}
    assert "2018-11-01" not in july  # All Saints
    free = min(july)
    socius(*AMBER, "dayoff", "add", free, "--note", "Verlof")
    assert free not in {row["date"] for row in rows(socius, *AMBER, "planner")}
    listed = rows(socius, "dayoff", "list")
    mine = next(row for row in listed if row["label"] == "Verlof")
    assert mine["start"] == mine["end"] == free
    socius(*AMBER, "dayoff", "remove", mine["id"])
    assert free in {row["date"] for row in rows(socius, *AMBER, "planner")}
    socius("dayoff", "remove", "zzzzzz", code=1)


def test_a_limit_a_week_says_how_many_find_no_day(demo: Path, socius: Socius) -> None:
    weeks = [row["week"] for row in rows(socius, *AMBER, "planner", "--per-week", "1")]
    assert len(weeks) == len(set(weeks))
    assert "find no day" in socius(*AMBER, "planner", "--per-week", "1").out


def test_who_has_no_work_type_is_told_what_to_do(demo: Path, socius: Socius) -> None:
    refused = socius("--as", "Frank", "planner", code=1)
    assert "--person" in refused.err
    assert refused.out == ""
    socius("planner", "--per-week", "0", code=2)


def test_a_rhythm_says_who_is_losing_touch(demo: Path, socius: Socius) -> None:
    usual = rows(socius, "touch", "--work-type", "Bewegingen")
    assert {row["maximum_days"] for row in usual} <= {730}
    socius(*AMBER, "rhythm", "set", "Bewegingen", "5", "9")
    assert rows(socius, "rhythm", "list")[-1]["ideal_days"] == 5
    strict = rows(socius, "touch", "--work-type", "Bewegingen")
    assert len(strict) > len(usual)
    assert {row["state"] for row in strict} <= {"never_visited", "touch_overdue", "touch_due"}
    order = ["never_visited", "touch_overdue", "touch_due"]
    found = [order.index(row["state"]) for row in strict]
    assert found == sorted(found)
    table = list(csv.DictReader(io.StringIO(socius("touch", "--format", "csv").out)))
    assert {row["contact_person"] for row in table}
    socius(*AMBER, "rhythm", "remove", "Bewegingen")
    assert rows(socius, "touch", "--work-type", "Bewegingen") == usual
    socius(*AMBER, "rhythm", "remove", "Bewegingen", code=1)
    said = socius(*AMBER, "rhythm", "set", "Bewegingen", "90", "30", code=2)
    assert "At most 30 days is less than 90" in said.err
