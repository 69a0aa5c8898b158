"""The way back: escape returns to where somebody came from, as it was left."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from socius_tui.ui.screens.base import SociusScreen
from socius_tui.ui.screens.overview import OverviewScreen
from socius_tui.ui.subject import Subject
from socius_tui.ui.trail import LONGEST, Place, Trail, chosen_in
from socius_tui.ui.widgets.line_table import LineTable
from tests.ui.driving import Driver, driving


def here(driver: Driver) -> SociusScreen:
    return cast(SociusScreen, driver.app.screen)


def coverage(driver: Driver) -> LineTable:
    return driver.app.screen.query_one("#coverage-list", LineTable)


@given(st.lists(st.builds(Place, st.sampled_from(("goals", "visits")), st.text(max_size=2))))
def test_places_come_back_in_reverse(places: list[Place]) -> None:
    trail = Trail()
    for place in places:
        trail.leave(place)
    back = []
    while (left := trail.back()) is not None:
        back.append(left)
    assert back == places[-LONGEST:][::-1]
    assert not trail


def test_the_line_of_a_screen_comes_before_what_is_beside_it() -> None:
    assert chosen_in(Subject(goal_id="g", indicator_id="i", visit_id="v")) == "i"
    assert chosen_in(Subject(visit_id="v", organisation_id="o")) == "v"
    assert chosen_in(Subject()) == ""


async def test_escape_returns_to_the_same_part_and_line(demo: Path) -> None:
    async with driving(demo) as driver:
        assert "esc back" not in driver.lines[-1]
        await driver.press("c", "down", "down")
        chosen = coverage(driver).current_key
        await driver.press("enter")
        assert driver.app.current_mode == "organisations"
        assert "esc back" in driver.lines[-1]
        await driver.press("escape")
        assert isinstance(driver.app.screen, OverviewScreen)
        assert coverage(driver).has_focus
        assert coverage(driver).current_key == chosen
        assert "esc back" not in driver.lines[-1]


async def test_each_step_is_gone_back_and_a_screen_of_ones_own_choice_ends_it(demo: Path) -> None:
    async with driving(demo, size=(120, 40)) as driver:
        await driver.press("down", "down", "enter")
        assert driver.app.current_mode == "goals"
        goal = here(driver).subject().goal_id
        await driver.press("escape")
        assert driver.app.current_mode == "overview"
        await driver.press("enter")
        assert here(driver).subject().goal_id == goal
        await driver.press("3", "escape")
        assert driver.app.current_mode == "visits", "a screen that was chosen has no way back"


async def test_coming_by_the_same_screen_twice_finds_the_line_of_then(demo: Path) -> None:
    async with driving(demo, size=(120, 40)) as driver:
        await driver.press("3", "enter")
        first = here(driver).subject().visit_id
        assert first is not None
        await driver.press("escape")
        await driver.settle()
        organisation = here(driver).subject().organisation_id
        await driver.app._open("organisations", str(organisation))
        await driver.settle()
        await driver.press("enter", "down", "enter")
        assert driver.app.current_mode == "visits"
        assert here(driver).subject().visit_id != first
        await driver.press("escape")
        assert driver.app.current_mode == "organisations"
        while driver.app.current_mode == "organisations":
            await driver.press("escape")
        assert here(driver).subject().visit_id == first
