"""Explain this number: the values used, the rule, the period, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Final

from socius_tui.domain.coverage import FIXED, RECOGNISED
from socius_tui.domain.detail import Explanation, IndicatorDetail
from socius_tui.domain.judgement import Forecast
from socius_tui.domain.model import Entry, EntryForm, Judging, Rules, Status
from socius_tui.domain.overview import PlanStatus, StatusLine
from socius_tui.domain.schedule import days_so_far
from socius_tui.domain.typed_moments import moment_words
from socius_tui.errors import NotFound
from socius_tui.i18n import _, get_language, ngettext
from socius_tui.services.arithmetic import indicator_steps
from socius_tui.services.detail import indicator_detail
from socius_tui.services.figures import amount, day_text, days_text, period_label, ratio_text, share
from socius_tui.services.goal_arithmetic import coverage_steps, goal_steps
from socius_tui.services.late_marks import late_text
from socius_tui.services.overview import coverage, plan_status
from socius_tui.services.rule_words import (
    forecast_word,
    reason_word,
    refusal_word,
    rule_word,
    verdict_word,
)
from socius_tui.services.session import Session
from socius_tui.services.wording import symbol, word
from socius_tui.store import organisations, plans

_LISTED: Final = 12


def explain(session: Session, identifier: str) -> Explanation:
    """Why the number of the plan, a goal or an indicator (id or code) is what it is.

    Raises NotFound.
    """
    status = plan_status(session)
    line = status.find(identifier)
    if line is None:
        raise NotFound(_("This no longer exists."))
    if line.level != "indicator":
        told = _explain_goal(line, status.children(line.id), status.as_of)
        told = replace(told, steps=_goal_steps(session, line, status))
    else:
        names = {row[0]: row[2] for row in session.read(organisations.names)}
        told = _explain_indicator(
            indicator_detail(session, line.id), session.as_of, names, session.plan().rules
        )
    if session.known_at is None:
        return told
    known = (_("As known on"), moment_words(session.known_at, get_language()))
    return replace(told, facts=(*told.facts, known))


def _explain_goal(line: StatusLine, children: Sequence[StatusLine], as_of: date) -> Explanation:
    sentences = [
        _("The weighted mean of what is directly below it, each counted from 0 % to 100 %."),
        _("Only what has data counts; what has none is named, not taken as 0."),
        _("The status is that of its weakest part with data."),
    ]
    facts = [
        (_("Progress"), share(line.progress)),
        (_("Expected by now"), share(line.expected_progress)),
        (_("With data"), _("{n} of {m}").format(n=line.with_data, m=line.of)),
        (_("Status"), f"{symbol(line.status)} {word(line.status)}"),
        (
            _("Indicators by status"),
            ", ".join(f"{symbol(s)} {word(s)} {n}" for s, n in line.counts if n),
        ),
        (_("As of"), day_text(as_of)),
    ]
    used = [
        f"{child.code}  {symbol(child.status)} {word(child.status)}  {_capped(child)}"
        for child in children
        if child.with_data
    ]
    left_out = [f"{child.code}  {word(child.status)}" for child in children if not child.with_data]
    title = f"{line.code} {line.title}"
    return Explanation(
        title, tuple(sentences), tuple(facts), tuple(used), tuple(left_out), _late(line)
    )


def _goal_steps(session: Session, line: StatusLine, status: PlanStatus) -> tuple[str, ...]:
    plan = session.plan()
    weights = session.read(
        lambda connection: {i.id: i.weight for i in plans.load_indicators(connection, plan.id)}
    )
    elapsed = days_so_far(plan.rules, status.as_of)
    steps = goal_steps(line, status.children(line.id), weights, elapsed)
    if line.level != "plan":
        return steps
    policy = FIXED if plan.coverage_fixed is not None else RECOGNISED
    return (*steps, *coverage_steps(coverage(session), policy))


def _capped(child: StatusLine) -> str:
    if child.progress is None:
        return share(Fraction(child.status is Status.MET)) + " " + _("(met or not)")
    text = share(child.progress)
    bounded = min(max(child.progress, Fraction(0)), Fraction(1))
    if bounded != child.progress:
        text += " " + _("(counts as {share})").format(share=share(bounded))
    return text


def _explain_indicator(
    detail: IndicatorDetail, as_of: date, names: Mapping[str, str], rules: Rules
) -> Explanation:
    record, judgement = detail.record, detail.judgement
    sentences = [text for code in judgement.rules if (text := rule_word(code))]
    return Explanation(
        title=f"{record.code} {record.title}",
        sentences=tuple(sentences),
        facts=tuple(_facts(detail, as_of)),
        used=tuple(_listed(judgement.used, record.unit, names)),
        left_out=tuple(
            f"{_entry(entry, record.unit, names)} — {reason_word(reason)}"
            for entry, reason in judgement.left_out[:_LISTED]
        )
        + _more(len(judgement.left_out)),
        late=_late(detail.line),
        steps=indicator_steps(record.measure, judgement, rules),
    )


def _late(line: StatusLine) -> tuple[str, ...]:
    return (*map(late_text, line.late[:_LISTED]), *_more(len(line.late)))


def _facts(detail: IndicatorDetail, as_of: date) -> list[tuple[str, str]]:
    record, judgement = detail.record, detail.judgement
    unit = _("periods") if record.measure.judging is Judging.BY_PERIOD else record.unit
    facts = [(_("Value"), amount(judgement.value, unit))]
    if record.measure.band is not None:
        low, high = record.measure.band
        facts.append((_("Band"), f"{amount(low, '')} – {amount(high, unit)}"))
    else:
        facts.append((_("Target"), amount(judgement.target, unit)))
    facts.append((_("Baseline"), amount(judgement.baseline, unit)))
    facts.append((_("Progress"), share(judgement.progress)))
    facts.append((_("Expected by now"), amount(judgement.expected, unit)))
    if judgement.pace_ratio is not None:
        facts.append((_("Pace (value / expected)"), ratio_text(judgement.pace_ratio)))
    if judgement.days_behind is not None:
        facts.append((_("Pace in days"), days_text(judgement.days_behind)))
    if judgement.needed_per_week is not None and judgement.planned_per_week is not None:
        facts.append(
            (
                _("Needed per week"),
                _("{needed} (planned {planned})").format(
                    needed=amount(judgement.needed_per_week, unit),
                    planned=amount(judgement.planned_per_week, ""),
                ),
            )
        )
    facts.append((_("Status"), f"{symbol(judgement.status)} {word(judgement.status)}"))
    facts.extend(
        (
            period_label(result.period.start, result.period.end, result.qualifier),
            f"{amount(result.value, '')} / {amount(result.target, '')}"
            f" {verdict_word(result.verdict)}",
        )
        for result in judgement.periods
    )
    facts.extend((forecast_word(f.method), _forecast(f, unit)) for f in judgement.forecasts)
    if judgement.period_start and judgement.period_end:
        facts.append((_("Period"), period_label(judgement.period_start, judgement.period_end)))
    if judgement.last_entry_day is not None:
        facts.append(
            (
                _("Last measurement"),
                f"{day_text(judgement.last_entry_day)} ({word(judgement.freshness)})",
            )
        )
    report = detail.reporting
    if report.due and record.measure.computed is None:
        facts.append(
            (
                _("Reported"),
                _("{reported} of {due} periods ({complete}), on time {timely}").format(
                    reported=report.reported,
                    due=report.due,
                    complete=share(report.completeness),
                    timely=share(report.timeliness),
                ),
            )
        )
    facts.append((_("Rounding"), _("only here, half up; the status is decided unrounded")))
    facts.append((_("As of"), day_text(as_of)))
    return facts


def _forecast(forecast: Forecast, unit: str) -> str:
    if forecast.refused:
        return refusal_word(forecast.refused)
    text = f"{amount(forecast.value, unit)} ({share(forecast.share)})"
    if forecast.reached_on is not None:
        text += ", " + _("target reached on {day}").format(day=day_text(forecast.reached_on))
    return text


def _listed(entries: Sequence[Entry], unit: str, names: Mapping[str, str]) -> list[str]:
    told = [entry for entry in entries if entry.ref or entry.value]  # not an empty log's zero
    newest = sorted(told, key=lambda entry: (entry.day, entry.order), reverse=True)
    shown = [_entry(entry, unit, names) for entry in newest[:_LISTED]]
    return [*shown, *_more(len(told))]


def _more(count: int) -> tuple[str, ...]:
    rest = count - _LISTED
    if rest <= 0:
        return ()
    return (ngettext("and {n} more", "and {n} more", rest).format(n=rest),)


def _entry(entry: Entry, unit: str, names: Mapping[str, str]) -> str:
    if entry.form is EntryForm.RATIO:
        text = f"{amount(entry.numerator, '')}/{amount(entry.denominator, '')}"
    elif entry.form is EntryForm.VALUE:
        text = names.get(entry.key) or amount(entry.value, unit)
    else:
        text = _("not applicable") if entry.form is EntryForm.NOT_APPLICABLE else _("text")
    return "  ".join(filter(None, (day_text(entry.day), text, entry.qualifier)))
