"""The plan beside something else: another day, last year, the key figures, each work type."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from socius_tui.domain.aggregation import accumulates
from socius_tui.domain.comparison import Comparison, compared
from socius_tui.domain.figures import (
    COVERAGE,
    FigureLine,
    KeyFigure,
    Part,
    WorkTypesLine,
    WorkTypesTable,
    added_up,
    figure_lines,
    side_by_side,
)
from socius_tui.domain.model import Aggregation, IndicatorKind
from socius_tui.domain.overview import CoverageLine, PlanStatus
from socius_tui.domain.plan import IndicatorRecord
from socius_tui.errors import RuleBroken
from socius_tui.i18n import _
from socius_tui.services.overview import coverage, plan_status
from socius_tui.services.rules import shown_date
from socius_tui.services.session import Session
from socius_tui.store import people, plans

DAY: Final = "day"
LAST_YEAR: Final = "last-year"
KEY_FIGURES: Final = "key-figures"
WORK_TYPES: Final = "work-types"
KINDS: Final = (DAY, LAST_YEAR, KEY_FIGURES, WORK_TYPES)


def year_before(day: date) -> date:
    """The same day of the year before; 28 February for a 29th that it does not have."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return date(day.year - 1, 2, 28)


def compare_days(session: Session, other: date) -> Comparison:
    """The plan on the as-of date beside another day; the earlier of the two is "before".

    Raises RuleBroken when the days are one, or when the plan had not begun on the earlier.
    """
    plan = session.plan()
    before_on, now_on = sorted((other, session.as_of))
    if before_on == now_on:
        raise RuleBroken(
            _("{day} is the day that is looked at: there is nothing to compare.").format(
                day=shown_date(other)
            ),
            hint=_("Choose another day."),
        )
    if before_on < plan.rules.period.start:
        raise RuleBroken(
            _("On {day} the plan had not begun: it starts on {start}.").format(
                day=shown_date(before_on), start=shown_date(plan.rules.period.start)
            ),
            hint=_("Choose a day in the period of the plan."),
        )
    before = plan_status(session, plan=plan, on=before_on)
    now = plan_status(session, plan=plan, on=now_on)
    links = {line.id: line.id for line in now.lines}
    return Comparison(plan.code, before_on, plan.code, now_on, compared(before, now, links))


def compare_last_year(session: Session) -> Comparison:
    """The plan now beside the same day of last year. Raises RuleBroken in its first year."""
    return compare_days(session, year_before(session.as_of))


def compare_key_figures(session: Session) -> tuple[FigureLine, ...]:
    """The key figures of the plan through the years, with our indicators in the same unit.

    Raises RuleBroken when the plan has none.
    """
    plan = session.plan()
    rows = session.read(lambda connection: plans.key_figures(connection, plan.id))
    if not rows:
        raise RuleBroken(
            _("The plan {code} has no key figures.").format(code=plan.code),
            hint=_("Put them in its plan file, as [[key_figure]]."),
        )
    figures = [
        KeyFigure(line, name, year, Fraction(value), unit, source)
        for line, year, name, value, unit, source in rows
    ]
    status = plan_status(session)
    return figure_lines(figures, [line for line in status.lines if line.level == "indicator"])


def compare_work_types(session: Session) -> WorkTypesTable:
    """Coverage and indicators of each work type beside each other.

    Only indicators that were measured for, or are counted by, a work type. What adds up shows
    the part of the whole of each, and what no work type has; a level (a percentage, a score, a
    mean) its own progress. Raises RuleBroken when there are no work types.
    """
    plan = session.plan()
    types = session.read(lambda connection: people.work_types(connection, session.as_of))
    if not types:
        raise RuleBroken(
            _("There are no work types in this file."),
            hint=_("They come with a plan file, as [[work_type]]."),
        )
    order = [work_type.id for work_type in types]
    year = date(session.as_of.year, 1, 1)
    lines = [
        _coverage(_("Organisations visited this year"), coverage(session, year), order),
        _coverage(_("Organisations visited since the plan began"), coverage(session), order),
    ]
    whole = plan_status(session)
    parts = [plan_status(session, identifier) for identifier in order]
    records = session.read(lambda connection: plans.load_indicators(connection, plan.id))
    lines += [line for record in records if (line := _indicator(record, whole, parts)) is not None]
    return WorkTypesTable(tuple((each.id, each.name) for each in types), tuple(lines))


def _coverage(title: str, lines: list[CoverageLine], order: list[str]) -> WorkTypesLine:
    by_type = {line.work_type_id: _visited(line) for line in lines}
    return WorkTypesLine(
        "",
        "",
        title,
        _("organisations"),
        COVERAGE,
        by_type[""],
        tuple(by_type.get(identifier, Part(None, None)) for identifier in order),
    )


def _visited(line: CoverageLine) -> Part:
    share = Fraction(line.visited, line.recognised) if line.recognised else None
    return Part(Fraction(line.visited), share)


def _indicator(
    record: IndicatorRecord, whole: PlanStatus, parts: list[PlanStatus]
) -> WorkTypesLine | None:
    line = whole.find(record.id)
    others = [part.find(record.id) for part in parts]
    if line is None or not any(other is not None and other.with_data for other in others):
        return None
    if adds_up(record):
        values = [
            other.value if other is not None and other.with_data else None for other in others
        ]
        return added_up(line, line.value, values)
    return side_by_side(line, others)


def adds_up(record: IndicatorRecord) -> bool:
    """Whether the values of work types are parts of one whole.

    A sum or a distinct count is, and a latest number or amount (of each work type the latest,
    added); a percentage, a score, a mean, a lowest or highest value is a level.
    """
    measure = record.measure
    countable = measure.kind in (IndicatorKind.COUNT, IndicatorKind.AMOUNT)
    return accumulates(measure) or (countable and measure.aggregation is Aggregation.LATEST)
