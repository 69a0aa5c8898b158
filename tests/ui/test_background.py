"""The windows on what lies behind the plan: the analysis, the chain of a goal, the register."""

from __future__ import annotations

from pathlib import Path

import pytest

from socius_tui.services.analysis import statements
from socius_tui.services.chains import chain
from socius_tui.services.representing import register_of_mandates
from socius_tui.services.resolve import find_goal
from socius_tui.services.session import Session
from tests.ui.driving import driving


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 60)])
async def test_the_board_shows_the_grid_and_the_findings(demo: Path, size: tuple[int, int]) -> None:
    async with driving(demo, size=size) as driver:
        await driver.press("S")
        assert "111 findings" in driver.text
        for word in ("WEAKNESS", "ASPIRATION", "invest"):
            assert word in driver.text
        await driver.press("down", "right", "right")  # strengths and opportunities: invest
        assert "innovatie" in driver.text
        await driver.press("v")
        assert "66 people were asked." in driver.text
        await driver.press("escape", "escape")
        assert not driver.app.screen.is_modal


async def test_a_finding_is_added_placed_changed_and_taken_out(demo: Path) -> None:
    def mine() -> list[str]:
        with Session(demo) as session:
            return [s.strategy for s in statements(session) if "[b]nieuw" in s.statement]

    async with driving(demo, size=(120, 40)) as driver:
        await driver.press("S", "a", "tab")
        await driver.type("Iets [b]nieuw[/b]s")
        await driver.press("ctrl+s")
        await driver.until(lambda: mine() == [""])
        await driver.press("tab", "end")
        assert "[b]nieuw[/b]s" in driver.text
        await driver.press("p")
        await driver.until(lambda: mine() == ["limit_damage"])
        await driver.press("end", "enter")
        await driver.press("tab", "right", "ctrl+s")
        await driver.until(lambda: mine() == ["choose"])
        await driver.press("end", "delete")
        await driver.until(lambda: mine() == [])


async def test_the_chain_of_a_goal_is_read_and_lengthened(demo: Path) -> None:
    def steps() -> int:
        with Session(demo) as session:
            return len(chain(session, find_goal(session, "OD1.3").id).steps)

    async with driving(demo, size=(120, 40)) as driver:
        await driver.press("down", "down", "down", "down", "T")
        assert "Theory of Change  OD1.3" in driver.text
        assert "nothing watches it" in driver.text
        before = steps()
        await driver.press("a", "tab")
        await driver.type("Nog een stap")
        await driver.press("ctrl+s")
        await driver.until(lambda: steps() == before + 1)
        assert "Nog een stap" in driver.text
        await driver.press("escape")


async def test_somebody_was_there_and_the_register_grows(demo: Path) -> None:
    def there(name: str) -> object:
        with Session(demo) as session:
            found = [m for m in register_of_mandates(session) if m.name.startswith(name)]
            return found[0].attended_on if found else None

    async with driving(demo, size=(120, 40)) as driver:
        await driver.press("R")
        assert "Pulse" in driver.text
        await driver.press("y")
        await driver.until(lambda: str(there("ACCE")) == "2018-06-30")
        await driver.press("w", "w")
        assert "membership" in driver.text
        await driver.press("a", "tab")
        await driver.type("Een nieuw netwerk")
        await driver.press("ctrl+s")
        with Session(demo) as session:
            assert any(m.name == "Een nieuw netwerk" for m in register_of_mandates(session))
        await driver.press("m", "escape")
        assert not driver.app.screen.is_modal
