"""Looking ahead, in words: each forecast by its method, and one sentence for the chart."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from socius_tui.domain import codes
from socius_tui.domain.aggregation import accumulates
from socius_tui.domain.breakdown import APART, DISTINCT, Breakdown
from socius_tui.domain.detail import OutlookLine
from socius_tui.domain.judgement import Judgement
from socius_tui.domain.model import Direction, IndicatorKind, Judging, Measure
from socius_tui.i18n import N_, _, ngettext
from socius_tui.services.arithmetic import forecast_sum
from socius_tui.services.figures import amount, day_text, days_text, term
from socius_tui.services.rule_words import forecast_word, refusal_word

_SHORT: Final = {
    codes.RUN_RATE: N_("whole period"),
    codes.RECENT_WINDOW: N_("last 91 days"),
}
_NEEDED: Final = 3  # observations; the other need is a tenth of the days


def outlook_lines(judgement: Judgement) -> tuple[OutlookLine, ...]:
    """A line for each method, with what it needs and why it was refused."""
    path, today = judgement.path, judgement.today
    if path is None or today is None:
        return ()
    needs = _("needs {needed} entries and 10% of the days; there are {n}, and {passed} of {days}")
    needs = needs.format(
        needed=_NEEDED, n=len(judgement.used), passed=path.elapsed(today), days=path.total
    )
    return tuple(
        OutlookLine(
            method=forecast.method,
            name=forecast_word(forecast.method),
            short=_(_SHORT[forecast.method]),
            value=forecast.value,
            share=forecast.share,
            reached_on=forecast.reached_on,
            sum=forecast_sum(forecast),
            needs=needs,
            refused=refusal_word(forecast.refused) if forecast.refused else "",
        )
        for forecast in judgement.forecasts
    )


def no_outlook(measure: Measure, judgement: Judgement, as_of: date) -> str:
    """Why no method was even tried; "" where one was."""
    if judgement.forecasts:
        return ""
    path, today = judgement.path, as_of.toordinal()
    if measure.kind is IndicatorKind.NARRATIVE:
        return _("No forecast: it is told in words.")
    if measure.judging is Judging.BY_PERIOD:
        return _("No forecast: it is a promise for each period, with no pace to carry on.")
    if measure.direction is Direction.MAINTAIN:
        return _("No forecast: it must stay inside a band, there is nothing to reach.")
    if not measure.targets:
        return _("No forecast: there is no target.")
    if measure.kind is IndicatorKind.MILESTONE:
        return _("No forecast: a milestone is there or it is not.")
    if not accumulates(measure):
        return _("No forecast: only what adds up has a pace that can be carried on.")
    if path is not None and today >= path.end:
        return _("No forecast: the last period is over.")
    if path is not None and today <= path.before:
        return _("No forecast: it has not begun yet.")
    if judgement.value is None:
        return _("No forecast: nothing was entered yet.")
    return _("No forecast: its periods overlap, so there is no one line to carry on.")


def chart_sentence(measure: Measure, judgement: Judgement, unit: str, as_of: date) -> str:
    """What the chart shows, in one or two sentences, for who does not see it."""
    if judgement.value is None:
        told = _("On {day} there is no value yet.").format(day=day_text(as_of))
    elif measure.direction is Direction.MAINTAIN and measure.band is not None:
        low, high = measure.band
        told = _("On {day} the value is {value}, to stay between {low} and {high}.").format(
            day=day_text(as_of),
            value=_with_unit(judgement.value, unit),
            low=term(low),
            high=term(high),
        )
    elif judgement.target is None:
        told = _("On {day} the value is {value}; there is no target.").format(
            day=day_text(as_of), value=_with_unit(judgement.value, unit)
        )
    else:
        told = _("On {day} the value is {value}, of a target of {target}.").format(
            day=day_text(as_of),
            value=_with_unit(judgement.value, unit),
            target=amount(judgement.target, ""),
        )
        if judgement.expected is not None and judgement.days_behind is not None:
            told += " " + _("Expected by now: {expected}; {days}.").format(
                expected=amount(judgement.expected, ""), days=days_text(judgement.days_behind)
            )
    ends = [
        _("{value} at the pace of the {method}").format(
            value=term(f.value, places=1), method=_(_SHORT[f.method])
        )
        for f in judgement.forecasts
        if f.value is not None
    ]
    if ends:
        told += " " + _("At the end: {forecasts}.").format(forecasts=", ".join(ends))
    return told


def breakdown_sentence(found: Breakdown, unit: str) -> str:
    """Whether the parts agree with the total; why they make none; "" when all is in order."""
    if found.rule == APART:
        return _("These parts cannot be added: the total is worked out over all entries together.")
    if found.total is None or found.together is None or not found.difference:
        return ""
    if found.rule == DISTINCT and found.difference < 0:
        n = -found.difference
        return ngettext(
            "{n} counts in more than one work type and once in the total.",
            "{n} count in more than one work type and once in the total.",
            int(n),
        ).format(n=term(n))
    sentence = _("The parts make {together}, the total is {total}: they differ by {difference}.")
    return sentence.format(
        together=_with_unit(found.together, unit),
        total=_with_unit(found.total, unit),
        difference=_with_unit(abs(found.difference), unit),
    )


def _with_unit(value: Fraction, unit: str) -> str:
    """A number with its unit; a percent sign stands against it."""
    return amount(value, "") + "%" if unit == "%" else amount(value, unit)
