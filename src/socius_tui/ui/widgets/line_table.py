"""The list of the program: draws the lines that are seen and asks for no others.

Rows come in pages from whoever fills the table; a million rows cost what a screenful costs.
The cursor belongs to a row, not to a line number: after new data it is on the same row.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import ClassVar, Literal, NamedTuple

from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

from socius_tui.errors import SociusError
from socius_tui.ui import text
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.lists import LIST
from socius_tui.ui.strips import strip_of
from socius_tui.ui.work import start

PAGE = 100
_KEPT_PAGES = 40

#: What stands in a cell: text, content, or what draws itself in so many cells.
Cell = Content | str | Callable[[int], Content]


class Column(NamedTuple):
    """A column: `width` cells, or with 0 a share of what is left by `weight`.

    A table narrower than `from_width` leaves it out.
    """

    title: str
    width: int = 0
    align: Literal["left", "right"] = "left"
    weight: int = 1
    from_width: int = 0


class Row(NamedTuple):
    """A line: `key` is the id of what it shows, one cell for every column."""

    key: str
    cells: tuple[Cell, ...]


Fetch = Callable[[int, int], Awaitable[Sequence[Row]]]
Locate = Callable[[str], Awaitable[int | None]]


class LineTable(ScrollView, can_focus=True):
    """A list with columns, filled by `show` or, in pages, by `load`."""

    DOES: ClassVar[tuple[Command, ...]] = LIST
    BINDINGS = bindings(*LIST)
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-table--header",
        "line-table--cursor",
        "line-table--row",
        "line-table--empty",
    }
    DEFAULT_CSS = """
    LineTable {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        & > .line-table--header { color: $quiet; text-style: bold; }
        & > .line-table--row { color: $foreground; }
        & > .line-table--cursor { background: $cursor-quiet; }
        & > .line-table--empty { color: $quiet; text-style: italic; }
        &:focus > .line-table--cursor { background: $cursor; text-style: bold; }
    }
    """

    cursor: reactive[int] = reactive(0, repaint=False, init=False)

    class Highlighted(Message):
        """The cursor came on another row; `key` is "" when the list is empty."""

        def __init__(self, table: LineTable, key: str) -> None:
            super().__init__()
            self.table = table
            self.key = key

        @property
        def control(self) -> LineTable:
            """The table."""
            return self.table

    class Opened(Message):
        """A row was chosen, with enter or a second click."""

        def __init__(self, table: LineTable, key: str) -> None:
            super().__init__()
            self.table = table
            self.key = key

        @property
        def control(self) -> LineTable:
            """The table."""
            return self.table

    class Failed(Message):
        """Rows could not be read."""

        def __init__(self, error: SociusError) -> None:
            super().__init__()
            self.error = error

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        empty: str | Content = "",
        id: str | None = None,  # noqa: A002 (Textual's own name)
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.columns = tuple(columns)
        self.empty = empty
        self.count = 0
        self.loaded = False
        self._fetch: Fetch = _no_rows
        self._pages: OrderedDict[int, Sequence[Row]] = OrderedDict()
        self._asked: set[int] = set()
        self._generation = 0
        self._told: str | None = None

    # Filling

    async def show(self, rows: Sequence[Row]) -> None:
        """Show these rows; the cursor stays on its row."""
        self.put(rows)

    def put(self, rows: Sequence[Row]) -> None:
        """Show these rows; the cursor stays on its row."""
        self._generation += 1
        key = self.current_key
        place = min(self.cursor, max(len(rows) - 1, 0))
        if key:
            place = next((index for index, row in enumerate(rows) if row.key == key), place)

        async def fetch(offset: int, limit: int) -> Sequence[Row]:
            return rows[offset : offset + limit]

        near = {place // PAGE + step for step in (-1, 0, 1)}
        pages = {page: rows[page * PAGE : (page + 1) * PAGE] for page in near if page >= 0}
        self._take(len(rows), fetch, pages, place)

    async def load(self, count: int, fetch: Fetch, *, locate: Locate | None = None) -> None:
        """Show `count` rows that `fetch` gives by offset and limit; the cursor keeps its row.

        `locate` tells where a key is; without it the pages around the old place are searched.
        The last call wins when calls overlap. Raises what `fetch` raises.
        """
        self._generation += 1
        generation = self._generation
        key = self.current_key
        pages: dict[int, Sequence[Row]] = {}
        place = min(self.cursor, max(count - 1, 0))
        if key and count:
            found = await (locate(key) if locate else self._search(key, count, fetch, pages))
            place = place if found is None else found
        if count and place // PAGE not in pages:
            pages[place // PAGE] = await fetch(place // PAGE * PAGE, PAGE)
        if generation != self._generation:
            return
        self._take(count, fetch, pages, place)

    def _take(
        self, count: int, fetch: Fetch, pages: Mapping[int, Sequence[Row]], place: int
    ) -> None:
        self._fetch, self.count, self.loaded = fetch, count, True
        self._pages = OrderedDict(pages)
        self._asked.clear()
        self.virtual_size = Size(self.size.width, count + 1)
        self.set_reactive(LineTable.cursor, place)
        self._follow_cursor()
        self.refresh()
        self._tell()

    async def go_to(self, key: str, place: int | None = None) -> bool:
        """Move the cursor to a row, at `place` if that is known; False when it is not there."""
        if place is None:
            pages: dict[int, Sequence[Row]] = {}
            place = await self._search(key, self.count, self._fetch, pages, everywhere=True)
        if place is None:
            return False
        await self._read(place // PAGE)
        self.cursor = place
        return True

    async def _search(
        self,
        key: str,
        count: int,
        fetch: Fetch,
        pages: dict[int, Sequence[Row]],
        *,
        everywhere: bool = False,
    ) -> int | None:
        here = min(self.cursor, max(count - 1, 0)) // PAGE
        last = max(count - 1, 0) // PAGE
        near = (here, here + 1, here - 1)
        rest = (page for page in range(last + 1) if page not in near) if everywhere else ()
        wanted: tuple[int, ...] = (*near, *rest)
        for page in wanted:
            if not 0 <= page <= last:
                continue
            rows = pages[page] = await fetch(page * PAGE, PAGE)
            for index, row in enumerate(rows):
                if row.key == key:
                    return page * PAGE + index
        return None

    async def _read(self, page: int) -> None:
        """Have a page there and draw it."""
        if page in self._pages:
            return
        generation = self._generation
        try:
            rows = await self._fetch(page * PAGE, PAGE)
        except SociusError as error:
            self.post_message(self.Failed(error))
            return
        finally:
            self._asked.discard(page)
        if generation == self._generation:
            self._pages[page] = rows
            while len(self._pages) > _KEPT_PAGES:
                self._pages.popitem(last=False)
            self.refresh()
            self._tell()

    def row_at(self, index: int) -> Row | None:
        """The row on a line; None when it is not there, or not read yet (then it will be)."""
        if not 0 <= index < self.count:
            return None
        page = index // PAGE
        rows = self._pages.get(page)
        if rows is not None:
            self._pages.move_to_end(page)
            return rows[index % PAGE] if index % PAGE < len(rows) else None
        if page not in self._asked:
            self._asked.add(page)
            start(self, partial(self._read, page), group="rows")
        return None

    @property
    def current_key(self) -> str:
        """The key of the row with the cursor, "" when there is none."""
        row = self.row_at(self.cursor)
        return row.key if row else ""

    def _tell(self) -> None:
        key = self.current_key
        if key != self._told and (key or not self.count):
            self._told = key
            self.post_message(self.Highlighted(self, key))

    # Drawing

    def layout_columns(self, width: int) -> list[tuple[int, int]]:
        """Index and width of the columns that a table of this width shows."""
        shown = [i for i, column in enumerate(self.columns) if width >= column.from_width]
        left = width - sum(self.columns[i].width for i in shown) - len(shown) - 1
        flexible = [i for i in shown if not self.columns[i].width]
        weights = sum(self.columns[i].weight for i in flexible)
        widths: dict[int, int] = {}
        for i in flexible:
            share = max(left, 0) * self.columns[i].weight // weights
            widths[i] = max(share, 1)
            left, weights = left - share, weights - self.columns[i].weight
        return [(i, widths.get(i, self.columns[i].width)) for i in shown]

    def render_line(self, y: int) -> Strip:
        """One line: the header, a row, or nothing."""
        width = self.scrollable_content_region.width
        if not width:
            return Strip.blank(self.size.width, self.rich_style)
        if y == 0:
            cells: list[Cell] = [text.plain(column.title) for column in self.columns]
            return self._draw(cells, width, self._style("header"))
        index = self.scroll_offset.y + y - 1
        if index >= self.count:
            if y == 1 and self.loaded:
                return self._draw_empty(width)
            return Strip.blank(width, self._style("row").rich_style)
        style = self._style("cursor" if index == self.cursor else "row")
        row = self.row_at(index)
        return self._draw(row.cells if row else (), width, style)

    def _draw(self, cells: Sequence[Cell], width: int, style: Style) -> Strip:
        parts = [Content(" ")]
        for index, room in self.layout_columns(width):
            cell = cells[index] if index < len(cells) else ""
            if callable(cell):
                content = cell(room)
            else:
                content = cell if isinstance(cell, Content) else text.plain(cell)
            content = content.truncate(room, ellipsis=True)
            pad = room - content.cell_length
            if pad:
                right = self.columns[index].align == "right"
                content = content.pad_left(pad) if right else content.pad_right(pad)
            parts += [content, Content(" ")]
        return strip_of(self, text.NOTHING.join(parts), width, style)

    def _draw_empty(self, width: int) -> Strip:
        return strip_of(self, text.join(" ", self.empty), width, self._style("empty"))

    def _style(self, name: str) -> Style:
        return self.get_visual_style(f"line-table--{name}")

    # Moving

    def validate_cursor(self, value: int) -> int:
        """Keep the cursor inside the list."""
        return max(0, min(value, self.count - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Scroll to the cursor and draw the two lines that changed."""
        top = self.scroll_offset.y
        if self._follow_cursor():
            self.refresh()
        else:
            width = self.size.width
            self.refresh(Region(0, old - top + 1, width, 1), Region(0, new - top + 1, width, 1))
        self._tell()

    def _follow_cursor(self) -> bool:
        """Scroll so that the cursor is seen; True when that moved the list."""
        height = self.scrollable_content_region.height - 1
        if height <= 0:
            return False
        top, cursor = self.scroll_offset.y, self.cursor
        if top <= cursor < top + height:
            return False
        wanted = cursor if cursor < top else cursor - height + 1
        self.scroll_to(y=wanted, animate=False, force=True, immediate=True)
        return True

    def on_resize(self, _event: events.Resize) -> None:
        """Columns follow the width; the cursor stays in sight."""
        self.virtual_size = Size(self.size.width, self.count + 1)
        self._follow_cursor()

    def action_move(self, lines: int) -> None:
        """Move the cursor by lines."""
        self.cursor += lines

    def action_page(self, pages: int) -> None:
        """Move the cursor by pages."""
        self.cursor += pages * max(self.scrollable_content_region.height - 2, 1)

    def action_first(self) -> None:
        """To the first row."""
        self.cursor = 0

    def action_last(self) -> None:
        """To the last row."""
        self.cursor = self.count - 1

    def action_open(self) -> None:
        """Open the row with the cursor."""
        key = self.current_key
        if key:
            self.post_message(self.Opened(self, key))

    def on_click(self, event: events.Click) -> None:
        """Choose the row; a double click opens it."""
        index = self.scroll_offset.y + event.y - 1
        if event.y < 1 or index >= self.count:
            return
        self.cursor = index
        if event.chain == 2:
            self.action_open()
        else:
            self.clicked(event.x)

    def clicked(self, x: int) -> None:
        """For a list in which a place on the line means something."""


async def _no_rows(_offset: int, _limit: int) -> Sequence[Row]:
    return ()
