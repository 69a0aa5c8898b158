"""How somebody looks at the file: which plan, on which day, as known when; can it be written."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from socius_tui.domain.plan import PlanRecord
from socius_tui.services.session import Session
from socius_tui.store.plans import load_plan


class View(NamedTuple):
    """What is true of everything on the screen; `plan` is None in a file without one.

    `known_at` is the moment up to which what was recorded is known, None being now.
    """

    plan: PlanRecord | None
    as_of: date
    today: date
    read_only: bool
    is_demo: bool
    known_at: datetime | None = None


def view(session: Session) -> View:
    """What the session looks at now."""
    return View(
        plan=session.read(load_plan),
        as_of=session.as_of,
        today=session.today,
        read_only=session.read_only,
        is_demo=session.is_demo,
        known_at=session.known_at,
    )


def look_at(session: Session, day: date | None, known_at: datetime | None = None) -> None:
    """Look at another day, None being today, with what was known at a moment, None being now.

    Raises RuleBroken when that is not known any more; then nothing is changed.
    """
    session.set_known_at(known_at)
    session.set_as_of(day)


def pulse(session: Session) -> tuple[tuple[int, int], date]:
    """What changes when another program changes the plan, or when another day begins."""
    return session.database.news(), session.as_of
