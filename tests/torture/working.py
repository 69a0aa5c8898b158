"""A person who works without pause, through the same use cases as the screens do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

from socius_tui.domain.filters import OrganisationFilter
from socius_tui.services.assigning import Assign
from socius_tui.services.clock import FixedClock
from socius_tui.services.following import AddFollowUp, CloseFollowUp
from socius_tui.services.measuring import AddMeasurement, EditMeasurement, SetTarget
from socius_tui.services.operation import UseCase
from socius_tui.services.register import assignments, organisation_list, staff, work_types
from socius_tui.services.resolve import find_goal, find_indicator
from socius_tui.services.session import Session
from socius_tui.services.setup import FirstStart, create_database
from socius_tui.services.visiting import EditVisit, LogVisit, Promise

NOON: Final = FixedClock(datetime(2016, 6, 30, 12, tzinfo=UTC))
TODAY: Final = date(2016, 6, 30)
FIRST_DAY: Final = date(2016, 1, 1)
STORY: Final = "Gesprek over de werking, de ploeg en wat er dit jaar nog moet gebeuren.\n"

#: A plan with one of each: small, so that it can be looked through thousands of times.
SMALL_PLAN: Final = """
[plan]
code = "klein"
title = "Klein plan"
starts_on = 2016-01-01
ends_on = 2020-12-31

[[work_type]]
code = "VER"
name = "Verenigingen"
recognised = 3

[[goal]]
code = "SD2"
kind = "strategic"
title = "Organisaties staan sterker"

[[goal]]
code = "OD2.3"
parent = "SD2"
kind = "operational"
title = "Wij kennen de organisaties"

[[indicator]]
goal = "OD2.3"
code = "OD2.3-b"
title = "Gesprekken"
unit = "gesprekken"
kind = "count"
aggregation = "sum"
sphere = "control"
targets = [{ year = 2016, value = 12 }]
"""
SMALL_REGISTER: Final = """code;name;work_type
VER-01;De Eerste;VER
VER-02;De Tweede;VER
VER-03;De Derde;VER
"""


def make_file(path: Path, *, small: bool = False) -> None:
    """A new file with two people: the real plan, or a small one."""
    start = FirstStart(sample_organisations=True, person="An Peeters")
    if small:
        plan, register = path.with_suffix(".toml"), path.with_suffix(".csv")
        plan.write_text(SMALL_PLAN, encoding="utf-8")
        register.write_text(SMALL_REGISTER, encoding="utf-8")
        start = FirstStart(plan=str(plan), organisations=str(register), person="An Peeters")
    create_database(path, start, clock=NOON)
    from socius_tui.services.assigning import AddPerson

    with Session(path, clock=NOON) as session:
        session.write(AddPerson.of(name="Bo Maes"))


def work(session: Session, chance: Random) -> Iterator[UseCase]:
    """One thing to do after the other, for ever; each must be written before the next is asked."""
    people = [person.id for person in staff(session)]
    organisations = [
        line.id
        for line in organisation_list(
            session, OrganisationFilter(since=FIRST_DAY, until=TODAY), limit=5
        )
    ]
    goal, indicator = find_goal(session, "OD2.3").id, find_indicator(session, "OD2.3-b").id
    work_type = work_types(session)[0].id
    handed_over = max((a.starts_on for a in assignments(session)), default=FIRST_DAY)
    session.actor = people[0]
    while True:
        story = STORY * chance.randint(1, 20)
        day = FIRST_DAY + timedelta(days=chance.randint(0, 180))
        yield LogVisit.of(
            organisation_id=chance.choice(organisations),
            visited_on=day,
            visitor_id=people[0],
            goal_ids=(goal,),
            needs=("vrijwilligers", "lokalen"),
            met=("Voorzitter",),
            summary=story,
            promises=(
                Promise.of(what="Bezorg het draaiboek", owner_id=people[0], due_on=day),
                Promise.of(what="Bel terug"),
            ),
        )
        visit, promise = session.read(
            lambda connection: connection.execute(
                "SELECT v.id, f.id FROM visit v JOIN follow_up f ON f.visit_id = v.id"
                " ORDER BY v.rowid DESC LIMIT 1"
            ).fetchone()
        )
        yield EditVisit.of(visit_id=visit, summary=story[::-1], needs=("lokalen", "geld"), met=())
        yield CloseFollowUp.of(follow_up_id=promise, done_on=TODAY, outcome=story[:50])
        value = str(chance.randint(0, 99))
        yield AddMeasurement.of(indicator_id=indicator, observed_on=day, value=value)
        measurement = session.read(
            lambda connection: connection.execute(
                "SELECT id FROM measurement ORDER BY rowid DESC LIMIT 1"
            ).fetchone()[0]
        )
        yield EditMeasurement.of(
            measurement_id=measurement,
            indicator_id=indicator,
            observed_on=day,
            value=f"{value}.30",
        )
        yield SetTarget.of(
            indicator_id=indicator,
            period_start=date(2017, 1, 1),
            period_end=date(2017, 12, 31),
            value=value,
            reason=f"Herzien {chance.random()}",
        )
        handed_over += timedelta(days=1)
        yield Assign.of(
            person_id=chance.choice(people), work_type_id=work_type, starts_on=handed_over
        )
        yield AddFollowUp.of(what=story[:70], goal_id=goal, owner_id=people[0])
