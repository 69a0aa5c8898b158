"""What there is to say of a plan that would be made from another."""

from __future__ import annotations

from socius_tui.domain.dates import format_date, format_period
from socius_tui.i18n import _, get_language, ngettext
from socius_tui.services.carrying import Proposal


def proposal_lines(found: Proposal) -> list[str]:
    """Its period and size, the day of its baselines, and what is left out; a sentence each."""
    language = get_language()
    goals, indicators = len(found.goals), len(found.indicators)
    lines = [
        _("{period}: {goals}, {indicators}.").format(
            period=format_period(*found.period, language),
            goals=ngettext("{n} goal", "{n} goals", goals).format(n=goals),
            indicators=ngettext("{n} indicator", "{n} indicators", indicators).format(n=indicators),
        ),
        _("The baselines are the values of {day}.").format(
            day=format_date(found.judged_on, language)
        ),
    ]
    if found.early:
        lines.append(
            _("{plan} still runs: take the baselines again when it is over.").format(
                plan=found.previous.code
            )
        )
    if n := found.left_actions:
        lines.append(
            ngettext(
                "{n} action of a year programme stays with the old plan.",
                "{n} actions of year programmes stay with the old plan.",
                n,
            ).format(n=n)
        )
    if n := found.left_targets:
        lines.append(
            ngettext(
                "{n} target falls outside the new period and is left out.",
                "{n} targets fall outside the new period and are left out.",
                n,
            ).format(n=n)
        )
    if n := found.left_pauses:
        lines.append(
            ngettext(
                "{n} pause falls outside the new period and is left out.",
                "{n} pauses fall outside the new period and are left out.",
                n,
            ).format(n=n)
        )
    return lines
