"""What fits the program to a person: where it begins, density, themes, keys, tour, jumping."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from socius_tui.services import register
from socius_tui.services.session import Session
from socius_tui.services.starting import Start, start_for
from socius_tui.ui.app import SCREENS
from socius_tui.ui.dialogs.keys import KeysWindow
from socius_tui.ui.dialogs.themes import ThemesWindow
from socius_tui.ui.dialogs.tour import STEPS, TourScreen
from socius_tui.ui.fitted import Fit
from socius_tui.ui.keymap import key_lines
from socius_tui.ui.screens.visits import VisitsScreen
from socius_tui.ui.widgets.line_table import LineTable
from tests.ui.driving import Driver, driving
from tests.ui.plans import opener, plan_without_goals


class Memory:
    """Keeps what the program remembers."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}

    def __call__(self, **changes: Any) -> bool:
        """Keep it."""
        self.kept.update(changes)
        return True


def top(driver: Driver) -> Any:
    """The dialog or screen that is seen."""
    return driver.app.screen


def _person(session: Session, role: str) -> str:
    return next(p.id for p in register.staff(session) if p.role == role)


# Where it begins


@pytest.mark.parametrize(
    ("role", "screens", "expected"),
    [
        ("contact_person", ("overview", "visits"), "visits"),
        ("contact_person", ("overview", "visits", "agenda"), "agenda"),
        ("director", ("overview", "visits", "agenda"), "overview"),
    ],
)
def test_the_role_says_where_to_begin(
    demo: Path, role: str, screens: tuple[str, ...], expected: str
) -> None:
    with opener(demo)() as session:
        session.actor = _person(session, role)
        begin = start_for(session, "", screens)
        assert begin.screen == expected
        assert begin.mine == (session.actor if expected == "visits" else None)
        assert start_for(session, "overview", screens) == Start("overview")
        assert start_for(session, "no such screen", screens) == begin
        session.actor = None
        assert start_for(session, "", screens) == Start()


async def test_the_first_screen_is_the_only_one_that_is_made(demo: Path) -> None:
    with opener(demo)() as session:
        me = _person(session, "contact_person")
    async with driving(demo, fit=Fit(Start("visits", me))) as driver:
        assert driver.app.screens_made == ["visits"]
        screen = top(driver)
        assert isinstance(screen, VisitsScreen)
        assert screen.wanted.visitor_id == me
        await driver.press("x", "1")
        assert driver.app.current_mode == "overview"


# Density and themes


async def test_compact_shows_more_lines_and_is_remembered(small: Path) -> None:
    memory = Memory()
    async with driving(small, fit=Fit(remember=memory)) as driver:
        await driver.press("3")
        roomy = top(driver).table().size
        await driver.press("f4")
        compact = top(driver).table().size
        assert (compact.width, compact.height) > (roomy.width, roomy.height)
        assert compact.height > roomy.height
        assert memory.kept == {"density": "compact"}
        assert "as of" in driver.lines[0]
        assert "[3] Visits" in driver.text
        await driver.press("4")
        assert "as of" in driver.lines[0]  # what is opened later is compact as well
        await driver.press("f4", "3")
        assert top(driver).table().size == roomy
        assert memory.kept == {"density": "comfortable"}


@pytest.mark.parametrize("size", [(60, 20), (120, 40)])
async def test_it_begins_compact_and_the_day_never_hides(
    small: Path, size: tuple[int, int]
) -> None:
    async with driving(small, size=size, fit=Fit(density="compact")) as driver:
        assert "as of" in driver.lines[0]
        await driver.press("d")
        await driver.type("1/3/2016")
        await driver.press("enter", "ctrl+s")
        await driver.until(lambda: not driver.app.screen.is_modal)
        assert "1 March 2016" in driver.lines[0]


async def test_a_theme_is_seen_before_it_is_kept(small: Path) -> None:
    memory = Memory()
    async with driving(small, fit=Fit(remember=memory)) as driver:
        await driver.press("f3", "down", "down")
        assert isinstance(top(driver), ThemesWindow)
        assert driver.app.theme not in ("socius-dark", "socius-light")
        await driver.press("escape")
        assert driver.app.theme == "socius-dark"
        assert memory.kept == {}
        await driver.press("f3", "down", "enter")
        assert driver.app.theme == "socius-light"
        assert memory.kept == {"theme": "socius-light"}
        await driver.press("ctrl+t")
        assert memory.kept == {"theme": "socius-dark"}


# Keys


