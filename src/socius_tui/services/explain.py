"""Explain this number: the values used, the rule, the period, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Final

from socius_tui.domain import codes
from socius_tui.domain.dates import format_date
from socius_tui.domain.detail import Explanation, IndicatorDetail
from socius_tui.domain.judgement import Forecast, Judgement
from socius_tui.domain.model import Entry, EntryForm, Judging, Status
from socius_tui.domain.numbers import format_number, format_percent
from socius_tui.domain.overview import StatusLine
from socius_tui.domain.typed_moments import moment_words
from socius_tui.errors import NotFound
from socius_tui.i18n import N_, _, get_language, ngettext
from socius_tui.services.detail import indicator_detail
from socius_tui.services.late_marks import late_text
from socius_tui.services.overview import plan_status
from socius_tui.services.session import Session
from socius_tui.services.wording import symbol, word
from socius_tui.store import organisations

_LISTED: Final = 12

_RULES: Final[Mapping[str, str]] = {
    codes.RULE_SUM: N_("All values in the period are added up."),
    codes.RULE_RATIO_SUM: N_(
        "Numerators are added and denominators are added; then one is divided by the other "
        "(not the mean of the percentages)."
    ),
    codes.RULE_LATEST: N_("The latest value counts; on one day, the one entered later."),
    codes.RULE_LATEST_PARTS: N_("The latest value of each work type counts; they are added up."),
    codes.RULE_MEAN: N_("The mean of the values in the period counts."),
    codes.RULE_MIN: N_("The lowest value in the period counts."),
    codes.RULE_MAX: N_("The highest value in the period counts."),
    codes.RULE_DISTINCT: N_("Different ones are counted: whoever comes twice counts once."),
    codes.RULE_TEXT: N_("This indicator is told in words; it has no number."),
    codes.SCOPE_PER_PERIOD_ADDED: N_(
        "Each period has its own target; periods so far are added up and compared with all "
        "targets together."
    ),
    codes.SCOPE_PERIOD: N_("The value is compared with the target of its own period."),
    codes.SCOPE_TO_DATE: N_(
        "Everything from the start counts, compared with the target at the end of the last period."
    ),
    codes.SCOPE_PLAN: N_("There are no targets; the whole plan period is shown."),
    codes.JUDGED_BY_PERIOD: N_(
        "Every period must be fulfilled by itself; more in one period repairs no other."
    ),
    codes.JUDGED_BY_BAND: N_("The value must stay inside the band; inside is met."),
    codes.JUDGED_BY_STEP: N_("A milestone: nothing is expected before its last day."),
    codes.JUDGED_BY_FRESHNESS: N_("Judged by whether the text is up to date."),
    codes.NO_TARGET: N_("Without a target it cannot be judged."),
    codes.NO_BASELINE: N_("There is no baseline; 0 was taken."),
    codes.NO_BAND: N_("There is no band to stay inside."),
    codes.HOLD_THE_LINE: N_(
        "Baseline and target are equal: met or not, there is no percentage between them."
    ),
    codes.PATH_TO_DATE: N_("Progress compares with what was expected by this day."),
    codes.USED_EARLIER_PERIOD: N_("The running period has no value yet; an earlier one is shown."),
    codes.PERIOD_NOT_APPLICABLE: N_("A period was not applicable; its target is left out."),
    codes.OLDER_TOTAL: N_("Newer parts cannot be added up; the older total stands."),
    codes.SEVERAL_QUALIFIERS: N_("Several qualifiers: only that of the last target is judged."),
    codes.PAUSES: N_("Pauses of the plan are taken out: nothing is expected in them."),
    codes.PARTS_WITHOUT_TOTAL: N_(
        "Parts without numerator and denominator cannot be added up, and there is no total."
    ),
    codes.PERCENTAGES_NOT_ADDED: N_("Percentages without a denominator cannot be added up."),
    codes.NOT_APPLICABLE: N_("It was stated that this is not applicable."),
}

_REASONS: Final[Mapping[str, str]] = {
    codes.OUTSIDE_PERIOD: N_("outside the period"),
    codes.OTHER_QUALIFIER: N_("another qualifier"),
    codes.EARLIER_PERIOD: N_("counts in an earlier period"),
    codes.NOT_APPLICABLE: N_("not applicable"),
    codes.TEXT: N_("text, no number"),
    codes.NOT_TEXT: N_("a number where words are asked"),
    codes.INCOMPLETE: N_("incomplete"),
    codes.SUPERSEDED: N_("a later one took its place"),
    codes.PART_OF_TOTAL: N_("part of the total that was reported"),
    codes.PLAIN_BESIDE_RATIO: N_("no denominator beside others that have one"),
    codes.PARTS_WITHOUT_TOTAL: N_("part that cannot be added up"),
    codes.PERCENTAGES_NOT_ADDED: N_("percentage that cannot be added up"),
}

_REFUSED: Final[Mapping[str, str]] = {
    codes.TOO_FEW: N_("no forecast: fewer than 3 observations"),
    codes.TOO_EARLY: N_("no forecast: less than 10 % of the period has passed"),
}

_METHODS: Final[Mapping[str, str]] = {
    codes.RUN_RATE: N_("Forecast at the pace of the whole period"),
    codes.RECENT_WINDOW: N_("Forecast at the pace of the last 91 days"),
}

_VERDICTS: Final[Mapping[str, str]] = {
    codes.FULFILLED: N_("fulfilled"),
    codes.OPEN: N_("open"),
    codes.MISSED: N_("missed"),
    codes.UPCOMING: N_("upcoming"),
    codes.UNREPORTED: N_("not reported"),
    codes.NOT_APPLICABLE: N_("not applicable"),
}


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
    else:
        names = {row[0]: row[2] for row in session.read(organisations.names)}
        told = _explain_indicator(indicator_detail(session, line.id), session.as_of, names)
    if session.known_at is None:
        return told
    known = (_("As known on"), moment_words(session.known_at, get_language()))
    return replace(told, facts=(*told.facts, known))


def verdict_word(verdict: str) -> str:
    """What became of a period's target, in words."""
    return _(_VERDICTS[verdict])


