"""The tables of the year programme, of the agenda and of the needs that were heard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from socius_tui.domain.agenda import AgendaItem, AgendaPart, Part
from socius_tui.domain.money import format_euro
from socius_tui.domain.needs import NeedsHeard
from socius_tui.domain.numbers import to_decimal_text
from socius_tui.domain.programme import SYMBOLS, ActionLine
from socius_tui.i18n import N_, get_language
from socius_tui.services.exchange.tables import Column, Table
from socius_tui.services.wording import item_about, kind_word, known_word, word


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


def agenda_table(parts: Sequence[AgendaPart], as_of: date) -> Table:
    """What is to be done, in the order of the agenda of a day."""
    rows = [(part.part, item) for part in parts for item in part.items]
    return Table(
        (
            Column("part", N_("When"), "code", lambda x: x[0].value),
            Column("due", N_("Day"), "date", lambda x: x[1].day),
            Column("kind", N_("Kind"), "code", lambda x: x[1].kind.value, _kind),
            Column("id", N_("Code"), "id", lambda x: x[1].id),
            Column("title", N_("What"), "text", lambda x: x[1].title, flow="cut"),
            Column("detail", N_("Concerns"), "text", _about, flow="wrap"),
            Column("state", N_("State"), "code", lambda x: x[1].state, _item_state),
            Column("person", N_("Person"), "text", lambda x: x[1].owner, flow="wrap"),
            Column("as_of", N_("As of"), "date", lambda _row: as_of, seen=False),
        ),
        rows,
    )


def needs_table(found: NeedsHeard) -> Table:
    """Needs heard at visits; the share is that of the visits that were done."""
    return Table(
        (
            Column("need", N_("Need"), "text", lambda x: x.tag, flow="wrap"),
            Column("visits", N_("Visits"), "number", lambda x: x.visits),
            Column("of", N_("Of"), "number", lambda _line: found.visits),
            Column("share", N_("Share"), "share", found.share),
            Column("organisations", N_("Organisations"), "number", lambda x: x.organisations),
            Column("last", N_("Last"), "date", lambda x: x.last),
        ),
        found.lines,
    )


def _about(row: tuple[Part, AgendaItem]) -> str:
    return item_about(row[1])


def _kind(row: tuple[Part, AgendaItem]) -> str:
    return kind_word(row[1].kind)


def _item_state(row: tuple[Part, AgendaItem]) -> str:
    return known_word(row[1].state)


def _state(line: ActionLine) -> str:
    return f"{SYMBOLS[line.state]} {word(line.state)}"


def _amount(amount: Fraction | None) -> str | None:
    return None if amount is None else to_decimal_text(amount)
