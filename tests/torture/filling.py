"""A realistic file of some 1.5 MB: a plan, its organisations, and rows that were changed often."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from socius_tui.domain.filters import OrganisationFilter, VisitFilter
from socius_tui.domain.moments import milliseconds
from socius_tui.paths import resource
from socius_tui.services.assigning import AddPerson
from socius_tui.services.clock import FixedClock
from socius_tui.services.exchange.organisationfile import read_organisations
from socius_tui.services.exchange.planfile import read_plan_file
from socius_tui.services.log import measurement_list, visit_log
from socius_tui.services.measuring import AddMeasurement, EditMeasurement, RetireMeasurement
from socius_tui.services.planning import CreatePlan, RegisterOrganisations
from socius_tui.services.register import organisation_list, staff
from socius_tui.services.session import Operation, Session
from socius_tui.services.visiting import LogVisit, Promise
from socius_tui.store.ids import time_ordered_ids
from socius_tui.store.plans import load_indicators
from socius_tui.store.schema import new_database

START = datetime(2018, 6, 30, 9, tzinfo=UTC)


def fill(path: Path) -> None:
    """Make the file at `path`, the same each time; a few rows are written past the program."""
    new_database(path, replica="filled")
    ids = time_ordered_ids(milliseconds(START), seed=b"filled")
    with Session(path, clock=FixedClock(START)) as session:
        plan = read_plan_file(resource("sample_data/plan-2016-2020.toml"))
        register = read_organisations(resource("sample_data/organisations.csv"))
        first: list[Operation] = [
            CreatePlan(plan),
            RegisterOrganisations(register),
            AddPerson(name="An Peeters"),
        ]
        _write(session, ids, first)
        _write(session, ids, [*_visits(session), *_measurements(session)])
        _write(session, ids, _corrections(session))
        connection = session.database.connection
        for visit in visit_log(session, VisitFilter(), limit=10):
            connection.execute(
                "UPDATE visit SET private_note = 'élders geschreven' WHERE id = ?", (visit.id,)
            )
        session.database.catch_up(START)


def _write(session: Session, ids: Iterator[str], use_cases: Sequence[Operation]) -> None:
    """A change set each, as when people work, in one transaction."""
    people = staff(session)
    actor = people[0].id if people else None
    with session.database.story(ids) as story:
        for number, use_case in enumerate(use_cases):
            now = START + timedelta(minutes=number)
            story.write(use_case.apply, today=START.date(), now=now, actor=actor)


def _visits(session: Session) -> list[Operation]:
    wanted = OrganisationFilter(since=date(2016, 1, 1), until=START.date())
    return [
        LogVisit.of(
            organisation_id=line.id,
            visited_on=date(2018, 1, 1) + timedelta(days=number),
            needs=("vrijwilligers", "ruimte"),
            met=("Een medewerker",),
            summary=f"Gesprek {number} over de erkenning. " * (number % 5 + 1),
            promises=(Promise(what="Cijfers nasturen"),),
        )
        for number, line in enumerate(organisation_list(session, wanted, limit=90))
    ]


def _measurements(session: Session) -> list[Operation]:
    plan = session.plan()
    measured = [
        indicator.id
        for indicator in session.read(lambda c: load_indicators(c, plan.id))
        if indicator.measure.computed is None and indicator.measure.kind in ("count", "amount")
    ]
    return [
        AddMeasurement.of(
            indicator_id=measured[number % len(measured)],
            observed_on=date(2017, 1, 1) + timedelta(days=number),
            value=str(number),
            note=f"Geteld op dag {number}.",
        )
        for number in range(150)
    ]


def _corrections(session: Session) -> list[Operation]:
    return [
        RetireMeasurement.of(measurement_id=line.id)
        if number % 5 == 0
        else EditMeasurement.of(
            measurement_id=line.id,
            indicator_id=line.indicator_id,
            observed_on=line.observed_on,
            value=str(number + 1),
            note=line.note + " Verbeterd.",
        )
        for number, line in enumerate(measurement_list(session))
    ]
