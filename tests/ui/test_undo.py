"""Undo and redo with a key: it says what, asks where it was changed later, shows it at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.widgets import Button

from socius_tui.domain.filters import VisitFilter
from socius_tui.services import log, register
from socius_tui.services.assigning import AddPerson
from socius_tui.services.session import Session
from socius_tui.services.visiting import EditVisit
from socius_tui.ui.dialogs.undo import UndoDialog
from socius_tui.ui.screens.visits import VisitsScreen
from tests.ui.driving import Driver, driving
from tests.ui.plans import opener


def anna_at(path: Path) -> Callable[[], Session]:
    """Opens the file with Anna at the keyboard."""

    def open_session() -> Session:
        session = opener(path)()
        session.actor = next(p.id for p in register.staff(session) if p.name.startswith("Anna"))
        return session

    return open_session


@pytest.fixture
def edited(small: Path) -> Path:
    """Anna changed the note of the newest visit."""
    with anna_at(small)() as session:
        session.write(EditVisit.of(visit_id=newest(session), summary="by Anna"))
    return small


@pytest.fixture
def contested(edited: Path) -> Path:
    """Then Bert changed it."""
    with opener(edited)() as session:
        (session.actor,) = session.write(AddPerson.of(name="Bert")).ids("person")
        session.write(EditVisit.of(visit_id=newest(session), summary="by Bert"))
    return edited


def newest(session: Session) -> str:
    """The newest visit."""
    return log.visit_log(session, VisitFilter())[0].id


def note(path: Path) -> str:
    """What the newest visit says."""
    with opener(path)() as session:
        return log.visit_log(session, VisitFilter())[0].summary


def window(driver: Driver) -> UndoDialog:
    found = driver.app.screen
    assert isinstance(found, UndoDialog), driver.text
    return found


async def test_u_says_what_and_enter_undoes_it(edited: Path) -> None:
    async with driving(edited, open_session=anna_at(edited)) as driver:
        await driver.press("3")
        assert "by Anna" in driver.text
        await driver.press("u")
        assert "Visit to Organisatie 2 changed" in driver.line("Visit to")
        assert "30/06/2018, 10:00" in driver.text
        await driver.press("enter")
        assert isinstance(driver.app.screen, VisitsScreen)
        assert driver.notices == ["Undone: Visit to Organisatie 2 changed"]
        assert "Gesprek over cijfers" in driver.line("28/06/2018"), "the list shows it at once"
    assert note(edited).startswith("Gesprek")


async def test_shift_u_does_it_again(edited: Path) -> None:
    async with driving(edited, open_session=anna_at(edited)) as driver:
        await driver.press("u", "enter", "U")
        assert "Do again" in driver.text
        await driver.press("enter")
        assert driver.notices[-1] == "Done again: Visit to Organisatie 2 changed"
    assert note(edited) == "by Anna"


async def test_escape_leaves_everything_as_it_is(edited: Path) -> None:
    async with driving(edited, open_session=anna_at(edited)) as driver:
        await driver.press("u", "escape")
        assert not isinstance(driver.app.screen, UndoDialog)
    assert note(edited) == "by Anna"


async def test_nothing_to_undo_is_told_on_every_screen(small: Path) -> None:
    async with driving(small, open_session=anna_at(small)) as driver:
        for screen in "1234":
            await driver.press(screen, "u")
            assert driver.notices[-1] == "There is nothing of yours to undo."
            await driver.press("U")
            assert driver.notices[-1] == "There is nothing of yours to do again."
            assert not driver.app.screen.is_modal


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (140, 40)])
async def test_a_later_change_is_told_and_nothing_happens_by_itself(
    contested: Path, size: tuple[int, int]
) -> None:
    async with driving(contested, open_session=anna_at(contested), size=size) as driver:
        await driver.press("u")
        said = " ".join(line.strip(" │") for line in driver.lines)
        assert "note: “by Anna” became “by Bert”; Bert, 30/06/2018, 10:00, “Visit to" in said
        buttons = window(driver).query(Button)
        assert [button.id for button in buttons] == ["none", "keep", "take"]
        assert all(button.region.bottom <= size[1] for button in buttons), driver.text
        await driver.press("enter")
        assert not isinstance(driver.app.screen, UndoDialog)
        assert driver.notices == []
    assert note(contested) == "by Bert"


async def test_a_later_change_can_be_taken_back_too(contested: Path) -> None:
    async with driving(contested, open_session=anna_at(contested)) as driver:
        await driver.press("u", "down", "down", "enter")
    assert note(contested).startswith("Gesprek")


async def test_leaving_it_goes_on_to_what_was_before(contested: Path) -> None:
    async with driving(contested, open_session=anna_at(contested)) as driver:
        await driver.press("u", "down", "enter", "u")
        assert driver.notices == [
            "Nothing was left to undo of: Visit to Organisatie 2 changed",
            "There is nothing of yours to undo.",
        ]


async def test_what_others_hang_on_cannot_be_taken_back(edited: Path) -> None:
    with opener(edited)() as session:
        (bert,) = session.write(AddPerson.of(name="Bert")).ids("person")
        session.write(EditVisit.of(visit_id=newest(session), visitor_id=bert))

    def nobody() -> Session:
        return opener(edited)()

    async with driving(edited, open_session=nobody) as driver:
        await driver.press("u", "enter", "u")  # who visited, then that Bert was added
        assert "Bert added" in driver.text
        await driver.press("escape")
    with opener(edited)() as session:
        session.actor = bert
        session.write(EditVisit.of(visit_id=newest(session), summary="by Bert"))
    async with driving(edited, open_session=nobody) as driver:
        await driver.press("u")
        assert [button.id for button in window(driver).query(Button)] == ["none", "keep"]


async def test_somebody_else_was_faster(edited: Path) -> None:
    async with driving(edited, open_session=anna_at(edited)) as driver:
        await driver.press("u")
        with anna_at(edited)() as session:
            session.write(EditVisit.of(visit_id=newest(session), summary="elsewhere"))
        await driver.press("enter")
        assert "in the meantime" in driver.notices[-1]
    assert note(edited) == "elsewhere"
