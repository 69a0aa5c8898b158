"""Every key on every screen, with none, one and many of everything: nothing falls over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.torture import times
from tests.ui import plans
from tests.ui.driving import Driver, driving

_NAMED = (
    "plus minus slash question_mark space comma full_stop left_square_bracket up down left right"
    " home end pageup pagedown tab shift+tab enter backspace delete f1 f2 f5 ctrl+p ctrl+t ctrl+s"
)
KEYS = (*"abcdefghijklmnoprstuvwxyz0123456789", *_NAMED.split())
SIZE = {"no_branch": (140, 40), "one_branch": (60, 20)}


def one_branch(path: Path) -> Path:
    return plans.small_plan(path, branches=1)


def no_branch(path: Path) -> Path:
    return plans.small_plan(path, branches=0)


FILES = (plans.empty_file, no_branch, one_branch)


async def back_to(driver: Driver, screen: str) -> None:
    """Close whatever was opened, and go to a screen again."""
    for _dialog in range(6):
        if not driver.app.screen.is_modal:
            break
        await driver.hit("escape")
    assert not driver.app.screen.is_modal, driver.app.screen
    await driver.hit(screen)


# Each screen with two of the three files, and on each file half of the keys: all of them on
# every screen. `make torture` tries all with all.
@pytest.mark.parametrize(
    ("make", "screen", "keys"),
    [
        (make, screen, KEYS[place % 2 :: times(2, 1)])
        for number, screen in enumerate("1234")
        for place, make in enumerate(
            make for turn, make in enumerate(FILES) if times((turn + number) % 3, 1)
        )
    ],
)
async def test_no_key_breaks_a_screen(
    make: Callable[[Path], Path], screen: str, keys: Sequence[str], tmp_path: Path
) -> None:
    async with driving(make(tmp_path / "plan.db")) as driver:
        await driver.pilot.resize_terminal(*SIZE.get(make.__name__, (80, 24)))
        await driver.hit(screen)
        for key in keys:
            await driver.hit(key)
            await back_to(driver, screen)
        await driver.settle()
        assert driver.app.is_running
        assert driver.app.return_code is None
