"""Draws tables and sheets as lines of text that fit the terminal.

Widths come from rich (a letter can take two cells, an accent none). Its own tables are not
used: loading and measuring them takes longer than everything else that `socius status` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal, NamedTuple

from rich.cells import cell_len, chop_cells, set_cell_size

GAP: Final = "  "
NARROW_GAP: Final = " "  # where there is no room for all columns
_LEAST: Final = 6  # cells that a column keeps as long as others can give

Flow = Literal["keep", "wrap", "cut"]


class Heading(NamedTuple):
    """A column to draw: its heading, its side, what becomes of it where there is no room."""

    text: str
    right: bool = False
    flow: Flow = "keep"


class Cell(NamedTuple):
    """A text with the SGR codes that colour it, such as "1;32"; empty is plain."""

    text: str
    colour: str = ""


def table_lines(
    headings: Sequence[Heading], rows: Sequence[Sequence[Cell]], width: int, *, colour: bool
) -> Iterator[str]:
    """The lines of a table, at most `width` cells wide."""
    gap, widths = fitted(headings, rows, width)
    titles = [Cell(heading.text, "1") for heading in headings]
    yield from _row_lines(headings, titles, widths, gap, colour)
    yield "─" * (sum(widths) + len(gap) * (len(widths) - 1))
    for row in rows:
        yield from _row_lines(headings, row, widths, gap, colour)


def fitted(
    headings: Sequence[Heading], rows: Sequence[Sequence[Cell]], width: int
) -> tuple[str, list[int]]:
    """What stands between the columns, and their widths: those of their texts, or less.

    The widest column that may flow gives room first, then the widest of all.
    """
    widths = [
        max([cell_len(heading.text), *(cell_len(row[place].text) for row in rows)])
        for place, heading in enumerate(headings)
    ]
    between = len(headings) - 1
    gap = GAP if sum(widths) + len(GAP) * between <= width else NARROW_GAP
    room = max(width - len(gap) * between, len(headings))
    flowing = [place for place, heading in enumerate(headings) if heading.flow != "keep"]
    for places, least in ((flowing, _LEAST), (range(len(widths)), 1)):
        while sum(widths) > room:
            widest = max(places, key=lambda place: widths[place], default=-1)
            if widest < 0 or widths[widest] <= least:
                break
            # Down to the next widest, or as far as needed: one cell at a time would be slow.
            others = [widths[place] for place in places if widths[place] < widths[widest]]
            same = sum(widths[place] == widths[widest] for place in places)
            needed = -(-(sum(widths) - room) // same)
            widths[widest] = max(
                least, widths[widest] - needed, min(max(others, default=0), widths[widest] - 1)
            )
    return gap, widths


def _row_lines(
    headings: Sequence[Heading],
    row: Sequence[Cell],
    widths: Sequence[int],
    gap: str,
    colour: bool,
) -> Iterator[str]:
    cells = [
        wrapped(cell.text, width) if heading.flow == "wrap" else [cut(cell.text, width)]
        for heading, cell, width in zip(headings, row, widths, strict=True)
    ]
    for number in range(max(len(lines) for lines in cells)):
        parts = []
        for heading, cell, lines, width in zip(headings, row, cells, widths, strict=True):
            text = lines[number] if number < len(lines) else ""
            padding = " " * (width - cell_len(text))
            if colour and cell.colour and text:
                text = f"\x1b[{cell.colour}m{text}\x1b[0m"
            parts.append(padding + text if heading.right else text + padding)
        yield gap.join(parts).rstrip()


def cut(text: str, width: int) -> str:
    """The text on one line of at most `width` cells; an ellipsis says that more follows."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(0, width - 1)).rstrip() + "…"


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells (2 or more), broken between words if it can."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            if line and cell_len(line) + 1 + cell_len(word) > width:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
            if cell_len(line) > width:
                *whole, line = chop_cells(line, max(2, width))
                lines += whole
        lines.append(line)
    return lines


def sheet_lines(facts: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    """Facts beneath each other: label, and value on as many lines as it needs."""
    found = [(label, value) for label, value in facts if value]
    beside = max((cell_len(label) for label, _value in found), default=0) + len(GAP)
    for label, value in found:
        lines = wrapped(value, max(20, width - beside - 2))
        for number, line in enumerate(lines):
            head = set_cell_size(label if number == 0 else "", beside)
            yield f"  {head}{line}".rstrip()
