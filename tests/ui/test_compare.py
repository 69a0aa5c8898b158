"""The window that compares: four kinds, two forms, and the way to a goal and back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from socius_tui.domain.deltas import changes, tally
from socius_tui.services import comparisons
from socius_tui.services.session import Session
from socius_tui.ui.dialogs.compare import CompareDay, CompareWindow
from socius_tui.ui.widgets.line_table import LineTable
from tests.ui.driving import Driver, driving
from tests.ui.plans import hostile_plan
from tests.ui.test_hostile_plan import WORDS, harmless


def table(driver: Driver) -> LineTable:
    return driver.app.screen.query_one("#comparison", LineTable)


async def test_last_year_side_by_side_and_only_what_changed(demo: Path) -> None:
    with Session(demo) as session:
        found = comparisons.compare_last_year(session)
    changed = changes(found.lines)
    async with driving(demo, size=(120, 40)) as driver:
        await driver.press("C")
        assert table(driver).count == len(found.lines)
        heading = driver.line("30/06/2017 → 30/06/2018")
        for verdict, number in tally(changed).items():
            assert f"{number} " in heading, verdict
        await driver.press("c")
        assert table(driver).count == len(changed)
        assert table(driver).current_key == changed[0].line.there.id
        driver.line("c everything")
        driver.line("30/06/2018  ▼ off track  progress 33.7%")


async def test_a_goal_is_opened_and_escape_comes_back_to_the_line(demo: Path) -> None:
    async with driving(demo, size=(120, 40)) as driver:
        await driver.press("2", "C", "down", "down")
        window, chosen = driver.app.screen, table(driver).current_key
        await driver.press("enter")
        assert driver.app.screen is window, "the same screen is below it"
        await driver.press("escape", "1", "C", "down", "down", "enter")
        assert driver.app.current_mode == "goals"
        driver.line("OD1.1")
        await driver.press("escape")
        assert isinstance(driver.app.screen, CompareWindow)
        assert table(driver).current_key == chosen
        await driver.press("escape")
        assert driver.app.current_mode == "overview"


async def test_another_day_is_asked_for(demo: Path) -> None:
    async with driving(demo) as driver:
        await driver.press("C", "a")
        assert isinstance(driver.app.screen, CompareDay)
        await driver.type("31/2/2017")
        await driver.press("enter")
        assert isinstance(driver.app.screen, CompareDay), "that is no day"
        await driver.press("ctrl+u")
        await driver.type("2016-12-31")
        assert "Sat 31 December 2016" in driver.text
        await driver.press("enter")
        driver.line("31/12/2016 → 30/06/2018")
        await driver.press("a", "ctrl+u")
        await driver.type("2015-01-01")
        await driver.press("enter")
        driver.line("the plan had not begun")
        await driver.press("c", "enter", "y")
        driver.line("30/06/2017 → 30/06/2018")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 60)])
async def test_key_figures_and_work_types_at_every_size(demo: Path, size: tuple[int, int]) -> None:
    with Session(demo) as session:
        figures = comparisons.compare_key_figures(session)
        work_types = comparisons.compare_work_types(session)
    async with driving(demo, size=size) as driver:
        await driver.press("C", "f")
        assert table(driver).count == len(figures)
        await driver.press("c")
        assert "-16.4%" in driver.line("FOV")
        driver.line("2011 287,000")
        await driver.press("w", "c")
        assert table(driver).count == len(work_types.lines)
        driver.line("33 24%")
        assert len(driver.lines) == size[1]


async def test_hostile_words_are_shown_as_they_are(tmp_path: Path) -> None:
    path = hostile_plan(tmp_path / "hostile.db", WORDS[::4])
    async with driving(path, size=(120, 40)) as driver:
        await driver.press("C", "a")
        await driver.type("2017-01-15")
        await driver.press("enter", "down", "down")
        harmless(driver)
        await driver.press("c", "w", "f", "y")
        assert isinstance(driver.app.screen, CompareWindow)
        harmless(driver)


def test_last_year_of_a_leap_day() -> None:
    assert comparisons.year_before(date(2020, 2, 29)) == date(2019, 2, 28)
    assert comparisons.year_before(date(2018, 6, 30)) == date(2017, 6, 30)
