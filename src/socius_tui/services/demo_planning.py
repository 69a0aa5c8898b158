"""What the demo knows of planning visits: some leave, and how often two work types are visited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from socius_tui.services.days_off import AddDayOff
from socius_tui.services.demo_texts import CONTACT_PERSONS, DIRECTOR
from socius_tui.services.operation import UseCase
from socius_tui.services.rhythm import SetRhythm
from socius_tui.store import people
from socius_tui.store.driver import Connection

_NOTED: Final = date(2018, 5, 28)
_LEAVE: Final = (  # by place in the list of work types; none is everybody
    (0, date(2018, 7, 16), date(2018, 8, 3), "Zomerverlof"),
    (1, date(2018, 8, 6), date(2018, 8, 24), "Zomerverlof"),
    (None, date(2018, 11, 2), date(2018, 11, 2), "Brugdag"),
    (None, date(2018, 12, 24), date(2018, 12, 31), "Socius is gesloten"),
)
_RHYTHMS: Final = ((0, "large", 240, 480), (2, None, 180, 365))


def demo_planning(
    connection: Connection, staff: Mapping[str, str]
) -> Iterator[tuple[date, str | None, UseCase]]:
    """Use cases of the demo, each with its day and who did it."""
    types = people.work_types(connection, _NOTED)
    for place, first, last, label in _LEAVE:
        person = None if place is None else staff[CONTACT_PERSONS[types[place].code]]
        off = AddDayOff.of(person_id=person, starts_on=first, ends_on=last, label=label)
        yield _NOTED, person or staff[DIRECTOR], off
    for place, size, ideal, most in _RHYTHMS:
        rhythm = SetRhythm.of(
            work_type_id=types[place].id, size=size, ideal_days=ideal, maximum_days=most
        )
        yield _NOTED, staff[DIRECTOR], rhythm
