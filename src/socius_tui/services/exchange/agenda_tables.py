"""The tables of the year programme, of the agenda and of the needs that were heard."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from socius_tui.domain.money import format_euro
from socius_tui.domain.numbers import to_decimal_text
from socius_tui.domain.programme import SYMBOLS, ActionLine
from socius_tui.i18n import N_, get_language
from socius_tui.services.exchange.tables import Column, Table
from socius_tui.services.wording import word


def actions_table(actions: Sequence[ActionLine]) -> Table:
    """Actions of year programmes; amounts are euro, exactly as entered."""
    return Table(
        (
            Column("code", N_("Code"), "text", lambda x: x.code),
            Column("year", N_("Year"), "number", lambda x: x.year),
            Column("goal", N_("Goal"), "text", lambda x: x.goal),
            Column("title", N_("Action"), "text", lambda x: x.title, flow="cut"),
            Column("state", N_("State"), "code", lambda x: x.state, _state),
            Column("owner", N_("Owner"), "text", lambda x: x.owner, flow="wrap"),
            Column("due", N_("Due"), "date", lambda x: x.due_on),
            Column(
                "budget_planned",
                N_("Planned"),
                "decimal",
                lambda x: _amount(x.planned),
                lambda x: format_euro(x.planned, get_language()),
            ),
            Column(
                "budget_spent",
                N_("Spent"),
                "decimal",
                lambda x: _amount(x.spent),
                lambda x: format_euro(x.spent, get_language()),
            ),
            Column("summary", N_("Summary"), "text", lambda x: x.summary, seen=False),
        ),
        actions,
    )


def _state(line: ActionLine) -> str:
    return f"{SYMBOLS[line.state]} {word(line.state)}"


def _amount(amount: Fraction | None) -> str | None:
    return None if amount is None else to_decimal_text(amount)
