"""The commands: complete, without clashes, and the same in the documentation."""

from __future__ import annotations

import pkgutil
import re
from collections import Counter
from pathlib import Path

import pytest

from socius_tui.ui import commands
from socius_tui.ui.commands.active import hints_of
from socius_tui.ui.commands.every import MODULES, every_command
from tests.ui.driving import driving
from tools import keys

EVERY = tuple(every_command().values())


def test_every_module_with_commands_is_known() -> None:
    there = {module.name for module in pkgutil.iter_modules(commands.__path__)}
    assert there - {"active", "command", "every"} == set(MODULES)


@pytest.mark.parametrize("command", EVERY, ids=lambda command: command.id)
def test_every_command_says_what_it_does(command: commands.Command) -> None:
    assert command.text
    assert command.help.endswith(".")
    assert command.group
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+", command.id)


@pytest.mark.parametrize("command", EVERY, ids=lambda command: command.id)
def test_every_key_reaches_the_program_in_every_terminal(command: commands.Command) -> None:
    for key in command.key.split(","):
        assert not re.search(r"ctrl\+(enter|\d|h|i|j|m)$|shift\+enter|alt\+", key)


def test_names_are_used_once() -> None:
    assert len(EVERY) == len({command.id for command in EVERY})


@pytest.mark.parametrize("screen", ["1", "2", "3", "4", "7"])
async def test_no_two_commands_of_a_screen_share_a_key(small: Path, screen: str) -> None:
    async with driving(small) as driver:
        await driver.press(screen)
        focusable = [w for w in driver.app.screen.focus_chain if w.display]
        assert focusable
        for widget in focusable:
            widget.focus()
            await driver.settle()
            offered: Counter[str] = Counter()
            for node in widget.ancestors_with_self:
                for command in getattr(node, "DOES", ()):
                    offered.update(set(command.key.split(",")))
            assert not [key for key, count in offered.items() if count > 1], widget
            assert all(hint.keys for hint in hints_of(driver.app.screen))


def test_the_page_of_keys_is_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert keys.main(["check"]) == 0, "python -m tools.keys update"


def test_the_page_names_every_command() -> None:
    page = keys.page()
    for command in EVERY:
        assert f"`{command.id}`" in page
        assert command.help in page
