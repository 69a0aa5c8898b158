"""The form that writes what is on the screen to a file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from socius_tui.services.exchange.exporting import KINDS
from socius_tui.services.exchange.targets import NAMES, ONE_FORM
from socius_tui.services.session import Session
from socius_tui.ui.dialogs.export import ExportDialog
from tests.ui.driving import Driver, driving


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to write in."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def form(driver: Driver) -> ExportDialog:
    screen = driver.app.screen
    assert isinstance(screen, ExportDialog)
    return screen


async def test_it_begins_with_what_the_screen_shows_and_writes_it(small: Path, here: Path) -> None:
    async with driving(small) as driver:
        await driver.press("3", "X")
        dialog = form(driver)
        assert dialog.what.value == "visits"
        name = dialog.file.value
        assert name.startswith("visits-")
        assert name.endswith(".csv")
        dialog.form.value = "jsonl"
        await driver.settle()
        assert dialog.file.value == name.replace(".csv", ".jsonl")
        await driver.press("ctrl+s")
        assert not isinstance(driver.app.screen, ExportDialog)
    assert (here / name.replace(".csv", ".jsonl")).read_text(encoding="utf-8").startswith('{"id"')


def test_everything_that_the_command_line_writes_can_be_chosen() -> None:
    assert {*NAMES} == {*KINDS, *ONE_FORM}


async def test_a_workbook_has_no_form_and_a_name_of_its_own(small: Path, here: Path) -> None:
    async with driving(small) as driver:
        await driver.press("X")
        dialog = form(driver)
        assert dialog.what.value == "status"
        dialog.what.fill("workbook")
        dialog.on_edited(None)  # type: ignore[arg-type]
        await driver.settle()
        assert [f.field for f in dialog.fields] == ["what", "file", "existing"]
        assert dialog.file.value.endswith(".xlsx")
        await driver.press("ctrl+s")
    (found,) = here.iterdir()
    assert found.read_bytes().startswith(b"PK")


async def test_a_file_that_is_there_stays_until_somebody_says_so(small: Path, here: Path) -> None:
    (here / "mine.csv").write_text("mine", encoding="utf-8")
    async with driving(small) as driver:
        await driver.press("X")
        dialog = form(driver)
        dialog.file.fill("mine.csv")
        await driver.press("ctrl+s")
        field = dialog.field("file")
        assert field is not None
        assert "exists already" in field.complaint
        assert (here / "mine.csv").read_text(encoding="utf-8") == "mine"
        dialog.existing.value = "replace"
        await driver.press("ctrl+s")
        assert not isinstance(driver.app.screen, ExportDialog)
    assert (here / "mine.csv").read_text(encoding="utf-8").startswith("code,level")


async def test_it_writes_while_looking_back(small: Path, here: Path) -> None:
    def opened() -> Session:
        session = Session(small)
        session.set_known_at(datetime.now(UTC))
        return session

    async with driving(small, open_session=opened) as driver:
        await driver.press("X", "ctrl+s")
        assert not isinstance(driver.app.screen, ExportDialog)
    assert len(list(here.iterdir())) == 1
