"""Closed periods on the screens: the window, its forms, the question why, the mark."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Static

from socius_tui.domain.closing import PeriodLock
from socius_tui.domain.filters import VisitFilter
from socius_tui.services import log, register
from socius_tui.services.closed_periods import period_locks
from socius_tui.services.locking import ClosePeriod
from socius_tui.services.measuring import AddMeasurement
from socius_tui.services.resolve import find_indicator
from socius_tui.services.session import Session
from socius_tui.ui.dialogs.form import FormDialog, only
from socius_tui.ui.dialogs.late_reason import LateReasonDialog
from socius_tui.ui.dialogs.periods import (
    ClosePeriodDialog,
    PeriodsWindow,
    ReopenPeriodDialog,
)
from socius_tui.ui.dialogs.progress import ProgressDialog
from socius_tui.ui.dialogs.visit import VisitDialog
from socius_tui.ui.messages import OpenVisit
from tests.ui.driving import Driver, driving

CLOSED = {"starts_on": date(2017, 1, 1), "ends_on": date(2017, 12, 31)}


def director(path: Path) -> Session:
    session = Session(path)
    session.actor = next(p.id for p in register.staff(session) if p.role == "director")
    return session


@pytest.fixture
def closed(demo: Path) -> Path:
    """The demo, in which the director closed 2017."""
    with director(demo) as session:
        session.write(ClosePeriod.of(**CLOSED, note="Verslag ingediend"))
    return demo


def locks(path: Path) -> list[PeriodLock]:
    with Session(path) as session:
        return period_locks(session)


def reasons(path: Path) -> list[str]:
    with Session(path) as session:
        return [
            row[0]
            for row in session.read(
                lambda c: c.execute("SELECT DISTINCT reason FROM late_change").fetchall()
            )
        ]


def visits_of_2017(path: Path) -> list[str]:
    wanted = VisitFilter(since=CLOSED["starts_on"], until=CLOSED["ends_on"])
    with Session(path) as session:
        return [line.id for line in log.visit_log(session, wanted)]


def late_measurement(path: Path) -> str:
    with director(path) as session:
        indicator = find_indicator(session, "OD1.1-b").id
        add = AddMeasurement.of(indicator_id=indicator, observed_on=date(2017, 6, 1), value="12")
        return session.write(add, reason="kwam [b]laat[/b]").ids("measurement")[0]


def driven(path: Path, size: tuple[int, int] = (80, 24)) -> AbstractAsyncContextManager[Driver]:
    return driving(path, open_session=lambda: director(path), size=size)


def top(driver: Driver) -> Any:
    """The dialog or screen that is seen."""
    return driver.app.screen


async def say(driver: Driver, reason: str) -> None:
    """Write a reason in the dialog that asks for it."""
    with driver.app._context():
        top(driver).reason.fill(reason)
    await driver.settle()


async def typed_measurement(driver: Driver) -> ProgressDialog:
    """A measurement of 2017, filled in and saved."""
    indicator = (await driver.app.session.ask(find_indicator, "OD1.1-b")).id
    with driver.app._context():
        form = ProgressDialog(indicator_id=indicator)
    driver.app.push_screen(form)
    await driver.settle()
    with driver.app._context():
        form.day.fill(date(2017, 6, 1))
        form.value.fill("12")
    await driver.settle()
    await driver.press("ctrl+s")
    return form


async def test_a_form_asks_why_and_saves_again_with_the_answer(closed: Path) -> None:
    async with driven(closed) as driver:
        form = await typed_measurement(driver)
        assert isinstance(top(driver), LateReasonDialog)
        assert "was closed by Frank Voorbeeld" in driver.text
        await driver.press("ctrl+s")  # nothing typed yet
        assert only(top(driver), "reason").complaint
        await driver.type("te laat")
        await driver.press("ctrl+s")
        assert form not in driver.app.screen_stack
        assert any("12 entered" in notice for notice in driver.notices)
    assert reasons(closed) == ["te laat"]


async def test_without_an_answer_the_form_stays_as_it_was_typed(closed: Path) -> None:
    async with driven(closed) as driver:
        form = await typed_measurement(driver)
        typed = [field.control.state() for field in form.fields]
        await driver.press("escape")
        assert top(driver) is form
        assert [field.control.state() for field in form.fields] == typed
        assert "let a director reopen" in form.said
        assert "--late-reason" not in form.said
        await driver.press("ctrl+s")
        assert isinstance(top(driver), LateReasonDialog)
        await say(driver, "toch")
        await driver.press("escape")  # asks before the reason is thrown away
        await driver.press("escape")
        await driver.press("ctrl+s")
        assert top(driver) is not form
    assert reasons(closed) == ["toch"]


async def test_taking_out_asks_why_from_a_form_and_from_a_list(closed: Path) -> None:
    first, second, *rest = visits_of_2017(closed)
    async with driven(closed) as driver:
        driver.app.post_message(OpenVisit(first))
        await driver.settle()
        await driver.press("delete", "right", "enter")
        assert isinstance(top(driver), LateReasonDialog)
        await say(driver, "dubbel")
        await driver.press("ctrl+s")
        assert any("taken out" in notice for notice in driver.notices)

        driver.app.post_message(OpenVisit(second))
        await driver.settle()
        await driver.press("b")
        assert isinstance(top(driver), VisitDialog)
        await driver.press("ctrl+r", "right", "enter")
        assert isinstance(top(driver), LateReasonDialog)
        await driver.press("escape")
        assert isinstance(top(driver), VisitDialog)
        await driver.press("ctrl+r", "right", "enter")
        await say(driver, "ook dubbel")
        await driver.press("ctrl+s")
        assert not isinstance(top(driver), FormDialog)
    assert visits_of_2017(closed) == rest
    assert set(reasons(closed)) == {"dubbel", "ook dubbel"}


async def test_a_refused_take_out_of_a_list_is_told(closed: Path) -> None:
    first = visits_of_2017(closed)[0]
    async with driven(closed) as driver:
        driver.app.post_message(OpenVisit(first))
        await driver.settle()
        await driver.press("delete", "right", "enter", "escape")
        assert any("needs a reason" in notice for notice in driver.notices)
    assert visits_of_2017(closed)[0] == first


async def test_an_open_period_asks_nothing(demo: Path) -> None:
    async with driven(demo) as driver:
        form = await typed_measurement(driver)
        assert form not in driver.app.screen_stack
        assert not isinstance(top(driver), LateReasonDialog)


async def test_closing_begins_with_the_first_open_period(demo: Path) -> None:
    async with driven(demo) as driver:
        await driver.press("f7")
        assert isinstance(top(driver), ClosePeriodDialog)
        assert "Sat 31 December 2016" in driver.text
        await driver.press("ctrl+s")
        assert any("closed" in notice for notice in driver.notices)
    (lock,) = locks(demo)
    assert lock.period == (date(2016, 1, 1), date(2016, 12, 31))


async def test_who_is_no_director_is_told_in_the_form(demo: Path) -> None:
    async with driving(demo, open_session=lambda: Session(demo)) as driver:
        await driver.press("f7", "ctrl+s")
        form = top(driver)
        assert isinstance(form, ClosePeriodDialog)
        assert "Only a director" in form.said


async def test_the_window_lists_closes_and_reopens(closed: Path) -> None:
    async with driven(closed) as driver:
        await driver.press("P")
        assert isinstance(top(driver), PeriodsWindow)
        assert "2017" in driver.line("Frank Voorbeeld")
        assert "Verslag ingediend" in driver.text
        await driver.press("c", "ctrl+s")
        assert driver.line("2016")
        await driver.press("r")
        assert isinstance(top(driver), ReopenPeriodDialog)
        await driver.press("ctrl+s")
        assert only(top(driver), "reason").complaint
        await say(driver, "nog eens")
        await driver.press("ctrl+s")
        assert "nog eens" in str(top(driver).query_one("#about", Static).visual)
        await driver.press("r")
        assert "This period is open already." in driver.notices
        assert isinstance(top(driver), PeriodsWindow)
    states = {lock.period.start.year: lock.state for lock in locks(closed)}
    assert states == {2017: "reopened", 2016: "closed"}


async def test_the_only_closed_period_is_meant(closed: Path) -> None:
    async with driven(closed) as driver:
        await driver.press("f8")
        await say(driver, "nog eens")
        await driver.press("ctrl+s")
    assert locks(closed)[0].reopen_reason == "nog eens"


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_the_mark_shows_on_every_screen_that_has_a_status(
    closed: Path, size: tuple[int, int]
) -> None:
    late_measurement(closed)
    async with driven(closed, size) as driver:
        assert "✎" in driver.line("OD1.1 ")
        assert "✎" not in driver.line("OD1.2 ")
        assert "✎" in driver.lines[3]  # the axis of the data
        assert all(len(line) <= size[0] for line in driver.lines)
        await driver.press("end", "home", "down", "down")
        assert "changed after closing: 1" in driver.text
        await driver.press("enter")
        assert "Changed after the period was closed" in driver.text
        assert "[b]laat[/b]" in driver.text
        await driver.press("e", "end")
        assert "[b]laat[/b]" in driver.text
