"""The arithmetic behind the numbers of a goal, the plan and the coverage of the sector."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from socius_tui.domain.coverage import RECOGNISED
from socius_tui.domain.model import Status
from socius_tui.domain.overview import CoverageLine, StatusLine
from socius_tui.i18n import _
from socius_tui.services.arithmetic import three
from socius_tui.services.figures import outcome, share, term

_MOST: Final = 12  # terms in a sum that is written out
_ZERO, _ONE = Fraction(0), Fraction(1)


def goal_steps(
    line: StatusLine, children: Sequence[StatusLine], weights: Mapping[str, Fraction], elapsed: int
) -> tuple[str, ...]:
    """Progress, expected, pace and days of a goal or the plan out of what is directly below it.

    `weights` are those of indicators by id; a goal weighs 1. `elapsed` are the days of the plan so
    far that are not paused.
    """
    counting = [(child, weights.get(child.id, _ONE)) for child in children if child.of]
    counting = [(child, weight) for child, weight in counting if weight > 0]
    shares = [(counted, w) for child, w in counting if (counted := counts_as(child)) is not None]
    both = [
        (counted, child.expected_progress, w)
        for child, w in counting
        if (counted := counts_as(child)) is not None and child.expected_progress is not None
    ]
    reached, expected = _mean([(s, w) for s, _e, w in both]), _mean([(e, w) for _s, e, w in both])
    steps = [
        _mean_step(shares, line.progress, _("Progress = the weighted mean = {sum} = {result}")),
        _mean_step(
            [(e, w) for _s, e, w in both],
            line.expected_progress,
            _("Expected = the weighted mean of what they should be at = {sum} = {result}"),
        ),
    ]
    ratio = line.pace_ratio
    if ratio is not None and reached is not None and expected and reached / expected == ratio:
        steps.append(
            _("Pace ratio = progress / expected, of those that have both = {p} / {e} = {r}").format(
                p=share(reached), e=share(expected), r=three(ratio)
            )
        )
        if line.days_behind == (1 - ratio) * elapsed:
            steps.append(
                _(
                    "Days behind = (1 - pace ratio) × days of the plan so far"
                    " = (1 - {r}) × {n} = {days}"
                ).format(
                    r=outcome(ratio, places=4), n=elapsed, days=outcome(line.days_behind, places=1)
                )
            )
    return tuple(step for step in steps if step)


def counts_as(child: StatusLine) -> Fraction | None:
    """The share (0..1) with which a child counts in its goal; None when it does not.

    What only holds the line has no progress: it counts by its pace where it adds up, else wholly
    or not at all.
    """
    share_ = child.progress
    if share_ is None:
        if not child.with_data or child.expected_progress is None:
            return None
        if child.level != "indicator":
            return None
        share_ = child.pace_ratio
        if share_ is None:
            share_ = Fraction(child.status is Status.MET)
    return min(max(share_, _ZERO), _ONE)


def _mean(pairs: Sequence[tuple[Fraction, Fraction]]) -> Fraction | None:
    weights = sum((weight for _share, weight in pairs), _ZERO)
    if not weights:
        return None
    return sum((s * weight for s, weight in pairs), _ZERO) / weights


def _mean_step(
    pairs: Sequence[tuple[Fraction, Fraction]], result: Fraction | None, sentence: str
) -> str:
    if result is None or _mean(pairs) != result:
        return ""
    equal = len({weight for _share, weight in pairs}) == 1

    def joined(terms: Sequence[str]) -> str:
        if len(terms) <= _MOST:
            return " + ".join(terms)
        rest = len(terms) - _MOST + 2
        return _("{first} + {n} more").format(first=" + ".join(terms[: _MOST - 2]), n=rest)

    if len(pairs) == 1:
        written = share(pairs[0][0])
    elif equal:
        written = f"({joined([share(s) for s, _w in pairs])}) / {len(pairs)}"
    else:
        above = joined([f"{term(w)} × {share(s)}" for s, w in pairs])
        written = f"({above}) / ({joined([term(w) for _s, w in pairs])})"
    return sentence.format(sum=written, result=share(result))


def coverage_steps(lines: Sequence[CoverageLine], policy: str) -> tuple[str, ...]:
    """Organisations visited over organisations, for each work type and all together.

    The `policy` is that of the denominator, which stands beside the number.
    """
    counted = (
        _("organisations recognised on the day")
        if policy == RECOGNISED
        else _("a fixed number of organisations")
    )
    return tuple(
        _("Coverage, {name} = visited / {counted} = {n} / {of} = {share}").format(
            name=line.work_type or _("all together"),
            counted=counted,
            n=line.visited,
            of=line.recognised,
            share=share(Fraction(line.visited, line.recognised)),
        )
        for line in lines
        if line.recognised
    )
