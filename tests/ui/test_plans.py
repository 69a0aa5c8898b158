"""Several plans on the screens: which one is looked at, the next one, two beside each other."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from socius_tui.domain.filters import VisitFilter
from socius_tui.services import log, register
from socius_tui.services.carrying import CarryOver
from socius_tui.services.measuring import AddMeasurement
from socius_tui.services.plans import PlanLine, plan_lines
from socius_tui.services.resolve import find_indicator
from socius_tui.services.session import Session
from socius_tui.ui.dialogs.new_plan import NewPlanDialog, ProposalWindow
from socius_tui.ui.dialogs.plans import ComparisonWindow, PlansWindow
from socius_tui.ui.dialogs.visit import VisitDialog
from tests.ui.driving import Driver, driving


def opened(path: Path) -> Session:
    session = Session(path)
    session.actor = next(p.id for p in register.staff(session) if p.role == "director")
    return session


def lines(path: Path) -> list[PlanLine]:
    with Session(path) as session:
        return plan_lines(session)


def top(driver: Driver) -> Any:
    """The dialog or screen that is seen."""
    return driver.app.screen


@pytest.fixture(scope="module")
def _two_template(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(demo_file, tmp_path_factory.mktemp("two") / "two.db"))
    with opened(path) as session:
        wanted = CarryOver.of(
            previous_id=session.plan().id, code="plan-2021", title="Beleidsplan 2021-2025"
        )
        session.write(wanted)
    return path


@pytest.fixture
def two(_two_template: Path, tmp_path: Path) -> Path:
    """The demo with a plan that follows."""
    return Path(shutil.copy(_two_template, tmp_path / "two.db"))


async def test_the_next_plan_is_made_from_the_window_after_a_look(demo: Path) -> None:
    async with driving(demo, open_session=lambda: opened(demo)) as driver:
        assert "socius-2016-2020" not in driver.lines[0]
        await driver.press("L")
        assert isinstance(top(driver), PlansWindow)
        await driver.press("n")
        form = top(driver)
        assert isinstance(form, NewPlanDialog)
        assert "Fri 1 J" in driver.line("2021-01-01")
        await driver.type("plan-2021")
        await driver.press("tab")
        await driver.type("Beleidsplan 2021-2025")
        await driver.press("f2")
        assert isinstance(top(driver), ProposalWindow)
        assert "24 goals, 52 indicators" in driver.text
        assert "21.32" in driver.line("OD1.1-b")
        await driver.press("escape", "ctrl+s")
        assert isinstance(top(driver), PlansWindow)
        assert "2021–2025" in driver.text
        assert "socius-2016-2020" in driver.text
    (old, new) = lines(demo)
    assert old.shown
    assert (new.record.code, new.indicators, new.targets) == ("plan-2021", 52, 0)


async def test_a_form_that_cannot_be_says_why_beside_the_field(demo: Path) -> None:
    async with driving(demo, open_session=lambda: opened(demo)) as driver:
        await driver.press("L", "n")
        form = top(driver)
        await driver.type("Socius-2016-2020")
        await driver.press("tab")
        await driver.type("Nog eens")
        await driver.press("f2")
        assert "in this file already" in form.field("code").complaint
        with driver.app._context():
            form.code.fill("anders")
            form.renames.fill("OD2.3")
        await driver.settle()
        await driver.press("ctrl+s")
        assert "no pair of codes" in form.field("renames").complaint
    assert len(lines(demo)) == 1


async def test_another_plan_is_looked_at_and_its_code_stands_out(two: Path) -> None:
    async with driving(two, open_session=lambda: opened(two), size=(120, 30)) as driver:
        assert "Beleidsplan 2016-2020  socius-2016-2020" in driver.lines[0]
        await driver.press("L", "down", "enter")
        assert "Beleidsplan 2021-2025   plan-2021 " in driver.lines[0]
        assert "not started" in driver.text
        await driver.press("2", "down", "plus")
        assert "OD1.1-b" in driver.text
        await driver.press("L")
        assert "you are looking at it" in driver.text
        await driver.press("s", "escape")
        assert "Beleidsplan 2021-2025  plan-2021" in driver.lines[0]
        await driver.press("u", "enter")
        assert "Undone" in driver.notices[-1]
        assert "Beleidsplan 2021-2025   plan-2021 " in driver.lines[0]
    assert [line.shown for line in lines(two)] == [True, False]


async def test_a_plan_that_is_taken_back_while_it_is_seen_makes_place(two: Path) -> None:
    async with driving(two, open_session=lambda: opened(two)) as driver:
        await driver.press("L", "down", "enter")
        assert "2021-2025" in driver.lines[0]
        await driver.press("u", "enter")
        assert "Beleidsplan 2016-2020" in driver.lines[0]
        assert "socius-2016-2020" not in driver.lines[0]
    assert len(lines(two)) == 1


async def test_two_plans_are_compared_line_by_line(two: Path) -> None:
    async with driving(two, open_session=lambda: opened(two)) as driver:
        await driver.press("L", "c")
        assert "was not made from another plan" in driver.notices[-1]
        await driver.press("down", "c")
        assert isinstance(top(driver), ComparisonWindow)
        assert "socius-2016-2020 → plan-2021" in driver.text
        driver.app.clear_notifications()
        await driver.press("down", "down", "down", "down")
        assert "before" in driver.text
        assert "target" in driver.line("before")
        assert "baseline" in driver.line("now")
        await driver.press("escape", "enter", "L", "up", "c")  # the one looked at is the new one
        assert "socius-2016-2020 → plan-2021" in driver.text


async def test_a_visit_of_another_plan_keeps_its_goals_when_it_is_corrected(two: Path) -> None:
    with opened(two) as session:
        visits = log.visit_log(session, VisitFilter(until=date(2018, 6, 1)))
        visit = next(line for line in visits if line.goals)
    async with driving(two, open_session=lambda: opened(two)) as driver:
        await driver.press("L", "down", "enter")
        with driver.app._context():
            form = VisitDialog(visit_id=visit.id)
        driver.app.push_screen(form)
        await driver.settle()
        assert "socius-2016-2020" in form.goals.chips[0].label
        with driver.app._context():
            form.summary.fill("Nagekeken")
        await driver.press("ctrl+s")
        assert form not in driver.app.screen_stack
    with opened(two) as session:
        after = log.visit(session, visit.id)
    assert after is not None
    assert (after.line.goals, after.line.summary) == (visit.goals, "Nagekeken")


async def test_baselines_are_taken_again_with_a_key(two: Path) -> None:
    with opened(two) as session:
        indicator = find_indicator(session, "OD2.3-b").id
        session.write(
            AddMeasurement.of(indicator_id=indicator, observed_on=date(2018, 6, 29), value="17")
        )
    async with driving(two, open_session=lambda: opened(two)) as driver:
        await driver.press("L", "b")
        assert "was not made from another plan" in driver.notices[-1]
        await driver.press("down", "b")
        assert "Baseline of 1 indicator renewed" in driver.notices[-1]


async def test_what_is_found_says_its_plan_and_is_shown_in_it(two: Path) -> None:
    async with driving(two, open_session=lambda: opened(two), size=(120, 30)) as driver:
        await driver.press("/")
        await driver.type("beroepskader vastgesteld")
        first, other = [line for line in driver.lines if "OD1.1-a" in line]
        assert "socius-2016-2020" in first + other
        assert "plan-2021" in first + other
        await driver.press(*["down"] * ("plan-2021" in other), "enter")
        assert "Beleidsplan 2021-2025   plan-2021 " in driver.lines[0]
        assert any("Beleidsplan 2021-2025" in notice for notice in driver.notices)
        assert "OD1.1-a" in driver.text
