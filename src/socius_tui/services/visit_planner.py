"""The plan of visits of one person: what remains, in which weeks, on which days, how quick."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from socius_tui.domain.model import Computed, Period
from socius_tui.domain.plan import PlanRecord
from socius_tui.domain.titles import counted
from socius_tui.domain.visit_planning import PER_DAY, Pace, WeekPlan, pace, propose
from socius_tui.domain.working_days import WorkingWeek, working_weeks
from socius_tui.errors import NotFound, RuleBroken
from socius_tui.i18n import _
from socius_tui.services.operation import UseCase
from socius_tui.services.public_holidays import public_holidays
from socius_tui.services.resolve import named_persons
from socius_tui.services.session import Session
from socius_tui.services.visiting import LogVisit
from socius_tui.store import people, plans
from socius_tui.store import visit_planning as store
from socius_tui.store.driver import Connection
from socius_tui.store.unit_of_work import Transaction

#: Why the window is what it is: the target of an indicator, or the year.
BY_TARGET: Final = "target"
BY_YEAR: Final = "year"


class VisitPlan(NamedTuple):
    """What somebody has to visit in a window, and how that can be done.

    `rule` says where the window comes from, `indicator` the code of its indicator. `from_day` is
    the first day that can still be used. `organisations` are those of the person's work types,
    of which `visited` were visited in the window and `planned` are going to be. `fits` is False
    when some of the `remaining` found no day.
    """

    person_id: str
    person: str
    work_types: tuple[str, ...]
    window: Period
    rule: str
    indicator: str
    from_day: date
    organisations: int
    visited: int
    planned: int
    remaining: int
    working_days: int
    pace: Pace
    per_week: int | None
    weeks: tuple[WeekPlan, ...]

    @property
    def proposed(self) -> int:
        """How many visits found a day."""
        return sum(len(week.proposals) for week in self.weeks)

    @property
    def fits(self) -> bool:
        """Whether every organisation that remains found a day."""
        return self.proposed == self.remaining


class PlanVisits(UseCase):
    """Plan several visits of one person at once; all of them or none."""

    visits: tuple[tuple[str, date], ...]
    visitor_id: str | None = None

    def apply(self, transaction: Transaction) -> str:
        """Plan each as a visit is planned. Raises RuleBroken when one is planned already."""
        if not self.visits:
            raise RuleBroken(_("Choose at least one visit."), field="visits")
        for organisation_id, day in self.visits:
            if store.has_planned_visit(transaction.connection, organisation_id, transaction.today):
                raise RuleBroken(
                    _("A visit to this organisation is planned already."),
                    hint=_("Look at the proposals again: they leave it out now."),
                )
            LogVisit.of(
                organisation_id=organisation_id,
                visited_on=day,
                status="planned",
                visitor_id=self.visitor_id,
            ).apply(transaction)
        return counted("{count} visit planned", "{count} visits planned", len(self.visits))


def visit_plan(
    session: Session,
    person_id: str | None = None,
    *,
    per_week: int | None = None,
    per_day: int = PER_DAY,
) -> VisitPlan:
    """The plan of visits of a person, by default the one at the keyboard.

    Days of work are Monday to Friday without public holidays, pauses of the plan and days off.
    Raises NotFound for an unknown person, RuleBroken for somebody without a work type.
    """
    plan, as_of = session.plan(), session.as_of
    named = _person(session, person_id)
    window, rule, indicator = session.read(lambda connection: _window(connection, plan, as_of))
    from_day = max(as_of + timedelta(days=1), window.start)

    def read(connection: Connection) -> VisitPlan:
        types = [w for w in people.work_types(connection, as_of) if w.contact_person_id == named[0]]
        if not types:
            raise RuleBroken(
                _("{name} is the contact person of no work type on {day}.").format(
                    name=named[1], day=as_of.isoformat()
                ),
                hint=_("Say for whom: `socius planner --person NAME`."),
            )
        ids = [work_type.id for work_type in types]
        closed = _closed(connection, plan, named[0], window)
        weeks = working_weeks(from_day, window.end, closed)
        passed = working_weeks(window.start, min(as_of, window.end), closed)
        waiting = store.candidates(connection, ids, window, as_of)
        organisations, visited, planned = store.counted(connection, ids, window, as_of)
        taken = store.planned_days(connection, named[0], from_day)
        days = _days(weeks)
        return VisitPlan(
            *named,
            tuple(work_type.name for work_type in types),
            window,
            rule,
            indicator,
            from_day,
            organisations,
            visited,
            planned,
            len(waiting),
            days,
            pace(len(waiting) + planned, days, visited, _days(passed)),
            per_week,
            propose(waiting, weeks, taken, per_week=per_week, per_day=per_day),
        )

    return session.read(read)


def _person(session: Session, person_id: str | None) -> tuple[str, str]:
    wanted = person_id or session.actor
    found = next((p for p in named_persons(session) if p.id == wanted), None)
    if found is None:
        raise NotFound(
            _("Nobody said for whom."), hint=_("Say for whom: `socius planner --person NAME`.")
        )
    return found.id, found.name


def _window(connection: Connection, plan: PlanRecord, as_of: date) -> tuple[Period, str, str]:
    """What the plan asks to be visited by when: the target that runs, else this year."""
    for indicator in plans.load_indicators(connection, plan.id):
        counts_all = not indicator.computed_linked
        if counts_all and indicator.measure.computed is Computed.VISITED_ORGANISATIONS:
            for target in indicator.measure.targets:
                if as_of in target.period:
                    return target.period, BY_TARGET, indicator.code
    start, end = plan.rules.period
    year = Period(max(start, date(as_of.year, 1, 1)), min(end, date(as_of.year, 12, 31)))
    if year.start > year.end:
        raise RuleBroken(
            _("{day} is outside the plan's period, {start} to {end}.").format(
                day=as_of.isoformat(), start=start.isoformat(), end=end.isoformat()
            )
        )
    return year, BY_YEAR, ""


def _closed(
    connection: Connection, plan: PlanRecord, person_id: str, window: Period
) -> frozenset[date]:
    off = [
        Period(each.starts_on, each.ends_on)
        for each in store.days_off(connection, since=window.start)
        if each.person_id in (None, person_id)
    ]
    shut = (day for period in (*plan.rules.pauses, *off) for day in _inside(period, window))
    return frozenset((*public_holidays(*window), *shut))


def _inside(period: Period, window: Period) -> Iterator[date]:
    day = max(period.start, window.start)
    while day <= min(period.end, window.end):
        yield day
        day += timedelta(days=1)


def _days(weeks: tuple[WorkingWeek, ...]) -> int:
    return sum(len(week.days) for week in weeks)
