"""How a plan goes beside the one of the period before."""

from __future__ import annotations

from socius_tui.domain.comparison import Comparison, compared
from socius_tui.errors import RuleBroken
from socius_tui.i18n import _
from socius_tui.services.overview import plan_status
from socius_tui.services.session import Session
from socius_tui.store.plans import load_plans, predecessors


def compare(
    session: Session, before_id: str | None = None, now_id: str | None = None
) -> Comparison:
    """A plan (by default the one looked at) beside another (by default the one before it).

    The plan of now as on the as-of date; that of before on the same day, or on its last when it
    was over. What belongs together follows from how it was carried over, never from codes.
    Raises RuleBroken when there is nothing to compare with.
    """
    plans = {plan.id: plan for plan in session.read(load_plans)}
    now = plans.get(now_id or "") or session.plan()
    before = plans.get(before_id or now.previous_id or "")
    if before is None:
        raise RuleBroken(
            _("The plan {code} was not made from another plan.").format(code=now.code),
            hint=_("Name the plan to compare it with: `socius plan list` shows which there are."),
        )
    if before.id == now.id:
        raise RuleBroken(
            _("The plan {code} cannot be compared with itself.").format(code=now.code),
            hint=_("Name two plans: `socius plan list` shows which there are."),
        )
    day = min(session.as_of, before.rules.period.end)
    old = plan_status(session, plan=before, on=day)
    new = plan_status(session, plan=now)
    former = session.read(predecessors)
    there = {line.id for line in old.lines}
    links = {}
    for line in new.lines:
        at = former.get(line.id)
        seen: set[str] = set()
        while at is not None and at not in there and at not in seen:  # over plans in between
            seen.add(at)
            at = former.get(at)
        if at is not None:
            links[line.id] = at
    return Comparison(before.code, day, now.code, new.as_of, compared(old, new, links))
