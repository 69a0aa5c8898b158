"""Which column is which field: proposed, said, refused, kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from socius_tui.errors import BadFile, InvalidInput, NotFound
from socius_tui.services.importing.mapping import QUARANTINE, propose
from socius_tui.services.importing.organisations import TakeOrganisations
from socius_tui.services.importing.preparing import KINDS, prepare
from socius_tui.services.importing.remembering import mapping_of
from socius_tui.services.session import Session
from tests.services.importing.lists import counts, lines, looked, written

FIELDS = TakeOrganisations.FIELDS


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Naam", "name"),
        ("ORGANISATIE", "name"),
        ("Name", "name"),
        ("Werksoort", "work_type"),
        ("work type", "work_type"),
        ("Erkend vanaf", "recognised_from"),
        ("KBO-nummer", "enterprise_number"),
        ("Ondernemingsnumer", "enterprise_number"),  # a letter short
        ("Gemeentte", "municipality"),
        ("Koffie", ""),
        ("", ""),
        *((name, "") for name in QUARANTINE),
    ],
)
def test_a_header_says_its_field(header: str, field: str) -> None:
    assert propose([header], FIELDS).fields == (field,)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_found_by_its_own_name(kind: str) -> None:
    names = tuple(field.name for field in KINDS[kind].FIELDS)
    assert propose(names, KINDS[kind].FIELDS).fields == names


def test_two_columns_are_never_one_field() -> None:
    assert propose(["Naam", "Organisatie", "Name"], FIELDS).fields == ("name", "", "")


def test_a_whole_name_goes_before_a_likeness() -> None:
    assert propose(["Gemeentte", "Gemeente"], FIELDS).fields == ("", "municipality")


def test_what_is_said_of_a_column() -> None:
    given = {"Hoe": "name", "Naam": ""}
    columns = propose(["Naam", "Hoe", "Code"], FIELDS, given)
    assert columns.fields == ("", "name", "code")
    assert columns.left_out == ("Naam",)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"Nam": "name"}, "There is no column “Nam” in this list."),
        ({"Naam": "nam"}, "There is no field “nam” here."),
        ({"Naam": "name", "Wat": "name"}, "Two columns were said to be “name”."),
    ],
)
def test_what_cannot_be_said(given: dict[str, str], sentence: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        propose(["Naam", "Wat"], FIELDS, given)
    assert refused.value.message == sentence
    assert refused.value.hint


def test_a_column_that_is_needed(fresh: Session, tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "Code|Gemeente", "VER-01|Gent")
    with pytest.raises(BadFile) as refused:
        prepare(fresh, "organisations", path)
    assert refused.value.message == "a.csv: The column “name” is missing. [csv.header.missing]"
    assert refused.value.problems == ()  # said once
    assert refused.value.hint == "Its columns are: Code, Gemeente. Say which one it is with --map."


def test_a_mapping_is_kept_and_used_again(fresh: Session, tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "Wie|Waar|Werksoort", "Kring|Gent|verenigingen")
    fresh.write(
        mapping_of(
            prepare(fresh, "organisations", path, given={"Wie": "name", "Waar": "municipality"}),
            "lijst",
        )
    )
    again = written(tmp_path / "b.csv", "Werksoort|Waar|Wie", "verenigingen|Gent|Kring")
    preview = looked(fresh, "organisations", again, named="lijst")
    assert preview.columns.fields == ("work_type", "municipality", "name")
    assert counts(preview) == [1, 0, 0, 0]
    with pytest.raises(NotFound):
        prepare(fresh, "organisations", again, named="lijstje")


def test_a_field_without_a_column_is_named(fresh: Session, tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "Naam|Gemeente", "Kring|Gent")
    assert lines(fresh, "organisations", path) == [
        "a.csv, row 2: Work type: This must not be empty. [field.missing]"
    ]
