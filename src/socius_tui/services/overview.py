"""The state of the plan: judged indicators rolled up to goals and to the plan itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from socius_tui.domain import coverage as coverage_rule
from socius_tui.domain.closing import LateChange
from socius_tui.domain.judgement import Judgement
from socius_tui.domain.model import Period, Status
from socius_tui.domain.overview import CoverageLine, PlanStatus, StatusLine
from socius_tui.domain.plan import GoalRecord, IndicatorRecord, PlanRecord
from socius_tui.domain.rollup import RollUp, child_of, child_of_goal, roll_up, takes_part
from socius_tui.domain.schedule import days_so_far
from socius_tui.services.evidence import PlanEvidence, read_summed
from socius_tui.services.kept_status import recalled
from socius_tui.services.session import Session
from socius_tui.store import organisations, people, visits
from socius_tui.store.driver import Connection


def plan_status(
    session: Session,
    work_type_id: str | None = None,
    *,
    plan: PlanRecord | None = None,
    on: date | None = None,
) -> PlanStatus:
    """The plan, its goals and indicators on the as-of date, depth first.

    With a work type only what was measured for it, or logged at its organisations, counts.
    `plan` and `on` are another plan and another day than those looked at.
    """
    looked_at = plan or session.plan()
    day = on or session.as_of
    if work_type_id is None:
        kept = recalled(session, looked_at.id, day)
        if kept is not None:
            return kept
    evidence = session.read(
        lambda connection: read_summed(connection, looked_at, day, work_type_id=work_type_id)
    )
    return status_of(evidence)


def status_of(evidence: PlanEvidence) -> PlanStatus:
    """Judge everything in the evidence on its as-of date."""
    tree = _Tree(evidence, evidence.as_of)
    late = evidence.late_by_line()
    lines: list[StatusLine] = []
    tree.write(None, 1, lines, late)
    plan = evidence.plan
    top = _goal_line(
        plan.id,
        "plan",
        0,
        plan.code,
        plan.title,
        None,
        tree.rolled(None),
        plan.rules.period,
        tree.last_entry(None),
        tree.elapsed,
        late.get(plan.id, ()),
    )
    return PlanStatus(evidence.as_of, (top, *lines))


def trend(session: Session, points: int = 8) -> dict[str, tuple[Fraction | None, ...]]:
    """Progress of every line at the ends of the last quarters and on the as-of date.

    Gives, by line id, `points` shares from old to new; None where there was no data yet.
    """
    return in_a_row([progress_on(session, day) for day in trend_days(session, points)])


def trend_days(session: Session, points: int = 8) -> Sequence[date]:
    """The days of a trend, from old to new."""
    return _quarter_ends(session.as_of, points)


def progress_on(session: Session, day: date) -> dict[str, Fraction | None]:
    """Progress of every line on a day, by its id: one point of a trend.

    Who asks for a trend point by point lets others ask in between.
    """
    return {line.id: line.progress for line in plan_status(session, on=day).lines}


def in_a_row(
    points: Sequence[Mapping[str, Fraction | None]],
) -> dict[str, tuple[Fraction | None, ...]]:
    """The points of a trend by line, those of the last one."""
    return {line: tuple(point.get(line) for point in points) for line in points[-1]}


def course(
    evidence: PlanEvidence, days: Sequence[date]
) -> dict[str, tuple[tuple[Fraction | None, Fraction | None], ...]]:
    """Progress and what it should be, as shares, of every goal on each of these days.

    By goal id; progress is None after the as-of date, and where there was no data yet.
    """
    trees = [(day, _Tree(evidence, day)) for day in days]
    return {
        goal.id: tuple(
            (rolled.progress if day <= evidence.as_of else None, rolled.expected)
            for day, tree in trees
            for rolled in (tree.rolled(goal.id),)
        )
        for goal in evidence.goals
    }


def coverage(
    session: Session, since: date | None = None, until: date | None = None
) -> list[CoverageLine]:
    """Organisations visited in a window, by work type, the total last.

    The window is the whole plan unless given, and never runs past the as-of date. The
    denominator follows the plan's policy: recognised on the as-of date, or a fixed number
    (then only the total has it).
    """
    plan, as_of = session.plan(), session.as_of
    return session.read(lambda connection: coverage_of(connection, plan, as_of, since, until))


def coverage_of(
    connection: Connection,
    plan: PlanRecord,
    as_of: date,
    since: date | None = None,
    until: date | None = None,
) -> list[CoverageLine]:
    """The same, of a plan on a day."""
    period = plan.rules.period
    window = Period(since or period.start, until or period.end)
    types = people.work_types(connection, as_of)
    register = organisations.recognitions(connection)
    day = min(window.end, as_of)
    result = coverage_rule.coverage(
        register,
        [(organisation, day) for organisation in visits.visited(connection, window, as_of)],
        window,
        as_of,
        plan.coverage_fixed,
    )
    lines = []
    for work_type in types:
        part = result.by_work_type.get(work_type.id)
        lines.append(
            CoverageLine(
                work_type.id,
                work_type.name,
                work_type.contact_person,
                part.visited if part else 0,
                part.denominator if part else 0,
            )
        )
    lines.append(CoverageLine("", "", "", result.total.visited, result.total.denominator))
    return lines


class _Tree:
    """A plan judged on one day: indicators first, then goal by goal upwards."""

    def __init__(self, evidence: PlanEvidence, day: date) -> None:
        self._evidence = evidence
        self.judgements: dict[str, Judgement] = {
            indicator.id: evidence.judge(indicator, day, looking_ahead=False)
            for indicator in evidence.indicators
        }
        self._goals: dict[str | None, list[GoalRecord]] = {}
        for goal in evidence.goals:
            self._goals.setdefault(goal.parent_id, []).append(goal)
        self._indicators: dict[str, list[IndicatorRecord]] = {}
        for indicator in evidence.indicators:
            self._indicators.setdefault(indicator.goal_id, []).append(indicator)
        self._rolled: dict[str | None, RollUp] = {}
        self.elapsed = days_so_far(evidence.plan.rules, day)

    def rolled(self, goal_id: str | None) -> RollUp:
        """A goal's roll-up; None is the plan itself."""
        if goal_id not in self._rolled:
            own = [
                child_of(self.judgements[indicator.id], indicator.weight)
                for indicator in self._indicators.get(goal_id or "", ())
            ]
            below = [
                child_of_goal(self.rolled(goal.id))
                for goal in self._goals.get(goal_id, ())
                if takes_part(goal.kind, self.rolled(goal.id))
            ]
            self._rolled[goal_id] = roll_up([*own, *below])
        return self._rolled[goal_id]

    def last_entry(self, goal_id: str | None) -> date | None:
        """The day of the last entry below a goal."""
        days = [
            last_entry(i, self.judgements[i.id]) for i in self._indicators.get(goal_id or "", ())
        ]
        days += [self.last_entry(goal.id) for goal in self._goals.get(goal_id, ())]
        return max((day for day in days if day is not None), default=None)

    def write(
        self,
        goal_id: str | None,
        depth: int,
        lines: list[StatusLine],
        late: Mapping[str, tuple[LateChange, ...]],
    ) -> None:
        """Append the lines below a goal, depth first: its indicators, then its goals."""
        parent = goal_id or self._evidence.plan.id
        for indicator in self._indicators.get(goal_id or "", ()):
            judgement = self.judgements[indicator.id]
            found = late.get(indicator.id, ())
            lines.append(indicator_line(indicator, judgement, depth, parent, found))
        for goal in self._goals.get(goal_id, ()):
            lines.append(
                _goal_line(
                    goal.id,
                    goal.kind,
                    depth,
                    goal.code,
                    goal.title,
                    parent,
                    self.rolled(goal.id),
                    self._evidence.plan.rules.period,
                    self.last_entry(goal.id),
                    self.elapsed,
                    late.get(goal.id, ()),
                    goal.state,
                )
            )
            self.write(goal.id, depth + 1, lines, late)


