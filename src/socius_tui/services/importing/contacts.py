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
    organisations_meant,
    referred,
    text_in,
)
from socius_tui.services.importing.words import FUNCTION
from socius_tui.store import lookups
from socius_tui.store.unit_of_work import Transaction

_COLUMNS: Final = ("name", "function", "email", "phone")
_EMAIL: Final = r"[^@\s,;<>()]+@[^@\s,;<>()]+\.[^@\s,;<>().]+"


class TakeContacts(Taker):
    """Finds somebody at an organisation by e-mail, else by name."""

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
        self._organisations, self._merged = organisations_meant(connection)
        self._by_key: dict[str, str] = {}
        for identifier, organisation_id, name, email in lookups.contacts(connection):
            self._by_key.setdefault(f"{organisation_id}|n|{fold(name)}", identifier)
            if email:
                self._by_key.setdefault(f"{organisation_id}|e|{fold(email)}", identifier)

    def take(self, row: ListRow) -> Outcome:
        """What the row would do."""
        organisation = referred(
            str(needed(row, "organisation")),
            self._organisations,
            _("organisation"),
            "organisation",
            self._merged,
        )
        name, email = str(needed(row, "name")), text_in(row, "email")
        if email and not re.fullmatch(_EMAIL, email):
            raise Refused(
                "email.format",
                _("This is no e-mail address."),
                _("It is written like naam@organisatie.be."),
                "email",
            )
        by_name = f"{organisation.id}|n|{fold(name)}"
        identifier = self._by_key.get(f"{organisation.id}|e|{fold(email)}") if email else None
        identifier = identifier or self._by_key.get(by_name)
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

    def write(self, outcome: Outcome) -> None:
        """Add somebody, or change what differs."""
        assert isinstance(outcome.values, dict)
        if outcome.id:
            self.transaction.change("organisation_contact", outcome.id, outcome.values)
        else:
            self.transaction.insert("organisation_contact", outcome.values)
