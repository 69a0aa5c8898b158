"""The exchange in the screens: with a key, by itself, stopped, and what came in shown as new."""

from __future__ import annotations

import asyncio
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from socius_tui import i18n
from socius_tui.services.session import Session
from socius_tui.services.sync import arranging
from socius_tui.store.unit_of_work import Database
from socius_tui.ui.app import SociusApp
from socius_tui.ui.dialogs.arranging import ArrangeDialog
from socius_tui.ui.dialogs.exchange import ExchangeWindow
from socius_tui.ui.dialogs.leaving import LeavingWindow
from tests.ui.driving import Driver, driving
from tests.ui.teams import Team
from tests.ui.test_snapshots import Compare, looks_right

SIZES = ((80, 24), (140, 40))


@pytest.fixture
def team(demo: Path, tmp_path: Path) -> Team:
    return Team(demo, tmp_path)


def standing(path: Path) -> arranging.Standing:
    with Session(path) as session:
        return arranging.standing(session)


def title(driver: Driver) -> str:
    return driver.lines[0]


async def over(driver: Driver) -> None:
    """Wait until the program ends."""
    while not driver.app._exit:
        assert driver.app._exception is None
        await asyncio.sleep(0)


async def test_a_key_exchanges_and_says_what_came(team: Team) -> None:
    team.arrange()
    team.visit(team.theirs, "Van de ander")
    team.exchange(team.theirs)
    async with driving(team.ours, open_session=team.opener(team.ours), size=(140, 40)) as driver:
        assert "exchanged 10:00" in title(driver)
        team.visit(team.ours, "Van ons")
        driver.app.feel_pulse()
        await driver.until(lambda: "1 to send" in title(driver))
        await driver.press("y")
        assert any("1 visit came in, from" in notice for notice in driver.notices)
        assert team.visits(team.ours) == ["Van de ander", "Van ons"]
        assert "to send" not in title(driver)
        assert f"with {team.people[team.theirs].name}" in title(driver)
    team.exchange(team.theirs)
    assert team.visits(team.theirs) == ["Van de ander", "Van ons"]


async def test_it_is_said_when_there_is_nothing(team: Team) -> None:
    team.arrange()
    async with driving(team.ours, open_session=team.opener(team.ours)) as driver:
        await driver.press("y")
        assert driver.notices == ["There was nothing to send. Nothing new came in."]


@pytest.mark.parametrize("screen", ["1", "2", "3", "4", "5", "6", "7"])
async def test_the_key_works_on_every_screen(team: Team, screen: str) -> None:
    team.arrange()
    async with driving(team.ours, open_session=team.opener(team.ours)) as driver:
        await driver.press(screen, "y")
        assert driver.notices == ["There was nothing to send. Nothing new came in."]


async def test_where_nothing_is_arranged_the_form_does_that(team: Team) -> None:
    async with driving(team.ours, open_session=team.opener(team.ours)) as driver:
        assert "exchanged" not in title(driver)
        await driver.press("y")
        assert isinstance(driver.app.screen, ArrangeDialog)
        await driver.press("tab")
        await driver.type(str(team.folder))
        await driver.press("ctrl+s")
        assert "There is no folder" in driver.text
        assert "choose “begin in it”" in driver.text
        await driver.press("tab", "right", "tab", "right", "ctrl+s")
        await driver.until(lambda: not driver.app.screen.is_modal)
        await driver.until(lambda: any("transactions sent" in n for n in driver.notices))
        place = standing(team.ours).arranged
        assert place is not None
        assert place.address == str(team.folder)
        assert place.automatic
        assert "exchanged 10:00" in title(driver)


async def test_the_form_asks_no_folder_of_a_database(team: Team) -> None:
    async with driving(team.ours, open_session=team.opener(team.ours)) as driver:
        await driver.press("Y")
        assert "The folder" in driver.text
        await driver.press("right")
        assert "The folder" not in driver.text
        assert "PostgreSQL of the team" in driver.text


async def test_a_folder_that_is_gone_is_told_in_words(team: Team) -> None:
    team.arrange()
    shutil.move(team.folder, team.folder.with_name("elsewhere"))
    async with driving(team.ours, open_session=team.opener(team.ours), size=(140, 40)) as driver:
        await driver.press("y")
        assert "There is no folder" in driver.notices[0]
        assert "the exchange failed" in title(driver)
        await driver.press("Y")
        assert "There is no folder" in driver.text
        shutil.move(team.folder.with_name("elsewhere"), team.folder)
        await driver.press("y", "escape")
        assert "exchanged 10:00" in title(driver)


