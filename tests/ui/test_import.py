"""Taking in a list on the screens: kind, file, preview, columns, answers, writing."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import pytest
from xlsxwriter import Workbook  # type: ignore[import-untyped]

from socius_tui.services import log, register
from socius_tui.services.importing.outcome import State
from socius_tui.services.importing.preparing import kept_mappings
from socius_tui.services.importing.quarantine import beside
from socius_tui.services.locking import ClosePeriod
from socius_tui.services.resolve import find_indicator, named_organisations
from socius_tui.services.session import Session
from socius_tui.ui import text
from socius_tui.ui.dialogs.confirm import ConfirmDialog
from socius_tui.ui.dialogs.import_columns import ColumnsForm
from socius_tui.ui.dialogs.import_preview import ImportPreview
from socius_tui.ui.dialogs.import_rows import line_of, rows_of, whole
from socius_tui.ui.dialogs.import_written import WrittenForm
from socius_tui.ui.dialogs.importing import KindDialog
from socius_tui.ui.dialogs.late_reason import LateReasonDialog
from socius_tui.ui.widgets.line_table import LineTable
from tests.hostile import HOSTILE
from tests.ui.driving import Driver, driving
from tests.ui.plans import opener
from tests.ui.test_visit_form import steering

HEADER = ("Naam", "Gemeente", "Werksoort", "Code", "Grootte")


def listed(path: Path, *rows: Sequence[str], header: Sequence[str] = HEADER) -> Path:
    """A list as a spreadsheet writes it."""
    with path.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target, delimiter=";").writerows([header, *rows])
    return path


def names(path: Path) -> list[str]:
    """The names in the register."""
    with opener(path)() as session:
        return [each.name for each in named_organisations(session)]


def preview_of(driver: Driver) -> ImportPreview:
    """The preview that is seen, with what it found."""
    screen = driver.app.screen
    assert isinstance(screen, ImportPreview), driver.text
    return screen


@asynccontextmanager
async def looking(
    path: Path, source: Path, kind: str = "organisations", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Driver]:
    """The preview of a list."""
    async with driving(path, size=size) as driver:
        driver.app.push_screen(ImportPreview(kind, source))
        await driver.settle()
        yield driver


async def test_the_whole_way(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "lijsten"
    folder.mkdir()
    source = listed(
        folder / "nieuw.csv",
        ("Kring", "Gent", "verenigingen", "K1", "klein"),
        ("Organisatie 1", "Aalst", "", "ORG1", ""),
        ("Organisatie 2", "", "", "ORG2", ""),
    )
    monkeypatch.chdir(folder)
    async with driving(small) as driver:
        await driver.press("4", "I", "enter")
        await driver.until(lambda: source.name in driver.text)
        await driver.press("down", "enter")
        preview = preview_of(driver).preview
        assert preview is not None
        assert [preview.counts[state] for state in State] == [1, 1, 1, 0]
        assert "3 all" in driver.text
        assert "Everything in this list can be taken." in driver.text
        await driver.press("down")
        assert "Municipality: – → Aalst" in driver.text
        await driver.press("right", "right")
        assert "Kring" not in driver.text
        assert "ORG1" in driver.text
        assert "Kring" not in names(small)
        await driver.press("ctrl+s")
        assert "2 rows imported from nieuw.csv. u takes it back." in driver.notices
        assert "Kring" in driver.text  # the screen below loaded again
        assert "Kring" in names(small)
        await driver.press("u", "enter")
        assert "Kring" not in driver.line("Organisatie 0")
        assert "Kring" not in names(small)


async def test_the_kind_that_belongs_to_the_screen(small: Path) -> None:
    async with driving(small) as driver:
        for key, kind in (("2", "measurements"), ("3", "visits"), ("4", "organisations")):
            await driver.press(key, "I")
            screen = driver.app.screen
            assert isinstance(screen, KindDialog)
            assert screen.query_one(LineTable).current_key == f"{kind}/"
            await driver.press("escape")


async def test_measurements_and_a_closed_period(demo: Path, tmp_path: Path) -> None:
    with Session(demo) as session:
        session.actor = next(p.id for p in register.staff(session) if p.role == "director")
        session.write(ClosePeriod.of(starts_on=date(2016, 1, 1), ends_on=date(2016, 12, 31)))
        code = next(
            line.indicator for line in log.measurement_list(session) if line.form == "value"
        )
        before = len(log.measurement_list(session, find_indicator(session, code).id))
    source = listed(
        tmp_path / "metingen.csv", (code, "14/5/2016", "1"), header=("Indicator", "Datum", "Waarde")
    )
    async with driving(demo, open_session=lambda: Session(demo)) as driver:
        driver.app.push_screen(ImportPreview("measurements", source))
        await driver.settle()
        assert "closed" in driver.text, driver.text
        await driver.press("ctrl+s")
        assert isinstance(driver.app.screen, LateReasonDialog)
        await driver.press("escape")
        await driver.press("ctrl+s")
        await driver.type("vergeten")
        await driver.press("ctrl+s")
        assert any("imported" in notice for notice in driver.notices)
    with Session(demo) as session:
        lines = log.measurement_list(session, find_indicator(session, code).id)
        reasons = session.read(lambda c: c.execute("SELECT reason FROM late_change").fetchall())
    assert len(lines) == before + 1
    assert [tuple(row) for row in reasons] == [("vergeten",)]


async def test_columns_are_said_and_kept(small: Path, tmp_path: Path) -> None:
    source = listed(
        tmp_path / "anders.csv",
        ("verenigingen", "Kring", "x"),
        header=("Werksoort", "Titel van de groep", "Bijzonder"),
    )
    async with looking(small, source) as driver:
        form = driver.app.screen
        assert isinstance(form, ColumnsForm)
        assert "No column of this list is: Name." in driver.text
        assert "Kring" in driver.line("Kring")  # an example of what is in the column
        await driver.press("ctrl+s")
        assert form.said.startswith("No column of this list is: Name.")
        form._columns[1].fill("name")
        form._columns[2].fill("name")
        await driver.press("ctrl+s")
        assert isinstance(driver.app.screen, ColumnsForm)
        assert "Another column is that already." in driver.text
        form._columns[2].fill(None)
        form.keep_as.value = "Van de kring"
        await driver.press("ctrl+s")
        assert preview_of(driver)._listed is not None
        assert "1 new" in driver.text
        assert "Left out: Bijzonder" in driver.text
        await driver.press("escape")
        with opener(small)() as session:
            (kept,) = kept_mappings(session)
        assert (kept.name, kept.columns["Titel van de groep"]) == ("Van de kring", "name")
        await driver.press("4", "I", "down")
        assert "Van de kring" in driver.text
        await driver.press("escape")
        driver.app.push_screen(ImportPreview("organisations", source, "Van de kring"))
        await driver.settle()
        assert "1 new" in driver.text


async def test_refused_rows_are_put_aside(small: Path, tmp_path: Path) -> None:
    source = listed(
        tmp_path / "half.csv",
        ("Goed", "", "verenigingen", "", ""),
        ("Fout", "", "verenigingen", "", "reus"),
        ("Weg", "", "niets", "", ""),
    )
    async with looking(small, source) as driver:
        assert "2 rows cannot be taken." in driver.text
        await driver.press("down")
        assert "column E “Grootte”" in driver.text
        assert "[choice]" in driver.text
        await driver.press("ctrl+s")
        assert isinstance(driver.app.screen, ConfirmDialog)
        await driver.press("escape")
        assert "Goed" not in names(small)
        await driver.press("ctrl+s", "right", "enter")
        assert "Goed" in names(small)
        assert "Fout" not in names(small)
        assert "2 rows that cannot be taken are in half-refused.csv." in driver.notices[-1]
    with (tmp_path / "half-refused.csv").open(encoding="utf-8-sig", newline="") as lines:
        aside = list(csv.DictReader(lines, delimiter=";"))
    assert [(row["socius_row"], row["Naam"]) for row in aside] == [("3", "Fout"), ("4", "Weg")]
    assert beside(source).name == "half-refused-2.csv"
    assert beside(tmp_path / "half-refused.csv").name == "half-refused-2.csv"


async def test_where_nothing_can_be_put_aside_nothing_is_written(
    small: Path, tmp_path: Path
) -> None:
    long = "x" * 250 + ".csv"  # with "-refused" no name of a file any more
    source = listed(
        tmp_path / long, ("Goed", "", "verenigingen", "", ""), ("", "", "", "", "klein")
    )
    async with looking(small, source) as driver:
        await driver.press("ctrl+s", "right", "enter")
        preview_of(driver)
        assert "Goed" not in names(small)


async def test_a_likely_duplicate_is_answered(small: Path, tmp_path: Path) -> None:
    alike = [(f"Organisatje {n}", "", "bewegingen", "", "klein") for n in (1, 2, 3, 4)]
    source = listed(tmp_path / "dubbel.csv", *alike)
    async with looking(small, source) as driver:
        assert "4 refused" in driver.text
        assert "s it is the same" in driver.text
        await driver.press("s")
        assert "1 changed" in driver.text
        await driver.press("down", "n")
        assert "2 refused" in driver.text
        await driver.press("N")
        assert "3 new   1 changed   0 the same   0 refused" in driver.text
        await driver.press("ctrl+s")
    found = names(small)
    assert len(found) == 9
    assert "Organisatie 1" not in found
    assert "Organisatie 2" in found


async def test_nothing_new_and_nothing_to_read(small: Path, tmp_path: Path) -> None:
    source = listed(tmp_path / "zelfde.csv", ("Organisatie 1", "", "", "ORG1", ""))
    async with looking(small, source) as driver:
        assert "Nothing in this list is new." in driver.text
        await driver.press("ctrl+s")
        preview_of(driver)
    (tmp_path / "leeg.csv").write_bytes(b"")
    async with looking(small, tmp_path / "leeg.csv") as driver:
        assert "leeg.csv" in driver.text
        await driver.press("ctrl+s", "s", "N", "right", "escape")
        assert not isinstance(driver.app.screen, ImportPreview)


async def test_escape_stops_what_is_going_on(small: Path, tmp_path: Path) -> None:
    rows = [(f"Kring {n}", "", "verenigingen", f"K{n}", "") for n in range(600)]
    source = listed(tmp_path / "lang.csv", *rows)
    async with looking(small, source) as driver:
        preview = preview_of(driver)
        seen: list[int] = []

        def stopping(number: int) -> None:
            seen.append(number)
            driver.app.call_from_thread(preview.action_close)
            ImportPreview._progress(preview, number)

        preview._progress = stopping  # type: ignore[method-assign, assignment]
        await driver.press("ctrl+s")
        assert seen == [500]
        assert driver.app.screen is preview
        assert "Stopped: nothing was written." in driver.text
        assert len(names(small)) == 6
        del preview._progress
        await driver.press("ctrl+s")
    assert len(names(small)) == 606


async def test_any_text_is_shown_as_text(small: Path, tmp_path: Path) -> None:
    words = [each.text.encode("utf-8", "ignore").decode().replace("\0", "") for each in HOSTILE]
    header = ["Naam", "Werksoort", "Nota", "[/] [bold]\x1b[31m"]
    rows = [(word[:150], "verenigingen", word[:200], word[:200]) for word in words]
    source = listed(tmp_path / "[red]\x1b[2Jlijst\n.csv", *rows, header=header)
    async with looking(small, source) as driver:
        preview = preview_of(driver)
        assert preview.preview is not None, driver.text
        for row in rows_of(preview.preview).values():
            cells = (text.join(cell) for cell in line_of("organisations", row).cells)  # type: ignore[arg-type]
            drawn = text.lines((*cells, *whole("organisations", row)))
            assert not steering(drawn.plain)
        assert not steering(driver.text)
        await driver.press("end", "m")
        assert isinstance(driver.app.screen, ColumnsForm)
        assert not steering(driver.text)
        await driver.press("escape", "ctrl+s")
        assert not steering(driver.text)


async def test_it_fits_in_a_small_terminal(small: Path, tmp_path: Path) -> None:
    source = listed(tmp_path / "half.csv", *[(f"G{n}", "", "niets", "", "reus") for n in range(50)])
    async with looking(small, source, size=(40, 12)) as driver:
        assert "50 all" in driver.text
        assert "reus" in driver.text
        await driver.press("m", "escape", "tab", "escape")
        assert not isinstance(driver.app.screen, ImportPreview)


async def test_merging_on_the_screen(small: Path) -> None:
    async with driving(small) as driver:
        await driver.press("4", "M")
        await driver.type("ORG4")
        await driver.press("enter", "ctrl+s")
        assert "Organisatie 4 merged with Organisatie 0" in driver.notices
        assert "Organisatie 4" not in names(small)
        await driver.press("u", "enter")
        assert "Organisatie 4" in names(small)


async def test_what_cannot_be_opened_is_told_how_it_is_written(small: Path, tmp_path: Path) -> None:
    source = tmp_path / "lijst.xlsx"
    with Workbook(source) as book:
        book.add_worksheet("Voorblad").write_row(0, 0, ("Lijst", "Lijst"))
        sheet = book.add_worksheet("Namen")
        sheet.write_row(0, 0, ("Naam", "Werksoort"))
        sheet.write_row(1, 0, ("Kring", "verenigingen"))
    async with looking(small, source) as driver:
        assert "Lijst" in driver.text  # two columns have this name
        await driver.press("ctrl+s", "m")
        assert isinstance(driver.app.screen, WrittenForm)
        assert "Lijst" in driver.text
        await driver.type("Namen")
        await driver.press("ctrl+s")
        assert "1 new" in driver.text


async def test_a_kept_way_of_reading_is_not_forgotten(small: Path, tmp_path: Path) -> None:
    header = ("Organisatie", "Datum")
    source = listed(tmp_path / "bezoeken.csv", ("ORG1", "3/4/2018"), header=header)
    async with looking(small, source, "visits") as driver:
        assert "1 refused" in driver.text
        await driver.press("m")
        form = driver.app.screen
        assert isinstance(form, ColumnsForm)
        form.days.value = "day_first"
        form.keep_as.value = "Bezoeken"
        await driver.press("ctrl+s")
        assert "1 new" in driver.text
        await driver.press("escape")
        driver.app.push_screen(ImportPreview("visits", source, "Bezoeken"))
        await driver.settle()
        await driver.press("m", "ctrl+s")
        assert "1 new" in driver.text
    with opener(small)() as session:
        assert [kept.days for kept in kept_mappings(session)] == ["day_first"]


async def test_when_nothing_can_be_taken(small: Path, tmp_path: Path) -> None:
    source = listed(tmp_path / "fout.csv", ("Fout", "", "niets", "", ""))
    async with looking(small, source) as driver:
        await driver.press("ctrl+s")
        assert "nothing else is new" in driver.text
        await driver.press("right", "enter")
        assert driver.notices[-1] == "1 row that cannot be taken is in fout-refused.csv."
    assert len(names(small)) == 6
