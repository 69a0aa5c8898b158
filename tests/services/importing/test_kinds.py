# ruff: noqa: E501 (a line that is compared is written whole)
"""What each kind of list does with what is there already, and what does not go together."""

from __future__ import annotations

from pathlib import Path

import pytest

from socius_tui.services.importing.outcome import State
from socius_tui.services.importing.taking import Choices
from socius_tui.services.log import measurement_list
from socius_tui.services.merging import MergeOrganisations
from socius_tui.services.resolve import named_organisations
from socius_tui.services.session import Session
from socius_tui.store.driver import Connection
from tests.services.importing.lists import counts, lines, looked, taken, written

NEW, CHANGED, SAME = [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]


def rows(session: Session, query: str) -> list[tuple[object, ...]]:
    """What the file holds."""

    def ask(connection: Connection) -> list[tuple[object, ...]]:
        return list(connection.execute(query))

    return session.read(ask)


def test_people_who_share_an_address(fresh: Session, tmp_path: Path) -> None:
    header = "Organisatie|Naam|E-mail"
    both = written(tmp_path / "a.csv", header, "VER-01|Jan|info@x.be", "VER-01|Mia Vos|info@x.be")
    assert counts(taken(fresh, "contacts", both)) == [2, 0, 0, 0]
    assert counts(looked(fresh, "contacts", both)) == [0, 0, 2, 0]
    other = written(
        tmp_path / "b.csv", header, "VER-01|Mia De Vos|info@x.be", "VER-01|An|info@x.be"
    )
    assert counts(looked(fresh, "contacts", other)) == [1, 1, 0, 0]


def test_an_organisation_by_its_number(fresh: Session, tmp_path: Path) -> None:
    path = written(tmp_path / "o.csv", "Code|Naam|KBO", "VER-01|Kring|0123.456.749")
    taken(fresh, "organisations", path)
    path = written(tmp_path / "a.csv", "Organisatie|Naam", "BE 0123 456 749|Jan", "kring|Mia")
    assert [line.label for line in looked(fresh, "contacts", path).lines] == [
        "Jan, Kring",
        "Mia, Kring",
    ]
    path = written(tmp_path / "a.csv", "Organisatie|Datum", "0123456749|2016-03-01")
    assert counts(looked(fresh, "visits", path)) == NEW


def test_what_was_promised_at_a_visit_that_is_there(fresh: Session, tmp_path: Path) -> None:
    def made(promise: str, due: str) -> Path:
        return written(
            tmp_path / "a.csv",
            "Organisatie|Datum|Afspraak|Tegen",
            f"VER-01|2016-03-01|{promise}|{due}",
        )

    assert counts(taken(fresh, "visits", made("", ""))) == NEW
    (line,) = looked(fresh, "visits", made("Bellen", "2016-08-01")).lines
    assert [change.field for change in line.changes] == ["follow_up"]
    assert counts(taken(fresh, "visits", made("Bellen", "2016-08-01"))) == CHANGED
    assert counts(looked(fresh, "visits", made("bellen", ""))) == SAME
    (line,) = looked(fresh, "visits", made("Bellen", "2016-09-01")).lines
    assert line.changes[0] == ("due", "2016-08-01", "2016-09-01")
    assert counts(looked(fresh, "visits", made("Schrijven", ""))) == CHANGED
    assert lines(fresh, "visits", made("", "2016-08-01")) == [
        "a.csv, row 2, column C “Afspraak”: This must not be empty. [field.missing]"
    ]
    ((visit,),) = rows(fresh, "SELECT id FROM visit WHERE visited_on = '2016-03-01'")
    path = written(tmp_path / "a.csv", "Id|Organisatie|Datum", f"{visit}|VER-03|2016-03-01")
    assert lines(fresh, "visits", path) == [
        "a.csv, row 2, column B “Organisatie”: “VER-03” The visit with this id is one to another organisation. Correct the cell, or empty that of the id for a new visit. [ref.other]"
    ]


