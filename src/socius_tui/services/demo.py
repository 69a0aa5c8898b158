"""A throw-away file to look around in: the real plan with made-up, clearly marked data.

Everything is the same each time: no chance, no clock. Each event goes through the same use
case as in real life, as if somebody had entered it on its own day, so nothing in the demo
could not have been entered by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from socius_tui.domain.aggregation import accumulates
from socius_tui.domain.changes import ChangeSet
from socius_tui.domain.filters import VisitFilter
from socius_tui.domain.judge import judge
from socius_tui.domain.model import (
    Aggregation,
    EntryForm,
    IndicatorKind,
    Judging,
    Measure,
    Period,
    Rules,
)
from socius_tui.domain.moments import milliseconds
from socius_tui.domain.numbers import to_decimal_text
from socius_tui.domain.plan import GoalRecord, IndicatorRecord
from socius_tui.domain.reporting import reporting_periods
from socius_tui.domain.titles import said
from socius_tui.paths import resource
from socius_tui.services.assigning import AddPerson, Assign
from socius_tui.services.background_file import AddBackground
from socius_tui.services.clock import FixedClock
from socius_tui.services.demo_actions import demo_actions
from socius_tui.services.demo_background import demo_background
from socius_tui.services.demo_planning import demo_planning
from socius_tui.services.demo_texts import (
    CONTACT_PERSONS,
    DIRECTOR,
    MET,
    NARRATIVES,
    NEEDS,
    NOTES,
    PROMISES,
    STORIES,
    SUCCESSOR,
    THING,
)
from socius_tui.services.exchange.organisationfile import read_organisations
from socius_tui.services.exchange.planfile import read_plan_file
from socius_tui.services.following import CloseFollowUp
from socius_tui.services.measuring import AddMeasurement
from socius_tui.services.narrating import WriteNarrative
from socius_tui.services.operation import UseCase
from socius_tui.services.planning import CreatePlan, RegisterOrganisations
from socius_tui.services.publishing import refresh
from socius_tui.services.rules import present
from socius_tui.services.session import Operation, Session
from socius_tui.services.visiting import CancelVisit, LogVisit, Promise
from socius_tui.store import organisations, people, plans, visits
from socius_tui.store.driver import Connection
from socius_tui.store.follow_ups import follow_up
from socius_tui.store.ids import time_ordered_ids
from socius_tui.store.schema import new_database
from socius_tui.store.unit_of_work import Story, Transaction

TODAY: Final = date(2018, 6, 30)
_HANDOVER: Final = date(2017, 9, 1)
_NEVER_VISITED: Final = 5

#: How the measured indicators under each goal fare against their expected line, in turn;
#: None is never measured. With them every status occurs, and no two goals look alike.
_FACTORS: Final = {
    "SD1": ("1.02", "1.05", "0.97", "1.10", "0.78", "1.04", None, "0.90"),
    "SD2": ("0.95", "0.88", "1.25", "0.72", "0.45", "1.00", None, "0.66"),
    "SD3": ("1.05", "0.96", "1.30", "0.99", "1.12"),
    "SD4": ("1.01", None, "0.95", "0.92", "1.08"),
    "BO1": ("0.94", "1.20", "0.98"),
    "BO2": ("0.97", "1.02"),
}


def build_demo(path: Path) -> None:
    """Make the demo at `path`; it stands still on 30 June 2018.

    Raises FileProblem when the file exists or cannot be written.
    """
    new_database(path, replica="demo")
    moment = datetime.combine(TODAY, time(12), UTC)
    ids = time_ordered_ids(milliseconds(moment), seed=b"demo")
    with Session(path, clock=FixedClock(moment)) as session, session.database.story(ids) as story:
        _tell(story)
    with Session(path, clock=FixedClock(moment)) as session:  # which now stands still
        refresh(session)


def _tell(story: Story) -> None:
    """Plan, people, organisations, and two and a half years of work, each on its day."""
    first = date(2016, 1, 1)
    _write(story, first, None, CreatePlan(read_plan_file(resource(_PLAN))))
    _write(story, first, None, RegisterOrganisations(read_organisations(resource(_REGISTER))))
    _write(story, first, None, AddBackground())
    staff = _staff(story)
    events = sorted(
        [*_visits(story.connection, staff), *_measurements(story.connection, staff)],
        key=lambda event: event[0],
    )
    events += _stories(story.connection, staff)
    events += demo_actions(story.connection, staff)
    events += demo_planning(story.connection, staff)
    events += demo_background(story.connection, staff)
    closings = _closings(events)
    handed_over = False
    happened: list[tuple[date, str | None, UseCase | _Closing]] = [*events, *closings]
    for day, actor, use_case in sorted(happened, key=lambda event: event[0]):
        if day >= _HANDOVER and not handed_over:
            _hand_over(story, staff)
            handed_over = True
        if isinstance(use_case, _Closing):
            use_case.write(story, day)
            continue
        written = _write(story, day, actor, use_case)
        for closing in closings:
            if closing[2].promised is use_case:
                closing[2].follow_up_id = written.ids("follow_up")[0]
    planned = visits.visit_lines(story.connection, VisitFilter(status="planned"))
    for visit in planned[:2]:  # a planned visit or two falls through
        cancel = CancelVisit.of(visit_id=visit.id, reason=STORIES[0])
        _write(story, date(2018, 6, 27), None, cancel)
    _write(story, TODAY, None, _StandStill())


class _StandStill:
    """The demo stays on its day."""

    def apply(self, transaction: Transaction) -> str:
        """Pin the day."""
        transaction.set_setting("today", TODAY.isoformat())
        return said("The demo stays on {day}", day=TODAY)


_PLAN: Final = "sample_data/plan-2016-2020.toml"
_REGISTER: Final = "sample_data/organisations.csv"

Event = tuple[date, str | None, UseCase]


def _write(story: Story, day: date, actor: str | None, operation: Operation) -> ChangeSet:
    """A use case as if it were that day, with somebody at the keyboard."""
    moment = datetime.combine(day, time(16), UTC)
    return story.write(operation.apply, today=day, now=moment, actor=actor)


def _staff(story: Story) -> dict[str, str]:
    """Add staff and assign a contact person to each work type: name -> id."""
    first = date(2016, 1, 1)
    for name in (*CONTACT_PERSONS.values(), SUCCESSOR):
        _write(story, first, None, AddPerson.of(name=name))
    _write(story, first, None, AddPerson.of(name=DIRECTOR, role="director"))
    staff = {person.name: person.id for person in people.persons(story.connection)}
    for work_type in people.work_types(story.connection, first):
        assign = Assign.of(
            person_id=staff[CONTACT_PERSONS[work_type.code]],
            work_type_id=work_type.id,
            starts_on=first,
        )
        _write(story, first, staff[DIRECTOR], assign)
    return staff


def _hand_over(story: Story, staff: dict[str, str]) -> None:
    last = people.work_types(story.connection, _HANDOVER)[-1]
    assign = Assign.of(person_id=staff[SUCCESSOR], work_type_id=last.id, starts_on=_HANDOVER)
    _write(story, _HANDOVER, staff[DIRECTOR], assign)


def _visits(connection: Connection, staff: dict[str, str]) -> Iterator[Event]:
    """A round of the whole sector in 2016, then a visit to about half a year."""
    plan = plans.load_plan(connection)
    assert plan is not None
    goals = {g.code: g.id for g in plans.load_goals(connection, plan.id) if g.kind == "operational"}
    types = {w.id: w for w in people.work_types(connection, date(2016, 1, 1))}
    register = sorted(organisations.recognitions(connection), key=lambda row: _spread(row[0]))
    for number, (organisation_id, work_type_id, _since, _until) in enumerate(register):
        if number < _NEVER_VISITED:
            continue
        code = types[work_type_id].code
        for day, done in _visit_days(number, len(register)):
            actor = staff[CONTACT_PERSONS[code]]
            if day >= _HANDOVER and work_type_id == list(types)[-1]:
                actor = staff[SUCCESSOR]
            seed = number + 2 * day.year
            yield (
                day if done else date(2018, 6, 20),
                actor,
                LogVisit.of(
                    organisation_id=organisation_id,
                    visited_on=day,
                    status="done" if done else "planned",
                    mode=("on_site", "on_site", "online", "on_site", "phone")[seed % 5],
                    goal_ids=_about(goals, seed),
                    needs=(NEEDS[seed % len(NEEDS)],) if seed % 5 else (),
                    met=(MET[seed % len(MET)],),
                    summary=NOTES[seed % len(NOTES)],
                    promises=(_promise(seed, day),) if done and seed % 3 == 0 else (),
                ),
            )


def _about(goals: dict[str, str], seed: int) -> tuple[str, ...]:
    """The goals that a visit touches: some are talked about at most visits."""
    often = ("OD2.3", "OD1.3", "OD2.1", "OD4.3")
    return tuple({goals[often[seed % 4]]: 1, list(goals.values())[seed % len(goals)]: 1})


def _visit_days(number: int, total: int) -> Iterator[tuple[date, bool]]:
    """The days on which the organisation with this number is visited, and whether it happened."""
    first = _weekday(date(2016, 1, 11) + timedelta(days=(number * 337) // total))
    if number % 29 != 0:
        yield _outside_summer(first), True
    if number % 2:
        yield _outside_summer(_weekday(date(2017, 1, 9) + timedelta(days=number * 2 + 40))), True
    if number % 4 == 1:
        yield _weekday(date(2018, 1, 8) + timedelta(days=number)), True
    elif number % 16 == 2:
        yield _weekday(date(2018, 8, 20) + timedelta(days=number // 2)), False


def _weekday(day: date) -> date:
    return day + timedelta(days=(0, 0, 0, 0, 0, 2, 1)[day.weekday()])


def _outside_summer(day: date) -> date:
    return _weekday(day + timedelta(days=62)) if day.month in (7, 8) else day


def _spread(identifier: str) -> str:
    """An order that mixes work types, and is the same each time."""
    from hashlib import sha256

    return sha256(identifier.encode()).hexdigest()


def _promise(seed: int, day: date) -> Promise:
    return Promise.of(what=PROMISES[seed % len(PROMISES)], due_on=day + timedelta(days=30))


class _Closing:
    """A promise made at a visit that is kept; the visit is written before."""

    def __init__(self, promised: UseCase, outcome: str) -> None:
        self.promised, self.outcome = promised, outcome
        self.follow_up_id = ""

    def write(self, story: Story, day: date) -> None:
        """Close it, as the one whose promise it is by then."""
        found = present(follow_up(story.connection, self.follow_up_id))
        close = CloseFollowUp.of(follow_up_id=found.id, done_on=day, outcome=self.outcome)
        _write(story, day, found.owner_id, close)


def _closings(events: list[Event]) -> list[tuple[date, None, _Closing]]:
    """Most promises are kept, most of those in time."""
    found: list[tuple[date, None, _Closing]] = []
    promised = [
        (visit.promises[0].due_on or TODAY, visit)
        for _day, _actor, visit in events
        if isinstance(visit, LogVisit) and visit.promises
    ]
    for number, (due, visit) in enumerate(sorted(promised, key=lambda promise: promise[0])):
        done = due + timedelta(days=-9 if number % 9 else 12)
        if done > TODAY or (number % 13 == 3 and due > date(2017, 9, 1)):
            continue
        found.append((done, None, _Closing(visit, STORIES[number % len(STORIES)])))
    return found


def _measurements(connection: Connection, staff: dict[str, str]) -> Iterator[Event]:
    """Measurements of every indicator that does not count by itself."""
    plan = plans.load_plan(connection)
    assert plan is not None
    top = _top_codes(plans.load_goals(connection, plan.id))
    types = [w.id for w in people.work_types(connection, date(2016, 1, 1))]
    people_in_turn = list(staff.values())
    turns = dict.fromkeys(_FACTORS, 0)
    for number, indicator in enumerate(plans.load_indicators(connection, plan.id)):
        if indicator.measure.computed is not None:
            continue
        actor = people_in_turn[number % len(people_in_turn)]
        if indicator.origin == "plan" or indicator.measure.judging is Judging.BY_PERIOD:
            yield from ((day, actor, entry) for day, entry in _promised(indicator))
            continue
        branch = top[indicator.goal_id]
        factor = _FACTORS[branch][turns[branch] % len(_FACTORS[branch])]
        turns[branch] += 1
        if factor is None:
            continue
        # One series stopped a year ago, so that something is stale.
        until = date(2017, 6, 30) if (branch, turns[branch]) == ("SD2", 4) else TODAY
        for period in reporting_periods(
            indicator.measure.frequency, plan.rules.period.start, until
        ):
            day = _weekday(period.end - timedelta(days=3))
            for fields in _entries(indicator, Fraction(factor), period, plan.rules, types):
                entry = AddMeasurement.of(indicator_id=indicator.id, observed_on=day, **fields)
                yield day, actor, entry


def _top_codes(goals: list[GoalRecord]) -> dict[str, str]:
    """The code of the goal at the top of each goal's branch."""
    by_id = {goal.id: goal for goal in goals}

    def top(goal: GoalRecord) -> str:
        return goal.code if goal.parent_id is None else top(by_id[goal.parent_id])

    return {goal.id: top(goal) for goal in goals}


