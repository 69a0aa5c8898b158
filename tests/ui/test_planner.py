"""The visit planner, the list of who is losing touch, and days off, by keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from socius_tui.domain.filters import VisitFilter
from socius_tui.services import log
from socius_tui.services.days_off import days_off
from socius_tui.services.resolve import find_person
from socius_tui.services.rhythm import rhythms
from socius_tui.services.session import Session
from tests.ui.driving import Driver, driving
from tests.ui.plans import opener


def as_amber(path: Path) -> Callable[[], Session]:
    """The file with the contact person of the associations at the keyboard."""

    def open_it() -> Session:
        session = opener(path)()
        session.actor = find_person(session, "Amber").id
        return session

    return open_it


def planned(path: Path) -> int:
    with Session(path) as session:
        return log.count_visits(session, VisitFilter(status="planned"))


async def opened(driver: Driver) -> None:
    await driver.press("W")
    assert "Visit planner" in driver.text


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 60)])
async def test_the_planner_says_what_remains_and_how_quick(
    demo: Path, size: tuple[int, int]
) -> None:
    async with driving(demo, size=size, open_session=as_amber(demo)) as driver:
        await opened(driver)
        assert "Amber Voorbeeld" in driver.text
        assert "organisations visited" in driver.text.replace("\n", " ")
        await driver.press("down", "down")
        assert "VER-" in driver.text or "Vereniging" in driver.text


async def test_a_week_is_chosen_moved_and_planned_and_that_is_undone(demo: Path) -> None:
    before = planned(demo)
    async with driving(demo, size=(120, 40), open_session=as_amber(demo)) as driver:
        await opened(driver)
        await driver.press("down", "space", "right", "p")
        await driver.until(lambda: planned(demo) == before + 1)
        await driver.press("home", "space", "p")
        await driver.until(lambda: planned(demo) > before + 1)
        await driver.press("escape", "u")
        assert driver.app.screen.is_modal
        await driver.press("left", "enter")
        await driver.until(lambda: planned(demo) == before + 1)


async def test_another_person_and_a_limit(demo: Path) -> None:
    async with driving(demo, size=(120, 40), open_session=as_amber(demo)) as driver:
        await opened(driver)
        await driver.press(*["minus"] * 10)
        assert "At most 1 visit a week." in driver.text
        assert "no day" in driver.text
        await driver.press("plus")
        assert "At most 2 visits a week." in driver.text
        await driver.press("w")
        assert "Visit planner  Amber" not in driver.text


async def test_days_off_are_noted_and_taken_out(demo: Path) -> None:
    async with driving(demo, size=(120, 40), open_session=as_amber(demo)) as driver:
        await opened(driver)
        await driver.press("o", "a")
        await driver.type("5/7/2018")
        await driver.press("ctrl+s")

        def noted() -> bool:
            with Session(demo) as session:
                return any(d.starts_on.isoformat() == "2018-07-05" for d in days_off(session))

        await driver.until(noted)
        assert "05/07/2018" in driver.text
        await driver.press("home", "delete")
        await driver.until(lambda: not noted())


async def test_a_rhythm_is_chosen_in_the_list_of_who_is_losing_touch(demo: Path) -> None:
    async with driving(demo, size=(120, 40), open_session=as_amber(demo)) as driver:
        await opened(driver)
        await driver.press("t", "m")
        assert "Losing touch: mine" in driver.text
        await driver.press("r")
        await driver.type("Verenig")
        await driver.press("enter", "ctrl+s")

        def chosen() -> bool:
            with Session(demo) as session:
                return any(line.work_type == "Verenigingen" for line in rhythms(session))

        await driver.until(chosen)
        await driver.press("enter")
        assert not driver.app.screen.is_modal
