"""What the overview says of what came in, what waits, and what the indicators watch."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Final

from textual.content import Content

from socius_tui.domain.cockpit import DATA, FOLLOW_UP, DueLine
from socius_tui.domain.overview import StatusLine
from socius_tui.domain.records import RecentChange
from socius_tui.domain.spheres import Spheres
from socius_tui.domain.year_calendar import YearSheet
from socius_tui.i18n import N_, _, ngettext
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.widgets.history_table import NEW
from socius_tui.ui.widgets.line_table import Cell, Column, LineTable, Row

#: What an indicator of the sphere answers. Source: plan, lines 673-704.
_QUESTIONS: Final = {
    "control": N_("What did we do?"),
    "influence": N_("What does it change for participants and volunteers?"),
    "ambition": N_("What is it all for?"),
}
MONTH = 30
WEEK = 7


def tables() -> Mapping[str, LineTable]:
    """Three of the lists, empty, by the name of the part."""
    return {
        "recent": LineTable(
            (
                Column(_("When"), 10),
                Column(_("What"), 11),
                Column("", weight=3),
                Column(_("Who"), weight=1, from_width=60),
            ),
            empty=_("Nothing was entered."),
            id="recent-list",
        ),
        "stale": LineTable(
            (
                Column(_("When"), 12),
                Column("", 14, from_width=64),
                Column(_("What"), weight=4),
                Column(_("About"), weight=2, from_width=84),
                Column(_("Who"), weight=1, from_width=74),
            ),
            empty=_("Nothing is stale or due."),
            id="stale-list",
        ),
        "spheres": LineTable(
            (
                Column(_("Sphere"), weight=1),
                Column(_("indicators"), 11, "right"),
                Column("", 10, from_width=84),
                Column(_("with data"), 12, "right"),
                Column("", 25, from_width=72),
            ),
            empty=_("This plan has no indicators yet."),
            id="spheres-list",
        ),
    }


def recent_row(change: RecentChange, new: Collection[str] = frozenset()) -> Row:
    """Something that was entered lately; marked when it is in `new`, come in from others."""
    mark = text.styled(NEW, text.KEY) if change.id in new else ""
    return Row(
        change.id,
        (
            text.dim(show.day(date.fromisoformat(change.moment[:10]))),
            text.word(change.kind),
            text.spaced((mark, change.title), " "),
            text.dim(change.who),
        ),
    )


def recent_extra(count: int, days: int, key: str, new: int = 0) -> Content:
    """How many, how many of them new from others, and the key for the other stretch."""
    other = WEEK if days == MONTH else MONTH
    return text.spaced(
        (
            text.styled(str(count), text.STRONG),
            text.styled(f"{NEW} {_('{n} new').format(n=new)}", text.KEY) if new else "",
            text.dim(_("in {n} days").format(n=days)),
            text.key_hint(key, _("{n} days").format(n=other)),
        )
    )


def due_row(line: DueLine) -> Row:
    """A promise, a target that falls due, or an indicator without fresh data."""
    style = "$status-attention" if line.late else ""
    mark = "!" if line.late else "~" if line.kind == DATA else " "
    when = show.day(line.when) if line.when else _("never")
    if line.kind == DATA:
        kind, what, about = text.word(line.state), _named(line), text.NOTHING
    elif line.kind == FOLLOW_UP:
        kind = _("too late") if line.late else _("follow-up")
        what, about = text.plain(line.title), text.plain(line.code)
    else:
        kind, what, about = _("target"), _named(line), text.plain(line.state)
    return Row(
        line.id,
        (
            text.styled(f"{mark} {when}", style),
            text.styled(kind, style),
            what,
            about,
            text.dim(line.who),
        ),
    )


def due_words(line: DueLine) -> Content:
    """The line in full."""
    if line.kind == DATA:
        last = show.day(line.when) if line.when else ""
        return text.spaced(
            (
                text.plain(text.word(line.state)),
                text.dim(_("last {day}").format(day=last)) if last else text.NOTHING,
                _named(line),
                text.dim(line.who),
            )
        )
    before = _("promised before {day}") if line.kind == FOLLOW_UP else _("target of {day}")
    about = text.plain(line.code) if line.kind == FOLLOW_UP else text.plain(line.state)
    what = text.plain(line.title) if line.kind == FOLLOW_UP else _named(line)
    return text.spaced(
        (text.plain(before.format(day=show.day(line.when))), what, about, text.dim(line.who))
    )


def due_extra(lines: Iterable[DueLine]) -> Content:
    """How many lines, and how many of them are late."""
    there = list(lines)
    late = sum(line.late for line in there)
    return text.spaced(
        (
            text.dim(str(len(there))),
            text.styled(_("{n} late").format(n=late), "$status-attention") if late else "",
        )
    )


def _named(line: DueLine) -> Content:
    return text.join(text.styled(line.code + " ", text.STRONG), text.plain(line.title))


def sphere_rows(found: Spheres) -> list[Row]:
    """The three spheres; nothing when there are no indicators."""
    if not found.indicators:
        return []
    rows = []
    for line in found.lines:
        rows.append(
            Row(
                line.sphere,
                (
                    text.word(line.sphere),
                    str(line.indicators),
                    _bar(Fraction(line.indicators, found.indicators)),
                    text.with_data(line.with_data, line.indicators),
                    text.counted(line.counts, words=False, gap=" "),
                ),
            )
        )
    return rows


def _bar(share: Fraction) -> Cell:
    return lambda width: text.bar(share, None, width)


def sphere_question(sphere: str) -> Content:
    """What an indicator of a sphere answers."""
    return text.plain(_(_QUESTIONS[sphere]))


def sphere_line_row(line: StatusLine) -> Row:
    """An indicator in the list of one sphere."""
    last = show.day(line.last_measurement) if line.last_measurement else text.word(line.freshness)
    return Row(
        line.id,
        (
            text.status_symbol(line.status),
            text.styled(line.code, text.STRONG),
            text.plain(line.title),
            text.plain(show.amount(line.value)),
            text.plain(show.amount(line.target, line.unit)),
            show.percent(line.progress),
            text.dim(last),
        ),
    )


def year_extra(sheet: YearSheet) -> Content:
    """The year with its visits, and the keys for the years beside it."""
    done = ngettext("{n} visit", "{n} visits", sheet.done).format(n=sheet.done)
    planned = _("{n} planned").format(n=sheet.planned) if sheet.planned else ""
    keys = []
    if sheet.year > sheet.first_year:
        keys.append(text.key_hint("pgup", str(sheet.year - 1)))
    if sheet.year < sheet.last_year:
        keys.append(text.key_hint("pgdn", str(sheet.year + 1)))
    return text.spaced(
        (text.styled(str(sheet.year), text.STRONG), text.plain(done), text.plain(planned), *keys)
    )
