"""A report as a PDF: A4, tagged, PDF/A, with the fonts that come with the typesetter alone.

What a report says reaches the typesetter as data and never as markup, so no text of the file can
be a command. The same report gives the same bytes: its date is the day that it looks on.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from fractions import Fraction
from itertools import count
from pathlib import Path
from typing import Any, Final

from socius_tui.domain.report import Chart, Report, plain
from socius_tui.errors import RuleBroken
from socius_tui.i18n import _
from socius_tui.services.exchange.reports import drawing

_TEMPLATE: Final = Path(__file__).parent / "page.typ"
_STANDARD: Final = "a-2b"


def pdf(report: Report) -> bytes:
    """The whole file. Raises RuleBroken where the typesetter is not installed."""
    try:
        import typst
    except ImportError as error:
        raise RuleBroken(
            _("A PDF needs the package typst, which is not installed."),
            hint=_("Install socius-tui with its part “pdf”, or write HTML and print that."),
        ) from error
    made = typst.compile(
        _TEMPLATE.read_bytes(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"report": json.dumps(_data(report), ensure_ascii=False)},
        pdf_standards=[_STANDARD],
        timestamp=datetime.combine(report.as_of, time(), UTC),
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
            "svg": drawn.replace("currentColor", "#11171C"),
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
