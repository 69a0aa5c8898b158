"""The window of conflicts: both sides, the decision, the reason, and the page it is about."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from socius_tui.services.locking import ClosePeriod
from socius_tui.services.register import staff
from socius_tui.services.session import Session
from socius_tui.services.sync.arranging import count_conflicts
from socius_tui.ui.dialogs.conflicts import ConflictsWindow, SideBox
from socius_tui.ui.dialogs.late_reason import LateReasonDialog
from socius_tui.ui.widgets.hot_line import HotLine
from tests.ui.driving import driving
from tests.ui.teams import Team


@pytest.fixture
def team(demo: Path, tmp_path: Path) -> Team:
    made = Team(demo, tmp_path)
    made.arrange()
    return made


def waiting(path: Path) -> int:
    with Session(path) as session:
        return count_conflicts(session)


async def test_without_one_there_is_nothing_to_decide(team: Team) -> None:
    async with driving(team.ours, open_session=team.opener(team.ours)) as driver:
        assert "!" not in driver.lines[0]
        await driver.press("exclamation_mark")
        assert "nobody disagrees" in driver.text
        await driver.press("s", "o", "n", "enter", "escape")
        assert not driver.app.screen.is_modal


@pytest.mark.parametrize("width", [80, 140])
async def test_both_sides_are_seen(team: Team, width: int) -> None:
    team.disagree()
    async with driving(
        team.ours, open_session=team.opener(team.ours), size=(width, 24 if width == 80 else 40)
    ) as driver:
        assert "! 1" in driver.lines[0]
        await driver.press("exclamation_mark")
        for words in ("Brugge", "Gent, zegt An", "30/06/2018, 10:00", "laptop", "This stands now"):
            assert words in driver.text
        for person in team.people.values():
            assert person.name in driver.text
        stands, other = driver.app.screen.query(SideBox)
        beside = stands.region.y == other.region.y
        assert beside == (width == 140)
        assert other.region.bottom <= driver.app.screen.query_one("#window").region.bottom - 2


@pytest.mark.parametrize(("key", "value"), [("s", "Brugge"), ("o", "Gent, zegt An")])
async def test_it_is_decided_and_goes_to_the_others(team: Team, key: str, value: str) -> None:
    row = team.disagree()
    standing = team.value(team.ours, "organisation", row, "note")
    other = {"Brugge": "Gent, zegt An", "Gent, zegt An": "Brugge"}[standing]
    wanted = standing if key == "s" else other
    del value
    async with driving(team.ours, open_session=team.opener(team.ours)) as driver:
        driver.app.clear_notifications()  # they lie over the last lines
        await driver.press("exclamation_mark", "n")
        await driver.type("An was er zelf")
        await driver.press("ctrl+s")
        assert "An was er zelf" in driver.text
        await driver.press(key)
        await driver.until(lambda: waiting(team.ours) == 0)
        assert "nobody disagrees" in driver.text
        assert team.value(team.ours, "organisation", row, "note") == wanted
        await driver.press("escape")
        assert "!" not in driver.lines[0]
    with Session(team.ours) as session:
        noted = session.read(
            lambda c: c.execute("SELECT choice, note FROM conflict_decision").fetchall()
        )
    assert noted == [("kept" if key == "s" else "other", "An was er zelf")]
    team.exchange(team.ours)
    team.exchange(team.theirs)
    assert waiting(team.theirs) == 0
    assert team.value(team.theirs, "organisation", row, "note") == wanted


async def test_enter_goes_to_what_it_is_about(team: Team) -> None:
    team.disagree()
    async with driving(team.ours, open_session=team.opener(team.ours)) as driver:
        await driver.press("exclamation_mark", "enter")
        assert driver.app.current_mode == "organisations"
        assert not driver.app.screen.is_modal


async def test_what_the_program_cannot_take_is_explained(team: Team) -> None:
    from tests.ui.plans import Write

    for path in (team.ours, team.theirs):
        values = {
            "name": "Twee keer",
            "enterprise_number": "0123456749",
            "work_type_id": team.ask(team.ours, "SELECT id FROM work_type ORDER BY id"),
        }
        team.write(path, Write(lambda t, values=values: t.insert("organisation", values)))  # type: ignore[misc]
    team.exchange(team.theirs)
    team.exchange(team.ours)
    async with driving(team.ours, open_session=team.opener(team.ours)) as driver:
        driver.app.clear_notifications()
        await driver.press("exclamation_mark")
        assert "entered twice" in driver.text
        assert "take the other" not in driver.text
        await driver.press("o")
        assert any("Merge them" in notice for notice in driver.notices)
        await driver.press("s")
        await driver.until(lambda: waiting(team.ours) == 0)


async def test_text_of_others_is_only_text(team: Team) -> None:
    hostile = "[@click=app.quit]rood[/] [b]"
    row = team.organisation()
    for path, word in ((team.theirs, hostile), (team.ours, "Brugge")):
        team.change(path, "organisation", row, {"note": word})
    team.exchange(team.theirs)
    team.exchange(team.ours)
    async with driving(team.ours, open_session=team.opener(team.ours), size=(140, 40)) as driver:
        await driver.press("exclamation_mark")
        assert isinstance(driver.app.screen, ConflictsWindow)
        assert "[@click=app.quit]" in driver.text


async def test_a_closed_period_asks_why(team: Team) -> None:
    visit = team.ask(team.ours, "SELECT id FROM visit WHERE visited_on LIKE '2016%' ORDER BY id")
    for path, word in ((team.theirs, "Gent"), (team.ours, "Brugge")):
        team.change(path, "visit", visit, {"summary": word})
    team.exchange(team.theirs)
    team.exchange(team.ours)
    standing = team.value(team.ours, "visit", visit, "summary")
    with team.opener(team.ours)() as session:
        director = next(person for person in staff(session) if person.role == "director")
        session.actor = director.id
        session.write(
            ClosePeriod.of(starts_on=date(2016, 1, 1), ends_on=date(2016, 12, 31), note="Ingediend")
        )
    async with driving(team.ours, open_session=team.opener(team.ours)) as driver:
        await driver.press("exclamation_mark", "o")
        assert isinstance(driver.app.screen, LateReasonDialog)
        await driver.type("Zo was het")
        await driver.press("ctrl+s")
        await driver.until(lambda: team.value(team.ours, "visit", visit, "summary") != standing)


async def test_a_click_on_the_line_shows_them(team: Team) -> None:
    team.disagree()
    async with driving(team.ours, open_session=team.opener(team.ours), size=(140, 40)) as driver:
        line = driver.app.screen.query_one("#plan", HotLine)
        at = line.place_of("1 conflict")
        assert at is not None
        await driver.pilot.click(line, offset=(at + 2, 0))
        await driver.settle()
        assert isinstance(driver.app.screen, ConflictsWindow)


async def test_a_decision_can_be_taken_back(team: Team) -> None:
    team.disagree()
    async with driving(team.ours, open_session=team.opener(team.ours)) as driver:
        await driver.press("exclamation_mark", "s")
        await driver.until(lambda: waiting(team.ours) == 0)
        await driver.press("escape", "u", "enter")
        await driver.until(lambda: waiting(team.ours) == 1)
        assert "! 1" in driver.lines[0]


async def test_the_other_that_was_taken_can_be_given_back(team: Team) -> None:
    row = team.disagree()
    stood = team.value(team.ours, "organisation", row, "note")
    async with driving(team.ours, open_session=team.opener(team.ours)) as driver:
        await driver.press("exclamation_mark", "o")
        await driver.until(lambda: waiting(team.ours) == 0)
        await driver.press("escape", "u", "enter")
        await driver.until(lambda: team.value(team.ours, "organisation", row, "note") == stood)
