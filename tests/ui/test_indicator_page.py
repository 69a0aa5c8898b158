"""The page of an indicator: chart, periods and work types beside the part that is chosen."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socius_tui.domain.chart import Chart, Dated, Outlook, Step
from socius_tui.domain.codes import RECENT_WINDOW, RUN_RATE
from socius_tui.domain.model import Period
from socius_tui.services import overview
from socius_tui.services.session import Session
from socius_tui.ui.messages import OpenGoal
from socius_tui.ui.widgets.burn_up import draw
from socius_tui.ui.widgets.detail_pane import DetailPane
from socius_tui.ui.widgets.goal_tree import GoalTree
from tests.hostile import ACCEPTED
from tests.ui import plans
from tests.ui.driving import Driver, driving

YEAR = Period(date(2016, 1, 1), date(2016, 12, 31))
MID = date(2016, 6, 30)
FULL = Chart(
    unit="bezoeken",
    start=YEAR.start,
    end=YEAR.end,
    as_of=MID,
    values=(Dated(date(2016, 3, 1), Fraction(25)), Dated(MID, Fraction(60))),
    entered=(Dated(date(2016, 3, 1), Fraction(25)),),
    expected=(Dated(date(2015, 12, 31), Fraction(0)), Dated(YEAR.end, Fraction(136))),
    steps=(Step(YEAR, Fraction(136)),),
    outlooks=(
        Outlook(RUN_RATE, Dated(MID, Fraction(60)), Dated(YEAR.end, Fraction(121))),
        Outlook(RECENT_WINDOW, Dated(MID, Fraction(60)), Dated(YEAR.end, Fraction(100))),
    ),
    pauses=(Period(date(2016, 7, 1), date(2016, 8, 31)),),
)


async def show(driver: Driver, path: Path, code: str) -> None:
    with Session(path) as session:
        line = overview.plan_status(session).find(code)
    assert line is not None
    driver.app.post_message(OpenGoal(line.id))
    await driver.settle()
    await driver.press("enter")


def pane(driver: Driver) -> DetailPane:
    return driver.app.screen.query_one(DetailPane)


# The chart


@pytest.mark.parametrize(("width", "height"), [(44, 15), (78, 16), (120, 30)])
def test_the_legend_names_everything_that_is_drawn(width: int, height: int) -> None:
    lines = [line.plain for line in draw(FULL, width, height)]
    drawn = "\n".join(lines)
    plot = "\n".join(line.partition("│")[2] or line.partition("┤")[2] for line in lines)
    for glyph, words in (
        ("●", "value 60 bezoeken"),
        ("⠒", "expected 67.63"),
        ("◆", "target 136"),
        ("+", "whole period 121"),
        ("×", "last 91 days 100"),
        ("▲", "as-of date 30/06/2016"),
        ("░", "pause"),
    ):
        assert f"{glyph} {words}" in drawn
        assert glyph in plot or glyph in "⠒▲░"
    assert len(lines) == height
    assert all(len(line) <= width for line in lines)


@given(st.integers(0, 210), st.integers(0, 62), st.booleans(), st.integers(-200, 10**7))
def test_a_full_chart_keeps_within_any_frame(
    width: int, height: int, banded: bool, end: int
) -> None:
    far = FULL.outlooks[0]._replace(end=Dated(YEAR.end, Fraction(end)))
    band = (Fraction(80), Fraction(100)) if banded else None
    lines = draw(FULL._replace(outlooks=(far, FULL.outlooks[1]), band=band), width, height)
    if len(lines) > 1:
        assert len(lines) == height
        assert all(line.cell_length <= width for line in lines)


def test_lines_differ_in_glyph_and_not_by_colour_alone() -> None:
    plot = [line.plain for line in draw(FULL, 100, 24)][:-3]
    right = "".join(line[60:] for line in plot)
    assert "+" in right
    assert "×" in right
    solid = sum("⠀" < c <= "⣿" for line in plot for c in line[5:50])
    dotted = sum("⠀" < c <= "⣿" for line in plot for c in line[60:])
    assert solid > 0
    assert dotted > 0


def test_months_stand_below_a_single_year_and_years_below_more() -> None:
    one = [line.plain for line in draw(FULL, 78, 18)]
    assert any(line.split()[:4] == ["2016", "Apr", "Jul", "Oct"] for line in one)
    five = FULL._replace(end=date(2020, 12, 31))
    wanted = ["2016", "2017", "2018", "2019", "2020"]
    assert any(line.plain.split() == wanted for line in draw(five, 78, 18))


def test_a_forecast_far_away_does_not_flatten_the_rest() -> None:
    far = FULL.outlooks[0]._replace(end=Dated(YEAR.end, Fraction(10_000)))
    lines = [line.plain for line in draw(FULL._replace(outlooks=(far,)), 78, 18)]
    assert "whole period 10,000" in "\n".join(lines)
    assert any(line.lstrip().startswith("100┤") for line in lines)


def test_large_numbers_leave_room_for_the_plot() -> None:
    for times, wanted in ((1_000, "100k┤"), (10_000, "1M┤"), (5_000, "200k┤")):
        large = FULL._replace(steps=(Step(YEAR, Fraction(136 * times)),), outlooks=())
        drawn = [line.plain.lstrip() for line in draw(large, 78, 18)]
        assert any(line.startswith(wanted) for line in drawn), drawn


# The page


async def test_enter_opens_the_whole_page_and_escape_comes_back(demo: Path) -> None:
    async with driving(demo, size=(130, 46)) as driver:
        await show(driver, demo, "OD1.3-c")
        assert pane(driver).page
        for words in (
            *("106 / 912 × 1827 = 212.3", "◆ target 120", "▲ as-of date"),  # the chart
            *("175.0%", "★ fulfilled", "▼ missed"),  # the periods
            *("Vormingplus-centra", "total"),  # the work types
            "Geteld uit het bezoeklogboek",  # and the sheet beside them
        ):
            assert words in driver.text
        await driver.press("b")
        assert "Vormingsinstelling" in driver.text
        assert "106 / 912" in driver.text
        await driver.press("n")
        assert "SD1  2017" in driver.text
        await driver.press("H")
        assert driver.app.screen.query_one("#history").has_focus
        await driver.press("c")
        assert driver.app.screen.query_one("#chart").has_focus
        await driver.press("escape")
        assert driver.app.screen.query_one(GoalTree).has_focus
        current = driver.app.screen.query_one(GoalTree).current
        assert current is not None
        assert current.code == "OD1.3-c"
        assert driver.notices == []


async def test_everything_is_there_at_80_columns(demo: Path) -> None:
    async with driving(demo) as driver:
        await show(driver, demo, "BO2-h")
        assert not pane(driver).page
        driver.line("Sheet  Values  Chart  Work types  Measurements  Visits  Story  History")
        await driver.press("w")
        assert "to reach" in driver.text
        assert "on time" in driver.text
        await driver.press("c")
        assert "there is nothing to reach" in driver.text
        assert "╌ band 80 to 100" in driver.text
        await driver.press("o")
        assert "50/57" in driver.line("Verenigingen")
        assert "90.44" in driver.line("total")
        await driver.press("e")
        await driver.press("pagedown")
        assert "(57 + 35 + 13 + 31) = 123 / 136 = 90.44%" in driver.text
        await driver.press("escape", "escape", "1")
        assert driver.notices == []


async def test_the_pane_beside_the_tree_is_a_page_on_a_wide_screen(demo: Path) -> None:
    async with driving(demo, size=(200, 60)) as driver:
        await show(driver, demo, "OD1.1-b")
        await driver.press("escape")
        assert pane(driver).page
        assert "only what adds up has a pace" in driver.text
        await driver.press("up", "up", "up")
        assert not pane(driver).page, "a goal has no chart of its own"


async def test_hostile_words_are_drawn_as_words(tmp_path: Path) -> None:
    words = [each.text for each in ACCEPTED[:4]]
    path = plans.hostile_plan(tmp_path / "plan.db", words)
    async with driving(path, size=(130, 40)) as driver:
        await show(driver, path, "SD0-a")
        await driver.press("c", "o", "n", "e", "escape")
        assert words[0] in driver.text
        assert driver.notices == []
