"""Use cases around staff: add a person, assign a contact person, hand over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from socius_tui.domain.records import Assignment
from socius_tui.domain.titles import counted, said
from socius_tui.errors import InvalidInput, RuleBroken
from socius_tui.i18n import _
from socius_tui.services.operation import Name, UseCase
from socius_tui.services.rules import present, shown_date
from socius_tui.store.follow_ups import open_follow_ups_of_work_type
from socius_tui.store.people import assignments, persons, work_types
from socius_tui.store.plans import day_text
from socius_tui.store.unit_of_work import Transaction

Role = Literal["contact_person", "director", "reader"]


class AddPerson(UseCase):
    """Add a member of staff; two people cannot have the same name."""

    name: Name
    role: Role = "contact_person"

    def apply(self, transaction: Transaction) -> str:
        """Write the person."""
        taken = {p.name.casefold() for p in persons(transaction.connection)}
        if self.name.casefold() in taken:
            raise RuleBroken(
                _("There is already somebody called {name}.").format(name=self.name),
                field="name",
                hint=_("Add a middle name or initial."),
            )
        transaction.insert("person", {"name": self.name, "role": self.role})
        return said("{name} added", name=self.name)


class Assign(UseCase):
    """Make somebody the contact person of a work type from a day, until a day or further notice.

    Who was it before hands over: that assignment ends the day before, and the open
    follow-ups of visits to this work type move to the new person.
    """

    person_id: str
    work_type_id: str
    starts_on: date
    ends_on: date | None = None

    def apply(self, transaction: Transaction) -> str:
        """Write the assignment, end the one before, move follow-ups."""
        if self.ends_on and self.ends_on < self.starts_on:
            raise InvalidInput(
                _("The end, {end}, is before the start, {start}.").format(
                    end=shown_date(self.ends_on), start=shown_date(self.starts_on)
                ),
                field="ends_on",
            )
        connection = transaction.connection
        person = present(
            next((p for p in persons(connection) if p.id == self.person_id), None),
            field="person_id",
        )
        work_type = present(
            next(
                (w for w in work_types(connection, self.starts_on) if w.id == self.work_type_id),
                None,
            ),
            field="work_type_id",
        )
        before = self._predecessor(assignments(connection, work_type_id=self.work_type_id))
        moved = 0
        if before is not None:
            last_day = self.starts_on - timedelta(days=1)
            transaction.change("assignment", before.id, {"ends_on": last_day.isoformat()})
            if before.person_id != self.person_id:
                moving = open_follow_ups_of_work_type(
                    connection, before.person_id, self.work_type_id
                )
                for follow_up_id in moving:
                    transaction.change("follow_up", follow_up_id, {"owner_id": self.person_id})
                moved = len(moving)
        transaction.insert_natural(
            "assignment",
            (self.person_id, self.work_type_id, self.starts_on.isoformat()),
            {
                "person_id": self.person_id,
                "work_type_id": self.work_type_id,
                "starts_on": self.starts_on.isoformat(),
                "ends_on": day_text(self.ends_on),
            },
        )
        title = said(
            "{person} is contact person for {work_type} from {day}",
            person=person.name,
            work_type=work_type.name,
            day=self.starts_on,
        )
        if moved:
            title = title.also(
                counted("{count} open follow-up moved", "{count} open follow-ups moved", moved)
            )
        return title

    def _predecessor(self, existing: list[Assignment]) -> Assignment | None:
        """The assignment that ends where this one starts; refuses any other overlap."""
        before = None
        for other in existing:
            other_end = other.ends_on or date.max
            overlaps = other.starts_on <= (self.ends_on or date.max) and (
                self.starts_on <= other_end
            )
            if not overlaps:
                continue
            if other.starts_on < self.starts_on and (other.ends_on is None or before is None):
                before = other
                continue
            raise RuleBroken(
                _(
                    "{person} is already contact person for {work_type} from {start}; "
                    "a work type has one contact person on any day."
                ).format(
                    person=other.person,
                    work_type=other.work_type,
                    start=shown_date(other.starts_on),
                ),
                field="starts_on",
                hint=_("Choose a later start, or an end before that day."),
            )
        return before


class RetireAssignment(UseCase):
    """Take out an assignment that was a mistake."""

    assignment_id: str

    def apply(self, transaction: Transaction) -> str:
        """Retire the row."""
        found = present(
            next(
                (a for a in assignments(transaction.connection) if a.id == self.assignment_id), None
            )
        )
        transaction.retire("assignment", self.assignment_id)
        return said(
            "{person} is no longer contact person for {work_type}",
            person=found.person,
            work_type=found.work_type,
        )
