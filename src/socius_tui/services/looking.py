"""How somebody looks at the file: which plan, on which day, as known when; can it be written."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from socius_tui.domain.plan import PlanRecord
from socius_tui.services.session import Session
from socius_tui.store.plans import count_plans, load_plan, plan_of


class View(NamedTuple):
    """What is true of everything on the screen; `plan` is None in a file without one.

    `known_at` is the moment up to which what was recorded is known, None being now. `plans` is
    how many plans the file has, `own_plan` whether this is another than the file shows.
    """

    plan: PlanRecord | None
    as_of: date
    today: date
    read_only: bool
    is_demo: bool
    known_at: datetime | None = None
    plans: int = 1
    own_plan: bool = False


def view(session: Session) -> View:
    """What the session looks at now."""
    plan = session.maybe_plan()
    shown, plans = session.read(lambda c: (load_plan(c), count_plans(c)))
    return View(
        plan=plan,
        as_of=session.as_of,
        today=session.today,
        read_only=session.read_only,
        is_demo=session.is_demo,
        known_at=session.known_at,
        plans=plans,
        own_plan=plan is not None and shown is not None and plan.id != shown.id,
    )


def look_at(session: Session, day: date | None, known_at: datetime | None = None) -> None:
    """Look at another day, None being today, with what was known at a moment, None being now.

    Raises RuleBroken when that is not known any more; then nothing is changed.
    """
    session.set_known_at(known_at)
    session.set_as_of(day)


def look_at_plan(session: Session, plan_id: str | None) -> None:
    """Look at another plan of the file, in this session only; None is the one that it shows."""
    session.set_plan(plan_id)


def look_at_plan_of(session: Session, identifier: str) -> str:
    """Look at the plan of a goal or an indicator; its title when that is another, else empty."""
    plan = session.read(lambda connection: plan_of(connection, identifier))
    now = session.maybe_plan()
    if plan is None or now is None or plan.id == now.id:
        return ""
    session.set_plan(plan.id)
    return plan.title


def pulse(session: Session) -> tuple[tuple[int, int], date]:
    """What changes when another program changes the plan, or when another day begins."""
    return session.database.news(), session.as_of
