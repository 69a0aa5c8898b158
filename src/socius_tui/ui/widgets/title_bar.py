"""The two lines on top: which plan on which day, and the screens there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from socius_tui.domain.model import Period
from socius_tui.domain.typed_moments import is_end_of_day, moment_words
from socius_tui.i18n import _, get_language
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.commands.active import key_of
from socius_tui.ui.commands.command import Command
from socius_tui.ui.commands.shared import SCREENS
from socius_tui.ui.widgets.hot_line import HotLine, Piece

_GAP: Final = 2


class TitleBar(Vertical):
    """The plan, its period and the as-of date; below them the screens and what to know."""

    DEFAULT_CSS = """
    TitleBar {
        dock: top; height: 2; background: $panel;
        & > #screens { background: $surface; padding: 0; }
    }
    """

    def __init__(self, current: str) -> None:
        super().__init__()
        self._current = current
        self._title = self._day = text.NOTHING
        self._notes: tuple[str, ...] = ()
        self._exchange: tuple[Content, ...] = ()
        self._exchange_clicked: Callable[[], object] | None = None

    def compose(self) -> ComposeResult:
        """Two lines."""
        yield HotLine(id="plan")
        yield HotLine(id="screens")

    def on_resize(self, _event: events.Resize) -> None:
        """Keep the right ends at the right."""
        self.call_after_refresh(self._draw)

    def show(
        self,
        title: str,
        period: Period | None,
        as_of: date,
        today: date,
        notes: tuple[str, ...],
        known_at: datetime | None = None,
        mark: Content = text.NOTHING,
    ) -> None:
        """The plan, the day and the moment; `notes` are few words each, such as "read-only".

        `mark` says which plan it is, where there are several.
        """
        years = show.years(period.start, period.end) if period else ""
        if period and str(period.start.year) in title and str(period.end.year) in title:
            years = ""
        self._title = text.spaced((text.styled(title, text.STRONG), text.dim(years), mark))
        self._day = _day(as_of, today) if known_at is None else _known(as_of, known_at)
        self._notes = notes
        self._draw()

    def exchange(self, line: tuple[Content, ...], clicked: Callable[[], object]) -> None:
        """How the exchange with others stands, in several lengths, the longest first."""
        if (line, clicked) != (self._exchange, self._exchange_clicked):
            self._exchange, self._exchange_clicked = line, clicked
            self._draw()

    def _exchange_in(self, room: int) -> list[Piece]:
        """As many words of that as fit in so many cells; none push anything else away."""
        for words in self._exchange:
            if words.cell_length <= room:
                return [Piece(words, self._exchange_clicked)]
        return []

    def _draw(self) -> None:
        """Notes stand beside the screens, or above them where all names would not fit then."""
        if self.screen.has_class("-compact"):
            self._draw_one_line()
            return
        plan, line = self.query_one("#plan", HotLine), self.query_one("#screens", HotLine)
        marks = text.spaced(
            [Content.styled(f" {note} ", "$warning reverse") for note in self._notes], " "
        )
        above = text.spaced([marks, self._day], "  ")
        fits_above = self._title.cell_length + 2 + above.cell_length <= plan.room
        # The edge of one cell goes where the names need it: seven Dutch ones are 80 cells long.
        edge = [Piece(text.NOTHING)]
        for gap, before in ((" ", edge), ("", edge), ("", [])):
            pieces = [*before, *(self._tab(command, gap, named=True) for command in SCREENS)]
            named = sum(piece.content.cell_length + 1 for piece in pieces) - 1
            # Two cells before what is at the right, and one after it.
            if before and named + 3 + marks.cell_length <= line.room:
                above, beside = self._day, marks
                break
            if named + len(before) <= line.room and (fits_above or not marks):
                beside = text.NOTHING
                break
        else:
            pieces = [*edge, *(self._tab(command, " ", named=False) for command in SCREENS)]
            above, beside = self._day, marks
        room = plan.room - self._title.cell_length - above.cell_length - 2 * _GAP
        plan.put([Piece(self._title), *self._exchange_in(room)], right=above)
        line.put(pieces, " ", text.join(beside, " ") if beside else beside)

    def _draw_one_line(self) -> None:
        """The screens, and at the right the day: with all words, with names, or with keys alone."""
        line = self.query_one("#screens", HotLine)
        notes = [Content.styled(f" {note} ", "$warning reverse") for note in self._notes]
        right = text.spaced([*notes, self._day], " ")
        named = [self._tab(command, " ", named=True) for command in SCREENS]
        if _width(named) + right.cell_length > line.room:
            named = [self._tab(command, " ", named=False) for command in SCREENS]
        room = line.room - right.cell_length - 1 - _GAP
        words = self._exchange_in(room - _width(named))
        if not words and self._exchange:  # it matters more than names that the keys have too
            named = [self._tab(command, " ", named=False) for command in SCREENS]
            words = self._exchange_in(room - _width(named))
        line.put([*named, *words], " ", right)

    def redraw(self) -> None:
        """Draw it again after the density changed."""
        self.call_after_refresh(self._draw)

    def _tab(self, command: Command, gap: str, *, named: bool) -> Piece:
        """A screen with its key; `gap` is what is around it where there is room."""
        key = key_of(self, command.id, command.key)
        here = command.id == f"screen.{self._current}"
        name = f" {_(command.text)}{gap}" if named or here else ""
        if here:
            return Piece(Content.styled(f"{gap}{key}{name}", "bold reverse"))
        label = text.join(gap, Content.styled(key, text.KEY), Content(name))
        return Piece(label, self._goer(command.action))

    def _goer(self, action: str) -> Callable[[], object]:
        return lambda: self.app.call_later(self.app.run_action, f"screen.{action}")


def _width(pieces: Sequence[Piece]) -> int:
    return sum(piece.content.cell_length + 1 for piece in pieces)


def _day(as_of: date, today: date) -> Content:
    words = _("as of {day}").format(day=show.day(as_of, "long"))
    if as_of == today:
        return text.dim(words)
    moved = _("today is {day}").format(day=show.day(today))
    return text.spaced((text.dim(moved), Content.styled(f" {words} ", "$warning reverse")))


def _known(as_of: date, known_at: datetime) -> Content:
    """Both, short enough for 80 columns, and with a colour that nobody overlooks."""
    if is_end_of_day(known_at):
        known = show.day(known_at.date(), "medium")
    else:
        known = moment_words(known_at, get_language(), "medium")
    words = _("as of {day} · known {moment}").format(day=show.day(as_of, "medium"), moment=known)
    return Content.styled(f" {words} ", "$warning reverse")
