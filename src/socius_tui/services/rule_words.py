"""The words for the codes by which a judgement explains itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from socius_tui.domain import codes
from socius_tui.i18n import N_, _

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


def rule_word(code: str) -> str:
    """A rule in a sentence; "" for a code that needs none."""
    return _(_RULES[code]) if code in _RULES else ""


def reason_word(code: str) -> str:
    """Why an entry did not make the value."""
    return _(_REASONS[code])


def verdict_word(verdict: str) -> str:
    """What became of a period's target, in words."""
    return _(_VERDICTS[verdict])


def forecast_word(method: str) -> str:
    """By which method a forecast was made."""
    return _(_METHODS[method])


def refusal_word(code: str) -> str:
    """Why there is no forecast."""
    return _(_REFUSED[code])
