"""What asks for attention in a report: how many stand where, and what is furthest behind."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from socius_tui.domain.overview import StatusLine
from socius_tui.domain.report import Cell, Column, Table
from socius_tui.i18n import _
from socius_tui.services.figures import amount, share
from socius_tui.services.reports import words
from socius_tui.services.reports.facts import Facts
from socius_tui.services.wording import symbol, word

_WEAK: Final = ("off_track", "attention")


def weak(facts: Facts, most: int) -> Table | None:
    """The indicators that are furthest behind, off track first; None when none is."""
    lines = [
        line for line in facts.status.lines if line.level == "indicator" and line.status in _WEAK
    ]
    if not lines:
        return None
    lines.sort(key=lambda x: (_WEAK.index(x.status), x.pace_ratio or Fraction(0), x.code))
    rows = tuple(
        (
            Cell(words.safe(f"{line.code} {line.title}")),
            words.status_cell(line),
            Cell(
                f"{amount(line.value, '')} / {amount(line.target, '')}", note=words.safe(line.unit)
            ),
            Cell(words.pace(line.days_behind)),
            Cell(words.safe(line.contact_person) or words.NOTHING),
        )
        for line in lines[:most]
    )
    columns = (
        Column(_("Indicator"), width=10),
        Column(_("Status"), width=6),
        Column(_("Value / target"), numeric=True, width=4),
        Column(_("Pace"), numeric=True, width=3),
        Column(_("Owner"), width=4),
    )
    caption = _("Furthest behind ({n} of {m})").format(
        n=words.whole(len(rows)), m=words.whole(len(lines))
    )
    return words.without_empty(Table(caption, columns, rows), len(columns) - 1)


def statuses(line: StatusLine) -> Table:
    """How many indicators have which status."""
    total = sum(n for _status, n in line.counts)
    rows = tuple(
        (
            Cell(words.sentence(word(status)), status=status.value, symbol=symbol(status)),
            Cell(words.whole(n)),
            Cell(share(Fraction(n, total)), share=Fraction(n, total)),
        )
        for status, n in line.counts
        if total
    )
    columns = (
        Column(_("Status"), width=6),
        Column(_("Indicators"), numeric=True, width=3),
        Column(_("Share"), numeric=True, width=5),
    )
    return Table(_("Indicators by status"), columns, rows)