async def test_the_window_says_how_it_stands_and_changes_it(team: Team) -> None:
    team.arrange()
    team.visit(team.theirs, "Van de ander")
    team.exchange(team.theirs)
    async with driving(team.ours, open_session=team.opener(team.ours), size=(100, 40)) as driver:
        await driver.press("Y")
        assert isinstance(driver.app.screen, ExchangeWindow)
        assert str(team.folder)[:30] in driver.line("Through")
        assert team.people[team.theirs].name in driver.text
        assert driver.line("By itself").rstrip(" │").endswith("no")
        await driver.press("a")
        assert "at the start and at the end" in driver.line("By itself")
        await driver.press("p")
        assert "1 visit would come in" in driver.text
        assert team.visits(team.ours) == []
        await driver.press("y")
        assert "1 visit came in" in driver.line("Came in last")
        assert team.visits(team.ours) == ["Van de ander"]
        await driver.press("delete", "right", "enter")
        assert not driver.app.screen.is_modal
        assert standing(team.ours).arranged is None
        assert "exchanged" not in title(driver)


async def test_troubles_of_the_folder_are_shown(team: Team) -> None:
    team.arrange()
    team.visit(team.theirs, "Van de ander")
    team.exchange(team.theirs)
    newest = max(
        (team.folder / "replicas").rglob("*.seg"), key=lambda path: path.stat().st_mtime_ns
    )
    newest.write_bytes(newest.read_bytes()[:-40])
    async with driving(team.ours, open_session=team.opener(team.ours), size=(120, 40)) as driver:
        await driver.press("y")
        assert any(newest.name in notice for notice in driver.notices)
        await driver.press("Y")
        assert newest.name in driver.text


async def test_one_that_runs_is_followed_and_stopped(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Database, "patience", 300.0)  # however slow this computer is
    team.arrange()
    for number in range(3):
        team.visit(team.ours, f"Bezoek {number}", number)
    with Session(team.ours) as holder:
        async with driving(team.ours, open_session=team.opener(team.ours)) as driver:
            holder.database.connection.execute("BEGIN IMMEDIATE")  # so that it has to wait
            await driver.pilot.press("y")
            desk = driver.app.desk
            while not desk.is_running:
                await asyncio.sleep(0)
            assert "⇅ 0" in driver.app.screen.query_one("#plan").render().plain  # type: ignore[union-attr]
            await driver.pilot.press("y")  # shows the one that runs
            while not isinstance(driver.app.screen, ExchangeWindow):
                await asyncio.sleep(0)
            await driver.pilot.press("s")
            holder.database.connection.execute("ROLLBACK")
            await driver.until(lambda: not desk.is_running)
            assert any(notice.startswith("Stopped.") for notice in driver.notices)
            await driver.press("y")
            assert standing(team.ours).to_send == 0
    team.exchange(team.theirs)
    assert len(team.visits(team.theirs)) == 3


async def test_what_came_in_is_marked_until_something_newer_came(team: Team) -> None:
    team.arrange()
    team.visit(team.theirs, "Eerste")
    team.exchange(team.theirs)
    opener = team.opener(team.ours)
    async with driving(team.ours, open_session=opener, size=(140, 40)) as driver:
        await driver.press("y", "7")
        assert "⇅ 1 new" in driver.line("[7]")
        assert "⇅ Visit to" in driver.text
        team.visit(team.ours, "Van ons")
        driver.app.feel_pulse()
        await driver.settle()
        assert "⇅ 1 new" in driver.line("[7]"), "ours is not new"
    team.visit(team.theirs, "Tweede", 1)
    team.exchange(team.theirs)
    team.exchange(team.ours)  # by `socius sync`, while nobody looks
    async with driving(team.ours, open_session=opener, size=(140, 40)) as driver:
        assert any("1 visit came in" in n and "since" in n for n in driver.notices)
        assert "⇅ 1 new" in driver.line("Lately")
        await driver.press("7")
        assert "⇅ 1 new" in driver.line("[7]"), "the first was seen before"
    async with driving(team.ours, open_session=opener, size=(140, 40)) as driver:
        assert driver.notices == []
        assert "⇅ 1 new" in driver.line("Lately"), "it stays marked"


async def test_it_goes_by_itself_at_the_start(team: Team) -> None:
    team.arrange(automatic=True)
    team.visit(team.theirs, "Van de ander")
    team.exchange(team.theirs)
    async with driving(team.ours, open_session=team.opener(team.ours)) as driver:
        await driver.until(lambda: any("1 visit came in" in n for n in driver.notices))
    assert team.visits(team.ours) == ["Van de ander"]


async def test_nothing_goes_by_itself_unless_that_was_said(team: Team) -> None:
    team.arrange()
    team.visit(team.theirs, "Van de ander")
    team.exchange(team.theirs)
    async with driving(team.ours, open_session=team.opener(team.ours)) as driver:
        team.visit(team.ours, "Van ons")
        await driver.pilot.press("q")
        await over(driver)
    assert team.visits(team.ours) == ["Van ons"]
    assert standing(team.ours).to_send == 1


async def test_it_goes_by_itself_at_the_end(team: Team) -> None:
    team.arrange(automatic=True)
    async with driving(team.ours, open_session=team.opener(team.ours)) as driver:
        team.visit(team.ours, "Van ons")
        driver.app.feel_pulse()
        await driver.settle()
        await driver.pilot.press("q")
        await over(driver)
    team.exchange(team.theirs)
    assert team.visits(team.theirs) == ["Van ons"]


