"""Everything that a report is made from, read from one state of the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from socius_tui.domain.filters import VisitFilter
from socius_tui.domain.judgement import Judgement
from socius_tui.domain.model import Period
from socius_tui.domain.overview import CoverageLine, PlanStatus, StatusLine
from socius_tui.domain.plan import PlanRecord
from socius_tui.domain.programme import ActionLine
from socius_tui.domain.records import FollowUpLine, NarrativeLine, VisitDetail, VisitLine
from socius_tui.domain.report import Wanted
from socius_tui.services.evidence import PlanEvidence, read_evidence
from socius_tui.services.overview import coverage_of, status_of
from socius_tui.services.register import gaps
from socius_tui.services.session import Session
from socius_tui.store import actions, follow_ups, people, plans, visits
from socius_tui.store.driver import Connection
from socius_tui.store.journal.reading import last_change


class Facts(NamedTuple):
    """A plan on a day, with what happened in the period of the report.

    `before` is how the plan stood on the day before the period, None where that is before the
    plan. `visits` are those of the period up to the as-of date, done or cancelled, and `planned`
    those to come after it. `promises` leave out those from a later visit. `narratives` by goal
    are those that touch the period. `gaps` are stretches of the period without a contact person.
    `actions` are those of all years. `known_at` is the moment up to which things are known: the
    one asked for, else that of the last change in the file.
    """

    wanted: Wanted
    plan: PlanRecord
    period: Period
    as_of: date
    today: date
    evidence: PlanEvidence
    status: PlanStatus
    before: PlanStatus | None
    judged: Mapping[str, Judgement]
    coverage: Sequence[CoverageLine]
    visits: Sequence[VisitLine]
    planned: Sequence[VisitLine]
    private: Sequence[VisitDetail]
    promises: Sequence[FollowUpLine]
    narratives: Mapping[str, Sequence[NarrativeLine]]
    target_reasons: Sequence[tuple[str, str, str, str]]
    gaps: Sequence[tuple[str, date, date]]
    work_type: str
    actions: Sequence[ActionLine]
    known_at: datetime | None

    @property
    def day_before(self) -> date:
        """The day on which `before` is."""
        return self.period.start - timedelta(days=1)

    @property
    def done(self) -> list[VisitLine]:
        """The visits of the period that were done."""
        return [line for line in self.visits if line.status == "done"]

    def line(self, identifier: str) -> StatusLine:
        """The line of a goal or an indicator."""
        return next(line for line in self.status.lines if line.id == identifier)


def read_facts(session: Session, wanted: Wanted, period: Period, as_of: date) -> Facts:
    """Read them, all from one state of the file. Raises RuleBroken without a plan."""
    plan = session.plan()

    def read(connection: Connection) -> Facts:
        evidence = read_evidence(connection, plan, as_of)
        day_before = period.start - timedelta(days=1)
        window = Period(period.start, min(period.end, as_of))
        log = visits.visit_lines(connection, VisitFilter(work_type_id=wanted.work_type_id))
        later = {line.id for line in log if line.visited_on > as_of}
        inside = [line for line in log if line.visited_on in window and line.status != "planned"]
        types = people.work_types(connection, as_of)
        return Facts(
            wanted=wanted,
            plan=plan,
            period=period,
            as_of=as_of,
            today=session.today,
            evidence=evidence,
            status=status_of(evidence),
            before=_before(evidence, day_before),
            judged={record.id: evidence.judge(record) for record in evidence.indicators},
            coverage=coverage_of(connection, plan, as_of, window.start, window.end),
            visits=inside[::-1],
            planned=[
                line for line in log[::-1] if line.status == "planned" and line.visited_on > as_of
            ],
            private=_private(connection, inside[::-1]) if wanted.private else (),
            promises=[
                line
                for line in follow_ups.follow_up_lines(connection, open_only=False)
                if line.visit_id not in later
            ],
            narratives=_narratives(connection, evidence, window),
            target_reasons=[
                (record.code, *reason)
                for record in evidence.indicators
                for reason in plans.target_reasons(connection, record.id)
            ],
            gaps=gaps(window, window.end, types, people.assignments(connection)),
            work_type=next((t.name for t in types if t.id == wanted.work_type_id), ""),
            actions=actions.action_lines(connection, plan.id),
            known_at=session.known_at or last_change(connection),
        )

    return session.read(read)


def _before(evidence: PlanEvidence, day: date) -> PlanStatus | None:
    if day < evidence.plan.rules.period.start:
        return None
    return status_of(evidence._replace(as_of=day, late=()))


def _narratives(
    connection: Connection, evidence: PlanEvidence, window: Period
) -> dict[str, list[NarrativeLine]]:
    """The stories that touch a stretch, by goal, the oldest first."""
    found = {
        goal.id: [
            line
            for line in reversed(plans.narratives(connection, goal.id))
            if line.period_start <= window.end and line.period_end >= window.start
        ]
        for goal in evidence.goals
    }
    return {goal_id: lines for goal_id, lines in found.items() if lines}


def _private(connection: Connection, lines: Sequence[VisitLine]) -> list[VisitDetail]:
    """The visits with something that stays inside unless it is asked for."""
    details = (visits.visit_detail(connection, line.id) for line in lines)
    return [found for found in details if found is not None and (found.private_note or found.met)]
