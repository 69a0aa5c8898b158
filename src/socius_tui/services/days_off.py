"""Days on which somebody, or nobody, makes visits: noted, listed, taken out."""

from __future__ import annotations

from datetime import date

from socius_tui.domain.titles import said
from socius_tui.errors import InvalidInput
from socius_tui.i18n import _
from socius_tui.services.operation import Label, UseCase
from socius_tui.services.rules import present, shown_date
from socius_tui.services.session import Session
from socius_tui.store import people
from socius_tui.store import visit_planning as store
from socius_tui.store.unit_of_work import Transaction
from socius_tui.store.visit_planning import DayOff

__all__ = ["AddDayOff", "DayOff", "RetireDayOff", "days_off"]


class AddDayOff(UseCase):
    """Note days off, of a person or (without one) of everybody."""

    starts_on: date
    ends_on: date | None = None
    person_id: str | None = None
    label: Label = ""

    def apply(self, transaction: Transaction) -> str:
        """Write it; without an end it is one day."""
        end = self.ends_on or self.starts_on
        if end < self.starts_on:
            raise InvalidInput(
                _("The end, {end}, is before the start, {start}.").format(
                    end=shown_date(end), start=shown_date(self.starts_on)
                ),
                field="ends_on",
            )
        name = ""
        if self.person_id is not None:
            known = {p.id: p.name for p in people.persons(transaction.connection)}
            name = present(known.get(self.person_id), field="person_id")
        transaction.insert(
            "day_off",
            {
                "person_id": self.person_id,
                "starts_on": self.starts_on.isoformat(),
                "ends_on": end.isoformat(),
                "label": self.label,
            },
        )
        if name:
            return said(
                "Days off of {name}: {start} to {end}", name=name, start=self.starts_on, end=end
            )
        return said("Days off for everybody: {start} to {end}", start=self.starts_on, end=end)


class RetireDayOff(UseCase):
    """Take days off out again."""

    day_off_id: str

    def apply(self, transaction: Transaction) -> str:
        """Retire the row."""
        all_of_them = store.days_off(transaction.connection)
        found = present(next((d for d in all_of_them if d.id == self.day_off_id), None))
        transaction.retire("day_off", found.id)
        return said("Days off from {start} taken out", start=found.starts_on)


def days_off(session: Session, *, since: date | None = None) -> list[DayOff]:
    """Days off that end on a day or later, the earliest first."""
    return session.read(lambda connection: store.days_off(connection, since=since))
