"""The window of the year programme, the form of an action, and the action in the tree."""

from __future__ import annotations

from pathlib import Path

import pytest

from socius_tui.services.acting import AddAction
from socius_tui.services.programme import action_list
from socius_tui.services.resolve import find_goal
from socius_tui.services.session import Session
from socius_tui.ui.dialogs.action import ActionDialog
from tests.ui.driving import Driver, driving
from tests.ui.plans import opener


def add(path: Path, goal: str, title: str, **fields: object) -> None:
    with opener(path)() as session:
        goal_id = find_goal(session, goal).id
        session.write(AddAction.of(goal_id=goal_id, title=title, **{"year": 2018, **fields}))


def stored(path: Path) -> dict[str, tuple[str, int, str]]:
    with Session(path) as session:
        return {x.title: (x.goal, x.year, x.state) for x in action_list(session)}


def action_form(driver: Driver) -> ActionDialog:
    form = driver.app.screen
    assert isinstance(form, ActionDialog)
    return form


async def test_a_programme_is_kept_with_keys_alone(small: Path) -> None:
    add(small, "OD1.1", "Studiedag", budget_planned="1000.10", budget_spent="12")
    add(small, "OD1.2", "[red]Lezing[/]", budget_planned="0.20")
    async with driving(small, size=(120, 40)) as driver:
        await driver.press("J")
        assert "Year programme 2018" in driver.text
        assert "€1,000.30" in driver.line("All together")
        assert "planned" in driver.line("[red]Lezing[/]")

        await driver.press("down", "s")
        assert "under way" in driver.line("  Studiedag")
        assert stored(small)["Studiedag"] == ("OD1.1", 2018, "under_way")

        await driver.press("a")
        form = action_form(driver)
        await driver.type("Brochure")
        form.planned.fill("250.50")
        await driver.press("ctrl+s")
        assert stored(small)["Brochure"] == ("OD1.1", 2018, "planned")
        assert "€1,250.80" in driver.line("All together")

        await driver.press("right")
        assert "No actions in 2019 yet" in driver.text
        await driver.press("left", "left")
        assert "Year programme 2017" in driver.text


async def test_an_action_is_corrected_and_taken_out(small: Path) -> None:
    add(small, "OD1.1", "Studiedag")
    async with driving(small, size=(100, 40)) as driver:
        await driver.press("J", "down", "enter")
        form = action_form(driver)
        assert "OD1.1-2018-1" in driver.text
        form.heading.value = "Congres"
        await driver.press("ctrl+s")
        assert stored(small) == {"Congres": ("OD1.1", 2018, "planned")}
        await driver.press("enter")
        form = action_form(driver)
        form.in_year.fill("2031")
        await driver.press("ctrl+s")
        assert "outside the plan" in driver.text
        form.action_take_out()
        await driver.settle()
        await driver.press("right", "enter")
        assert stored(small) == {}


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 60)])
async def test_an_action_shows_its_state_in_the_tree(small: Path, size: tuple[int, int]) -> None:
    add(small, "OD1.1", "Studiedag", state="under_way", budget_planned="1234.50")
    with Session(small) as session:
        (action,) = action_list(session)
    async with driving(small, size=size) as driver:
        await driver.press("2")
        driver.app.screen.open_item(action.id)  # type: ignore[attr-defined]
        await driver.settle()
        line = next(line for line in driver.lines if "◐" in line and "OD1" in line)
        assert "%" not in line.split("│")[1]
        assert "◐ under way" in driver.text
        assert "€1,234.50" in driver.text
        await driver.press("J")
        assert "Studiedag" in driver.text
        await driver.press("escape", "A")
        assert isinstance(driver.app.screen, ActionDialog)
        assert "OD1.1" in driver.text
