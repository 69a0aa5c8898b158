"""How often a kind of organisation is to be visited, and with whom touch is being lost."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from pydantic import Field

from socius_tui.domain import touch as rule
from socius_tui.domain.titles import said
from socius_tui.domain.touch import Rhythm
from socius_tui.errors import InvalidInput
from socius_tui.i18n import _
from socius_tui.services.operation import UseCase
from socius_tui.services.rules import present
from socius_tui.services.session import Session
from socius_tui.store import people
from socius_tui.store import visit_planning as store
from socius_tui.store.unit_of_work import Transaction
from socius_tui.store.visit_planning import RhythmLine

__all__ = ["RetireRhythm", "RhythmLine", "SetRhythm", "TouchLine", "losing_touch", "rhythms"]

MOST_DAYS = 3_650


class TouchLine(NamedTuple):
    """An organisation, how long it was not visited, and what that is by its rhythm.

    `state` is a code of `domain.touch`; `chosen` says whether somebody chose the rhythm, or it is
    the usual one. `days` is None when it was never visited.
    """

    organisation_id: str
    organisation: str
    work_type: str
    contact_person: str
    municipality: str
    last_visit: date | None
    days: int | None
    rhythm: Rhythm
    chosen: bool
    state: str
    next_visit: date | None


class SetRhythm(UseCase):
    """Choose the rhythm of a work type, or of one size in it."""

    work_type_id: str
    ideal_days: int = Field(ge=1, le=MOST_DAYS)
    maximum_days: int = Field(ge=1, le=MOST_DAYS)
    size: Literal["small", "medium", "large"] | None = None

    def apply(self, transaction: Transaction) -> str:
        """Write it over the one there was."""
        if self.maximum_days < self.ideal_days:
            raise InvalidInput(
                _("At most {most} days is less than {ideal}.").format(
                    most=self.maximum_days, ideal=self.ideal_days
                ),
                field="maximum_days",
                hint=_("The second number is the one that must never be passed."),
            )
        types = {w.id: w.name for w in people.work_types(transaction.connection, transaction.today)}
        name = present(types.get(self.work_type_id), field="work_type_id")
        transaction.insert_natural(
            "contact_rhythm",
            (self.work_type_id, self.size or ""),
            {
                "work_type_id": self.work_type_id,
                "size": self.size,
                "ideal_days": self.ideal_days,
                "maximum_days": self.maximum_days,
            },
        )
        return said("Rhythm of visits to {work_type} chosen", work_type=name)


class RetireRhythm(UseCase):
    """Go back to the usual rhythm."""

    rhythm_id: str

    def apply(self, transaction: Transaction) -> str:
        """Retire the row."""
        known = {line.id: line for line in store.rhythms(transaction.connection)}
        line = present(known.get(self.rhythm_id))
        transaction.retire("contact_rhythm", line.id)
        return said("Rhythm of visits to {work_type} taken out", work_type=line.work_type)


def rhythms(session: Session) -> list[RhythmLine]:
    """The rhythms that were chosen."""
    return session.read(store.rhythms)


def losing_touch(
    session: Session,
    *,
    work_type_id: str | None = None,
    contact_person_id: str | None = None,
    every: bool = False,
) -> list[TouchLine]:
    """Organisations not visited lately enough on the as-of date, the worst first.

    With `every` also those that were. Never visited comes first, then by how far the most that
    is allowed was passed, in days.
    """
    as_of = session.as_of
    lines, chosen = session.read(
        lambda connection: (
            store.last_visits(connection, as_of, work_type_id=work_type_id),
            store.by_kind(store.rhythms(connection)),
        )
    )
    found = []
    for line in lines:
        if contact_person_id is not None and line.contact_person_id != contact_person_id:
            continue
        own = rule.rhythm_for(line.work_type_id, line.size, chosen)
        rhythm = own or rule.USUAL
        state = rule.touch(line.last_visit, as_of, rhythm)
        if every or state != rule.IN_TOUCH:
            days = (as_of - line.last_visit).days if line.last_visit else None
            found.append(
                TouchLine(
                    line.organisation_id,
                    line.name,
                    line.work_type,
                    line.contact_person,
                    line.municipality,
                    line.last_visit,
                    days,
                    rhythm,
                    own is not None,
                    state,
                    line.next_visit,
                )
            )
    found.sort(
        key=lambda t: (
            rule.STATES.index(t.state),
            t.rhythm.maximum_days - (t.days or 0),
            t.organisation,
        )
    )
    return found
