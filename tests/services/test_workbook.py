"""The workbook: reads back as the CSV, never a formula, the same bytes, whole in LibreOffice."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import zipfile
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from socius_tui.domain.filters import VisitFilter
from socius_tui.domain.model import Status
from socius_tui.domain.text import neutralise_formula, restore_formula
from socius_tui.i18n import set_language
from socius_tui.services.exchange.csvfile import csv_lines
from socius_tui.services.exchange.sheets import (
    LONGEST_NAME,
    LONGEST_TEXT,
    Book,
    cell_text,
    sheet_name,
    status_text,
)
from socius_tui.services.exchange.tables import Column, Table, exported, status_table
from socius_tui.services.exchange.workbook import write_workbook
from socius_tui.services.log import visit_log
from socius_tui.services.overview import plan_status
from socius_tui.services.session import Session
from socius_tui.services.wording import symbol, word
from tests.hostile import HOSTILE

LEADS = (
    "=", "+", "-", "@", "|", "\t=", "\r=", "\n=", " =", "＝", "＋", "－", "＠",
    "\u00a0=", "\ufeff=", "\u200b=",
)  # fmt: skip
BODIES = ("1+1", 'HYPERLINK("http://hostile.invalid","klik")', "cmd|' /C calc'!A0")
PAYLOADS = [lead + body for lead in LEADS for body in BODIES]
TEXT = Column("text", "Text", "text", lambda row: row)


@pytest.fixture(scope="module")
def book_file(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of the demo."""
    folder = tmp_path_factory.mktemp("book")
    set_language("en")
    with Session(Path(shutil.copy(demo_file, folder / "demo.db"))) as session:
        session.database.connection.execute("UPDATE visit SET private_note = 'KEEP THIS PRIVATE'")
        write_workbook(session, folder / "demo.xlsx")
    return folder / "demo.xlsx"


def payload_book(path: Path, texts: list[str]) -> None:
    with path.open("wb") as file:
        book = Book(file, title="t", author="a", made=datetime(2018, 6, 30))  # noqa: DTZ001
        book.table(book.sheet("Texts"), Table((TEXT,), texts))
        book.close()