def forecast_word(method: str) -> str:
    """By which method a forecast was made."""
    return _(_METHODS[method])


def refusal_word(code: str) -> str:
    """Why there is no forecast."""
    return _(_REFUSED[code])


def amount(value: Fraction | None, unit: str) -> str:
    """A number with its unit, or a dash where there is none."""
    if value is None:
        return "–"
    places = None if value.denominator == 1 else 2
    text = format_number(value, get_language(), places=places)
    return f"{text} {unit}".strip()


def share(value: Fraction | None) -> str:
    """A share as a percentage with one decimal, or a dash."""
    return "–" if value is None else format_percent(value, get_language())


def ratio_text(ratio: Fraction) -> str:
    """A pace ratio with two decimals; three where two would hide on which side it lies."""
    places = 3 if any(abs(ratio - edge) < Fraction(1, 100) for edge in _EDGES) else 2
    return format_number(ratio, get_language(), places=places)


_EDGES: Final = (Fraction(85, 100), Fraction(60, 100))


def _day(day: date) -> str:
    return format_date(day, get_language())


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
        (_("As of"), _day(as_of)),
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


def _capped(child: StatusLine) -> str:
    if child.progress is None:
        return share(Fraction(child.status is Status.MET)) + " " + _("(met or not)")
    text = share(child.progress)
    bounded = min(max(child.progress, Fraction(0)), Fraction(1))
    if bounded != child.progress:
        text += " " + _("(counts as {share})").format(share=share(bounded))
    return text


def _explain_indicator(
    detail: IndicatorDetail, as_of: date, names: Mapping[str, str]
) -> Explanation:
    record, judgement = detail.record, detail.judgement
    sentences = [_(_RULES[code]) for code in judgement.rules if code in _RULES]
    if formula := _formula(judgement):
        sentences.append(formula)
    return Explanation(
        title=f"{record.code} {record.title}",
        sentences=tuple(sentences),
        facts=tuple(_facts(detail, as_of)),
        used=tuple(_listed(judgement.used, record.unit, names)),
        left_out=tuple(
            f"{_entry(entry, record.unit, names)} — {_(_REASONS[reason])}"
            for entry, reason in judgement.left_out[:_LISTED]
        )
        + _more(len(judgement.left_out)),
        late=_late(detail.line),
    )


def _late(line: StatusLine) -> tuple[str, ...]:
    return (*map(late_text, line.late[:_LISTED]), *_more(len(line.late)))


def _formula(judgement: Judgement) -> str:
    """The progress formula with its numbers filled in."""
    value, baseline, target = judgement.value, judgement.baseline, judgement.target
    if judgement.progress is None or value is None or target is None:
        return ""
    start = baseline or Fraction(0)
    return _(
        "Progress = (value - baseline) / (target - baseline) = ({v} - {b}) / ({t} - {b}) = {p}"
    ).format(
        v=amount(value, ""), b=amount(start, ""), t=amount(target, ""), p=share(judgement.progress)
    )


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
            _period_label(result.period.start, result.period.end, result.qualifier),
            f"{amount(result.value, '')} / {amount(result.target, '')}"
            f" {verdict_word(result.verdict)}",
        )
        for result in judgement.periods
    )
    facts.extend((_(_METHODS[f.method]), _forecast(f, unit)) for f in judgement.forecasts)
    if judgement.period_start and judgement.period_end:
        facts.append((_("Period"), _period_label(judgement.period_start, judgement.period_end, "")))
    if judgement.last_entry_day is not None:
        facts.append(
            (
                _("Last measurement"),
                f"{_day(judgement.last_entry_day)} ({word(judgement.freshness)})",
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
    facts.append((_("As of"), _day(as_of)))
    return facts


def days_text(days: Fraction) -> str:
    """Days ahead or behind, to one decimal."""
    shown = format_number(abs(days), get_language(), places=1)
    if days == 0:
        return _("exactly on the line")
    return (_("{days} days behind") if days > 0 else _("{days} days ahead")).format(days=shown)


def _period_label(start: date, end: date, qualifier: str) -> str:
    whole_year = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    if whole_year and start.year == end.year:
        label = str(start.year)
    else:
        label = f"{_day(start)} – {_day(end)}"
    return f"{label} {qualifier}".strip()


def _forecast(forecast: Forecast, unit: str) -> str:
    if forecast.refused:
        return _(_REFUSED[forecast.refused])
    text = f"{amount(forecast.value, unit)} ({share(forecast.share)})"
    if forecast.reached_on is not None:
        text += ", " + _("target reached on {day}").format(day=_day(forecast.reached_on))
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
    return "  ".join(filter(None, (_day(entry.day), text, entry.qualifier)))
