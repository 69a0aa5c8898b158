"""Questions about the year programme: the actions of a year, one action."""

from __future__ import annotations

from collections.abc import Collection

from socius_tui.domain.plan import PlanRecord
from socius_tui.domain.programme import ActionLine, Programme, programme_of
from socius_tui.services.resolve import Named
from socius_tui.services.session import Session
from socius_tui.store import actions, plans


def programme(session: Session, year: int, *, plan: PlanRecord | None = None) -> Programme:
    """The programme of a year of the plan that is looked at."""
    plan_id = (plan or session.plan()).id
    return session.read(
        lambda connection: programme_of(year, actions.action_lines(connection, plan_id, year=year))
    )


def action_list(
    session: Session,
    *,
    year: int | None = None,
    goal_id: str | None = None,
    owner_id: str | None = None,
    state: str | None = None,
) -> list[ActionLine]:
    """Actions of the plan that is looked at, in its order."""
    plan_id = session.plan().id
    return session.read(
        lambda connection: actions.action_lines(
            connection, plan_id, year=year, goal_id=goal_id, owner_id=owner_id, state=state
        )
    )


def action(session: Session, action_id: str) -> ActionLine | None:
    """One action; None when it is gone, or when the id is that of something else."""
    return session.read(lambda connection: actions.action_line(connection, action_id))


def goals_for_actions(session: Session, kinds: Collection[str]) -> list[Named]:
    """The goals of the plan of some kinds, to choose one for an action."""
    plan_id = session.plan().id
    goals = session.read(lambda connection: plans.load_goals(connection, plan_id))
    return [Named(goal.id, goal.code, goal.title) for goal in goals if goal.kind in kinds]
