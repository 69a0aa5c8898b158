"""Saved views on the screens: save what is shown, show it again, take it out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from socius_tui.domain.filters import OrganisationFilter, VisitFilter
from socius_tui.services import register
from socius_tui.services.session import Session
from socius_tui.services.views import SaveView
from socius_tui.ui.dialogs.views import SaveViewDialog, ViewsWindow
from socius_tui.ui.screens.visits import VisitsScreen
from socius_tui.ui.widgets.line_table import LineTable
from tests.ui.driving import Driver, driving


def opened(path: Path) -> Session:
    session = Session(path)
    session.actor = register.staff(session)[0].id
    return session


def top(driver: Driver) -> Any:
    """The dialog or screen that is seen."""
    return driver.app.screen


async def test_what_is_shown_is_saved_and_shown_again(small: Path) -> None:
    async with driving(small, open_session=lambda: opened(small)) as driver:
        await driver.press("3", "m", "o")
        screen = top(driver)
        assert isinstance(screen, VisitsScreen)
        wanted = screen.wanted
        assert wanted.visitor_id is not None
        await driver.press("V", "n")
        assert isinstance(top(driver), SaveViewDialog)
        await driver.type("Mijn werk")
        await driver.press("ctrl+s")
        assert isinstance(top(driver), ViewsWindow)
        assert "mine · done" in driver.line("Mijn werk")
        await driver.press("escape", "x")
        assert screen.wanted == VisitFilter()
        await driver.press("1", "V", "enter")
        assert top(driver) is screen
        assert screen.wanted == wanted
        await driver.press("V", "delete", "right", "enter")
        assert "No view was saved yet" in driver.text
        await driver.press("escape", "u", "enter", "V")
        assert "Mijn werk" in driver.text


async def test_a_view_of_the_register_has_its_period_and_order(small: Path) -> None:
    async with driving(small, open_session=lambda: opened(small)) as driver:
        await driver.press("4", "n", "t", "o")
        screen = top(driver)
        wanted = screen.wanted
        await driver.press("V", "n")
        await driver.type("Wie eerst")
        await driver.press("tab", "right", "ctrl+s")
        assert "everybody" in driver.line("Wie eerst")
        await driver.press("escape", "x", "o", "t")
        assert not screen.whole_plan
        assert screen.wanted == OrganisationFilter(screen.wanted.since, screen.wanted.until)
        await driver.press("V", "enter")
        assert screen.whole_plan
        assert screen.wanted == wanted


async def test_a_screen_without_filters_saves_nothing(small: Path) -> None:
    async with driving(small, size=(60, 20)) as driver:
        await driver.press("V", "n")
        assert isinstance(top(driver), ViewsWindow)
        assert any("no filters" in notice for notice in driver.notices)


async def test_a_view_that_lost_something_says_so(small: Path) -> None:
    """Hostile names are drawn as text, and what is gone is a sentence."""
    with opened(small) as session:
        for number, evil in enumerate(("[b]vet[/b] [/]", "[@click=app.quit]x[/]", "[$x]")):
            session.write(
                SaveView.of(
                    screen="history",
                    name=evil,
                    filters={"actor": f"gone-{number}", "text": evil},
                    for_everybody=True,
                )
            )
    async with driving(small) as driver:
        await driver.press("7", "V")
        assert driver.app.screen.query_one(LineTable).count == 3
        assert "[b]vet[/b] [/]" in driver.text
        assert "The person that it shows is no longer there" in driver.text
        await driver.press("enter")
        assert "no longer there" in driver.notices[-1]
        assert driver.app.current_mode == "history"
