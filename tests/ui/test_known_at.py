"""What was known at an earlier moment, on the screens."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from textual.widgets import Input

from socius_tui.services import overview
from socius_tui.services.session import Session
from socius_tui.ui.dialogs.as_of import AsOfDialog
from socius_tui.ui.dialogs.confirm import ConfirmDialog
from socius_tui.ui.dialogs.follow_up import FollowUpDialog
from tests.ui.driving import Driver, driving

THEN = "2017-01-15T12:00Z"


async def ask(driver: Driver, day: str, known: str) -> None:
    """Open the window, type in both fields and choose."""
    await driver.press("d")
    driver.app.screen.query_one("#day", Input).value = day
    driver.app.screen.query_one("#known", Input).value = known
    await driver.settle()
    await driver.press("enter")


def plan_line(driver: Driver) -> str:
    """The line of the whole plan in the overview."""
    return next(line for line in driver.lines if "Beleidsplan" in line and "%" in line)


def flat(text: str) -> str:
    """Without the frame and the line ends of a window."""
    return " ".join(text.replace("│", " ").split())


async def test_the_moment_is_echoed_shown_on_every_screen_and_given_back(demo: Path) -> None:
    with Session(demo) as session:
        session.set_known_at(datetime(2017, 1, 15, 12, 0, 59, 999_000, tzinfo=UTC))
        then = overview.plan_status(session).plan
    async with driving(demo) as driver:
        before = plan_line(driver)
        await driver.press("D")
        assert driver.app.screen.query_one("#known", Input).has_focus
        await driver.type(THEN)
        assert "→ Sun 15 January 2017, 12:00 UTC" in driver.text
        assert all(len(line) <= 80 for line in driver.lines)
        assert "esc" in driver.text
        await driver.press("enter")
        assert "as of 30 Jun 2018 · known 15 Jan 2017, 12:00 UTC" in driver.lines[0]
        after = plan_line(driver)
        assert after != before
        assert f"{round(float(then.progress or 0) * 100)}%" in after
        for screen in "234":
            await driver.press(screen)
            assert "known 15 Jan 2017, 12:00 UTC" in driver.lines[0]
        await driver.press("1", "D")
        assert driver.app.screen.query_one("#known", Input).value == "15 January 2017, 12:00 UTC"
        driver.app.screen.query_one("#known", Input).value = ""
        await driver.press("enter")
        assert "known" not in driver.lines[0]
        assert plan_line(driver) == before


async def test_day_and_moment_go_together(demo: Path) -> None:
    async with driving(demo) as driver:
        await ask(driver, "31/12/2016", "15/1/2017")
        assert "as of 31 Dec 2016 · known 15 Jan 2017 " in driver.lines[0]
        await driver.press("e")
        assert "15 January 2017, 23:59" in driver.text


async def test_forms_say_that_nothing_can_be_changed_there_and_change_nothing(demo: Path) -> None:
    before = demo.read_bytes()
    async with driving(demo) as driver:
        await ask(driver, "", THEN)
        for key in "vpf":
            await driver.press(key)
            assert "You are looking at what was known on 15 January 2017" in flat(driver.text)
            await driver.press("escape")
        await driver.press("f")
        await driver.type("Terugbellen")
        await driver.press("ctrl+s")
        assert isinstance(driver.app.screen, FollowUpDialog)  # and what was typed is kept
        assert "nothing can be changed there" in flat(driver.text)
    assert demo.read_bytes() == before


async def test_a_key_that_writes_at_once_is_refused(demo: Path) -> None:
    before = demo.read_bytes()
    async with driving(demo) as driver:
        await ask(driver, "", THEN)
        await driver.press("3", "delete")
        assert isinstance(driver.app.screen, ConfirmDialog)
        driver.app.screen.dismiss(True)
        await driver.until(lambda: driver.notices)
        assert "nothing can be changed there" in driver.notices[-1]
    assert demo.read_bytes() == before


async def test_what_cannot_be_a_moment_stays_in_the_field(small: Path) -> None:
    async with driving(small) as driver:
        await ask(driver, "", "15/1/2017 25:00")
        assert isinstance(driver.app.screen, AsOfDialog)
        assert "has a time that no clock shows" in flat(driver.text)
        assert driver.app.screen.query_one("#known", Input).has_focus
        driver.app.screen.query_one("#known", Input).value = ""
        driver.app.screen.query_one("#day", Input).value = "31/2/2016"
        await driver.press("enter")
        assert driver.app.screen.query_one("#day", Input).has_focus


async def test_before_the_journal_everything_stays_as_it_was(small: Path) -> None:
    async with driving(small) as driver:
        await ask(driver, "31/12/2016", "2017-01-01")
        assert any("begins on 30 June 2018, 10:00" in notice for notice in driver.notices)
        assert "as of 30 June 2018" in driver.lines[0]
