"""Use cases around a visit: log, plan, complete, edit, cancel, take out."""

from __future__ import annotations

from datetime import date
from typing import Literal

from socius_tui.domain.records import OrganisationDetail, VisitDetail
from socius_tui.domain.titles import Part, said
from socius_tui.errors import RuleBroken
from socius_tui.i18n import _
from socius_tui.services.operation import Name, Prose, Sentence, Tag, UseCase
from socius_tui.services.rules import inside_plan, not_in_future, present, shown_date
from socius_tui.store.organisations import organisation_detail
from socius_tui.store.plans import day_text
from socius_tui.store.unit_of_work import Transaction
from socius_tui.store.visits import goals_outside, link_ids, visit_detail

Mode = Literal["on_site", "online", "phone"]


class Promise(UseCase):
    """A follow-up that is promised during a visit."""

    what: Sentence
    owner_id: str | None = None
    due_on: date | None = None


class LogVisit(UseCase):
    """Log a visit that was done, or plan one; the visitor is the person at the keyboard."""

    organisation_id: str
    visited_on: date
    status: Literal["done", "planned"] = "done"
    mode: Mode = "on_site"
    visitor_id: str | None = None
    goal_ids: tuple[str, ...] = ()
    needs: tuple[Tag, ...] = ()
    met: tuple[Name, ...] = ()
    summary: Prose = ""
    private_note: Prose = ""
    promises: tuple[Promise, ...] = ()

    def apply(self, transaction: Transaction) -> str:
        """Write the visit, its links and what was promised."""
        organisation = _organisation(transaction, self.organisation_id)
        _check_day(transaction, organisation, self.visited_on, self.status)
        visit_id = transaction.insert(
            "visit",
            {
                "organisation_id": self.organisation_id,
                "visited_on": self.visited_on.isoformat(),
                "status": self.status,
                "mode": self.mode,
                "visitor_id": self.visitor_id or transaction.actor,
                "summary": self.summary,
                "private_note": self.private_note,
                "recorded_at": transaction.stamp,
            },
        )
        _write_links(transaction, visit_id, self.goal_ids, self.needs, self.met)
        _check_goals(transaction, visit_id, self.visited_on)
        for promise in self.promises:
            transaction.insert(
                "follow_up",
                {
                    "visit_id": visit_id,
                    "what": promise.what,
                    "owner_id": promise.owner_id or self.visitor_id or transaction.actor,
                    "due_on": day_text(promise.due_on),
                    "recorded_at": transaction.stamp,
                },
            )
        values: dict[str, Part] = {"organisation": organisation.name, "day": self.visited_on}
        if self.status == "done":
            return said("Visit to {organisation} on {day} logged", **values)
        return said("Visit to {organisation} on {day} planned", **values)


class EditVisit(UseCase):
    """Change a visit; a field that is None stays as it is."""

    visit_id: str
    visited_on: date | None = None
    mode: Mode | None = None
    visitor_id: str | None = None
    goal_ids: tuple[str, ...] | None = None
    needs: tuple[Tag, ...] | None = None
    met: tuple[Name, ...] | None = None
    summary: Prose | None = None
    private_note: Prose | None = None

    def apply(self, transaction: Transaction) -> str:
        """Write what differs."""
        visit = _visit(transaction, self.visit_id)
        self._write(transaction, visit, visit.line.status)
        return said("Visit to {organisation} changed", organisation=visit.line.organisation)

    def _write(self, transaction: Transaction, visit: VisitDetail, status: str) -> None:
        day = self.visited_on or visit.line.visited_on
        organisation = _organisation(transaction, visit.line.organisation_id)
        _check_day(transaction, organisation, day, status)
        fields = {
            "visited_on": day.isoformat(),
            "status": status,
            "mode": self.mode or visit.line.mode,
            "visitor_id": self.visitor_id or visit.visitor_id or transaction.actor,
            "summary": visit.line.summary if self.summary is None else self.summary,
            "private_note": (
                visit.private_note if self.private_note is None else self.private_note
            ),
        }
        transaction.change("visit", self.visit_id, fields)
        _write_links(transaction, self.visit_id, self.goal_ids, self.needs, self.met)
        _check_goals(transaction, self.visit_id, day)


class CompleteVisit(EditVisit):
    """A planned visit took place; what is given replaces what was planned."""

    def apply(self, transaction: Transaction) -> str:
        """Mark as done."""
        visit = _visit(transaction, self.visit_id)
        if visit.line.status != "planned":
            raise RuleBroken(
                _("This visit is not planned but {status}.").format(
                    status=_status_word(visit.line.status)
                ),
                hint=_("Log a new visit instead."),
            )
        self._write(transaction, visit, "done")
        return said("Visit to {organisation} done", organisation=visit.line.organisation)


