"""Closed periods: the list of them, the form that closes one and the form that reopens one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from socius_tui.domain.closing import LONGEST_REASON, PeriodLock
from socius_tui.errors import RuleBroken
from socius_tui.i18n import _
from socius_tui.services.closed_periods import closed_periods, next_to_close, period_locks
from socius_tui.services.locking import ClosePeriod, ReopenPeriod
from socius_tui.services.looking import View
from socius_tui.services.resolve import Named
from socius_tui.services.session import Operation
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.periods import CLOSE_PERIOD, PERIOD_WINDOW, REOPEN_PERIOD
from socius_tui.ui.dialogs.choices import NamedFinder
from socius_tui.ui.dialogs.form import WriteForm, only
from socius_tui.ui.dialogs.list_window import ListWindow
from socius_tui.ui.host import host
from socius_tui.ui.widgets.choice_field import ChoiceField
from socius_tui.ui.widgets.date_field import DateField
from socius_tui.ui.widgets.form_field import FormField
from socius_tui.ui.widgets.line_table import Column, LineTable, Row
from socius_tui.ui.widgets.text_field import NoteField, TextField


class PeriodsWindow(ListWindow):
    """Every period that was closed, with who closed and who reopened it."""

    DOES: ClassVar[tuple[Command, ...]] = PERIOD_WINDOW
    BINDINGS = bindings(*PERIOD_WINDOW)
    DEFAULT_CSS = """
    PeriodsWindow {
        & > #window { width: 90; height: 70%; }
        & #about { height: auto; max-height: 6; margin-bottom: 1; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._locks: dict[str, PeriodLock] = {}

    def heading(self) -> Content:
        """What is listed."""
        return text.styled(_("Closed periods"), text.STRONG)

    def hints(self) -> Iterable[Content]:
        """Close one, reopen one, back."""
        for command in (CLOSE_PERIOD, REOPEN_PERIOD):
            yield text.key_hint(command.key, _(command.text))
        yield from super().hints()

    def body(self) -> Iterable[Widget]:
        """The list."""
        yield LineTable(
            (
                Column(_("Period"), 23),
                Column("", 10),
                Column(_("Closed by"), weight=1),
                Column(_("late"), 5, "right"),
            ),
            empty=_("No period was closed yet."),
            id="periods",
        )
        yield Static(id="about")

    async def load(self) -> None:
        """Ask for them."""
        locks = await host(self).session.ask(period_locks)
        self._locks = {lock.id: lock for lock in locks}
        await self.table.show([_row(lock) for lock in locks])
        self.tell_of(self.table.current_key)

    def action_close_period(self) -> None:
        """Close one more."""
        self.app.push_screen(ClosePeriodDialog(), self.done)

    def action_reopen_period(self) -> None:
        """Reopen the one with the cursor."""
        lock = self._locks.get(self.table.current_key)
        if lock is None:
            return
        if lock.reopened_at is None:
            self.app.push_screen(ReopenPeriodDialog(lock.id), self.done)
        else:
            host(self).tell(_("This period is open already."))

    def tell_of(self, key: str) -> None:
        """Say in full who closed it and who reopened it."""
        lock = self._locks.get(key)
        self.query_one("#about", Static).update(_about(lock) if lock else text.NOTHING)

    def on_line_table_opened(self, _message: LineTable.Opened) -> None:
        """Enter reopens, after asking why."""
        self.action_reopen_period()


def _row(lock: PeriodLock) -> Row:
    closed = lock.reopened_at is None
    return Row(
        lock.id,
        (
            text.styled(show.years(*lock.period), text.STRONG if closed else ""),
            text.word(lock.state),
            text.plain(lock.closed_by),
            str(lock.late_changes or ""),
        ),
    )


def _about(lock: PeriodLock) -> Content:
    """Who closed it and who reopened it, when and why."""
    told = (
        (_("Closed"), lock.closed_at, lock.closed_by, lock.note),
        (_("Reopened"), lock.reopened_at, lock.reopened_by, lock.reopen_reason),
    )
    return text.lines(
        text.spaced(
            (text.dim(word), show.day(date.fromisoformat(moment[:10])), text.plain(who), why)
        )
        for word, moment, who, why in told
        if moment is not None
    )


class ClosePeriodDialog(WriteForm):
    """A period that was reported is closed; it begins with the first that is still open."""

    FORM = "close_period"

    def __init__(self) -> None:
        super().__init__()
        self.start = DateField(id="start")
        self.end = DateField(id="end")
        self.note = TextField(limit=LONGEST_REASON, id="note")

    def title_text(self) -> str:
        """What is being done."""
        return _("Close a period")

    def save_text(self) -> str:
        """What saving is called here."""
        return _("Close the period")

    def body(self) -> Iterable[Widget]:
        """The fields."""
        yield FormField("starts_on", _("From"), self.start)
        yield FormField("ends_on", _("Until"), self.end)
        yield FormField("note", _("Note"), self.note)

    async def load(self, view: View) -> None:
        """Begin with what is to be closed next, and say what closing means."""
        del view
        period = await self.ask(next_to_close)
        self.prefill("starts_on", lambda: self.start.fill(period.start))
        self.prefill("ends_on", lambda: self.end.fill(period.end))
        self.context(
            [text.prose(_("From then on a change in it needs a reason, and shows in the status."))]
        )

    def operation(self) -> Operation:
        """The use case."""
        return ClosePeriod.of(
            starts_on=self.start.value, ends_on=self.end.value, note=self.note.value
        )


class ReopenPeriodDialog(WriteForm):
    """A closed period is opened again; that it was closed, and why it is opened, stays."""

    FORM = "reopen_period"
    SUBJECT = ("period_lock_id",)

    def __init__(self, period_lock_id: str | None = None) -> None:
        super().__init__()
        self._period_lock_id = period_lock_id
        self.period = ChoiceField(required=True, id="period")
        self.reason = NoteField(limit=LONGEST_REASON, lines=3, id="reason")

    def title_text(self) -> str:
        """What is being done."""
        return _("Reopen a period")

    def save_text(self) -> str:
        """What saving is called here."""
        return _("Reopen the period")

    def about(self) -> str:
        """The period."""
        return self.period.chosen.label if self.period.chosen is not None else ""

    def body(self) -> Iterable[Widget]:
        """The fields."""
        yield FormField("period_lock_id", _("Period"), self.period)
        yield FormField("reason", _("Reason"), self.reason)

    async def load(self, view: View) -> None:
        """The periods that are closed; the only one there is, is meant."""
        del view
        locks = await self.ask(closed_periods)
        self.period.set_finder(
            NamedFinder([Named(x.id, "", show.years(*x.period)) for x in locks], _("period"))
        )
        chosen = self._period_lock_id or (locks[0].id if len(locks) == 1 else None)
        if chosen is not None:
            self.prefill("period_lock_id", lambda: self.period.fill(chosen))
            only(self, "reason").focus_control()
        if not locks:
            self.context([text.dim(_("No period is closed."))])

    def operation(self) -> Operation:
        """The use case."""
        if self.period.value is None:
            raise RuleBroken(_("Choose a period."), field="period_lock_id")
        return ReopenPeriod.of(period_lock_id=self.period.value, reason=self.reason.text)
