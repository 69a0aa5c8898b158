"""What a report says of visits: the needs heard, how many by whom, and what is private."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from socius_tui.domain.records import VisitLine
from socius_tui.domain.report import Block, Callout, Cell, Column, Section, Table
from socius_tui.i18n import _
from socius_tui.services.reports import words
from socius_tui.services.reports.facts import Facts


def needs(lines: Iterable[VisitLine], caption: str, most: int = 12) -> list[Block]:
    """The needs heard at visits, most heard first."""
    heard = Counter(tag for line in lines for tag in line.needs)
    if not heard:
        return []
    ranked = sorted(heard.items(), key=lambda item: (-item[1], item[0]))[:most]
    rows = tuple((Cell(words.safe(tag)), Cell(words.whole(n))) for tag, n in ranked)
    columns = (Column(_("Need"), width=8), Column(_("Visits"), numeric=True, width=2))
    return [Table(caption, columns, rows)]


def by_group(lines: Iterable[VisitLine], heading: str, group: Callable[[VisitLine], str]) -> Table:
    """Visits and different organisations by what each visit belongs to."""
    visits: Counter[str] = Counter()
    places: dict[str, set[str]] = {}
    for line in lines:
        name = group(line)
        visits[name] += 1
        places.setdefault(name, set()).add(line.organisation_id)
    rows = tuple(
        (
            Cell(words.safe(name) or _("nobody")),
            Cell(words.whole(visits[name])),
            Cell(words.whole(len(places[name]))),
        )
        for name in sorted(visits, key=lambda name: (-visits[name], name))
    )
    columns = (
        Column(heading, width=8),
        Column(_("Visits"), numeric=True, width=3),
        Column(_("Organisations"), numeric=True, width=3),
    )
    return Table(_("Visits by {group}").format(group=heading.lower()), columns, rows)


def private(facts: Facts) -> Section | None:
    """What stays inside unless it is asked for: private notes, people met; None without any."""
    if not facts.private:
        return None
    rows = tuple(
        (
            Cell(words.safe(found.line.organisation), note=words.day(found.line.visited_on)),
            Cell(words.safe(", ".join(found.met)) or words.NOTHING),
            Cell(words.safe(found.private_note) or words.NOTHING),
        )
        for found in facts.private
    )
    columns = (
        Column(_("Visit"), width=5),
        Column(_("People met"), width=4),
        Column(_("Private note"), width=10),
    )
    return Section(
        _("Private"),
        (
            Callout(
                _("Personal data"),
                _(
                    "This part holds private notes and names of people who were met. Do not pass "
                    "it on."
                ),
            ),
            Table(_("Private notes of visits"), columns, rows),
        ),
    )
