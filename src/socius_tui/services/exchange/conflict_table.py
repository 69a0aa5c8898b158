"""The table of what laptops disagree about, for the terminal and for scripts."""

from __future__ import annotations

from collections.abc import Sequence

from socius_tui.domain.conflicts import Conflict, Side
from socius_tui.i18n import N_
from socius_tui.services.exchange.tables import Column, Table


def conflicts_table(found: Sequence[Conflict]) -> Table:
    """A line for each: what it is about, what stands, what else was written, by whom and when."""

    def of(side: Side | None, part: str) -> str:
        return str(getattr(side, part)) if side else ""

    return Table(
        (
            Column("id", N_("Code"), "id", lambda x: x.id),
            Column("rule", N_("Kind"), "code", lambda x: x.rule, seen=False),
            Column("what", N_("What"), "text", lambda x: x.what, flow="wrap"),
            Column("field", N_("Field"), "text", lambda x: x.field, flow="wrap"),
            Column("stands", N_("Stands"), "text", lambda x: of(x.stands, "value"), flow="wrap"),
            Column("stands_by", N_("By"), "text", lambda x: of(x.stands, "who"), flow="wrap"),
            Column("stands_at", N_("On"), "text", lambda x: of(x.stands, "moment"), seen=False),
            Column("stands_on", N_("Laptop"), "text", lambda x: of(x.stands, "computer"),
                   seen=False),
            Column("other", N_("Also written"), "text", lambda x: of(x.other, "value"),
                   flow="wrap"),
            Column("other_by", N_("By"), "text", lambda x: of(x.other, "who"), flow="wrap"),
            Column("other_at", N_("On"), "text", lambda x: of(x.other, "moment"), seen=False),
            Column("other_on", N_("Laptop"), "text", lambda x: of(x.other, "computer"),
                   seen=False),
            Column("sentence", N_("What happened"), "text", lambda x: x.sentence, flow="wrap"),
            Column("advice", N_("What to do"), "text", lambda x: x.advice, seen=False),
            Column("choices", N_("Choices"), "names", lambda x: x.choices, seen=False),
        ),
        found,
    )  # fmt: skip
