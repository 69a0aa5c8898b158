"""Questions about one goal or indicator: everything behind its number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from socius_tui.domain.breakdown import breakdown
from socius_tui.domain.detail import ChartPoint, GoalDetail, IndicatorDetail
from socius_tui.domain.filters import VisitFilter
from socius_tui.domain.model import Computed, Entry, Judging
from socius_tui.domain.periods import period_lines
from socius_tui.domain.plan import IndicatorRecord
from socius_tui.domain.records import NarrativeLine
from socius_tui.domain.reporting import reporting
from socius_tui.errors import NotFound
from socius_tui.i18n import _
from socius_tui.services.charting import chart_of
from socius_tui.services.evidence import PlanEvidence, read_evidence
from socius_tui.services.outlook import (
    breakdown_sentence,
    chart_sentence,
    no_outlook,
    outlook_lines,
)
from socius_tui.services.overview import indicator_line, plan_status
from socius_tui.services.session import Session
from socius_tui.store import actions, follow_ups, measurements, people, plans, visits
from socius_tui.store.driver import Connection

_SCREENFUL = 50
_CHART_POINTS = 48


def indicator_detail(session: Session, indicator_id: str) -> IndicatorDetail:
    """An indicator with its judgement, measurements and chart. Raises NotFound."""
    plan = session.plan()
    as_of = session.as_of

    def read(connection: Connection) -> IndicatorDetail:
        evidence = read_evidence(connection, plan, as_of, indicator_id=indicator_id)
        if not evidence.indicators:
            raise NotFound(_("This indicator no longer exists."))
        record = evidence.indicators[0]
        judgement = evidence.judge(record)
        start = judgement.period_start or plan.rules.period.start
        entries = evidence.entries_for(record, as_of)
        names = {each.id: each.name for each in people.work_types(connection, as_of)}
        parts = breakdown(
            record.measure,
            by_work_type(evidence, record, entries),
            judgement,
            plan.rules,
            as_of,
            names,
        )
        promised = record.measure.judging is Judging.BY_PERIOD
        unit = _("periods") if promised else record.unit
        return IndicatorDetail(
            record=record,
            line=indicator_line(
                record,
                judgement,
                0,
                record.goal_id,
                evidence.late_by_line().get(record.id, ()),
            ),
            judgement=judgement,
            goal=next(goal for goal in evidence.goals if goal.id == record.goal_id),
            measurements=tuple(
                measurements.lines(
                    connection, indicator_id=indicator_id, as_of=as_of, limit=_SCREENFUL
                )
            ),
            reasons=tuple(plans.target_reasons(connection, indicator_id)),
            chart=chart_of(evidence, record, judgement, unit),
            chart_says=chart_sentence(record.measure, judgement, unit, as_of),
            reporting=reporting(record.measure.frequency, entries, start, as_of),
            visits=tuple(visits.visit_lines(connection, _behind(record, as_of), limit=_SCREENFUL)),
            follow_ups=tuple(follow_ups.follow_ups_about(connection, indicator_id=indicator_id)),
            periods=period_lines(record.measure, judgement, entries, plan.rules, as_of),
            breakdown=parts,
            breakdown_says=breakdown_sentence(parts, record.unit),
            work_types=names,
            outlook=outlook_lines(judgement),
            no_outlook=no_outlook(record.measure, judgement, as_of),
            narratives=tuple(_stories(connection, evidence, record.goal_id)),
        )

    return session.read(read)


def goal_detail(session: Session, goal_id: str) -> GoalDetail:
    """A goal with its children, visits, needs heard and story. Raises NotFound."""
    plan = session.plan()
    as_of = session.as_of
    status = plan_status(session, plan=plan)

    def read(connection: Connection) -> GoalDetail:
        goals = plans.load_goals(connection, plan.id)
        record = next((goal for goal in goals if goal.id == goal_id), None)
        line = status.find(goal_id)
        if record is None or line is None:
            raise NotFound(_("This goal no longer exists."))
        return GoalDetail(
            record=record,
            line=line,
            children=status.children(goal_id),
            visits=tuple(
                visits.visit_lines(
                    connection, VisitFilter(goal_id=goal_id, until=as_of), limit=_SCREENFUL
                )
            ),
            needs=tuple(visits.need_tags(connection, goal_id=goal_id)),
            follow_ups=tuple(follow_ups.follow_ups_about(connection, goal_id=goal_id)),
            narratives=tuple(plans.narratives(connection, goal_id)),
            action=actions.action_line(connection, goal_id),
        )

    return session.read(read)


def _stories(
    connection: Connection, evidence: PlanEvidence, goal_id: str
) -> Iterator[tuple[str, NarrativeLine]]:
    """The stories of a goal and of the goals above it, the nearest first, with their codes."""
    goals = {goal.id: goal for goal in evidence.goals}
    goal = goals.get(goal_id)
    while goal is not None:
        for story in plans.narratives(connection, goal.id):
            yield goal.code, story
        goal = goals.get(goal.parent_id or "")


def by_work_type(
    evidence: PlanEvidence, record: IndicatorRecord, entries: Sequence[Entry]
) -> Sequence[Entry]:
    """The entries with their work type: of what the log holds, that of the organisation."""
    rule = record.measure.computed
    if rule is None:
        return entries
    of_visit = {visit.id: visit.work_type_id for visit in evidence.done_visits}
    if rule is Computed.FOLLOW_UPS_ON_TIME:
        of_promise = {f[0]: of_visit.get(f[4] or "", "") for f in evidence.due_follow_ups}
        return [entry._replace(work_type=of_promise.get(entry.ref, "")) for entry in entries]
    return [entry._replace(work_type=of_visit.get(entry.ref, "")) for entry in entries]


def _behind(record: IndicatorRecord, as_of: date) -> VisitFilter:
    """The visits behind an indicator: those it counts, or those linked to its goal."""
    counts_visits = record.measure.computed in (
        Computed.VISITED_ORGANISATIONS,
        Computed.VISITS_DONE,
    )
    if not counts_visits:
        return VisitFilter(goal_id=record.goal_id, until=as_of)
    goal_id = record.goal_id if record.computed_linked else None
    targets = record.measure.targets
    return VisitFilter(
        status="done",
        goal_id=goal_id,
        since=min((t.period.start for t in targets), default=None),
        until=min(as_of, max((t.period.end for t in targets), default=as_of)),
    )


def chart_points(
    evidence: PlanEvidence, record: IndicatorRecord, number: int = _CHART_POINTS
) -> Sequence[ChartPoint]:
    """Value and expected value on evenly spread days of the stretch that is judged.

    Some `number` of them, and besides the as-of date and the last day.
    """
    whole = evidence.judge(record)
    path = whole.path
    start = whole.period_start or evidence.plan.rules.period.start
    end = whole.period_end or evidence.plan.rules.period.end
    if record.measure.judging is Judging.BY_PERIOD or end <= start:
        return ()
    step = max(1, (end - start).days // number)
    days = [start + timedelta(days=n) for n in range(0, (end - start).days, step)]
    if start <= evidence.as_of <= end:
        days.append(evidence.as_of)
    points = []
    for day in sorted({*days, end}):
        value = evidence.judge(record, day).value if day <= evidence.as_of else None
        points.append(ChartPoint(day, value, path.on(day) if path else None))
    return points
