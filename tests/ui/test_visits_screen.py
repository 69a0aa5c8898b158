"""Screen 3: the log, its filters, the chosen visit and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from socius_tui.domain.filters import VisitFilter
from socius_tui.services import log, register
from socius_tui.services.session import Session
from socius_tui.services.visiting import LogVisit
from socius_tui.ui.dialogs.confirm import ConfirmDialog
from socius_tui.ui.dialogs.follow_up import CloseFollowUpDialog
from socius_tui.ui.dialogs.selection import VisitSelection
from socius_tui.ui.dialogs.visit import VisitDialog
from socius_tui.ui.messages import OpenVisit
from socius_tui.ui.screens.visits import VisitsScreen, place_of
from tests.ui.driving import Driver, driving
from tests.ui.plans import opener

SIZES = [(80, 24), (60, 20), (140, 40)]


def at_work(path: Path) -> Callable[[], Session]:
    """The demo, with a contact person at the keyboard."""

    def open_it() -> Session:
        session = Session(path)
        session.actor = next(p.id for p in register.staff(session) if p.role == "contact_person")
        return session

    return open_it


def screen(driver: Driver) -> VisitsScreen:
    found = driver.app.screen
    assert isinstance(found, VisitsScreen)
    return found


def count(path: Path, wanted: VisitFilter) -> int:
    with Session(path) as session:
        return log.count_visits(session, wanted)


def chosen(driver: Driver) -> str:
    visit = screen(driver).pane.visit
    assert visit is not None
    return visit.line.id


@pytest.mark.parametrize("size", SIZES)
async def test_the_log_is_shown_newest_first(size: tuple[int, int], demo: Path) -> None:
    with Session(demo) as session:
        lines = log.visit_log(session, VisitFilter(), limit=5)
    async with driving(demo, open_session=at_work(demo), size=size) as driver:
        await driver.press("3")
        assert screen(driver).table().count == count(demo, VisitFilter())
        places = [driver.text.index(f"{line.visited_on:%d/%m/%Y}") for line in lines[:3]]
        assert places == sorted(places)
        assert lines[0].organisation[:12] in driver.text
        assert "planned" in driver.text
        assert chosen(driver) == lines[0].id
        await driver.press("down")
        assert chosen(driver) == lines[1].id


@pytest.mark.parametrize("size", SIZES)
async def test_the_whole_visit_is_read_with_enter(size: tuple[int, int], demo: Path) -> None:
    with Session(demo) as session:
        target = next(
            line for line in log.visit_log(session, VisitFilter(status="done")) if line.needs
        )
        detail = log.visit(session, target.id)
        assert detail is not None
    async with driving(demo, open_session=at_work(demo), size=size) as driver:
        driver.app.post_message(OpenVisit(target.id))
        await driver.settle()
        assert chosen(driver) == target.id
        await driver.press("enter")
        for part in (target.organisation, target.needs[0], detail.met[0], target.goals[0]):
            assert part in driver.text
        assert target.summary.split()[1] in driver.text
        await driver.press("escape")
        assert driver.app.focused is screen(driver).table()


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        (["o"], VisitFilter(status="done")),
        (["o", "o"], VisitFilter(status="planned")),
        (["o", "o", "o"], VisitFilter(status="cancelled")),
        (["o", "o", "o", "o"], VisitFilter()),
        (["t"], VisitFilter(since=date(2018, 1, 1), until=date(2018, 12, 31))),
        (["t", "t"], VisitFilter(since=date(2017, 1, 1), until=date(2017, 12, 31))),
        (["t", "t", "t", "t"], VisitFilter()),
        (["o", "t", "x"], VisitFilter()),
    ],
)
async def test_a_key_filters(keys: list[str], wanted: VisitFilter, demo: Path) -> None:
    async with driving(demo, open_session=at_work(demo)) as driver:
        await driver.press("3", "down", *keys)
        assert screen(driver).wanted == wanted
        number = count(demo, wanted)
        assert screen(driver).table().count == number
        assert screen(driver).table().cursor == 0
        title = driver.line("[3] Visits")
        total = count(demo, VisitFilter())
        assert (f"{number} of {total}" if number != total else str(total)) in title


async def test_mine_and_the_work_type_are_named_in_the_title(demo: Path) -> None:
    with at_work(demo)() as session:
        me = session.actor
        work_type = register.work_types(session)[0]
    async with driving(demo, open_session=at_work(demo)) as driver:
        await driver.press("3", "m")
        assert screen(driver).table().count == count(demo, VisitFilter(visitor_id=me))
        assert "mine" in driver.line("[3] Visits")
        await driver.press("m", "w")
        number = count(demo, VisitFilter(work_type_id=work_type.id))
        assert screen(driver).table().count == number
        assert work_type.name in driver.line("[3] Visits")


async def test_mine_without_a_name_asks_for_one(demo: Path) -> None:
    async with driving(demo, open_session=lambda: Session(demo)) as driver:
        await driver.press("3", "m")
        assert isinstance(driver.app.screen, VisitSelection)


async def test_every_filter_is_in_the_form(demo: Path) -> None:
    with Session(demo) as session:
        person = next(p for p in register.staff(session) if p.role == "contact_person")
    async with driving(demo, open_session=at_work(demo)) as driver:
        await driver.press("3", "s")
        form = driver.app.screen
        assert isinstance(form, VisitSelection)
        await driver.type("impact")
        form.contact.fill(person.id)
        form.goal.typed.value = "OD1.4"
        form.status.value = "done"
        form.since.fill(date(2016, 1, 1))
        form.until.fill(date(2017, 12, 31))
        await driver.press("ctrl+s")
        wanted = screen(driver).wanted
        assert wanted.text == "impact"
        assert wanted.contact_person_id == person.id
        assert wanted.goal_id is not None
        assert screen(driver).table().count == count(demo, wanted)
        title = driver.line("[3] Visits")
        assert "done" in title
        assert "2016–2017" in title
        await driver.press("s")
        again = driver.app.screen
        assert isinstance(again, VisitSelection)
        assert again.words.value == "impact"
        assert again.contact.value == person.id
        again.since.query_one("TextField").value = "morgenvroeg"  # type: ignore[attr-defined]
        await driver.press("ctrl+s")
        assert driver.app.screen is again
        await driver.press("escape")
        assert screen(driver).wanted == wanted


async def test_a_filter_that_lets_nothing_through_says_so(demo: Path) -> None:
    async with driving(demo, open_session=at_work(demo)) as driver:
        await driver.press("3", "s")
        await driver.type("zzzz")
        await driver.press("ctrl+s")
        assert "No visit is like that" in driver.text
        assert "No visit is chosen" in driver.text
        await driver.press("b", "a", "n", "delete", "c", "enter")
        assert not driver.app.screen.is_modal
        await driver.press("x")
        assert screen(driver).table().count == count(demo, VisitFilter())


async def test_opening_a_visit_that_is_filtered_out_shows_it(demo: Path) -> None:
    with Session(demo) as session:
        done = log.visit_log(session, VisitFilter(status="done"))[-1]
    async with driving(demo, open_session=at_work(demo)) as driver:
        await driver.press("3", "o", "o")
        driver.app.post_message(OpenVisit(done.id))
        await driver.settle()
        assert screen(driver).wanted == VisitFilter()
        assert chosen(driver) == done.id
        assert screen(driver).table().current_key == done.id


def test_a_visit_is_found_where_it_stands(demo: Path) -> None:
    with Session(demo) as session:
        for wanted in (VisitFilter(), VisitFilter(status="done", since=date(2017, 1, 1))):
            lines = log.visit_log(session, wanted)
            for place in (0, 1, len(lines) // 2, len(lines) - 1):
                assert place_of(session, wanted, lines[place].id) == place
        first = log.visit_log(session, VisitFilter())[-1]
        assert place_of(session, VisitFilter(since=date(2018, 1, 1)), first.id) is None
        assert place_of(session, VisitFilter(status="planned"), first.id) is None
        assert place_of(session, VisitFilter(), "nobody") is None


async def test_looking_back_leaves_out_what_came_later(demo: Path) -> None:
    day = date(2017, 6, 30)
    async with driving(demo, open_session=lambda: Session(demo, as_of=day)) as driver:
        await driver.press("3")
        assert screen(driver).table().count == count(demo, VisitFilter(until=day))


async def test_keys_act_on_the_chosen_visit(demo: Path) -> None:
    async with driving(demo, open_session=at_work(demo)) as driver:
        await driver.press("3", "o", "o")
        planned = chosen(driver)
        assert "took place" in driver.text
        await driver.press("b")
        assert isinstance(driver.app.screen, VisitDialog)
        await driver.press("escape", "a")
        assert isinstance(driver.app.screen, VisitDialog)
        await driver.press("escape", "n")
        assert driver.app.screen.query("#reason")
        await driver.type("ziek")
        await driver.press("ctrl+s")
        with Session(demo) as session:
            cancelled = log.visit(session, planned)
        assert cancelled is not None
        assert cancelled.line.status == "cancelled"
        assert chosen(driver) != planned, "it left the planned ones at once"
        await driver.press("x", "o")
        assert "took place" not in driver.text, "what was done cannot be cancelled"
        await driver.press("n", "a")
        assert not driver.app.screen.is_modal


async def test_a_click_on_an_action_does_what_its_key_does(demo: Path) -> None:
    async with driving(demo, open_session=at_work(demo)) as driver:
        await driver.press("3")
        await driver.pilot.click(screen(driver).pane.actions, offset=(2, 0))
        await driver.settle()
        assert isinstance(driver.app.screen, VisitDialog)
        await driver.press("escape")
        await driver.pilot.click("FilterLine", offset=(10, 0))
        await driver.settle()
        assert screen(driver).wanted != VisitFilter()


async def test_a_visit_is_taken_out_after_asking(demo: Path) -> None:
    before = count(demo, VisitFilter())
    async with driving(demo, open_session=at_work(demo)) as driver:
        await driver.press("3", "down", "delete")
        assert isinstance(driver.app.screen, ConfirmDialog)
        await driver.press("enter")
        assert count(demo, VisitFilter()) == before
        await driver.press("delete", "right", "enter")
        assert count(demo, VisitFilter()) == before - 1
        assert screen(driver).table().count == before - 1
        assert screen(driver).table().cursor == 1


async def test_follow_ups_are_closed_corrected_and_taken_out(demo: Path) -> None:
    with Session(demo) as session:
        waiting = next(f for f in log.follow_up_list(session) if f.visit_id)
    async with driving(demo, open_session=at_work(demo), size=(140, 40)) as driver:
        driver.app.post_message(OpenVisit(str(waiting.visit_id)))
        await driver.settle()
        assert waiting.what[:20] in driver.text
        await driver.press("c")
        assert isinstance(driver.app.screen, CloseFollowUpDialog)
        await driver.press("ctrl+s")
        with Session(demo) as session:
            assert all(f.id != waiting.id for f in log.follow_up_list(session))
        closed = next(f for f in screen(driver).follow_ups().lines if f.id == waiting.id)
        assert closed.done_on == date(2018, 6, 30)
        await driver.press("c")
        assert not driver.app.screen.is_modal
        assert "no open follow-up" in driver.notices[-1]
        screen(driver).follow_ups().focus()
        await driver.press("b")
        assert driver.app.screen.query("#what")
        await driver.press("escape", "delete", "right", "enter")
        assert not driver.app.screen.is_modal
        assert all(f.id != waiting.id for f in screen(driver).follow_ups().lines)


async def test_of_several_open_follow_ups_one_is_chosen(small: Path) -> None:
    with opener(small)() as session:
        line = log.visit_log(session, VisitFilter())[0]
        promises = ({"what": "eerst"}, {"what": "dan"})
        changes = session.write(
            LogVisit.of(
                organisation_id=line.organisation_id,
                visited_on=date(2018, 6, 29),
                promises=promises,
            )
        )
    async with driving(small) as driver:
        driver.app.post_message(OpenVisit(changes.ids("visit")[0]))
        await driver.settle()
        await driver.press("c")
        assert not driver.app.screen.is_modal
        assert driver.app.focused is screen(driver).follow_ups()
        await driver.press("down", "c")
        assert isinstance(driver.app.screen, CloseFollowUpDialog)


async def test_a_logged_visit_appears_and_the_cursor_stays(demo: Path) -> None:
    async with driving(demo, open_session=at_work(demo)) as driver:
        await driver.press("3", "down", "down")
        here = chosen(driver)
        before = screen(driver).table().count
        await driver.press("v", "ctrl+s")
        assert screen(driver).table().count == before + 1
        assert chosen(driver) == here


@pytest.mark.parametrize("number", [0, 1, 2])
async def test_few_visits(number: int, small: Path) -> None:
    from socius_tui.services.visiting import RetireVisit

    with opener(small)() as session:
        lines = log.visit_log(session, VisitFilter())
        for line in lines[number:]:
            session.write(RetireVisit.of(visit_id=line.id))
    async with driving(small) as driver:
        await driver.press("3")
        assert screen(driver).table().count == number
        for key in ("end", "home", "pagedown", "enter", "escape", "t", "o", "w", "x", "delete"):
            await driver.press(key)
        if number == 0:
            assert "No visits yet" in driver.text
        assert driver.app.is_running
