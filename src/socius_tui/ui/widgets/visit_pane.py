"""One visit in full: the whole note, people met, needs, goals, and its follow-ups."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from socius_tui.domain.records import VisitDetail, VisitLine
from socius_tui.i18n import _
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.widgets.filter_line import ActionLine
from socius_tui.ui.widgets.follow_up_table import FollowUpTable

MARKS = {"done": "●", "planned": "○", "cancelled": "×"}
_STYLES = {
    "done": "$status-on-track",
    "planned": "$status-attention",
    "cancelled": "$status-no-data",
}
_LABEL_CELLS = 15


def visit_status(line: VisitLine, *, word: bool = True) -> Content:
    """The mark of a visit's status, with its word; without colour it says the same."""
    mark = MARKS.get(line.status, "?")
    words = f"{mark} {text.word(line.status)}" if word else mark
    return text.styled(words, _STYLES.get(line.status, ""))


class VisitPane(Vertical):
    """Shows a visit, or that none is chosen."""

    DEFAULT_CSS = """
    VisitPane {
        height: 1fr;
        & > VerticalScroll { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
        & VerticalScroll > Static { height: auto; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.visit: VisitDetail | None = None
        self.follow_ups = FollowUpTable()
        self.actions = ActionLine()
        self._text = Static()
        self._scroll = VerticalScroll(self._text)

    def compose(self) -> ComposeResult:
        """Text above, follow-ups below."""
        yield self._scroll
        yield self.follow_ups
        yield self.actions

    async def show(self, visit: VisitDetail | None, today: date | None) -> None:
        """Show this visit."""
        same = visit is not None and self.visit is not None and visit.line.id == self.visit.line.id
        self.visit = visit
        self._text.update(_told(visit) if visit else text.dim(_("No visit is chosen.")))
        if not same:
            self._scroll.scroll_home(animate=False)
        await self.follow_ups.show_lines(visit.follow_ups if visit else (), today)

    def focus_text(self) -> None:
        """Read: the arrows scroll the note."""
        self._scroll.focus()


def _told(visit: VisitDetail) -> Content:
    line = visit.line
    head = [
        text.styled(line.organisation, text.STRONG),
        text.spaced(
            (visit_status(line), show.long_day(line.visited_on), text.dim(text.word(line.mode)))
        ),
    ]
    facts = labelled(
        (
            (_("work type"), line.work_type),
            (_("visitor"), line.visitor),
            (_("people met"), ", ".join(visit.met)),
            (_("needs heard"), ", ".join(line.needs)),
            (_("goals"), ", ".join(line.goals)),
        )
    )
    blocks = [text.lines((*head, *facts))]
    if line.summary:
        blocks.append(text.prose(line.summary))
    if visit.private_note:
        private = text.styled(_("Private note, never exported unless asked"), text.DIM)
        blocks.append(text.lines((private, text.prose(visit.private_note))))
    return Content("\n\n").join(blocks)


def labelled(facts: Iterable[tuple[str, str]]) -> list[Content]:
    """Labels with what they stand for; those that stand for nothing are left out."""
    return [
        text.join(text.dim(label.ljust(_LABEL_CELLS)), text.plain(fact))
        for label, fact in facts
        if fact
    ]
