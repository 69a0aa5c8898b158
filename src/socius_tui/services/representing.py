"""The register of mandates: questions, and the use cases add, edit, end, attend, take out."""

from __future__ import annotations

from datetime import date

from socius_tui.domain.mandates import Mandate, MandateKind
from socius_tui.domain.titles import said
from socius_tui.errors import InvalidInput, RuleBroken
from socius_tui.i18n import _
from socius_tui.services.operation import Label, Name, Prose, UseCase
from socius_tui.services.rules import not_in_future, present, shown_date, the_plan
from socius_tui.services.session import Session
from socius_tui.store.mandates import mandate, mandates
from socius_tui.store.plans import day_text
from socius_tui.store.unit_of_work import Transaction


def register_of_mandates(
    session: Session, *, kind: MandateKind | None = None, person_id: str | None = None
) -> list[Mandate]:
    """The register by kind and name, with the last attendance up to the as-of date."""
    plan_id = session.plan().id
    return session.read(
        lambda connection: mandates(
            connection, plan_id, session.as_of, kind=kind, person_id=person_id
        )
    )


class AddMandate(UseCase):
    """Enter a mandate, membership, network or policy to follow."""

    kind: MandateKind
    name: Name
    convenor: Label = ""
    purpose: Prose = ""
    representative_id: str | None = None
    goal_id: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None

    def apply(self, transaction: Transaction) -> str:
        """Write the entry; two of one kind cannot have the same name."""
        _in_order(self.starts_on, self.ends_on)
        _free_name(transaction, self.kind, self.name)
        transaction.insert(
            "mandate",
            {
                "plan_id": the_plan(transaction).id,
                "goal_id": self.goal_id,
                "kind": self.kind.value,
                "name": self.name,
                "convenor": self.convenor,
                "purpose": self.purpose,
                "representative_id": self.representative_id,
                "starts_on": day_text(self.starts_on),
                "ends_on": day_text(self.ends_on),
            },
        )
        return said("Added to the register: {name}", name=self.name)


class EditMandate(UseCase):
    """Change an entry; None stays as it is."""

    mandate_id: str
    name: Name | None = None
    convenor: Label | None = None
    purpose: Prose | None = None
    representative_id: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None

    def apply(self, transaction: Transaction) -> str:
        """Write what is given."""
        found = _found(transaction, self.mandate_id)
        starts_on, ends_on = self.starts_on or found.starts_on, self.ends_on or found.ends_on
        _in_order(starts_on, ends_on)
        name = self.name or found.name
        if name.casefold() != found.name.casefold():
            _free_name(transaction, found.kind, name)
        transaction.change(
            "mandate",
            self.mandate_id,
            {
                "name": name,
                "convenor": found.convenor if self.convenor is None else self.convenor,
                "purpose": found.purpose if self.purpose is None else self.purpose,
                "representative_id": self.representative_id or found.representative_id,
                "starts_on": day_text(starts_on),
                "ends_on": day_text(ends_on),
            },
        )
        return said("Changed in the register: {name}", name=name)


class EndMandate(UseCase):
    """It holds until a day, that day included."""

    mandate_id: str
    ends_on: date

    def apply(self, transaction: Transaction) -> str:
        """Write the last day."""
        found = _found(transaction, self.mandate_id)
        _in_order(found.starts_on, self.ends_on)
        transaction.change("mandate", self.mandate_id, {"ends_on": self.ends_on.isoformat()})
        return said("{name} ends on {day}", name=found.name, day=self.ends_on)


class LogAttendance(UseCase):
    """Somebody was there on a day: the representative, unless another person is given."""

    mandate_id: str
    attended_on: date
    person_id: str | None = None
    note: Prose = ""

    def apply(self, transaction: Transaction) -> str:
        """Write the attendance; the same day and person twice is one row."""
        found = _found(transaction, self.mandate_id)
        not_in_future(transaction, self.attended_on, field="attended_on")
        for outside in (
            found.starts_on is not None and self.attended_on < found.starts_on,
            found.ends_on is not None and found.ends_on < self.attended_on,
        ):
            if outside:
                raise RuleBroken(
                    _("{name} did not hold on {day}.").format(
                        name=found.name, day=shown_date(self.attended_on)
                    ),
                    field="attended_on",
                    hint=_("Check the day, or change from when until when it holds."),
                )
        person_id = self.person_id or found.representative_id or transaction.actor
        transaction.insert_natural(
            "attendance",
            (self.mandate_id, self.attended_on.isoformat(), person_id or ""),
            {
                "mandate_id": self.mandate_id,
                "attended_on": self.attended_on.isoformat(),
                "person_id": person_id,
                "note": self.note,
            },
        )
        return said("Attended on {day}: {name}", day=self.attended_on, name=found.name)


class RetireMandate(UseCase):
    """Take an entry that was a mistake out of the register; it can be restored."""

    mandate_id: str

    def apply(self, transaction: Transaction) -> str:
        """Retire the row."""
        found = _found(transaction, self.mandate_id)
        transaction.retire("mandate", self.mandate_id)
        return said("Taken out of the register: {name}", name=found.name)


def _found(transaction: Transaction, mandate_id: str) -> Mandate:
    return present(mandate(transaction.connection, mandate_id, transaction.today))


def _in_order(starts_on: date | None, ends_on: date | None) -> None:
    """Raises InvalidInput when the last day lies before the first."""
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        raise InvalidInput(
            _("The end, {end}, is before the start, {start}.").format(
                end=shown_date(ends_on), start=shown_date(starts_on)
            ),
            field="ends_on",
        )


def _free_name(transaction: Transaction, kind: MandateKind, name: str) -> None:
    """Raises RuleBroken when the register has this name among those of the kind."""
    plan_id = the_plan(transaction).id
    taken = mandates(transaction.connection, plan_id, transaction.today, kind=kind)
    if name.casefold() in {entry.name.casefold() for entry in taken}:
        raise RuleBroken(
            _("The register has {name} already.").format(name=name),
            field="name",
            hint=_("Change that one, or give this one another name."),
        )
