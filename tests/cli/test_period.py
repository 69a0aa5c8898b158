"""`socius period`, and what a closed period asks of the other commands."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Socius

FRANK = ("--as", "Frank")
ADD = ("progress", "add", "OD1.1-b", "12", "--date", "15/6/2017")


@pytest.fixture
def closed(demo: Path, socius: Socius) -> Path:
    """The demo, in which the director closed 2017."""
    socius(*FRANK, "period", "close", "2017", "--note", "Verslag ingediend")
    return demo


def test_a_period_is_closed_listed_and_reopened(demo: Path, socius: Socius) -> None:
    assert socius("period", "list").out == "No period was closed yet.\n"
    assert json.loads(socius("period", "list", "--format", "json").out) == []
    said = socius(*FRANK, "period", "close", "--from", "1/1/2018", "--until", "30/6/2018")
    assert said.out == "Period 01/01/2018 to 30/06/2018 closed\n"
    listed = socius("period", "list").out
    assert "closed" in listed
    assert "Frank Voorbeeld (directeur)" in listed
    days = ("--from", "1/1/2018", "--until", "30/6/2018")
    said = socius(*FRANK, "period", "reopen", *days, "--reason", "Nog niet alles was er")
    assert said.out == "Period 01/01/2018 to 30/06/2018 reopened\n"
    (row,) = csv.DictReader(io.StringIO(socius("period", "list", "--format", "csv").out))
    assert row["state"] == "reopened"
    assert row["until"] == "2018-06-30"
    assert row["reopened_by"] == row["closed_by"] == "Frank Voorbeeld (directeur)"
    assert row["reason"] == "Nog niet alles was er"


def test_a_late_change_needs_a_reason_before_or_after_the_command(
    closed: Path, socius: Socius
) -> None:
    refused = socius(*ADD, code=1)
    for word in ("01/01/2017", "Frank Voorbeeld (directeur)", "--late-reason", "director reopen"):
        assert word in refused.err
    assert refused.out == ""
    socius("--late-reason", "te laat", *ADD)
    socius(*ADD, "--late-reason=te laat")
    (row,) = json.loads(socius("period", "list", "--format", "json").out)
    assert row["late_changes"] == 2
    socius(*FRANK, "period", "reopen", "2017", "--reason", "Alles opnieuw")
    socius(*ADD)


@pytest.mark.parametrize(
    "command",
    [
        ("visit", "add", "Vereniging 26", "--date", "1/2/2017"),
        ("target", "set", "OD1.1-b", "33", "--from", "1/1/2017", "--until", "30/6/2017"),
        ("narrative", "write", "OD2.3", "--year", "2017", "--happened", "Veel"),
        ("followup", "add", "Bellen", "--goal", "OD2.3", "--due", "1/6/2017"),
        ("assign", "Dries", "verenigingen", "--from", "1/3/2017"),
    ],
    ids=lambda command: command[0],
)
def test_every_writing_command_takes_the_reason(
    closed: Path, socius: Socius, command: tuple[str, ...]
) -> None:
    socius(*command, code=1)
    socius(*command, "--late-reason", "te laat")
    (row,) = json.loads(socius("period", "list", "--format", "json").out)
    assert row["late_changes"] >= 1


def test_the_status_marks_it_and_says_why_below(closed: Path, socius: Socius) -> None:
    assert "✎" not in socius("status").out
    socius("--as", "Amber", *ADD, "--late-reason", "kwam te laat binnen")
    out = socius("status").out
    marked = [line.split()[0] for line in out.splitlines() if "✎" in line]
    assert marked == ["plan", "SD1", "OD1.1", "✎"]
    assert "✎ changed after the period was closed: 1" in out
    (why,) = [line for line in out.splitlines() if "kwam te laat binnen" in line]
    assert why.strip().startswith("OD1.1-b: 2017, measurement (Amber Voorbeeld, ")
    assert "✎" in socius().out  # without a terminal it prints the overview
    assert "✎" not in socius("status", "--goal", "SD2").out
    assert "kwam te laat binnen" in socius("explain", "OD1.1-b").out
    assert "kwam te laat binnen" in socius("goal", "show", "OD1.1").out
    rows = csv.DictReader(io.StringIO(socius("status", "--format", "csv").out))
    assert {row["code"]: row["late_changes"] for row in rows if row["late_changes"] != "0"} == {
        "socius-2016-2020": "1",
        "SD1": "1",
        "OD1.1": "1",
        "OD1.1-b": "1",
    }


def test_only_some_are_listed_below_the_status(closed: Path, socius: Socius) -> None:
    for number in range(7):
        socius(*ADD, "--late-reason", f"reden {number}")
    out = socius("status").out
    assert "✎ changed after the period was closed: 7" in out
    assert "and 2 more" in out


@pytest.mark.parametrize(
    ("code", "says", "command"),
    [
        (1, "Only a director", ("period", "close", "2016")),
        (1, "Only a director", ("--as", "Amber", "period", "close", "2016")),
        (1, "A day can be in one closed period only", (*FRANK, "period", "close", "2017")),
        (1, "in the future", (*FRANK, "period", "close", "2018")),
        (1, "outside the plan", (*FRANK, "period", "close", "2014")),
        (1, "Closed are: 2017", (*FRANK, "period", "reopen", "2016", "--reason", "x")),
        (2, "--reason is missing", (*FRANK, "period", "reopen", "2017")),
        (2, "must not be empty", (*FRANK, "period", "reopen", "2017", "--reason", " ")),
        (2, "YEAR", (*FRANK, "period", "close")),
        (2, "YEAR", (*FRANK, "period", "close", "17")),
        (2, "YEAR", (*FRANK, "period", "close", "--from", "1/1/2016")),
        (2, "--from", (*FRANK, "period", "close", "--from", "31/2/2016", "--until", "1/4/2016")),
        (2, "control", (*ADD, "--late-reason", "a\x1b[31mb")),
    ],
)
def test_exit_codes(
    closed: Path, socius: Socius, code: int, says: str, command: tuple[str, ...]
) -> None:
    assert says in socius(*command, code=code).err
