"""Screen 3: the log of visits, with filters, and the chosen visit beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import partial
from typing import ClassVar

from textual.widget import Widget

from socius_tui.domain.filters import VisitFilter, seen_until
from socius_tui.domain.records import VisitDetail, VisitLine
from socius_tui.i18n import N_, _
from socius_tui.services import log
from socius_tui.services.looking import View
from socius_tui.services.session import Session
from socius_tui.services.wording import word
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.log import (
    CLOSE_FOLLOW_UP,
    VISIT_CANCEL,
    VISIT_EDIT,
    VISIT_FILTERS,
    VISIT_HAPPENED,
    VISIT_TAKE_OUT,
    VISITS,
)
from socius_tui.ui.commands.shared import SHARED
from socius_tui.ui.screens.listing import FilteredScreen, next_of, surroundings
from socius_tui.ui.subject import Subject
from socius_tui.ui.widgets.filter_line import FilterLine
from socius_tui.ui.widgets.follow_up_table import FollowUpTable
from socius_tui.ui.widgets.line_table import Column, LineTable, Row
from socius_tui.ui.widgets.pane import Pane
from socius_tui.ui.widgets.visit_pane import VisitPane, visit_status
from socius_tui.ui.work import start

_STATUSES = ["done", "planned", "cancelled"]
_NOTE_CELLS = 300


class VisitsScreen(FilteredScreen[VisitFilter]):
    """The log, newest first."""

    NAME = "visits"
    LISTS = "visits"
    DOES: ClassVar[tuple[Command, ...]] = (*SHARED, *VISITS)
    BINDINGS = bindings(*VISITS)

    def __init__(self) -> None:
        super().__init__()
        self.wanted = VisitFilter()
        self._open: str | None = None

    def body(self) -> Iterable[Widget]:
        """Filters, the log, the chosen visit."""
        log_table = LineTable(
            (
                Column(_("Date"), width=10),
                Column(_("Status"), width=13),
                Column(_("Organisation"), weight=3),
                Column(_("Work type"), weight=2, from_width=110),
                Column(_("Visitor"), width=16, from_width=96),
                Column(_("Goals"), width=12, from_width=96),
                Column(_("Note"), weight=3),
            ),
            id="visits",
        )
        return self.sides(
            FilterLine(),
            Pane(log_table, key="3", title=N_("Visits"), id="list"),
            Pane(VisitPane(), key="enter", title=N_("Visit"), id="chosen"),
        )

    def table(self) -> LineTable:
        """The log."""
        return self.query_one("#visits", LineTable)

    @property
    def pane(self) -> VisitPane:
        """The chosen visit."""
        return self.query_one(VisitPane)

    def follow_ups(self) -> FollowUpTable:
        """The follow-ups of the chosen visit."""
        return self.pane.follow_ups

    def read_detail(self) -> None:
        """The arrows scroll the note."""
        self.pane.focus_text()

    def begin_with(self, person_id: str) -> None:
        """Only the visits of somebody."""
        self.wanted = VisitFilter(visitor_id=person_id)

    # Loading

    async def load(self, view: View) -> None:
        """The log as the filter asks; the cursor keeps its visit."""
        self.known = await self.need(surroundings)
        wanted = self._limited(view)
        count = await self.need(log.count_visits, wanted)
        if self._open is not None and await self.need(place_of, wanted, self._open) is None:
            self.wanted = VisitFilter()  # what is asked for comes before what was filtered
            wanted = self._limited(view)
            count = await self.need(log.count_visits, wanted)

        before: dict[int, VisitLine] = {}  # the line before a page: from there it is found at once

        async def fetch(offset: int, limit: int) -> Sequence[Row]:
            after = before.get(offset)
            lines = await self.need(log.visit_log, wanted, limit=limit, offset=offset, after=after)
            if lines:
                before[offset + len(lines)] = lines[-1]
            return [_row(line) for line in lines]

        async def locate(key: str) -> int | None:
            return await self.need(place_of, wanted, key)

        table = self.table()
        held_back = self.wanted != VisitFilter()
        table.empty = (
            text.plain(_("No visit is like that. x shows all of them."))
            if held_back
            else text.plain(_("No visits yet. v logs the first one."))
        )
        await table.load(count, fetch, locate=locate)
        self.to_top()
        if self._open is not None:
            identifier, self._open = self._open, None
            await table.go_to(identifier, await self.need(place_of, wanted, identifier))
        total = await self.need(log.count_visits, VisitFilter()) if held_back else count
        self._describe(count, total)
        await self._show(table.current_key)

    def _limited(self, view: View) -> VisitFilter:
        """What is dated after the day that is looked at does not exist."""
        until = seen_until(view.as_of, view.today, self.wanted.until)
        return self.wanted._replace(until=until)

    def _describe(self, count: int, total: int) -> None:
        wanted, known = self.wanted, self.known
        mine = wanted.visitor_id is not None and wanted.visitor_id == known.me
        held_back = wanted != VisitFilter()
        values = {
            "visits.mine": (_("mine") if mine else "", mine),
            "visits.status": (word(wanted.status or ""), wanted.status is not None),
            "visits.work_type": (known.work_type(wanted.work_type_id), bool(wanted.work_type_id)),
            "visits.period": (self._period(), bool(wanted.since or wanted.until)),
            "visits.select": (self._others(mine), bool(self._others(mine))),
        }
        self.query_one(FilterLine).filters(
            (command, *values.get(command.id, ("", False)))
            for command in VISIT_FILTERS
            if command.id != "visits.clear" or held_back
        )
        parts = [value for value, active in values.values() if active]
        number = _("{n} of {total}").format(n=count, total=total) if held_back else str(count)
        extra = text.spaced((text.styled(number, text.STRONG), text.dim(" · ".join(parts))))
        self.query_one("#list", Pane).set_extra(extra)

    def _period(self) -> str:
        since, until = self.wanted.since, self.wanted.until
        if since and until:
            return show.long_day(since) if since == until else show.years(since, until)
        if since:
            return _("from {day}").format(day=show.day(since))
        return _("until {day}").format(day=show.day(until)) if until else ""

    def _others(self, mine: bool) -> str:
        """The filters that have no key of their own."""
        wanted, known = self.wanted, self.known
        return " · ".join(
            filter(
                None,
                (
                    "" if mine else known.person(wanted.visitor_id),
                    known.person(wanted.contact_person_id),
                    known.goal(wanted.goal_id),
                    known.goal(wanted.about_id),
                    wanted.need or "",
                    f"“{wanted.text}”" if wanted.text else "",
                ),
            )
        )

    def on_line_table_highlighted(self, message: LineTable.Highlighted) -> None:
        """Another visit was chosen."""
        if message.table is self.table() and not self.stale:
            start(self, partial(self._show, message.key), group="detail", exclusive=True)

    async def _show(self, key: str) -> None:
        found = await self.ask(log.visit, key) if key else None
        await self.pane.show(found, self.view.today if self.view else None)
        self.pane.actions.show(self._actions(found))
        self.refresh_bindings()

    def _actions(self, visit: VisitDetail | None) -> list[Command]:
        """What can be done with the chosen visit."""
        if visit is None:
            return []
        planned = [VISIT_HAPPENED, VISIT_CANCEL] if visit.line.status == "planned" else []
        close = [CLOSE_FOLLOW_UP] if self.follow_ups().waiting else []
        return [VISIT_EDIT, *planned, *close, VISIT_TAKE_OUT]

    # Which visits

    def action_toggle_mine(self) -> None:
        """Only mine, or everybody's."""
        if self.known.me is None:
            self.socius.tell(_("It is not known who is at the keyboard; choose a visitor."))
            self.action_select()
            return
        mine = self.wanted.visitor_id == self.known.me
        self.want(visitor_id=None if mine else self.known.me)

    def action_next_status(self) -> None:
        """Another status."""
        self.want(status=next_of(self.wanted.status, _STATUSES))

    def action_next_work_type(self) -> None:
        """Another work type."""
        choices = [work_type.id for work_type in self.known.work_types]
        self.want(work_type_id=next_of(self.wanted.work_type_id, choices))

    def action_next_period(self) -> None:
        """Another year, the present one first, then the whole plan again."""
        if self.view is None or self.view.plan is None:
            return
        first = self.view.plan.rules.period.start.year
        self.want_next_year(self.wanted.since, first, self.view.as_of.year)

    def action_clear(self) -> None:
        """All visits."""
        self.choose(VisitFilter())

    def action_select(self) -> None:
        """All filters in a form."""
        from socius_tui.ui.dialogs.selection import VisitSelection

        self.push(VisitSelection(self.wanted), self.choose)

    def show_work_type(self, identifier: str) -> None:
        """The visits to one work type."""
        self.want(work_type_id=identifier or None)

    # What is done with a visit

    def subject(self) -> Subject:
        """The chosen visit and its organisation."""
        visit = self.pane.visit
        if visit is None:
            return Subject()
        return Subject(organisation_id=visit.line.organisation_id, visit_id=visit.line.id)

    def show_visits(self, wanted: VisitFilter) -> None:
        """The visits that a filter lets through, whoever made them."""
        self.table().focus()
        self.choose(wanted)

    def open_item(self, identifier: str) -> None:
        """Put the cursor on a visit and show it."""
        self._open = identifier
        self.table().focus()
        self.reload()

    def on_line_table_opened(self, message: LineTable.Opened) -> None:
        """Read the visit, or correct the follow-up."""
        if message.table is self.table():
            self.open_detail()
        else:
            self.action_edit()

    def action_edit(self) -> None:
        """Correct the visit, or the follow-up with the cursor."""
        from socius_tui.ui.dialogs.visit import VisitDialog

        if self.follow_ups().has_focus and (line := self.follow_ups().chosen) is not None:
            self.edit_follow_up(line)
        elif self.pane.visit is not None:
            self.push(VisitDialog(visit_id=self.pane.visit.line.id))

    def action_happened(self) -> None:
        """A planned visit took place."""
        from socius_tui.ui.dialogs.visit import VisitDialog

        if self.pane.visit is not None:
            self.push(VisitDialog(visit_id=self.pane.visit.line.id, complete=True))

    def action_cancel(self) -> None:
        """A planned visit will not take place."""
        from socius_tui.ui.dialogs.visit import CancelVisitDialog

        if self.pane.visit is not None:
            self.push(CancelVisitDialog(self.pane.visit))

    def action_take_out(self) -> None:
        """Out of the log, after asking."""
        from socius_tui.ui.dialogs.visit import take_out_visit

        if self.follow_ups().has_focus and (line := self.follow_ups().chosen) is not None:
            self.take_out_follow_up(line)
        elif self.pane.visit is not None:
            self.confirm(*take_out_visit(self.pane.visit))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What a visit cannot take is not offered."""
        if action in ("happened", "cancel"):
            visit = self.pane.visit
            return visit is not None and visit.line.status == "planned"
        if action in ("edit", "take_out"):
            return self.pane.visit is not None
        return super().check_action(action, parameters)


def place_of(session: Session, wanted: VisitFilter, visit_id: str) -> int | None:
    """Where a visit stands in the log that a filter lets through; None when it does not."""
    found = log.visit(session, visit_id)
    if found is None:
        return None
    day = found.line.visited_on
    if (wanted.since and day < wanted.since) or (wanted.until and day > wanted.until):
        return None
    newer = wanted._replace(since=day + timedelta(days=1))
    same_day = log.visit_log(session, wanted._replace(since=day, until=day))
    for place, line in enumerate(same_day):
        if line.id == visit_id:
            return log.count_visits(session, newer) + place
    return None


def _row(line: VisitLine) -> Row:
    return Row(
        line.id,
        (
            show.day(line.visited_on),
            visit_status(line),
            text.plain(line.organisation),
            text.plain(line.work_type),
            text.plain(line.visitor),
            text.plain(" ".join(line.goals)),
            text.plain(line.summary, limit=_NOTE_CELLS),
        ),
    )


SCREEN = VisitsScreen