def last_entry(indicator: IndicatorRecord, judgement: Judgement) -> date | None:
    """The day of the last thing that somebody entered; what the program works out is none."""
    if indicator.measure.computed is None:
        return judgement.last_entry_day
    entered = (*judgement.used, *(entry for entry, _reason in judgement.left_out))
    return max((entry.day for entry in entered if entry.ref), default=None)


def indicator_line(
    indicator: IndicatorRecord,
    judgement: Judgement,
    depth: int,
    parent_id: str,
    late: tuple[LateChange, ...],
) -> StatusLine:
    """The line of one judged indicator; `late` is what was changed in it after closing."""
    return StatusLine(
        id=indicator.id,
        level="indicator",
        depth=depth,
        code=indicator.code,
        title=indicator.title,
        parent_id=parent_id,
        unit=indicator.unit,
        kind=indicator.measure.kind.value,
        origin=indicator.origin,
        status=judgement.status,
        progress=judgement.progress,
        expected_progress=judgement.expected_capped,
        pace_ratio=judgement.pace_ratio,
        days_behind=judgement.days_behind,
        value=judgement.value,
        target=judgement.target,
        baseline=judgement.baseline,
        expected=judgement.expected,
        period_start=judgement.period_start,
        period_end=judgement.period_end,
        with_data=int(judgement.with_data),
        of=0 if judgement.not_applicable else 1,
        counts=((judgement.status, 1),),
        last_measurement=last_entry(indicator, judgement),
        freshness=judgement.freshness,
        contact_person=indicator.owner,
        late=late,
    )


def _goal_line(
    identifier: str,
    level: str,
    depth: int,
    code: str,
    title: str,
    parent_id: str | None,
    rolled: RollUp,
    period: Period,
    last: date | None,
    elapsed: int,
    late: tuple[LateChange, ...],
    state: str = "",
) -> StatusLine:
    return StatusLine(
        id=identifier,
        level=level,
        depth=depth,
        code=code,
        title=title,
        parent_id=parent_id,
        unit="",
        kind="",
        origin="",
        status=rolled.status,
        progress=rolled.progress,
        expected_progress=rolled.expected,
        pace_ratio=rolled.pace_ratio,
        days_behind=rolled.days_behind(elapsed),
        value=None,
        target=None,
        baseline=None,
        expected=None,
        period_start=period.start,
        period_end=period.end,
        with_data=rolled.with_data,
        of=rolled.of,
        counts=tuple((status, rolled.counts.get(status, 0)) for status in Status),
        last_measurement=last,
        freshness="",
        contact_person="",
        late=late,
        state=state,
    )


def _quarter_ends(as_of: date, points: int) -> Sequence[date]:
    days = [as_of]
    first = date(as_of.year, (as_of.month - 1) // 3 * 3 + 1, 1)
    while len(days) < points:
        days.append(first - timedelta(days=1))
        first = date(days[-1].year, (days[-1].month - 1) // 3 * 3 + 1, 1)
    return days[::-1]
