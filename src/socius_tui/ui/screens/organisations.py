"""Screen 4: the register, whom to visit next, and the chosen organisation beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, ClassVar

from textual.widget import Widget

from socius_tui.domain.filters import OrganisationFilter, VisitFilter
from socius_tui.domain.records import (
    FollowUpLine,
    OrganisationDetail,
    OrganisationLine,
    VisitLine,
)
from socius_tui.domain.saved_views import Stored, packed
from socius_tui.i18n import N_, _
from socius_tui.services import log, register
from socius_tui.services.looking import View
from socius_tui.services.session import Session
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.commands.command import Command, bindings
from socius_tui.ui.commands.log import (
    CLOSE_FOLLOW_UP,
    HAND_OVER,
    ORGANISATION_FILTERS,
    ORGANISATIONS,
)
from socius_tui.ui.commands.shared import SHARED
from socius_tui.ui.messages import OpenVisit
from socius_tui.ui.screens.listing import FilteredScreen, next_of, surroundings
from socius_tui.ui.subject import Subject
from socius_tui.ui.widgets.filter_line import FilterLine
from socius_tui.ui.widgets.follow_up_table import FollowUpTable
from socius_tui.ui.widgets.line_table import Column, LineTable, Row
from socius_tui.ui.widgets.organisation_pane import OrganisationPane
from socius_tui.ui.widgets.pane import Pane
from socius_tui.ui.work import start

_DETAIL_VISITS = 50
LOG_VISIT = next(command for command in SHARED if command.id == "visit.log")


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Everything on the chosen organisation."""

    organisation: OrganisationDetail | None
    visits: list[VisitLine]
    follow_ups: list[FollowUpLine]


def _chosen(session: Session, organisation_id: str, until: date | None) -> _Chosen:
    here = VisitFilter(organisation_id=organisation_id, until=until)
    return _Chosen(
        register.organisation(session, organisation_id),
        log.visit_log(session, here, limit=_DETAIL_VISITS),
        log.follow_up_list(session, open_only=False, organisation_id=organisation_id),
    )


