"""From a report to the bytes of a file."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from socius_tui.domain.report import Form, Report

_EXTENSIONS: Final = {
    ".md": Form.MARKDOWN,
    ".markdown": Form.MARKDOWN,
    ".html": Form.HTML,
    ".htm": Form.HTML,
    ".pdf": Form.PDF,
}


def form_of(name: str) -> Form | None:
    """The form that the extension of a file asks for; None when it says nothing."""
    return _EXTENSIONS.get(PurePath(name).suffix.lower())


def render(report: Report, form: Form) -> bytes:
    """The whole file. The same report gives the same bytes.

    Raises RuleBroken where a PDF is asked for and the package for it is not installed.
    """
    if form is Form.PDF:
        from socius_tui.services.exchange.reports.pdf import pdf

        return pdf(report)
    if form is Form.HTML:
        from socius_tui.services.exchange.reports.page import html

        return html(report).encode("utf-8", "replace")
    from socius_tui.services.exchange.reports.markdown import markdown

    return markdown(report).encode("utf-8", "replace")
