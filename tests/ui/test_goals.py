"""Screen 2: the tree, and everything on what is chosen in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from socius_tui.services import detail, overview
from socius_tui.services.measuring import AddMeasurement
from socius_tui.services.session import Session
from socius_tui.ui.messages import OpenGoal
from socius_tui.ui.widgets.detail_pane import DetailPane
from socius_tui.ui.widgets.goal_tree import GoalTree
from tests.ui.driving import Driver, driving
from tests.ui.plans import opener


def tree(driver: Driver) -> GoalTree:
    return driver.app.screen.query_one(GoalTree)


def detail_pane(driver: Driver) -> DetailPane:
    return driver.app.screen.query_one(DetailPane)


def code(driver: Driver) -> str:
    line = tree(driver).current
    return line.code if line else ""


def tree_text(driver: Driver) -> str:
    """What is drawn of the tree at 80 columns."""
    return "\n".join(line[:33] for line in driver.lines)


async def go_to(driver: Driver, wanted: str) -> None:
    """Open a goal or indicator as any screen would."""
    with driver.app.session._open() as session:
        line = overview.plan_status(session).find(wanted)
    assert line is not None
    driver.app.post_message(OpenGoal(line.id))
    await driver.settle()
    assert code(driver) == wanted


async def test_unfolds_and_folds(small: Path) -> None:
    async with driving(small) as driver:
        await driver.press("2")
        assert "OD1.1" in driver.text
        assert "OD1.1-a" not in driver.text
        await driver.press("down", "down")
        assert code(driver) == "OD1.1"
        await driver.press("right")
        assert "OD1.1-a" in driver.text
        await driver.press("right")
        assert code(driver) == "OD1.1-a"
        await driver.press("left")
        assert code(driver) == "OD1.1"
        await driver.press("left")
        assert "OD1.1-a" not in tree_text(driver)
        await driver.press("left", "left")
        assert code(driver) == "SD1"
        assert "OD1.1" not in tree_text(driver)
        await driver.press("space", "plus")
        assert tree(driver).count == 41
        await driver.press("minus")
        assert tree(driver).count == 5
        assert code(driver) == "SD1"


async def test_the_arrow_folds_with_the_mouse(small: Path) -> None:
    async with driving(small) as driver:
        await driver.press("2")
        y = next(i for i, line in enumerate(driver.lines) if "OD1.2" in line[:33])
        x = driver.lines[y].index("▸")
        await driver.pilot.click(offset=(x, y))
        await driver.settle()
        assert "OD1.2-a" in driver.text
        await driver.pilot.click(offset=(x, y))
        await driver.settle()
        assert "OD1.2-a" not in tree_text(driver)
        assert code(driver) == "OD1.2"


async def test_status_in_one_look(demo: Path) -> None:
    with Session(demo) as session:
        status = overview.plan_status(session)
    async with driving(demo, size=(140, 40)) as driver:
        await driver.press("2")
        for line in status.lines:
            if line.level in ("strategic", "basic_task") and line.progress is not None:
                drawn = driver.line(f" {line.code} ")
                assert f"{round(float(line.progress) * 100)}%" in drawn


async def test_an_indicator_has_all_its_parts(small: Path) -> None:
    async with driving(small, size=(120, 40)) as driver:
        await go_to(driver, "OD1.1-a")
        with opener(small)() as session:
            line = overview.plan_status(session).find("OD1.1-a")
            assert line is not None
            found = detail.indicator_detail(session, line.id)
        for words in ("Wat telt", "plan", "bezoeken", "quarterly", "self-registration", "Anna"):
            assert words in driver.text
        assert "value 49 bezoeken" in driver.text
        await driver.press("w")
        for year in range(2016, 2021):
            driver.line(f" {year} ")
        assert len(found.judgement.periods) == 5
        await driver.press("c")
        assert "● value 49 bezoeken" in driver.text
        assert any("⠀" < character <= "⣿" for character in driver.text)
        await driver.press("m")
        assert "1/06/2018" in driver.line("46")
        assert "Telling" in driver.line("46")
        await driver.press("b")
        driver.line("Organisatie 0")
        await driver.press("n")
        assert "OD1.1  2017" in driver.text
        assert "Er is veel bezocht." in driver.text


async def test_an_example_is_marked_as_such(small: Path) -> None:
    async with driving(small, size=(120, 40)) as driver:
        await go_to(driver, "OD1.1-b")
        assert "example" in driver.line("origin")


async def test_a_goal_tells_its_story(small: Path) -> None:
    async with driving(small, size=(120, 40)) as driver:
        await go_to(driver, "OD1.1")
        assert "Samenvatting" in driver.text
        assert "OD1.1-b" in driver.text
        await driver.press("n")
        assert "Er is veel bezocht." in driver.text
        assert "due 15/07/2018" in driver.line("Terugbellen")
        await driver.press("w", "c", "m")
        assert detail_pane(driver).part == "story", "a goal has no values of its own"


async def test_the_part_stays_while_moving(small: Path) -> None:
    async with driving(small) as driver:
        await go_to(driver, "OD1.1-a")
        await driver.press("m", "t", "down")
        assert code(driver) == "OD1.1-b"
        assert detail_pane(driver).part == "measurements"
        await driver.press("up", "up")
        assert code(driver) == "OD1.1"
        assert detail_pane(driver).part == "sheet"
        await driver.press("down")
        assert detail_pane(driver).part == "measurements"


async def test_the_arrows_turn_the_parts(small: Path) -> None:
    async with driving(small) as driver:
        await go_to(driver, "OD1.1-a")
        await driver.press("enter")
        seen = []
        for _turn in range(8):
            seen.append(detail_pane(driver).part)
            await driver.press("right")
        assert seen == [
            *("sheet", "values", "chart", "breakdown"),
            *("measurements", "visits", "story", "history"),
        ]
        assert detail_pane(driver).part == "sheet"
        await driver.press("left")
        assert detail_pane(driver).part == "history"


async def test_the_detail_follows_the_cursor_however_fast(small: Path) -> None:
    async with driving(small) as driver:
        await driver.press("2", "plus", "home")
        for _step in range(12):
            await driver.pilot.press("down")
        await driver.settle()
        line = tree(driver).current
        assert line is not None
        assert detail_pane(driver).shown == line.id


async def test_new_data_keep_cursor_and_folding(small: Path) -> None:
    async with driving(small, size=(120, 40)) as driver:
        await go_to(driver, "OD2.2-a")
        count = tree(driver).count
        assert "value 49 bezoeken" in driver.text
        line = tree(driver).current
        assert line is not None
        await driver.app.write(
            AddMeasurement.of(indicator_id=line.id, observed_on=date(2018, 6, 30), value="5")
        )
        await driver.settle()
        assert code(driver) == "OD2.2-a"
        assert tree(driver).count == count
        assert "value 54 bezoeken" in driver.text


async def test_tree_and_detail_can_be_enlarged(small: Path) -> None:
    async with driving(small) as driver:
        await driver.press("2", "down", "down")
        await driver.press("z")
        assert tree(driver).size.width > 70
        assert not detail_pane(driver).display or detail_pane(driver).size.width == 0
        await driver.press("z")
        assert detail_pane(driver).size.width > 70
        await driver.press("z")
        assert tree(driver).size.width < 40
        await driver.press("z", "enter")
        assert detail_pane(driver).has_focus_within
        assert detail_pane(driver).size.width > 40
        await driver.press("z", "z", "t")
        assert tree(driver).has_focus


@pytest.mark.parametrize(("size", "part"), [((60, 20), "c"), ((80, 24), "w"), ((140, 40), "i")])
async def test_every_line_of_the_real_plan_can_be_seen(
    demo: Path, size: tuple[int, int], part: str
) -> None:
    async with driving(demo, size=size) as driver:
        await driver.press("2", "plus", part, "t", "home")
        shown = set()
        steps = tree(driver).count - 1 if part == "c" else 12
        for _line in range(steps):
            await driver.hit("down")
            shown.add(detail_pane(driver).shown)
            assert all(len(line) <= size[0] for line in driver.lines)
        assert len(shown) == steps
        assert driver.notices == []


async def test_a_plan_without_goals(goalless: Path) -> None:
    async with driving(goalless) as driver:
        await driver.press(
            "2", "down", "right", "left", "space", "plus", "minus", "enter", "i", "e"
        )
        await driver.press("escape", "z", "z", "z", "t")
        assert "from pace 85%" in driver.text


async def test_what_is_gone_leaves_the_tree(small: Path) -> None:
    """Another program takes an indicator away while it is looked at."""
    from tests.ui.plans import Write

    async with driving(small) as driver:
        await go_to(driver, "OD1.1-a")
        line = tree(driver).current
        assert line is not None
        driver.app.feel_pulse()
        await driver.settle()
        with opener(small)() as other:
            other.write(Write(lambda transaction: transaction.retire("indicator", line.id)))
        driver.app.feel_pulse()
        await driver.settle()
        assert code(driver) == "OD1.1-b"
        assert "OD1.1-a" not in driver.text