class OrganisationsScreen(FilteredScreen[OrganisationFilter]):
    """The register, by name or in the order in which to visit."""

    NAME = "organisations"
    DOES: ClassVar[tuple[Command, ...]] = (*SHARED, *ORGANISATIONS)
    BINDINGS = bindings(*ORGANISATIONS)

    def __init__(self) -> None:
        super().__init__()
        # The dates are set when the plan and the as-of date are known.
        self.wanted = OrganisationFilter(since=date.min, until=date.max)
        self.whole_plan = False
        self._open: str | None = None

    def body(self) -> Iterable[Widget]:
        """Filters, the register, the chosen organisation."""
        table = LineTable(
            (
                Column(_("Organisation"), weight=3),
                Column(_("Work type"), weight=2, from_width=76),
                Column(_("Contact person"), weight=2, from_width=100),
                Column(_("Last visit"), width=14),
                Column(_("Visits"), width=8, align="right"),
                Column(_("Planned"), width=10, from_width=66),
                Column(_("Open"), width=4, align="right"),
            ),
            id="organisations",
        )
        return self.sides(
            FilterLine(),
            Pane(table, key="4", title=N_("Organisations"), id="list"),
            Pane(OrganisationPane(), key="enter", title=N_("Organisation"), id="chosen"),
        )

    def table(self) -> LineTable:
        """The register."""
        return self.query_one("#organisations", LineTable)

    @property
    def pane(self) -> OrganisationPane:
        """The chosen organisation."""
        return self.query_one(OrganisationPane)

    def follow_ups(self) -> FollowUpTable:
        """The follow-ups of the chosen organisation."""
        return self.pane.follow_ups

    def read_detail(self) -> None:
        """To its visits."""
        self.pane.focus_text()

    # Loading

    async def load(self, view: View) -> None:
        """The register as the filter asks; the cursor keeps its organisation."""
        self.known = await self.need(surroundings)
        self._count_in(view)
        lines = await self.need(register.organisation_list, self.wanted)
        if self._open is not None and all(line.id != self._open for line in lines):
            self.wanted = OrganisationFilter(since=self.wanted.since, until=self.wanted.until)
            lines = await self.need(register.organisation_list, self.wanted)
        table = self.table()
        table.empty = text.plain(
            _("No organisation is like that. x shows all of them.")
            if self._holds_back
            else _("There are no organisations in the register yet.")
        )
        await table.show([_row(line) for line in lines])
        self.to_top()
        if self._open is not None:
            identifier, self._open = self._open, None
            await table.go_to(identifier)
        self._describe(lines)
        await self._show(table.current_key)

    def _count_in(self, view: View) -> None:
        """The period in which visits are counted, up to the day that is looked at."""
        since = date(view.as_of.year, 1, 1)
        if self.whole_plan and view.plan is not None:
            since = view.plan.rules.period.start
        self.wanted = self.wanted._replace(since=min(since, view.as_of), until=view.as_of)

    @property
    def _holds_back(self) -> bool:
        wanted = self.wanted
        return bool(
            wanted.work_type_id or wanted.contact_person_id or wanted.unvisited_only or wanted.text
        )

    def _describe(self, lines: list[OrganisationLine]) -> None:
        wanted, known = self.wanted, self.known
        mine = wanted.contact_person_id is not None and wanted.contact_person_id == known.me
        others = " · ".join(
            filter(
                None,
                (
                    "" if mine else known.person(wanted.contact_person_id),
                    f"“{wanted.text}”" if wanted.text else "",
                ),
            )
        )
        period = show.years(wanted.since, wanted.until) if self.whole_plan else self._year
        by_turn = wanted.order == "next"
        values = {
            "organisations.mine": (_("mine") if mine else "", mine),
            "organisations.unvisited": ("", wanted.unvisited_only),
            "organisations.work_type": (
                known.work_type(wanted.work_type_id),
                wanted.work_type_id is not None,
            ),
            "organisations.period": (period, False),
            "organisations.order": (_("whom to visit first") if by_turn else _("by name"), by_turn),
            "organisations.select": (others, bool(others)),
        }
        self.query_one(FilterLine).filters(
            (command, *values.get(command.id, ("", False)))
            for command in ORGANISATION_FILTERS
            if command.id != "organisations.clear" or self._holds_back
        )
        visited = sum(1 for line in lines if line.visits)
        words = [value or _("not visited") for value, active in reversed(values.values()) if active]
        number = _("{n}, {visited} visited in {period}").format(
            n=len(lines), visited=visited, period=period
        )
        extra = text.spaced((text.styled(number, text.STRONG), text.dim(" · ".join(words))))
        self.query_one("#list", Pane).set_extra(extra)

    @property
    def _year(self) -> str:
        return str(self.wanted.since.year)

    def on_line_table_highlighted(self, message: LineTable.Highlighted) -> None:
        """Another organisation was chosen."""
        if message.table is self.table() and not self.stale:
            start(self, partial(self._show, message.key), group="detail", exclusive=True)

    async def _show(self, key: str) -> None:
        view = self.view
        looking_back = view is not None and view.as_of < view.today
        until = view.as_of if view is not None and looking_back else None
        found = await self.ask(_chosen, key, until) if key else None
        if found is None:
            found = _Chosen(None, [], [])
        today = view.today if view else None
        await self.pane.show(found.organisation, found.visits, found.follow_ups, today)
        self.pane.actions.show(self._actions(found))
        self.refresh_bindings()

    def _actions(self, found: _Chosen) -> list[Command]:
        """What can be done with the chosen organisation."""
        if found.organisation is None:
            return []
        close = [CLOSE_FOLLOW_UP] if self.follow_ups().waiting else []
        return [LOG_VISIT, *close, HAND_OVER]

    def unfiltered(self) -> OrganisationFilter:
        """All of them, by name."""
        return OrganisationFilter(since=self.wanted.since, until=self.wanted.until)

    def held_back(self) -> dict[str, Stored]:
        """The filter as it can be saved, and whether the whole plan counts."""
        wanted = {**self.wanted._asdict(), "whole_plan": self.whole_plan}
        return packed(self.NAME, wanted, self.known.me)

    def show_view(self, values: Mapping[str, Any]) -> None:
        """A saved view; the period that it counts in is no part of the filter."""
        self.whole_plan = bool(values.get("whole_plan"))
        super().show_view({name: v for name, v in values.items() if name != "whole_plan"})

    # Which organisations

    def action_toggle_mine(self) -> None:
        """Only of my work types, or all."""
        if self.known.me is None:
            self.socius.tell(_("It is not known who is at the keyboard; choose a contact person."))
            self.action_select()
            return
        mine = self.wanted.contact_person_id == self.known.me
        self.want(contact_person_id=None if mine else self.known.me)

    def action_toggle_unvisited(self) -> None:
        """Only those without a visit in the period, or all."""
        self.want(unvisited_only=not self.wanted.unvisited_only)

    def action_next_work_type(self) -> None:
        """Another work type."""
        choices = [work_type.id for work_type in self.known.work_types]
        here = next_of(self.wanted.work_type_id, choices)
        self.want(work_type_id=here)

    def action_next_period(self) -> None:
        """Count in this year, or in the whole plan."""
        self.whole_plan = not self.whole_plan
        self.choose_again()

    def action_toggle_order(self) -> None:
        """By name, or whom to visit first."""
        order = "name" if self.wanted.order == "next" else "next"
        self.want(order=order)

    def action_clear(self) -> None:
        """All organisations; the order stays."""
        self.choose(
            OrganisationFilter(
                since=self.wanted.since, until=self.wanted.until, order=self.wanted.order
            )
        )

    def action_select(self) -> None:
        """All filters in a form."""
        from socius_tui.ui.dialogs.selection import OrganisationSelection

        self.push(OrganisationSelection(self.wanted), self.choose)

    def show_work_type(self, identifier: str) -> None:
        """The organisations of one work type; "" is all of them."""
        self.choose(
            OrganisationFilter(
                since=self.wanted.since,
                until=self.wanted.until,
                work_type_id=identifier or None,
                order=self.wanted.order,
            )
        )

    # What is done with an organisation

    def subject(self) -> Subject:
        """The chosen organisation, so that `v` logs a visit to it."""
        found = self.pane.organisation
        key = self.table().current_key or (found.id if found else "")
        return Subject(organisation_id=key or None)

    def open_item(self, identifier: str) -> None:
        """Put the cursor on an organisation and show it."""
        self._open = identifier
        self.table().focus()
        self.reload()

    def on_line_table_opened(self, message: LineTable.Opened) -> None:
        """Read the organisation; from there to a visit, or correct a follow-up."""
        if message.table is self.table():
            self.open_detail()
        elif message.table is self.pane.visits:
            self.app.post_message(OpenVisit(message.key))
        elif (line := self.follow_ups().chosen) is not None:
            self.edit_follow_up(line)

    def action_hand_over(self) -> None:
        """Another contact person for the work type."""
        from socius_tui.ui.dialogs.handover import HandoverDialog

        found = self.pane.organisation
        self.push(HandoverDialog(found.work_type_id if found else self.wanted.work_type_id))

    def action_merge(self) -> None:
        """Make one of the chosen organisation and another."""
        from socius_tui.ui.dialogs.merging import MergeDialog

        self.push(MergeDialog(self.subject().organisation_id))


def _row(line: OrganisationLine) -> Row:
    last = text.plain(show.day(line.last_visit)) if line.last_visit else text.dim(_("never"))
    return Row(
        line.id,
        (
            text.plain(line.name),
            text.plain(line.work_type),
            text.plain(line.contact_person or _("nobody")),
            last,
            text.plain(str(line.visits)) if line.visits else text.dim("0"),
            text.plain(show.day(line.next_visit)) if line.next_visit else "",
            text.plain(str(line.open_follow_ups)) if line.open_follow_ups else "",
        ),
    )


SCREEN = OrganisationsScreen
