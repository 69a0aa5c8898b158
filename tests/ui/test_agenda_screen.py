"""Screen 5: what is to be done, one key to do it, and where each line leads."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from socius_tui import i18n
from socius_tui.domain.agenda import AgendaItem, Matter
from socius_tui.services import log, register
from socius_tui.services.acting import AddAction
from socius_tui.services.following import AddFollowUp
from socius_tui.services.programme import action_list
from socius_tui.services.resolve import find_goal
from socius_tui.services.session import Session
from socius_tui.ui.dialogs.action import ActionDialog
from socius_tui.ui.dialogs.follow_up import CloseFollowUpDialog
from socius_tui.ui.dialogs.progress import ProgressDialog
from socius_tui.ui.dialogs.target import TargetDialog
from socius_tui.ui.dialogs.visit import CancelVisitDialog, VisitDialog
from socius_tui.ui.screens.agenda import AgendaScreen
from socius_tui.ui.widgets.agenda_rows import agenda_rows, told
from tests.hostile import HOSTILE
from tests.ui.driving import Driver, driving


def screen(driver: Driver) -> AgendaScreen:
    found = driver.app.screen
    assert isinstance(found, AgendaScreen), found
    return found


def dialog(driver: Driver) -> object:
    """What lies above the agenda."""
    return driver.app.screen


async def go_to(driver: Driver, kind: Matter) -> AgendaItem:
    """Put the cursor on the first line of a kind."""
    item = next(item for item in screen(driver)._items.values() if item.kind is kind)
    await screen(driver).table.go_to(item.key)
    await driver.settle()
    return item


def open_actions(path: Path) -> dict[str, str]:
    with Session(path) as session:
        return {line.title: line.state for line in action_list(session)}


@pytest.fixture
def busy(demo: Path) -> Path:
    """The demo with an action that is due this summer."""
    with Session(demo) as session:
        goal = find_goal(session, "OD1.1").id
        session.write(
            AddAction.of(goal_id=goal, title="Lezing", year=2018, due_on=date(2018, 7, 1))
        )
    return demo


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 60)])
async def test_the_agenda_is_whole_at_each_size(busy: Path, size: tuple[int, int]) -> None:
    async with driving(busy, size=size) as driver:
        await driver.press("5")
        assert "overdue" in driver.text
        assert "Lezing" in driver.text
        assert "follow-up done" in driver.text  # what y does with the first line
        assert all(len(line) <= size[0] for line in driver.lines)
        await driver.press("end")
        assert "enter progress" in driver.text


async def test_each_kind_is_acted_on_with_one_key(busy: Path) -> None:
    async with driving(busy, size=(120, 40)) as driver:
        await driver.press("5")
        forms = {
            Matter.VISIT: VisitDialog,
            Matter.FOLLOW_UP: CloseFollowUpDialog,
            Matter.COMMITMENT: ProgressDialog,
            Matter.MILESTONE: ProgressDialog,
            Matter.TARGET: ProgressDialog,
            Matter.STALE: ProgressDialog,
        }
        for kind, form in forms.items():
            await go_to(driver, kind)
            await driver.press("a")
            assert isinstance(dialog(driver), form), kind
            await driver.press("escape")
        for kind, form in ((Matter.ACTION, ActionDialog), (Matter.TARGET, TargetDialog)):
            await go_to(driver, kind)
            await driver.press("b")
            assert isinstance(dialog(driver), form), kind
            await driver.press("escape")
        await go_to(driver, Matter.VISIT)
        await driver.press("n")
        assert isinstance(dialog(driver), CancelVisitDialog)


async def test_what_is_done_goes_off_the_list(busy: Path) -> None:
    async with driving(busy, size=(120, 40)) as driver:
        await driver.press("5")
        await go_to(driver, Matter.ACTION)
        await driver.press("a")
        assert open_actions(busy)["Lezing"] == "done"
        assert "Lezing" not in [item.title for item in screen(driver)._items.values()]

        promise = await go_to(driver, Matter.FOLLOW_UP)
        await driver.press("a", "ctrl+s")
        assert promise.key not in screen(driver)._items
        with Session(busy) as session:
            kept = log.follow_up(session, promise.id)
        assert kept is not None
        assert kept.done_on == date(2018, 6, 30)


async def test_filters_show_one_person_and_one_kind(busy: Path) -> None:
    def as_amber() -> Session:
        session = Session(busy)
        session.actor = next(p.id for p in register.staff(session) if p.name.startswith("Amber"))
        return session

    async with driving(busy, size=(120, 40), open_session=as_amber) as driver:
        await driver.press("5", "m")
        items = screen(driver)._items.values()
        assert {item.owner for item in items} == {"Amber Voorbeeld"}
        await driver.press("x", "o")
        assert {item.kind for item in screen(driver)._items.values()} == {Matter.VISIT}
        for _kind in range(len(Matter)):
            await driver.press("o")
        assert screen(driver).wanted.kind is None
        await driver.press("w")
        assert screen(driver).wanted.owner_id is not None
        await driver.press("x")
        assert len(screen(driver)._items) > 20


async def test_enter_goes_to_where_it_lives(busy: Path) -> None:
    async with driving(busy, size=(120, 40)) as driver:
        for kind, shown in ((Matter.VISIT, "3"), (Matter.ACTION, "2"), (Matter.STALE, "2")):
            await driver.press("5")
            item = await go_to(driver, kind)
            await driver.press("enter")
            there = driver.app.screen
            assert {"2": "goals", "3": "visits"}[shown] == there.NAME  # type: ignore[attr-defined]
            assert item.title.split()[0] in driver.text


async def test_a_file_without_anything_says_how_to_begin(goalless: Path) -> None:
    async with driving(goalless) as driver:
        await driver.press("5")
        assert "Nothing is planned" in driver.text
        await driver.press("a", "b", "n", "enter", "o")
        assert "Nothing is like that" in driver.text


def test_any_text_is_shown_as_it_is() -> None:
    today = date(2018, 6, 30)
    for hostile in HOSTILE:
        item = AgendaItem(Matter.FOLLOW_UP, "x", today, hostile.text, hostile.text, audience="a")
        from socius_tui.domain.agenda import arranged

        (row,) = agenda_rows(arranged([item], today), today)
        for drawn in (row.cells[4], told(item, today)):
            assert not any(ord(sign) < 32 and sign != "\n" for sign in str(drawn)), hostile.name


async def test_a_promise_with_hostile_text_stands_in_the_list(demo: Path) -> None:
    with Session(demo) as session:
        goal = find_goal(session, "OD1.1").id
        session.write(
            AddFollowUp.of(what="[@click=app.quit]x[/]", goal_id=goal, due_on=date(2018, 6, 1))
        )
    async with driving(demo) as driver:
        await driver.press("5")
        assert "[@click=app.quit]x[/]" in driver.text


async def test_seven_dutch_screens_fit_in_eighty_columns(demo: Path) -> None:
    i18n.set_language("nl")
    async with driving(demo, size=(80, 24)) as driver:
        await driver.press("7")
        names = driver.lines[1].split()
        assert "Overzicht" in names
        assert names[-2:] == ["7", "Geschiedenis"]
