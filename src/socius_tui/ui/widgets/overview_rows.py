"""What the overview says: its lists, and the two lines above them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from textual.content import Content

from socius_tui.domain import codes
from socius_tui.domain.model import Status
from socius_tui.domain.overview import CoverageLine, PlanStatus, StatusLine
from socius_tui.domain.plan import PlanRecord
from socius_tui.domain.records import RecentChange
from socius_tui.i18n import _, ngettext
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.widgets.line_table import Cell, Column, LineTable, Row

TREND_FROM = 84  # cells: a narrower list has no room for the trend, so nobody asks for it

_JUDGED = (Status.MET, Status.ON_TRACK, Status.ATTENTION, Status.OFF_TRACK)
_WAITING = (codes.STALE, codes.NEVER, codes.AGEING)


def tables() -> Sequence[LineTable]:
    """The four lists, empty."""
    return (
        LineTable(
            (
                Column("", 1),
                Column(_("Code"), 6),
                Column(_("Goal"), weight=3),
                Column(_("progress"), 12, from_width=56),
                Column("%", 5, "right"),
                Column(_("exp."), 5, "right"),
                Column(_("pace"), 8, "right"),
                Column(_("trend"), 8, from_width=TREND_FROM),
                Column("n/m", 5, "right", from_width=60),
            ),
            empty=_("This plan has no goals yet."),
            id="goals-list",
        ),
        LineTable(
            (
                Column(_("Work type"), weight=5),
                Column(_("Contact person"), weight=4, from_width=40),
                Column(_("this year"), 8, "right"),
                Column("", 8, from_width=66),
                Column(_("period"), 8, "right"),
                Column("", 8, from_width=66),
            ),
            empty=_("There are no work types yet."),
            id="coverage-list",
        ),
        LineTable(
            (
                Column(_("When"), 10),
                Column(_("What"), 10),
                Column("", weight=3),
                Column(_("Who"), weight=1, from_width=60),
            ),
            empty=_("Nothing was entered in the last seven days."),
            id="recent-list",
        ),
        LineTable(
            (
                Column(_("Last"), 12),
                Column(_("Code"), 8),
                Column(_("Indicator"), weight=3),
                Column("", 13, from_width=56),
                Column(_("Owner"), weight=1, from_width=74),
            ),
            empty=_("Every indicator has fresh data."),
            id="stale-list",
        ),
    )


def goal_row(line: StatusLine, trend: Sequence[Fraction | None]) -> Row:
    """A goal on one line: status, how far, how far it should be, and how many have data."""
    top = line.depth < 2
    title = text.styled(line.title, text.STRONG) if top else text.plain(line.title)
    return Row(
        line.id,
        (
            text.status_symbol(line.status),
            text.styled("" if line.level == "plan" else line.code, text.STRONG if top else ""),
            text.join(
                "" if top else "  ", text.spaced((text.late_mark(len(line.late)), title), " ")
            ),
            lambda width: text.bar(line.progress, line.expected_progress, width),
            show.percent(line.progress),
            text.dim(show.percent(line.expected_progress)),
            text.pace(line.days_behind, line.status),
            text.spark(trend),
            text.with_data(line.with_data, line.of),
        ),
    )


def indicators(status: PlanStatus) -> list[StatusLine]:
    """The lines of the indicators."""
    return [line for line in status.lines if line.level == "indicator"]


def axes(status: PlanStatus, width: int) -> Content:
    """Two lines: how far the plan is, and how good the data are."""
    lines = indicators(status)
    counts = dict(status.plan.counts)
    judged = [(code, counts.get(code, 0)) for code in _JUDGED]
    other = [(code, count) for code, count in counts.items() if code not in _JUDGED]
    known, of = sum(line.with_data for line in lines), sum(line.of for line in lines)
    stale = sum(line.freshness == codes.STALE for line in lines)
    progress = text.styled(_("Progress"), text.STRONG)
    data = text.styled(_("Data"), text.STRONG)
    measured = ngettext("{n} of {of} indicator measured", "{n} of {of} indicators measured", of)
    old = text.styled(_("{n} stale").format(n=stale), "$status-attention" if stale else "")
    late = changed_late(status.plan, words=True), changed_late(status.plan, words=False)
    return text.lines(
        (
            text.fitting(
                width,
                (
                    text.spaced((progress, text.counted(judged, words=words, gap=gap)), gap)
                    for words, gap in ((True, "  "), (True, " "), (False, "  "))
                ),
            ),
            text.fitting(
                width,
                (
                    text.spaced(
                        (data, about, old, text.counted(other, words=words, gap=gap), late[place]),
                        gap,
                    )
                    for about, words, gap, place in (
                        (measured.format(n=known, of=of), True, "  ", 0),
                        (f"{known}/{of}", True, "  ", 0),
                        (f"{known}/{of}", True, "  ", 1),
                        (f"{known}/{of}", False, " ", 1),
                    )
                ),
            ),
        )
    )


def changed_late(line: StatusLine, *, words: bool) -> Content:
    """The mark with how many changes were made after closing; nothing when there are none."""
    count = len(line.late)
    if not count:
        return text.NOTHING
    about = _("changed after closing: {n}").format(n=count) if words else str(count)
    return text.spaced((text.late_mark(count), about), " ")


def legend() -> Content:
    """What the mark in a bar is."""
    return text.dim(_("┃ expected by now"))


def policy(plan: PlanRecord | None) -> Content:
    """The denominator of the coverage, printed beside the numbers."""
    fixed = plan.coverage_fixed if plan else None
    if fixed is not None:
        return text.dim(_("of {n}, fixed by the plan").format(n=fixed))
    return text.dim(_("of those recognised on the as-of date"))


def coverage_rows(this_year: Sequence[CoverageLine], whole: Sequence[CoverageLine]) -> list[Row]:
    """Work types with their contact persons, this year and in the whole period."""
    rows = []
    for now, all_years in zip(this_year, whole, strict=True):
        total = not now.work_type_id
        name = text.styled(_("Total"), text.STRONG) if total else text.plain(now.work_type)
        if total:
            person = text.NOTHING
        elif now.contact_person:
            person = text.plain(now.contact_person)
        else:
            person = Content.styled(_("nobody"), "$status-attention")
        cells = (name, person, *_share(now), *_share(all_years))
        rows.append(Row(now.work_type_id or "total", cells))
    return rows


def _share(line: CoverageLine) -> tuple[Cell, Cell]:
    share = Fraction(line.visited, line.recognised) if line.recognised else None
    of = f"{line.visited}/{line.recognised}" if line.recognised else str(line.visited)
    return of, lambda width: text.bar(share, None, width) if share is not None else text.NOTHING


def recent_row(change: RecentChange) -> Row:
    """Something that was entered lately."""
    return Row(
        change.id,
        (
            text.dim(show.day(date.fromisoformat(change.moment[:10]))),
            text.word(change.kind),
            text.plain(change.title),
            text.dim(change.who),
        ),
    )


def stale_rows(status: PlanStatus) -> list[Row]:
    """Indicators without fresh data: never measured first, then the longest ago."""
    waiting = [line for line in indicators(status) if line.freshness in _WAITING]
    waiting.sort(key=lambda line: (line.last_measurement or date.min, line.code))
    return [_stale_row(line) for line in waiting]


def _stale_row(line: StatusLine) -> Row:
    late = line.freshness != codes.AGEING
    style = "$status-attention" if late else ""
    last = show.day(line.last_measurement) if line.last_measurement else text.word(line.freshness)
    return Row(
        line.id,
        (
            text.styled(f"{'!' if late else '~'} {last}", style),
            text.plain(line.code),
            text.plain(line.title),
            text.styled(text.word(line.freshness), style),
            text.dim(line.contact_person),
        ),
    )
