"""The list: moves, keeps its row, asks only for what is seen."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from textual.app import App, ComposeResult
from textual.content import Content

from socius_tui.errors import FileProblem
from socius_tui.ui import themes
from socius_tui.ui.widgets.line_table import PAGE, Column, LineTable, Row


class ListApp(App[None]):
    """A list and what it told."""

    def __init__(self, columns: Sequence[Column] = (Column("Name"),)) -> None:
        super().__init__()
        self.columns = columns
        self.highlighted: list[str] = []
        self.opened: list[str] = []
        self.failed: list[str] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return themes.FALLBACK

    def compose(self) -> ComposeResult:
        yield LineTable(self.columns, empty="nothing here")

    @property
    def table(self) -> LineTable:
        return self.query_one(LineTable)

    @property
    def lines(self) -> list[str]:
        return [strip.text.rstrip() for strip in self.screen._compositor.render_strips()]

    def on_line_table_highlighted(self, message: LineTable.Highlighted) -> None:
        self.highlighted.append(message.key)

    def on_line_table_opened(self, message: LineTable.Opened) -> None:
        self.opened.append(message.key)

    def on_line_table_failed(self, message: LineTable.Failed) -> None:
        self.failed.append(message.error.message)


def rows(*keys: str) -> list[Row]:
    return [Row(key, (f"row {key}",)) for key in keys]


class Many:
    """A long list that remembers what was asked of it."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.asked: list[tuple[int, int]] = []

    async def fetch(self, offset: int, limit: int) -> Sequence[Row]:
        self.asked.append((offset, limit))
        return rows(*(str(n) for n in range(offset, min(offset + limit, self.count))))


async def test_moves_and_stops_at_both_ends() -> None:
    app = ListApp()
    async with app.run_test(size=(30, 10)) as pilot:
        await app.table.show(rows("a", "b", "c"))
        await pilot.press("down", "down", "down", "j")
        assert app.table.current_key == "c"
        await pilot.press("home", "up")
        assert app.table.current_key == "a"
        await pilot.press("end")
        assert app.table.current_key == "c"
        await pilot.press("enter")
        assert app.opened == ["c"]
        assert app.highlighted[0] == "a"
        assert app.highlighted[-1] == "c"


async def test_pages_scroll_with_the_cursor_in_sight() -> None:
    app = ListApp()
    async with app.run_test(size=(30, 10)) as pilot:
        await app.table.show(rows(*(str(n) for n in range(50))))
        await pilot.press("pagedown", "pagedown")
        key = app.table.current_key
        assert int(key) >= 14
        assert any(line.strip() == f"row {key}" for line in app.lines)
        await pilot.press("pageup", "pageup", "pageup")
        assert app.table.current_key == "0"
        assert app.lines[1].strip() == "row 0"


async def test_keeps_its_row_when_rows_come_before_it() -> None:
    app = ListApp()
    async with app.run_test(size=(30, 10)) as pilot:
        await app.table.show(rows("a", "b", "c"))
        await pilot.press("down")
        told = len(app.highlighted)
        await app.table.show(rows("x", "y", "a", "b", "c"))
        await pilot.pause()
        assert app.table.current_key == "b"
        assert app.table.cursor == 3
        assert len(app.highlighted) == told, "the row is the same, so nothing is told"


async def test_a_row_that_went_leaves_the_cursor_where_it_was() -> None:
    app = ListApp()
    async with app.run_test(size=(30, 10)) as pilot:
        await app.table.show(rows("a", "b", "c"))
        await pilot.press("end")
        await app.table.show(rows("a", "b"))
        await pilot.pause()
        assert app.table.current_key == "b"
        assert app.highlighted[-1] == "b"


@pytest.mark.parametrize("count", [0, 1])
async def test_few_rows(count: int) -> None:
    app = ListApp()
    async with app.run_test(size=(30, 10)) as pilot:
        await app.table.show(rows(*(str(n) for n in range(count))))
        for key in ("down", "up", "pagedown", "pageup", "end", "home", "enter"):
            await pilot.press(key)
        assert app.table.cursor == 0
        assert ("nothing here" in app.lines[1]) is (count == 0)
        assert app.opened == (["0"] if count else [])


