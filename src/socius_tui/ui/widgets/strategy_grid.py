"""The SWO-ART grid: three rows by three columns, with how many findings stand where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from socius_tui.domain.analysis import COLUMNS, GRID, ROWS
from socius_tui.ui import text
from socius_tui.ui.commands.background import GRID as KEYS
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.strips import strip_of

HEADS: Final = (*ROWS, *COLUMNS)
PLACES: Final = tuple(place for row in GRID for place in row)

_CELLS: Final = 4  # a head and three
_TALL: Final = 2  # lines of a row: the word, and how many


class StrategyGrid(Widget, can_focus=True):
    """The grid; the cursor is on a cell, or on the head of a row or a column (a whole list)."""

    DOES: ClassVar[tuple[Command, ...]] = KEYS
    BINDINGS = bindings(*KEYS)
    DEFAULT_CSS = f"StrategyGrid {{ height: {_CELLS * _TALL}; }}"

    place: reactive[tuple[int, int]] = reactive((1, 1), init=False)

    class Moved(Message):
        """The cursor came on another cell."""

    class Opened(Message):
        """The findings of the cell are wanted."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id)
        self._counts: Mapping[str, int] = {}

    @property
    def chosen(self) -> str:
        """The list or the strategy with the cursor; empty in the corner: what has no place."""
        return _code(*self.place)

    def show(self, counts: Mapping[str, int]) -> None:
        """How many findings each list and each strategy has; "" is those without a place."""
        self._counts = counts
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A line of the grid."""
        width = self.content_size.width
        row, line = divmod(y, _TALL)
        cells = [self._cell(row, column, line, width // _CELLS) for column in range(_CELLS)]
        return strip_of(self, text.NOTHING.join(cells), width, self.visual_style)

    def _cell(self, row: int, column: int, line: int, width: int) -> Content:
        code = _code(row, column)
        count = self._counts.get(code, 0)
        head = row == 0 or column == 0
        if line == 0:
            words = text.word(code) if code else "·"
            shown = words.upper() if head else words
            style = text.STRONG if count else text.DIM
        else:
            most = max(1, *(self._counts.get(each, 0) for each in (HEADS if head else PLACES)))
            shown = "■" * max(1, count * max(1, width - 8) // most) + f" {count}"
            style = "$bar"
            if not count:
                shown, style = "–", text.DIM
        if not code:  # the corner: how many have no place
            shown = text.word("unplaced") if line == 0 else str(count)
            style = text.DIM
        if (row, column) == self.place:
            style = "bold reverse" if self.has_focus else f"{style} underline".strip()
        room = max(1, width - 2)
        cut = shown if len(shown) <= room else shown[: room - 1] + "…"
        return text.join(text.styled(cut, style), Content(" " * (width - len(cut))))

    def watch_place(self) -> None:
        """Another cell."""
        self.refresh()
        self.post_message(self.Moved())

    def action_move(self, down: int, right: int) -> None:
        """To a cell beside it; the edges are the edges."""
        row, column = self.place
        self.place = (
            min(max(row + down, 0), _CELLS - 1),
            min(max(column + right, 0), _CELLS - 1),
        )

    def action_open(self) -> None:
        """To the findings of the cell."""
        self.post_message(self.Opened())


def _code(row: int, column: int) -> str:
    if row == 0:
        return COLUMNS[column - 1] if column else ""
    return GRID[row - 1][column - 1] if column else ROWS[row - 1]
