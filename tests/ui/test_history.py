"""The history on its own screen, in the goal pane and in a window above the other screens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from socius_tui.services.session import Session
from socius_tui.store.unit_of_work import Transaction
from socius_tui.ui.screens.history import HistoryScreen
from socius_tui.ui.widgets.history_table import HistoryTable
from socius_tui.ui.widgets.visit_pane import VisitPane
from tests.hostile import raw_signatures_in
from tests.ui.driving import Driver, driving
from tests.ui.plans import Write, opener
from tests.ui.test_hostile_log import WORDS, fill
from tests.ui.test_snapshots import Compare, looks_right


def screen(driver: Driver) -> HistoryScreen:
    found = driver.app.screen
    assert isinstance(found, HistoryScreen)
    return found


async def test_the_newest_change_comes_first_with_its_values(demo: Path) -> None:
    async with driving(demo) as driver:
        await driver.press("7", "down")
        assert screen(driver).table().count == 735
        line = driver.line("Vormingsinstelling 32")
        assert "27/06/2018, 16:00" in line
        assert "somebody" in line
        assert "planned → cancelled" in driver.text


async def test_filters_hold_back_and_let_go(demo: Path) -> None:
    async with driving(demo, size=(140, 40)) as driver:
        await driver.press("7", "o")
        assert screen(driver).wanted.kind == "visits"
        assert screen(driver).table().count == 236
        await driver.press("o", "o")
        assert screen(driver).table().count == 1
        assert "Plan Beleidsplan 2016-2020 made" in driver.line("/01/2016, 16:00")
        assert "and 143 more rows" in str(driver.app.screen.query_one("EntryText Static").render())
        await driver.press("x", "w")
        told = [line for line in driver.lines if re.match(r"│ [\d/]+, [\d:]+ ", line)]
        assert told
        assert len({line[20:25] for line in told}) == 1
        await driver.press("x", "t", "t")
        assert screen(driver).wanted.since is not None
        assert "2017" in driver.line("[7]")
        await driver.press("x")
        assert screen(driver).table().count == 735


async def test_words_are_looked_for_with_the_form(demo: Path) -> None:
    async with driving(demo) as driver:
        await driver.press("7", "s")
        await driver.type("handed")
        await driver.press("ctrl+s")
        assert screen(driver).wanted.text == "handed"
        assert "No change is like that" in driver.text
        await driver.press("x", "s")
        await driver.type("contact person elif")
        await driver.press("ctrl+s")
        assert screen(driver).table().count == 1
        assert "Elif Voorbeeld is contact person" in driver.text


async def test_mine_needs_somebody_at_the_keyboard(demo: Path) -> None:
    def somebody() -> Session:
        from socius_tui.services.register import staff

        session = opener(demo)()
        session.actor = next(p.id for p in staff(session) if p.name.startswith("Carine"))
        return session

    async with driving(demo, open_session=somebody) as driver:
        await driver.press("7", "m")
        assert "mine" in driver.line("[7]")
        assert 0 < screen(driver).table().count < 735
        assert not [line for line in driver.lines if "Amber Voorbeeld" in line[20:40]]


async def test_enter_goes_to_what_changed(demo: Path) -> None:
    async with driving(demo, size=(140, 40)) as driver:
        await driver.press("7", "o", "down", "down", "enter")
        await driver.until(lambda: driver.app.screen.query(VisitPane))
        pane = driver.app.screen.query_one(VisitPane)
        await driver.until(lambda: pane.visit is not None)


async def test_what_is_gone_is_told_and_not_opened(demo: Path) -> None:
    with Session(demo) as session:
        session.write(Write(add_and_take_out))
    async with driving(demo) as driver:
        await driver.press("7", "enter")
        assert isinstance(driver.app.screen, HistoryScreen)
        assert "not there any more" in " ".join(driver.notices)


def add_and_take_out(transaction: Transaction) -> None:
    person = transaction.insert("person", {"name": "Tijdelijk", "role": "reader"})
    transaction.retire("person", person)


async def test_in_full_has_the_whole_screen_and_goes_back(demo: Path) -> None:
    async with driving(demo) as driver:
        await driver.press("7", "down", "z")
        assert not screen(driver).table().display or not screen(driver).table().region.height
        assert "crowdfunding" in driver.text
        await driver.press("escape")
        assert screen(driver).table().has_focus


@pytest.mark.parametrize(
    ("keys", "title"),
    [
        (("3", "H"), "visit to"),
        (("4", "H"), "organisation "),
        (("1", "down", "down", "H"), "goal "),
    ],
)
async def test_a_key_shows_the_history_of_what_is_chosen(
    demo: Path, keys: tuple[str, ...], title: str
) -> None:
    async with driving(demo, size=(120, 40)) as driver:
        await driver.press(*keys)
        assert title in driver.line("╭─ History")
        assert driver.app.screen.query_one(HistoryTable).count > 0
        await driver.press("enter")
        assert driver.app.screen.has_class("-whole")
        await driver.press("escape", "escape")
        assert not driver.app.screen.query(".-whole")


async def test_without_something_chosen_the_key_shows_everything(demo: Path) -> None:
    async with driving(demo) as driver:
        await driver.press("1", "H")
        assert isinstance(driver.app.screen, HistoryScreen)


async def test_a_goal_and_an_indicator_have_a_part_with_their_history(demo: Path) -> None:
    async with driving(demo, size=(120, 40)) as driver:
        await driver.press("2", "down", "down", "H")
        table = driver.app.screen.query_one("DetailPane HistoryTable", HistoryTable)
        await driver.until(lambda: table.count)
        assert "Plan Beleidsplan 2016-2020 made" in driver.text
        before = table.count
        await driver.press("t", "right", "down")
        await driver.until(lambda: table.count > before)
        await driver.press("H", "enter")
        assert "indicator OD1.1-a" in driver.line("╭─ History")


async def test_what_another_program_wrote_is_there_within_a_pulse(demo: Path) -> None:
    async with driving(demo) as driver:
        await driver.press("7")
        before = screen(driver).table().count
        with Session(demo) as other:
            other.write(Write(add_and_take_out))
        driver.app.feel_pulse()
        await driver.until(lambda: screen(driver).table().count == before + 1)


async def test_any_text_is_shown_as_text(small: Path) -> None:
    with Session(small) as session:
        for word in WORDS[::6]:
            session.write(Titled(word))
        session.write(Write(fill))
    async with driving(small) as driver:
        await driver.press("7", "z")
        for _step in range(30):
            await driver.hit("pagedown")
        assert not raw_signatures_in(driver.text.encode("utf-8", "replace"))
        await driver.press("escape")
        for _word in WORDS[::6]:
            await driver.hit("down")
            assert not raw_signatures_in(driver.text.encode("utf-8", "replace"))


class Titled:
    """A change that is called like this, of somebody who is called like this."""

    def __init__(self, word: str) -> None:
        self._word = word if word.strip() else "leeg"

    def apply(self, transaction: Transaction) -> str:
        """Write it."""
        person = transaction.insert("person", {"name": "Wie", "role": "reader"})
        transaction.change("person", person, {"name": self._word[:200]})
        return self._word


_PICTURES = {
    "history": ("7", "down", "down"),
    "history of an organisation": ("4", "down", "H"),
    "history of an indicator": ("2", "down", "down", "right", "down", "H"),
}


@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=["80x24", "140x40"])
@pytest.mark.parametrize("picture", _PICTURES)
def test_looks(snap_compare: Compare, demo: Path, picture: str, size: tuple[int, int]) -> None:
    assert looks_right(snap_compare, demo, _PICTURES[picture], size)
