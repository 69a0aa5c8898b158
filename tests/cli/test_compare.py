"""`socius compare`, `socius spheres` and `socius calendar`, in every form."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from socius_tui.domain.deltas import changes
from socius_tui.services import comparisons, overview, spheres
from socius_tui.services.session import Session
from socius_tui.services.visit_calendar import year_sheet
from tests.cli.conftest import Socius


def test_last_year_is_what_the_plan_was_on_that_day(demo: Path, socius: Socius) -> None:
    rows = json.loads(socius("compare", "--format", "json").out)
    with Session(demo) as session:
        plan = session.plan()
        before = overview.plan_status(session, plan=plan, on=date(2017, 6, 30))
        now = overview.plan_status(session)
    then, today = ([x for x in each.lines if x.level != "action"] for each in (before, now))
    assert [row["code"] for row in rows] == [line.code for line in today]
    for row, old, new in zip(rows, then, today, strict=True):
        assert (row["previous_status"], row["status"]) == (old.status, new.status)
        assert row["previous_as_of"] == "2017-06-30"
        assert (row["value"] is None) == (new.value is None)


def test_deltas_are_the_changes_the_largest_first(demo: Path, socius: Socius) -> None:
    said = socius("compare", "--with", "2017-06-30", "--deltas", "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(said)))
    with Session(demo) as session:
        found = changes(comparisons.compare_days(session, date(2017, 6, 30)).lines)
    assert [row["code"] for row in rows] == [delta.line.there.code for delta in found]
    assert {row["change"] for row in rows} >= {"better", "worse", "appeared", "moved"}
    for row, delta in zip(rows, found, strict=True):
        if delta.progress is None:
            assert row["progress_change"] == "", "missing is not zero"
        else:
            assert abs(Fraction(row["progress_change"]) - delta.progress) < Fraction(1, 10**6)


def test_a_comparison_to_read_says_both_days_and_counts(demo: Path, socius: Socius) -> None:
    out = socius("compare", "--deltas").out
    assert "Before: 30 June 2017. Now: 30 June 2018." in out
    assert " better, " in out
    assert " the same." in out
    assert "pp" in out


def test_the_earlier_day_is_before_whichever_was_asked(demo: Path, socius: Socius) -> None:
    later = socius("compare", "--as-of", "2017-06-30", "--with", "2018-06-30", "--format", "csv")
    assert later.out == socius("compare", "--with", "2017-06-30", "--format", "csv").out


@pytest.mark.parametrize(
    ("other", "code", "words"),
    [
        ("2018-06-30", 1, "is the day that is looked at"),
        ("2015-12-31", 1, "the plan had not begun"),
        ("31 februari", 2, "--with"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_the_reason(
    demo: Path, socius: Socius, other: str, code: int, words: str
) -> None:
    assert words in socius("compare", "--with", other, code=code).err


def test_key_figures_with_the_years_of_the_budget(demo: Path, socius: Socius) -> None:
    rows = json.loads(socius("compare", "--with", "key-figures", "--format", "json").out)
    fov = next(row for row in rows if row["line"] == "FOV")
    assert (fov["first_year"], fov["first_value"], fov["last_year"]) == (2011, 287000, 2015)
    assert fov["change"] == -47000
    assert fov["years"][0] == "2011=287000"
    assert len(fov["years"]) == 5
    out = socius("compare", "--with", "key-figures", "--deltas").out
    assert "-16.4%" in out
    assert "volunteers" not in out


def test_work_types_beside_each_other(demo: Path, socius: Socius) -> None:
    rows = json.loads(socius("compare", "--with", "work-types", "--format", "json").out)
    this_year = rows[0]
    with Session(demo) as session:
        lines = overview.coverage(session, date(2018, 1, 1))
    assert [this_year[f"value_{n}"] for n in (1, 2, 3, 4)] == [x.visited for x in lines[:4]]
    assert this_year["work_type_1"] == lines[0].work_type
    visits = next(row for row in rows if row["code"] == "OD1.3-c")
    parts = sum(visits[f"value_{n}"] or 0 for n in (1, 2, 3, 4))
    assert visits["measure"] == "part"
    assert parts + visits["not_assigned"] == visits["value"]
    assert "Verenigingen" in socius("compare", "--with", "work-types", "--deltas").out


def test_spheres(demo: Path, socius: Socius) -> None:
    rows = json.loads(socius("spheres", "--format", "json").out)
    with Session(demo) as session:
        found = spheres.spheres(session)
    assert [(r["sphere"], r["indicators"], r["with_data"]) for r in rows] == [
        (x.sphere, x.indicators, x.with_data) for x in found.lines
    ]
    assert "look beyond that" in " ".join(socius("spheres").out.split())


def test_calendar(demo: Path, socius: Socius) -> None:
    with Session(demo) as session:
        sheet = year_sheet(session, 2016)
    out = socius("calendar", "2016").out.splitlines()
    assert all(len(line) <= 60 for line in out)
    drawn = "".join(line[3:] for line in out[1:8])
    assert sum(drawn.count(sign) for sign in "░▒▓█") == sheet.busy_days
    assert "2016: 127 visits, 0 planned." in out
    rows = list(csv.DictReader(io.StringIO(socius("calendar", "2016", "--format", "csv").out)))
    assert sum(int(row["done"]) for row in rows) == sheet.done
    assert "2018: 33 visits, 6 planned." in socius("calendar").out
    assert "year" in socius("calendar", "16", code=2).err


def test_a_file_without_visits_or_figures(fresh: Path, socius: Socius) -> None:
    assert "0 visits" in socius("calendar", "--as-of", "2016-06-30").out
    assert "the plan had not begun" in socius("compare", "--as-of", "2016-06-30", code=1).err
    shown = socius("compare", "--with", "work-types", "--as-of", "2016-06-30").out
    assert "0 (0%)" in shown
