"""The year programme in a report: the actions of its years, how they go, what they cost."""

from __future__ import annotations

from fractions import Fraction

from socius_tui.domain.model import Period
from socius_tui.domain.money import format_euro
from socius_tui.domain.programme import SYMBOLS, Part, Programme, Totals, programme_of
from socius_tui.domain.report import Block, Cell, Column, Figure, Figures, Section, Table
from socius_tui.i18n import _, get_language
from socius_tui.services.reports import words
from socius_tui.services.reports.facts import Facts
from socius_tui.services.wording import word


def section(facts: Facts, period: Period, *, open_only: bool = False) -> Section | None:
    """The actions of the years that a period touches; None when there are none.

    With `open_only` those that are still to be done: what is planned, not what was.
    """
    actions = [line for line in facts.actions if line.is_open or not open_only]
    found = [programme_of(year, actions) for year in range(period.start.year, period.end.year + 1)]
    found = [programme for programme in found if programme.parts]
    if not found:
        return None
    return Section(
        _("Year programme"), tuple(block for programme in found for block in _blocks(programme))
    )


def _blocks(programme: Programme) -> list[Block]:
    totals = programme.totals
    figures = [
        Figure(words.whole(number), word(state)) for state, number in totals.states if number
    ]
    if totals.planned is not None:
        figures.append(Figure(_euro(totals.planned), _("planned"), _spent(totals)))
    return [Figures(tuple(figures)), _table(programme)]


def _table(programme: Programme) -> Table:
    rows = [row for part in programme.parts for row in _rows(part)]
    rows.append(
        (
            Cell(_("All together")),
            Cell(""),
            Cell(""),
            Cell(""),
            Cell(_euro(programme.totals.planned)),
            Cell(_euro(programme.totals.spent)),
        )
    )
    return Table(
        _("Actions of {year}").format(year=programme.year),
        (
            Column(_("Action"), width=9),
            Column(_("State"), width=4),
            Column(_("Owner"), width=4),
            Column(_("Due"), width=3),
            Column(_("Planned"), numeric=True, width=3),
            Column(_("Spent"), numeric=True, width=3),
        ),
        tuple(rows),
        total=True,
    )


def _rows(part: Part) -> list[tuple[Cell, ...]]:
    return [
        (
            Cell(words.safe(action.title), note=words.safe(f"{part.goal} {part.goal_title}")),
            Cell(f"{SYMBOLS[action.state]} {word(action.state)}"),
            Cell(words.safe(action.owner)),
            Cell(words.day(action.due_on) if action.due_on else ""),
            Cell(_euro(action.planned)),
            Cell(_euro(action.spent)),
        )
        for action in part.actions
    ]


def _spent(totals: Totals) -> str:
    if totals.spent is None:
        return ""
    return _("{amount} spent").format(amount=_euro(totals.spent))


def _euro(amount: Fraction | None) -> str:
    return format_euro(amount, get_language())
