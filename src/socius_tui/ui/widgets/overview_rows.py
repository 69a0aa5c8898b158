"""What the overview says of goals and coverage, and the two lines above them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from textual.content import Content

from socius_tui.domain import codes
from socius_tui.domain.cockpit import Quality, WorkTypePace
from socius_tui.domain.model import Status
from socius_tui.domain.overview import CoverageLine, PlanStatus, StatusLine
from socius_tui.domain.plan import PlanRecord
from socius_tui.i18n import _, ngettext
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.widgets import cockpit_rows
from socius_tui.ui.widgets.line_table import Cell, Column, LineTable, Row

TREND_FROM = 84  # cells: a narrower list has no room for the trend, so nobody asks for it
BOTH_FROM = 108  # cells: from here both axes are on one line

_JUDGED = (Status.MET, Status.ON_TRACK, Status.ATTENTION, Status.OFF_TRACK)


def tables() -> Mapping[str, LineTable]:
    """The lists of the parts that are lists, empty, by the name of the part."""
    return {
        "goals": LineTable(
            goal_columns(data=False), empty=_("This plan has no goals yet."), id="goals-list"
        ),
        "coverage": LineTable(
            (
                Column(_("Work type"), weight=5),
                Column(_("Contact person"), weight=4, from_width=40),
                Column(_("this year"), 9, "right"),
                Column("", 8, from_width=66),
                Column(_("a week"), 6, "right"),
                Column(_("period"), 8, "right", from_width=50),
                Column("", 8, from_width=96),
                Column(_("visit next"), weight=6, from_width=84),
            ),
            empty=_("There are no work types yet."),
            id="coverage-list",
        ),
        **cockpit_rows.tables(),
    }


def goal_columns(*, data: bool) -> tuple[Column, ...]:
    """The columns of the goals: how far they are, or how good their data are; wide has both."""
    first = (Column("", 1), Column(_("Code"), 6), Column(_("Goal"), weight=3))
    last = Column("n/m", 5, "right", from_width=60)
    if data:
        return (
            *first,
            Column(_("complete"), 12, from_width=56),
            Column("%", 5, "right"),
            Column(_("in time"), 7, "right"),
            Column(_("old"), 5, "right"),
            Column(_("never"), 5, "right", from_width=64),
            last,
        )
    return (
        *first,
        Column(_("progress"), 12, from_width=56),
        Column("%", 5, "right"),
        Column(_("exp."), 5, "right"),
        Column(_("pace"), 8, "right"),
        Column(_("trend"), 8, from_width=TREND_FROM),
        Column(_("compl."), 6, "right", from_width=BOTH_FROM),
        Column(_("in time"), 7, "right", from_width=BOTH_FROM),
        Column(_("old"), 5, "right", from_width=BOTH_FROM),
        last,
    )


def goal_row(
    line: StatusLine,
    trend: Sequence[Fraction | None],
    quality: Quality | None,
    *,
    data: bool = False,
) -> Row:
    """A goal on one line: status, how far, how far it should be, and how good its data are."""
    top = line.depth < 2
    title = text.styled(line.title, text.STRONG) if top else text.plain(line.title)
    first: tuple[Cell, ...] = (
        text.status_symbol(line.status),
        text.styled("" if line.level == "plan" else line.code, text.STRONG if top else ""),
        text.join("" if top else "  ", text.spaced((text.late_mark(len(line.late)), title), " ")),
    )
    known = text.with_data(line.with_data, line.of)
    complete = quality.reporting.completeness if quality else None
    in_time = show.percent(quality.reporting.timeliness if quality else None)
    stale, never = (quality.stale, quality.never) if quality else (0, 0)
    if data:
        cells: tuple[Cell, ...] = (
            lambda width: text.bar(complete, None, width),
            show.percent(complete),
            in_time,
            number_wanting(stale),
            number_wanting(never),
        )
    else:
        cells = (
            lambda width: text.bar(line.progress, line.expected_progress, width),
            show.percent(line.progress),
            text.dim(show.percent(line.expected_progress)),
            text.pace(line.days_behind, line.status),
            text.spark(trend),
            text.dim(show.percent(complete)),
            text.dim(in_time),
            number_wanting(stale),
        )
    return Row(line.id, (*first, *cells, known))


def number_wanting(count: int) -> Content:
    """A number that is better when it is 0."""
    return text.styled(str(count), "$status-attention") if count else text.dim("0")


def quality_words(quality: Quality | None) -> Content:
    """How good the data of a line are, in a few words; nothing where nothing is asked of it."""
    if quality is None or not quality.of:
        return text.NOTHING
    reporting = quality.reporting
    parts = []
    if reporting.due:
        parts.append(
            _("{reported} of {due} reports came, {in_time} in time").format(
                reported=reporting.reported, due=reporting.due, in_time=reporting.on_time
            )
        )
    if quality.stale:
        parts.append(_("{n} stale").format(n=quality.stale))
    if quality.never:
        parts.append(_("{n} never measured").format(n=quality.never))
    return text.dim("(" + ", ".join(parts) + ")") if parts else text.NOTHING


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


def legend(key: str, *, data: bool) -> Content:
    """What the mark in a bar is, and the key that shows the other axis."""
    if data:
        return text.spaced((text.dim(_("quality of the data")), text.key_hint(key, _("progress"))))
    return text.spaced((text.dim(_("┃ expected by now")), text.key_hint(key, _("data quality"))))


def policy(plan: PlanRecord | None) -> Content:
    """The denominator of the coverage, printed beside the numbers."""
    fixed = plan.coverage_fixed if plan else None
    if fixed is not None:
        return text.dim(_("of {n}, fixed by the plan").format(n=fixed))
    return text.dim(_("of those recognised on the as-of date"))


def coverage_rows(
    this_year: Sequence[CoverageLine],
    whole: Sequence[CoverageLine],
    paces: Mapping[str, WorkTypePace],
) -> list[Row]:
    """Work types with their contact persons, this year and in the whole period.

    `paces`, by work type, say how many visits a week are still needed this year, and whom next.
    """
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
        pace = paces.get(now.work_type_id)
        per_week = show.decimal(pace.per_week) if pace else ""
        first = pace.first if pace else None
        cells = (
            name,
            person,
            *_share(now),
            text.plain(per_week),
            *_share(all_years),
            text.plain(first.organisation) if first else text.NOTHING,
        )
        rows.append(Row(now.work_type_id or "total", cells))
    return rows


def pace_words(pace: WorkTypePace) -> Content:
    """Who is next, and what a work type still asks this year, in a sentence."""
    if not pace.to_go:
        return text.plain(_("Everybody was visited this year."))
    parts = [_("{n} to go this year").format(n=pace.to_go)]
    if pace.planned:
        parts.append(_("{n} planned").format(n=pace.planned))
    if pace.per_week is not None:
        parts.append(_("{n} a week").format(n=show.decimal(pace.per_week)))
    said = text.plain(", ".join(parts))
    if pace.first is None:
        return said
    last = pace.first.last_visit
    when = _("last visited {day}").format(day=show.day(last)) if last else _("never visited")
    first = text.join(text.styled(pace.first.organisation, text.STRONG), text.dim(f" ({when})"))
    return text.spaced((text.join(_("first "), first), said))


def _share(line: CoverageLine) -> tuple[Cell, Cell]:
    share = Fraction(line.visited, line.recognised) if line.recognised else None
    of = f"{line.visited}/{line.recognised}" if line.recognised else str(line.visited)
    return of, lambda width: text.bar(share, None, width) if share is not None else text.NOTHING
