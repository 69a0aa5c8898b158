"""A small chart of a value against what is expected, drawn with braille dots."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget

from socius_tui.domain.detail import ChartPoint
from socius_tui.i18n import _
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.strips import strip_of

# The bit of each dot in a braille cell: two columns, four rows.
_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
_BLANK = 0x2800
Dot = tuple[int, int]


class Canvas:
    """Dots on a grid of cells, two wide and four high each; y runs upwards."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._cells: dict[Dot, int] = {}

    def dot(self, x: int, y: int) -> None:
        """Set a dot; what lies outside is left out."""
        if 0 <= x < self.width * 2 and 0 <= y < self.height * 4:
            row = self.height * 4 - 1 - y
            cell = (x // 2, row // 4)
            self._cells[cell] = self._cells.get(cell, 0) | _DOTS[x % 2][row % 4]

    def line(self, start: Dot, end: Dot) -> None:
        """A straight line of dots, both ends included."""
        steps = max(abs(end[0] - start[0]), abs(end[1] - start[1]), 1)
        for step in range(steps + 1):
            x = start[0] + (end[0] - start[0]) * step / steps
            y = start[1] + (end[1] - start[1]) * step / steps
            self.dot(round(x), round(y))

    def bits(self, column: int, row: int) -> int:
        """The dots of a cell, row 0 being the top."""
        return self._cells.get((column, row), 0)


class BurnUp(Widget, can_focus=True):
    """Value and expected value over time; the last line tells which is which."""

    DEFAULT_CSS = "BurnUp { height: 1fr; width: 1fr; padding: 0 1; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._points: tuple[ChartPoint, ...] = ()
        self._unit = ""
        self._drawn: list[Content] | None = None

    def show(self, points: Sequence[ChartPoint], unit: str) -> None:
        """Draw these points, in order of day."""
        self._points, self._unit, self._drawn = tuple(points), unit, None
        self.refresh()

    def on_resize(self) -> None:
        """Draw for the new size."""
        self._drawn = None

    def render_line(self, y: int) -> Strip:
        """A line of the chart."""
        if self._drawn is None:
            self._drawn = draw(
                self._points, self._unit, self.content_size.width, self.content_size.height
            )
        content = self._drawn[y] if y < len(self._drawn) else text.NOTHING
        return strip_of(self, content, self.content_size.width, self.visual_style)


def draw(points: Sequence[ChartPoint], unit: str, width: int, height: int) -> list[Content]:
    """The lines of a chart of `width` by `height` cells."""
    values = [v for p in points for v in (p.value, p.expected) if v is not None]
    if not values:
        return [text.dim(_("There is nothing to draw yet."))]
    low, high = min(Fraction(0), *values), max(values)
    if low == high:
        high = low + 1
    labels = [show.amount(_short(high)), show.amount(_short(low))]
    margin = max(len(label) for label in labels) + 1
    columns, rows = width - margin, height - 2
    if columns < 8 or rows < 2:
        return [text.dim(_("There is too little room for a chart."))]
    first, last = points[0].day, points[-1].day
    span = max((last - first).days, 1)

    def place(day: date, value: Fraction) -> Dot:
        x = round((day - first).days / span * (columns * 2 - 1))
        return x, round((value - low) / (high - low) * (rows * 4 - 1))

    actual = _curve(columns, rows, [place(p.day, p.value) for p in points if p.value is not None])
    expected = _curve(
        columns, rows, [place(p.day, p.expected) for p in points if p.expected is not None]
    )
    lines = []
    for row in range(rows):
        label = labels[0] if row == 0 else labels[1] if row == rows - 1 else ""
        cells = [_cell(actual.bits(x, row), expected.bits(x, row)) for x in range(columns)]
        lines.append(text.join(text.dim(label.rjust(margin - 1) + "┤"), *cells))
    lines.append(_axis(first, last, margin, columns))
    lines.append(_legend(points, unit, width))
    return lines


def _curve(columns: int, rows: int, dots: Sequence[Dot]) -> Canvas:
    canvas = Canvas(columns, rows)
    for start, end in zip(dots, dots[1:] or dots, strict=False):
        canvas.line(start, end)
    return canvas


def _cell(actual: int, expected: int) -> Content:
    if actual:
        return Content.styled(chr(_BLANK | actual | expected), "bold $bar")
    return Content.styled(chr(_BLANK | expected) if expected else " ", "$bar-mark 70%")


def _short(value: Fraction) -> Fraction:
    """A number for an axis: whole when it is large, else one decimal."""
    return (
        Fraction(show.rounded(value))
        if abs(value) >= 100
        else Fraction(show.rounded(value * 10), 10)
    )


def _axis(first: date, last: date, margin: int, columns: int) -> Content:
    """The years that begin, or else the first day, the last day and the years between."""
    line = [" "] * columns
    span = max((last - first).days, 1)
    whole_years = (first.month, first.day) == (1, 1) and last.year > first.year
    _write(line, 0, str(first.year) if whole_years else show.day(first))
    if not whole_years:
        end = show.day(last)
        _write(line, columns - len(end), end)
    for year in range(first.year + 1, last.year + 1):
        x = round((date(year, 1, 1) - first).days / span * (columns - 1))
        if all(cell == " " for cell in line[max(x - 1, 0) : x + 5]) and x + 4 <= columns:
            _write(line, x, str(year))
    return text.join(" " * margin, text.dim("".join(line)))


def _write(line: list[str], x: int, word: str) -> None:
    for offset, character in enumerate(word):
        if 0 <= x + offset < len(line):
            line[x + offset] = character


def _legend(points: Iterable[ChartPoint], unit: str, width: int) -> Content:
    known = [point for point in points if point.value is not None]
    value = show.amount(known[-1].value) if known else ""
    expected = known[-1].expected if known else None
    parts = [
        text.join(
            Content.styled("⣿ ", "bold $bar"), _("value"), " ", text.styled(value, text.STRONG)
        ),
        text.join(
            Content.styled("⠒ ", "$bar-mark 70%"),
            _("expected"),
            f" {show.amount(_short(expected))}" if expected is not None else "",
        ),
    ]
    return text.fitting(width, (text.spaced((*parts, text.dim(unit))), text.spaced(parts)))
