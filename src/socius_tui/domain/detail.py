"""One goal or indicator in full, ready to show beside the tree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from socius_tui.domain.judgement import Judgement
from socius_tui.domain.overview import StatusLine
from socius_tui.domain.plan import GoalRecord, IndicatorRecord
from socius_tui.domain.records import FollowUpLine, MeasurementLine, NarrativeLine, VisitLine
from socius_tui.domain.reporting import Reporting


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """A day with the value reached by then and the value expected; None is unknown."""

    day: date
    value: Fraction | None
    expected: Fraction | None


@dataclass(frozen=True, slots=True)
class IndicatorDetail:
    """An indicator with everything behind its number.

    `visits` are those counted or linked, newest first, at most a screenful; `reasons` say
    why targets were changed: (period start, period end, reason). `chart` runs from the
    start to the end of what is judged; values stop at the as-of date.
    """

    record: IndicatorRecord
    line: StatusLine
    judgement: Judgement
    goal: GoalRecord
    measurements: tuple[MeasurementLine, ...]
    reasons: tuple[tuple[str, str, str], ...]
    chart: tuple[ChartPoint, ...]
    reporting: Reporting
    visits: tuple[VisitLine, ...]
    follow_ups: tuple[FollowUpLine, ...]


@dataclass(frozen=True, slots=True)
class GoalDetail:
    """A goal with what hangs on it: its children's lines, visits, needs heard, its story."""

    record: GoalRecord
    line: StatusLine
    children: tuple[StatusLine, ...]
    visits: tuple[VisitLine, ...]
    needs: tuple[tuple[str, int], ...]
    follow_ups: tuple[FollowUpLine, ...]
    narratives: tuple[NarrativeLine, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a number is what it is.

    `sentences` tell the rule in words, `facts` are label and value, `used` the entries that
    made the value and `left_out` those that did not, with the reason; `late` is what was
    changed after its period was closed. All in the interface language.
    """

    title: str
    sentences: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    used: tuple[str, ...]
    left_out: tuple[str, ...]
    late: tuple[str, ...] = ()
