"""`socius report`: where a report goes, in which form, and what is refused."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Socius


def test_the_extension_says_the_form_and_a_file_that_is_there_stays(
    socius: Socius, demo: Path, tmp_path: Path
) -> None:
    page = tmp_path / "a.html"
    socius("report", "half-year", "2018-1", page)
    assert page.read_text(encoding="utf-8").lower().startswith("<!doctype html>")
    socius("report", "half-year", "2018-1", page, code=3)
    socius("report", "visits", page, "--force", "--format", "md")
    assert page.read_text(encoding="utf-8").startswith("# ")


def test_the_screen_takes_markdown_and_no_pdf(socius: Socius, demo: Path) -> None:
    assert socius("report", "board", "-").out.startswith("# ")
    assert "31" in socius("report", "department", "-", "--as-of", "31/3/2018").out
    socius("report", "board", "-", "--format", "pdf", code=2)


def test_what_is_no_form_year_or_half_is_refused(socius: Socius, demo: Path) -> None:
    socius("report", "board", "a.docx", code=2)
    socius("report", "year", "17", code=2)
    socius("report", "half-year", "2018-3", code=2)
    socius("report", "year", "2031", code=1)
