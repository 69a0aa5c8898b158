"""Any text in the plan is shown as text: no markup, no escape sequence, no crash."""

from __future__ import annotations

from pathlib import Path

import pytest

from socius_tui.domain.text import clean
from tests.hostile import HOSTILE
from tests.ui.driving import Driver, driving
from tests.ui.plans import hostile_plan

_STEERING = {chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))} | set(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200f\u061c\u2028\u2029\ufeff"
)
# Half characters cannot be stored; a name needs something before a space.
WORDS = [
    f"x{each.text[:150]}"
    for each in HOSTILE
    if each.text.encode("utf-8", "ignore").decode() == each.text and "\0" not in each.text
]


def harmless(driver: Driver) -> str:
    """What is drawn, after a check that nothing in it steers a terminal."""
    drawn = "".join(driver.lines)
    assert not _STEERING & set(drawn), [repr(sign) for sign in _STEERING & set(drawn)]
    return driver.text


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_plan(tmp_path_factory.mktemp("hostile") / "plan.db", WORDS)


async def test_the_overview_shows_it_as_text(hostile: Path) -> None:
    async with driving(hostile, size=(100, 30)) as driver:
        for part in "gcws":
            await driver.hit(part)
            seen = [harmless(driver)]
            for _page in range(len(WORDS) // 15):
                await driver.hit("pagedown")
                seen.append(harmless(driver))
            if part == "g":
                missing = [w for w in shown_whole() if w not in "\n".join(seen)]
                assert not missing
        assert driver.notices == []
        for opened in ("e", "slash", "question_mark", "d"):
            await driver.press("g", opened)
            harmless(driver)
            await driver.press("escape")


@pytest.mark.parametrize("part", ["i", "c", "m", "b", "n"])
async def test_the_tree_and_every_detail_show_it_as_text(hostile: Path, part: str) -> None:
    async with driving(hostile, size=(120, 40)) as driver:
        await driver.press("2", "plus", part, "t", "home", "down")
        for _line in range(len(WORDS) * (4 if part == "c" else 1)):
            await driver.hit("down")
            harmless(driver)
            if part != "c":  # the goals and their first indicator
                await driver.hit("down", "down", "down")
        assert driver.notices == []


async def test_the_search_shows_it_as_text(hostile: Path) -> None:
    async with driving(hostile, size=(100, 50)) as driver:
        await driver.press("slash")
        await driver.type("x")
        harmless(driver)
        await driver.type("e")
        harmless(driver)
        assert driver.notices == []


def shown_whole() -> list[str]:
    """Words that are short enough to be drawn whole, as they must be drawn."""
    cleaned = (clean(word).strip() for word in WORDS)
    return [word for word in cleaned if word.isascii() and len(word) < 30]
