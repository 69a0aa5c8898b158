"""Screen 1: what a director sees, and that it follows what is written."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from socius_tui.domain.filters import OrganisationFilter
from socius_tui.services import overview, register, wording
from socius_tui.services.session import Session
from socius_tui.services.visiting import LogVisit
from socius_tui.ui.screens.overview import OverviewScreen
from socius_tui.ui.widgets.heat_map import HeatMap
from socius_tui.ui.widgets.line_table import LineTable
from tests.ui.driving import Driver, driving
from tests.ui.plans import opener


def goals_list(driver: Driver) -> LineTable:
    return driver.app.screen.query_one("#goals-list", LineTable)


async def test_every_goal_is_on_it_with_its_numbers(demo: Path) -> None:
    with Session(demo) as session:
        status = overview.plan_status(session)
    goals = [line for line in status.lines if line.level not in ("plan", "indicator", "action")]
    async with driving(demo, size=(120, 60)) as driver:
        assert goals_list(driver).count == len(goals) + 1
        for goal in goals:
            line = driver.line(f" {goal.code} ")
            assert f"{goal.with_data}/{goal.of}" in line
            assert goal.title[:10] in line
        assert "30 June 2018" in driver.lines[0]
        assert "EXAMPLE DATA" in driver.lines[1]


async def test_the_two_axes_count_every_indicator(demo: Path) -> None:
    with Session(demo) as session:
        status = overview.plan_status(session)
    indicators = [line for line in status.lines if line.level == "indicator"]
    async with driving(demo, size=(140, 40)) as driver:
        progress, data = driver.lines[2], driver.lines[3]
        for state, count in status.plan.counts:
            assert not count or f"{count} " in progress + data, state
        known = sum(line.with_data for line in indicators)
        of = sum(line.of for line in indicators)
        assert f"{known} of {of} indicators measured" in data
        stale = sum(line.freshness == "stale" for line in indicators)
        assert f"{stale} stale" in data


async def test_at_80_columns_a_key_shows_each_part(demo: Path) -> None:
    async with driving(demo) as driver:
        assert "Code" in driver.lines[6]
        parts = {"c": "Work type", "r": "Jan", "w": "When", "s": "When", "o": "Sphere", "g": "Goal"}
        for key, words in parts.items():
            await driver.press(key)
            assert words in driver.lines[6], driver.text
            assert isinstance(driver.app.focused, LineTable | HeatMap)
        assert len(driver.lines) == 24


async def test_from_120_columns_all_parts_are_side_by_side(demo: Path) -> None:
    async with driving(demo, size=(120, 40)) as driver:
        for words in ("Goals", "Coverage", "Year", "Lately", "Stale or due", "Spheres"):
            driver.line(f"] {words} ")


async def test_parts_can_be_chosen_with_the_mouse(demo: Path) -> None:
    async with driving(demo) as driver:
        x = driver.lines[4].index("Coverage")
        await driver.pilot.click(offset=(x + 1, 4))
        await driver.settle()
        assert "Work type" in driver.lines[6]


async def test_coverage_ends_with_the_total(demo: Path) -> None:
    with Session(demo) as session:
        whole = overview.coverage(session)
        year = overview.coverage(session, date(2018, 1, 1), session.as_of)
    async with driving(demo) as driver:
        await driver.press("c")
        for now, ever in zip(year, whole, strict=True):
            line = driver.line(now.work_type or "Total")
            assert f"{now.visited}/{now.recognised}" in line
            assert f"{ever.visited}/{ever.recognised}" in line
            assert now.contact_person in line


async def test_enter_drills_down_to_the_goal(demo: Path) -> None:
    async with driving(demo) as driver:
        await driver.press("down", "down", "enter")
        assert driver.app.current_mode == "goals"
        assert "OD1.1" in driver.line("│ OD1.1")
        await driver.press("1")
        assert goals_list(driver).has_focus
        assert goals_list(driver).cursor == 2


async def test_a_new_visit_moves_the_numbers_at_once(demo: Path) -> None:
    """The whole point: log a visit, see the coverage and the indicator move."""
    async with driving(demo, size=(140, 40)) as driver:
        with Session(demo) as session:
            before = overview.coverage(session, date(2018, 1, 1), session.as_of)
            visited = {
                row[0]
                for row in session.read(
                    lambda connection: connection.execute(
                        "SELECT organisation_id FROM visit WHERE status = 'done'"
                        " AND visited_on >= '2018-01-01'"
                    ).fetchall()
                )
            }
            organisation = next(
                row
                for row in register.organisation_list(session, _everything())
                if row.id not in visited
            )
        total = before[-1]
        driver.line(f"{total.visited}/{total.recognised}")
        goals_list(driver).cursor = 4
        await driver.settle()
        key = goals_list(driver).current_key
        await driver.app.write(
            LogVisit.of(organisation_id=organisation.id, visited_on=date(2018, 6, 29))
        )
        await driver.settle()
        driver.line(f"{total.visited + 1}/{total.recognised}")
        assert goals_list(driver).current_key == key
        assert any(organisation.name in notice for notice in driver.notices)
        assert organisation.name[:12] in driver.line("29/06/2018") or organisation.name[
            :12
        ] in driver.line("30/06/2018")


def _everything() -> OrganisationFilter:
    return OrganisationFilter(since=date(2016, 1, 1), until=date(2018, 6, 30))


async def test_what_another_program_writes_is_seen(small: Path) -> None:
    async with driving(small, size=(140, 40)) as driver:
        driver.app.feel_pulse()
        await driver.settle()
        with opener(small)() as other:
            organisation = other.read(
                lambda connection: connection.execute(
                    "SELECT id FROM organisation WHERE name LIKE 'Organisatie 5%'"
                ).fetchone()[0]
            )
            other.write(LogVisit.of(organisation_id=organisation, visited_on=date(2018, 6, 1)))
        assert "Organisatie 5" not in driver.text
        driver.app.feel_pulse()
        await driver.settle()
        driver.line("Organisatie 5")


async def test_a_hidden_screen_loads_when_it_is_seen_again(small: Path) -> None:
    async with driving(small) as driver:
        await driver.press("2")
        screen = driver.app._opened["overview"]
        with opener(small)() as other:
            organisation = other.read(
                lambda connection: connection.execute("SELECT id FROM organisation").fetchone()[0]
            )
        await driver.app.write(
            LogVisit.of(organisation_id=organisation, visited_on=date(2018, 6, 1))
        )
        await driver.settle()
        assert screen.stale
        await driver.press("1")
        assert not screen.stale


async def test_another_day_is_marked(small: Path) -> None:
    async with driving(small) as driver:
        assert "as of 30 June 2018" in driver.lines[0]
        assert "today" not in driver.lines[0]
        await driver.press("d")
        await driver.type("2017-01-15")
        assert "Sun 15 January 2017" in driver.text
        await driver.press("enter")
        assert "as of 15 January 2017" in driver.lines[0]
        assert "today is 30/06/2018" in driver.lines[0]


async def test_the_highlighted_goal_is_told_in_full(demo: Path) -> None:
    with Session(demo) as session:
        goal = overview.plan_status(session).find("SD1")
    assert goal is not None
    words = wording.word(goal.status)
    async with driving(demo, size=(160, 30)) as driver:
        await driver.press("down")
        assert goal.title[:90] in driver.lines[-2]
        assert words in driver.lines[-2]


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
async def test_a_file_without_a_plan_says_what_to_do(planless: Path, size: tuple[int, int]) -> None:
    async with driving(planless, size=size) as driver:
        assert "There is no plan in this file yet." in driver.text
        assert "socius init" in driver.text
        await driver.press("f5", "down", "enter", "e", "g")
        assert "There is no plan in this file yet." in driver.text


async def test_a_plan_without_goals_says_so(goalless: Path) -> None:
    async with driving(goalless) as driver:
        assert "Beleidsplan 2016-2020" in driver.lines[0]
        driver.line("This plan has no goals yet.")
        await driver.press(
            "down", "enter", "e", "escape", "c", "r", "enter", "1", "w", "s", "enter"
        )
        assert isinstance(driver.app.screen, OverviewScreen)
        driver.line("Nothing is stale or due.")


async def test_a_file_that_cannot_be_opened_is_told_in_place(tmp_path: Path) -> None:
    path = tmp_path / "plan.db"
    path.write_text("this is no database")
    async with driving(path) as driver:
        assert "plan.db" in driver.text
        assert "try again" in driver.text
        await driver.press("2", "1", "g", "e", "d")
        assert "plan.db" in driver.text


async def test_a_file_that_comes_back_is_shown_after_trying_again(
    small: Path, tmp_path: Path
) -> None:
    gone = small.rename(tmp_path / "elsewhere.db")
    async with driving(small) as driver:
        assert "try again" in driver.text
        gone.rename(small)
        await driver.press("f5")
        assert "OD1.1" in driver.text
        assert goals_list(driver).has_focus


async def test_a_read_only_file_is_marked(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda _path, mode, **_more: mode == os.R_OK)
    async with driving(small) as driver:
        assert "READ-ONLY" in driver.lines[0] + driver.lines[1]
        assert "OD1.1" in driver.text


async def test_light_and_dark(small: Path) -> None:
    async with driving(small) as driver:
        themes = []
        for _press in range(3):
            themes.append(driver.app.current_theme.dark)
            await driver.press("ctrl+t")
        assert themes == [True, False, True]
