"""The window that says what a check of the file found."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from socius_tui.domain.findings import CheckReport, Finding, Severity
from socius_tui.ui.dialogs.check import CheckDialog, findings_text
from tests.ui.driving import driving


async def test_a_check_is_a_key_away(small: Path) -> None:
    async with driving(small) as driver:
        await driver.press("f6")
        await driver.until(lambda: "1 finding." in driver.text)
        assert "bewegingen had no contact person" in driver.text
        await driver.press("escape")
        assert not isinstance(driver.app.screen, CheckDialog)


async def test_findings_are_listed_with_what_to_do(small: Path) -> None:
    connection = sqlite3.connect(small)
    connection.execute("UPDATE goal SET code = '[b]SD1[/b]' WHERE code IN ('SD1', 'SD2')")
    connection.commit()
    connection.close()
    async with driving(small) as driver:
        await driver.press("f6")
        await driver.until(lambda: "2 findings." in driver.text)
        assert "[b]SD1[/b]" in driver.text
        assert "Give each a code of its own." in driver.text


def test_damage_comes_first_and_fits_a_narrow_window() -> None:
    data = Finding("goal.cycle", Severity.DATA, "goal", "", "Something in the plan.", "Do this.")
    damage = Finding("row.lost", Severity.DAMAGE, "goal", "", "A row is lost. " * 9, "Do that.")
    shown = findings_text(CheckReport((data, damage), 1, 1), 40)
    lines = shown.plain.splitlines()
    assert max(map(len, lines)) <= 72, "the summary is one paragraph that the widget folds"
    assert shown.plain.index("A row is lost.") < shown.plain.index("Something in the plan.")
