"""Screen 6: choose a report, read it, write it in a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Button

from socius_tui.domain.model import Period
from socius_tui.domain.report import Kind
from socius_tui.services.reports.build import half_of, year_of
from socius_tui.services.reports.choosing import periods
from socius_tui.ui.dialogs.write_report import WriteReportDialog
from socius_tui.ui.screens.report import ReportScreen
from socius_tui.ui.widgets.report_text import drawn
from socius_tui.ui.widgets.report_view import ReportView
from tests.hostile import HOSTILE, raw_signatures_in
from tests.ui.driving import Driver, driving


def screen(driver: Driver) -> ReportScreen:
    found = driver.app.screen
    assert isinstance(found, ReportScreen)
    return found


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where files are written that nobody gave a folder."""
    monkeypatch.chdir(tmp_path)


def test_the_periods_of_a_kind_are_those_that_have_begun() -> None:
    plan = Period(date(2016, 1, 1), date(2020, 12, 31))
    day = date(2018, 6, 30)
    assert periods(plan, Kind.YEAR, day) == [year_of(2018), year_of(2017), year_of(2016)]
    assert periods(plan, Kind.HALF_YEAR, day)[0] == half_of(2018, 1)
    assert periods(plan, Kind.BOARD, day) == []
    half = Period(date(2016, 7, 1), date(2016, 12, 31))
    assert periods(half, Kind.HALF_YEAR, day) == [half_of(2016, 2)]


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_every_kind_can_be_read(demo: Path, size: tuple[int, int]) -> None:
    async with driving(demo, size=size) as driver:
        await driver.press("6")
        seen = set()
        for _kind in Kind:
            assert screen(driver).report is not None
            seen.add(driver.lines[4])
            await driver.press("end")
            assert "Content" in driver.text
            await driver.press("o")
        assert len(seen) == len(Kind)


async def test_another_period_and_language(demo: Path) -> None:
    async with driving(demo, size=(120, 40)) as driver:
        await driver.press("6")
        assert "Progress report 2018" in driver.text
        await driver.press("t")
        assert "Progress report 2017" in driver.text
        await driver.press("l")
        assert "31 december 2017" in driver.text or "Voortgang" in driver.text
        assert "as of 30 June 2018" in driver.lines[0]  # the screens go on in English
        await driver.press("t", "t")
        assert "2018" in driver.lines[4]


async def test_visits_of_one_work_type_with_private_notes(demo: Path) -> None:
    async with driving(demo, size=(120, 40)) as driver:
        await driver.press("6", "o", "o", "o", "o")
        everything = len(driver.app.screen.query_one(ReportView)._lines)
        await driver.press("w")
        assert "Verenigingen" in driver.lines[2]
        assert len(driver.app.screen.query_one(ReportView)._lines) < everything
        assert "without private notes" in driver.text
        await driver.press("a")
        assert "with private notes" in driver.text.replace("without", "")


async def test_it_is_written_as_it_was_read(demo: Path, tmp_path: Path) -> None:
    async with driving(demo, size=(120, 40)) as driver:
        await driver.press("6", "t", "s")
        form = driver.app.screen
        assert isinstance(form, WriteReportDialog)
        await driver.press("right", "right")
        assert form.file.value == str(tmp_path / "year-report-2017.md")
        form.file.value = "year.md"
        await driver.press("ctrl+s")
        await driver.until(lambda: not driver.app.screen.is_modal)
        report = screen(driver).report
        assert report is not None
        written = (tmp_path / "year.md").read_text(encoding="utf-8")
        assert report.title in written
        assert report.content_hash[:16] in written
        assert report.content_hash[:16] in driver.notices[-1]

        await driver.press("s")
        form = driver.app.screen
        assert isinstance(form, WriteReportDialog)
        form.file.value = "year.md"
        await driver.press("ctrl+s")
        await driver.until(lambda: "exists already" in form.said)
        form.replace.value = "yes"
        form.query_one("#save", Button).press()
        await driver.until(lambda: not driver.app.screen.is_modal)


async def test_a_report_can_be_written_as_it_was_known(demo: Path, tmp_path: Path) -> None:
    async with driving(demo, size=(120, 40)) as driver:
        await driver.press("D")
        await driver.type("15/1/2018")
        await driver.press("enter")
        await driver.press("6", "t", "s")
        form = driver.app.screen
        assert isinstance(form, WriteReportDialog)
        assert form.said == ""
        await driver.press("ctrl+s")
        await driver.until(lambda: not driver.app.screen.is_modal)
    (written,) = tmp_path.glob("*.html")
    assert "15" in written.read_text(encoding="utf-8")


async def test_without_a_plan_or_a_period_it_says_so(planless: Path) -> None:
    async with driving(planless) as driver:
        await driver.press("6")
        assert "There is no plan" in driver.text


async def test_any_text_is_shown_as_text(demo: Path) -> None:
    async with driving(demo, size=(120, 40)) as driver:
        await driver.press("6")
        report = screen(driver).report
        assert report is not None
        for hostile in HOSTILE:
            with_it = report._replace(title=hostile.text, blocks=(), sections=())
            for line in drawn(with_it, 60):
                assert line.cell_length <= 60
                assert not raw_signatures_in(line.plain.encode("utf-8", "replace"))
