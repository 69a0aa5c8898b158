"""The light and the dark theme, and the colours that every theme must have for us."""

from __future__ import annotations

from typing import Final

from textual.color import Color
from textual.theme import Theme

DARK: Final = Theme(
    name="socius-dark",
    primary="#6CA8D9",
    secondary="#8AB6A0",
    accent="#E0B25A",
    foreground="#DCE3E8",
    background="#12181D",
    surface="#182027",
    panel="#212B33",
    success="#7BC58A",
    warning="#E3B04B",
    error="#E2777A",
    dark=True,
    variables={
        "status-met": "#F2CE63",
        "status-on-track": "#7BC58A",
        "status-attention": "#EBA94F",
        "status-off-track": "#EE7F7F",
        "status-no-data": "#95A5B2",
        "status-not-started": "#8696A3",
        "bar": "#6CA8D9",
        "bar-rest": "#46545F",
        "bar-mark": "#F4F7F9",
        "quiet": "#93A2AE",
        "accent-key": "#E0B25A",
        "cursor": "#2C4A62",
        "cursor-quiet": "#222E38",
        "border": "#6CA8D9",
        "border-blurred": "#3A4853",
    },
)
LIGHT: Final = Theme(
    name="socius-light",
    primary="#1F6396",
    secondary="#2E6E57",
    accent="#8A5A00",
    foreground="#1C242B",
    background="#FBFAF7",
    surface="#F4F2EC",
    panel="#E9E6DD",
    success="#23703A",
    warning="#8A5A00",
    error="#AE2A2F",
    dark=False,
    variables={
        "status-met": "#7A5B00",
        "status-on-track": "#1F6E37",
        "status-attention": "#985000",
        "status-off-track": "#AE2A2F",
        "status-no-data": "#566470",
        "status-not-started": "#5F6D79",
        "bar": "#1F6396",
        "bar-rest": "#B9B4A6",
        "bar-mark": "#11171C",
        "quiet": "#5A6670",
        "accent-key": "#8A5A00",
        "cursor": "#CFE0EE",
        "cursor-quiet": "#E6E8E6",
        "border": "#1F6396",
        "border-blurred": "#C4BFB2",
    },
)
#: For a theme of somebody else's, where it says nothing of a colour itself.
FALLBACK: Final = {
    "status-met": "ansi_bright_yellow",
    "status-on-track": "ansi_green",
    "status-attention": "ansi_yellow",
    "status-off-track": "ansi_red",
    "status-no-data": "ansi_bright_black",
    "status-not-started": "ansi_bright_black",
    "bar": "ansi_blue",
    "bar-rest": "ansi_bright_black",
    "bar-mark": "ansi_white",
    "quiet": "ansi_bright_black",
    "accent-key": "ansi_yellow",
    "cursor": "#2C4A62",
    "cursor-quiet": "#222E38",
}


def our_colours(theme: Theme) -> dict[str, str]:
    """Our colours out of those of a theme: what is quiet lies between its text and background."""
    found = dict(FALLBACK)
    named = {
        "status-met": theme.accent,
        "status-on-track": theme.success,
        "status-attention": theme.warning,
        "status-off-track": theme.error,
        "bar": theme.primary,
        "accent-key": theme.accent or theme.secondary,
        "bar-mark": theme.foreground,
    }
    found.update({name: colour for name, colour in named.items() if colour})
    if theme.foreground and theme.background:
        text, ground = Color.parse(theme.foreground), Color.parse(theme.background)
        for name in ("quiet", "status-no-data", "status-not-started"):
            found[name] = text.blend(ground, 0.35).hex
        found["bar-rest"] = text.blend(ground, 0.7).hex
        accent = Color.parse(theme.primary)
        found["cursor"] = ground.blend(accent, 0.35).hex
        found["cursor-quiet"] = ground.blend(accent, 0.15).hex
    return found
