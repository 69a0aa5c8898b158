"""Numbers, days and percentages in the language of the interface, as plain text."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from socius_tui.domain import dates, numbers
from socius_tui.i18n import _, get_language, ngettext

NOTHING: Final = "–"


def amount(value: Fraction | None, unit: str = "") -> str:
    """A value with its unit; a dash when there is none. Percentages are written against it."""
    if value is None:
        return NOTHING
    text = numbers.format_number(value, get_language())
    if not unit:
        return text
    return f"{text}%" if unit == "%" else f"{text} {unit}"


def decimal(value: Fraction | None, places: int = 1) -> str:
    """A number with so many decimals, also where they are 0; a dash when there is none."""
    return NOTHING if value is None else numbers.format_number(value, get_language(), places=places)


def exact(text: str | None) -> str:
    """A number as it was entered, with the decimal sign of the language."""
    return NOTHING if text is None else numbers.format_exact(text, get_language())


def percent(share: Fraction | None, places: int = 0) -> str:
    """A share as a percentage, 1 being 100 %; a dash when there is none."""
    return (
        NOTHING if share is None else numbers.format_percent(share, get_language(), places=places)
    )


def pace(days_behind: Fraction | None) -> str:
    """Days behind or ahead of the expected line, short: "-21 d" is 21 days behind.

    From a thousand days on in years: nobody reads more from "-5114 d" than from "-14 y".
    """
    if days_behind is None:
        return NOTHING
    days = rounded(-days_behind)
    if abs(days) >= 1000:
        return _("{years} y").format(years=f"{rounded(-days_behind / 365):+d}")
    return _("{days} d").format(days=f"{days:+d}" if days else "0")


def pace_words(days_behind: Fraction | None) -> str:
    """Days behind or ahead of the expected line, in words."""
    if days_behind is None:
        return NOTHING
    days = rounded(days_behind)
    if days > 0:
        return ngettext("{n} day behind", "{n} days behind", days).format(n=days)
    if days < 0:
        return ngettext("{n} day ahead", "{n} days ahead", -days).format(n=-days)
    return _("exactly on the line")


def rounded(value: Fraction) -> int:
    """To the nearest whole number, half away from zero."""
    whole = (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    return whole if value >= 0 else -whole


def day(when: date | None, style: str = "short") -> str:
    """A day: "short" 14/03/2016, "medium" 14 mrt 2016, "long" 14 maart 2016; a dash for none."""
    return NOTHING if when is None else dates.format_date(when, get_language(), style)


def long_day(when: date) -> str:
    """A day with its weekday, as forms echo it."""
    return dates.echo_date(when, get_language())


def short_day(when: date) -> str:
    """A day with its weekday, for a list: Tue 03/07/2018."""
    return f"{long_day(when).split()[0]} {day(when)}"


def years(start: date, end: date) -> str:
    """A period, as years when it is whole years: 2016, 2016–2020, else both days."""
    return dates.format_period(start, end, get_language())