async def test_the_window_of_keys_marks_own_keys_and_clashes(small: Path) -> None:
    keymap = {"explain.open": "d", "search.open": "f12"}
    async with driving(small, keymap=keymap) as driver:
        await driver.press("K")
        assert isinstance(top(driver), KeysWindow)
        assert "1 problem" in driver.text
        assert "! clash" in driver.lines[3]
        assert "as_of.choose" in driver.text
        await driver.press("down")
        assert "own" in driver.line("f12")
        assert "The usual key is /" in driver.text


def test_keys_without_settings_have_no_clash() -> None:
    lines = key_lines({})
    assert len(lines) > 80
    assert not [line for line in lines if line.clashes or line.own]


# The tour


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 60)])
async def test_the_tour_points_at_real_things(small: Path, size: tuple[int, int]) -> None:
    memory = Memory()
    async with driving(small, size=size, fit=Fit(remember=memory)) as driver:
        await driver.press("3", "f2")
        assert driver.app.current_mode == "overview"
        for number, step in enumerate(STEPS, start=1):
            tour = top(driver)
            assert isinstance(tour, TourScreen)
            box, arrow = tour.query_one("#box").region, tour.query_one("#arrow").region
            assert tour.region.contains_region(box)
            assert f"{number}/5" in driver.text
            assert step.title in driver.text
            assert box.contains_region(arrow)
            target = tour.target
            assert not box.overlaps(target)
            if size[0] >= 80:
                assert target.x <= arrow.x < target.right
            await driver.press("right")
        assert not top(driver).is_modal
        assert memory.kept == {"tour_seen": True}
        await driver.press("f2", "right", "left", "escape")
        assert not top(driver).is_modal


async def test_the_tour_comes_by_itself_after_a_first_start(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    memory = Memory()
    fit = Fit(tour=True, remember=memory)
    create = lambda start: plan_without_goals(path, "Nieuw plan")  # noqa: E731
    async with driving(path, create=create, fit=fit) as driver:
        await driver.type("An")
        assert memory.kept == {}
        await driver.press("ctrl+s")
        await driver.until(lambda: isinstance(top(driver), TourScreen))
        await driver.press("escape")
        assert memory.kept == {"tour_seen": True}


# Jumping


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_a_letter_goes_to_a_part(demo: Path, size: tuple[int, int]) -> None:
    async with driving(demo, size=size) as driver:
        for screen in "1234567":
            await driver.press(screen, "G")
            letters = list(top(driver).query(".letter"))
            assert len(letters) >= 3, screen
            assert len({w.region for w in letters}) == len(letters)
            await driver.press("escape")
            assert driver.app.current_mode == SCREENS[int(screen) - 1]


async def test_jumping_to_a_list_and_to_a_screen(demo: Path) -> None:
    async with driving(demo, size=(120, 40)) as driver:
        tables = list(top(driver).query(LineTable))
        await driver.press("G")
        at = {w.region.offset: w.visual.plain.strip() for w in top(driver).query(".letter")}
        coverage = tables[1]
        pane = coverage.parent
        assert pane is not None
        await driver.press(at[pane.region.offset].lower())
        assert driver.app.focused is coverage
        await driver.press("G", "a")  # the first: the screen after this one
        assert driver.app.current_mode == "goals"
        await driver.press("G", "5")
        assert not top(driver).is_modal
        assert driver.app.current_mode == "goals"


async def test_jumping_in_a_form_and_in_a_window(small: Path) -> None:
    async with driving(small) as driver:
        await driver.press("v", "G")
        assert not top(driver).query(".letter")  # in a field it is a letter
        form = top(driver)
        await driver.press("ctrl+g")
        letters = len(top(driver).query(".letter"))
        assert letters == len(form.focus_chain)
        await driver.press("d")
        assert top(driver) is form
        assert form.focused is form.focus_chain[2]
        await driver.press("escape", "right", "enter", "V", "G")
        assert len(top(driver).query(".letter")) == 1
        await driver.press("a")
        assert isinstance(driver.app.focused, LineTable)


async def test_a_tour_that_is_closed_at_once_leaves_nothing_to_draw(small: Path) -> None:
    async with driving(small) as driver:
        await driver.press("f2")
        tour = top(driver)
        assert isinstance(tour, TourScreen)
        await driver.hit("escape")
        tour.on_resize()  # what was asked before it closed comes after
        tour._show()
        await driver.settle()
        assert top(driver) is not tour
        assert driver.app.current_mode == "overview"
