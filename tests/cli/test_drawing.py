"""Tables and sheets fit the width, whatever stands in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from socius_tui.cli.drawing import (
    Cell,
    Heading,
    cut,
    fitted,
    sheet_lines,
    table_lines,
    wrapped,
)
from socius_tui.domain.text import clean

STRANGE = (
    "",
    "社会文化的成人工作",
    "👩\u200d👩\u200d👧\u200d👦 gezin",
    "cafe\u0301",
    "Beleidsplanningsproces" * 3,
    "  OD1.1",
)
texts = st.text(max_size=40).map(clean) | st.sampled_from(STRANGE)
headings = st.builds(Heading, texts, st.booleans(), st.sampled_from(("keep", "wrap", "cut")))


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[Heading], list[list[Cell]]]:
    count = draw(st.integers(1, 6))
    head = draw(st.lists(headings, min_size=count, max_size=count))
    cells = st.lists(
        st.builds(Cell, texts, st.sampled_from(("", "31"))), min_size=count, max_size=count
    )
    return head, draw(st.lists(cells, max_size=5))


@given(tables(), st.integers(20, 120))
def test_no_line_is_wider_than_the_terminal(
    table: tuple[list[Heading], list[list[Cell]]], width: int
) -> None:
    lines = list(table_lines(*table, width, colour=False))
    assert len(lines) >= 2 + len(table[1])
    assert all(cell_len(line) <= width for line in lines)
    assert not any("\n" in line or "\x1b" in line for line in lines)


@given(tables())
def test_where_there_is_room_nothing_is_cut(
    table: tuple[list[Heading], list[list[Cell]]],
) -> None:
    drawn = "\n".join(table_lines(*table, 2000, colour=False))
    for row in table[1]:
        for cell in row:
            assert cell.text.strip() in drawn


@given(tables(), st.integers(20, 120))
def test_widths_never_exceed_what_is_needed(
    table: tuple[list[Heading], list[list[Cell]]], width: int
) -> None:
    heads, rows = table
    gap, widths = fitted(heads, rows, width)
    for place, found in enumerate(widths):
        needed = max([cell_len(heads[place].text), *(cell_len(row[place].text) for row in rows)])
        assert min(1, needed) <= found <= needed
    assert sum(widths) + len(gap) * (len(widths) - 1) <= width


@given(texts, st.integers(2, 60))
def test_cut_and_wrapped_fit(text: str, width: int) -> None:
    assert cell_len(cut(text, width)) <= width
    lines = wrapped(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_columns_that_may_flow_give_room_first() -> None:
    heads = [Heading("Code"), Heading("Title", flow="cut"), Heading("Status")]
    rows = [[Cell("OD1.1"), Cell("Een lange titel van een doel"), Cell("op schema")]]
    _head, _rule, line = table_lines(heads, rows, 30, colour=False)
    assert line.startswith("OD1.1 ")
    assert line.endswith("op schema")
    assert "…" in line


def test_colour_is_around_the_words_and_off_when_not_wanted() -> None:
    heads = [Heading("Status")]
    rows = [[Cell("met", "32")]]
    assert "\x1b[32mmet\x1b[0m" in "".join(table_lines(heads, rows, 30, colour=True))
    assert "\x1b" not in "".join(table_lines(heads, rows, 30, colour=False))


def test_a_sheet_leaves_out_what_is_not_there() -> None:
    lines = list(sheet_lines([("Level", "goal"), ("Note", ""), ("Long", "woord " * 30)], 60))
    assert lines[0].split() == ["Level", "goal"]
    assert not any("Note" in line for line in lines)
    assert all(cell_len(line) <= 60 for line in lines)