def test_a_measurement_keeps_what_a_list_does_not_say(fresh: Session, tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.csv",
        "Indicator|Datum|Waarde|Kenmerk|Werksoort",
        "BO2-j|2016-03-01|5|jong|bewegingen",
    )
    taken(fresh, "measurements", path)
    (there,) = measurement_list(fresh)
    header = "Id|Indicator|Datum|Waarde"
    path = written(tmp_path / "b.csv", header, f"{there.id}|BO2-j|2016-03-01|5")
    assert counts(looked(fresh, "measurements", path)) == SAME
    path = written(tmp_path / "b.csv", f"{header}|Nota", f"{there.id}|BO2-j|2016-03-01||Nageteld")
    (line,) = looked(fresh, "measurements", path).lines
    assert line.changes == (("note", "", "Nageteld"),)
    path = written(tmp_path / "b.csv", header, f"{there.id}|BO2-h|2016-03-01|5")
    assert lines(fresh, "measurements", path) == [
        "b.csv, row 2, column B “Indicator”: “BO2-h” The measurement with this id is one of another indicator. Correct the cell, or empty that of the id for a new measurement. [ref.other]"
    ]


def test_what_does_not_go_together_in_the_register(fresh: Session, tmp_path: Path) -> None:
    ids = {each.code: each for each in named_organisations(fresh)}
    path = written(
        tmp_path / "a.csv",
        "Id|Code|Naam|Werksoort|Deelsoort",
        "|VER-01|Een||gespecialiseerd",
        "|NIEUW|Kring|verenigingen|gespecialiseerd",
        f"{ids['VER-04'].id}|VER-05|Vier||",
        f"{ids['VER-06'].id}|ZZ|Zes||",
        "|ZZ|Heel anders|verenigingen|",
    )
    together = "This subtype is not one of the work type. Give the work type and the subtype that go together. [organisation.subtype]"
    assert lines(fresh, "organisations", path) == [
        f"a.csv, row 2, column E “Deelsoort”: “gespecialiseerd” {together}",
        "a.csv, row 3, column E “Deelsoort”: “gespecialiseerd” There is no subtype “gespecialiseerd”. Look at the list of what there is. [ref.unknown]",
        "a.csv, row 4, column B “Code”: “VER-05” This is another organisation than what else stands in the row. Correct one of them. [ref.ambiguous]",
        "a.csv, row 6, column B “Code”: “ZZ” Row 5 of this list is about the same. Keep one of them. [row.duplicate]",
    ]
    path = written(tmp_path / "b.csv", "Code|Naam", "VER-05|Vijf")
    said = Choices(same={2: "VER-04"})
    assert counts(looked(fresh, "organisations", path, choices=said)) == [0, 0, 0, 1]


def test_a_list_that_still_has_a_merged_organisation(fresh: Session, tmp_path: Path) -> None:
    ids = {each.code: each for each in named_organisations(fresh)}
    keep, other = ids["VER-01"], ids["VER-02"]
    path = written(tmp_path / "a.csv", "Code|Naam", f"VER-02|{other.name}", f"VER-01|{keep.name}")
    by_id = written(tmp_path / "b.csv", "Id|Naam", f"{other.id}|{other.name}")
    fresh.write(MergeOrganisations.of(keep_id=keep.id, other_id=other.id))
    seen = looked(fresh, "organisations", path)
    assert (counts(seen), seen.lines[0].label) == (
        [0, 0, 2, 0], f"{other.name} → VER-01 {keep.name}"
    )  # fmt: skip
    assert counts(looked(fresh, "organisations", by_id)) == SAME


def test_an_end_that_another_row_contradicts(fresh: Session, tmp_path: Path) -> None:
    path = written(
        tmp_path / "a.csv", "Persoon|Werksoort|Van|Tot",
        "An Peeters|verenigingen|2016-01-01|2016-12-31", "An Peeters|verenigingen|2016-07-01|",
    )  # fmt: skip
    assert lines(fresh, "assignments", path) == [
        "a.csv, row 3, column C “Van”: “2016-07-01” Row 2 of this list has somebody until 31/12/2016. A work type has one contact person on any day. [assignment.overlap]"
    ]


