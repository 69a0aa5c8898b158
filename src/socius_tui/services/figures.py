"""Numbers as an explanation shows them: in the interface language, with their units."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from socius_tui.domain.dates import format_date
from socius_tui.domain.numbers import format_number, format_percent
from socius_tui.i18n import _, get_language

_EDGES: Final = (Fraction(85, 100), Fraction(60, 100))


def amount(value: Fraction | None, unit: str) -> str:
    """A number with its unit, or a dash where there is none."""
    if value is None:
        return "–"
    places = None if value.denominator == 1 else 2
    text = format_number(value, get_language(), places=places)
    return f"{text} {unit}".strip()


def term(value: Fraction | int, places: int = 2) -> str:
    """A number inside a sum: at most so many decimals, and one below zero in brackets."""
    text = outcome(value, places)
    return f"({text})" if value < 0 else text


def outcome(value: Fraction | int, places: int = 2) -> str:
    """The number that a sum comes to: whole, or with so many decimals."""
    number = Fraction(value)
    whole = number.denominator == 1
    return format_number(number, get_language(), places=None if whole else places)


def share(value: Fraction | None) -> str:
    """A share as a percentage with one decimal, or a dash."""
    return "–" if value is None else format_percent(value, get_language())


def ratio_text(ratio: Fraction) -> str:
    """A pace ratio with two decimals; three where two would hide on which side it lies."""
    places = 3 if any(abs(ratio - edge) < Fraction(1, 100) for edge in _EDGES) else 2
    return format_number(ratio, get_language(), places=places)


def day_text(day: date) -> str:
    """A day, short."""
    return format_date(day, get_language())


def days_text(days: Fraction) -> str:
    """Days ahead or behind, to one decimal."""
    shown = format_number(abs(days), get_language(), places=1)
    if days == 0:
        return _("exactly on the line")
    return (_("{days} days behind") if days > 0 else _("{days} days ahead")).format(days=shown)


def period_label(start: date, end: date, qualifier: str = "") -> str:
    """A period as a year where it is one, else both days; with its qualifier."""
    whole_year = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    if whole_year and start.year == end.year:
        label = str(start.year)
    else:
        label = f"{day_text(start)} – {day_text(end)}"
    return f"{label} {qualifier}".strip()
