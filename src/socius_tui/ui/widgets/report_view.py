"""A report to scroll through, drawn line by line."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from socius_tui.domain.report import Report
from socius_tui.ui import text
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.lists import READING
from socius_tui.ui.strips import strip_of
from socius_tui.ui.widgets.report_text import drawn


class ReportView(ScrollView, can_focus=True, inherit_bindings=False):
    """What a report says, as wide as there is room."""

    BINDINGS = bindings(*READING)
    DOES: ClassVar[tuple[Command, ...]] = READING
    DEFAULT_CSS = """
    ReportView {
        height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; overflow: hidden scroll;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._report: Report | None = None
        self._said: Content = text.NOTHING
        self._lines: list[Content] = []

    def show(self, report: Report) -> None:
        """Show a report; another kind or period of it from the top."""
        before, self._report, self._said = self._report, report, text.NOTHING
        if before is None or (before.kind, before.title) != (report.kind, report.title):
            self.scroll_home(animate=False)
        self._draw()

    def say(self, sentence: str) -> None:
        """Why there is no report."""
        self._report, self._said = None, text.plain(sentence, limit=1_000)
        self._draw()

    def on_resize(self) -> None:
        """Lines follow the width."""
        self._draw()

    def _draw(self) -> None:
        width = self.scrollable_content_region.width
        if not width:
            return
        self._lines = drawn(self._report, width) if self._report else self._said.wrap(width)
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A line of the report."""
        width, place = self.scrollable_content_region.width, self.scroll_offset.y + y
        content = self._lines[place] if place < len(self._lines) else text.NOTHING
        return strip_of(self, content, width, self.visual_style)
