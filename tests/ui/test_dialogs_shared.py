"""Explain, search, as-of date, help and the palette: the same on every screen."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input

from socius_tui.services import overview
from socius_tui.services.explain import explain
from socius_tui.services.session import Session
from socius_tui.ui.commands.active import commands_of, hints_of
from socius_tui.ui.commands.shared import SHARED
from socius_tui.ui.dialogs.as_of import AsOfDialog
from socius_tui.ui.dialogs.explain import ExplainDialog
from socius_tui.ui.dialogs.help import HelpDialog
from socius_tui.ui.dialogs.search import SearchDialog
from socius_tui.ui.widgets.goal_tree import GoalTree
from socius_tui.ui.widgets.line_table import LineTable
from tests.hostile import SHORT_HOSTILE
from tests.ui.driving import Driver, driving
from tests.ui.plans import opener


def flat(text: str) -> str:
    """Text without line breaks and frames, so that a wrapped sentence can be found."""
    return re.sub(r"[\s│╭╮╰╯─]+", " ", text)


async def test_explains_the_number_with_the_cursor(demo: Path) -> None:
    with Session(demo) as session:
        line = overview.plan_status(session).lines[2]
        told = explain(session, line.id)
    async with driving(demo, size=(100, 40)) as driver:
        await driver.press("down", "down", "e")
        assert isinstance(driver.app.screen, ExplainDialog)
        shown = flat(driver.text)
        for label, value in told.facts[:4]:
            assert label in shown
            assert value.split()[0] in shown
        assert told.sentences[0][:60] in shown
        await driver.press("escape")
        assert not isinstance(driver.app.screen, ExplainDialog)


async def test_explains_every_line_of_the_plan(small: Path) -> None:
    with opener(small)() as session:
        lines = overview.plan_status(session).lines
    async with driving(small) as driver:
        for line in lines[:6]:
            driver.app.push_screen(ExplainDialog(line.id))
            await driver.settle()
            assert isinstance(driver.app.screen, ExplainDialog)
            await driver.press("pagedown", "escape")
        assert driver.notices == []


async def test_explaining_what_is_gone_says_so(small: Path) -> None:
    async with driving(small) as driver:
        driver.app.push_screen(ExplainDialog("nobody"))
        await driver.settle()
        assert "no longer exists" in " ".join(driver.notices)
        assert not isinstance(driver.app.screen, ExplainDialog)


async def test_finds_while_typing_and_goes_there(small: Path) -> None:
    async with driving(small) as driver:
        await driver.press("slash")
        assert isinstance(driver.app.screen, SearchDialog)
        await driver.type("od2.1-b")
        driver.line("OD2.1-b Indicator b")
        await driver.press("enter")
        assert driver.app.current_mode == "goals"
        line = driver.app.screen.query_one(GoalTree).current
        assert line is not None
        assert line.code == "OD2.1-b"


async def test_arrows_choose_among_what_was_found(small: Path) -> None:
    async with driving(small) as driver:
        await driver.press("slash")
        await driver.type("doel")
        table = driver.app.screen.query_one(LineTable)
        first = table.current_key
        await driver.press("down", "down")
        assert table.current_key != first
        assert isinstance(driver.app.focused, Input)
        await driver.press("pagedown", "pageup", "up", "up", "up")
        assert table.current_key == first


async def test_a_note_of_a_measurement_leads_to_its_indicator(small: Path) -> None:
    async with driving(small) as driver:
        await driver.press("slash")
        await driver.type("telling")
        await driver.press("enter")
        assert driver.app.current_mode == "goals"
        line = driver.app.screen.query_one(GoalTree).current
        assert line is not None
        assert line.level == "indicator"


@pytest.mark.parametrize(
    ("words", "mode"), [("organisatie 4", "organisations"), ("gesprek", "visits")]
)
async def test_organisations_and_visits_are_found(small: Path, words: str, mode: str) -> None:
    async with driving(small) as driver:
        await driver.press("slash")
        await driver.type(words)
        await driver.press("enter")
        assert driver.app.current_mode == mode


async def test_any_text_can_be_looked_for(small: Path) -> None:
    async with driving(small) as driver:
        await driver.press("slash")
        field = driver.app.screen.query_one(Input)
        for hostile in SHORT_HOSTILE:
            field.value = hostile.text
            await driver.settle()
        assert isinstance(driver.app.screen, SearchDialog)
        field.value = "niets van dat alles"
        await driver.settle()
        driver.line("Nothing was found.")
        await driver.press("enter")
        assert isinstance(driver.app.screen, SearchDialog)
        await driver.press("escape")
        assert driver.app.current_mode == "overview"


async def ask_day(driver: Driver, typed: str) -> None:
    """Open the dialog, type and choose."""
    await driver.press("d")
    driver.app.screen.query_one(Input).value = typed
    await driver.settle()
    await driver.press("enter")


async def test_the_day_is_echoed_chosen_and_given_back(small: Path) -> None:
    async with driving(small) as driver:
        await ask_day(driver, "31/12/2016")
        assert "as of 31 December 2016" in driver.lines[0]
        await driver.press("2")
        assert "as of 31 December 2016" in driver.lines[0]
        await driver.press("d")
        assert "Sat 31 December 2016" in driver.text
        await driver.press("escape")
        await ask_day(driver, "")
        assert "as of 30 June 2018" in driver.lines[0]
        assert "today" not in driver.lines[0]


async def test_a_day_that_cannot_be_stays_in_the_field(small: Path) -> None:
    async with driving(small) as driver:
        await ask_day(driver, "31/2/2016")
        assert isinstance(driver.app.screen, AsOfDialog)
        assert "February 2016 has no day 31" in flat(driver.text)
        assert driver.app.screen.query_one(Input).value == "31/2/2016"
        for hostile in SHORT_HOSTILE:
            driver.app.screen.query_one(Input).value = hostile.text
            await driver.pilot.pause()
        assert isinstance(driver.app.screen, AsOfDialog)
        await driver.press("escape")
        assert "as of 30 June 2018" in driver.lines[0]


async def test_numbers_of_another_day_are_those_of_that_day(demo: Path) -> None:
    with Session(demo, as_of=date(2016, 12, 31)) as session:
        then = overview.plan_status(session).plan
    async with driving(demo, size=(120, 40)) as driver:
        await ask_day(driver, "2016-12-31")
        plan = next(line for line in driver.lines if "Beleidsplan" in line and "%" in line)
        assert f"{round(float(then.progress or 0) * 100)}%" in plan


@pytest.mark.parametrize("screen", ["1", "2"])
async def test_help_names_every_key_that_works_here(small: Path, screen: str) -> None:
    async with driving(small, size=(100, 150)) as driver:
        await driver.press(screen)
        commands = {command.id for command in commands_of(driver.app.screen)}
        hinted = {hint.command.id for hint in hints_of(driver.app.screen)}
        assert commands - {"place.back"} == hinted  # nobody came from elsewhere
        await driver.press("question_mark")
        assert isinstance(driver.app.screen, HelpDialog)
        assert "Log or plan a visit." in driver.text
        assert "● on track" in driver.text
        await driver.press("escape")
        assert not isinstance(driver.app.screen, HelpDialog)


async def test_keys_can_be_set_otherwise(small: Path) -> None:
    keymap = {"screen.goals": "f12", "explain.open": "E", "overview.stale": "f10"}
    async with driving(small, keymap=keymap) as driver:
        assert "f12 Goals" in driver.lines[1]
        assert "f10 Stale or due" in driver.lines[4]
        await driver.press("f12")
        assert driver.app.current_mode == "goals"
        await driver.press("2")
        assert driver.app.current_mode == "goals"
        assert "E explain" in driver.lines[-1]
        await driver.press("E")
        assert isinstance(driver.app.screen, ExplainDialog)


async def test_the_palette_finds_and_runs_a_command(small: Path) -> None:
    async with driving(small) as driver:
        await driver.press("ctrl+p")
        await driver.type("needs a meas")
        await driver.type("")
        await driver.press("escape")
        await driver.press("ctrl+p")
        await driver.type("tree of goals")
        await driver.press("down", "enter")
        assert driver.app.current_mode == "goals"


async def test_footer_keys_can_be_clicked(small: Path) -> None:
    async with driving(small) as driver:
        x = driver.lines[-1].index("explain")
        await driver.pilot.click(offset=(x, 23))
        await driver.settle()
        assert isinstance(driver.app.screen, ExplainDialog)
        await driver.press("escape")
        x = driver.lines[1].index("Goals")
        await driver.pilot.click(offset=(x, 1))
        await driver.settle()
        assert driver.app.current_mode == "goals"


async def test_quits(small: Path) -> None:
    async with driving(small) as driver:
        await driver.pilot.press("q")
        await driver.pilot.pause()
        assert driver.app._exit
        assert driver.app.return_code == 0


def test_every_shared_key_is_plain() -> None:
    """Nothing depends on a key that terminals do not tell apart."""
    for command in SHARED:
        for key in command.key.split(","):
            assert not re.search(r"ctrl\+(enter|\d|h|i|m|j)|shift\+enter", key), command


async def test_escape_goes_back(small: Path) -> None:
    async with driving(small) as driver:
        await driver.press("s", "escape")
        assert isinstance(driver.app.focused, LineTable)
        assert driver.app.focused.id == "goals-list"
        await driver.press("2", "down", "enter", "escape")
        assert isinstance(driver.app.focused, GoalTree)


async def test_what_came_in_can_be_opened(small: Path) -> None:
    """Visits, measurements, narratives and follow-ups, each where it belongs."""
    async with driving(small) as driver:
        modes = []
        await driver.press("w")
        table = driver.app.screen.query_one("#recent-list", LineTable)
        for place in range(table.count):
            table.cursor = place
            await driver.press("enter")
            modes.append(driver.app.current_mode)
            await driver.press("1")
        assert set(modes) <= {"goals", "visits", "overview"}
        assert {"goals", "visits"} <= set(modes)