@pytest.mark.parametrize(
    ("header", "row", "said"),
    [
        ("Niveau|Code|Onder|Titel", "actie|A1|OD1.1|T", " Year: An action needs the year that it is planned in. [goal.year]"),
        ("Niveau|Code|Onder|Titel|Jaar", "actie|A1|OD1.1|T|2025", ", column E “Jaar”: “2025” This year is outside the plan. [goal.year]"),
        ("Niveau|Code|Onder|Titel|Jaar", "od|O9|SD1|T|2016", ", column E “Jaar”: “2016” Only an action has a year. [goal.year]"),
        ("Niveau|Code", "sd|OD1.1", ", column A “Niveau”: “sd” OD1.1 is a goal of kind “operational” in the plan. Leave the cell empty; a goal of another kind gets another code. [goal.kind]"),
        ("Niveau|Code|Onder|Titel", "indicator|OD1.3|OD1.4|T", ", column B “Code”: “OD1.3” This code is used more than once in the plan. A goal and an indicator cannot have the same code. [code.taken]"),
        ("Niveau|Code|Onder|Titel|Richting|Ondergrens", "indicator|I1|OD1.3|T|maintain|", ", column F “Ondergrens”: With direction “maintain” a band is needed: band = [80, 100]. [indicator.sheet]"),
        ("Niveau|Code|Onder|Titel|Soort|Telt zelf", "indicator|I1|OD1.3|T|percentage|visits_done", ", column E “Soort”: “percentage” What is computed as visits_done has kind count. [indicator.sheet]"),
        ("Niveau|Code|Onder|Titel|Soort|Nulmeting", "indicator|I1|OD1.3|T|narrative|5", ", column E “Soort”: “narrative” A narrative has no numbers: no baseline, no band and no targets. [indicator.sheet]"),
        ("Niveau|Code|Onder|Titel|Nulmeting|Datum nulmeting", "indicator|I1|OD1.3|T|5|2030-01-01", ", column F “Datum nulmeting”: “2030-01-01” This is after the end of the plan. [indicator.sheet]"),
    ],
)  # fmt: skip
def test_what_does_not_go_together_in_a_plan(
    header: str, row: str, said: str, fresh: Session, tmp_path: Path
) -> None:
    said = f"a.csv, row 2{said}" if said.startswith(",") else f"a.csv, row 2:{said}"
    assert lines(fresh, "plan", written(tmp_path / "a.csv", header, row)) == [said]


def test_a_goal_and_an_indicator_move(fresh: Session, tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "Code|Onder", "OD1.2|SD2", "BO2-j|OD1.2")
    moved = [line.changes for line in looked(fresh, "plan", path).lines]
    assert moved == [(("parent", "SD1", "SD2"),), (("parent", "BO2", "OD1.2"),)]
    assert counts(taken(fresh, "plan", path)) == [0, 2, 0, 0]
    assert counts(looked(fresh, "plan", path)) == [0, 0, 2, 0]


def test_all_of_a_plan_file_that_is_taken(fresh: Session, tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    usual = 'goal = "SD9"\ntitle = "T"\nsphere = "control"\n'
    path.write_text(
        '[plan]\ncode = "x"\ntitle = "T"\nstarts_on = 2016-01-01\nends_on = 2020-12-31\n'
        '[[pause]]\nstarts_on = 2016-07-01\nends_on = 2016-08-31\n'
        '[[goal]]\ncode = "SD9"\nkind = "strategic"\ntitle = "T"\n'
        f'[[indicator]]\n{usual}code = "I1"\nkind = "percentage"\naggregation = "latest"\n'
        'direction = "maintain"\nband = [80, 100]\n'
        f'[[indicator]]\n{usual}code = "I2"\nkind = "count"\naggregation = "sum"\n'
        'computed = "visits_done"\ncomputed_linked = true\n',
        "utf-8",
    )  # fmt: skip
    done = taken(fresh, "plan", path)
    assert done.counts[State.NEW] == 3
    assert rows(
        fresh,
        "SELECT code, band_low, band_high, computed_linked FROM indicator WHERE code LIKE 'I_'",
    ) == [("I1", "80", "100", 0), ("I2", None, None, 1)]
    again = looked(fresh, "plan", path)
    assert (counts(again), again.remarks) == (
        [0, 0, 3, 0],
        ("Only goals, indicators and targets are taken of a plan file, not [[pause]].",),
    )