class CancelVisit(UseCase):
    """A planned visit will not take place; it stays in the log as cancelled."""

    visit_id: str
    reason: Prose = ""

    def apply(self, transaction: Transaction) -> str:
        """Mark as cancelled, with the reason in the summary."""
        visit = _visit(transaction, self.visit_id)
        if visit.line.status != "planned":
            raise RuleBroken(
                _("Only a planned visit can be cancelled; this one is {status}.").format(
                    status=_status_word(visit.line.status)
                ),
                hint=_("A visit that was logged by mistake can be taken out of the log."),
            )
        summary = "\n".join(filter(None, (visit.line.summary, self.reason)))
        transaction.change("visit", self.visit_id, {"status": "cancelled", "summary": summary})
        return said("Visit to {organisation} cancelled", organisation=visit.line.organisation)


class RetireVisit(UseCase):
    """Take a visit that was logged by mistake out of the log; it can be restored."""

    visit_id: str

    def apply(self, transaction: Transaction) -> str:
        """Retire the visit and what was promised in it."""
        visit = _visit(transaction, self.visit_id)
        for follow_up in visit.follow_ups:
            transaction.retire("follow_up", follow_up.id)
        transaction.retire("visit", self.visit_id)
        return said(
            "Visit to {organisation} on {day} taken out",
            organisation=visit.line.organisation,
            day=visit.line.visited_on,
        )


def _organisation(transaction: Transaction, organisation_id: str) -> OrganisationDetail:
    found = organisation_detail(transaction.connection, organisation_id, transaction.today)
    return present(found, field="organisation_id")


def _visit(transaction: Transaction, visit_id: str) -> VisitDetail:
    return present(visit_detail(transaction.connection, visit_id), field="visit_id")


def _status_word(status: str) -> str:
    return {"planned": _("planned"), "done": _("done"), "cancelled": _("cancelled")}[status]


def _check_day(
    transaction: Transaction, organisation: OrganisationDetail, day: date, status: str
) -> None:
    inside_plan(transaction, day, field="visited_on")
    if status == "done":
        not_in_future(
            transaction, day, field="visited_on", hint=_("Plan the visit instead of logging it.")
        )
    start, end = organisation.recognised_from, organisation.recognised_until
    if start and day < start:
        raise RuleBroken(
            _("{organisation} is recognised from {start}; {day} is before that.").format(
                organisation=organisation.name, start=shown_date(start), day=shown_date(day)
            ),
            field="visited_on",
            hint=_("Check the date, or the recognition in the register."),
        )
    if end and day > end:
        raise RuleBroken(
            _("{organisation} was recognised until {end}; {day} is after that.").format(
                organisation=organisation.name, end=shown_date(end), day=shown_date(day)
            ),
            field="visited_on",
            hint=_("Check the date, or the recognition in the register."),
        )


def _check_goals(transaction: Transaction, visit_id: str, day: date) -> None:
    """Raises RuleBroken for a goal of a plan in whose period the day does not lie."""
    for goal, plan in goals_outside(transaction.connection, visit_id, day):
        raise RuleBroken(
            _("{goal} is a goal of the plan {plan}, and {day} is outside its period.").format(
                goal=goal, plan=plan, day=shown_date(day)
            ),
            field="goal_ids",
            hint=_("Choose goals of the plan of that day, or another day."),
        )


def _write_links(
    transaction: Transaction,
    visit_id: str,
    goal_ids: tuple[str, ...] | None,
    needs: tuple[str, ...] | None,
    met: tuple[str, ...] | None,
) -> None:
    """Bring the link rows in step with what is wanted; None leaves them alone."""
    for table, column, wanted in (
        ("visit_goal", "goal_id", goal_ids),
        ("visit_need", "tag", needs),
        ("visit_met", "name", met),
    ):
        if wanted is None:
            continue
        present_rows = link_ids(transaction.connection, table, visit_id)
        for target, row_id in present_rows.items():
            if target not in wanted:
                transaction.retire(table, row_id)
        for position, target in enumerate(dict.fromkeys(wanted)):
            if target not in present_rows:
                extra = {"position": position} if table == "visit_met" else {}
                transaction.insert_natural(
                    table, (visit_id, target), {"visit_id": visit_id, column: target, **extra}
                )
