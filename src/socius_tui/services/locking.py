"""Use cases around reporting periods: a director closes one, and reopens it with a reason."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator

from socius_tui.domain.closing import LONGEST_REASON, PeriodLock
from socius_tui.domain.text import check_text
from socius_tui.domain.titles import said
from socius_tui.errors import InvalidInput, RuleBroken
from socius_tui.i18n import _
from socius_tui.services.closed_periods import closed_sentence
from socius_tui.services.operation import UseCase
from socius_tui.services.rules import inside_plan, not_in_future, present, shown_date
from socius_tui.store.locks import closed_periods, period_locks
from socius_tui.store.people import persons
from socius_tui.store.unit_of_work import Transaction


def _text(*, required: bool) -> AfterValidator:
    return AfterValidator(
        lambda text: check_text(text, max_length=LONGEST_REASON, required=required, multiline=True)
    )


class ClosePeriod(UseCase):
    """Close a reporting period, both days included: a change inside it needs a reason from now.

    Only a director may, and only when the period is over.
    """

    starts_on: date
    ends_on: date
    note: Annotated[str, _text(required=False)] = ""

    def apply(self, transaction: Transaction) -> str:
        """Write the lock."""
        _only_a_director(transaction)
        if self.ends_on < self.starts_on:
            raise InvalidInput(
                _("The end, {end}, is before the start, {start}.").format(
                    end=shown_date(self.ends_on), start=shown_date(self.starts_on)
                ),
                field="ends_on",
            )
        plan = inside_plan(transaction, self.starts_on, field="starts_on")
        inside_plan(transaction, self.ends_on, field="ends_on", plan=plan)
        not_in_future(
            transaction, self.ends_on, field="ends_on", hint=_("Close a period when it is over.")
        )
        for other in closed_periods(transaction.connection):
            if other.period.start <= self.ends_on and self.starts_on <= other.period.end:
                raise RuleBroken(
                    closed_sentence(other) + " " + _("A day can be in one closed period only."),
                    field="starts_on",
                    hint=_("Choose days that are not closed yet, or reopen that period first."),
                )
        transaction.insert(
            "period_lock",
            {
                "plan_id": plan.id,
                "starts_on": self.starts_on.isoformat(),
                "ends_on": self.ends_on.isoformat(),
                "locked_by": transaction.actor,
                "locked_at": transaction.stamp,
                "note": self.note,
            },
        )
        return said("Period {start} to {end} closed", start=self.starts_on, end=self.ends_on)


class ReopenPeriod(UseCase):
    """Open a closed period again, with the reason why; that it was closed stays written down."""

    period_lock_id: str
    reason: Annotated[str, _text(required=True)]

    def apply(self, transaction: Transaction) -> str:
        """Write who opened it, when and why."""
        _only_a_director(transaction)
        lock = present(_find(transaction, self.period_lock_id), field="period_lock_id")
        if lock.reopened_at is not None:
            raise RuleBroken(
                _("The period {start} to {end} was reopened already, on {day}.").format(
                    start=shown_date(lock.period.start),
                    end=shown_date(lock.period.end),
                    day=shown_date(date.fromisoformat(lock.reopened_at[:10])),
                ),
                field="period_lock_id",
            )
        transaction.change(
            "period_lock",
            self.period_lock_id,
            {
                "unlocked_by": transaction.actor,
                "unlocked_at": transaction.stamp,
                "unlock_reason": self.reason,
            },
        )
        return said(
            "Period {start} to {end} reopened", start=lock.period.start, end=lock.period.end
        )


def _find(transaction: Transaction, identifier: str) -> PeriodLock | None:
    return next((x for x in period_locks(transaction.connection) if x.id == identifier), None)


def _only_a_director(transaction: Transaction) -> None:
    """Raises RuleBroken when it is not a director who is at the keyboard."""
    staff = persons(transaction.connection)
    directors = [person for person in staff if person.role == "director"]
    if not directors:
        raise RuleBroken(
            _("Only a director closes or reopens a period, and there is no director yet."),
            hint=_("Add one with `socius person add NAME --role director`."),
        )
    if transaction.actor is None:
        raise RuleBroken(
            _("Only a director closes or reopens a period, and nobody said who you are."),
            hint=_("Say it with --as, with SOCIUS_PERSON, or in the settings."),
        )
    if transaction.actor not in {person.id for person in directors}:
        me = next((person.name for person in staff if person.id == transaction.actor), "")
        raise RuleBroken(
            _("Only a director closes or reopens a period; {person} is none.").format(person=me),
            hint=_("Ask {names}.").format(names=", ".join(d.name for d in directors)),
        )