async def test_what_came_at_the_end_is_told_at_the_next_start(team: Team) -> None:
    team.arrange(automatic=True)
    opener = team.opener(team.ours)
    async with driving(team.ours, open_session=opener) as driver:
        team.visit(team.ours, "Van ons")
        team.visit(team.theirs, "Van de ander")
        team.exchange(team.theirs)
        await driver.pilot.press("q")
        await over(driver)
    assert "Van de ander" in team.visits(team.ours)
    async with driving(team.ours, open_session=opener) as driver:
        await driver.until(lambda: any("1 visit came in" in n for n in driver.notices))


async def test_a_second_key_leaves_at_once_and_loses_nothing(team: Team) -> None:
    team.arrange(automatic=True)
    with Session(team.ours) as holder:
        async with driving(team.ours, open_session=team.opener(team.ours)) as driver:
            team.visit(team.ours, "Van ons")
            holder.database.connection.execute("BEGIN IMMEDIATE")  # so that it has to wait
            await driver.pilot.press("q")
            while not isinstance(driver.app.screen, LeavingWindow):
                await asyncio.sleep(0)
            await driver.pilot.press("q")
            assert driver.app._exit
            holder.database.connection.execute("ROLLBACK")
    assert team.visits(team.ours) == ["Van ons"]
    team.exchange(team.ours)
    team.exchange(team.theirs)
    assert team.visits(team.theirs) == ["Van ons"]


async def test_a_folder_that_is_gone_at_the_end_is_told(team: Team) -> None:
    team.arrange(automatic=True)
    async with driving(team.ours, open_session=team.opener(team.ours)) as driver:
        team.visit(team.ours, "Van ons")
        shutil.move(team.folder, team.folder.with_name("elsewhere"))
        await driver.press("q")
        assert isinstance(driver.app.screen, LeavingWindow)
        assert "Nothing is lost" in driver.text
        await driver.press("escape")
        assert not driver.app.screen.is_modal
        await driver.press("q")
        assert isinstance(driver.app.screen, LeavingWindow)
        await driver.pilot.press("q")
        assert driver.app._exit


async def test_a_file_that_can_only_be_read_is_not_exchanged(team: Team) -> None:
    team.arrange(automatic=True)
    team.visit(team.theirs, "Van de ander")
    team.exchange(team.theirs)

    def look() -> Session:
        return Session(team.ours, read_only=True)

    async with driving(team.ours, open_session=look) as driver:
        assert driver.notices == []
        await driver.press("y")
        assert "reading only" in driver.notices[0]
        await driver.pilot.press("q")
        await over(driver)
    assert team.visits(team.ours) == []


@pytest.mark.parametrize(
    ("width", "compact"),
    [(60, False), (80, False), (100, False), (140, False), (80, True), (100, True), (140, True)],
)
async def test_the_line_pushes_nothing_away(team: Team, width: int, compact: bool) -> None:
    team.arrange()
    team.disagree()
    async with driving(team.ours, open_session=team.opener(team.ours), size=(width, 24)) as driver:
        if compact:
            await driver.press("f4")
        assert "⇅" in driver.text or "exchanged" in driver.text
        assert "! 1" in title(driver)
        assert "as of 30 June 2018" in title(driver)
        for key in "1234567":
            assert key in driver.lines[0 if compact else 1]


@pytest.mark.parametrize("size", SIZES, ids=["80x24", "140x40"])
@pytest.mark.parametrize("keys", ["Y", "exclamation_mark", "7"])
def test_looks(snap_compare: Compare, team: Team, keys: str, size: tuple[int, int]) -> None:
    team.arrange()
    team.disagree()
    team.look_the_same_everywhere()
    i18n.set_language("nl")

    async def walk(pilot: Pilot[Any]) -> None:
        driver = Driver(pilot.app, pilot)  # type: ignore[arg-type]
        await driver.settle()
        driver.app.clear_notifications()
        await driver.press(keys)

    app = SociusApp(team.opener(team.ours))
    assert snap_compare(app, run_before=walk, terminal_size=size)


def test_the_form_looks(snap_compare: Compare, team: Team) -> None:
    i18n.set_language("nl")
    assert looks_right(snap_compare, team.ours, ("y",), (80, 24))


async def test_looking_back_does_not_stand_in_the_way(team: Team) -> None:
    team.arrange()
    team.visit(team.theirs, "Van de ander")
    team.exchange(team.theirs)

    def looking_back() -> Session:
        session = team.opener(team.ours)()
        session.set_known_at(datetime(2017, 6, 30, 22, tzinfo=UTC))
        return session

    async with driving(team.ours, open_session=looking_back) as driver:
        await driver.app.desk.look()
        driver.app.desk.begin()
        await driver.settle()
    assert team.visits(team.ours) == ["Van de ander"]
