"""Checks that several use cases share: what must be there, and what a date may be."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from socius_tui.domain.dates import format_date
from socius_tui.domain.plan import PlanRecord
from socius_tui.errors import NotFound, RuleBroken
from socius_tui.i18n import _, get_language
from socius_tui.store.plans import load_plan, load_plans
from socius_tui.store.unit_of_work import Transaction

T = TypeVar("T")


def shown_date(day: date) -> str:
    """A date in the interface language."""
    return format_date(day, get_language())


def present(found: T | None, *, field: str = "") -> T:
    """What was looked up; raises NotFound when it is not (or no longer) there."""
    if found is None:
        raise NotFound(
            _("This no longer exists."),
            field=field,
            hint=_("Somebody else may have removed it. Look again and choose another."),
        )
    return found


def the_plan(transaction: Transaction) -> PlanRecord:
    """The plan that the file shows; raises RuleBroken without one."""
    plan = load_plan(transaction.connection)
    if plan is None:
        raise RuleBroken(
            _("There is no plan in this file yet."),
            hint=_("Make one with `socius init`."),
        )
    return plan


def inside_plan(
    transaction: Transaction, day: date, *, field: str, plan: PlanRecord | None = None
) -> PlanRecord:
    """The plan in whose period a day lies: `plan`, or any of the file, the one it shows first.

    Raises RuleBroken when the day lies outside.
    """
    asked = plan or the_plan(transaction)
    if day in asked.rules.period:
        return asked
    for other in load_plans(transaction.connection) if plan is None else ():
        if day in other.rules.period:
            return other
    start, end = asked.rules.period
    raise RuleBroken(
        _("{day} is outside the plan's period, {start} to {end}.").format(
            day=shown_date(day), start=shown_date(start), end=shown_date(end)
        ),
        field=field,
        hint=_("Check the year."),
    )


def not_in_future(transaction: Transaction, day: date, *, field: str, hint: str = "") -> None:
    """Raises RuleBroken when a day lies after today."""
    if day > transaction.today:
        raise RuleBroken(
            _("{day} is in the future; today is {today}.").format(
                day=shown_date(day), today=shown_date(transaction.today)
            ),
            field=field,
            hint=hint or _("Enter it when it has happened."),
        )
