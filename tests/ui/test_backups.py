"""Backups in the screens: made by itself, made by a key, brought back from a window."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Button

from socius_tui.services import backups
from socius_tui.services.assigning import AddPerson
from socius_tui.services.register import staff
from socius_tui.services.session import Session
from tests.ui.driving import Driver, driving


def made(path: Path) -> list[str]:
    """Why the backups of a file were made, newest first."""
    return [line.backup.why for line in backups.listed(path)]


async def names(driver: Driver) -> list[str]:
    """Who is in the file, as the program sees it."""
    return sorted(person.name for person in await driver.app.session.ask(staff))


async def test_one_is_made_by_itself_and_not_again(small: Path) -> None:
    async with driving(small) as driver:
        await driver.app.back_up_when_due()
        assert made(small) == ["automatic"]
        await driver.app.back_up_when_due()
        assert made(small) == ["automatic"]
        assert driver.notices == []


async def test_the_pulse_looks_whether_it_is_time(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from socius_tui.ui import app

    monkeypatch.setattr(app, "FIRST_BACKUP_BEAT", 0)
    async with driving(small) as driver:
        driver.app.feel_pulse()
        await driver.until(lambda: made(small) == ["automatic"])


async def test_a_failure_is_told_once(small: Path) -> None:
    (small.parent / "backups").write_text("in the way")
    async with driving(small) as driver:
        await driver.app.back_up_when_due()
        await driver.app.back_up_when_due()
        await driver.settle()
        assert len(driver.notices) == 1
        assert "backups" in driver.notices[0]


async def test_a_demo_makes_none(demo: Path) -> None:
    async with driving(demo) as driver:
        await driver.app.back_up_when_due()
    assert made(demo) == []


async def test_a_key_makes_one(small: Path) -> None:
    async with driving(small) as driver:
        await driver.press("f9")
        await driver.until(lambda: made(small) == ["manual"])
        assert driver.notices[0].startswith("Backup 1 made (")


async def test_the_window_lists_makes_and_brings_back(small: Path) -> None:
    async with driving(small) as driver:
        before = await names(driver)
        await driver.press("B")
        assert "No backup was made yet" in driver.text
        await driver.press("f9")
        await driver.until(lambda: "asked for" in driver.text)
        await driver.app.session.write(AddPerson.of(name="Jo Maes", role="reader"))

        await driver.press("enter")
        assert "1 change since" in driver.text
        await driver.press("enter")  # leave it is the answer that has the focus
        assert "Jo Maes" in await names(driver)

        await driver.press("enter")
        driver.app.screen.query_one("#yes", Button).focus()
        await driver.press("enter")
        await driver.until(lambda: not driver.app.screen.is_modal)
        assert await names(driver) == before
        assert any(notice.startswith("The file is again") for notice in driver.notices)
        assert made(small) == ["restore", "manual"]


async def test_a_damaged_backup_says_so_and_stays_where_it_is(small: Path) -> None:
    backup = backups.back_up(small)
    content = bytearray(backup.path.read_bytes())
    content[5000] ^= 1
    backup.path.write_bytes(content)
    async with driving(small) as driver:
        await driver.press("B")
        assert "NO" in driver.line("asked for")
        await driver.press("enter")
        assert "not whole" in driver.notices[0]


async def test_the_window_says_it_in_eighty_columns(small: Path) -> None:
    with Session(small) as session:
        backups.back_up(session, "restore")
    async with driving(small, size=(80, 24)) as driver:
        await driver.press("B")
        line = driver.line("before a backup was brought back")
        assert line.rstrip(" │").endswith("yes")
        assert "MB" in line
        assert "f9 make a backup" in driver.text
