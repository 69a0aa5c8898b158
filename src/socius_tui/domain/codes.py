"""The codes by which a judgement explains itself.

The rules speak in codes; whoever shows them looks up the words. The tuples at the end name
every code that can occur, so that a missing translation shows in a test.
"""

from __future__ import annotations

# Why an entry did not make the value.
OUTSIDE_PERIOD = "outside_period"
OTHER_QUALIFIER = "other_qualifier"
EARLIER_PERIOD = "earlier_period"  # counts in a period that is not the one judged
NOT_APPLICABLE = "not_applicable"
TEXT = "text"  # words under an indicator that asks for a number
NOT_TEXT = "not_text"  # a number under an indicator that asks for words
INCOMPLETE = "incomplete"  # no number where its form asks for one
SUPERSEDED = "superseded"  # a later entry took its place
PART_OF_TOTAL = "part_of_total"  # a work type's share of a total that was reported
PLAIN_BESIDE_RATIO = "plain_beside_ratio"
PARTS_WITHOUT_TOTAL = "parts_without_total"
PERCENTAGES_NOT_ADDED = "percentages_not_added"

# How the value came about.
RULE_SUM = "rule_sum"
RULE_RATIO_SUM = "rule_ratio_sum"  # numerators and denominators added
RULE_LATEST = "rule_latest"
RULE_LATEST_PARTS = "rule_latest_parts"  # the latest of each work type, added
RULE_MEAN = "rule_mean"
RULE_MIN = "rule_min"
RULE_MAX = "rule_max"
RULE_DISTINCT = "rule_distinct"
RULE_TEXT = "rule_text"

# Against what it was held.
SCOPE_PER_PERIOD_ADDED = "scope_per_period_added"  # all periods so far, against all targets
SCOPE_PERIOD = "scope_period"  # one period, against its own target
SCOPE_TO_DATE = "scope_to_date"  # from the start, against the last target
SCOPE_PLAN = "scope_plan"  # no targets: the whole plan period
JUDGED_BY_PERIOD = "judged_by_period"
JUDGED_BY_BAND = "judged_by_band"
JUDGED_BY_STEP = "judged_by_step"  # a milestone: nothing is expected before its day
JUDGED_BY_FRESHNESS = "judged_by_freshness"

# What to keep in mind.
NO_TARGET = "no_target"
NO_BASELINE = "no_baseline"  # zero was taken
NO_BAND = "no_band"
HOLD_THE_LINE = "hold_the_line"  # the baseline is already there: met or not, no percentage
PATH_TO_DATE = "path_to_date"  # progress compares with what was expected by now
USED_EARLIER_PERIOD = "used_earlier_period"  # the running period has no value yet
PERIOD_NOT_APPLICABLE = "period_not_applicable"  # a period and its target left out
OLDER_TOTAL = "older_total"  # newer parts could not be added
SEVERAL_QUALIFIERS = "several_qualifiers"  # only the last target's qualifier is judged
PAUSES = "pauses"

# What became of a target.
FULFILLED = "fulfilled"
OPEN = "open"
MISSED = "missed"
UPCOMING = "upcoming"
UNREPORTED = "unreported"  # over, and nobody said anything

# How old the last entry is.
FRESH = "fresh"
AGEING = "ageing"
STALE = "stale"
NEVER = "never"

# Forecasts: method, and why one is refused.
RUN_RATE = "run_rate"
RECENT_WINDOW = "recent_window"
TOO_FEW = "too_few"
TOO_EARLY = "too_early"

REASONS = (
    OUTSIDE_PERIOD,
    OTHER_QUALIFIER,
    EARLIER_PERIOD,
    NOT_APPLICABLE,
    TEXT,
    NOT_TEXT,
    INCOMPLETE,
    SUPERSEDED,
    PART_OF_TOTAL,
    PLAIN_BESIDE_RATIO,
    PARTS_WITHOUT_TOTAL,
    PERCENTAGES_NOT_ADDED,
)
RULES = (
    RULE_SUM,
    RULE_RATIO_SUM,
    RULE_LATEST,
    RULE_LATEST_PARTS,
    RULE_MEAN,
    RULE_MIN,
    RULE_MAX,
    RULE_DISTINCT,
    RULE_TEXT,
    SCOPE_PER_PERIOD_ADDED,
    SCOPE_PERIOD,
    SCOPE_TO_DATE,
    SCOPE_PLAN,
    JUDGED_BY_PERIOD,
    JUDGED_BY_BAND,
    JUDGED_BY_STEP,
    JUDGED_BY_FRESHNESS,
    NO_TARGET,
    NO_BASELINE,
    NO_BAND,
    HOLD_THE_LINE,
    PATH_TO_DATE,
    USED_EARLIER_PERIOD,
    PERIOD_NOT_APPLICABLE,
    OLDER_TOTAL,
    SEVERAL_QUALIFIERS,
    PAUSES,
    PARTS_WITHOUT_TOTAL,
    PERCENTAGES_NOT_ADDED,
    NOT_APPLICABLE,
)
VERDICTS = (FULFILLED, OPEN, MISSED, UPCOMING, UNREPORTED, NOT_APPLICABLE)
FRESHNESS = (FRESH, AGEING, STALE, NEVER)
FORECAST_METHODS = (RUN_RATE, RECENT_WINDOW)
FORECAST_REFUSALS = (TOO_FEW, TOO_EARLY)
