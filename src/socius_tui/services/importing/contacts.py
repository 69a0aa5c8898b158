"""A list of people at organisations: personal data, so few fields."""

from __future__ import annotations

import re
from typing import Final

from socius_tui.domain.text import fold
from socius_tui.i18n import N_, _
from socius_tui.services.exchange.tabular.source import Found
from socius_tui.services.importing.fields import Field
from socius_tui.services.importing.outcome import ListRow, Outcome, Refused, State
from socius_tui.services.importing.taking import (
    Choices,
    Taker,
    differences,
    needed,
    organisation_meant,
    organisations_known,
    text_in,
)
from socius_tui.services.importing.words import FUNCTION
from socius_tui.store import lookups
from socius_tui.store.unit_of_work import Transaction

_COLUMNS: Final = ("name", "function", "email", "phone")
_LIKE: Final = 85  # of 100: how much two names with one address must look alike
_EMAIL: Final = r"[^@\s,;<>()]+@[^@\s,;<>()]+\.[^@\s,;<>().]+"


class TakeContacts(Taker):
    """Finds somebody at an organisation by name, else by e-mail.

    Several people can share an address (info@…): it only tells who somebody is when the names
    look alike.
    """

    tries = False
    FIELDS = (
        Field("organisation", N_("Organisation"), ("organisatie", "vereniging", "code"),
              limit=300, required=True),
        Field("name", N_("Name"), ("naam", "contactpersoon", "contact", "persoon"), required=True),
        Field("function", N_("Function"), ("functie", "rol"), "code", codes=FUNCTION),
        Field("email", N_("E-mail"), ("e mail", "mail", "mailadres", "e mailadres"), limit=254),
        Field("phone", N_("Phone"), ("telefoon", "tel", "gsm", "telefoonnummer"), limit=60),
    )  # fmt: skip

    def __init__(self, transaction: Transaction, found: Found, choices: Choices) -> None:
        super().__init__(transaction, found, choices)
        connection = transaction.connection
        self._organisations = organisations_known(connection)
        self._by_name: dict[str, str] = {}
        self._by_email: dict[str, list[tuple[str, str]]] = {}
        for identifier, organisation_id, name, email in lookups.contacts(connection):
            self._by_name.setdefault(f"{organisation_id}|{fold(name)}", identifier)
            if email:
                same = self._by_email.setdefault(f"{organisation_id}|{fold(email)}", [])
                same.append((identifier, name))

    def take(self, row: ListRow) -> Outcome:
        """What the row would do."""
        organisation = organisation_meant(row, self._organisations)
        name, email = str(needed(row, "name")), text_in(row, "email")
        if email and not re.fullmatch(_EMAIL, email):
            raise Refused(
                "email.format",
                _("This is no e-mail address."),
                _("It is written like naam@organisatie.be."),
                "email",
            )
        by_name = f"{organisation.id}|{fold(name)}"
        identifier = self._by_name.get(by_name) or self._written_to(organisation.id, email, name)
        given = {field: text_in(row, field) for field in _COLUMNS if text_in(row, field)}
        label = f"{name}, {organisation.name}"
        self.once(identifier or by_name, row)
        if identifier is None:
            values = {"organisation_id": organisation.id, **given}
            return Outcome(State.NEW, label, values=values)
        connection = self.transaction.connection
        there = lookups.row_of(connection, "organisation_contact", identifier, _COLUMNS)
        changes = differences(given, there)
        return Outcome(State.CHANGED if changes else State.SAME, label, identifier, changes, given)

    def _written_to(self, organisation_id: str, email: str, name: str) -> str | None:
        """Who has this address and nearly this name, if that is one person."""
        from rapidfuzz import fuzz

        some = self._by_email.get(f"{organisation_id}|{fold(email)}", ()) if email else ()
        alike = [
            identifier
            for identifier, other in some
            if fuzz.token_set_ratio(fold(name), fold(other)) >= _LIKE
        ]
        return alike[0] if len(alike) == 1 else None

    def write(self, outcome: Outcome) -> None:
        """Add somebody, or change what differs."""
        assert isinstance(outcome.values, dict)
        if outcome.id:
            self.transaction.change("organisation_contact", outcome.id, outcome.values)
        else:
            self.transaction.insert("organisation_contact", outcome.values)
