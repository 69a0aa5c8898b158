"""One line of pieces that can be clicked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.widgets import Static

from socius_tui.ui import text


class Piece(NamedTuple):
    """What is shown, and what a click on it does."""

    content: Content
    clicked: Callable[[], object] | None = None


class HotLine(Static):
    """Pieces beside one another, and something at the right end that is not clicked.

    The right end has precedence: the pieces are cut off before it is.
    """

    DEFAULT_CSS = "HotLine { height: 1; width: 1fr; padding: 0 1; text-wrap: nowrap; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id)
        self._spans: list[tuple[int, int, Callable[[], object]]] = []

    @property
    def room(self) -> int:
        """How many cells there are."""
        return self.content_size.width

    def put(self, pieces: Sequence[Piece], gap: str = "  ", right: Content = text.NOTHING) -> None:
        """Show these."""
        self._spans = []
        x = 0
        for piece in pieces:
            end = x + piece.content.cell_length
            if piece.clicked is not None:
                self._spans.append((x, end, piece.clicked))
            x = end + len(gap)
        left = Content(gap).join([piece.content for piece in pieces])
        right = right.truncate(self.room, ellipsis=True)
        left_room = self.room - right.cell_length - (2 if right else 0)
        left = left.truncate(max(left_room, 0), ellipsis=True)
        filler = " " * max(self.room - left.cell_length - right.cell_length, 0)
        self.update(text.join(left, Content(filler), right))

    def hot_spots(self) -> list[tuple[int, Callable[[], object]]]:
        """Where each piece that can be clicked begins, in cells, and what a click does.

        What was cut off is not there.
        """
        return [(start, clicked) for start, end, clicked in self._spans if end <= self.room]

    def place_of(self, words: str) -> int | None:
        """Where these words begin, in cells; None when they are not shown."""
        shown = self.visual.plain if isinstance(self.visual, Content) else ""
        at = shown.find(words)
        return None if at < 0 else Content(shown[:at]).cell_length

    def on_click(self, event: events.Click) -> None:
        """Do what the piece under the mouse does."""
        x = event.x - self.styles.padding.left
        for start, end, clicked in self._spans:
            if start <= x < end:
                clicked()
