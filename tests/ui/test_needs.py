"""The window of needs heard: how often, filtered, and down to the notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from socius_tui.domain.filters import VisitFilter
from socius_tui.services import log
from socius_tui.services.session import Session
from socius_tui.ui.dialogs.needs import NeedsWindow, NeedVisitsWindow
from socius_tui.ui.screens.visits import VisitsScreen
from tests.ui.driving import Driver, driving


def top_of(driver: Driver) -> object:
    """The window or screen above all others."""
    return driver.app.screen


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 60)])
async def test_needs_have_bars_at_each_size(demo: Path, size: tuple[int, int]) -> None:
    async with driving(demo, size=size) as driver:
        await driver.press("N")
        assert isinstance(top_of(driver), NeedsWindow)
        assert "Needs heard · 2018" in driver.text
        assert "━━" in driver.text
        await driver.press("right")
        assert "whole plan" in driver.text
        await driver.press("left", "left", "w")
        assert "2017 · Verenigingen" in driver.text


async def test_from_a_need_to_the_note_and_to_the_log(demo: Path) -> None:
    async with driving(demo, size=(120, 40)) as driver:
        await driver.press("N", "right", "enter")
        window = driver.app.screen
        assert isinstance(window, NeedVisitsWindow)
        need = window._wanted.need
        assert need is not None
        with Session(demo) as session:
            wanted = VisitFilter(status="done", need=need)
            lines = log.visit_log(session, wanted)
        assert lines[0].organisation in driver.text
        await driver.press("down", "enter")
        screen = driver.app.screen
        assert isinstance(screen, VisitsScreen)
        assert screen.pane.visit is not None
        assert screen.pane.visit.line.id == lines[1].id

        await driver.press("N", "right", "g", "g", "g", "g", "g", "g", "g", "v")
        assert isinstance(driver.app.screen, VisitsScreen)
        assert driver.app.screen.table().count == len(lines)
        assert need in driver.text
        await driver.press("x")
        assert driver.app.screen.table().count > len(lines)


async def test_a_plan_without_needs_says_so(goalless: Path) -> None:
    async with driving(goalless) as driver:
        await driver.press("N")
        assert "No need was noted" in driver.text
        await driver.press("enter", "v", "w", "g", "escape")
        assert "No need was noted" not in driver.text
