"""The lists of an indicator's page: periods, work types, forecasts; from data to content."""

from __future__ import annotations

from textual.content import Content

from socius_tui.domain import codes
from socius_tui.domain.breakdown import Part
from socius_tui.domain.detail import IndicatorDetail, OutlookLine
from socius_tui.i18n import _
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.widgets.detail_rows import two
from socius_tui.ui.widgets.line_table import Row

_VERDICT_STYLES = {
    codes.FULFILLED: ("★ ", "$status-met"),
    codes.MISSED: ("▼ ", "$status-off-track"),
    codes.OPEN: ("… ", ""),
    codes.UPCOMING: ("· ", "$quiet"),
    codes.UNREPORTED: ("○ ", "$status-attention"),
    codes.NOT_APPLICABLE: ("– ", "$quiet"),
}


def values(detail: IndicatorDetail) -> list[Row]:
    """Target, value, progress, what was expected, verdict and reports of each period."""
    found = []
    for number, line in enumerate(detail.periods):
        result = line.result
        mark, style = _VERDICT_STYLES[result.verdict]
        words = text.styled(mark + text.verdict(result.verdict), style)
        report = line.reported
        late = report.on_time < report.due
        told = f"{report.on_time}/{report.due}" if report.due else show.NOTHING
        found.append(
            Row(
                str(number),
                (
                    show.years(result.period.start, result.period.end),
                    show.amount(result.target),
                    text.styled(show.amount(two(result.value)), text.STRONG),
                    show.percent(line.progress, 1),
                    show.amount(two(line.expected)),
                    text.spaced((words, text.dim(result.qualifier))),
                    text.styled(told, "$status-attention") if late else text.plain(told),
                ),
            )
        )
    return found


def breakdown(detail: IndicatorDetail) -> list[Row]:
    """The value of each work type, what is not assigned, and the total they are held against."""
    found = detail.breakdown
    if not found.parts:
        return []
    lines = [
        _part_row(part, text.plain(detail.work_types.get(part.work_type, _("another work type"))))
        for part in found.parts
    ]
    if found.unassigned is not None:
        lines.append(_part_row(found.unassigned, text.styled(_("not assigned"), "italic")))
    total = text.styled(show.amount(two(found.total)), text.STRONG)
    lines.append(Row("total", (text.styled(_("total"), text.STRONG), total, "", "", "")))
    return lines


def _part_row(part: Part, name: Content) -> Row:
    ratio = ""
    if part.denominator is not None:
        ratio = f"{show.amount(part.numerator)}/{show.amount(part.denominator)}"
    share = part.share

    def bar(room: int) -> Content:
        return text.NOTHING if share is None else text.bar(share, None, min(room, 24))

    shown = show.amount(two(part.value))
    return Row(
        part.work_type or "unassigned",
        (name, shown, ratio, show.percent(share) if share is not None else "", bar),
    )


def breakdown_says(detail: IndicatorDetail) -> Content:
    """Whether the parts agree with the total."""
    return text.plain(detail.breakdown_says)


def breakdown_height(detail: IndicatorDetail) -> int:
    """The lines that the work types take: with a heading, and two for what is said below."""
    return len(breakdown(detail)) + 1 + (2 if detail.breakdown_says else 0)


def chart_notes(detail: IndicatorDetail) -> tuple[Content, ...]:
    """What the chart shows in words, and each forecast by its method, or why there is none."""
    return (*outlook(detail), text.dim(detail.chart_says))


def outlook(detail: IndicatorDetail) -> tuple[Content, ...]:
    """A line for each forecast: the method, its sum, the share of the target, when it is there."""
    if detail.no_outlook:
        return (text.dim(detail.no_outlook),)
    return tuple(_outlook(line) for line in detail.outlook)


def _outlook(line: OutlookLine) -> Content:
    if line.refused:
        return text.spaced((text.plain(line.short), text.dim(f"{line.refused} ({line.needs})")))
    reached = ""
    if line.reached_on is not None:
        reached = _("reached {day}").format(day=show.day(line.reached_on))
    return text.spaced(
        (
            text.plain(line.short),
            text.styled(line.sum, text.STRONG),
            text.plain(show.percent(line.share, 1)) if line.share is not None else "",
            text.dim(reached),
        )
    )
