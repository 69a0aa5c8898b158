"""Choosing a file: typed, filled in, walked to; whatever its name is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.widgets import Input

from socius_tui.errors import FileProblem
from socius_tui.services.folders import listing
from socius_tui.ui.dialogs.file import FileDialog
from tests.ui.driving import Driver, driving


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with lists, something else, and a folder below it."""
    folder = tmp_path / "lijsten"
    (folder / "oud").mkdir(parents=True)
    (folder / "oud" / "2015.csv").write_text("a")
    for name in ("Bezoeken.xlsx", "bezoeken 2.csv", "écoles.csv", "foto.png", ".verborgen.csv"):
        (folder / name).write_text("a")
    return folder


@asynccontextmanager
async def choosing(path: Path, folder: Path) -> AsyncIterator[tuple[Driver, list[Path | None]]]:
    """The dialog, open on a folder, and what it gave."""
    chosen: list[Path | None] = []
    async with driving(path) as driver:
        dialog = FileDialog("Choose a list", folder, (".csv", ".xlsx"))
        driver.app.push_screen(dialog, chosen.append)
        await driver.until(lambda: "oud/" in driver.text)
        yield driver, chosen


def names(typed: Path | str, suffixes: tuple[str, ...] = (".csv", ".xlsx")) -> list[str]:
    """What a folder shows."""
    return [entry.name for entry in listing(str(typed), suffixes).entries]


def test_folders_come_first_and_other_files_are_left_out(folder: Path) -> None:
    shown = ["..", "oud", "bezoeken 2.csv", "Bezoeken.xlsx", "écoles.csv"]
    assert names(f"{folder}/") == shown
    assert "foto.png" in names(f"{folder}/", ())


def test_a_part_of_a_name_is_enough(folder: Path) -> None:
    assert names(folder / "BEZ") == ["bezoeken 2.csv", "Bezoeken.xlsx"]
    assert names(folder / "eco") == ["écoles.csv"]
    assert names(folder / ".v") == [".verborgen.csv"]


@pytest.mark.parametrize("wrong", ["niets/", "foto.png/", "a\0b/"])
def test_what_is_no_folder_is_said(folder: Path, wrong: str) -> None:
    with pytest.raises(FileProblem):
        listing(str(folder) + "/" + wrong)


async def test_walk_to_a_file(small: Path, folder: Path) -> None:
    async with choosing(small, folder) as (driver, chosen):
        await driver.press("down", "enter")  # past "..", into the folder
        await driver.until(lambda: "2015.csv" in driver.text)
        await driver.press("down", "enter")
    assert chosen == [folder / "oud" / "2015.csv"]


async def test_type_and_fill_in(small: Path, folder: Path) -> None:
    async with choosing(small, folder) as (driver, chosen):
        await driver.type("ec")
        await driver.until(lambda: "oud/" not in driver.text)
        await driver.press("tab")
        await driver.press("enter")
    assert chosen == [folder / "écoles.csv"]


async def test_another_kind_of_file_can_be_typed(small: Path, folder: Path) -> None:
    async with choosing(small, folder) as (driver, chosen):
        await driver.type("foto.png")
        await driver.press("enter")
    assert chosen == [folder / "foto.png"]


async def test_a_folder_that_is_not_there(small: Path, folder: Path) -> None:
    async with choosing(small, folder) as (driver, chosen):
        await driver.type("niets/x")
        await driver.until(lambda: "There is no folder" in driver.text)
        await driver.press("enter")
        assert chosen == []
        await driver.press("escape")
    assert chosen == [None]


async def test_a_name_that_would_steer_the_terminal(small: Path, folder: Path) -> None:
    name = "x\x1b]0;p\x07[red].csv"
    (folder / name).write_text("a")
    async with choosing(small, folder) as (driver, chosen):
        await driver.type("x")
        await driver.until(lambda: "␛]0;p␇[red].csv" in driver.text)
        assert driver.app.screen.query_one(Input).value.endswith("/x")
        await driver.press("enter")
    assert chosen == [folder / name]
