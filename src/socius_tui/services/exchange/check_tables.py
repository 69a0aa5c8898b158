"""The tables of a check and of a salvage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from socius_tui.i18n import N_
from socius_tui.services.exchange.tables import Column, Table

if TYPE_CHECKING:
    from socius_tui.domain.findings import Finding
    from socius_tui.store.salvage import Review, TableCount


def findings_table(findings: Sequence[Finding]) -> Table:
    """What a check of the file found."""
    return Table(
        (
            Column("code", N_("Code"), "text", lambda x: x.code, seen=False),
            Column("severity", N_("Kind"), "code", lambda x: x.severity.value),
            Column("table", N_("Table"), "text", lambda x: x.kind, seen=False),
            Column("id", N_("Id"), "text", lambda x: x.row_id, seen=False),
            Column("finding", N_("What is wrong"), "text", lambda x: x.sentence, flow="wrap"),
            Column("advice", N_("What to do"), "text", lambda x: x.advice, flow="wrap"),
        ),
        findings,
    )


def review_table(rows: Sequence[Review]) -> Table:
    """Rows of a salvaged file that somebody should look at; the cells are JSON."""
    return Table(
        (
            Column("table", N_("Table"), "text", lambda x: x.kind),
            Column("id", N_("Id"), "text", lambda x: x.row_id),
            Column("why", N_("Why"), "code", lambda x: x.why),
            Column("file", N_("In the file"), "text", lambda x: x.file),
            Column("journal", N_("In the journal"), "text", lambda x: x.journal),
        ),
        rows,
    )


def salvaged_table(counts: Sequence[TableCount]) -> Table:
    """What a salvage brought back, by table."""
    return Table(
        (
            Column("table", N_("Table"), "text", lambda x: x.kind),
            Column("rows", N_("Rows"), "number", lambda x: x.rows),
            Column("from_journal", N_("From the journal"), "number", lambda x: x.from_journal),
        ),
        counts,
    )
