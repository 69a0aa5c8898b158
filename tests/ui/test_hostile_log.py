"""Any text in the log and the register is shown as text: no markup, no escape, no crash."""

from __future__ import annotations

from pathlib import Path

import pytest

from socius_tui.services.session import Session
from socius_tui.store.unit_of_work import Transaction
from socius_tui.ui.widgets.line_table import LineTable
from tests.hostile import HOSTILE
from tests.ui.driving import Driver, driving
from tests.ui.plans import Write, opener
from tests.ui.test_visit_form import steering

WORDS = tuple(
    dict.fromkeys(
        each.text.encode("utf-8", "ignore").decode().replace("\0", "")[:300] for each in HOSTILE
    )
)


def fill(transaction: Transaction) -> None:
    """An organisation, a visit and a follow-up with each of the texts, as an import could."""
    work_type = transaction.insert("work_type", {"code": "w", "name": "[/] werksoort"})
    for number, word in enumerate(WORDS):
        organisation = transaction.insert(
            "organisation",
            {
                "code": f"H{number}",
                "name": word if word.strip() else "leeg",
                "work_type_id": work_type,
                "municipality": word[:100],
                "note": word,
            },
        )
        visit = transaction.insert(
            "visit",
            {
                "organisation_id": organisation,
                "visited_on": f"2018-{number % 6 + 1:02d}-{number % 28 + 1:02d}",
                "status": "done",
                "summary": word,
                "private_note": word,
                "recorded_at": "2018-06-30T10:00:00.000Z",
            },
        )
        if word.strip():
            for table, column in (("visit_need", "tag"), ("visit_met", "name")):
                transaction.insert_natural(
                    table, (visit, word[:80]), {"visit_id": visit, column: word[:80]}
                )
            transaction.insert(
                "follow_up",
                {"visit_id": visit, "what": word, "recorded_at": "2018-06-30T10:00:00.000Z"},
            )


def modal(driver: Driver) -> bool:
    """Whether a dialog is open."""
    return driver.app.screen.is_modal


@pytest.fixture
def hostile_log(goalless: Path) -> Path:
    with opener(goalless)() as session:
        session.write(Write(fill))
    return goalless


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (140, 40)])
@pytest.mark.parametrize("screen", ["3", "4"])
async def test_every_line_and_detail_is_text(
    screen: str, size: tuple[int, int], hostile_log: Path
) -> None:
    async with driving(hostile_log, size=size) as driver:
        await driver.press(screen)
        steps = len(WORDS) // 6 if size == (80, 24) else len(WORDS) // 12
        for number in range(steps):
            await driver.pilot.press("down")
            await driver.settle()
            assert not steering(driver.text), number
        table = driver.app.screen.query(LineTable).first()
        assert table.cursor == min(steps, table.count - 1)
        await driver.press("home", "enter", "end", "tab", "tab", "escape")
        assert not steering(driver.text)
        assert driver.notices == []
        assert driver.app.is_running


async def test_every_text_comes_back_in_its_form(hostile_log: Path) -> None:
    async with driving(hostile_log) as driver:
        await driver.press("3")
        for number in range(0, len(WORDS), 12):
            await driver.press("b")
            assert modal(driver), number
            assert not steering(driver.text), number
            await driver.press("escape")
            assert not modal(driver), "what the file holds is not a change"
            await driver.press("down", "down", "down")


async def test_a_refused_or_written_hostile_follow_up_is_told_as_text(hostile_log: Path) -> None:
    async with driving(hostile_log) as driver:
        await driver.press("3")
        for _number in range(0, len(WORDS), 20):
            await driver.press("c")
            if modal(driver):
                assert not steering(driver.text)
                await driver.press("ctrl+s")
                assert not modal(driver)
                assert not steering(driver.text)
            for _step in range(5):
                await driver.pilot.press("down")
            await driver.settle()
    with Session(hostile_log) as session:
        done = session.read(
            lambda connection: connection.execute(
                "SELECT count(*) FROM follow_up WHERE done_on IS NOT NULL"
            ).fetchone()
        )
    assert done[0] > 5
