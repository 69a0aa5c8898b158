"""Lists in CSV: each way to write one that is read, and each refusal with its whole text."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socius_tui.errors import BadFile
from socius_tui.services.exchange.tabular import delimited
from socius_tui.services.exchange.tabular.source import Hints, Rejection, Source, open_source

CLOSE = "Put the whole text between quotes, and write a quote inside it twice."
RIGHT = "Check that this is the right file."
NO_UTF8 = (
    "list.csv: This is no text in UTF-8. [file.encoding] If it is UTF-16, say so with "
    "--encoding utf-16; else save it again as CSV in UTF-8."
)
ENCODE = "Save the list again as CSV in UTF-8, or say how it is stored with --encoding."


def written(folder: Path, data: bytes, hints: Hints = Hints()) -> Source:  # noqa: B008
    path = folder / "list.csv"
    path.write_bytes(data)
    return open_source(path, hints)


def cells(source: Source) -> list[tuple[int, tuple[object, ...]]]:
    rows = list(source.rows())
    assert not [row for row in rows if isinstance(row, Rejection)]
    return [(row.number, row.cells) for row in rows if not isinstance(row, Rejection)]


REFUSED = {
    "empty": (b"", f"list.csv: This file is empty. [file.empty] {RIGHT}"),
    "only a mark": (b"\xef\xbb\xbf", f"list.csv: This file is empty. [file.empty] {RIGHT}"),
    "no rows": (
        b"naam;jaar\n",
        f"list.csv: There are no rows below the header (naam, jaar). [file.no_rows] {RIGHT}",
    ),
    "open quote": (
        b'a;b\n"x;1\n2;3\n',
        f"list.csv, row 2: A quote that opens in this row is never closed. [csv.quote] {CLOSE}",
    ),
    "text after a quote": (
        b'a;b\n"a"b;1\n',
        f"list.csv, row 2: A cell goes on after its closing quote. [csv.quote] {CLOSE}",
    ),
    "two names": (
        b"naam;jaar;NAAM\n1;2;3\n",
        "list.csv, row 1: Columns A and C have the same name, “NAAM”. [csv.header.duplicate] "
        "Give one of them another name.",
    ),
    "no name": (
        b"a;;b\n1;;3\n1;2;3\n",
        "list.csv, row 3: Column B has a value here and no name in the header. [csv.header.empty] "
        "Give the column a name, or empty it.",
    ),
    "mixed": (
        b"a;b\nx;\xc3\xa9\ny;\xc3\xa8\nz;\xe8\n",
        f"list.csv: Line 4 is not text in UTF-8. [file.encoding] {ENCODE}",
    ),
    "undefined": (
        b"a;b\nx;\xe8\ny;\x81\n",
        f"list.csv: Line 3 is not text in Windows-1252. [file.encoding] {ENCODE}",
    ),
    "marked and not": (
        b"\xef\xbb\xbfa;b\nx;\xe8\n",
        f"list.csv: Line 2 is not text in UTF-8. [file.encoding] {ENCODE}",
    ),
    "wide without a mark": ("a;b\n1;2\n".encode("utf-16-le"), NO_UTF8),
    "wide without a mark, with an accent": ("naam;b\nAndré;2\n".encode("utf-16-le"), NO_UTF8),
    "wide the other way": ("naam;b\nAndré;2\n".encode("utf-16-be"), NO_UTF8),
    "four bytes a letter": ("a;b\né;2\n".encode("utf-32"), NO_UTF8),
    "four the other way": (b"\0\0\xfe\xff" + "a;b\né;2\n".encode("utf-32-be"), NO_UTF8),
    "JSON": (
        b'[\n  {"a": 1}\n]\n',
        "list.csv: This is one JSON list; here a list is read with an object on each line. "
        "[json.array] Save it as JSON Lines (.jsonl), or as CSV.",
    ),
    "too wide": (
        b";".join(b"c%d" % n for n in range(201)) + b"\n1\n",
        "list.csv, row 1: There are 201 columns; at most 200 are read. [csv.header.too_many] "
        "Leave out the columns that are not needed.",
    ),
    "a page": (
        b"<html><table>",
        "list.csv: This is a page or a document, and no list. [file.html] "
        "Open it in a spreadsheet and save it as XLSX or CSV.",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_its_whole_text(tmp_path: Path, name: str) -> None:
    data, text = REFUSED[name]
    with pytest.raises(BadFile) as caught:
        written(tmp_path, data)
    assert f"{caught.value.message} {caught.value.hint}" == text


def test_a_delimiter_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as caught:
        written(tmp_path, b"a,b,c\n1,2,3\n", Hints(delimiter=";"))
    assert caught.value.message == (
        "list.csv, row 1: With “;” between the cells there is 1 column; "
        "with “,” there are 3. [csv.delimiter]"
    )


def test_a_text_of_megabytes_is_no_quote_that_was_forgotten(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as caught:
        written(tmp_path, b"a;b\n1;" + b"x" * 10_000_001 + b"\n")
    assert f"{caught.value.message} {caught.value.hint}" == (
        "list.csv, row 2: A text has more than 10000000 characters; at most 131072 fit. "
        "[text.too_long] Make it shorter."
    )


REJECTED = {
    "too many": (
        b"a;b\n1;2;3\n",
        "list.csv, row 2: This row has 3 cells; the header has 2. "
        "Put a text that holds the delimiter between quotes. [csv.columns]",
    ),
    "too few": (
        b"a;b\n1\n",
        "list.csv, row 2: This row has 1 cell; the header has 2. "
        "Put a text that holds the delimiter between quotes. [csv.columns]",
    ),
    "too long": (
        b"a;b\n1;" + b"x" * 200_000 + b"\n",
        f"list.csv, row 2, column B “b”: “{'x' * 79}…” This text has 200000 characters; "
        "at most 131072 fit. Make it shorter. [text.too_long]",
    ),
    "glued": (
        b"a;b\n\xef\xbb\xbfa;b\n",
        "list.csv, row 2, column A “a”: Here a second file begins: there is a byte order mark "
        "(U+FEFF) inside the list. Take out the header that was pasted in, or type the text "
        "again. [text.invisible]",
    ),
}


@pytest.mark.parametrize("name", REJECTED)
def test_a_row_is_rejected_with_its_whole_text_and_the_rest_goes_on(
    tmp_path: Path, name: str
) -> None:
    data, text = REJECTED[name]
    rejected, good = written(tmp_path, data + b"8;9\n").rows()
    assert str(rejected) == text
    assert not isinstance(good, Rejection)
    assert good.cells == ("8", "9")


@pytest.mark.parametrize(
    ("data", "encoding", "remark"),
    [
        ("a;b\r\n1;è\r\n".encode("utf-16"), "UTF-16 LE", ""),
        (b"\xfe\xff" + "a;b\n1;è\n".encode("utf-16-be"), "UTF-16 BE", ""),
        (b"\xef\xbb\xbf" + "a;b\n1;è\n".encode(), "UTF-8", ""),
        ("a;b\r1;è\r".encode(), "UTF-8", ""),
        (
            "a;b\n1;è\n".encode("cp1252"),
            "Windows-1252",
            "Read as Windows-1252, since it is not UTF-8: look whether accents are right.",
        ),
    ],
)
def test_encodings(tmp_path: Path, data: bytes, encoding: str, remark: str) -> None:
    source = written(tmp_path, data)
    assert source.header == ("a", "b")
    assert source.found.encoding == encoding
    assert cells(source) == [(2, ("1", "è"))]
    assert source.remarks == ((remark,) if remark else ())


def test_rows_have_the_numbers_of_a_spreadsheet(tmp_path: Path) -> None:
    source = written(tmp_path, b'sep=;\r\na;b\r1;"x\r\ny"\n\n;;\r\n'.replace(b";;", b";") + b"2;z")
    assert cells(source) == [(3, ("1", "x\r\ny")), (6, ("2", "z"))]
    assert source.remarks == (
        "The first row says which sign stands between the cells.",
        "2 empty rows are skipped.",
    )


def test_a_long_cell_hides_no_delimiter_and_other_readers_keep_their_limit(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    source = written(tmp_path, b"a,b\n1," + b"x" * 200_000 + b"\n8,9\n")
    rows = source.rows()
    assert isinstance(next(rows), Rejection)
    assert csv.field_size_limit() == before
    assert source.found.delimiter == ","


def test_a_quote_inside_a_bare_cell_is_a_quote(tmp_path: Path) -> None:
    assert cells(written(tmp_path, b'a,b\na"b"c,1\n')) == [(2, ('a"b"c', "1"))]


def test_accents_that_went_wrong_earlier_are_told(tmp_path: Path) -> None:
    source = written(tmp_path, "a;b\n1;2\n1;GenÃ¨ve\n".encode())
    assert source.remarks == ("Row 3: “GenÃ¨ve” looks as if accents went wrong earlier.",)


@pytest.mark.parametrize(
    ("row", "decimals", "days"),
    [
        ("1.234,56", "comma", None),
        ("1,234.56", "point", None),
        ("1.000", None, None),
        ("31/12/2016", None, "day_first"),
        ("12/31/2016", None, "month_first"),
        ("3/4/2016", None, None),
    ],
)
def test_signs_and_days_are_found(
    tmp_path: Path, row: str, decimals: str | None, days: str | None
) -> None:
    found = written(tmp_path, f"a;b\n{row};x\n".encode()).found
    assert (found.decimals, found.days) == (decimals, days)


def test_too_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MOST_ROWS", 2)
    with pytest.raises(BadFile, match=r"\[file.too_many_rows\]"):
        written(tmp_path, b"a;b\n1;2\n1;2\n1;2\n")


@pytest.mark.parametrize("change", ["grows", "another", "touched"])
def test_a_file_that_changes_is_refused(tmp_path: Path, change: str) -> None:
    source = written(tmp_path, b"a;b\n1;2\n")
    list(source.rows())
    if change == "grows":
        source.path.write_bytes(b"a;b\n1;2\n3;4\n")
    elif change == "another":
        about = source.path.stat()
        source.path.write_bytes(b"a;b\n1;3\n")
        os.utime(source.path, ns=(about.st_atime_ns, about.st_mtime_ns))
    else:
        os.utime(source.path, ns=(1, 1))
    with pytest.raises(BadFile, match=r"The file changed while it was read.*\[file.changed\]"):
        list(source.rows())


TEXT = st.text(
    st.characters(codec="cp1252", exclude_categories=["Cc", "Cf", "Zs", "Zl"]), min_size=1
)


@given(
    rows=st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=6),
    sign=st.sampled_from(";,\t"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_what_csv_writes_reads_back(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, str, str]],
    sign: str,
    encoding: str,
    end: str,
) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=sign, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(
        [("one", "two", "three"), *rows]
    )
    path = tmp_path_factory.getbasetemp() / "written.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    said = "cp1252" if encoding == "cp1252" else None
    assert [row for _number, row in cells(open_source(path, Hints(encoding=said)))] == rows