def _promised(indicator: IndicatorRecord) -> Iterator[tuple[date, UseCase]]:
    """Promises with a period of their own: kept in every year that is over."""
    for target in indicator.measure.targets:
        for number in range(int(target.value)):
            day = _weekday(target.period.end - timedelta(days=40 + 80 * number))
            if day <= TODAY:
                yield (
                    day,
                    AddMeasurement.of(
                        indicator_id=indicator.id,
                        observed_on=day,
                        value="1",
                        qualifier=target.qualifier,
                        note=NOTES[(day.year + number) % len(NOTES)],
                    ),
                )


def _entries(
    indicator: IndicatorRecord,
    factor: Fraction,
    period: Period,
    rules: Rules,
    types: list[str],
) -> Iterator[dict[str, Any]]:
    """What is entered for one reporting period: a value, a ratio by work type, or words."""
    measure = indicator.measure
    turn = period.end.year + period.end.month
    if measure.kind is IndicatorKind.NARRATIVE:
        yield {"form": EntryForm.TEXT, "note": STORIES[turn % len(STORIES)]}
        return
    if measure.kind is IndicatorKind.SCALE and period.end == date(2016, 12, 31):
        yield {"form": EntryForm.NOT_APPLICABLE, "note": STORIES[turn % len(STORIES)]}
        return
    value = _value(measure, factor, period, rules)
    if value is None:
        return
    if measure.kind is IndicatorKind.RATIO:
        yield _ratio(value, 20)
    elif measure.kind is IndicatorKind.PERCENTAGE and measure.aggregation in _BY_PARTS:
        for place, (type_id, size) in enumerate(zip(types, _SIZES, strict=False)):
            own = value / 100 * (1 + Fraction(place - 1, 40))
            share = min(max(own, Fraction(0)), Fraction(1))
            yield {**_ratio(share, size), "work_type_id": type_id}
    elif measure.aggregation is Aggregation.DISTINCT:
        for number in range(round(value)):
            yield {"value": "1", "qualifier": f"{THING} {turn}-{number + 1}"}
    else:
        note = NOTES[turn % len(NOTES)] if turn % 2 else ""
        yield {"value": to_decimal_text(value), "note": note}


