"""The parts of the overview around the goals: calendar, what waits, spheres, both axes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from socius_tui.services import cockpit, overview, spheres
from socius_tui.services.session import Session
from socius_tui.ui.dialogs.sphere import SphereWindow
from socius_tui.ui.screens.overview import OverviewScreen
from socius_tui.ui.widgets.heat_map import HeatMap
from socius_tui.ui.widgets.line_table import LineTable
from tests.ui.driving import Driver, driving
from tests.ui.plans import opener


def heat(driver: Driver) -> HeatMap:
    return driver.app.screen.query_one(HeatMap)


def table(driver: Driver, name: str) -> LineTable:
    return driver.app.screen.query_one(f"#{name}-list", LineTable)


async def test_a_day_of_the_calendar_opens_its_visits_and_escape_comes_back(demo: Path) -> None:
    async with driving(demo) as driver:
        await driver.press("r")
        year = heat(driver)
        assert year.has_focus
        assert year.day == date(2018, 6, 30)
        driver.line("2018  33 visits  6 planned")
        driver.line("Sat 30 June 2018  no visit")
        await driver.press("backspace")
        chosen = year.day
        assert year.sheet is not None
        assert year.sheet.on(chosen).done
        driver.line("1 visit  enter opens them")
        await driver.press("enter")
        assert driver.app.current_mode == "visits"
        assert driver.app.screen.query_one("#visits", LineTable).count == 1
        driver.line("1 of ")
        await driver.press("escape")
        assert isinstance(driver.app.screen, OverviewScreen)
        assert heat(driver).has_focus
        assert heat(driver).day == chosen


async def test_the_keys_of_the_calendar(demo: Path) -> None:
    async with driving(demo) as driver:
        await driver.press("r")
        year = heat(driver)
        for key, expected in (
            ("left", date(2018, 6, 23)),
            ("up", date(2018, 6, 22)),
            ("right", date(2018, 6, 29)),
            ("down", date(2018, 6, 30)),
            ("home", date(2018, 1, 1)),
            ("end", date(2018, 6, 30)),
            ("end", date(2018, 12, 31)),
            ("down", date(2019, 1, 1)),
            ("up", date(2018, 12, 31)),
            ("pageup", date(2017, 12, 31)),
            ("pageup", date(2016, 12, 31)),
            ("pageup", date(2016, 12, 31)),
            ("home", date(2016, 1, 1)),
            ("left", date(2016, 1, 1)),
        ):
            await driver.press(key)
            assert year.day == expected, key
            assert year.sheet is not None
            assert year.sheet.year == expected.year
        driver.line("2016  127 visits  pgdn 2017")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 60)])
async def test_the_calendar_shows_every_visit_of_the_year_at_every_size(
    demo: Path, size: tuple[int, int]
) -> None:
    async with driving(demo, size=size) as driver:
        await driver.press("r", "pageup", "pageup")
        year = heat(driver)
        assert year.sheet is not None
        strips = [year.render_line(y).text for y in range(1, 8)]
        drawn = "".join(strip[3:] for strip in strips)
        assert sum(drawn.count(glyph) for glyph in "░▒▓█") == year.sheet.busy_days
        assert any("Dec" in line for line in driver.lines)
        assert driver.line("5+")


async def test_a_click_chooses_a_day_and_a_second_opens_it(demo: Path) -> None:
    async with driving(demo) as driver:
        await driver.press("r")
        year = heat(driver)
        place = (1 + 3 + 2, 1)  # Monday of the third week
        await driver.pilot.click(HeatMap, offset=place)
        await driver.settle()
        assert year.day == date(2018, 1, 15)
        await driver.pilot.click(HeatMap, offset=place, times=2)
        await driver.settle()
        assert driver.app.current_mode == "visits"


async def test_what_waits_opens_what_it_is_about(demo: Path) -> None:
    with Session(demo) as session:
        lines = cockpit.due(session, overview.plan_status(session))
    async with driving(demo, size=(140, 40)) as driver:
        await driver.press("s")
        assert table(driver, "stale").count == len(lines)
        driver.line(f"{len(lines)}  {sum(line.late for line in lines)} late")
        assert "promised before 14/10/2017" in driver.lines[-2]
        await driver.press("enter")
        assert driver.app.current_mode == "visits"
        await driver.press("escape")
        assert table(driver, "stale").has_focus
        first = next(place for place, line in enumerate(lines) if line.kind == "data")
        table(driver, "stale").cursor = first
        await driver.settle()
        await driver.press("enter")
        assert driver.app.current_mode == "goals"
        driver.line(lines[first].code)


async def test_a_sphere_opens_its_indicators_and_stays_open_meanwhile(demo: Path) -> None:
    with Session(demo) as session:
        found = spheres.spheres(session)
    async with driving(demo) as driver:
        await driver.press("o")
        for line in found.lines:
            assert f"{line.with_data}/{line.indicators}" in driver.line(f"sphere of {line.sphere}")
        driver.line(f"{found.beyond.indicators} of {found.indicators} indicators")
        await driver.press("end", "enter")
        window = driver.app.screen
        assert isinstance(window, SphereWindow)
        listed = window.query_one(LineTable)
        assert listed.count == found.of("ambition").indicators
        await driver.press("down")
        chosen = listed.current_key
        await driver.press("enter")
        assert driver.app.current_mode == "goals"
        await driver.press("escape")
        assert driver.app.screen is window
        assert listed.current_key == chosen
        await driver.press("escape")
        assert table(driver, "spheres").has_focus


async def test_the_other_axis_and_the_longer_stretch(demo: Path) -> None:
    with Session(demo) as session:
        status = overview.plan_status(session)
        whole = cockpit.data_quality(session, status)[status.plan.id]
    async with driving(demo, size=(100, 24)) as driver:
        assert "exp." in driver.lines[6]
        assert f"{whole.reporting.reported} of {whole.reporting.due} reports came" in driver.text
        await driver.press("a")
        assert "exp." not in driver.lines[6]
        assert "complete" in driver.lines[6]
        assert f" {whole.stale} " in driver.lines[7]
        await driver.press("a")
        assert "exp." in driver.lines[6]
        await driver.press("w")
        week = table(driver, "recent").count
        driver.line("in 7 days  t 30 days")
        await driver.press("t")
        driver.line("in 30 days  t 7 days")
        assert table(driver, "recent").count >= week


async def test_whom_to_visit_next_is_told_opened_and_logged(demo: Path) -> None:
    with Session(demo) as session:
        first = cockpit.work_type_paces(session)[0].first
    assert first is not None
    async with driving(demo) as driver:
        await driver.press("c")
        assert first.organisation in driver.lines[-2]
        assert "1.8" in driver.line("Verenigingen")
        await driver.press("v")
        assert first.organisation in driver.text, "the form begins with it"
        await driver.press("escape", "n")
        assert driver.app.current_mode == "organisations"
        assert (
            driver.app.screen.query_one("#organisations", LineTable).current_key
            == first.organisation_id
        )


async def test_what_was_chosen_is_kept_when_somebody_writes(demo: Path) -> None:
    async with driving(demo) as driver:
        await driver.press("r", "pageup", "left")
        day = heat(driver).day
        with opener(demo)() as session:
            visit = session.read(
                lambda c: c.execute("SELECT organisation_id FROM visit LIMIT 1").fetchone()[0]
            )
        from socius_tui.services.visiting import LogVisit

        await driver.app.write(LogVisit.of(organisation_id=visit, visited_on=day))
        await driver.settle()
        assert heat(driver).day == day
        assert heat(driver).sheet is not None
        assert "visit" in driver.line(str(day.year) + "  ")
