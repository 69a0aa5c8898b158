"""Commands that look: status, explain, goal, organisation, the lists, in every form."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from socius_tui.services.overview import plan_status
from socius_tui.services.session import Session
from tests.cli.conftest import Socius

STATUS_COLUMNS = [
    *("code", "level", "title", "unit", "baseline", "target", "period_start", "period_end"),
    *("value", "progress", "expected", "pace_ratio", "days_behind", "status", "with_data", "of"),
    *("last_measurement", "contact_person", "as_of", "late_changes"),
]

LISTS = (
    ("status",),
    ("visit", "list"),
    ("organisation", "list"),
    ("progress", "list"),
    ("followup", "list", "--all"),
    ("person", "list"),
)


def rows(text: str) -> list[dict[str, Any]]:
    found = json.loads(text)
    assert isinstance(found, list)
    return found


def test_status_shows_goals_and_how_they_go(demo: Path, socius: Socius) -> None:
    out = socius("status").out
    assert "OD2.3" in out
    assert "OD2.3-a" not in out
    for words in ("★ met", "● on track", "▲ needs attention", "▼ off track", "As of 30 June 2018"):
        assert words in out
    assert "\x1b" not in out


def test_status_of_one_goal_shows_its_indicators(demo: Path, socius: Socius) -> None:
    out = socius("status", "--goal", "od2.3").out
    assert "OD2.3-a" in out
    assert "OD2.4" not in out
    assert out.splitlines()[2].startswith("OD2.3 ")
    assert "OD1.1-a" in socius("status", "--all").out


def test_status_by_part_of_the_title(demo: Path, socius: Socius) -> None:
    assert "OD1.1" in socius("status", "--goal", "gedragen beroepskader").out


def test_status_holds_plan_goals_and_indicators_for_a_machine(demo: Path, socius: Socius) -> None:
    found = rows(socius("status", "--format", "json").out)
    with Session(demo) as session:
        lines = plan_status(session).lines
    assert [row["code"] for row in found] == [line.code for line in lines]
    assert [row["level"] for row in found[:3]] == ["plan", "strategic", "operational"]
    for row, line in zip(found, lines, strict=True):
        assert list(row) == STATUS_COLUMNS
        assert row["status"] == line.status.value
        assert row["as_of"] == "2018-06-30"
        assert row["value"] == (None if line.value is None else float(line.value))
        assert row["progress"] == (None if line.progress is None else float(line.progress))
    assert found[0]["value"] is None
    assert found[0]["unit"] is None


def test_status_numbers_are_unrounded_and_the_same_in_csv_and_json(
    demo: Path, socius: Socius
) -> None:
    as_json = rows(socius("status", "--format", "json").out)
    as_csv = list(csv.DictReader(io.StringIO(socius("status", "--format", "csv").out, newline="")))
    assert list(as_csv[0]) == STATUS_COLUMNS
    with Session(demo) as session:
        lines = plan_status(session).lines
    endless = 0
    for row, cells, line in zip(as_json, as_csv, lines, strict=True):
        for name in ("progress", "pace_ratio", "days_behind", "value", "target", "baseline"):
            exact: Fraction | None = getattr(line, name)
            if exact is None:
                assert (row[name], cells[name]) == (None, "")
            else:
                assert row[name] == float(cells[name]) == float(exact)
                endless += len(cells[name]) > 12
    assert endless > 10  # nothing was rounded to look nice


def test_status_for_one_work_type_differs(demo: Path, socius: Socius) -> None:
    everything = rows(socius("status", "--format", "json").out)
    one = rows(socius("status", "--work-type", "bewegingen", "--format", "json").out)
    by_code = {row["code"]: row["value"] for row in one}
    visited = next(row for row in everything if row["code"] == "BO2-a")
    assert by_code["BO2-a"] < visited["value"]


def test_as_of_limits_what_counts(demo: Path, socius: Socius) -> None:
    then = rows(socius("status", "--as-of", "2016-06-30", "--format", "json").out)
    now = rows(socius("status", "--format", "json").out)
    assert {row["as_of"] for row in then} == {"2016-06-30"}
    assert sum(row["with_data"] for row in then) < sum(row["with_data"] for row in now)


@pytest.mark.parametrize("command", LISTS)
def test_json_keys_are_the_columns_of_the_csv(
    demo: Path, socius: Socius, command: tuple[str, ...]
) -> None:
    as_json = rows(socius(*command, "--format", "json").out)
    text = socius(*command, "--format", "csv").out
    header, *lines = csv.reader(io.StringIO(text, newline=""))
    assert as_json
    assert all(list(row) == header for row in as_json)
    assert len(lines) == len(as_json)
    assert text.endswith("\r\n")


@pytest.mark.parametrize("command", LISTS)
def test_tables_fit_the_width_that_there_is(
    demo: Path, socius: Socius, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for width in (60, 80, 140):
        monkeypatch.setenv("COLUMNS", str(width))
        lines = socius(*command).out.splitlines()
        assert len(lines) > 2
        assert all(len(line) <= width for line in lines)


@pytest.mark.parametrize("command", LISTS)
def test_markdown_has_as_many_cells_in_every_row(
    demo: Path, socius: Socius, command: tuple[str, ...]
) -> None:
    table, _blank, _foot = socius(*command, "--format", "markdown").out.partition("\n\n")
    lines = table.splitlines()
    counts = {line.replace("\\|", "").count("|") for line in lines}
    assert len(lines) > 2
    assert len(counts) == 1


def test_lists_can_be_narrowed(demo: Path, socius: Socius) -> None:
    def listed(*command: str) -> list[dict[str, Any]]:
        return rows(socius(*command, "--format", "json").out)

    everything = listed("visit", "list")
    mine = listed("visit", "list", "--mine", "--as", "Bilal")
    assert 0 < len(mine) < len(everything)
    assert {row["visitor"] for row in mine} == {"Bilal Voorbeeld"}
    planned = listed("visit", "list", "--status", "planned")
    assert {row["status"] for row in planned} == {"planned"}
    about = listed(
        "visit", "list", "--goal", "OD2.3", "--since", "1/1/2017", "--until", "2017-12-31"
    )
    assert about
    assert all("OD2.3" in row["goals"] and row["date"].startswith("2017") for row in about)
    then = listed("visit", "list", "--as-of", "2016-12-31")
    assert max(row["date"] for row in then) <= "2016-12-31"
    assert len(listed("visit", "list", "--limit", "3")) == 3
    unvisited = listed("organisation", "list", "--unvisited")
    assert unvisited
    assert all(row["visits"] == 0 for row in unvisited)
    whom = listed("organisation", "list", "--next", "--limit", "1")
    assert whom[0]["last_visit"] is None
    one = listed("progress", "list", "OD1.1-b")
    assert {row["indicator"] for row in one} == {"OD1.1-b"}
    theirs = listed("followup", "list", "--owner", "Elif", "--all")
    assert {row["owner"] for row in theirs} == {"Elif Voorbeeld"}


def test_ratios_and_not_applicable_are_listed_as_entered(demo: Path, socius: Socius) -> None:
    found = rows(socius("progress", "list", "--format", "json").out)
    ratio = next(row for row in found if row["form"] == "ratio")
    assert ratio["value"] is None
    assert isinstance(ratio["numerator"], int)
    shown = socius("progress", "list", ratio["indicator"]).out
    assert f"{ratio['numerator']}/{ratio['denominator']}" in shown


def test_explain_tells_rule_values_and_what_was_left_out(demo: Path, socius: Socius) -> None:
    out = socius("explain", "OD1.1-b").out
    for words in ("OD1.1-b", "Expected by now", "Progress = (value - baseline)", "Used"):
        assert words in out
    assert "weakest part" in socius("explain", "SD1").out
    assert "Beleidsplan" in socius("explain", "socius-2016-2020").out


def test_goal_show_and_organisation_show(demo: Path, socius: Socius) -> None:
    goal = socius("goal", "show", "OD2.3").out
    for words in ("operational goal", "OD2.3-a", "Needs heard", "Last visits about it"):
        assert words in goal
    organisation = socius("organisation", "show", "VOR-01").out
    assert "Vormingsinstelling 01 (voorbeeld)" in organisation
    assert "Contact person" in organisation


def test_the_overview_where_there_is_no_terminal(demo: Path, socius: Socius) -> None:
    out = socius().out
    assert "SD1" in out
    assert "All together" in out


def test_demo_prints_its_overview_and_leaves_nothing(
    socius: Socius, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    assert "SD1" in socius("demo").out
    assert list(tmp_path.iterdir()) == []
    kept = tmp_path / "kept.db"
    assert str(kept) in socius("demo", "--db", kept, "--no-open").out
    assert "SD1" in socius("status", "--db", kept).out
    assert "exists" in socius("demo", "--db", kept, code=3).err


def test_locate_says_where_everything_is(socius: Socius, tmp_path: Path) -> None:
    out = socius("locate", "--db", tmp_path / "x.db").out
    assert f"{tmp_path / 'x.db'}  (not there yet)" in out
    assert "settings.toml" in out
    assert "schema.sql" in out
