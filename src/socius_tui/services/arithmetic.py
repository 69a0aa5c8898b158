"""The arithmetic behind a number, written out with its numbers.

Each step is a sentence of the form "what = rule = numbers = result". A sum that would not come out
exactly at the number that is shown is not written: better no arithmetic than another one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

from socius_tui.domain import codes
from socius_tui.domain.judgement import Forecast, Judgement
from socius_tui.domain.model import (
    Entry,
    EntryForm,
    IndicatorKind,
    Judging,
    Measure,
    Rules,
    Status,
)
from socius_tui.i18n import _
from socius_tui.services.figures import day_text, outcome, share, term
from socius_tui.services.wording import word

_MOST: Final = 12  # terms in a sum that is written out
_ZERO = Fraction(0)


def indicator_steps(measure: Measure, judgement: Judgement, rules: Rules) -> tuple[str, ...]:
    """Value, progress, expected, pace, days, pace a week, forecasts and status of an indicator."""
    return tuple(
        step
        for step in (
            _value(measure, judgement),
            _progress(measure, judgement),
            _expected(judgement),
            _pace(measure, judgement),
            _days_behind(judgement),
            _needed(judgement),
            _planned(judgement),
            *(text for f in judgement.forecasts for text in forecast_steps(f, judgement)),
            _status(measure, judgement, rules),
        )
        if step
    )


# The value


def _value(measure: Measure, judgement: Judgement) -> str:
    value, used = judgement.value, judgement.used
    if value is None or measure.judging is Judging.BY_PERIOD:
        return ""
    result = outcome(value) + ("%" if measure.kind is IndicatorKind.PERCENTAGE else "")
    if codes.SCOPE_PER_PERIOD_ADDED in judgement.rules and len(judgement.periods) > 1:
        parts = [p.value for p in judgement.periods if p.value is not None]
        if sum(parts, _ZERO) == value and len(parts) > 1:
            return _("Value = the periods so far added = {sum} = {result}").format(
                sum=_plus(parts), result=result
            )
    ratios = [entry for entry in used if entry.form is EntryForm.RATIO]
    if ratios and len(ratios) == len(used):
        return _pooled(measure, ratios, value, result)
    numbers = [entry.value for entry in used if entry.value is not None]
    if codes.RULE_DISTINCT in judgement.rules:
        return _("Value = the different ones among {n} entries = {result}").format(
            n=len(used), result=result
        )
    return _of_numbers(judgement, numbers, value, result)


def _of_numbers(
    judgement: Judgement, numbers: Sequence[Fraction], value: Fraction, result: str
) -> str:
    added = sum(numbers, _ZERO)
    if len(numbers) == 1 and added == value:
        return _("Value = the one entry that counts = {result}").format(result=result)
    if codes.RULE_MEAN in judgement.rules and numbers and added / len(numbers) == value:
        return _("Value = the mean = ({sum}) / {n} = {result}").format(
            sum=_plus(numbers), n=len(numbers), result=result
        )
    listed = ", ".join(term(number) for number in numbers[:_MOST])
    if len(numbers) > _MOST:
        listed += ", …"
    if codes.RULE_MIN in judgement.rules and numbers:
        return _("Value = the lowest of {list} = {result}").format(list=listed, result=result)
    if codes.RULE_MAX in judgement.rules and numbers:
        return _("Value = the highest of {list} = {result}").format(list=listed, result=result)
    if added != value or not numbers:
        return ""
    return _("Value = the entries added = {sum} = {result}").format(
        sum=_plus(numbers), result=result
    )


def _pooled(measure: Measure, ratios: Sequence[Entry], value: Fraction, result: str) -> str:
    above = [entry.numerator or _ZERO for entry in ratios]
    below = [entry.denominator or _ZERO for entry in ratios]
    over, under = sum(above, _ZERO), sum(below, _ZERO)
    scale = 100 if measure.kind is IndicatorKind.PERCENTAGE else 1
    if not under or over / under * scale != value:
        return ""
    if len(ratios) == 1:
        return _("Value = {above} / {below} = {result}").format(
            above=term(over), below=term(under), result=result
        )
    return _("Value = ({above}) / ({below}) = {n} / {of} = {result}").format(
        above=_plus(above), below=_plus(below), n=term(over), of=term(under), result=result
    )


def _plus(numbers: Sequence[Fraction]) -> str:
    """A sum with its terms; of a long one the first and how many more."""
    if len(numbers) <= _MOST:
        return " + ".join(map(term, numbers))
    first = " + ".join(map(term, numbers[: _MOST - 2]))
    return _("{first} + {n} more").format(first=first, n=len(numbers) - _MOST + 2)


# The line


def _progress(measure: Measure, judgement: Judgement) -> str:
    value, target, progress = judgement.value, judgement.target, judgement.progress
    if value is None or target is None or progress is None:
        return ""
    if measure.judging is Judging.BY_PERIOD:
        return _("Progress = periods kept / periods = {v} / {t} = {p}").format(
            v=term(value), t=term(target), p=share(progress)
        )
    if codes.PATH_TO_DATE in judgement.rules and judgement.expected is not None:
        return _(
            "Progress = (value - baseline so far) / (expected - baseline so far)"
            " = ({v} - {b}) / ({e} - {b}) = {p}"
        ).format(
            v=term(value),
            b=term(_base(judgement)),
            e=term(judgement.expected),
            p=share(progress),
        )
    return _(
        "Progress = (value - baseline) / (target - baseline) = ({v} - {b}) / ({t} - {b}) = {p}"
    ).format(v=term(value), b=term(judgement.baseline or _ZERO), t=term(target), p=share(progress))


def _base(judgement: Judgement) -> Fraction:
    """The baseline by now: it grows along for what adds up."""
    if judgement.base is None or judgement.today is None:
        return judgement.baseline or _ZERO
    return judgement.base.at(judgement.today)


def _expected(judgement: Judgement) -> str:
    path, today, expected = judgement.path, judgement.today, judgement.expected
    if path is None or today is None or expected is None:
        return ""
    if today <= path.before:
        return ""
    if today >= path.end:
        return _("Expected = the target, since its last day is here = {result}").format(
            result=outcome(expected)
        )
    for (before, first), (after, last) in pairwise(path.knots):
        if not before < today <= after:
            continue
        passed = path.calendar.between(before + 1, today)
        days = path.calendar.between(before + 1, after)
        if not days or first + (last - first) * passed / days != expected:
            return ""
        return _(
            "Expected = from {first} to {last} in {days} days, of which {passed} have passed"
            " = {first} + ({last} - {first}) × {passed} / {days} = {result}"
        ).format(
            first=term(first), last=term(last), passed=passed, days=days, result=outcome(expected)
        )
    return ""


def _pace(measure: Measure, judgement: Judgement) -> str:
    value, expected, ratio = judgement.value, judgement.expected, judgement.pace_ratio
    if value is None or expected is None or ratio is None:
        return ""
    if measure.judging is Judging.BY_PERIOD:
        return _("Pace ratio = periods kept / periods that are over = {v} / {e} = {r}").format(
            v=term(value), e=term(expected), r=three(ratio)
        )
    base = _base(judgement)
    if expected != base and (value - base) / (expected - base) == ratio:
        return _(
            "Pace ratio = (value - baseline) / (expected - baseline)"
            " = ({v} - {b}) / ({e} - {b}) = {r}"
        ).format(v=term(value), b=term(base), e=term(expected), r=three(ratio))
    if expected and value / expected == ratio:
        return _("Pace ratio = value / expected = {v} / {e} = {r}").format(
            v=term(value), e=term(expected), r=three(ratio)
        )
    if value and expected / value == ratio:
        return _("Pace ratio = expected / value, since it must stay low = {e} / {v} = {r}").format(
            v=term(value), e=term(expected), r=three(ratio)
        )
    return ""


def three(ratio: Fraction) -> str:
    """A pace ratio with three decimals."""
    return outcome(ratio, places=3)


def _days_behind(judgement: Judgement) -> str:
    path, today, days = judgement.path, judgement.today, judgement.days_behind
    if path is None or today is None or days is None:
        return ""
    passed = path.calendar.between(path.before + 1, today)
    return _(
        "Days behind = days passed - the day on which this value was expected"
        " = {passed} - {on} = {days}"
    ).format(passed=passed, on=term(passed - days, places=1), days=outcome(days, places=1))


def _needed(judgement: Judgement) -> str:
    path, today, needed = judgement.path, judgement.today, judgement.needed_per_week
    value, target = judgement.value, judgement.target
    if path is None or today is None or needed is None or value is None or target is None:
        return ""
    left = path.total - path.elapsed(today)
    if not left or (target - value) * 7 / left != needed:
        return ""
    return _(
        "Needed a week = (target - value) × 7 / days left = ({t} - {v}) × 7 / {left} = {result}"
    ).format(t=term(target), v=term(value), left=left, result=outcome(needed))


def _planned(judgement: Judgement) -> str:
    path, planned = judgement.path, judgement.planned_per_week
    if path is None or planned is None or not path.total:
        return ""
    first, last = path.knots[0][1], path.at(path.end)
    if (last - first) * 7 / path.total != planned:
        return ""
    return _(
        "Planned a week = (target - baseline) × 7 / all days = ({t} - {b}) × 7 / {days} = {result}"
    ).format(t=term(last), b=term(first), days=path.total, result=outcome(planned))


# Looking ahead


def forecast_sum(forecast: Forecast) -> str:
    """The bare arithmetic of a forecast: 60 / 182 × 366 = 120.7; "" where it was refused."""
    if forecast.value is None or forecast.now is None or forecast.gained is None:
        return ""
    now, over, left = term(forecast.now), forecast.over, forecast.left
    result = outcome(forecast.value, places=1)
    if forecast.method == codes.RUN_RATE:
        return f"{now} / {over} × {over + left} = {result}"
    return f"{now} + {term(forecast.gained)} / {over} × {left} = {result}"


def forecast_steps(forecast: Forecast, judgement: Judgement) -> Iterator[str]:
    """How a forecast was made, which part of the target it is and when that is reached."""
    sum_ = forecast_sum(forecast)
    if not sum_ or forecast.gained is None or forecast.now is None or forecast.value is None:
        return
    if forecast.method == codes.RUN_RATE:
        yield _(
            "Forecast at the pace of the whole period = value / days passed × all days = {sum}"
        ).format(sum=sum_)
    else:
        yield _(
            "Forecast at the pace of the last {over} days"
            " = value + what they brought / {over} × days left = {sum}"
        ).format(over=forecast.over, sum=sum_)
    target = judgement.target
    if forecast.reached_on is None or target is None or judgement.path is None:
        return
    rate = forecast.gained / forecast.over
    yield _(
        "At that pace the target is reached in ({t} - {v}) / ({gained} / {over}) = {days} days"
        " that are not paused: on {day}"
    ).format(
        t=term(target),
        v=term(forecast.now),
        gained=term(forecast.gained),
        over=forecast.over,
        days=term((target - forecast.now) / rate, places=1),
        day=day_text(forecast.reached_on),
    )


# The verdict


def _status(measure: Measure, judgement: Judgement, rules: Rules) -> str:
    status, ratio = judgement.status, judgement.pace_ratio
    value = judgement.value
    if measure.band is not None and value is not None and codes.JUDGED_BY_BAND in judgement.rules:
        low, high = measure.band
        good = low <= value <= high
        sentence = (
            _("Status = {v} lies between {low} and {high}: {status}")
            if good
            else _("Status = {v} does not lie between {low} and {high}: {status}")
        )
        return sentence.format(v=term(value), low=term(low), high=term(high), status=word(status))
    if measure.judging is Judging.BY_PERIOD or ratio is None:
        return ""
    on_track, attention = outcome(rules.on_track_from), outcome(rules.attention_from)
    text = three(ratio)
    if status is Status.ON_TRACK:
        return _("Status = a pace ratio of {r} is at least {edge}: {status}").format(
            r=text, edge=on_track, status=word(status)
        )
    if status is Status.ATTENTION:
        return _("Status = {r} is below {edge} and at least {lower}: {status}").format(
            r=text, edge=on_track, lower=attention, status=word(status)
        )
    if status is Status.OFF_TRACK:
        return _("Status = a pace ratio of {r} is below {edge}: {status}").format(
            r=text, edge=attention, status=word(status)
        )
    if status is Status.MET:
        return _("Status = the value is as good as the target: {status}").format(
            status=word(status)
        )
    return ""
