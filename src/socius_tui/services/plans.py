"""The plans of the file: which there are, and which one is shown."""

from __future__ import annotations

from typing import NamedTuple

from socius_tui.domain.plan import PlanRecord
from socius_tui.services.session import Session
from socius_tui.store.driver import Connection
from socius_tui.store.plans import load_plan, load_plans, plan_sizes


class PlanLine(NamedTuple):
    """One plan of the file.

    `shown` is whether the file shows it, `looked_at` whether this session does. `measurements`
    counts what was entered for it.
    """

    record: PlanRecord
    previous_code: str
    shown: bool
    looked_at: bool
    goals: int
    indicators: int
    targets: int
    measurements: int


def plan_lines(session: Session) -> list[PlanLine]:
    """The plans, the first period first."""
    looked_at = session.maybe_plan()

    def read(connection: Connection) -> list[PlanLine]:
        shown = load_plan(connection)
        plans = load_plans(connection)
        codes = {plan.id: plan.code for plan in plans}
        return [
            PlanLine(
                plan,
                codes.get(plan.previous_id or "", ""),
                shown is not None and plan.id == shown.id,
                looked_at is not None and plan.id == looked_at.id,
                *plan_sizes(connection, plan.id),
            )
            for plan in plans
        ]

    return session.read(read)