_BY_PARTS: Final = (Aggregation.SUM, Aggregation.LATEST)
_SIZES: Final = (57, 35, 13, 31)


def _ratio(value: Fraction, denominator: int) -> dict[str, Any]:
    return {
        "form": EntryForm.RATIO,
        "numerator": str(round(value * denominator)),
        "denominator": str(denominator),
    }


def _value(measure: Measure, factor: Fraction, period: Period, rules: Rules) -> Fraction | None:
    """A part of what a period asks for, or a level on the expected line, times the factor."""
    whole = measure.kind in (IndicatorKind.COUNT, IndicatorKind.AMOUNT)
    places = 0 if whole else 1
    if measure.band is not None:
        low, high = measure.band
        return _rounded(
            low + (high - low) / 2 if factor > Fraction(8, 10) else low * factor, places
        )
    path = judge(measure, (), rules, period.end).path
    if path is None:
        return None
    before, now = path.at(period.start.toordinal() - 1), path.on(period.end)
    if accumulates(measure):
        return max(_rounded((now - before) * factor, places), Fraction(0))
    if measure.kind is IndicatorKind.MILESTONE:
        return Fraction(1) if now >= 1 and factor > Fraction(9, 10) else None
    baseline = measure.baseline or Fraction(0)
    return _rounded(baseline + (now - baseline) * factor, places)


def _rounded(value: Fraction, places: int) -> Fraction:
    return Fraction(round(value * 10**places), 10**places)


def _stories(connection: Connection, staff: dict[str, str]) -> Iterator[Event]:
    plan = plans.load_plan(connection)
    assert plan is not None
    goals = {g.code: g.id for g in plans.load_goals(connection, plan.id)}
    for (code, year), (happened, so_what, next_step) in NARRATIVES.items():
        narrative = WriteNarrative.of(
            goal_id=goals[code],
            period_start=date(year, 1, 1),
            period_end=date(year, 12, 31),
            what_happened=happened,
            so_what=so_what,
            what_next=next_step,
        )
        yield date(year + 1, 1, 20), staff[DIRECTOR], narrative
