"""The 136 placeholders, and lists in which something is wrong."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from socius_tui.errors import BadFile
from socius_tui.paths import resource
from socius_tui.services.exchange.organisationfile import (
    OrganisationRow,
    parse_organisations,
    read_organisations,
)
from socius_tui.services.exchange.planfile import read_plan_file


@pytest.fixture(scope="module")
def sample() -> list[OrganisationRow]:
    return read_organisations(resource("sample_data/organisations.csv"))


def parsed(text: str) -> list[OrganisationRow]:
    return parse_organisations(text.encode(), "lijst.csv")


def refusal(text: str) -> BadFile:
    with pytest.raises(BadFile) as caught:
        parsed(text)
    return caught.value


def test_the_placeholders_are_as_many_as_the_plan_counts(sample: list[OrganisationRow]) -> None:
    plan_file = read_plan_file(resource("sample_data/plan-2016-2020.toml"))
    by_type = Counter(row.work_type for row in sample)
    assert by_type == {w.code: w.recognised for w in plan_file.work_types}
    assert list(by_type.values()) == [57, 35, 13, 31]
    by_subtype = Counter(row.subtype for row in sample if row.subtype)
    subtypes = [s for w in plan_file.work_types for s in w.subtypes]
    assert by_subtype == {s.code: s.recognised for s in subtypes}
    assert list(by_subtype.values()) == [17, 10, 5, 3]
    assert len(sample) == 136


def test_nobody_takes_a_placeholder_for_real(sample: list[OrganisationRow]) -> None:
    assert all(row.name.endswith(" (voorbeeld)") for row in sample)
    assert all(row.municipality.startswith("Voorbeeldgemeente ") for row in sample)
    assert all(not row.enterprise_number and row.note for row in sample)
    assert len({row.name for row in sample}) == len({row.code for row in sample}) == 136


def test_federations_and_variety(sample: list[OrganisationRow]) -> None:
    federations = {
        subtype: {row.federation for row in sample if row.subtype == subtype}
        for subtype in ("handicap-instelling", "handicap-dienst", "syndicaal")
    }
    assert len(federations["handicap-instelling"]) == 3
    assert federations["handicap-dienst"] == {"Vijftact"}
    assert federations["syndicaal"] == {""}
    assert {row.size for row in sample} == {"small", "medium", "large"}
    assert {row.participation for row in sample} == {"reached", "not_reached"}


def test_all_are_recognised_when_the_plan_starts(sample: list[OrganisationRow]) -> None:
    start = date(2016, 1, 1)
    assert all(row.recognised_from is not None and row.recognised_from <= start for row in sample)
    assert all(row.recognised_until is None for row in sample)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_usual_forms_of_csv_are_read(mark: str, end: str) -> None:
    rows = [
        ["name", "work_type", "recognised_from", "enterprise_number"],
        ["Één", "bewegingen", "2016-03-14", "BE 0123.456.749"],
        ['"Twee, en; half"', "bewegingen", "", ""],
        ["", "", "", ""],
    ]
    text = end.join(mark.join(row) for row in rows) + end
    one, two = parse_organisations(b"\xef\xbb\xbf" + text.encode(), "lijst.csv")
    assert (one.name, one.recognised_from) == ("Één", date(2016, 3, 14))
    assert one.enterprise_number == "0123456749"
    assert (two.name, two.recognised_from) == ("Twee, en; half", None)


def test_a_name_that_looks_like_a_formula_is_a_name() -> None:
    (row,) = parsed("name,work_type\n'=1+1,bewegingen\n")
    assert row.name == "=1+1"
    (row,) = parsed("name,work_type\n=1+1,bewegingen\n")
    assert row.name == "=1+1"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("naam,work_type\nA,b\n",
         "The column “naam” is not known; did you mean “name”?"),
        ("name,zzz\nA,b\n",
         "The column “zzz” is not known; known are: code, name, work_type, subtype, municipality, "
         "size, participation, federation, recognised_from, recognised_until, enterprise_number, "
         "note."),
        ("name,name,work_type\nA,A,b\n", "The column “name” is there more than once."),
        ("name,code\nA,b\n", "The column “work_type” is missing."),
        ("name,work_type\nA,b,c\n", "row 2: Cells found: 3; the header has 2."),
        ("name,work_type\nA\n", "row 2: Cells found: 1; the header has 2."),
        ("name,work_type\nA,b\n,b\n", "row 3, column name: This must not be empty."),
        ("name,work_type\nA,\n", "row 2, column work_type: This must not be empty."),
        ("name,work_type\nA\x1b[2J,b\n",
         "row 2, column name: This text holds a control character (U+001B, at position 2)."),
        ("name,work_type\nA\x00,b\n",
         "row 2, column name: This text holds a control character (U+0000, at position 2)."),
        ("name,work_type,size\nA,b,groot\n",
         "row 2, column size: “groot” is none of small, medium, large."),
        ("name,work_type,recognised_from\nA,b,14/3/2016\n",
         "row 2, column recognised_from: This must be a day written as 2016-03-14."),
        ("name,work_type,recognised_from\nA,b,2016-02-30\n",
         "row 2, column recognised_from: There is no such day."),
        ("name,work_type,recognised_from,recognised_until\nA,b,2016-01-02,2016-01-01\n",
         "row 2, column recognised_until: This is before recognised_from."),
        ("name,work_type,enterprise_number\nA,b,0123456789\n",
         "row 2, column enterprise_number: This is no enterprise number: it has ten digits, such "
         "as 0123.456.749."),
        ("name,work_type,code\nA,b,X-1\nB,b,x-1\n", "row 3, column code: Row 2 has this code too."),
        ('name,work_type\n"A,b\n',
         "row 2: The quotes do not match, or a cell is too long."),
        ('name,work_type\n"A"x,b\n',
         "row 2: The quotes do not match, or a cell is too long."),
        (f"name,work_type\n{'a' * 200_000},b\n",
         "row 2: The quotes do not match, or a cell is too long."),
        (f"name,work_type\n{'a' * 301},b\n",
         "row 2, column name: This text has 301 characters; at most 300 fit."),
        ("name,work_type\n", "There is no organisation in it."),
    ],
)  # fmt: skip
def test_a_wrong_list_is_refused_with_a_sentence(text: str, problem: str) -> None:
    error = refusal(text)
    assert error.problems[0] == f"lijst.csv: {problem}"
    assert error.message.startswith(error.problems[0])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "lijst.csv is empty."), (" \n", "lijst.csv is empty.")],
)
def test_an_empty_list(text: str, sentence: str) -> None:
    assert refusal(text).message == sentence


def test_all_problems_are_told_at_once_but_no_more_than_fifty() -> None:
    error = refusal("name,work_type\n" + ",b\n" * 80)
    assert len(error.problems) == 50
    assert error.message.endswith("There are 79 more problems.")
