"""What a comparison says: its columns, its rows, and a line of it in full."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from textual.content import Content

from socius_tui.domain import deltas as rule
from socius_tui.domain.comparison import Comparison
from socius_tui.domain.deltas import Delta
from socius_tui.domain.figures import PART, FigureLine, Part, WorkTypesLine
from socius_tui.domain.overview import StatusLine
from socius_tui.i18n import _
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.widgets.line_table import Cell, Column, Row

_STYLES = {
    rule.WORSE: "$status-off-track",
    rule.LOST: "$status-attention",
    rule.BETTER: "$status-on-track",
    rule.APPEARED: "$status-on-track",
}
_MARKS = {
    rule.WORSE: "▼",
    rule.LOST: "○",
    rule.BETTER: "▲",
    rule.APPEARED: "●",
    rule.MOVED: "·",
}


# Two days


def day_columns(found: Comparison) -> tuple[Column, ...]:
    """Two days beside each other; narrow tables keep status and progress."""
    return (
        Column(_("Goal or indicator"), weight=1),
        Column(show.day(found.before_on), 11, "right"),
        Column(show.day(found.now_on), 11, "right"),
        Column(_("progress ±"), 11, "right"),
        Column(_("value ±"), 10, "right", from_width=80),
        Column(_("change"), 14, from_width=64),
    )


def day_row(delta: Delta, *, indented: bool) -> Row:
    """A goal or indicator on both days."""
    there = delta.line.there
    label = text.join(
        "  " * max(there.depth - 1, 0) if indented else "",
        "" if there.level == "plan" else text.styled(there.code + " ", text.STRONG),
        text.plain(there.title),
    )
    return Row(
        there.id,
        (
            label,
            _status(delta.line.before),
            _status(delta.line.now),
            _signed_points(delta.progress),
            _signed(delta.value),
            change_word(delta.verdict),
        ),
    )


def change_word(verdict: str) -> Content:
    """What became of it: a mark and a word; nothing for what stayed the same."""
    if verdict == rule.SAME:
        return text.NOTHING
    mark = _MARKS.get(verdict, "+")
    return text.styled(f"{mark} {text.word(verdict)}", _STYLES.get(verdict, text.DIM))


def _status(line: StatusLine | None) -> Content:
    if line is None:
        return text.NOTHING
    return text.spaced((show.percent(line.progress), text.status_symbol(line.status)), " ")


def _signed_points(share: Fraction | None) -> Content:
    if share is None:
        return text.dim(show.NOTHING)
    points = ("+" if share > 0 else "") + show.decimal(share * 100)
    said = _("{points} pp").format(points=points)
    return text.dim(said) if not share else text.plain(said)


def _signed(value: Fraction | None) -> Content:
    if value is None:
        return text.dim(show.NOTHING)
    places = 0 if value.denominator == 1 else 1
    said = ("+" if value > 0 else "") + show.decimal(value, places)
    return text.dim(said) if not value else text.plain(said)


def day_in_full(delta: Delta, before_on: date, now_on: date) -> Content:
    """Status, progress and value on both days, two labelled numbers each, on two lines."""
    return text.lines(
        text.spaced(
            (
                text.dim(show.day(day)),
                text.status_text(side.status),
                text.join(text.dim(_("progress") + " "), show.percent(side.progress, 1)),
                _value(side),
            )
        )
        if side is not None
        else text.spaced((text.dim(show.day(day)), text.dim(_("not there"))))
        for day, side in ((before_on, delta.line.before), (now_on, delta.line.now))
    )


def _value(line: StatusLine) -> Content:
    if line.level != "indicator":
        return text.NOTHING
    if not line.with_data:
        return text.dim(_("no value"))
    return text.join(text.dim(_("value") + " "), show.amount(line.value, line.unit))


def tally(changed: Sequence[Delta], of: int) -> Content:
    """How many lines became what."""
    parts: list[Content] = []
    for verdict, number in rule.tally(changed).items():
        parts.append(text.spaced((text.styled(str(number), text.STRONG), text.word(verdict)), " "))
    parts.append(text.dim(_("{n} the same").format(n=of - len(changed))))
    return text.spaced(parts)


# Key figures


def figure_columns() -> tuple[Column, ...]:
    """A key figure, its first and last year, and ours."""
    return (
        Column(_("Key figure"), weight=4),
        Column(_("of"), weight=3),
        Column(_("years"), 9, from_width=90),
        Column(_("last value"), 14, "right"),
        Column(_("change"), 8, "right"),
        Column(_("ours"), weight=3, from_width=70),
    )


def figure_row(line: FigureLine, place: int) -> Row:
    """A key figure; with no change where there is one year only, and nothing of ours as a dash."""
    first, last = line.first[0], line.last[0]
    years = "" if last is None else str(last) if first == last else f"{first}–{last}"
    ours = text.dim(show.NOTHING)
    known = [each for each in line.ours if each.value is not None]
    if known:
        ours = text.spaced(
            text.join(text.styled(each.code, text.STRONG), f" {show.amount(each.value)}")
            for each in known
        )
    return Row(
        str(place),
        (
            text.plain(line.name),
            text.plain(line.line),
            text.dim(years),
            text.plain(show.amount(line.last[1])),
            _relative(line.relative),
            ours,
        ),
    )


def _relative(share: Fraction | None) -> Content:
    if share is None:
        return text.dim(show.NOTHING)
    return text.plain(("+" if share > 0 else "") + show.percent(share, 1))


def figure_in_full(line: FigureLine) -> Content:
    """Every year; and each indicator of ours in the same unit, with its part of the figure."""
    years: list[Content] = [
        text.join(text.dim(f"{year} "), show.amount(value))
        for year, value in line.years
        if year is not None
    ]
    if not years:
        years = [text.join(text.dim(_("no year") + " "), show.amount(line.last[1]))]
    ours = [
        text.join(
            text.styled(each.code, text.STRONG),
            f" {show.amount(each.value, line.unit)}",
            text.dim(f" ({_part_of(each.share)})") if each.share is not None else "",
        )
        for each in line.ours
    ]
    if not ours:
        ours = [text.dim(_("none of our indicators has this unit"))]
    return text.lines(
        (
            text.spaced((*years, text.dim(line.unit), text.dim(_source(line.source_line)))),
            text.spaced((text.dim(_("ours")), *ours)),
        )
    )


def _part_of(share: Fraction) -> str:
    if 0 < share < Fraction(1, 2000):
        return _("less than {share} of it").format(share=show.percent(Fraction(1, 1000), 1))
    return _("{share} of it").format(share=show.percent(share, 1))


def _source(lines: str) -> str:
    return _("lines {lines} of the plan").format(lines=lines) if lines else ""


# Work types


def work_type_columns(names: Iterable[str]) -> tuple[Column, ...]:
    """A line, the whole of it, and each work type."""
    each = [Column(name, weight=2) for name in names]
    return (
        Column(_("Indicator"), weight=4),
        Column(_("all"), 10, "right"),
        *(column._replace(align="right") for column in each),
        Column(_("share of"), 11, from_width=96),
    )


def work_type_row(line: WorkTypesLine, place: int) -> Row:
    """A value for each work type, with its share."""
    label = text.join(
        text.styled(line.code + " ", text.STRONG) if line.code else "", text.plain(line.title)
    )
    cells: tuple[Cell, ...] = (label, *_parts(line))
    return Row(str(place), (*cells, text.dim(text.word(line.measure))))


def _parts(line: WorkTypesLine) -> list[Content]:
    """The whole and the parts, all with as many decimals."""
    there = (line.whole, *line.parts)
    whole = all(part.value is None or part.value.denominator == 1 for part in there)
    return [_part(part, 0 if whole else 1) for part in there]


def _part(part: Part, places: int) -> Content:
    if part.value is None:
        return text.dim(show.NOTHING)
    share = text.dim(show.percent(part.share)) if part.share is not None else text.NOTHING
    return text.spaced((show.decimal(part.value, places), share), " ")


def work_type_in_full(line: WorkTypesLine, names: Sequence[str]) -> Content:
    """The title, what the shares are of, each work type by name, and what none of them has."""
    parts = [
        text.join(text.dim(name + " "), part)
        for name, part in zip(names, _parts(line)[1:], strict=True)
    ]
    if line.measure == PART and line.rest:
        parts.append(text.join(text.dim(_("not assigned") + " "), show.amount(line.rest)))
    return text.lines(
        (
            text.spaced(
                (
                    text.plain(line.title),
                    text.dim(line.unit),
                    text.dim(_("share of: {what}").format(what=text.word(line.measure))),
                )
            ),
            text.spaced(parts),
        )
    )
