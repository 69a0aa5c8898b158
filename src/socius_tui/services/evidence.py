"""Everything that the rules need to judge a plan, read from the file in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from socius_tui.domain import computed
from socius_tui.domain.closing import LateChange, late_by_line
from socius_tui.domain.judge import judge
from socius_tui.domain.judgement import Judgement
from socius_tui.domain.model import Computed, Entry, Period
from socius_tui.domain.plan import GoalRecord, IndicatorRecord, PlanRecord
from socius_tui.services.counting import Seen, counted_log
from socius_tui.store import follow_ups, locks, measurements, people, plans, summaries, visits
from socius_tui.store.driver import Connection


class PlanEvidence(NamedTuple):
    """A plan with its measurements and the parts of the log that its indicators count.

    What is dated after `as_of` is not in it, nor is what the log holds outside the period of the
    plan. `below` gives, for each goal, its own id and
    those of all goals under it: a visit about one of these counts for the goal. `late` is what
    was changed in a period after it was closed.
    """

    plan: PlanRecord
    goals: tuple[GoalRecord, ...]
    indicators: tuple[IndicatorRecord, ...]
    as_of: date
    entries: dict[str, list[Entry]]
    done_visits: Sequence[visits.DoneVisit]
    due_follow_ups: Sequence[tuple[str, date, date | None, str | None, str | None]]
    assignments: Sequence[tuple[str, date, date | None]]
    below: dict[str, frozenset[str]]
    late: Sequence[LateChange] = ()
    counted: Mapping[str, Sequence[Entry]] = {}

    def late_by_line(self) -> dict[str, tuple[LateChange, ...]]:
        """What was changed late, by the id of plan, goal and indicator."""
        return late_by_line(self.late, self.plan.id, self.goals, self.indicators, self.below)

    def entries_for(self, indicator: IndicatorRecord, as_of: date) -> Sequence[Entry]:
        """What an indicator is judged on, measured or counted from the log."""
        rule = indicator.measure.computed
        if rule is None:
            return self.entries.get(indicator.id, ())
        if indicator.id in self.counted:
            return self.counted[indicator.id]
        about = self.below[indicator.goal_id] if indicator.computed_linked else None
        if rule is Computed.WORK_TYPES_WITH_CONTACT:
            ends = [target.period.end for target in indicator.measure.targets]
            ends.append(self.plan.rules.period.end)
            return computed.work_types_with_contact(self.assignments, as_of, ends)
        if rule is Computed.FOLLOW_UPS_ON_TIME:
            return computed.follow_ups_on_time(
                [(f[0], f[1], f[2]) for f in self.due_follow_ups if self._about(f[3], f[4], about)],
                as_of,
            )
        events = [
            (v.id, v.organisation_id, v.day)
            for v in self.done_visits
            if about is None or v.goal_ids & about
        ]
        if not events:
            return computed.nothing_yet(self.plan.rules.period.start)
        if rule is Computed.VISITED_ORGANISATIONS:
            return computed.visited_organisations(events)
        return computed.visits_done(events)

    def judge(
        self, indicator: IndicatorRecord, as_of: date | None = None, *, looking_ahead: bool = True
    ) -> Judgement:
        """The indicator on a day, by default the as-of date; with forecasts or without."""
        day = as_of or self.as_of
        return judge(
            indicator.measure,
            self.entries_for(indicator, day),
            self.plan.rules,
            day,
            looking_ahead=looking_ahead,
        )

    def _about(
        self, goal_id: str | None, visit_id: str | None, about: frozenset[str] | None
    ) -> bool:
        if about is None or goal_id in about:
            return True
        return any(v.id == visit_id and v.goal_ids & about for v in self.done_visits)


def read_evidence(
    connection: Connection,
    plan: PlanRecord,
    as_of: date,
    *,
    work_type_id: str | None = None,
    indicator_id: str | None = None,
) -> PlanEvidence:
    """Read a plan's evidence up to a day; for one work type, or one indicator, if asked."""
    goals = tuple(plans.load_goals(connection, plan.id))
    indicators = tuple(plans.load_indicators(connection, plan.id, indicator_id))
    span = _span(plan, indicators)
    counts = indicator_id is None or any(i.measure.computed for i in indicators)
    return PlanEvidence(
        plan=plan,
        goals=goals,
        indicators=indicators,
        as_of=as_of,
        entries=measurements.entries(
            connection, plan.id, as_of, indicator_id=indicator_id, work_type_id=work_type_id
        ),
        done_visits=visits.done_visits(connection, span, as_of, work_type_id=work_type_id)
        if counts
        else (),
        due_follow_ups=follow_ups.due_follow_ups(connection, span, as_of, work_type_id=work_type_id)
        if counts
        else (),
        assignments=[
            (a.work_type_id, a.starts_on, a.ends_on)
            for a in people.assignments(connection, work_type_id=work_type_id)
        ],
        below=_below(goals),
        late=locks.late_changes(connection, plan.id, as_of),
    )


def read_summed(
    connection: Connection,
    plan: PlanRecord,
    as_of: date,
    *,
    work_type_id: str | None = None,
) -> PlanEvidence:
    """The same, in as few entries as are judged the same on the as-of date.

    For a status, which shows neither single measurements nor forecasts: it reads the summaries,
    and of the log how often, instead of every row.
    """
    goals = tuple(plans.load_goals(connection, plan.id))
    indicators = tuple(plans.load_indicators(connection, plan.id))
    span, below = _span(plan, indicators), _below(goals)
    end = plan.rules.period.end
    after = (end + timedelta(days=1),) if end < date.max else ()
    cuts = (plan.rules.period.start, *after)
    log: Seen = {}
    return PlanEvidence(
        plan=plan,
        goals=goals,
        indicators=indicators,
        as_of=as_of,
        entries=summaries.summed_entries(
            connection,
            {i.id: i.measure for i in indicators if i.measure.computed is None},
            cuts,
            as_of,
            work_type_id=work_type_id,
        ),
        done_visits=(),
        due_follow_ups=(),
        assignments=[
            (a.work_type_id, a.starts_on, a.ends_on)
            for a in people.assignments(connection, work_type_id=work_type_id)
        ],
        below=below,
        late=locks.late_changes(connection, plan.id, as_of),
        counted={
            i.id: entries
            for i in indicators
            if (
                entries := counted_log(
                    connection, plan, span, i, below, cuts, as_of, work_type_id, log
                )
            )
            is not None
        },
    )


def _span(plan: PlanRecord, indicators: Sequence[IndicatorRecord]) -> Period:
    """The period of a plan, with its targets where these reach further.

    The log belongs to the file: what was done in the period of another plan counts there.
    """
    periods = [plan.rules.period, *(t.period for i in indicators for t in i.measure.targets)]
    return Period(min(p.start for p in periods), max(p.end for p in periods))


def _below(goals: Sequence[GoalRecord]) -> dict[str, frozenset[str]]:
    children: dict[str | None, list[str]] = {}
    for goal in goals:
        children.setdefault(goal.parent_id, []).append(goal.id)

    def collect(goal_id: str) -> frozenset[str]:
        return frozenset({goal_id}).union(*(collect(child) for child in children.get(goal_id, ())))

    return {goal.id: collect(goal.id) for goal in goals}
