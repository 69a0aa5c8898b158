"""A list of contact persons: who is it for which work type, from when until when."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from socius_tui.domain.text import fold
from socius_tui.i18n import N_, _
from socius_tui.services.assigning import Assign
from socius_tui.services.exchange.tabular.source import Found
from socius_tui.services.importing.fields import Field, Value
from socius_tui.services.importing.outcome import FieldChange, ListRow, Outcome, Refused, State
from socius_tui.services.importing.taking import (
    Choices,
    Known,
    Taker,
    day_cell,
    needed,
    persons_known,
    text_in,
    work_types_in,
)
from socius_tui.services.importing.words import WORK_TYPES
from socius_tui.services.rules import shown_date
from socius_tui.store import people
from socius_tui.store.unit_of_work import Transaction


class _End(NamedTuple):
    """An assignment that gets another end."""

    id: str
    ends_on: str


class TakeAssignments(Taker):
    """Finds an assignment by person, work type and first day."""

    FIELDS = (
        Field("person", N_("Person"), ("persoon", "medewerker", "naam", "aanspreekpunt",
                                       "contact person"), required=True),
        Field("work_type", N_("Work type"), ("werksoort",), required=True),
        Field("from", N_("From"), ("van", "vanaf", "sinds", "begin", "starts on"), "day",
              required=True),
        Field("until", N_("Until"), ("tot", "tot en met", "einde", "ends on"), "day"),
        Field("id", "", ("uuid",), told=False),
    )  # fmt: skip

    def __init__(self, transaction: Transaction, found: Found, choices: Choices) -> None:
        super().__init__(transaction, found, choices)
        self._ends: dict[str, list[tuple[date, date, int]]] = {}  # of rows with an end
        self._persons = persons_known(transaction.connection, "person")
        self._work_types = Known(work_types_in(transaction), _("work type"), "work_type")

    def take(self, row: ListRow) -> Outcome:
        """What the row would do."""
        person = self._persons.meant(str(needed(row, "person")))
        typed = text_in(row, "work_type") or str(needed(row, "work_type"))
        work_type = self._work_types.meant(WORK_TYPES.get(fold(typed), typed))
        start, end = needed(row, "from"), row.values.get("until")
        assert isinstance(start, date)
        self.once(f"{work_type.id}|{start}", row)
        self._check_ends(row, work_type.id, start, end)
        label = f"{person.name}, {work_type.name} {start.isoformat()}"
        there = people.assignments(self.transaction.connection, work_type_id=work_type.id)
        for known in there:
            if (known.person_id, known.starts_on) == (person.id, start):
                before, after = day_cell(known.ends_on), day_cell(end)
                if after is None or after == before:
                    return Outcome(State.SAME, label, known.id)
                if any(
                    start < other.starts_on and other.starts_on.isoformat() <= after
                    for other in there
                ):
                    raise Refused(
                        "assignment.overlap",
                        _("Somebody else is contact person from an earlier day than that."),
                        _("A work type has one contact person on any day."),
                        "until",
                    )
                change = FieldChange("until", before or "", after)
                return Outcome(State.CHANGED, label, known.id, (change,), _End(known.id, after))
        values = Assign.of(
            person_id=person.id, work_type_id=work_type.id, starts_on=start, ends_on=end
        )
        return Outcome(State.NEW, label, values=values)

    def _check_ends(self, row: ListRow, work_type_id: str, start: date, end: Value) -> None:
        """A list that gives an end means it: another row does not end it earlier."""
        ends = self._ends.setdefault(work_type_id, [])
        for other_start, other_end, number in ends:
            if other_start <= start <= other_end:
                raise Refused(
                    "assignment.overlap",
                    _("Row {row} of this list has somebody until {day}.").format(
                        row=number, day=shown_date(other_end)
                    ),
                    _("A work type has one contact person on any day."),
                    "from",
                )
        if isinstance(end, date):
            ends.append((start, end, row.number))

    def write(self, outcome: Outcome) -> None:
        """By the use case; a new end is written over the old one."""
        if isinstance(outcome.values, _End):
            self.transaction.change(
                "assignment", outcome.values.id, {"ends_on": outcome.values.ends_on}
            )
        elif isinstance(outcome.values, Assign):
            outcome.values.apply(self.transaction)
