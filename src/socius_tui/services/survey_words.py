"""What is wrong in the survey table, in sentences, and how many were asked."""

from __future__ import annotations

from socius_tui.domain.numbers import format_percent
from socius_tui.domain.survey import Check, Mismatch
from socius_tui.i18n import N_, _, get_language
from socius_tui.services.analysis import Survey, ambition

_CHECKS = {
    Check.PARTICIPATION: N_("{group}: reached and not reached make {found}, the total is {total}."),
    Check.SIZE: N_("{group}: the three sizes make {found}, the total is {total}."),
    Check.FUNCTION: N_("{group}: the functions make {found}, the total is {total}."),
    Check.PARTS: N_("{group}: its parts make {found}, the total is {total}."),
}


def told(found: Survey, recognised: int | None = None) -> list[str]:
    """Everybody who was asked, and each sum that does not come out, or that all do.

    With the number of recognised organisations also what share of them the field was, against
    the quarter that was meant (plan, line 2637).
    """
    lines = [_("{n} people were asked.").format(n=found.asked)]
    field = next(
        (
            g
            for g in found.groups
            if any(p.whole == g.id and p.small is not None for p in found.groups)
        ),
        None,
    )
    if field is not None and field.total is not None and recognised:
        share = ambition(field.total, recognised).share
        if share is not None:
            lines.append(
                _("{name}: {n} of {of} recognised organisations, {share}; 25% was meant.").format(
                    name=field.name,
                    n=field.total,
                    of=recognised,
                    share=format_percent(share, get_language(), places=2),
                )
            )
    lines += [_sentence(mismatch) for mismatch in found.mismatches]
    if found.groups and not found.mismatches:
        lines.append(_("Every sum in the table comes out."))
    return lines


def _sentence(mismatch: Mismatch) -> str:
    return _(_CHECKS[mismatch.check]).format(
        group=mismatch.group.name, found=mismatch.found, total=mismatch.total
    )
