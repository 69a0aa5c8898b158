"""Euro: read as people type it, written as the language does, never rounded on the way."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

from socius_tui.domain.numbers import format_number, parse_number
from socius_tui.domain.problem import InputProblem
from socius_tui.i18n import _

MOST_EURO: Final = 10**9  # beyond this an amount is a slip of the keyboard
NO_AMOUNT: Final = "–"


def format_euro(amount: Fraction | None, lang: str) -> str:
    """An amount to read: € 1.234,50 in Dutch, €1,234.50 in English; whole euro without cents.

    Two decimals, half up, only where there are cents. A dash where there is no amount.
    """
    if amount is None:
        return NO_AMOUNT
    places = 0 if amount.denominator == 1 else 2
    number = format_number(amount, lang, places=places)
    return f"€ {number}" if lang == "nl" else f"€{number}"


def parse_euro(text: str, lang: str) -> str:
    """The decimal text of a typed amount, with or without its sign. Raises InputProblem."""
    return check_euro(parse_number(text.strip().removeprefix("€").strip(), lang))


def check_euro(text: str) -> str:
    """Decimal text that can be an amount: 0 or more, whole cents, below a thousand million.

    Raises InputProblem.
    """
    try:
        amount = Decimal(text)
    except ArithmeticError:
        amount = Decimal("NaN")
    if not amount.is_finite():
        raise InputProblem("euro.format", _("This is not an amount."), _("Write it like 1250."))
    if amount < 0:
        raise InputProblem("euro.range", _("An amount must not be below zero."))
    if amount >= MOST_EURO:
        raise InputProblem("euro.range", _("An amount must be less than a thousand million euro."))
    if amount != amount.quantize(Decimal("0.01")):
        raise InputProblem("euro.cents", _("An amount has at most two decimals."))
    return format(amount.copy_abs(), "f")
