"""The table of the register of mandates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from socius_tui.domain.mandates import Mandate
from socius_tui.i18n import N_, _
from socius_tui.services.exchange.tables import Column, Table


def mandates_table(entries: Sequence[Mandate], as_of: date) -> Table:
    """The register on a day; days since the last attendance are empty when there was none."""

    def since(entry: Mandate) -> str:
        days = entry.days_since(as_of)
        return _("never") if days is None else str(days)

    return Table(
        (
            Column("id", N_("Code"), "id", lambda x: x.id),
            Column("kind", N_("Kind"), "code", lambda x: x.kind.value),
            Column("name", N_("Name"), "text", lambda x: x.name, flow="wrap"),
            Column(
                "representative",
                N_("Representative"),
                "text",
                lambda x: x.representative,
                flow="wrap",
            ),
            Column("state", N_("State"), "code", lambda x: x.state(as_of).value),
            Column("attended_on", N_("Last there"), "date", lambda x: x.attended_on),
            Column("days_since", N_("Days ago"), "number", lambda x: x.days_since(as_of), since),
            Column("convenor", N_("Convenor"), "text", lambda x: x.convenor, seen=False),
            Column("goal", N_("Goal"), "text", lambda x: x.goal_code, seen=False),
            Column("from", N_("From"), "date", lambda x: x.starts_on, seen=False),
            Column("until", N_("Until"), "date", lambda x: x.ends_on, seen=False),
        ),
        entries,
    )
