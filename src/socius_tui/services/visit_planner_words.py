"""What the plan of visits says above its list, in sentences."""

from __future__ import annotations

from fractions import Fraction

from socius_tui.domain.dates import format_date, format_period
from socius_tui.domain.numbers import format_number
from socius_tui.i18n import _, get_language, ngettext
from socius_tui.services.visit_planner import BY_TARGET, VisitPlan


def summary(plan: VisitPlan) -> list[str]:
    """Who, in which window and why that one; what was done and remains; how quick it has to go."""
    lang = get_language()
    window = format_period(*plan.window, lang)
    if plan.rule == BY_TARGET:
        rule = _("the target of {code}").format(code=plan.indicator)
    else:
        rule = _("each organisation once a year")
    lines = [
        _("{person} ({work_types}), {window}: {rule}.").format(
            person=plan.person, work_types=", ".join(plan.work_types), window=window, rule=rule
        ),
        _(
            "{visited} of {of} organisations visited, {planned} planned, {remaining} to plan."
        ).format(
            visited=plan.visited,
            of=plan.organisations,
            planned=plan.planned,
            remaining=plan.remaining,
        ),
    ]
    lines.append(needed(plan))
    if not plan.fits:
        short = plan.remaining - plan.proposed
        lines.append(
            ngettext(
                "{n} organisation finds no day: more visits a week, or more days, are needed.",
                "{n} organisations find no day: more visits a week, or more days, are needed.",
                short,
            ).format(n=short)
        )
    return lines


def needed(plan: VisitPlan) -> str:
    """The pace that is needed from here on, beside the pace so far."""
    if plan.pace.needed is None:
        return _("No working day is left before {day}.").format(
            day=format_date(plan.window.end, get_language())
        )
    return _("Needed: {needed} a week in {days} working days from {day}; so far: {so_far}.").format(
        needed=_per_week(plan.pace.needed),
        days=plan.working_days,
        day=format_date(plan.from_day, get_language()),
        so_far=_per_week(plan.pace.so_far),
    )


def _per_week(pace: Fraction | None) -> str:
    return "–" if pace is None else format_number(pace, get_language(), places=1)
