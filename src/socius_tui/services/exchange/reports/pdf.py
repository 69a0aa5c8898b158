"""A report as a PDF: A4, tagged, with the fonts that come with the typesetter alone.

It is PDF/A, for an archive, unless a text has a character that is in none of those fonts.
What a report says reaches the typesetter as data and never as markup, so no text of the file can
be a command. The same report gives the same bytes: its date is the day that it looks on.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from fractions import Fraction
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from socius_tui.domain.report import Chart, Report, plain
from socius_tui.errors import RuleBroken
from socius_tui.i18n import _
from socius_tui.services.exchange.reports import drawing

if TYPE_CHECKING:
    from typst import PDFStandard

_TEMPLATE: Final = Path(__file__).parent / "page.typ"
_STANDARD: Final[PDFStandard] = "a-2b"


def pdf(report: Report) -> bytes:
    """The whole file. Raises RuleBroken where the typesetter is not installed."""
    try:
        import typst
    except ImportError as error:
        raise RuleBroken(
            _("A PDF needs the package typst, which is not installed."),
            hint=_("Install socius-tui with its part “pdf”, or write HTML and print that."),
        ) from error
    data = json.dumps(_data(report), ensure_ascii=False)
    try:
        return _set(data, report.as_of, [_STANDARD])
    except typst.TypstError:
        # A character that none of the fonts has, an emoji for one: an archive may not hold an
        # empty box in its place, an ordinary PDF may.
        return _set(data, report.as_of, [])


def _set(data: str, day: date, standards: list[PDFStandard]) -> bytes:
    """The typesetter's work; raises its TypstError."""
    import typst

    made = typst.compile(
        _TEMPLATE.read_bytes(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"report": data},
        pdf_standards=standards,
        timestamp=datetime.combine(day, time(), UTC),
    )
    assert isinstance(made, bytes)
    return made


def _data(report: Report) -> dict[str, Any]:
    """The report as the template wants it: shares as numbers, charts drawn."""
    numbers = count(1)

    def chart(part: Chart) -> dict[str, Any]:
        drawn = drawing.burn_up(part, report.language, f"chart-{next(numbers)}")
        return {
            "title": part.title,
            "text": part.text,
            "unit": part.unit,
            "words": list(part.words),
            "svg": drawn,
        }

    data: dict[str, Any] = plain(report, {Chart: chart, Fraction: float})
    day = report.as_of
    return {
        **data,
        "footer": [list(pair) for pair in report.footer],
        "year": day.year,
        "month": day.month,
        "day": day.day,
    }
