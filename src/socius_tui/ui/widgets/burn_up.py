"""The chart of an indicator: value, expected line, targets, forecasts, today and pauses.

Every line has a glyph of its own besides its colour, and the legend names each that is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from textual.content import Content
from textual.strip import Strip
from textual.widget import Widget

from socius_tui.domain.axis import marks
from socius_tui.domain.chart import BLANK, Chart, Dated, Outlook
from socius_tui.domain.codes import RECENT_WINDOW, RUN_RATE
from socius_tui.i18n import _
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.strips import strip_of
from socius_tui.ui.widgets.canvas import Canvas, Dot, along

_VALUE: Final = "bold $bar"
_EXPECTED: Final = "$bar-mark 80%"
_TARGET: Final = "$accent-key"
_TODAY: Final = "$quiet"
_GRID: Final = "$bar-rest 60%"
_OUTLOOKS: Final = {RUN_RATE: ("+", "$status-on-track"), RECENT_WINDOW: ("×", "$status-attention")}
_LEAST_COLUMNS: Final = 8
_LEAST_ROWS: Final = 2
_FAR: Final = 2  # a forecast that ends beyond so many times the rest is cut off at the top


class BurnUp(Widget, can_focus=True):
    """The chart of one indicator, drawn anew when its size changes."""

    DEFAULT_CSS = "BurnUp { height: 1fr; width: 1fr; padding: 0 1; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._chart = BLANK
        self._notes: tuple[Content, ...] = ()
        self._drawn: list[Content] | None = None

    def show(self, chart: Chart, notes: tuple[Content, ...] = ()) -> None:
        """Draw this chart, with notes below it where there is room; the first matter most."""
        self._chart, self._notes, self._drawn = chart, notes, None
        self.refresh()

    def on_resize(self) -> None:
        """Draw for the new size."""
        self._drawn = None

    def render_line(self, y: int) -> Strip:
        """A line of the chart."""
        width, height = self.content_size
        if self._drawn is None:
            below = _fitting_notes(self._notes, width, height)
            self._drawn = draw(self._chart, width, height - len(below)) + below
        content = self._drawn[y] if y < len(self._drawn) else text.NOTHING
        return strip_of(self, content, width, self.visual_style)


def _fitting_notes(notes: tuple[Content, ...], width: int, height: int) -> list[Content]:
    """The notes in lines of `width`, as many whole ones as leave three quarters for the chart."""
    lines: list[Content] = []
    for note in notes:
        more = [line.rstrip() for line in note.wrap(max(width, 8))] if note else []
        if len(lines) + len(more) > height // 4:
            continue
        lines += more
    return lines


def draw(chart: Chart, width: int, height: int) -> list[Content]:
    """The lines of a chart of `width` by `height` cells: plot, axis, days and legend."""
    if chart.empty:
        return [text.dim(_("There is nothing to draw yet."))]
    legend = _legend(chart, width)
    if height - len(legend) - 2 < _LEAST_ROWS + 1:
        legend = legend[: max(height - 2 - _LEAST_ROWS, 0)]
    rows = height - len(legend) - 2
    if rows < _LEAST_ROWS:
        return [text.dim(_("There is too little room for a chart."))]
    ticks, high = _scale(chart, rows)
    labels = _labels(ticks)
    margin = max(len(label) for label in labels) + 1
    columns = width - margin
    if columns < _LEAST_COLUMNS:
        return [text.dim(_("There is too little room for a chart."))]
    plot = _Plot(chart, columns, rows, (ticks[0], high))
    at = {plot.row(tick): label for tick, label in zip(ticks, labels, strict=True)}
    lines = []
    for row in range(rows):
        label = at.get(row, "").rjust(margin - 1)
        lines.append(text.join(text.dim(label + ("┤" if row in at else "│")), plot.canvas.row(row)))
    lines.append(text.join(text.dim("└".rjust(margin)), plot.ruler()))
    lines.append(text.join(" " * margin, plot.days()))
    return lines + legend


def _scale(chart: Chart, rows: int) -> tuple[tuple[Fraction, ...], Fraction]:
    """Round numbers for the axis, from the lowest value drawn, and the highest value drawn.

    A forecast that runs far beyond all the rest does not count: it is cut off at the edge.
    """
    values = [point.value for point in (*chart.values, *chart.expected)]
    values += [step.value for step in chart.steps] + list(chart.band or ())
    low, high = min(Fraction(0), *values), max(values)
    for outlook in chart.outlooks:
        end = outlook.end.value
        if low * _FAR <= end <= max(high, Fraction(0)) * _FAR:
            low, high = min(low, end), max(high, end)
    ticks = marks(low, high, max(min(rows // 2, 6), 2))
    if high <= low:
        return ticks, ticks[-1]
    return tuple(tick for tick in ticks if tick <= high), high


def _labels(ticks: tuple[Fraction, ...]) -> list[str]:
    """The numbers of the axis; large ones in thousands (k) or millions (M) where exact."""
    highest = max(abs(tick) for tick in ticks)
    for least, part, letter in ((10**6, 10**5, "M"), (10**5, 10**3, "k")):
        if highest >= least and all(tick % part == 0 for tick in ticks):
            whole = part * 10 if letter == "M" else part
            return [show.amount(tick / whole) + letter if tick else "0" for tick in ticks]
    return [show.amount(tick) for tick in ticks]


class _Plot:
    """The plot area, with the places of days and values on it."""

    def __init__(
        self, chart: Chart, columns: int, rows: int, between: tuple[Fraction, Fraction]
    ) -> None:
        self.chart, self.columns, self.rows = chart, columns, rows
        self._low, self._high = between
        self._span = max((chart.end - chart.start).days, 1)
        self.canvas = Canvas(columns, rows)
        self._pauses()
        self._steps()
        self._today()
        self._band()
        expected = self.canvas.layer(_EXPECTED)
        expected.lines((self._dot(p) for p in chart.expected), every=3)
        for outlook in chart.outlooks:
            self._outlook(outlook)
        self.canvas.layer(_VALUE).lines(self._dot(p) for p in chart.values)
        self._entries()

    def row(self, value: Fraction) -> int:
        """The row of cells of a value, 0 being the top."""
        return self.rows - 1 - self._height(value) // 4

    def column(self, day: date) -> int:
        """The column of cells of a day."""
        return self._across(day) // 2

    def _across(self, day: date) -> int:
        return round(max((day - self.chart.start).days, 0) / self._span * (self.columns * 2 - 1))

    def _height(self, value: Fraction) -> int:
        return round((value - self._low) / (self._high - self._low) * (self.rows * 4 - 1))

    def _dot(self, point: Dated) -> Dot:
        return self._across(point.day), self._height(point.value)

    def _pauses(self) -> None:
        for pause in self.chart.pauses:
            self.canvas.shade(self.column(pause.start), self.column(pause.end))

    def _steps(self) -> None:
        """Each target as a thin line over its period, with a mark at the end."""
        for step in self.chart.steps:
            row, last = self.row(step.value), self.column(step.period.end)
            for column in range(self.column(step.period.start), last):
                self.canvas.lay(column, row, "─", _GRID)
            self.canvas.put(last, row, "◆", _TARGET)

    def _today(self) -> None:
        if self.chart.as_of is not None:
            column = self.column(self.chart.as_of)
            for row in range(self.rows):
                self.canvas.lay(column, row, "┊", _TODAY)

    def _band(self) -> None:
        for edge in self.chart.band or ():
            for column in range(self.columns):
                self.canvas.lay(column, self.row(edge), "╌", _TARGET)

    def _outlook(self, outlook: Outlook) -> None:
        """A forecast as a row of its own glyphs, up to the top where it goes beyond."""
        glyph, style = _OUTLOOKS[outlook.method]
        shift = 0 if outlook.method == RUN_RATE else 2
        last = None
        for x, y in along(self._dot(outlook.start), self._dot(outlook.end)):
            column, row = x // 2, self.rows - 1 - y // 4
            if column != last and (column + shift) % 4 == 0:
                self.canvas.put(column, row, glyph, style)
            last = column
        self.canvas.put(self.columns - 1, self.row(outlook.end.value), glyph, style)

    def _entries(self) -> None:
        """A mark on each day on which something was entered, as long as they can be told apart."""
        places = {(self.column(p.day), self.row(p.value)) for p in self.chart.entered}
        if len(places) * 3 <= self.columns:
            for column, row in places:
                self.canvas.put(column, row, "●", _VALUE)

    # Below the plot

    def ruler(self) -> Content:
        """The axis: a mark where a year (or a month) begins, one at today, pauses hatched."""
        cells = ["─"] * self.columns
        for column in self.canvas.shaded:
            cells[column] = "░"
        for column, _label in self._marks():
            cells[column] = "┬"
        drawn = text.dim("".join(cells))
        if self.chart.as_of is None:
            return drawn
        here = self.column(self.chart.as_of)
        mark = Content.styled("▲", "bold $accent-key")
        return text.NOTHING.join((drawn[:here], mark, drawn[here + 1 :]))

    def days(self) -> Content:
        """The names below the marks, as many as fit."""
        line = [" "] * self.columns
        for column, label in self._marks():
            place = min(column, self.columns - len(label))
            room = line[max(place - 1, 0) : place + len(label) + 1]
            if place >= 0 and all(cell == " " for cell in room):
                line[place : place + len(label)] = label
        return text.dim("".join(line))

    def _marks(self) -> Iterator[tuple[int, str]]:
        """Columns with their names: years, or in a shorter stretch months."""
        first, last = self.chart.start, self.chart.end
        years = [year for year in range(first.year, last.year + 1) if date(year, 1, 1) >= first]
        if len(years) > 2 or self._span > 800:
            if date(first.year, 1, 1) < first:
                yield 0, str(first.year)
            for year in years:
                yield self.column(date(year, 1, 1)), str(year)
            return
        step = 1 if self.columns > 80 else 3
        for year in range(first.year, last.year + 1):
            for month in range(1, 13, step):
                day = date(year, month, 1)
                if first <= day <= last:
                    name = str(year) if month == 1 else show.day(day, "medium").split()[1]
                    yield self.column(day), name


# The legend


def _legend(chart: Chart, width: int) -> list[Content]:
    """What each glyph stands for, with its number, on as many lines as that needs."""
    parts = list(_legend_parts(chart))
    lines: list[Content] = []
    for part in parts:
        part = part.truncate(max(width, 1), ellipsis=True)
        if lines and lines[-1].cell_length + 2 + part.cell_length <= width:
            lines[-1] = text.join(lines[-1], "  ", part)
        else:
            lines.append(part)
    return lines


def _legend_parts(chart: Chart) -> Iterator[Content]:
    if chart.values:
        mark = "●" if chart.entered else "⣿"
        value = show.amount(_short(chart.values[-1].value), chart.unit)
        yield _named(mark, _VALUE, _("value"), value)
    if chart.expected:
        day = min(chart.as_of or chart.end, chart.end)
        now = _at(chart.expected, day)
        yield _named("⠒", _EXPECTED, _("expected"), show.amount(_short(now)))
    if chart.steps:
        yield _named("◆", _TARGET, _("target"), show.amount(_short(chart.steps[-1].value)))
    if chart.band:
        low, high = (show.amount(_short(edge)) for edge in chart.band)
        yield _named("╌", _TARGET, _("band"), _("{low} to {high}").format(low=low, high=high))
    names = {RUN_RATE: _("whole period"), RECENT_WINDOW: _("last 91 days")}
    for outlook in chart.outlooks:
        glyph, style = _OUTLOOKS[outlook.method]
        end = show.amount(_short(outlook.end.value))
        yield _named(glyph, style, names[outlook.method], end)
    if chart.as_of is not None:
        yield _named("▲", "bold $accent-key", _("as-of date"), show.day(chart.as_of))
    if chart.pauses:
        yield _named("░", text.DIM, _("pause"), "")


def _named(glyph: str, style: str, name: str, number: str) -> Content:
    return text.spaced(
        (
            Content.styled(glyph, style),
            text.dim(name),
            text.styled(number, text.STRONG) if number else "",
        ),
        " ",
    )


def _at(points: tuple[Dated, ...], day: date) -> Fraction:
    """The height of a line of straight pieces on a day."""
    before = points[0]
    for point in points:
        if point.day >= day:
            days = (point.day - before.day) // timedelta(days=1)
            if not days:
                return point.value
            part = Fraction((day - before.day) // timedelta(days=1), days)
            return before.value + (point.value - before.value) * part
        before = point
    return before.value


def _short(value: Fraction) -> Fraction:
    """A number to read in a legend: whole when it is large, else two decimals at most."""
    if abs(value) >= 100:
        return Fraction(show.rounded(value))
    return Fraction(show.rounded(value * 100), 100)
