"""The plan as a workbook: status, a sheet a goal with its chart, coverage, visits, data quality."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, Final

from socius_tui import __version__
from socius_tui.domain.dates import format_date
from socius_tui.domain.filters import VisitFilter, seen_until
from socius_tui.domain.overview import CoverageLine, PlanStatus, StatusLine
from socius_tui.i18n import _, get_language, ngettext
from socius_tui.services.evidence import PlanEvidence, read_evidence
from socius_tui.services.exchange.csvfile import content_hash
from socius_tui.services.exchange.newfile import write_file
from socius_tui.services.exchange.quality_table import quality_table
from socius_tui.services.exchange.sheets import Book, status_text
from socius_tui.services.exchange.tables import (
    coverage_table,
    status_table,
    status_word,
    visits_table,
)
from socius_tui.services.overview import course, coverage, status_of
from socius_tui.services.register import assignment_gaps
from socius_tui.services.session import Session
from socius_tui.services.wording import known_word
from socius_tui.store import visits

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

_PIECE: Final = 1 << 16  # bytes
_POINTS: Final = 24  # of a chart
_CHART_ROWS: Final = 18


def write_workbook(session: Session, path: Path, *, force: bool = False) -> str:
    """Write a new .xlsx file, whole or not at all; gives the content hash of its status.

    Raises FileProblem, and RuleBroken when there is no plan.
    """
    facts = _Facts(session)
    write_file(path, _pieces(session, facts), force=force)
    return facts.content


class _Facts:
    """What the sheets are made of, but for the visits."""

    def __init__(self, session: Session) -> None:
        plan = session.plan()
        self.evidence: PlanEvidence = session.read(
            lambda connection: read_evidence(connection, plan, session.as_of)
        )
        self.status: PlanStatus = status_of(self.evidence)
        self.table = status_table(self.status.as_of, self.status.lines)
        self.content = content_hash(self.table)
        self.coverage: Sequence[CoverageLine] = coverage(session)
        self.gaps = assignment_gaps(session)
        self.known_at = session.known_at
        self.log = VisitFilter(until=seen_until(session.as_of, session.today))


def _pieces(session: Session, facts: _Facts) -> Iterator[bytes]:
    plan = facts.evidence.plan
    with TemporaryFile() as file:
        book = Book(
            file,
            title=plan.title,
            author=plan.organisation,
            made=(facts.known_at or datetime.combine(facts.status.as_of, time())).replace(
                tzinfo=None, microsecond=0
            ),
        )
        about = book.sheet(_("About"))
        _about(book, about, facts)
        book.table(book.sheet(_("Status")), facts.table)
        _goals(book, facts)
        book.table(book.sheet(_("Coverage")), coverage_table(facts.coverage))
        sheet = book.sheet(_("Visits"))
        session.read(
            lambda connection: book.table(
                sheet, visits_table(visits.iterate_lines(connection, facts.log))
            )
        )
        _quality(book, facts)
        book.close()
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


# ---- the front -----------------------------------------------------------------------------


def _about(book: Book, sheet: Worksheet, facts: _Facts) -> None:
    """Which plan, of which day, made with what: a sheet that travels by itself says so."""
    from socius_tui.domain.typed_moments import moment_words

    plan, language = facts.evidence.plan, get_language()
    period = plan.rules.period
    known = moment_words(facts.known_at, language) if facts.known_at else _("now")
    lines = (
        (_("Organisation"), plan.organisation),
        (
            _("Policy period"),
            f"{format_date(period.start, language)} – {format_date(period.end, language)}",
        ),
        (_("As of"), format_date(facts.status.as_of, language)),
        (_("As known at"), known),
        (_("Status of the plan"), status_text(facts.status.plan.status)),
        (_("Made with"), f"socius-tui {__version__}"),
        (_("Content of the status"), facts.content),
        (
            _("Not in it"),
            _("Private notes, people met and contacts of organisations are in no sheet."),
        ),
        (
            _("Numbers"),
            _("A cell holds the whole number; what is shown is rounded. An empty cell has none."),
        ),
    )
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    book.text(sheet, 0, 0, plan.title, "title")
    for row, (label, value) in enumerate(lines, 2):
        book.text(sheet, row, 0, label)
        book.text(sheet, row, 1, value, "wrapped")


# ---- a sheet a goal ------------------------------------------------------------------------


def _goals(book: Book, facts: _Facts) -> None:
    """A sheet for each goal at the top: strategic goals and basic tasks."""
    days = _days(facts.evidence)
    courses = course(facts.evidence, days)
    for goal in facts.evidence.goals:
        if goal.parent_id is None:
            lines = facts.status.branch(goal.id)
            _goal(book, facts, lines, list(zip(days, courses[goal.id], strict=True)))


def _days(evidence: PlanEvidence) -> list[date]:
    """Evenly spread days of the plan's period, with its ends and the as-of date."""
    period = evidence.plan.rules.period
    step = max(1, period.days // _POINTS)
    days = {period.start + timedelta(days=n) for n in range(0, period.days, step)}
    return sorted(days | {period.end, min(max(evidence.as_of, period.start), period.end)})


def _goal(
    book: Book,
    facts: _Facts,
    lines: Sequence[StatusLine],
    points: Sequence[tuple[date, tuple[Fraction | None, Fraction | None]]],
) -> None:
    goal = lines[0]
    sheet = book.sheet(goal.code)
    for place, width in enumerate((19, 60, 24, 12, 12, 18, 15, 14, 22)):
        sheet.set_column(place, place, width)
    book.text(sheet, 0, 0, f"{goal.code}  {goal.title}", "title")
    book.text(sheet, 1, 0, status_text(goal.status))
    book.colour(sheet, 1, 0, 1)
    counts = [
        f"{status_text(status)}: {number}" for status, number in goal.counts if number
    ]  # fmt: skip
    book.text(sheet, 1, 1, "   ".join(counts))
    first = 4 + _CHART_ROWS
    book.headings(
        sheet,
        first,
        (
            _("Code"), _("Title"), _("Unit"), _("From"), _("Until"), _("Qualifier"),
            _("Target"), _("Value"), _("Verdict"),
        ),
    )  # fmt: skip
    row = _periods(book, sheet, facts, lines, first + 1)
    _chart(book, sheet, goal, points, row + 1)


def _periods(
    book: Book, sheet: Worksheet, facts: _Facts, lines: Sequence[StatusLine], row: int
) -> int:
    """Targets and values of each indicator by period; gives the row after the last."""
    records = {record.id: record for record in facts.evidence.indicators}
    for line in lines[1:]:
        record = records.get(line.id)
        if record is None:  # a goal below this one
            book.text(sheet, row, 0, line.code, "bold")
            book.text(sheet, row, 1, line.title, "bold")
            book.text(sheet, row, 8, status_word(line._replace(late=())))
            book.colour(sheet, row, 8, row)
            row += 1
            continue
        for result in facts.evidence.judge(record, looking_ahead=False).periods:
            book.text(sheet, row, 0, record.code)
            book.text(sheet, row, 1, record.title)
            book.text(sheet, row, 2, record.unit)
            book.day(sheet, row, 3, result.period.start)
            book.day(sheet, row, 4, result.period.end)
            book.text(sheet, row, 5, result.qualifier)
            book.number(sheet, row, 6, result.target)
            if result.value is not None:
                book.number(sheet, row, 7, result.value)
            book.text(sheet, row, 8, known_word(result.verdict))
            row += 1
    return row


def _chart(
    book: Book,
    sheet: Worksheet,
    goal: StatusLine,
    points: Sequence[tuple[date, tuple[Fraction | None, Fraction | None]]],
    row: int,
) -> None:
    """The numbers of the chart below the table, and the chart above it."""
    headings = (_("Date"), "", "", _("Expected"), _("Progress"))
    book.headings(sheet, row, headings)
    first = row + 1
    for row, (day, (progress, expected)) in enumerate(points, first):
        book.day(sheet, row, 0, day)
        if expected is not None:
            book.share(sheet, row, 3, expected)
        if progress is not None:
            book.share(sheet, row, 4, progress)
    last = first + len(points) - 1
    chart: Any = book.chart("line")
    for column, colour, dash in ((3, "#6B7280", "dash"), (4, "#0B6E99", "solid")):
        chart.add_series(
            {
                "name": headings[column],
                "categories": [sheet.get_name(), first, 0, last, 0],
                "values": [sheet.get_name(), first, column, last, column],
                "line": {"color": colour, "width": 2.25, "dash_type": dash},
            }
        )
    chart.set_title({"name": _("Progress against what is expected"), "overlay": False})
    chart.set_x_axis({"date_axis": True, "num_format": "mm/yyyy", "major_unit": 6,
                      "major_unit_type": "months"})  # fmt: skip
    chart.set_y_axis({"num_format": "0%", "min": 0, "max": 1})
    chart.set_legend({"position": "bottom"})
    chart.show_blanks_as("gap")
    chart.set_size({"width": 900, "height": 340})
    sheet.insert_chart(
        3, 0, chart, {"description": _("Progress of {code} over time").format(code=goal.code)}
    )


# ---- data quality --------------------------------------------------------------------------


def _quality(book: Book, facts: _Facts) -> None:
    """What is old, missing or late; below it the stretches without a contact person."""
    sheet = book.sheet(_("Data quality"))
    row = book.table(sheet, quality_table(facts.evidence)) + 1
    count = len(facts.gaps)
    book.text(
        sheet,
        row,
        0,
        ngettext(
            "{n} stretch without a contact person", "{n} stretches without a contact person", count
        ).format(n=count),
        "bold",
    )
    for place, (work_type, start, end) in enumerate(facts.gaps, row + 1):
        book.text(sheet, place, 1, work_type)
        book.day(sheet, place, 3, start)
        book.day(sheet, place, 4, end)
