"""A list of visits, by the rules of the form that logs one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from socius_tui.domain.records import VisitDetail
from socius_tui.domain.text import fold
from socius_tui.i18n import N_, _
from socius_tui.services.exchange.tabular.source import Found
from socius_tui.services.following import AddFollowUp, EditFollowUp
from socius_tui.services.importing.fields import Field
from socius_tui.services.importing.outcome import FieldChange, ListRow, Outcome, Refused, State
from socius_tui.services.importing.taking import (
    Choices,
    Known,
    Taker,
    needed,
    organisation_meant,
    organisations_known,
    persons_known,
    text_in,
)
from socius_tui.services.importing.words import MODE, VISIT_STATUS
from socius_tui.services.operation import UseCase
from socius_tui.services.resolve import Named
from socius_tui.services.rules import the_plan
from socius_tui.services.visiting import CancelVisit, CompleteVisit, EditVisit, LogVisit, Promise
from socius_tui.store import lookups, people
from socius_tui.store.plans import load_goals
from socius_tui.store.unit_of_work import Transaction
from socius_tui.store.visits import visit_detail


class TakeVisits(Taker):
    """Finds a visit by id, or by organisation and day (and who went, where that is given)."""

    FIELDS = (
        Field("id", N_("Id"), ("uuid",)),
        Field("organisation", N_("Organisation"), ("organisatie", "vereniging", "code"),
              limit=300, required=True),
        Field("date", N_("Date"), ("datum", "dag", "bezocht op"), "day", required=True),
        Field("status", N_("Status"), ("stand",), "code", codes=VISIT_STATUS),
        Field("mode", N_("How"), ("hoe", "wijze", "vorm"), "code", codes=MODE),
        Field("visitor", N_("Visitor"), ("bezoeker", "door", "wie", "medewerker")),
        Field("goals", N_("Goals"), ("doelen", "doel", "doelstellingen"), "names", 2_000),
        Field("needs", N_("Needs"), ("noden", "nood", "behoeften", "vragen"), "names", 2_000),
        Field("met", N_("People met"), ("gesproken met", "aanwezigen", "gesprekspartners"),
              "names", 2_000),
        Field("summary", N_("Summary"), ("verslag", "samenvatting", "nota", "notitie",
                                         "opmerking"), "prose", 20_000),
        Field("private_note", N_("Private note"), ("private nota", "vertrouwelijk"), "prose",
              20_000),
        Field("follow_up", N_("Follow-up"), ("opvolgpunt", "opvolging", "afspraak", "belofte"),
              "prose", 2_000),
        Field("due", N_("Due"), ("tegen", "deadline", "uiterlijk"), "day"),
        *(Field(name, "", also, told=False) for name, also in (
            ("work_type", ("werksoort",)), ("open_follow_ups", ("open opvolgpunten",)))),
    )  # fmt: skip

    def __init__(self, transaction: Transaction, found: Found, choices: Choices) -> None:
        super().__init__(transaction, found, choices)
        connection = transaction.connection
        self._organisations = organisations_known(connection)
        self._persons = persons_known(connection, "visitor")
        goals = load_goals(connection, the_plan(transaction).id)
        named = [Named(goal.id, goal.code, goal.title) for goal in goals]
        self._goals = Known(named, _("goal"), "goals")
        self._names = {person.id: person.name for person in people.persons(connection)}
        self._codes = {goal.id: goal.code for goal in goals}

    def take(self, row: ListRow) -> Outcome:
        """What the row would do."""
        organisation = organisation_meant(row, self._organisations)
        day = needed(row, "date")
        assert isinstance(day, date)
        visitor_id = self._person(text_in(row, "visitor"))
        goals = self._list(row, "goals")
        goal_ids = None if goals is None else tuple(self._goal(code) for code in goals)
        label = f"{organisation.name} {day.isoformat()}"
        identifier = self._meant(row, organisation.id, day, visitor_id)
        given: dict[str, Any] = {
            "visited_on": day,
            "mode": text_in(row, "mode") or None,
            "visitor_id": visitor_id,
            "goal_ids": goal_ids,
            "needs": self._list(row, "needs"),
            "met": self._list(row, "met"),
            "summary": text_in(row, "summary") or None,
            "private_note": text_in(row, "private_note") or None,
        }
        if not identifier:
            return Outcome(State.NEW, label, values=[self._logged(row, organisation.id, given)])
        return self._edited(row, identifier, label, given)

    def write(self, outcome: Outcome) -> None:
        """By the use cases, with their rules."""
        assert isinstance(outcome.values, list)
        for use_case in outcome.values:
            use_case.apply(self.transaction)

    def _logged(self, row: ListRow, organisation_id: str, given: dict[str, Any]) -> UseCase:
        status = text_in(row, "status")
        if not status:
            status = "planned" if given["visited_on"] > self.transaction.today else "done"
        if status == "cancelled":
            raise Refused(
                "visit.cancelled",
                _("A visit that is not in the log cannot be cancelled."),
                _("Leave the row out."),
                "status",
            )
        promises: tuple[Promise, ...] = ()
        if promised := _promised(row):
            promises = (Promise.of(what=promised[0], due_on=promised[1]),)
        filled = {name: value for name, value in given.items() if value is not None}
        return LogVisit.of(
            organisation_id=organisation_id, status=status, promises=promises, **filled
        )

    def _edited(self, row: ListRow, identifier: str, label: str, given: dict[str, Any]) -> Outcome:
        connection = self.transaction.connection
        there = visit_detail(connection, identifier)
        assert there is not None
        status = text_in(row, "status") or there.line.status
        before = {
            "status": there.line.status,
            "visited_on": there.line.visited_on.isoformat(),
            "mode": there.line.mode,
            "visitor": there.line.visitor,
            "goals": "; ".join(sorted(there.line.goals)),
            "needs": "; ".join(sorted(there.line.needs)),
            "met": "; ".join(sorted(there.met)),
            "summary": there.line.summary,
            "private_note": there.private_note,
        }
        after = {
            "status": status,
            "visited_on": given["visited_on"].isoformat(),
            "mode": given["mode"],
            "visitor": self._names.get(given["visitor_id"] or ""),
            "goals": _joined([self._codes[g] for g in given["goal_ids"]])
            if given["goal_ids"] is not None
            else None,
            "needs": _joined(given["needs"]),
            "met": _joined(given["met"]),
            "summary": given["summary"],
            "private_note": given["private_note"],
        }
        changes = [
            FieldChange(name, before[name], value)
            for name, value in after.items()
            if value is not None and value != before[name]
        ]
        work: list[UseCase] = []
        if changes:
            kind = (
                CompleteVisit if (there.line.status, status) == ("planned", "done") else EditVisit
            )
            if any(change.field != "status" for change in changes) or kind is CompleteVisit:
                work.append(kind.of(visit_id=identifier, **given))
            if status == "cancelled" and there.line.status != "cancelled":
                work.append(CancelVisit.of(visit_id=identifier))
            if status == "planned" and there.line.status != "planned":
                raise Refused(
                    "visit.status",
                    _("A visit that took place cannot be planned again."),
                    _("Leave the cell empty, or take the visit out."),
                    "status",
                )
        self._promise(row, there, changes, work)
        state = State.CHANGED if changes else State.SAME
        return Outcome(state, label, identifier, tuple(changes), work)

    def _promise(
        self, row: ListRow, there: VisitDetail, changes: list[FieldChange], work: list[UseCase]
    ) -> None:
        """What was promised at a visit that is there: one more, or another day for it."""
        promised = _promised(row)
        if promised is None:
            return
        what, due = promised
        known = next((each for each in there.follow_ups if fold(each.what) == fold(what)), None)
        if known is None:
            changes.append(FieldChange("follow_up", "", what))
            owner_id = there.visitor_id
            work.append(
                AddFollowUp.of(visit_id=there.line.id, what=what, due_on=due, owner_id=owner_id)
            )
        elif due is not None and due != known.due_on:
            before = known.due_on.isoformat() if known.due_on else ""
            changes.append(FieldChange("due", before, due.isoformat()))
            work.append(EditFollowUp.of(follow_up_id=known.id, due_on=due))

    def _meant(self, row: ListRow, organisation_id: str, day: date, visitor_id: str | None) -> str:
        connection = self.transaction.connection
        if identifier := text_in(row, "id"):
            there = lookups.row_of(connection, "visit", identifier, ("organisation_id",))
            if not there:
                raise Refused(
                    "ref.unknown",
                    _("There is no visit with this id."),
                    _("Empty the cell to find it by organisation and date."),
                    "id",
                )
            if there["organisation_id"] != organisation_id:
                raise Refused(
                    "ref.other",
                    _("The visit with this id is one to another organisation."),
                    _("Correct the cell, or empty that of the id for a new visit."),
                    "organisation",
                )
            self.once(identifier, row, "id")
            return identifier
        self.once(f"{organisation_id}|{day}|{visitor_id}", row)
        found = lookups.visit_keys(connection, organisation_id, day.isoformat(), visitor_id)
        if len(found) > 1:
            raise Refused(
                "ref.ambiguous",
                _("There are {n} visits to this organisation on this day.").format(n=len(found)),
                _("Say who went, or which one with its id: `socius export visits` has them."),
                "date",
            )
        return found[0] if found else ""

    def _person(self, typed: str) -> str | None:
        return self._persons.meant(typed).id if typed else None

    def _goal(self, typed: str) -> str:
        return self._goals.meant(typed).id

    def _list(self, row: ListRow, field: str) -> tuple[str, ...] | None:
        value = row.values.get(field)
        return value if isinstance(value, tuple) else None


def _promised(row: ListRow) -> tuple[str, date | None] | None:
    """What was promised and before when, if anything. Raises Refused for a day without it."""
    due = row.values.get("due")
    what = text_in(row, "follow_up")
    if not what and due is not None:
        needed(row, "follow_up")
    return (what, due if isinstance(due, date) else None) if what else None


def _joined(names: Sequence[str] | None) -> str | None:
    return None if names is None else "; ".join(sorted(names))
