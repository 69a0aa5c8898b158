"""`socius plan`, and `--plan` with other commands."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from socius_tui.cli.run import run
from tests.cli.conftest import Socius

OLD, NEW = "socius-2016-2020", "plan-2021"
MADE = ("--from", "socius", "--code", NEW, "--title", "Beleidsplan 2021-2025")


@pytest.fixture(scope="module")
def two_plans(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo with the plan that follows."""
    path = Path(shutil.copy(demo_file, tmp_path_factory.mktemp("two") / "two.db"))
    assert run(["--db", str(path), "--as", "Frank", "plan", "new", *MADE]) == 0
    return path


@pytest.fixture
def two(two_plans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that, which is the database of this test."""
    path = Path(shutil.copy(two_plans, tmp_path / "two.db"))
    monkeypatch.setenv("SOCIUS_DB", str(path))
    return path


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_plan_is_looked_at_first_made_shown_and_taken_back(demo: Path, socius: Socius) -> None:
    dry = socius("plan", "new", *MADE, "--dry-run")
    assert "24 goals, 52 indicators" in dry.out
    assert "30/06/2018" in dry.out
    assert "socius plan baselines plan-2021" in dry.out
    assert dry.out.endswith("Nothing was written.\n")
    assert len(rows(socius("plan", "list", "--format", "csv").out)) == 1
    made = socius("--as", "Frank", "plan", "new", *MADE, "--use", "--targets=shift")
    assert made.out.startswith("Plan Beleidsplan 2021-2025 made from socius-2016-2020\n")
    old, new = json.loads(socius("plan", "list", "--format", "json").out)
    assert (old["code"], old["shown"], old["until"]) == (OLD, 0, "2020-12-31")
    assert (new["code"], new["shown"], new["from"]) == (NEW, 1, "2021-01-01")
    assert (new["previous"], new["targets"], new["measurements"]) == (OLD, old["targets"], 0)
    assert "not started" in socius("status").out
    assert socius("status", "--plan", OLD).out == socius("--plan=socius", "status").out
    assert "off track" in socius("status", "--plan", OLD).out
    socius("--as", "Frank", "undo")
    assert [row["code"] for row in rows(socius("plan", "list", "--format", "csv").out)] == [OLD]


def test_what_a_plan_would_hold_comes_as_rows(demo: Path, socius: Socius) -> None:
    chosen = ("--goal", "OD2.3", "--rename", "OD2.3=OD2.1", "--without-indicator", "OD2.3-b")
    said = socius("plan", "new", *MADE, *chosen, "--dry-run", "--format", "csv").out
    found = {row["code"]: row for row in rows(said)}
    assert list(found) == ["SD2", "OD2.1", "OD2.1-a", "OD2.1-c"]
    assert found["OD2.1-a"]["previous_code"] == "OD2.3-a"
    assert found["OD2.1-a"]["baseline_from"] == "from_zero"
    assert found["OD2.1"]["baseline_from"] == ""
    whole = rows(socius("plan", "new", *MADE, "--all", "--dry-run", "--format", "csv").out)
    level = next(row for row in whole if row["code"] == "OD1.2-b")
    assert (level["baseline"], level["baseline_on"]) == ("14.1", "2018-06-27")


@pytest.mark.parametrize(
    ("options", "code", "word"),
    [
        (("--goal", "OD2.3", "--all"), 2, "--goal: it cannot go with --all"),
        (("--goal", "OD9.9"), 1, "There is no goal"),
        (("--rename", "OD2.3"), 2, "no pair of codes"),
        (("--rename", "OD2.3=OD2.4"), 1, "more than once"),
        (("--start", "1/1/2010"), 1, "must be later"),
        (("--end", "1/1/2020"), 2, "before the start"),
        (("--end", "31/2/2025"), 2, "--end"),
        (("--targets", "double"), 2, "none, shift"),
        (("--from", "beleid 1999"), 1, "There is no plan"),
        (("--code", "Socius-2016-2020"), 1, "in this file already"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    demo: Path, socius: Socius, options: tuple[str, ...], code: int, word: str
) -> None:
    refused = socius("--as", "Frank", "plan", "new", *MADE, *options, code=code)
    assert word in refused.err
    assert refused.out == ""
    assert len(rows(socius("plan", "list", "--format", "csv").out)) == 1


def test_another_plan_is_looked_at_with_any_command(two: Path, socius: Socius) -> None:
    assert "Baseline" not in socius("goal", "show", "OD1.1").out
    assert "not started" in socius("goal", "show", "OD1.1", "--plan", NEW).out
    assert "not started" in socius("--plan", NEW, "explain", "OD1.1-b").out
    exported = rows(socius("export", "status", "-", "--plan", "2021").out)
    assert exported[0]["code"] == NEW
    assert "There is no plan" in socius("status", "--plan", "1999", code=1).err
    refused = socius(
        "--as", "Frank", "--plan", NEW, "progress", "add", "OD1.1-b", "3", "--date", "1/5/2018",
        code=1,
    )  # fmt: skip
    assert "01/01/2021 to 31/12/2025" in refused.err
    helped = socius("init", "--help").out
    assert helped.count("--plan PLAN") == 1  # its own, and not that of all commands


def test_the_sheet_of_a_plan_tells_what_it_follows(two: Path, socius: Socius) -> None:
    old, new = socius("plan", "show").out, socius("plan", "show", NEW).out
    assert old.startswith("socius-2016-2020 Beleidsplan 2016-2020\n")
    assert "Followed by" in old
    assert OLD in new
    assert "2021–2025" in new


def test_the_plan_that_the_file_shows_is_chosen_once(two: Path, socius: Socius) -> None:
    assert "from now on" in socius("--as", "Frank", "plan", "use", NEW).out
    assert "not started" in socius("status").out
    assert "already" in socius("plan", "use", NEW, code=1).err
    socius("--as", "Frank", "undo")
    assert "off track" in socius("status").out
    socius("--as", "Frank", "undo")  # the plan itself
    assert len(rows(socius("plan", "list", "--format", "csv").out)) == 1


def test_baselines_are_taken_again_from_the_plan_before(two: Path, socius: Socius) -> None:
    assert "already" in socius("plan", "baselines", NEW, code=1).err
    assert socius("plan", "baselines", NEW, "--dry-run").out == "Nothing was written.\n"
    socius("--as", "Frank", "progress", "add", "OD2.3-b", "17", "--date", "29/6/2018")
    (row,) = rows(socius("plan", "baselines", NEW, "--dry-run", "--format", "csv").out)
    assert (row["code"], row["previous_baseline"], row["baseline"]) == ("OD2.3-b", "15", "17")
    done = socius("--as", "Frank", "plan", "baselines", NEW).out
    assert done.endswith("Baseline of 1 indicator renewed\n")
    refused = socius("plan", "baselines", OLD, code=1)
    assert "not made from another plan" in refused.err


def test_two_plans_are_compared_in_three_ways(two: Path, socius: Socius) -> None:
    by_name = socius("plan", "compare", OLD, NEW, "--format", "csv").out
    assert socius("--plan", NEW, "plan", "compare", "--format", "csv").out == by_name
    assert socius("--plan", NEW, "status", "--compare", OLD, "--format", "csv").out == by_name
    found = {row["code"]: row for row in rows(by_name)}
    assert len(found) == 77
    level = found["OD1.2-b"]
    assert (level["change"], level["status"]) == ("continued", "not_started")
    assert level["previous_value"] == level["baseline"] == "14.1"
    assert (level["plan"], level["previous_plan"]) == (NEW, OLD)
    assert (level["as_of"], level["previous_as_of"]) == ("2018-06-30", "2018-06-30")
    later = socius("--as-of", "1/6/2021", "plan", "compare", OLD, NEW)
    assert "Before: socius-2016-2020 as of 31/12/2020. Now: plan-2021 as of 01/06/2021." in (
        later.out
    )
    assert "not made from another plan" in socius("plan", "compare", code=1).err
    assert "itself" in socius("plan", "compare", OLD, code=1).err
    assert "not more" in socius("plan", "compare", OLD, NEW, OLD, code=2).err
    both = socius("status", "--compare", NEW, "--goal", "SD1", code=2)
    assert "--compare: it cannot go" in both.err


def test_the_columns_are_those_of_the_manual(two: Path, socius: Socius) -> None:
    for told, command in (
        ("## Plans\n", ("plan", "list")),
        ("## A plan that would be made\n", ("plan", "new", *MADE[:2], "--code=x", "--title=X",
                                            "--dry-run")),
        ("## Baselines that are renewed\n", ("plan", "baselines", NEW, "--dry-run")),
        ("## Comparison of plans\n", ("plan", "compare", OLD, NEW)),
    ):  # fmt: skip
        manual = (Path(__file__).parents[2] / "docs" / "csv.md").read_text("utf-8")
        section = manual.split(told)[1].split("\n## ")[0]
        columns = [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")]
        (first, *_rest) = csv.reader(io.StringIO(socius(*command, "--format", "csv").out))
        assert first == columns


def test_before_there_was_a_second_plan_it_was_not_known(two: Path, socius: Socius) -> None:
    made = json.loads(socius("history", "--limit", "1", "--format", "json").out)[0]["moment"]
    before = ("--known-at", "2018-06-30T23:00Z")
    assert [r["code"] for r in rows(socius("plan", "list", *before, "--format", "csv").out)] == [
        OLD
    ]
    assert made > "2018"
    assert "There is no plan" in socius("status", "--plan", NEW, *before, code=1).err
    assert "works on what is in the file now" in socius("plan", "use", NEW, *before, code=2).err
