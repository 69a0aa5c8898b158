# ruff: noqa: E501 (a line that is compared is written whole)
"""What cannot be taken, row by row: where, what stands there, why not, what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from socius_tui.services.session import Session
from tests.services.importing.lists import lines, taken, written

#: For each kind a header, and rows with what is said of them; "" is taken.
CASES: Final = {
    'organisations': (
        'Id|Code|Naam|Werksoort|Deelsoort|Gemeente|Grootte|Erkend vanaf|Erkend tot|KBO',
        [
            ('|N5|Kring D|verenigingen|||reuze|||', 'row 2, column G “Grootte”: “reuze” is none of klein, middel, groot. [choice]'),
            ('|N6|Kring E|verenigingen||||2015-01-01|2014-01-01|', 'row 3, column I “Erkend tot”: “2014-01-01” This is before recognised_from. [period.order]'),
            ('|N7|Kring F|verenigingen||||||0123', 'row 4, column J “KBO”: “0123” This is no enterprise number: it has ten digits, such as 0123.456.749. [enterprise_number]'),
            ('niets|N8|Kring G|verenigingen||||||', 'row 5, column A “Id”: “niets” There is no organisation with this id. Empty the cell to find it by its code, number or name. [ref.unknown]'),
            ('|VER-03|Anders|||||||', ''),
            ('|VER-03|Nog eens|||||||', 'row 7: Row 6 of this list is about the same. Keep one of them. [row.duplicate]'),
            ('||Vereniging 02 (voorbeelt)|verenigingen||Voorbeeldgemeente 08||||', 'row 8, column C “Naam”: “Vereniging 02 (voorbeelt)” This looks like VER-02 Vereniging 02 (voorbeeld), which is in the register already. Say that it is the same (--same 8=CODE) or new (--new 8). [row.likely_duplicate]'),
            ('|N1||verenigingen||||||', 'row 9, column C “Naam”: This must not be empty. [field.missing]'),
            ('|N2|Kring A|||||||', 'row 10, column D “Werksoort”: This must not be empty. [field.missing]'),
            ('|N3|Kring B|koffie||||||', 'row 11, column D “Werksoort”: “koffie” There is no work type “koffie”. Look at the list of what there is. [ref.unknown]'),
            ('|N4|Kring C|verenigingen|x|||||', 'row 12, column E “Deelsoort”: “x” There is no subtype “x”. Look at the list of what there is. [ref.unknown]'),
            ('||Zeldzaam|verenigingen||Gent||||', ''),
            ('||Zeldzaam|verenigingen||Aalst||||', ''),
            ('||Zeldzaam|verenigingen||||||', ''),
        ],
    ),
    'measurements': (
        'Id|Indicator|Datum|Vorm|Waarde|Teller|Noemer|Werksoort|Kenmerk',
        [
            ('||2016-03-01||5||||', 'row 2, column B “Indicator”: This must not be empty. [field.missing]'),
            ('|BO2-h|||5||||', 'row 3, column C “Datum”: This must not be empty. [field.missing]'),
            ('|XX|2016-03-01||5||||', 'row 4, column B “Indicator”: “XX” There is no indicator “XX”. Look at the list of what there is. [ref.unknown]'),
            ('|BO2-j|2016-03-01||||||', 'row 5, column E “Waarde”: This must not be empty. [field.missing]'),
            ('|BO2-j|2016-03-01||veel||||', 'row 6: Row 5 of this list is about the same. Keep one of them. [row.duplicate]'),
            ('|BO2-h|2016-03-01|||5|||', 'row 7, column G “Noemer”: This must not be empty. [field.missing]'),
            ('|BO2-h|2016-03-02|||5|0||', 'row 8, column E “Waarde”: The number below the line must be greater than 0. [rule.invalidinput]'),
            ('|BO2-h|2016-03-03|||7|5||', 'row 9, column E “Waarde”: BO2-h lies between 0 and 100. [rule.invalidinput]'),
            ('|BO2-j|2016-03-04||5|||koffie|', 'row 10, column H “Werksoort”: “koffie” There is no work type “koffie”. Look at the list of what there is. [ref.unknown]'),
            ('|BO2-j|2017-03-04||5||||', 'row 11: 04/03/2017 is in the future; today is 30/06/2016. Enter it when it has happened. [rule.rulebroken]'),
            ('|BO2-j|2016-03-05||-5||||', 'row 12, column E “Waarde”: “-5” BO2-j cannot be below 0. [rule.invalidinput]'),
            ('|BO2-j|2016-03-05||5||||', 'row 13: Row 12 of this list is about the same. Keep one of them. [row.duplicate]'),
            ('niets|BO2-j|2016-03-05||5||||', 'row 14, column A “Id”: “niets” There is no measurement with this id. Empty the cell to find it by indicator and date. [ref.unknown]'),
            ('|BO2-j|2016-03-06|raar|5||||', 'row 15, column D “Vorm”: “raar” is none of waarde, verhouding, niet van toepassing, tekst. Did you mean waarde? [choice]'),
            ('|BO2-j|2016-03-07||1e400||||', 'row 16, column E “Waarde”: “1e400” is not a number. Write the number in full. [number.finite]'),
            ('|BO2-j|2016-03-08||40/57||||', 'row 17, column E “Waarde”: “40/57” BO2-j takes one number, not a fraction. [rule.invalidinput]'),
            ('|BO2-j|2016-03-09||n.v.t.||||', ''),
            ('|BO2-j|2016-03-10||1.000||||', 'row 19, column E “Waarde”: “1.000” can be read in two ways. Say which sign stands before the decimals, with --decimals. [number.ambiguous]'),
            ('|BO2-j|2016-03-05||6||||', 'row 20: Row 12 of this list is about the same. Keep one of them. [row.duplicate]'),
            ('|BO2-h|2016-03-11||120%||||', 'row 21, column E “Waarde”: “120%” BO2-h lies between 0 and 100. [rule.invalidinput]'),
        ],
    ),
    'contacts': (
        'Organisatie|Naam|Functie|E-mail|Telefoon',
        [
            ('|Jan|||', 'row 2, column A “Organisatie”: This must not be empty. [field.missing]'),
            ('VER-01||||', 'row 3, column B “Naam”: This must not be empty. [field.missing]'),
            ('Niets|Jan|||', 'row 4, column A “Organisatie”: “Niets” There is no organisation “Niets”. Look at the list of what there is. [ref.unknown]'),
            ('VER-01|Jan|chef||', 'row 5, column C “Functie”: “chef” is none of coördinator, agogisch, bestuur. [choice]'),
            ('VER-01|Jan||jan@|', 'row 6, column D “E-mail”: “jan@” This is no e-mail address. It is written like naam@organisatie.be. [email.format]'),
            ('VER-01|Jan||jan@x.be|', ''),
            ('VER-01|Jan||jan@x.be|', 'row 8: Row 7 of this list is about the same. Keep one of them. [row.duplicate]'),
        ],
    ),
    'assignments': (
        'Persoon|Werksoort|Van|Tot',
        [
            ('|verenigingen|2016-01-01|', 'row 2, column A “Persoon”: This must not be empty. [field.missing]'),
            ('Niemand|verenigingen|2016-01-01|', 'row 3, column A “Persoon”: “Niemand” There is no person “Niemand”. Look at the list of what there is. [ref.unknown]'),
            ('An Peeters|koffie|2016-01-01|', 'row 4, column B “Werksoort”: “koffie” There is no work type “koffie”. Look at the list of what there is. [ref.unknown]'),
            ('An Peeters|verenigingen||', 'row 5, column C “Van”: This must not be empty. [field.missing]'),
            ('An Peeters|verenigingen|gisteren|', 'row 6, column C “Van”: “gisteren” is not a date that can be read. Write 2016-03-14 or 14/3/2016, between 1900 and 2199. [date.format]'),
            ('An Peeters|verenigingen|2016-05-01|2016-01-01', 'row 7: The end, 01/01/2016, is before the start, 01/05/2016. [rule.invalidinput]'),
            ('An Peeters|bewegingen|2016-03-01|', ''),
            ('An Peeters|bewegingen|2016-03-01|', 'row 9: Row 8 of this list is about the same. Keep one of them. [row.duplicate]'),
        ],
    ),
    'visits': (
        'Id|Organisatie|Datum|Stand|Hoe|Bezoeker|Doelen|Afspraak|Tegen',
        [
            ('|VER-01|||||||', 'row 2, column C “Datum”: This must not be empty. [field.missing]'),
            ('||2016-01-01||||||', 'row 3, column B “Organisatie”: This must not be empty. [field.missing]'),
            ('|Niets|2016-01-01||||||', 'row 4, column B “Organisatie”: “Niets” There is no organisation “Niets”. Look at the list of what there is. [ref.unknown]'),
            ('|VER-01|2016-01-01|soms|||||', 'row 5, column D “Stand”: “soms” is none of gedaan, gepland, geannuleerd. [choice]'),
            ('|VER-01|2016-01-01||vliegend||||', 'row 6, column E “Hoe”: “vliegend” is none of ter plaatse, online, telefonisch. [choice]'),
            ('|VER-01|2016-01-01|||Niemand|||', 'row 7, column F “Bezoeker”: “Niemand” There is no person “Niemand”. Look at the list of what there is. [ref.unknown]'),
            ('|VER-01|2016-01-01||||XX||', 'row 8, column G “Doelen”: “XX” There is no goal “XX”. Look at the list of what there is. [ref.unknown]'),
            ('|VER-01|2016-02-01|geannuleerd|||||', 'row 9, column D “Stand”: “geannuleerd” A visit that is not in the log cannot be cancelled. Leave the row out. [visit.cancelled]'),
            ('|VER-01|2017-02-01|gedaan|||||', 'row 10: 01/02/2017 is in the future; today is 30/06/2016. Plan the visit instead of logging it. [rule.rulebroken]'),
            ('niets|VER-01|2016-01-02||||||', 'row 11, column A “Id”: “niets” There is no visit with this id. Empty the cell to find it by organisation and date. [ref.unknown]'),
            ('|VER-02|2016-01-01||||||', ''),
            ('|VER-02|2016-01-01||||||', 'row 13: Row 12 of this list is about the same. Keep one of them. [row.duplicate]'),
        ],
    ),
    'plan': (
        'Niveau|Code|Onder|Titel|Soort|Richting|Van|Tot|Streefwaarde|Gewicht',
        [
            ('|SD1||||||||', ''),
            ('indicator|Q1|XX|Iets||||||', 'row 3, column C “Onder”: “XX” There is no goal with code XX. Put it in the list before what is below it. [ref.unknown]'),
            ('indicator|Q2||Iets||||||', 'row 4, column C “Onder”: This must not be empty. [field.missing]'),
            ('od|Q3|SD1|||||||', 'row 5, column D “Titel”: This is missing. [field.missing]'),
            ('streefwaarde|BO2-j||||||||5', 'row 6: Year: A target has either a year, or both from and until. [target.period]'),
            ('streefwaarde|ZZ||||| 2016-01-01|2016-12-31|5|', 'row 7, column B “Code”: “ZZ” There is no indicator “ZZ”. Put it in the list before what is below it. [ref.unknown]'),
            ('streefwaarde|BO2-j||||| 2016-12-31|2016-01-01|5|', 'row 8: The end, 01/01/2016, is before the start, 31/12/2016. [rule.invalidinput]'),
            ('od|Q4|SD9|Titel||||||', 'row 9, column C “Onder”: “SD9” There is no goal with code SD9. Put it in the list before what is below it. [ref.unknown]'),
            ('indicator|Q5|SD1|Iets|raar|||||', 'row 10, column E “Soort”: “raar” is none of count, amount, percentage, ratio, scale, milestone, narrative. [choice]'),
            ('streefwaarde|BO2-j|||||2030-01-01|2030-12-31|5|', "row 11: 01/01/2030 is outside the plan's period, 01/01/2016 to 31/12/2020. Check the year. [rule.rulebroken]"),
            ('indicator|BO2-j||||||||x', 'row 12, column J “Gewicht”: “x” is not a number. Write it like 1234,5. [number.format]'),
            ('od|Q7|SD1|Titel||||||', ''),
            ('od|Q7|SD1|Titel||||||', 'row 14, column B “Code”: “Q7” Row 13 of this list is about the same. Keep one of them. [row.duplicate]'),
            ('action|Q8|SD1|T||||||', 'row 15, column C “Onder”: “SD1” A goal of kind “action” stands under one of kind operational, objective, basic_task. [goal.parent]'),
            ('sd|Q9|OD2.1|T||||||', 'row 16, column C “Onder”: “OD2.1” A goal of kind “strategic” stands under no other. Empty the cell. [goal.parent]'),
            ('indicator|Q10|OD2.1|T|percentage||||| -3', 'row 17, column J “Gewicht”: “ -3” This must not be below zero. [number.range]'),
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", CASES)
def test_each_row_that_cannot_be_taken(kind: str, fresh: Session, tmp_path: Path) -> None:
    header, rows = CASES[kind]
    path = written(tmp_path / "a.csv", header, *(row for row, _said in rows))
    assert lines(fresh, kind, path) == [f"a.csv, {said}" for _row, said in rows if said]


@pytest.mark.parametrize("year", ["99999", "0", "2016,5", "-3"])
def test_a_year_that_is_none(year: str, fresh: Session, tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "Code|Jaar|Streefwaarde", f"BO2-j|{year}|5")
    assert lines(fresh, "plan", path) == [
        f"a.csv, row 2, column B “Jaar”: “{year}” This is not a year. [number.range]"
    ]


def test_a_reference_that_can_be_several(fresh: Session, tmp_path: Path) -> None:
    both = ("Kring|verenigingen|Gent|K1", "Kring|verenigingen|Aalst|K2")
    taken(
        fresh, "organisations", written(tmp_path / "o.csv", "Naam|Werksoort|Gemeente|Code", *both)
    )
    path = written(tmp_path / "a.csv", "Organisatie|Datum", "Kring|2016-01-01", "K1|2016-01-01")
    assert lines(fresh, "visits", path) == [
        "a.csv, row 2, column A “Organisatie”: “Kring” can be several: K1 Kring; K2 Kring. "
        "Give the code instead. [ref.ambiguous]"
    ]
    path = written(tmp_path / "b.csv", "Naam|Nota", "Kring|x")
    assert lines(fresh, "organisations", path) == [
        "b.csv, row 2, column A “Naam”: “Kring” There are 2 organisations with this name. "
        "Give the municipality, the code or the enterprise number. [ref.ambiguous]"
    ]
