"""A report as one HTML page: it needs no network and no script, and prints well on A4.

Every text passes the template's escaping; only the drawings, which escape their own, are taken
as they are.
"""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from socius_tui.domain.report import Chart, Report, block_name
from socius_tui.services.exchange.reports import drawing

_FOLDER: Final = Path(__file__).parent


def html(report: Report) -> str:
    """The page."""
    numbers = count(1)

    def chart(drawn: Chart) -> Markup:
        return Markup(drawing.burn_up(drawn, report.language, f"chart-{next(numbers)}"))

    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["name"] = block_name
    return (
        environment.get_template("page.html.jinja")
        .render(
            report=report,
            style=Markup((_FOLDER / "page.css").read_text(encoding="utf-8")),
            chart=chart,
            bar=lambda cell: Markup(drawing.bar(cell.share, cell.expected)),
            sample=lambda which: Markup(drawing.sample(which)),
        )
        .lstrip()
    )  # the blank lines of macros
