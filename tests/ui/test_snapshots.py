"""How the screens look: pictures of the demo, compared with those that somebody looked at.

A picture that differs on purpose is made again with `make snap-update`, and looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from socius_tui import i18n
from socius_tui.ui import themes
from socius_tui.ui.app import SociusApp
from tests.ui.driving import Driver
from tests.ui.plans import opener

Compare = Callable[..., bool]

_SIZES = ((80, 24), (120, 40))
_SCREENS = {
    "overview": (),
    "goals": ("2", "down", "down", "right", "down"),
    "visits": ("3", "down"),
    "organisations": ("4", "down"),
    "agenda": ("5", "down"),
}
_DIALOGS = {
    "visit form": ("v",),
    "progress form": ("p",),
    "explain": ("e",),
    "help": ("question_mark",),
    "chart": ("2", "down", "down", "right", "down", "c"),
    "planner": ("W",),
    "compare": ("C",),
    "analysis": ("S",),
}


def looks_right(
    compare: Compare, path: Path, keys: tuple[str, ...], size: tuple[int, int], **options: Any
) -> bool:
    """Press the keys in the demo and compare the picture."""
    i18n.set_language("nl")

    async def walk(pilot: Pilot[Any]) -> None:
        driver = Driver(pilot.app, pilot)  # type: ignore[arg-type]
        await driver.settle()
        await driver.press(*keys)

    app = SociusApp(opener(path), **options)
    return compare(app, run_before=walk, terminal_size=size)


@pytest.mark.parametrize("size", _SIZES, ids=["80x24", "120x40"])
@pytest.mark.parametrize("screen", _SCREENS)
def test_screens(snap_compare: Compare, demo: Path, screen: str, size: tuple[int, int]) -> None:
    assert looks_right(snap_compare, demo, _SCREENS[screen], size)


@pytest.mark.parametrize("dialog", _DIALOGS)
def test_dialogs(snap_compare: Compare, demo: Path, dialog: str) -> None:
    assert looks_right(snap_compare, demo, _DIALOGS[dialog], (80, 24))


def test_the_light_theme(snap_compare: Compare, demo: Path) -> None:
    assert looks_right(snap_compare, demo, (), (120, 40), theme=themes.LIGHT.name)


def test_a_small_terminal(snap_compare: Compare, demo: Path) -> None:
    assert looks_right(snap_compare, demo, (), (60, 20))
