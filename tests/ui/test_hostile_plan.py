"""Any text in the plan is shown as text: no markup, no escape sequence, no crash."""

from __future__ import annotations

from pathlib import Path

import pytest

from socius_tui.domain.text import clean
from tests.hostile import HOSTILE
from tests.torture import times
from tests.ui.driving import Driver, driving
from tests.ui.plans import hostile_plan

_STEERING = {chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))} | set(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200f\u061c\u2028\u2029\ufeff"
)
# Half characters cannot be stored; a name needs something before a space.
WORDS = [
    f"x{each.text[:150]}"
    for each in HOSTILE[:: times(3, 1)]
    if each.text.encode("utf-8", "ignore").decode() == each.text and "\0" not in each.text
]


def harmless(driver: Driver) -> str:
    """What is drawn, after a check that nothing in it steers a terminal."""
    drawn = "".join(driver.lines)
    assert not _STEERING & set(drawn), [repr(sign) for sign in _STEERING & set(drawn)]
    return driver.text


@pytest.fixture(params=range(4))
def words(request: pytest.FixtureRequest) -> list[str]:
    """A quarter of the words: what is asked of a plan grows with its size."""
    return WORDS[request.param :: 4]


@pytest.fixture
def hostile(words: list[str], tmp_path: Path) -> Path:
    return hostile_plan(tmp_path / "plan.db", words)


async def test_the_overview_shows_it_as_text(hostile: Path, words: list[str]) -> None:
    async with driving(hostile, size=(100, 30)) as driver:
        for part in "gcwso":
            await driver.hit(part)
            seen = [harmless(driver)]
            for _page in range(3):
                await driver.hit("pagedown")
                seen.append(harmless(driver))
            if part == "g":
                assert not [word for word in whole(words) if word not in "\n".join(seen)]
        for opened in ("e", "slash", "question_mark", "d"):
            await driver.hit("g", opened)
            harmless(driver)
            await driver.hit("escape")
        assert driver.notices == []


async def test_the_tree_and_every_detail_show_it_as_text(hostile: Path, words: list[str]) -> None:
    async with driving(hostile, size=(110, 30)) as driver:
        await driver.hit("2", "plus", "home")
        parts = ("i", "m", "i", "n", "b")  # a goal and its indicator take turns in the tree
        for line in range(2 * len(words)):
            await driver.hit("t", "down", parts[line % len(parts)])
            harmless(driver)
        assert driver.notices == []


async def test_the_search_shows_it_as_text(hostile: Path) -> None:
    async with driving(hostile, size=(100, 50)) as driver:
        await driver.hit("slash", "x")
        harmless(driver)
        await driver.hit("e")
        harmless(driver)
        assert driver.notices == []


def whole(words: list[str]) -> list[str]:
    """Words that are short enough to be drawn whole, as they must be drawn."""
    cleaned = (clean(word).strip() for word in words)
    return [word for word in cleaned if word.isascii() and len(word) < 30]
