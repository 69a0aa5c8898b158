"""The form for the story of a goal: what happened, so what, what next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from textual.widget import Widget

from socius_tui.domain.records import NarrativeLine
from socius_tui.i18n import _
from socius_tui.services.detail import goal_detail
from socius_tui.services.looking import View
from socius_tui.services.narrating import WriteNarrative
from socius_tui.services.session import Operation
from socius_tui.ui import text
from socius_tui.ui.dialogs.form import WriteForm, only
from socius_tui.ui.widgets.date_field import DateField
from socius_tui.ui.widgets.form_field import FormField
from socius_tui.ui.widgets.text_field import NoteField


class NarrativeDialog(WriteForm):
    """A goal's story for a period; one that was written already is there to go on with."""

    FORM = "narrative"
    SUBJECT = ("goal_id",)

    def __init__(self, goal_id: str, *, narrative: NarrativeLine | None = None) -> None:
        super().__init__()
        self._goal_id = goal_id
        self._narrative = narrative
        self._goal = ""
        self.start = DateField(id="start")
        self.end = DateField(id="end")
        self.happened = NoteField(lines=4, id="happened")
        self.so_what = NoteField(lines=4, id="so-what")
        self.what_next = NoteField(lines=4, id="what-next")

    def title_text(self) -> str:
        """What is being done."""
        return _("Narrative")

    def about(self) -> str:
        """The goal."""
        return self._goal

    def body(self) -> Iterable[Widget]:
        """The fields."""
        yield FormField("what_happened", _("What happened"), self.happened)
        yield FormField("so_what", _("So what"), self.so_what)
        yield FormField("what_next", _("What next"), self.what_next)
        yield FormField("period_start", _("From"), self.start)
        yield FormField("period_end", _("Until"), self.end)

    async def load(self, view: View) -> None:
        """The goal, and what was written for this period."""
        detail = await self.ask(goal_detail, self._goal_id)
        begin, end = _half_year(view.as_of)
        if view.plan is not None:
            period = view.plan.rules.period
            begin, end = max(begin, period.start), min(end, period.end)
        old = self._narrative or next(
            (n for n in detail.narratives if (n.period_start, n.period_end) == (begin, end)), None
        )
        if old is not None:
            written = old
            begin, end = old.period_start, old.period_end
            self.prefill("what_happened", lambda: self.happened.fill(written.what_happened))
            self.prefill("so_what", lambda: self.so_what.fill(written.so_what))
            self.prefill("what_next", lambda: self.what_next.fill(written.what_next))
        self.prefill("period_start", lambda: self.start.fill(begin))
        self.prefill("period_end", lambda: self.end.fill(end))
        record = detail.record
        self._goal = f"{record.code} {record.title}"
        self.context(
            [
                text.styled(self._goal, text.STRONG, limit=200),
                text.spaced((text.status_text(detail.line.status),)),
            ]
        )
        only(self, "what_happened").focus_control()

    def operation(self) -> Operation:
        """The use case."""
        return WriteNarrative.of(
            goal_id=self._goal_id,
            period_start=self.start.value,
            period_end=self.end.value,
            what_happened=self.happened.text,
            so_what=self.so_what.text,
            what_next=self.what_next.text,
        )


def _half_year(day: date) -> tuple[date, date]:
    """The half of the year that a day is in."""
    if day.month <= 6:
        return date(day.year, 1, 1), date(day.year, 6, 30)
    return date(day.year, 7, 1), date(day.year, 12, 31)
