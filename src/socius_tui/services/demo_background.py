"""Examples in the demo: who sits where, when somebody was there, a few findings with a place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from socius_tui.services.analysis import PlaceStatement
from socius_tui.services.demo_texts import CONTACT_PERSONS, DIRECTOR
from socius_tui.services.operation import UseCase
from socius_tui.services.representing import EditMandate, LogAttendance
from socius_tui.store import background, mandates, plans
from socius_tui.store.driver import Connection

_BEGAN: Final = date(2016, 1, 1)
#: The beginning of a name, who goes (by place in the list of contact persons; None: the
#: director), and when somebody was there.
_SEATS: Final = (
    ("ACCE", None, (date(2017, 3, 9), date(2017, 11, 16), date(2018, 3, 8))),
    ("Sectoraal overleg", 0, (date(2017, 10, 5), date(2018, 5, 17))),
    ("Onderzoeksplatform", 1, (date(2016, 12, 1),)),
    ("Pulse", 2, (date(2017, 6, 20), date(2018, 6, 12))),
    ("Raad levenslang", None, (date(2018, 2, 6), date(2018, 6, 5))),
    ("EAEA", None, (date(2017, 6, 28),)),
    ("Vlaams cultuurbeleid", None, (date(2018, 6, 20),)),
)
#: Findings by their place in their list, with where they stand.
_PLACED: Final = (
    ("weakness", 11, "choose"),
    ("weakness", 6, "question_again"),
    ("strength", 14, "invest"),
    ("strength", 2, "commit"),
    ("aspiration", 16, "risk"),
    ("threat", 0, "defend"),
    ("opportunity", 5, "realise"),
    ("result", 13, "commit"),
)


def demo_background(
    connection: Connection, staff: Mapping[str, str]
) -> Iterator[tuple[date, str | None, UseCase]]:
    """Use cases of the demo, each with its day and who did it."""
    plan = plans.load_plan(connection)
    assert plan is not None
    director = staff[DIRECTOR]
    contacts = [staff[name] for name in CONTACT_PERSONS.values()]
    register = mandates.mandates(connection, plan.id, _BEGAN)
    for name, place, days in _SEATS:
        seat = next(line.id for line in register if line.name.startswith(name))
        person = director if place is None else contacts[place]
        yield _BEGAN, director, EditMandate.of(mandate_id=seat, representative_id=person)
        for day in days:
            yield day, person, LogAttendance.of(mandate_id=seat, attended_on=day)
    found = background.statements(connection, plan.id)
    for kind, number, strategy in _PLACED:
        statement = [each for each in found if each.kind == kind][number]
        placing = PlaceStatement.of(statement_id=statement.id, strategy=strategy)
        yield _BEGAN, director, placing
