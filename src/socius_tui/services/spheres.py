"""What the plan's indicators watch, and how its wish for more than control data is met."""

from __future__ import annotations

from fractions import Fraction

from socius_tui.domain import spheres as rule
from socius_tui.domain.numbers import format_percent
from socius_tui.domain.overview import PlanStatus, StatusLine
from socius_tui.domain.spheres import Spheres
from socius_tui.i18n import _, get_language
from socius_tui.services.overview import plan_status
from socius_tui.services.session import Session
from socius_tui.store.spheres import goals_with_story, spheres_of


def spheres(session: Session, status: PlanStatus | None = None) -> Spheres:
    """The three spheres of the plan that is looked at; `status` is its own, where it is known."""
    plan = session.plan()
    found = status or plan_status(session)
    sphere_of, stories = session.read(
        lambda c: (spheres_of(c, plan.id), goals_with_story(c, plan.id, found.as_of))
    )
    goals = [line for line in found.lines if line.level not in ("plan", "indicator")]
    return rule.spheres(
        found.lines, sphere_of, len(goals), sum(goal.id in stories for goal in goals)
    )


def lines_of(session: Session, sphere: str, status: PlanStatus) -> list[StatusLine]:
    """The indicators of one sphere, in the order of the plan."""
    plan = session.plan()
    sphere_of = session.read(lambda connection: spheres_of(connection, plan.id))
    return [line for line in status.lines if sphere_of.get(line.id) == sphere]


def wish(found: Spheres) -> str:
    """How the plan's own wish is met, in a sentence with the numbers.

    Says that there is nothing to say when there are no indicators.
    """
    if not found.indicators:
        return _("This plan has no indicators yet.")
    beyond, control = found.beyond, found.of("control")
    share = format_percent(found.share_beyond or Fraction(0), get_language(), 0)
    sentence = _(
        "Wanted is more than figures on what was done: {n} of {of} indicators ({share}) look "
        "beyond that, and {known} of those {n} have data, against {own} of {control} on control."
    ).format(
        n=beyond.indicators,
        of=found.indicators,
        share=share,
        known=beyond.with_data,
        own=control.with_data,
        control=control.indicators,
    )
    story = _("{n} of {of} goals have a story as well.").format(
        n=found.goals_with_story, of=found.goals
    )
    return f"{sentence} {story}"
