"""The tables of comparisons: what changed, key figures, work types; and of spheres and days."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from socius_tui.domain.numbers import format_number, format_percent, to_decimal_text
from socius_tui.domain.text import clean
from socius_tui.i18n import N_, _, get_language
from socius_tui.services.exchange.plan_tables import side_status
from socius_tui.services.exchange.tables import Column, Table

if TYPE_CHECKING:
    from socius_tui.domain.comparison import Comparison
    from socius_tui.domain.deltas import Delta
    from socius_tui.domain.figures import FigureLine, Part, WorkTypesTable
    from socius_tui.domain.spheres import Spheres
    from socius_tui.domain.year_calendar import YearSheet

NOTHING = "–"


def deltas_table(comparison: Comparison, deltas: Iterable[Delta]) -> Table:
    """What changed: the status on both sides, and how far progress and value moved."""
    before_on, now_on = comparison.before_on, comparison.now_on
    return Table(
        (
            Column("code", N_("Code"), "text", lambda x: x.line.there.code),
            Column("level", N_("Level"), "code", lambda x: x.line.there.level, seen=False),
            Column("title", N_("Title"), "text", lambda x: x.line.there.title, flow="cut"),
            Column("change", N_("Change"), "code", lambda x: x.verdict),
            Column(
                "previous_status",
                N_("Before"),
                "code",
                lambda x: _side(x, "before", "status"),
                lambda x: side_status(x.line.before),
            ),
            Column(
                "status",
                N_("Now"),
                "code",
                lambda x: _side(x, "now", "status"),
                lambda x: side_status(x.line.now),
            ),
            Column("progress_change", N_("Progress ±"), "share", lambda x: x.progress, _points),
            Column(
                "previous_progress",
                "",
                "share",
                lambda x: _side(x, "before", "progress"),
                seen=False,
            ),
            Column("progress", "", "share", lambda x: _side(x, "now", "progress"), seen=False),
            Column("value_change", N_("Value ±"), "number", lambda x: x.value, _value_change),
            Column(
                "previous_value", "", "number", lambda x: _side(x, "before", "value"), seen=False
            ),
            Column("value", "", "number", lambda x: _side(x, "now", "value"), seen=False),
            Column("unit", N_("Unit"), "text", lambda x: x.line.there.unit, flow="wrap"),
            Column("previous_as_of", "", "date", lambda _x: before_on, seen=False),
            Column("as_of", "", "date", lambda _x: now_on, seen=False),
        ),
        deltas,
    )


def _side(delta: Delta, side: str, what: str) -> Any:
    line = delta.line.before if side == "before" else delta.line.now
    found = getattr(line, what, None)
    return found.value if what == "status" and found is not None else found


def _points(delta: Delta) -> str:
    return signed_share(delta.progress)


def _value_change(delta: Delta) -> str:
    return signed(delta.value)


def signed(number: Fraction | None) -> str:
    """A difference with its sign, a dash where there is none: that is not zero."""
    if number is None:
        return NOTHING
    places = None if number.denominator == 1 else 2
    return ("+" if number > 0 else "") + format_number(number, get_language(), places=places)


def signed_share(share: Fraction | None) -> str:
    """A difference of two shares in percentage points, with its sign; a dash for none."""
    if share is None:
        return NOTHING
    points = format_number(share * 100, get_language(), places=1)
    return _("{points} pp").format(points=("+" if share > 0 else "") + points)


def figures_table(lines: Iterable[FigureLine]) -> Table:
    """Key figures: first and last year, how they moved, and ours in the same unit.

    A row a figure; where several indicators have its unit, a row for each of those.
    """
    rows = [(line, ours) for line in lines for ours in (line.ours or (None,))]
    return Table(
        (
            Column("name", N_("Key figure"), "text", lambda x: x[0].name, flow="wrap"),
            Column("line", N_("Of"), "text", lambda x: x[0].line, flow="wrap"),
            Column("unit", N_("Unit"), "text", lambda x: x[0].unit, flow="wrap"),
            Column("first_year", N_("First"), "number", lambda x: x[0].first[0], _year("first")),
            Column("first_value", N_("Value"), "number", lambda x: x[0].first[1], seen=False),
            Column("last_year", N_("Last"), "number", lambda x: x[0].last[0], _year("last")),
            Column("last_value", N_("Value"), "number", lambda x: x[0].last[1]),
            Column(
                "change",
                N_("Change"),
                "number",
                lambda x: x[0].change,
                lambda x: signed(x[0].change),
            ),
            Column("relative_change", "%", "share", lambda x: x[0].relative, _relative),
            Column("indicator", N_("Ours"), "text", lambda x: x[1].code if x[1] else ""),
            Column("value", N_("Our value"), "number", lambda x: x[1].value if x[1] else None),
            Column(
                "share",
                N_("Of figure"),
                "share",
                lambda x: x[1].share if x[1] else None,
                _of_figure,
            ),
            Column("source_line", N_("Lines"), "text", lambda x: x[0].source_line, seen=False),
            Column("years", N_("Years"), "names", _years, seen=False),
        ),
        rows,
    )


def _year(which: str) -> Callable[[Any], str]:
    def text(row: Any) -> str:
        year = getattr(row[0], which)[0]
        return NOTHING if year is None else str(year)

    return text


def _years(row: Any) -> tuple[str, ...]:
    """Every year with its value, as "2011=287000"."""
    return tuple(f"{year}={to_decimal_text(value)}" for year, value in row[0].years if year)


def _of_figure(row: Any) -> str:
    return small_share(row[1].share if row[1] else None)


def small_share(share: Fraction | None) -> str:
    """A share that may be tiny: one that is not zero is never shown as zero."""
    if share is None:
        return NOTHING
    if 0 < abs(share) < Fraction(1, 2000):
        return "<" + format_percent(Fraction(1, 1000), get_language())
    return format_percent(share, get_language())


def _relative(row: Any) -> str:
    share = row[0].relative
    if share is None:
        return NOTHING
    return ("+" if share > 0 else "") + format_percent(share, get_language())


def work_types_table(found: WorkTypesTable, lines: Iterable[Any]) -> Table:
    """Work types beside each other: two columns for each, the value and its share.

    `measure` says what the share is of: recognised organisations, the way to go, or the whole.
    """
    columns = [
        Column("code", N_("Code"), "text", lambda x: x.code),
        Column("title", N_("Title"), "text", lambda x: x.title, flow="cut"),
        Column("unit", N_("Unit"), "text", lambda x: x.unit, seen=False),
        Column("measure", N_("Share of"), "code", lambda x: x.measure),
        Column("value", N_("All"), "number", lambda x: x.whole.value, lambda x: part_text(x.whole)),
        Column("share", "", "share", lambda x: x.whole.share, seen=False),
    ]
    for place, (_id, name) in enumerate(found.work_types):
        heading = clean(name)
        columns += [
            Column(
                f"value_{place + 1}", heading, "number", _part(place, "value"), _part_text(place)
            ),
            Column(f"share_{place + 1}", heading, "share", _part(place, "share"), seen=False),
            Column(f"work_type_{place + 1}", "", "text", _constant(name), seen=False),
        ]
    columns.append(Column("not_assigned", N_("Not assigned"), "number", lambda x: x.rest))
    return Table(tuple(columns), lines)


def _part(place: int, what: str) -> Callable[[Any], Any]:
    return lambda line: getattr(line.parts[place], what)


def _part_text(place: int) -> Callable[[Any], str]:
    return lambda line: part_text(line.parts[place])


def _constant(text: str) -> Callable[[Any], str]:
    return lambda _line: text


def part_text(part: Part) -> str:
    """A value with its share: "11 (19%)"; a dash when nothing was measured."""
    if part.value is None:
        return NOTHING
    places = None if part.value.denominator == 1 else 1
    value = format_number(part.value, get_language(), places=places)
    if part.share is None:
        return value
    return f"{value} ({format_percent(part.share, get_language(), 0)})"


def spheres_table(found: Spheres) -> Table:
    """A row a sphere: how many indicators watch it, how many have data, and each status."""
    return Table(
        (
            Column("sphere", N_("Sphere"), "code", lambda x: x.sphere),
            Column("indicators", N_("Indicators"), "number", lambda x: x.indicators),
            Column(
                "share", N_("Share"), "share", lambda x: _share_of(x.indicators, found.indicators)
            ),
            Column("with_data", N_("With data"), "number", lambda x: x.with_data),
            Column("share_with_data", N_("Of them"), "share", lambda x: x.share_with_data),
            *(
                Column(status.value, status.value, "number", _count(status), seen=False)
                for status, _number in found.lines[0].counts
            ),
        ),
        found.lines,
    )


def _count(status: Any) -> Callable[[Any], int]:
    return lambda line: dict(line.counts)[status]


def _share_of(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


def days_table(sheet: YearSheet) -> Table:
    """A row a day with a visit, done or planned, in order."""
    days: list[date] = sorted(sheet.days)
    return Table(
        (
            Column("date", N_("Date"), "date", lambda x: x),
            Column("done", N_("Done"), "number", lambda x: sheet.days[x].done),
            Column("planned", N_("Planned"), "number", lambda x: sheet.days[x].planned),
        ),
        days,
    )
