"""Reports: what is in them, what stays out, and that the same content gives the same bytes."""

from __future__ import annotations

import re
import time
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from socius_tui.domain.report import (
    Bullets,
    Cell,
    Column,
    Form,
    Kind,
    Paragraph,
    Report,
    Section,
    Table,
    Wanted,
)
from socius_tui.errors import RuleBroken
from socius_tui.i18n import set_language
from socius_tui.services.exchange.reports.markdown import literal
from socius_tui.services.exchange.reports.render import render
from socius_tui.services.reports.build import build_report, half_of, year_of
from socius_tui.services.reports.words import safe
from socius_tui.services.resolve import find_organisation
from socius_tui.services.session import Session
from socius_tui.services.visiting import LogVisit
from tests.hostile import ACCEPTED, HOSTILE, raw_signatures_in

_PERIODS = {Kind.YEAR: year_of(2017), Kind.HALF_YEAR: half_of(2018, 1)}
_VOID = {"meta", "br", "hr", "img", "link", "input", "col"}


def _report(session: Session, kind: Kind, *, private: bool = False) -> Report:
    return build_report(session, Wanted(kind, _PERIODS.get(kind), private=private))


class Page(HTMLParser):
    """What the rules for a page are about; tags must close in their order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[tuple[str, set[str]]] = []  # tables and drawings, with their tags
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        for _name, tags in self.inside[-1:]:
            tags.add(tag)
        if tag in ("table", "svg"):
            self.inside.append((tag, set()))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _check_page(text: str, language: str) -> None:
    page = Page(text)
    tags = [tag for tag, _attributes in page.seen]
    assert "script" not in tags
    assert dict(page.seen)["html"]["lang"] == language
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for tag, attributes in page.seen:
        if tag == "th":
            assert attributes.get("scope") in ("col", "row")
        for name in ("src", "href"):
            assert (attributes.get(name) or "#").startswith("#")
        assert not [name for name in attributes if name.startswith("on")]
    assert tags.count("table") == tags.count("caption")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_kind_is_a_whole_page_and_a_whole_text_and_the_same_twice(
    demo: Session, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_language(language)
    for kind in Kind:
        report = _report(demo, kind)
        made = {form: render(report, form) for form in (Form.HTML, Form.MARKDOWN)}
        _check_page(made[Form.HTML].decode(), language)
        _check_tables(made[Form.MARKDOWN].decode())
        if kind is Kind.HALF_YEAR:  # made as that of a year is
            continue
        with monkeypatch.context() as patch:
            patch.setenv("TZ", "Pacific/Auckland")
            time.tzset()
            again = _report(demo, kind)
            assert {form: render(again, form) for form in made} == made
        time.tzset()


def _check_tables(text: str) -> None:
    cells = 0
    for line in text.splitlines():
        if not line.startswith("|"):
            cells = 0
            continue
        found = len(re.findall(r"(?<!\\)\|", line))
        assert cells in (0, found), line
        cells = found


def test_private_notes_and_people_met_are_in_only_when_asked_for(fresh: Session) -> None:
    place = find_organisation(fresh, "VER-01").id
    fresh.write(
        LogVisit.of(
            organisation_id=place,
            visited_on=date(2016, 3, 14),
            summary="Open woord",
            private_note="GEHEIM-NOTA",
            met=("Ontmoete Persoon",),
        )
    )
    for kind in (Kind.YEAR, Kind.BOARD, Kind.DEPARTMENT, Kind.VISITS):
        period = year_of(2016) if kind is Kind.YEAR else None
        for private in (False, True):
            report = build_report(fresh, Wanted(kind, period, private=private))
            for form in (Form.HTML, Form.MARKDOWN):
                text = render(report, form).decode()
                if not private:
                    assert "GEHEIM" not in text
                    assert "Ontmoete" not in text
                elif kind is not Kind.BOARD:
                    assert "GEHEIM" in text
                    assert "Ontmoete" in text


def test_text_from_the_file_is_never_a_tag_or_a_sequence(fresh: Session) -> None:
    place = find_organisation(fresh, "VER-01").id
    for each in ACCEPTED:
        if len(each.text) <= 600:
            fresh.write(
                LogVisit.of(
                    organisation_id=place,
                    visited_on=date(2016, 3, 14),
                    summary=each.text,
                    private_note=each.text,
                )
            )
    report = _report(fresh, Kind.VISITS, private=True)
    page, text = render(report, Form.HTML), render(report, Form.MARKDOWN)
    _check_page(page.decode(), "en")
    _check_tables(text.decode())
    assert re.search(rb"(?<!\\)<script", text) is None
    assert raw_signatures_in(page) == []
    assert raw_signatures_in(text) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("62.8%", "62.8%"),
        ("-16 d", "-16 d"),
        ("- a", "\\- a"),
        ("---", "\\---"),
        ("1. a", "1\\. a"),
        ("# a", "\\# a"),
        ("a|b\nc", "a\\|b c"),
        ("<b>*a*_b_[c](d)", "\\<b\\>\\*a\\*\\_b\\_\\[c\\](d)"),
        ("see https://a.b", "see https\\://a.b"),
    ],
)
def test_markdown_takes_text_for_text(text: str, shown: str) -> None:
    assert literal(text) == shown


def test_the_content_hash_follows_the_content_alone(fresh: Session) -> None:
    wanted = Wanted(Kind.YEAR, year_of(2016))
    before = build_report(fresh, wanted)
    assert before._replace(facts=()).content_hash == before.content_hash
    fresh.write(
        LogVisit.of(
            organisation_id=find_organisation(fresh, "VER-01").id, visited_on=date(2016, 3, 14)
        )
    )
    assert build_report(fresh, wanted).content_hash != before.content_hash


def test_a_period_outside_the_plan_or_not_begun_is_refused(demo: Session) -> None:
    with pytest.raises(RuleBroken, match="outside the plan"):
        build_report(demo, Wanted(Kind.YEAR, year_of(2031)))
    with pytest.raises(RuleBroken, match="had not begun"):
        build_report(demo, Wanted(Kind.YEAR, year_of(2019)))


def _pages(made: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", made))


def test_the_page_for_the_board_is_one_sheet_and_the_same_twice(demo: Session) -> None:
    pytest.importorskip("typst", reason="a PDF needs the part pdf")
    report = _report(demo, Kind.BOARD)
    made = render(report, Form.PDF)
    assert made.startswith(b"%PDF")
    assert b"pdfaid:part" in made
    assert _pages(made) == 1
    assert render(report, Form.PDF) == made
    for times in (2, 5):  # a smaller text, then even smaller than that
        assert _pages(render(report._replace(blocks=report.blocks * times), Form.PDF)) == 1


def test_any_text_can_stand_in_a_pdf(demo: Session) -> None:
    pytest.importorskip("typst", reason="a PDF needs the part pdf")
    texts = tuple(safe(each.text) for each in HOSTILE if len(each.text) <= 600)
    rows = tuple((Cell(text, note=text),) for text in texts)
    report = _report(demo, Kind.VISITS)._replace(
        title=texts[0],
        blocks=(Bullets(texts), Table(texts[1], (Column(texts[2]),), rows)),
        sections=tuple(Section(text, (Paragraph(text, text),)) for text in texts),
    )
    made = render(report, Form.PDF)
    assert made.startswith(b"%PDF")
    assert b"pdfaid:part" not in made  # none of its fonts has an emoji
