"""A report as Markdown: tables and lists that every reader of Markdown understands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from socius_tui.domain.report import (
    Block,
    Bullets,
    Callout,
    Cell,
    Charts,
    Figures,
    Gauge,
    Paragraph,
    Report,
    Section,
    Table,
)


def markdown(report: Report) -> str:
    """The whole text."""
    lines = [f"# {literal(report.title)}", "", literal(report.organisation)]
    lines[-1] += f" – {literal(report.subtitle)}" if report.subtitle else ""
    lines.append("")
    for block in report.blocks:
        lines += _block(block)
    for part in report.sections:
        lines += _section(part, 2)
    lines += ["---", ""]
    lines.append(" · ".join(f"{literal(label)}: {literal(text)}" for label, text in report.footer))
    return "\n".join(lines) + "\n"


def literal(text: str) -> str:
    """Text that Markdown, and the HTML in it, takes for nothing but text, on one line."""
    text = re.sub(r"([\\`*_{}\[\]<>|#~&!])", r"\\\1", " ".join(text.split()))
    text = re.sub(r"^([-+](?=\s|$)|=|-{2,})", r"\\\1", text)  # a list, a rule, a heading underlined
    text = re.sub(r"^(\d+)([.)])(?=\s|$)", r"\1\\\2", text)  # a numbered list
    return re.sub(r"(?i)\b(https?|ftp|www|mailto)([:.])", r"\1\\\2", text)  # no link by itself


def _section(part: Section, level: int) -> Iterator[str]:
    yield from ("#" * min(level, 6) + " " + literal(part.title), "")
    for block in part.blocks:
        yield from _block(block)
    for below in part.sections:
        yield from _section(below, level + 1)


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        label = f"**{literal(block.label)}.** " if block.label else ""
        yield label + literal(block.text)
    elif isinstance(block, Bullets):
        yield from _bullets([literal(item) for item in block.items])
    elif isinstance(block, Callout):
        yield f"> **{literal(block.title)}** {literal(block.text)}"
    elif isinstance(block, Figures):
        yield from _bullets(
            [
                f"**{literal(item.value)}** {literal(item.label)}"
                + (f" ({literal(item.note)})" if item.note else "")
                for item in block.items
            ]
        )
    elif isinstance(block, Gauge):
        facts = [f"{literal(label)} {literal(text)}" for label, text in block.facts]
        yield " · ".join([f"**{block.symbol} {literal(block.word)}**", *facts])
    elif isinstance(block, Table):
        yield from _table(block)
    elif isinstance(block, Charts):
        yield from _charts(block)
    yield ""


def _bullets(items: Sequence[str]) -> Iterator[str]:
    return (f"- {item}" for item in items)


def _table(table: Table) -> Iterator[str]:
    yield from (f"**{literal(table.caption)}**", "")
    yield "| " + " | ".join(literal(column.heading) for column in table.columns) + " |"
    yield "| " + " | ".join("---:" if c.numeric else "---" for c in table.columns) + " |"
    for row in table.rows:
        yield "| " + " | ".join(map(_cell, row)) + " |"


def _cell(cell: Cell) -> str:
    text = literal(cell.text)
    if cell.symbol:
        text = f"{cell.symbol} {text}"
    return f"{text} ({literal(cell.note)})" if cell.note else text


def _charts(charts: Charts) -> Iterator[str]:
    """What the charts show, in words."""
    yield from _bullets([f"{literal(c.title)}: {literal(c.text)}" for c in charts.items])
