"""The register of mandates on a real file."""

from __future__ import annotations

from datetime import date

import pytest

from socius_tui.domain.mandates import Mandate, MandateKind, MandateState
from socius_tui.errors import InvalidInput, RuleBroken
from socius_tui.services.register import staff
from socius_tui.services.representing import (
    AddMandate,
    EditMandate,
    EndMandate,
    LogAttendance,
    RetireMandate,
    register_of_mandates,
)
from socius_tui.services.session import Session

TODAY = date(2016, 6, 30)


def add(session: Session, name: str = "Raad", **fields: object) -> str:
    """Add an entry, a mandate unless told otherwise, and give the id."""
    entry = AddMandate.of(**{"kind": "mandate", "name": name, **fields})
    return session.write(entry).ids("mandate")[0]


@pytest.fixture
def fresh(fresh: Session) -> Session:
    """A file whose register is empty: the plan brings the entries of its document."""
    for entry in register_of_mandates(fresh):
        fresh.write(RetireMandate.of(mandate_id=entry.id))
    return fresh


def only(session: Session) -> Mandate:
    """The one entry of the register."""
    (entry,) = register_of_mandates(session)
    return entry


def test_an_entry_tells_who_goes_and_since_when(fresh: Session) -> None:
    an = staff(fresh)[0]
    add(fresh, representative_id=an.id, convenor="Overheid", starts_on=date(2016, 1, 1))
    entry = only(fresh)
    assert (entry.representative, entry.convenor) == (an.name, "Overheid")
    assert entry.state(TODAY) is MandateState.CURRENT
    assert entry.state(date(2015, 12, 31)) is MandateState.NOT_STARTED
    assert entry.days_since(TODAY) is None


def test_nobody_who_goes_is_a_state_of_its_own_until_it_ends(fresh: Session) -> None:
    entry = add(fresh)
    assert only(fresh).state(TODAY) is MandateState.UNREPRESENTED
    fresh.write(EndMandate.of(mandate_id=entry, ends_on=date(2016, 6, 29)))
    assert only(fresh).state(date(2016, 6, 29)) is MandateState.UNREPRESENTED
    assert only(fresh).state(TODAY) is MandateState.ENDED


def test_the_last_attendance_counts_up_to_the_as_of_date(fresh: Session) -> None:
    entry = add(fresh)
    for day in (date(2016, 5, 31), date(2016, 3, 1), date(2016, 5, 31)):
        fresh.write(LogAttendance.of(mandate_id=entry, attended_on=day))
    assert only(fresh).days_since(TODAY) == 30
    fresh.set_as_of(date(2016, 4, 1))
    assert only(fresh).attended_on == date(2016, 3, 1)


def test_attendance_is_refused_in_the_future_and_outside_the_mandate(fresh: Session) -> None:
    entry = add(fresh, starts_on=date(2016, 2, 1), ends_on=date(2016, 5, 31))
    for day, why in (
        (date(2016, 7, 1), "future"),
        (date(2016, 1, 31), "did not hold"),
        (date(2016, 6, 1), "did not hold"),
    ):
        with pytest.raises(RuleBroken, match=why):
            fresh.write(LogAttendance.of(mandate_id=entry, attended_on=day))
    assert only(fresh).attended_on is None


def test_what_is_not_given_stays_when_an_entry_is_changed(fresh: Session) -> None:
    entry = add(fresh, convenor="Overheid", purpose="Advies")
    fresh.write(EditMandate.of(mandate_id=entry, name="Sectorraad", purpose=""))
    changed = only(fresh)
    assert (changed.name, changed.convenor, changed.purpose) == ("Sectorraad", "Overheid", "")


def test_filters_and_double_names(fresh: Session) -> None:
    an = staff(fresh)[0].id
    add(fresh, "Raad", representative_id=an)
    add(fresh, "Raad", kind="network")
    with pytest.raises(RuleBroken, match="already"):
        add(fresh, "RAAD")
    assert len(register_of_mandates(fresh)) == 2
    (network,) = register_of_mandates(fresh, kind=MandateKind.NETWORK)
    (mine,) = register_of_mandates(fresh, person_id=an)
    assert (network.kind, mine.kind) == (MandateKind.NETWORK, MandateKind.MANDATE)


def test_an_end_before_the_start_is_refused(fresh: Session) -> None:
    with pytest.raises(InvalidInput, match="before the start"):
        add(fresh, starts_on=date(2016, 2, 1), ends_on=date(2016, 1, 1))
    entry = add(fresh, starts_on=date(2016, 2, 1))
    with pytest.raises(InvalidInput, match="before the start"):
        fresh.write(EndMandate.of(mandate_id=entry, ends_on=date(2016, 1, 1)))


def test_what_is_taken_out_is_gone_and_its_name_is_free(fresh: Session) -> None:
    entry = add(fresh)
    fresh.write(RetireMandate.of(mandate_id=entry))
    assert register_of_mandates(fresh) == []
    add(fresh)  # the name is free again
    assert only(fresh).id != entry