def rows_of(path: Path, sheet: str) -> list[list[Any]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()


def each_width(sheet: str) -> list[float]:
    """The width of each column, also of those that are written together."""
    found = re.findall('<col min="([0-9]+)" max="([0-9]+)" width="([0-9.]+)"', sheet)
    return [float(width) for first, last, width in found for _n in range(int(first), int(last) + 1)]


def test_it_has_a_sheet_for_each_thing(book_file: Path) -> None:
    names = CalamineWorkbook.from_path(book_file).sheet_names
    assert names == [
        "About", "Status", "SD1", "SD2", "SD3", "SD4", "BO1", "BO2", "Coverage", "Visits",
        "Data quality",
    ]  # fmt: skip


def test_the_status_reads_back_as_the_csv(demo: Session, book_file: Path) -> None:
    status = plan_status(demo)
    table = status_table(status.as_of, status.lines)
    text = "".join(csv_lines(table))
    expected = list(csv.reader(io.StringIO(text, newline=""), strict=True))[1:]
    found = rows_of(book_file, "Status")[1:]
    assert len(found) == len(expected) > 70
    for cells, texts in zip(found, expected, strict=True):
        for column, cell, wanted in zip(table.columns, cells, texts, strict=True):
            if wanted == "":
                assert cell == ""
            elif column.kind in ("number", "share"):
                assert cell == pytest.approx(float(Fraction(wanted)), rel=1e-12)
            elif column.kind == "date":
                assert cell == date.fromisoformat(wanted)
            elif column.name == "status":
                assert cell == f"{symbol(wanted)} {word(wanted)}"  # type: ignore[arg-type]
            elif column.kind == "code":
                assert cell == word(wanted)
            else:
                assert cell == restore_formula(wanted)


def test_it_says_of_which_day_it_is_and_keeps_private_notes_out(book_file: Path) -> None:
    front = {row[0]: row[1] for row in rows_of(book_file, "About") if row[0]}
    assert front["As of"] == "30/06/2018"
    assert re.fullmatch("[0-9a-f]{64}", front["Content of the status"])
    book = CalamineWorkbook.from_path(book_file)
    everything = str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
    assert len(rows_of(book_file, "Visits")) > 200
    assert "PRIVATE" not in everything


def test_a_goal_has_its_periods_and_the_numbers_of_its_chart(book_file: Path) -> None:
    rows = rows_of(book_file, "SD1")
    periods = [row for row in rows if row[0] == "OD1.1-b"]
    assert len(periods) >= 3
    assert all(isinstance(row[3], date) and row[6] for row in periods)
    chart = rows[next(n for n, row in enumerate(rows) if row[0] == "Date") + 1 :]
    assert chart[0][0] == date(2016, 1, 1)
    assert chart[-1][0] == date(2020, 12, 31)
    assert chart[-1][3] == pytest.approx(1)
    done = [row[0] for row in chart if row[4] != ""]
    assert done
    assert max(done) == date(2018, 6, 30)


def test_an_action_has_its_own_state_and_the_total_a_name(book_file: Path) -> None:
    states = {row[0]: row[8] for row in rows_of(book_file, "SD1")}
    assert states["OD1.1-2017-1"] == "● done"
    assert states["OD1.1"] == "▲ needs attention"
    assert rows_of(book_file, "Coverage")[-1][0] == "All together"


def test_headings_and_statuses_have_room(book_file: Path) -> None:
    with zipfile.ZipFile(book_file) as book:
        widths = {
            name: each_width(book.read(f"xl/worksheets/sheet{number}.xml").decode())
            for number, name in enumerate(("About", "Status", "SD1"), 1)
        }
    status = rows_of(book_file, "Status")[0]
    assert len(widths["Status"]) == len(status)
    for heading, width in zip(status, widths["Status"], strict=True):
        assert width > max(map(len, heading.split())) + 3
    assert widths["SD1"][0] > max(len(status_text(status)) for status in Status)


def test_an_earlier_day_has_no_visit_of_after_it(demo: Session, tmp_path: Path) -> None:
    demo.set_as_of(date(2016, 12, 31))
    write_workbook(demo, tmp_path / "earlier.xlsx")
    days = [row[1] for row in rows_of(tmp_path / "earlier.xlsx", "Visits")[1:]]
    assert len(days) == len(visit_log(demo, VisitFilter(until=demo.as_of)))
    assert max(days) <= demo.as_of


def test_data_quality_names_what_is_missing(book_file: Path) -> None:
    rows = rows_of(book_file, "Data quality")
    assert any("no data" in str(row[6]) for row in rows)
    assert any("no baseline" in str(row[6]) for row in rows)


def test_the_same_input_gives_the_same_bytes(
    demo: Session, book_file: Path, tmp_path: Path
) -> None:
    write_workbook(demo, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == book_file.read_bytes()


def test_any_text_comes_back_as_a_text(tmp_path: Path) -> None:
    texts = [
        *PAYLOADS,
        *(h.text for h in HOSTILE),
        "<r>x</r>",
        "a\ufffeb",
        "http://x.be",
        "_x0041_",
    ]
    payload_book(tmp_path / "t.xlsx", texts)
    found = [row[0] for row in rows_of(tmp_path / "t.xlsx", "Texts")[1:]]
    found += [""] * (len(texts) - len(found))
    for text, cell in zip(texts, found, strict=True):
        if "\ufffe" not in text and "_x0041_" not in text:
            assert cell in (exported(text), cell_text(text)), text


def test_a_text_too_long_for_a_cell_is_cut_with_a_mark() -> None:
    assert cell_text("a" * LONGEST_TEXT) == "a" * LONGEST_TEXT
    cut = cell_text("😀" * LONGEST_TEXT)
    assert len(cut.encode("utf-16-le")) // 2 <= LONGEST_TEXT
    assert cut.endswith("😀 […]")


@given(st.lists(st.text(max_size=40), max_size=6))
def test_names_of_sheets_are_legal_and_differ(wanted: list[str]) -> None:
    taken: list[str] = []
    for name in wanted:
        taken.append(sheet_name(name, taken))
    assert len({name.casefold() for name in taken}) == len(taken)
    for name in taken:
        assert 1 <= len(name) <= LONGEST_NAME
        assert not re.search(r"[\[\]:*?/\\\x00-\x1f]", name)
        assert name[0] != "'"
        assert name[-1] != "'"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_every_payload_is_neutralised_and_comes_back(payload: str) -> None:
    assert neutralise_formula(payload) == "'" + payload
    assert restore_formula("'" + payload) == payload


def test_libreoffice_opens_all_of_it_and_sees_no_formula(book_file: Path, tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("there is no LibreOffice on this machine")
    table = Table((TEXT,), PAYLOADS)
    payload_book(tmp_path / "typed.xlsx", PAYLOADS)
    for name, excel in (("exact.csv", False), ("excel.csv", True)):
        data = "".join(csv_lines(table, excel=excel)).encode()
        (tmp_path / name).write_bytes(data)
    shutil.copy(book_file, tmp_path / "demo.xlsx")
    names = ("typed.xlsx", "exact.csv", "excel.csv", "demo.xlsx")
    done = subprocess.run(
        [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--convert-to", "fods", "--outdir", tmp_path / "out", *(tmp_path / n for n in names)],
        capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=180,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "rror" not in done.stdout + done.stderr
    for name in names:
        text = (tmp_path / "out" / Path(name).with_suffix(".fods")).read_text(encoding="utf-8")
        assert "table:formula" not in text, name
        assert 'xlink:href="http' not in text, name
    shown = (tmp_path / "out" / "demo.fods").read_text(encoding="utf-8")
    assert shown.count("<draw:object") >= 6  # the charts
    assert "▲ needs attention" in shown
