"""What cannot be: a sentence, an exit code, and not one byte of the file changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Socius

ADD = ("visit", "add", "VER-01", "--date")
ENTER = ("progress", "add")
DATED = ("--date", "1/6/2018")

#: A command line, its exit code, and words of the sentence that it gives.
BAD = (
    # codes and names
    (("explain", "ZZ9"), 1, "ZZ9"),
    (("goal", "show", "SD9"), 1, "SD9"),
    (("status", "--goal", "XX"), 1, "XX"),
    (("status", "--work-type", "zzz"), 1, "zzz"),
    (("visit", "add", "qqqq", "--date", "-1"), 1, "qqqq"),
    (("visit", "add", "Vereniging", "--date", "-1"), 1, "Vereniging 01"),
    (("visit", "add", "", "--date", "-1"), 1, "organisation"),
    ((*ADD, "-1", "--goal", "OD7.7"), 1, "OD7.7"),
    ((*ADD, "-1", "--visitor", "Zork"), 1, "Zork"),
    ((*ENTER, "OD9", "1", *DATED), 1, "OD9"),
    (("visit", "done", "zzzzzz"), 1, "zzzzzz"),
    (("visit", "retire", "zzzzzz"), 1, "zzzzzz"),
    (("followup", "done", "zzzzzz"), 1, "zzzzzz"),
    (("progress", "retire", "zzzzzz"), 1, "zzzzzz"),
    (("progress", "edit", "ab"), 1, "ab"),
    (("assign", "Zork", "bewegingen", "--from", "1/1/2018"), 1, "Zork"),
    # dates
    ((*ADD, "31/2/2018"), 2, "no day 31"),
    ((*ADD, "2018-02-29"), 2, "no day 29"),
    ((*ADD, "2018-13-01"), 2, "no month 13"),
    ((*ADD, "20180301"), 2, "2018-03-01"),
    ((*ADD, "43190"), 2, "spreadsheet"),
    ((*ADD, "2018-W05"), 2, "week"),
    ((*ADD, "1/6/18"), 2, "four digits"),
    ((*ADD, "soon"), 2, "soon"),
    ((*ADD, ""), 2, "--date"),
    ((*ADD, "9999-12-31"), 2, "9999"),
    ((*ADD, "0000-01-01"), 2, "0000"),
    ((*ADD, "31/12/2015"), 1, "outside the plan"),
    ((*ADD, "1/1/2021", "--status", "planned"), 1, "outside the plan"),
    ((*ADD, "+1"), 1, "in the future"),
    (("visit", "done", "zzzzzz", "--on", "31/2/2018"), 1, "zzzzzz"),
    ((*ADD, "-1", "--due", "+3"), 2, "--follow-up"),
    ((*ADD, "-1", "--follow-up", "x", "--due", "31/2/2018"), 2, "--due"),
    (("status", "--as-of", "31/2/2018"), 2, "--as-of"),
    (("--as-of", "x", "status"), 2, "--as-of"),
    ((*ENTER, "OD1.1-c", "1", "--date", "1/1/2015"), 1, "outside the plan"),
    ((*ENTER, "OD1.1-c", "1", "--date", "+1"), 1, "in the future"),
    (("assign", "Dries", "bewegingen", "--from", "2/1/2019", "--until", "1/1/2019"), 2, "before"),
    (("assign", "Dries", "bewegingen", "--from", "1/1/2016"), 1, "one contact person"),
    (("narrative", "write", "OD1.1", "--year", "17", "--happened", "x"), 2, "--year"),
    (("narrative", "write", "OD1.1", "--from", "1/1/2017", "--happened", "x"), 2, "--until"),
    (("target", "set", "OD1.1-b", "5", "--from", "2/1/2018", "--until", "1/1/2018"), 2, "before"),
    # numbers
    ((*ENTER, "OD1.1-c", "abc", *DATED), 2, "abc"),
    ((*ENTER, "OD1.1-c", "", *DATED), 2, "VALUE"),
    ((*ENTER, "OD1.1-c", "nan", *DATED), 2, "nan"),
    ((*ENTER, "OD1.1-c", "inf", *DATED), 2, "inf"),
    ((*ENTER, "OD1.1-c", "-inf", *DATED), 2, "-inf"),
    ((*ENTER, "OD1.1-c", "1e400", *DATED), 2, "1e400"),
    ((*ENTER, "OD1.1-c", "1_000", *DATED), 2, "1_000"),
    ((*ENTER, "OD1.1-c", "1,000", *DATED), 2, "two ways"),
    ((*ENTER, "OD1.1-c", "٣", *DATED), 2, "not a number"),
    ((*ENTER, "OD1.1-c", "−5", *DATED), 2, "minus sign"),
    ((*ENTER, "OD1.1-c", "9" * 31, *DATED), 2, "digits"),
    ((*ENTER, "OD1.1-c", "-1", *DATED), 2, "below 0"),
    ((*ENTER, "OD1.1-b", "101", *DATED), 2, "between 0 and 100"),
    ((*ENTER, "OD1.1-b", "1/0", *DATED), 2, "more than zero"),
    ((*ENTER, "OD1.1-c", "1/2", *DATED), 2, "not a fraction"),
    ((*ENTER, "OD1.1-c", "12%", *DATED), 2, "percent"),
    ((*ENTER, "BO2-a", "1", *DATED), 1, "visit log"),
    (("target", "set", "OD1.1-c", "many", "--year", "2019"), 2, "many"),
    # texts
    ((*ADD, "-1", "--note", "x" * 20_001), 2, "20001 characters"),
    ((*ADD, "-1", "--need", "x" * 81), 2, "at most 80"),
    ((*ADD, "-1", "--need", "  "), 2, "empty"),
    (("person", "add", " "), 2, "empty"),
    (("person", "add", "x" * 201), 2, "at most 200"),
    (("followup", "add", "", "--goal", "OD1.1"), 2, "empty"),
    (("followup", "add", "iets"), 2, "comes from"),
    (("narrative", "write", "OD1.1", "--year", "2017"), 2, "what happened"),
    # wrong use
    (("frobnicate",), 2, "frobnicate"),
    (("visit", "ad"), 2, "add"),
    (("status", "--gaol", "SD1"), 2, "--goal"),
    (("status", "--goal"), 2, "--goal needs a value"),
    (("status", "--all=yes"), 2, "--all takes no value"),
    (("status", "SD1"), 2, "SD1"),
    (("status", "--format", "xml"), 2, "table, csv, json, markdown"),
    (("visit", "list", "--limit", "0"), 2, "--limit"),
    (("visit", "list", "--limit", "many"), 2, "--limit"),
    (("visit", "add"), 2, "ORGANISATION"),
    (("visit", "add", "VER-01"), 2, "--date"),
    (("progress", "add", "OD1.1-c", "5"), 2, "--date"),
    (("visit", "add", "VER-01", "--date", "-1", "--mode", "pigeon"), 2, "pigeon"),
    (("export", "everything", "x.csv"), 2, "everything"),
    (("status", "--lang", "fr"), 2, "nl, en"),
    (("person", "add", "Jo", "Maes"), 2, "quotes"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "code", "words"), BAD, ids=[" ".join(b[0])[:60] for b in BAD]
)
@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_sentence_and_nothing_written(
    demo: Path, socius: Socius, arguments: tuple[str, ...], code: int, words: str, language: str
) -> None:
    before = demo.read_bytes()
    language = "en" if "--lang" in arguments else language
    if language == "nl":  # each language has its own grouping sign
        arguments = tuple("1.000" if each == "1,000" else each for each in arguments)
    said = socius("--lang", language, *arguments, code=code)
    assert said.out == ""
    assert said.err.startswith("Fout" if language == "nl" else "Error")
    if language == "en":
        assert words in said.err
    assert len(said.err) < 3000
    assert demo.read_bytes() == before
    assert [path.name for path in demo.parent.iterdir()] == [demo.name]


def test_a_visit_before_recognition(fresh: Path, socius: Socius) -> None:
    import sqlite3

    with sqlite3.connect(fresh) as connection:
        connection.execute(
            "UPDATE organisation SET recognised_from = '2017-01-01' WHERE code = 'VER-01'"
        )
    connection.close()
    before = fresh.read_bytes()
    said = socius("visit", "add", "VER-01", "--date", "1/6/2016", code=1)
    assert "recognised from 01/01/2017" in said.err
    assert fresh.read_bytes() == before


def test_a_file_without_a_plan(socius: Socius, tmp_path: Path) -> None:
    from socius_tui.store.schema import new_database

    path = tmp_path / "bare.db"
    new_database(path)
    said = socius("status", "--db", path, code=1)
    assert "no plan" in said.err
    assert "socius init" in said.err
