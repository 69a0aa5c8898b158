"""Screen 4: the register, whom to visit next, and the chosen organisation."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from socius_tui.domain.filters import OrganisationFilter, VisitFilter
from socius_tui.domain.records import OrganisationLine
from socius_tui.services import log, register
from socius_tui.services.session import Session
from socius_tui.ui.dialogs.follow_up import CloseFollowUpDialog
from socius_tui.ui.dialogs.handover import HandoverDialog
from socius_tui.ui.dialogs.selection import OrganisationSelection
from socius_tui.ui.dialogs.visit import VisitDialog
from socius_tui.ui.messages import OpenOrganisation, OpenWorkType
from socius_tui.ui.screens.organisations import OrganisationsScreen
from socius_tui.ui.screens.visits import VisitsScreen
from tests.ui.driving import Driver, driving
from tests.ui.test_visits_screen import at_work

SIZES = [(80, 24), (60, 20), (140, 40)]
THIS_YEAR = OrganisationFilter(since=date(2018, 1, 1), until=date(2018, 6, 30))


def screen(driver: Driver) -> OrganisationsScreen:
    found = driver.app.screen
    assert isinstance(found, OrganisationsScreen)
    return found


def lines(path: Path, wanted: OrganisationFilter) -> list[OrganisationLine]:
    with Session(path) as session:
        return register.organisation_list(session, wanted)


def keys_shown(driver: Driver, path: Path) -> str:
    return screen(driver).table().current_key


@pytest.mark.parametrize("size", SIZES)
async def test_the_register_is_shown(size: tuple[int, int], demo: Path) -> None:
    expected = lines(demo, THIS_YEAR)
    async with driving(demo, open_session=at_work(demo), size=size) as driver:
        await driver.press("4")
        assert screen(driver).table().count == len(expected) == 136
        visited = sum(1 for line in expected if line.visits)
        assert f"136, {visited} visited in 2018" in driver.line("[4] Organisations")
        assert expected[0].name[:12] in driver.text
        await driver.press("down", "enter")
        pane = screen(driver).pane
        assert pane.organisation is not None
        assert pane.organisation.id == expected[1].id
        assert expected[1].name in driver.text
        await driver.press("escape")
        assert driver.app.focused is screen(driver).table()


async def test_whom_to_visit_first(demo: Path) -> None:
    async with driving(demo, open_session=at_work(demo)) as driver:
        await driver.press("4", "end", "o")
        first = screen(driver).table().current_key
        expected = lines(demo, THIS_YEAR._replace(order="next"))
        assert first == expected[0].id
        assert expected[0].last_visit is None
        assert "never" in driver.text
        assert "whom to visit first" in driver.line("[4] Organisations")
        await driver.press("o")
        assert screen(driver).table().current_key == lines(demo, THIS_YEAR)[0].id


async def test_keys_filter(demo: Path) -> None:
    with at_work(demo)() as session:
        me = session.actor
        work_type = register.work_types(session)[0]
    async with driving(demo, open_session=at_work(demo)) as driver:
        await driver.press("4", "n")
        unvisited = THIS_YEAR._replace(unvisited_only=True)
        assert screen(driver).table().count == len(lines(demo, unvisited))
        await driver.press("t")
        since_start = unvisited._replace(since=date(2016, 1, 1))
        assert screen(driver).table().count == len(lines(demo, since_start))
        await driver.press("t", "n", "m")
        mine = THIS_YEAR._replace(contact_person_id=me)
        assert screen(driver).table().count == len(lines(demo, mine))
        assert "mine" in driver.line("[4] Organisations")
        await driver.press("m", "w")
        ours = THIS_YEAR._replace(work_type_id=work_type.id)
        assert screen(driver).table().count == len(lines(demo, ours))
        assert work_type.name in driver.line("[4] Organisations")
        await driver.press("x")
        assert screen(driver).table().count == 136


async def test_the_form_filters_by_text(demo: Path) -> None:
    async with driving(demo, open_session=at_work(demo)) as driver:
        await driver.press("4", "s")
        form = driver.app.screen
        assert isinstance(form, OrganisationSelection)
        await driver.type("beweging 03")
        form.order.value = "next"
        await driver.press("ctrl+s")
        wanted = THIS_YEAR._replace(text="beweging 03", order="next")
        assert screen(driver).table().count == len(lines(demo, wanted)) > 0
        assert "beweging 03" in driver.line("[4] Organisations")
        await driver.press("s")
        again = driver.app.screen
        assert isinstance(again, OrganisationSelection)
        again.words.value = "zzzz"
        await driver.press("ctrl+s")
        assert "No organisation is like that" in driver.text


async def test_mine_without_a_name_asks_for_one(demo: Path) -> None:
    async with driving(demo, open_session=lambda: Session(demo)) as driver:
        await driver.press("4", "m")
        assert isinstance(driver.app.screen, OrganisationSelection)


async def test_v_logs_a_visit_to_the_chosen_one_and_it_shows_at_once(demo: Path) -> None:
    async with driving(demo, open_session=at_work(demo)) as driver:
        await driver.press("4", "o")
        first = screen(driver).table().current_key
        visited = sum(1 for line in lines(demo, THIS_YEAR) if line.visits)
        await driver.press("v")
        form = driver.app.screen
        assert isinstance(form, VisitDialog)
        assert form.organisation.value == first
        await driver.press("ctrl+s")
        assert f"136, {visited + 1} visited in 2018" in driver.line("[4] Organisations")
        assert screen(driver).table().current_key == first, "the cursor stays on its row"
        line = next(line for line in lines(demo, THIS_YEAR) if line.id == first)
        assert line.last_visit == date(2018, 6, 30)


async def test_from_an_organisation_to_its_visits_and_follow_ups(demo: Path) -> None:
    with Session(demo) as session:
        waiting = next(f for f in log.follow_up_list(session) if f.organisation_id)
        visits = log.visit_log(session, VisitFilter(organisation_id=str(waiting.organisation_id)))
    async with driving(demo, open_session=at_work(demo), size=(140, 40)) as driver:
        driver.app.post_message(OpenOrganisation(str(waiting.organisation_id)))
        await driver.settle()
        assert waiting.what[:20] in driver.text
        await driver.press("c")
        if not isinstance(driver.app.screen, CloseFollowUpDialog):
            await driver.press("c")  # there were several; the cursor chose one
        assert isinstance(driver.app.screen, CloseFollowUpDialog)
        await driver.press("escape", "enter", "enter")
        assert isinstance(driver.app.screen, VisitsScreen)
        shown = driver.app.screen.pane.visit
        assert shown is not None
        assert shown.line.id == visits[0].id


async def test_h_hands_the_work_type_over(demo: Path) -> None:
    async with driving(demo, open_session=at_work(demo)) as driver:
        await driver.press("4", "h")
        form = driver.app.screen
        assert isinstance(form, HandoverDialog)
        assert form.work_type.value is not None


async def test_a_work_type_can_be_opened_from_elsewhere(demo: Path) -> None:
    with Session(demo) as session:
        work_type = register.work_types(session)[1]
    async with driving(demo, open_session=at_work(demo)) as driver:
        driver.app.post_message(OpenWorkType(work_type.id))
        await driver.settle()
        assert screen(driver).wanted.work_type_id == work_type.id
        number = len(lines(demo, THIS_YEAR._replace(work_type_id=work_type.id)))
        assert screen(driver).table().count == number


async def test_an_organisation_that_is_filtered_out_is_shown_when_asked_for(demo: Path) -> None:
    everyone = lines(demo, THIS_YEAR)
    visited = next(line for line in everyone if line.visits)
    async with driving(demo, open_session=at_work(demo)) as driver:
        await driver.press("4", "n")
        driver.app.post_message(OpenOrganisation(visited.id))
        await driver.settle()
        assert screen(driver).table().current_key == visited.id
        assert not screen(driver).wanted.unvisited_only


async def test_looking_back_counts_up_to_that_day(demo: Path) -> None:
    day = date(2017, 6, 30)
    async with driving(demo, open_session=lambda: Session(demo, as_of=day)) as driver:
        await driver.press("4")
        then = OrganisationFilter(since=date(2017, 1, 1), until=day)
        visited = sum(1 for line in lines(demo, then) if line.visits)
        assert f"136, {visited} visited in 2017" in driver.line("[4] Organisations")


@pytest.mark.parametrize("fixture", ["planless", "goalless"])
async def test_an_empty_register(fixture: str, request: pytest.FixtureRequest) -> None:
    path: Path = request.getfixturevalue(fixture)
    async with driving(path) as driver:
        await driver.press("4")
        for key in ("end", "home", "enter", "escape", "n", "o", "w", "t", "m", "escape", "x", "c"):
            await driver.press(key)
            if driver.app.screen.is_modal:
                await driver.press("escape")
        assert driver.app.is_running
        if fixture == "goalless":
            assert "no organisations in the register" in driver.text
