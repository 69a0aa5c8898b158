"""One goal or indicator in full, ready to show beside the tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from socius_tui.domain.breakdown import NO_PARTS, Breakdown
from socius_tui.domain.chart import Chart
from socius_tui.domain.judgement import Judgement
from socius_tui.domain.overview import StatusLine
from socius_tui.domain.periods import PeriodLine
from socius_tui.domain.plan import GoalRecord, IndicatorRecord
from socius_tui.domain.programme import ActionLine
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

    `visits` are those counted or linked, newest first, at most a screenful; `reasons` say why
    targets were changed: (period start, period end, reason). `chart` runs from the start to the
    end of what is judged, and `chart_says` in one sentence what it shows. `periods` are the
    targets. `work_types` are the names of those in the `breakdown`, by id. `outlook` are the
    forecasts, by method, and `no_outlook` says why there are none. `narratives` are the stories of
    its goal and of those above, the nearest first, with the code of the goal. Words are in the
    interface language.
    """

    record: IndicatorRecord
    line: StatusLine
    judgement: Judgement
    goal: GoalRecord
    measurements: tuple[MeasurementLine, ...]
    reasons: tuple[tuple[str, str, str], ...]
    chart: Chart
    chart_says: str
    reporting: Reporting
    visits: tuple[VisitLine, ...]
    follow_ups: tuple[FollowUpLine, ...]
    periods: tuple[PeriodLine, ...] = ()
    breakdown: Breakdown = NO_PARTS
    breakdown_says: str = ""
    work_types: Mapping[str, str] = field(default_factory=dict)
    outlook: tuple[OutlookLine, ...] = ()
    no_outlook: str = ""
    narratives: tuple[tuple[str, NarrativeLine], ...] = ()


@dataclass(frozen=True, slots=True)
class OutlookLine:
    """A forecast by one method, in words.

    `needs` says what the method asks and what there is; `refused` why there is none, or "".
    """

    method: str
    name: str
    short: str
    value: Fraction | None
    share: Fraction | None
    reached_on: date | None
    sum: str
    needs: str
    refused: str = ""


@dataclass(frozen=True, slots=True)
class GoalDetail:
    """A goal with what hangs on it: its children's lines, visits, needs heard, its story.

    `action` is what the year programme holds of it, where it is an action.
    """

    record: GoalRecord
    line: StatusLine
    children: tuple[StatusLine, ...]
    visits: tuple[VisitLine, ...]
    needs: tuple[tuple[str, int], ...]
    follow_ups: tuple[FollowUpLine, ...]
    narratives: tuple[NarrativeLine, ...]
    action: ActionLine | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a number is what it is.

    `sentences` tell the rule in words, `facts` are label and value, `steps` the arithmetic with
    its numbers, `used` the entries that made the value and `left_out` those that did not, with
    the reason; `late` is what was changed after its period was closed. All in the interface
    language.
    """

    title: str
    sentences: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    used: tuple[str, ...]
    left_out: tuple[str, ...]
    late: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