async def test_a_million_rows_cost_a_screenful() -> None:
    app, many = ListApp(), Many(1_000_000)
    async with app.run_test(size=(30, 10)) as pilot:
        await app.table.load(many.count, many.fetch)
        await pilot.press("end")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.table.current_key == "999999"
        assert "row 999999" in app.lines[-1]
        assert len(many.asked) <= 4
        assert all(limit == PAGE for _offset, limit in many.asked)


async def test_a_long_list_keeps_its_row_too() -> None:
    app, many = ListApp(), Many(5_000)
    async with app.run_test(size=(30, 10)) as pilot:
        await app.table.load(many.count, many.fetch)
        assert await app.table.go_to("2500")
        shifted = Many(5_000)

        async def fetch(offset: int, limit: int) -> Sequence[Row]:
            await shifted.fetch(offset, limit)
            return rows(*(str(n - 30) for n in range(offset, offset + limit)))

        await app.table.load(5_030, fetch)
        await pilot.pause()
        assert app.table.current_key == "2500"
        assert len(shifted.asked) <= 3, "only the pages around the old place are searched"
        assert not await app.table.go_to("nobody")
        assert app.table.current_key == "2500"


async def test_the_last_of_two_loads_wins() -> None:
    app = ListApp()
    async with app.run_test(size=(30, 10)):
        go = asyncio.Event()

        async def slow(_offset: int, _limit: int) -> Sequence[Row]:
            await go.wait()
            return rows("old")

        first = asyncio.create_task(app.table.load(1, slow))
        await asyncio.sleep(0)
        await app.table.show(rows("new"))
        go.set()
        await first
        assert app.table.current_key == "new"


async def test_what_cannot_be_read_is_told() -> None:
    app, many = ListApp(), Many(1_000)

    async def fetch(offset: int, limit: int) -> Sequence[Row]:
        if offset:
            raise FileProblem("the disk says no")
        return await many.fetch(offset, limit)

    async with app.run_test(size=(30, 10)) as pilot:
        await app.table.load(1_000, fetch)
        await pilot.press("end")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.failed
        assert set(app.failed) == {"the disk says no"}


async def test_the_mouse_chooses_and_opens() -> None:
    app = ListApp()
    async with app.run_test(size=(30, 10)) as pilot:
        await app.table.show(rows("a", "b", "c"))
        await pilot.click(LineTable, offset=(2, 2))
        assert app.table.current_key == "b"
        assert app.opened == []
        await pilot.click(LineTable, offset=(2, 3), times=2)
        assert app.opened == ["c"]
        await pilot.click(LineTable, offset=(2, 0))
        await pilot.click(LineTable, offset=(2, 8))
        assert app.table.current_key == "c"


async def test_a_narrow_list_leaves_columns_out() -> None:
    columns = (
        Column("Name"),
        Column("More", 10, from_width=40),
        Column("Number", 8, "right"),
    )
    app = ListApp(columns)
    row = Row("a", ("a name that is far too long to be shown", "more", "12"))
    async with app.run_test(size=(30, 5)) as pilot:
        await app.table.show([row])
        await pilot.pause()
        assert "More" not in app.lines[0]
        assert "…" in app.lines[1]
        assert app.lines[1].endswith("      12")
    app = ListApp(columns)
    async with app.run_test(size=(60, 5)) as pilot:
        await app.table.show([row])
        await pilot.pause()
        assert "More" in app.lines[0]
        assert all(len(line) <= 60 for line in app.lines)


async def test_cells_can_draw_themselves_in_the_room_there_is() -> None:
    app = ListApp((Column("A", 5), Column("B", 7)))
    async with app.run_test(size=(30, 5)) as pilot:
        await app.table.show([Row("a", (lambda width: Content("x" * width), "b"))])
        await pilot.pause()
        assert app.lines[1] == " xxxxx b"


async def test_no_data_is_read_as_markup() -> None:
    app = ListApp()
    async with app.run_test(size=(60, 6)) as pilot:
        texts = ("[bold]x[/bold]", "[/]", "[@click=app.quit]x[/]", "a\x1b[31mred")
        await app.table.show([Row(str(n), (text,)) for n, text in enumerate(texts)])
        await pilot.pause()
        shown = [line.strip() for line in app.lines[1:5]]
        assert shown[:3] == list(texts[:3])
        assert "\x1b" not in "".join(app.lines)
