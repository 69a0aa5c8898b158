"""A year of visits on one sheet: a column a week, a row a weekday, darker where there were more."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Final, NamedTuple

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from socius_tui.domain import year_calendar as sheets
from socius_tui.domain.year_calendar import YearSheet
from socius_tui.i18n import _, ngettext
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.commands.calendar import CALENDAR
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.strips import strip_of

#: By level: a glyph and a colour, so that either alone says it.
_GLYPHS: Final = "·░▒▓█"
_STYLES: Final = ("$bar-rest", "$bar 70%", "$bar 85%", "$bar", "bold $bar")
_PLANNED: Final = "○"
_PLANNED_STYLE: Final = "$accent-key"
_LABEL: Final = 3  # cells of the weekday
_HEAD: Final = 1  # the line of the months
_GAP: Final = 2  # lines around the sheet, where there is room


class _Window(NamedTuple):
    """The columns that are seen: the first, how many, and the cells that each takes."""

    first: int
    weeks: int
    cells: int


class HeatMap(Widget, can_focus=True):
    """The year calendar; the arrows choose a day, which the line below tells in words."""

    DOES: ClassVar[tuple[Command, ...]] = CALENDAR
    BINDINGS = bindings(*CALENDAR)
    DEFAULT_CSS = "HeatMap { height: 1fr; padding: 0 1; }"

    day: reactive[date] = reactive(date.min, init=False)

    class Opened(Message):
        """The visits of a day are wanted."""

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

    class YearWanted(Message):
        """Another year is wanted; `day` is where the cursor is then."""

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id)
        self.sheet: YearSheet | None = None

    def show(self, sheet: YearSheet, day: date | None = None) -> None:
        """Show a year with the cursor on a day, else where it is; it begins on the as-of date."""
        if day is None:
            day = sheet.as_of if self.sheet is None else self.day
        self.set_reactive(HeatMap.day, in_year(day, sheet.year))
        self.sheet = sheet
        self.refresh()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """A line: the months, a weekday, the chosen day, what the glyphs mean."""
        width = self.content_size.width
        return strip_of(self, self._line(y, width), width, self.visual_style)

    def _line(self, y: int, width: int) -> Content:
        if self.sheet is None or width < _LABEL + 2:
            return text.NOTHING
        window = self._window(width)
        if y == 0:
            return _months(self.sheet.year, window)
        if y - _HEAD < sheets.DAYS_IN_WEEK:
            return self._weekday(self.sheet, y - _HEAD, window)
        below = y - _HEAD - sheets.DAYS_IN_WEEK
        if self.content_size.height >= _HEAD + sheets.DAYS_IN_WEEK + 2 + _GAP:
            below -= 1  # a blank line first
        if below == 0:
            return text.fitting(width, _told(self.sheet, self.day))
        return text.fitting(width, _legend()) if below == 1 else text.NOTHING

    def _window(self, width: int) -> _Window:
        """Two cells a week where the year fits so, else one; else the part with the cursor."""
        weeks = sheets.weeks_of(self.day.year)
        room = width - _LABEL
        cells = 2 if room >= 2 * weeks - 1 else 1
        count = min(weeks, (room + 1) // cells)
        page = sheets.column_of(self.day) // count
        return _Window(min(page * count, weeks - count), count, cells)

    def _weekday(self, sheet: YearSheet, weekday: int, window: _Window) -> Content:
        cells = [text.dim(weekday_name(weekday).ljust(_LABEL))]
        for column in range(window.first, window.first + window.weeks):
            day = sheets.day_at(sheet.year, column, weekday)
            cells.append(self._cell(sheet, day, window.cells))
        return text.NOTHING.join(cells)

    def _cell(self, sheet: YearSheet, day: date | None, cells: int) -> Content:
        if day is None:
            return Content(" " * cells)
        glyph, style = _drawn(sheet, day)
        if day == self.day:
            style = "bold reverse" if self.has_focus else f"{style} underline".strip()
            glyph = glyph if glyph != " " else "·"
        return text.join(Content.styled(glyph, style), Content(" " * (cells - 1)))

    # Moving

    def watch_day(self) -> None:
        """Another day is chosen."""
        self.refresh()

    def action_move(self, days: int) -> None:
        """On or back; past an end of the year comes the year beside it."""
        wanted = sheets.moved(self.day, days)
        if wanted == self.day and self.sheet is not None:
            step, edge = (1, (1, 1)) if days > 0 else (-1, (12, 31))
            self._turn(step, date(self.day.year, *edge))
        else:
            self.day = wanted

    def action_next(self, step: int) -> None:
        """To the next day with a visit, or the one before."""
        found = self.sheet.next_with(self.day, step) if self.sheet else None
        if found is not None:
            self.day = found

    def action_edge(self, step: int) -> None:
        """To the first day of the year, or the last: first to the as-of date, if it is in it."""
        first, last = date(self.day.year, 1, 1), date(self.day.year, 12, 31)
        if step < 0:
            self.day = first
        elif self.sheet is not None and first <= self.day < self.sheet.as_of <= last:
            self.day = self.sheet.as_of
        else:
            self.day = last

    def action_year(self, step: int) -> None:
        """The year before or after, on the same day."""
        self._turn(step, self.day)

    def _turn(self, step: int, day: date) -> None:
        if self.sheet is None:
            return
        year = self.sheet.year + step
        if self.sheet.first_year <= year <= self.sheet.last_year:
            self.post_message(self.YearWanted(in_year(day, year)))

    def action_open(self) -> None:
        """The visits of the chosen day."""
        if self.sheet is not None:
            self.post_message(self.Opened(self.day))

    def on_click(self, event: events.Click) -> None:
        """Choose the day under the mouse; a double click opens it."""
        if self.sheet is None:
            return
        window = self._window(self.content_size.width)
        x, weekday = event.x - self.styles.padding.left - _LABEL, event.y - _HEAD
        if x < 0 or not 0 <= weekday < sheets.DAYS_IN_WEEK:
            return
        day = sheets.day_at(self.sheet.year, window.first + x // window.cells, weekday)
        if day is not None:
            self.day = day
            if event.chain == 2:
                self.action_open()


def in_year(day: date, year: int) -> date:
    """The same day of another year; 28 February for a 29th that it does not have."""
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def weekday_name(weekday: int) -> str:
    """Two letters for a weekday, 0 being Monday, in the interface language."""
    return show.long_day(date(2018, 1, 1 + weekday))[:2]


def _drawn(sheet: YearSheet, day: date) -> tuple[str, str]:
    count = sheet.on(day)
    if count.done:
        level = sheets.level(count.done)
        return _GLYPHS[level], _STYLES[level]
    if count.planned:
        return _PLANNED, _PLANNED_STYLE
    return (_GLYPHS[0], _STYLES[0]) if day <= sheet.as_of else (" ", "")


def _months(year: int, window: _Window) -> Content:
    line = [" "] * (window.weeks * window.cells)
    for month, column in sheets.month_columns(year):
        place = (column - window.first) * window.cells
        name = show.day(date(year, month, 1), "medium").split()[1][:3]
        if place >= 0 and place + len(name) <= len(line):
            line[place : place + len(name)] = name
    return text.join(" " * _LABEL, text.dim("".join(line)))


def _told(sheet: YearSheet, day: date) -> list[Content]:
    """The chosen day in words, the longest first."""
    count = sheet.on(day)
    parts = []
    if count.done:
        parts.append(ngettext("{n} visit", "{n} visits", count.done).format(n=count.done))
    if count.planned:
        parts.append(_("{n} planned").format(n=count.planned))
    if not parts:
        parts.append(_("no visit") if day <= sheet.as_of else _("nothing planned"))
    found = text.styled(", ".join(parts), text.STRONG)
    hint = text.key_hint("enter", _("opens them")) if count != sheets.DayCount() else text.NOTHING
    return [
        text.spaced((text.plain(show.long_day(day)), found, hint)),
        text.spaced((text.plain(show.day(day)), found)),
    ]


def _legend() -> list[Content]:
    """What the glyphs mean."""
    names = ("0", "1", "2", "3–4", "5+")
    pieces = [
        text.join(Content.styled(glyph, style), f" {name}")
        for glyph, style, name in zip(_GLYPHS, _STYLES, names, strict=True)
    ]
    pieces.append(text.join(Content.styled(_PLANNED, _PLANNED_STYLE), " ", _("planned")))
    return [text.spaced(pieces), text.spaced(pieces, " ")]
