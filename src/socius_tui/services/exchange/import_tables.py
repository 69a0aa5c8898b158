"""What an import would do, and how lists are read, as tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from socius_tui.i18n import N_, _
from socius_tui.services.exchange.tables import Column, Table
from socius_tui.services.importing.outcome import Preview
from socius_tui.services.importing.telling import PreviewRow, preview_rows
from socius_tui.services.merging import Alike
from socius_tui.store.mappings import Mapping

_WHY: Final = {"enterprise_number": N_("the same enterprise number"), "name": N_("the name")}


def preview_table(preview: Preview) -> Table:
    """A row for each field that would change, and for each row that cannot be taken."""
    return Table(
        (
            Column("row", N_("Row"), "number", lambda x: x.row),
            Column("state", N_("State"), "code", lambda x: x.state),
            Column("subject", N_("Is about"), "text", lambda x: x.label, flow="wrap"),
            Column("field", N_("Field"), "text", lambda x: x.field),
            Column("from", N_("From"), "text", lambda x: x.before, flow="wrap"),
            Column("to", N_("To"), "text", lambda x: x.after, flow="wrap"),
            Column("rule", N_("Rule"), "text", lambda x: x.rule),
            Column("reason", N_("Reason"), "text", lambda x: x.reason, flow="wrap"),
        ),
        list[PreviewRow](preview_rows(preview)),
    )


def mappings_table(kept: Sequence[Mapping]) -> Table:
    """How lists are read."""
    return Table(
        (
            Column("kind", N_("Kind"), "text", lambda x: x.kind),
            Column("name", N_("Name"), "text", lambda x: x.name, flow="wrap"),
            Column("decimals", N_("Decimals"), "code", lambda x: x.decimals or ""),
            Column("days", N_("Dates"), "code", lambda x: x.days or ""),
            Column("columns", N_("Columns"), "names", _pairs, flow="wrap"),
        ),
        kept,
    )


def duplicates_table(pairs: Sequence[Alike]) -> Table:
    """Organisations that may be one."""
    return Table(
        (
            Column("organisation", N_("Organisation"), "text", lambda x: x.one.label, flow="wrap"),
            Column("other", N_("Looks like"), "text", lambda x: x.other.label, flow="wrap"),
            Column("why", N_("By"), "text", lambda x: x.why, lambda x: _(_WHY[x.why])),
        ),
        pairs,
    )


def _pairs(kept: Mapping) -> tuple[str, ...]:
    return tuple(f"{header} = {field or '–'}" for header, field in kept.columns.items())
