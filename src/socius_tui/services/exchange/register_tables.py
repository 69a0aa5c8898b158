"""The tables of the register: its sheet of an organisation, contacts, who looks after what."""

from __future__ import annotations

from collections.abc import Iterable

from socius_tui.domain.records import Assignment, ContactLine
from socius_tui.i18n import N_
from socius_tui.services.exchange.tables import Column, Table


def sheet_columns() -> tuple[Column, ...]:
    """What the register holds on an organisation, under the names that an import takes."""
    return (
        Column("subtype", N_("Subtype"), "text", lambda x: x.subtype, seen=False),
        Column(
            "enterprise_number",
            N_("Enterprise number"),
            "text",
            lambda x: x.enterprise_number,
            seen=False,
        ),
        Column("size", N_("Size"), "code", lambda x: x.size, seen=False),
        Column("participation", N_("Participation"), "code", lambda x: x.participation, seen=False),
        Column("federation", N_("Federation"), "text", lambda x: x.federation, seen=False),
        Column(
            "recognised_from",
            N_("Recognised from"),
            "date",
            lambda x: x.recognised_from,
            seen=False,
        ),
        Column(
            "recognised_until",
            N_("Recognised until"),
            "date",
            lambda x: x.recognised_until,
            seen=False,
        ),
        Column("note", N_("Note"), "text", lambda x: x.note, seen=False),
    )


def contacts_table(lines: Iterable[ContactLine]) -> Table:
    """Who is met at organisations: personal data, so only for whoever asks for it by name."""
    return Table(
        (
            Column("id", N_("Id"), "id", lambda x: x.id, seen=False),
            Column(
                "organisation", N_("Organisation"), "text", lambda x: x.organisation, flow="wrap"
            ),
            Column(
                "organisation_code",
                N_("Code of the organisation"),
                "text",
                lambda x: x.organisation_code,
                seen=False,
            ),
            Column("name", N_("Name"), "text", lambda x: x.name, flow="wrap"),
            Column("function", N_("Function"), "code", lambda x: x.function),
            Column("email", N_("E-mail"), "text", lambda x: x.email, flow="wrap"),
            Column("phone", N_("Phone"), "text", lambda x: x.phone),
        ),
        lines,
    )


def assignments_table(lines: Iterable[Assignment]) -> Table:
    """Who was contact person for which work type, from when until when."""
    return Table(
        (
            Column("id", N_("Id"), "id", lambda x: x.id, seen=False),
            Column("person", N_("Contact person"), "text", lambda x: x.person, flow="wrap"),
            Column("work_type", N_("Work type"), "text", lambda x: x.work_type, flow="wrap"),
            Column("from", N_("From"), "date", lambda x: x.starts_on),
            Column("until", N_("Until"), "date", lambda x: x.ends_on),
        ),
        lines,
    )
