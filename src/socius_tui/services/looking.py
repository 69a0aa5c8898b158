"""How somebody looks at the file: which plan, on which day, and whether it can be written."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from socius_tui.domain.plan import PlanRecord
from socius_tui.services.session import Session
from socius_tui.store.plans import load_plan


class View(NamedTuple):
    """What is true of everything on the screen; `plan` is None in a file without one."""

    plan: PlanRecord | None
    as_of: date
    today: date
    read_only: bool
    is_demo: bool


def view(session: Session) -> View:
    """What the session looks at now."""
    return View(
        plan=session.read(load_plan),
        as_of=session.as_of,
        today=session.today,
        read_only=session.read_only,
        is_demo=session.is_demo,
    )


def look_at(session: Session, day: date | None) -> date:
    """Look at another day, None being today; gives the day that is looked at."""
    session.set_as_of(day)
    return session.as_of


def pulse(session: Session) -> tuple[int, date]:
    """What changes when another program writes in the file, or when another day begins."""
    return session.database.version_counter(), session.as_of
