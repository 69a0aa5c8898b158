"""Questions of the director's page: what the pace asks, how good the data are, what waits."""

from __future__ import annotations

from datetime import date

from socius_tui.domain import cockpit as rule
from socius_tui.domain.cockpit import DueLine, Quality, WorkTypePace
from socius_tui.domain.overview import PlanStatus
from socius_tui.domain.reporting import Reporting, due_periods
from socius_tui.services.session import Session
from socius_tui.store import cockpit, people, plans
from socius_tui.store.driver import Connection

GRACE_DAYS = 30  # after its period a report is still in time
_MOST_PROMISES = 200


def work_type_paces(session: Session) -> list[WorkTypePace]:
    """By work type, in the plan's order, what this year still asks; the total is the last line.

    Everybody that is recognised on the as-of date is to be visited before the year is over, as
    in the first year of the plan (lines 2205-2212): the window of the column "this year".
    """
    plan, as_of = session.plan(), session.as_of
    weeks = rule.weeks_left(plan.rules, as_of)
    since = date(as_of.year, 1, 1)
    types, rows = session.read(
        lambda c: (people.work_types(c, as_of), cockpit.to_visit(c, since, as_of))
    )
    open_by_type = {row[0]: row for row in rows}
    lines = []
    for work_type in types:
        _id, to_go, planned, first = open_by_type.get(work_type.id, (work_type.id, 0, 0, None))
        lines.append(WorkTypePace(work_type.id, to_go, planned, rule.per_week(to_go, weeks), first))
    to_go, planned = sum(line.to_go for line in lines), sum(line.planned for line in lines)
    lines.append(WorkTypePace("", to_go, planned, rule.per_week(to_go, weeks), None))
    return lines


def data_quality(session: Session, status: PlanStatus) -> dict[str, Quality]:
    """Completeness, timeliness and staleness of every line of a status, by its id.

    What the program counts itself is not waited for: nobody has to report it.
    """
    plan = session.plan()

    def read(connection: Connection) -> dict[str, Reporting]:
        found = {}
        for record in plans.load_indicators(connection, plan.id):
            if record.measure.computed is not None:
                continue
            start = starts.get(record.id) or period.start
            due = due_periods(
                record.measure.frequency, start, status.as_of, GRACE_DAYS, end=period.end
            )
            found[record.id] = cockpit.reports_in(connection, record.id, [*due], GRACE_DAYS)
        return found

    period = plan.rules.period
    starts = {line.id: line.period_start for line in status.lines if line.level == "indicator"}
    return rule.quality(status, session.read(read))


def due(session: Session, status: PlanStatus) -> list[DueLine]:
    """What waits: promises by their day, targets that fall due, indicators without fresh data.

    Targets whose indicator is met already are left out.
    """
    plan = session.plan()
    until = rule.due_until(status.as_of)
    promises, targets = session.read(
        lambda c: (
            cockpit.promises_due(c, status.as_of, until, _MOST_PROMISES),
            cockpit.targets_due(c, plan.id, status.as_of, until),
        )
    )
    waiting = [line for line in targets if rule.still_open(status, line.opens)]
    return [*promises, *waiting, *rule.waiting_for_data(status)]
