"""From content to a line on the screen, for widgets that draw line by line."""

from __future__ import annotations

from textual.content import Content
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget


def strip_of(widget: Widget, content: Content, width: int, style: Style) -> Strip:
    """A line of `width` cells; styles that are names of the theme are looked up in it."""
    from rich.segment import Segment

    parse = widget.app.stylesheet.parse_style
    parts = content.truncate(width).render(
        style, end="", parse_style=lambda look: parse(look) if isinstance(look, str) else look
    )
    strip = Strip([Segment(part, look.rich_style) for part, look in parts])
    return strip.adjust_cell_length(width, style.rich_style)
