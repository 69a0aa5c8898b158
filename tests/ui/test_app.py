"""The application itself: first start, settings, errors, what it loads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from socius_tui.errors import FileProblem, RuleBroken
from socius_tui.services.session import Session
from socius_tui.services.setup import FirstStart
from socius_tui.store.unit_of_work import Transaction
from socius_tui.ui import crash
from socius_tui.ui.messages import DataChanged
from socius_tui.ui.screens.overview import OverviewScreen
from socius_tui.ui.work import start
from tests.ui.driving import driving
from tests.ui.plans import opener, plan_without_goals


class Refused:
    """A use case that the rules forbid."""

    def apply(self, transaction: Transaction) -> str:
        raise RuleBroken("[b]not[/b] so", title="No [/]", hint="Do [$x] otherwise.")


async def test_a_refused_write_is_told_word_for_word(small: Path) -> None:
    async with driving(small) as driver:
        screen = driver.app.screen
        assert isinstance(screen, OverviewScreen)
        assert await screen.write(Refused()) is None
        await driver.settle()
        assert driver.notices == ["[b]not[/b] so Do [$x] otherwise."]
        await driver.settle()
        assert "[b]not[/b] so" in driver.text


async def test_an_error_in_words_never_ends_the_program(small: Path) -> None:
    async def fails() -> None:
        raise FileProblem("the disk says no")

    async with driving(small) as driver:
        start(driver.app, fails)
        start(driver.app.screen, fails)
        await driver.pilot.pause()
        assert driver.notices[0] == "the disk says no"
        assert driver.app.is_running
        assert driver.app.return_code is None


async def test_the_first_start_makes_the_file(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    chosen: list[FirstStart] = []

    def create(start: FirstStart) -> None:
        chosen.append(start)
        plan_without_goals(path, "Nieuw plan")

    async with driving(path, create=create) as driver:
        assert driver.app.screen.is_modal
        await driver.type("An")
        await driver.press("ctrl+s")
        await driver.until(lambda: driver.app.current_mode == "overview")
        assert [start.person for start in chosen] == ["An"]
        assert "Nieuw plan" in driver.lines[0]


async def test_leaving_the_first_start_makes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    async with driving(path, create=lambda start: None) as driver:
        await driver.pilot.press("escape")
        await driver.pilot.pause()
        assert driver.app._exit
    assert not path.exists()


async def test_a_file_that_cannot_be_made_asks_again(tmp_path: Path) -> None:
    tries: list[FirstStart] = []

    def create(start: FirstStart) -> None:
        tries.append(start)
        raise FileProblem("the folder cannot be written")

    async with driving(tmp_path / "new.db", create=create) as driver:
        await driver.type("An")
        await driver.press("ctrl+s")
        await driver.until(lambda: "the folder cannot be written" in driver.text)
        assert driver.app.screen.is_modal
        await driver.press("ctrl+s")
        await driver.until(lambda: len(tries) == 2)


async def test_settings_with_unknown_names_and_clashes_are_told(small: Path) -> None:
    keymap = {"no.command": "x", "explain.open": "d", "overview.goals": "s"}
    async with driving(small, keymap=keymap) as driver:
        told = " ".join(driver.notices)
        assert "no.command" in told
        assert "explain.open” is that of “as_of.choose" in told
        assert "overview.goals” is that of “overview.stale" in told
        assert len(driver.notices) == 3
        await driver.press("2")
        assert driver.app.current_mode == "goals"


async def test_an_unknown_theme_is_no_reason_to_stop(small: Path) -> None:
    async with driving(small, theme="no such theme") as driver:
        assert driver.app.theme == "socius-dark"
        driver.app.theme = "nord"
        await driver.settle()
        assert "OD1.1" in driver.text


async def test_only_what_is_seen_loads_again(small: Path) -> None:
    async with driving(small) as driver:
        await driver.press("2", "1")
        driver.app.post_message(DataChanged(None))
        await driver.settle()
        assert driver.app._opened["goals"].stale
        assert not driver.app._opened["overview"].stale


async def test_data_changed_behind_a_dialog_is_seen_under_it(small: Path) -> None:
    async with driving(small) as driver:
        await driver.press("question_mark")
        assert driver.app.screen.is_modal
        driver.app.post_message(DataChanged(None))
        await driver.settle()
        assert not driver.app._opened["overview"].stale
        assert driver.app.screen.is_modal


def test_a_mistake_of_the_program_is_told_in_words(tmp_path: Path) -> None:
    try:
        raise ZeroDivisionError("[red]by\x1b[31m zero")
    except ZeroDivisionError as error:
        told = crash.report(error, tmp_path / "folder")
    assert "ZeroDivisionError" in told
    assert "\x1b" not in told
    assert "Traceback" not in told
    written = tmp_path / "folder" / crash.NAME
    assert str(written) in told
    assert "Traceback" in written.read_text()
    assert written.stat().st_mode & 0o777 == 0o600


def test_a_mistake_is_told_even_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    told = crash.report(ValueError("x"), tmp_path / "file" / "folder")
    assert "ValueError" in told


async def test_the_program_ends_in_words_when_it_is_wrong(
    small: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    async def run() -> None:
        async with driving(small) as driver:
            driver.app.call_later(lambda: 1 / 0)
            await driver.pilot.pause()

    with pytest.raises(ZeroDivisionError):
        await run()
    told = capfd.readouterr().err
    assert "mistake of its own" in told
    assert "Traceback" not in told


def test_the_first_screen_loads_nothing_heavy(small: Path) -> None:
    """Forms, pydantic and sqlite-utils come after the first paint."""
    code = """
import asyncio, sys
from pathlib import Path
from socius_tui.services.session import Session
from socius_tui.ui.app import SociusApp
async def main():
    app = SociusApp(lambda: Session(Path(sys.argv[1])))
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        table = app.screen.query_one("#goals-list")
        assert table.count > 1, table.count
        heavy = [n for n in ("pydantic", "sqlite_utils", "socius_tui.ui.dialogs.form",
                 "socius_tui.ui.screens.goals") if n in sys.modules]
        assert not heavy, heavy
asyncio.run(main())
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(small)], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_session_of_the_tests_is_a_real_one(small: Path) -> None:
    with opener(small)() as session:
        assert isinstance(session, Session)
        assert session.path == small
