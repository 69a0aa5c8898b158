"""A short list of follow-ups, inside the detail of something else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from socius_tui.domain.records import FollowUpLine
from socius_tui.i18n import _
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.widgets.line_table import Column, LineTable, Row

MOST_LINES = 6


class ShortTable(LineTable):
    """A list that is as high as its rows, up to six, and not there without rows."""

    DEFAULT_CSS = """
    ShortTable { height: auto; max-height: 8; display: none; border-top: solid $border-blurred; }
    """

    async def show(self, rows: Sequence[Row]) -> None:
        """Show these rows."""
        self.display = bool(rows)
        self.styles.height = min(len(rows), MOST_LINES) + 2
        await super().show(rows)


class FollowUpTable(ShortTable):
    """What was promised, open ones first, late ones marked."""

    def __init__(self) -> None:
        super().__init__(
            (
                Column(_("Follow-up"), weight=3),
                Column(_("by"), weight=1, from_width=50),
                Column(_("due"), width=16),
            ),
            id="follow-ups",
        )
        self.lines: tuple[FollowUpLine, ...] = ()

    async def show_lines(self, lines: Sequence[FollowUpLine], today: date | None) -> None:
        """Show these follow-ups."""
        self.lines = tuple(lines)
        await self.show([_row(line, today) for line in lines])

    @property
    def chosen(self) -> FollowUpLine | None:
        """The follow-up to act on: the one with the cursor, else the only open one."""
        if self.has_focus:
            return next((line for line in self.lines if line.id == self.current_key), None)
        waiting = self.waiting
        return waiting[0] if len(waiting) == 1 else None

    @property
    def waiting(self) -> list[FollowUpLine]:
        """Those that are not done."""
        return [line for line in self.lines if line.done_on is None]


def _row(line: FollowUpLine, today: date | None) -> Row:
    return Row(line.id, (text.plain(line.what), text.plain(line.owner), due(line, today)))


def due(line: FollowUpLine, today: date | None) -> Content:
    """When it is due, or that it is late or done."""
    if line.done_on is not None:
        return text.dim(f"✓ {show.day(line.done_on)}")
    if line.due_on is None:
        return text.dim("○")
    if today is not None and line.due_on < today:
        return text.styled(f"! {show.day(line.due_on)}", "bold $status-off-track")
    return text.plain(f"○ {show.day(line.due_on)}")
