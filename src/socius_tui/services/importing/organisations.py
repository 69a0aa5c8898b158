"""A list of organisations: who is in the register already, who is new, who may be somebody else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from socius_tui.domain.text import clean, fold
from socius_tui.i18n import N_, _
from socius_tui.services.exchange.organisationfile import checked_enterprise_number
from socius_tui.services.exchange.tabular.source import Found
from socius_tui.services.importing.fields import Field
from socius_tui.services.importing.outcome import ListRow, Outcome, Refused, State
from socius_tui.services.importing.taking import (
    Choices,
    Known,
    Taker,
    about,
    differences,
    needed,
    text_in,
    work_types_in,
)
from socius_tui.services.importing.words import PARTICIPATION, SIZE, WORK_TYPES
from socius_tui.services.likeness import Likeness
from socius_tui.services.resolve import Named
from socius_tui.store import lookups, people
from socius_tui.store.unit_of_work import Transaction

_COLUMNS: Final = (
    "code", "name", "work_type_id", "subtype_id", "municipality", "size", "participation",
    "federation", "recognised_from", "recognised_until", "enterprise_number", "note",
)  # fmt: skip
#: Columns of the file that are empty as no value, where the others are empty as "".
_NULL: Final = frozenset(
    ("subtype_id", "size", "participation", "recognised_from", "recognised_until")
)


class TakeOrganisations(Taker):
    """Finds an organisation by id, code, enterprise number, or name and municipality.

    A row of one that was merged into another changes nothing: what is there now is that other.
    """

    tries = False
    FIELDS = (
        Field("id", N_("Id"), ("uuid",)),
        Field("code", N_("Code"), ("afkorting", "korte naam", "kenmerk"), limit=40),
        Field("name", N_("Name"), ("naam", "organisatie", "organisation", "naam organisatie",
                                   "vereniging", "benaming"), limit=300, required=True),
        Field("work_type", N_("Work type"), ("werksoort", "soort", "type"), limit=200),
        Field("subtype", N_("Subtype"), ("deelsoort", "subsoort")),
        Field("municipality", N_("Municipality"), ("gemeente", "plaats", "stad", "woonplaats")),
        Field("size", N_("Size"), ("grootte", "omvang"), "code", codes=SIZE),
        Field("participation", N_("Participation"), ("deelname", "bereik"), "code",
              codes=PARTICIPATION),
        Field("federation", N_("Federation"), ("federatie", "koepel")),
        Field("recognised_from", N_("Recognised from"), ("erkend vanaf", "erkend sinds",
                                                         "begin erkenning"), "day"),
        Field("recognised_until", N_("Recognised until"), ("erkend tot", "erkend tot en met",
                                                           "einde erkenning"), "day"),
        Field("enterprise_number", N_("Enterprise number"), ("ondernemingsnummer", "kbo",
                                                             "kbo nummer", "btw", "btw nummer")),
        Field("note", N_("Note"), ("nota", "opmerking", "opmerkingen", "notitie"), "prose", 20_000),
        *(Field(name, "", also, told=False) for name, also in (
            ("contact_person", ("aanspreekpunt",)), ("last_visit", ("laatste bezoek",)),
            ("visits", ("bezoeken",)), ("next_visit", ("volgende bezoek",)),
            ("open_follow_ups", ("open opvolgpunten",)))),
    )  # fmt: skip

    def __init__(self, transaction: Transaction, found: Found, choices: Choices) -> None:
        super().__init__(transaction, found, choices)
        connection = transaction.connection
        work_types = work_types_in(transaction)
        self._work_types = Known(work_types, _("work type"), "work_type")
        self._types = {fold(n): w for w in work_types for n in (w.code, w.name)}
        self._subtypes = people.subtypes(connection)
        self._owners = {identifier: owner for identifier, owner, _code, _name in self._subtypes}
        self._called = {w.id: w.name for w in work_types}
        self._called |= {identifier: name for identifier, _w, _code, name in self._subtypes}
        self._ids: dict[str, str] = {}  # of those in use and merged, with what they stand for
        self._codes: dict[str, str] = {}
        self._numbers: dict[str, str] = {}
        self._places: dict[tuple[str, str], str] = {}
        self._names: dict[str, set[str]] = {}
        self._alike = Likeness()
        for into, code, number, name, municipality, own in lookups.organisation_keys(connection):
            self._ids[own] = into
            if code:
                self._codes.setdefault(fold(code), own)
            if number:
                self._numbers.setdefault(number, own)
            key = fold(name)
            self._places.setdefault((key, fold(municipality)), own)
            if own == into or key not in self._names:
                self._names.setdefault(key, set()).add(own)
            self._alike.add(into, code, name, municipality)

    def take(self, row: ListRow) -> Outcome:
        """What the row would do to the register."""
        given = self._given(row)
        name = str(needed(row, "name"))
        own = self._meant(row, given, name)
        if not own:
            return self._new(row, given, name)
        self.once(own, row)
        identifier = self._ids[own]
        there = lookups.row_of(self.transaction.connection, "organisation", identifier, _COLUMNS)
        label = f"{there['code'] or ''} {there['name']}".strip()
        if own != identifier:
            return Outcome(State.SAME, f"{name} → {label}", identifier)
        self._check_keys(row, given)
        after = {**there, **given}
        if any(after[column] != there[column] for column in ("work_type_id", "subtype_id")):
            self._check_subtype(after, "subtype_id" in given)
        changes = differences(self._told(given), self._told(there))
        _in_order(after)
        state = State.CHANGED if changes else State.SAME
        return Outcome(state, label, identifier, changes, given)

    def write(self, outcome: Outcome) -> None:
        """Register it, or change what differs."""
        values = outcome.values
        assert isinstance(values, dict)
        if outcome.state is State.CHANGED:
            self.transaction.change("organisation", outcome.id, values)
            return
        full = {column: None if column in _NULL else "" for column in _COLUMNS}
        self.transaction.insert("organisation", {**full, **values})

    # What is meant

    def _meant(self, row: ListRow, given: Mapping[str, str | None], name: str) -> str:
        """The id of the organisation that a row is about; "" when it is a new one."""
        by_code = self._codes.get(fold(given.get("code") or ""), "")
        by_number = self._numbers.get(given.get("enterprise_number") or "", "")
        meant = self._told_which(row)
        for other, field in ((by_code, "code"), (by_number, "enterprise_number")):
            meant = meant or other
            if other and self._ids[other] != self._ids[meant]:
                raise Refused(
                    "ref.ambiguous",
                    _("This is another organisation than what else stands in the row."),
                    _("Correct one of them."),
                    field,
                )
        return meant or self._by_name(given, name)

    def _told_which(self, row: ListRow) -> str:
        """The id that a person or the row gives, "" where none does. Raises Refused."""
        if said := self.choices.same.get(row.number):
            return self._said(said)
        if identifier := text_in(row, "id"):
            if identifier not in self._ids:
                raise Refused(
                    "ref.unknown",
                    _("There is no organisation with this id."),
                    _("Empty the cell to find it by its code, number or name."),
                    "id",
                )
            return identifier
        return ""

    def _by_name(self, given: Mapping[str, str | None], name: str) -> str:
        key, place = fold(name), fold(given.get("municipality") or "")
        if found := self._places.get((key, place)):
            return found
        others = self._names.get(key, set())
        if len(others) == 1 and (not place or (key, "") in self._places):
            return next(iter(others))
        if others and not place:
            raise Refused(
                "ref.ambiguous",
                _("There are {n} organisations with this name.").format(n=len(others)),
                _("Give the municipality, the code or the enterprise number."),
                "name",
            )
        return ""

    def _said(self, typed: str) -> str:
        found = typed if typed in self._ids else self._codes.get(fold(typed), "")
        same = found or next(iter(self._names.get(fold(typed), ())), "")
        if not same:
            raise Refused(
                "ref.unknown",
                _("There is no organisation “{typed}”.").format(typed=clean(typed, limit=80)),
                _("Give the code of the one that it is."),
            )
        return self._ids[same]

    def _new(self, row: ListRow, given: dict[str, str | None], name: str) -> Outcome:
        if "work_type_id" not in given:
            needed(row, "work_type")
        self._check_keys(row, given)
        self._check_subtype(given, told=True)
        self.once(f"n:{fold(name)}|{fold(given.get('municipality') or '')}", row)
        if not (self.choices.all_new or row.number in self.choices.new):
            self._refuse_alike(row, given, name)
        _in_order(given)
        label = f"{given.get('code') or ''} {name}".strip()
        return Outcome(State.NEW, label, values=given)

    def _refuse_alike(self, row: ListRow, given: Mapping[str, str | None], name: str) -> None:
        like = self._alike.nearest(name, given.get("municipality") or "")
        if like is not None:
            raise Refused(
                "row.likely_duplicate",
                _("This looks like {organisation}, which is in the register already.").format(
                    organisation=clean(like.label, limit=120)
                ),
                _("Say that it is the same (--same {row}=CODE) or new (--new {row}).").format(
                    row=row.number
                ),
                "name",
                like.id,
            )

    def _check_keys(self, row: ListRow, given: Mapping[str, str | None]) -> None:
        """No two rows of the list give the same code or enterprise number. Raises Refused."""
        for field in ("code", "enterprise_number"):
            if value := given.get(field):
                self.once(f"{field}:{fold(value)}", row, field)

    def _check_subtype(self, columns: Mapping[str, str | None], told: bool) -> None:
        """A subtype is one of the work type. Raises Refused, for the field that is `told`."""
        subtype_id = columns.get("subtype_id")
        if subtype_id and self._owners.get(subtype_id) != columns["work_type_id"]:
            raise Refused(
                "organisation.subtype",
                _("This subtype is not one of the work type.")
                if told
                else _("The subtype that is there is not one of this work type."),
                _("Give the work type and the subtype that go together."),
                "subtype" if told else "work_type",
            )

    # Values

    def _given(self, row: ListRow) -> dict[str, str | None]:
        """The columns of the file that the row gives a value for."""
        given: dict[str, str | None] = {}
        for field in (
            "code",
            "name",
            "municipality",
            "size",
            "participation",
            "federation",
            "note",
        ):
            if value := row.values.get(field):
                given[field] = str(value)
        for field in ("recognised_from", "recognised_until"):
            if isinstance(value := row.values.get(field), date):
                given[field] = value.isoformat()
        if typed := text_in(row, "enterprise_number"):
            with about("enterprise_number"):
                given["enterprise_number"] = checked_enterprise_number(typed)
        if typed := text_in(row, "work_type"):
            given["work_type_id"] = self._work_type(typed)
        if typed := text_in(row, "subtype"):
            given["subtype_id"] = self._subtype(typed, given.get("work_type_id"))
        return given

    def _work_type(self, typed: str) -> str:
        key = fold(typed)
        known = self._types.get(WORK_TYPES.get(key, key))
        return (known or self._work_types.meant(typed)).id

    def _subtype(self, typed: str, work_type_id: str | None) -> str:
        known = [
            Named(identifier, code, name)
            for identifier, owner, code, name in self._subtypes
            if work_type_id is None or owner == work_type_id
        ]
        return Known(known, _("subtype"), "subtype").meant(typed).id

    def _told(self, columns: Mapping[str, str | None]) -> dict[str, str | None]:
        """Columns as fields of the list, with names where the file has ids."""
        return {
            column.removesuffix("_id"): self._called.get(value or "", value)
            if column.endswith("_id")
            else value
            for column, value in columns.items()
        }


def _in_order(columns: Mapping[str, str | None]) -> None:
    start, end = columns.get("recognised_from"), columns.get("recognised_until")
    if start and end and end < start:
        raise Refused("period.order", _("This is before recognised_from."), "", "recognised_until")
