"""A report as it is read in a terminal: pure functions from its blocks to lines of content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from textual.content import Content

from socius_tui.domain import chart as drawing
from socius_tui.domain.model import Period, Status
from socius_tui.domain.report import (
    Block,
    Bullets,
    Callout,
    Cell,
    Chart,
    Charts,
    Column,
    Figures,
    Gauge,
    Paragraph,
    Report,
    Section,
    Table,
)
from socius_tui.ui import text
from socius_tui.ui.widgets.burn_up import draw

MOST_CELLS: Final = 132
_READ_CELLS: Final = 96  # wider lines of text are hard to read
_BAR_CELLS: Final = 10
_CHART_LINES: Final = 9
_LEAST: Final = 16  # cells that the widest column of text must have
_HEADINGS: Final = ("bold $accent-key", "bold underline", "bold", "bold")


def drawn(report: Report, width: int) -> list[Content]:
    """The lines of a report, none wider than `width` cells."""
    width = min(max(width, 20), MOST_CELLS)
    lines = [
        *_wrapped(text.styled(report.title, _HEADINGS[0]), width),
        *_wrapped(
            text.dim(" · ".join(filter(None, (report.organisation, report.subtitle)))), width
        ),
    ]
    lines += _blocks(report.blocks, width)
    for section in report.sections:
        lines += _section(section, width, 1)
    lines += [text.NOTHING, text.dim("─" * width)]
    footer = text.spaced((text.dim(f"{label}: {value}") for label, value in report.footer), " · ")
    return [*lines, *_wrapped(footer, width)]


def _section(section: Section, width: int, level: int) -> Iterator[Content]:
    yield text.NOTHING
    if level == 1:
        yield text.NOTHING
    yield from _wrapped(text.styled(section.title, _HEADINGS[min(level, 3)]), width)
    yield from _blocks(section.blocks, width)
    for below in section.sections:
        yield from _section(below, width, level + 1)


def _blocks(blocks: Iterable[Block], width: int) -> Iterator[Content]:
    for block in blocks:
        yield text.NOTHING
        yield from _block(block, width)


def _block(block: Block, width: int) -> Iterable[Content]:
    if isinstance(block, Table):
        return _table(block, width)
    width = min(width, _READ_CELLS)
    if isinstance(block, Paragraph):
        label = text.styled(block.label, text.STRONG) if block.label else ""
        return _wrapped(text.spaced((label, text.plain(block.text, limit=20_000)), " "), width)
    if isinstance(block, Bullets):
        items = (text.hanging(text.plain("•"), text.plain(i), 2, width) for i in block.items)
        return [line for item in items for line in item.split("\n")]
    if isinstance(block, Callout):
        title = text.styled(block.title, "bold reverse $status-attention")
        return _wrapped(text.spaced((title, text.plain(block.text, limit=20_000)), " "), width)
    if isinstance(block, Figures):
        return _figures(block, width)
    if isinstance(block, Gauge):
        return _gauge(block, width)
    return _charts(block, width)


def _figures(figures: Figures, width: int) -> Iterator[Content]:
    for figure in figures.items:
        value = text.styled(figure.value, text.STRONG).pad_left(max(9 - len(figure.value), 0))
        note = text.dim(figure.note) if figure.note else ""
        yield text.spaced((value, figure.label, note)).truncate(width, ellipsis=True)


def _gauge(gauge: Gauge, width: int) -> Iterator[Content]:
    style = _style(gauge.status)
    status = text.styled(f"{gauge.symbol} {gauge.word}", style)
    room = min(max(width - status.cell_length - 2, _BAR_CELLS), 30)
    yield text.spaced((status, text.bar(gauge.share, gauge.expected, room)))
    facts = (text.join(text.dim(f"{label} "), value) for label, value in gauge.facts)
    yield from _wrapped(text.spaced(facts), width)


def _charts(charts: Charts, width: int) -> Iterator[Content]:
    for number, chart in enumerate(charts.items):
        if number:
            yield text.NOTHING
        yield text.styled(chart.title, text.STRONG).truncate(width, ellipsis=True)
        yield from draw(_drawable(chart), width, _CHART_LINES)


def _drawable(chart: Chart) -> drawing.Chart:
    """The chart of a report as the widget draws it."""
    return drawing.Chart(
        unit=chart.unit,
        start=chart.start,
        end=chart.end,
        values=tuple(drawing.Dated(*mark) for mark in chart.values),
        expected=tuple(drawing.Dated(*mark) for mark in chart.expected),
        steps=tuple(drawing.Step(Period(mark.day, mark.day), mark.value) for mark in chart.targets),
    )


# Tables


def _table(table: Table, width: int) -> Iterator[Content]:
    if table.caption:
        yield from _wrapped(text.dim(table.caption), width)
    rooms = _rooms(table, width)
    if rooms is None:
        yield from _stacked(table, width)
        return
    headings = [text.styled(column.heading, "bold $quiet") for column in table.columns]
    yield _row(headings, table, rooms)
    for number, row in enumerate(table.rows):
        if table.total and number == len(table.rows) - 1:
            yield text.dim("─" * (sum(rooms) + 2 * (len(rooms) - 1)))
        yield _row([_cell(cell) for cell in row], table, rooms)
        if any(cell.note for cell in row):
            yield _row([text.dim(cell.note) for cell in row], table, rooms)


def _stacked(table: Table, width: int) -> Iterator[Content]:
    """Each row as a few lines: what it is about, and below it the rest with its headings."""
    for first, *others in table.rows:
        yield text.spaced((_cell(first), text.dim(first.note))).truncate(width, ellipsis=True)
        cells = zip(others, table.columns[1:], strict=True)
        facts = text.spaced(
            text.spaced((text.dim(column.heading), _cell(cell), text.dim(cell.note)), " ")
            for cell, column in cells
        )
        for line in _wrapped(facts, width - 2):
            yield text.join("  ", line)


def _row(cells: Sequence[Content], table: Table, rooms: Sequence[int]) -> Content:
    parts = []
    for cell, column, room in zip(cells, table.columns, rooms, strict=True):
        content = cell.truncate(room, ellipsis=True)
        pad = room - content.cell_length
        parts.append(content.pad_left(pad) if column.numeric else content.pad_right(pad))
    return Content("  ").join(parts).rstrip()


def _cell(cell: Cell) -> Content:
    words = f"{cell.symbol} {cell.text}".strip() if cell.symbol else cell.text
    content = text.styled(words, _style(cell.status)) if cell.status else text.plain(words)
    if cell.share is None and cell.expected is None:
        return content
    return text.spaced((text.bar(cell.share, cell.expected, _BAR_CELLS), content), " ")


def _rooms(table: Table, width: int) -> list[int] | None:
    """The cells of each column: what it needs, and where all need too much the widest give in.

    Numbers are never cut. None when there is too little room for columns.
    """
    wanted = [_wanted(table, place, column) for place, column in enumerate(table.columns)]
    numbers = sum(w for w, c in zip(wanted, table.columns, strict=True) if c.numeric)
    texts = [w for w, c in zip(wanted, table.columns, strict=True) if not c.numeric]
    cap = _cap(texts, width - 2 * (len(wanted) - 1) - numbers)
    if cap < min(_LEAST, max(texts, default=0)):
        return None
    return [
        want if column.numeric else min(want, cap)
        for want, column in zip(wanted, table.columns, strict=True)
    ]


def _cap(wanted: Sequence[int], room: int) -> int:
    """The most that each may have, so that together they fit in the room."""
    left = room
    for number, want in enumerate(sorted(wanted)):
        cap = left // (len(wanted) - number)
        if want > cap:
            return cap
        left -= want
    return max(wanted, default=0)


def _wanted(table: Table, place: int, column: Column) -> int:
    cells = [row[place] for row in table.rows]
    lengths = [max(_cell(cell).cell_length, len(cell.note)) for cell in cells]
    return max([len(column.heading), *lengths])


# Pieces


def _style(status: str) -> str:
    return text.STATUS_STYLE[Status(status)] if status else ""


def _wrapped(content: Content, width: int) -> list[Content]:
    return [line.rstrip() for line in content.wrap(width)] if content else []
