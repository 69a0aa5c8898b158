"""Cells to draw a chart on: braille dots in layers, single glyphs, and shaded columns."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from socius_tui.ui import text

# The bit of each dot in a braille cell: two columns, four rows.
_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
_BLANK = 0x2800
Dot = tuple[int, int]


class Layer:
    """Dots of one line: two wide and four high in each cell; y runs upwards."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._cells: dict[Dot, int] = {}

    def dot(self, x: int, y: int) -> None:
        """Set a dot; what lies outside is left out."""
        if 0 <= x < self.width * 2 and 0 <= y < self.height * 4:
            row = self.height * 4 - 1 - y
            cell = (x // 2, row // 4)
            self._cells[cell] = self._cells.get(cell, 0) | _DOTS[x % 2][row % 4]

    def line(self, start: Dot, end: Dot, every: int = 1) -> None:
        """A straight line of dots, both ends included; with `every` 3 a dotted one."""
        for x, y in along(start, end):
            if x % every == 0:
                self.dot(x, y)

    def lines(self, dots: Iterable[Dot], every: int = 1) -> None:
        """Dots joined one after the other; a single one is a dot."""
        found = list(dots)
        for start, end in zip(found, found[1:] or found, strict=False):
            self.line(start, end, every)

    def bits(self, column: int, row: int) -> int:
        """The dots of a cell, row 0 being the top."""
        return self._cells.get((column, row), 0)


def along(start: Dot, end: Dot) -> Iterable[Dot]:
    """The dots of a straight line, both ends included."""
    steps = max(abs(end[0] - start[0]), abs(end[1] - start[1]), 1)
    for step in range(steps + 1):
        yield (
            round(start[0] + (end[0] - start[0]) * step / steps),
            round(start[1] + (end[1] - start[1]) * step / steps),
        )


class Canvas:
    """A plot area of cells. Layers share a cell by their dots; a glyph takes it whole.

    What is put later lies above. A shaded column keeps its shade below whatever is drawn in it.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._layers: list[tuple[Layer, str]] = []
        self._glyphs: dict[Dot, tuple[str, str]] = {}
        self._under: dict[Dot, tuple[str, str]] = {}
        self._shaded: set[int] = set()

    def layer(self, style: str) -> Layer:
        """A new line in this style, above the others."""
        made = Layer(self.width, self.height)
        self._layers.append((made, style))
        return made

    def put(self, column: int, row: int, glyph: str, style: str) -> None:
        """A glyph above all lines; row 0 is the top."""
        if 0 <= column < self.width and 0 <= row < self.height:
            self._glyphs[column, row] = (glyph, style)

    def lay(self, column: int, row: int, glyph: str, style: str) -> None:
        """A glyph below all lines: it shows where no line is."""
        if 0 <= column < self.width and 0 <= row < self.height:
            self._under[column, row] = (glyph, style)

    def shade(self, first: int, last: int) -> None:
        """Shade these columns."""
        self._shaded |= {x for x in range(first, last + 1) if 0 <= x < self.width}

    @property
    def shaded(self) -> frozenset[int]:
        """The columns with a shade."""
        return frozenset(self._shaded)

    def row(self, row: int) -> Content:
        """A line of the plot, row 0 being the top."""
        return text.NOTHING.join(self._cell(column, row) for column in range(self.width))

    def _cell(self, column: int, row: int) -> Content:
        glyph, style = self._drawn(column, row)
        if column in self._shaded:
            style = f"{style} on $panel".strip()
        return Content.styled(glyph, style)

    def _drawn(self, column: int, row: int) -> tuple[str, str]:
        if found := self._glyphs.get((column, row)):
            return found
        bits, top = 0, ""
        for layer, style in self._layers:
            own = layer.bits(column, row)
            if own:
                bits, top = bits | own, style
        if bits:
            return chr(_BLANK | bits), top
        return self._under.get((column, row), (" ", ""))
