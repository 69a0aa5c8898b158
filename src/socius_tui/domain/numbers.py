"""Numbers as people type and read them, in Belgian Dutch and in English.

Typed numbers become canonical decimal text ("1234.50": a point, no grouping, the decimals that
were typed), which is what the file stores; calculations use `Fraction`, and only showing rounds
(half up). What is shown equals CLDR's nl_BE and en_GB; the tests compare.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from socius_tui.domain.model import EntryForm
from socius_tui.domain.problem import InputProblem
from socius_tui.domain.text import clean, fold
from socius_tui.i18n import _

MAX_DIGITS: Final = 30  # with sign and point this stays under the 40 characters of the schema

_LONGEST: Final = 200
_NOT_APPLICABLE: Final = frozenset(
    {"n.v.t.", "n.v.t", "nvt", "n.a.", "n.a", "na", "n/a", "niet van toepassing", "not applicable"}
)
_NOT_FINITE: Final = frozenset({"nan", "inf", "infinity", "oneindig", "∞"})
_MINUSES: Final = "−–—‐‑﹣－"
_SPACES: Final = " \u00a0\u2009\u202f"
_PLENTY: Final = 4  # decimals that are still shown in full when no number of places is asked


class NumberProblem(InputProblem):
    """Text that is no usable number; `rule` is one of the `number.…` names."""


class ParsedEntry(NamedTuple):
    """What was typed for a measurement; numbers as canonical decimal text."""

    form: EntryForm
    value: str | None = None
    numerator: str | None = None
    denominator: str | None = None


def _marks(lang: str) -> tuple[str, str]:
    """The decimal sign and the grouping sign."""
    return (".", ",") if lang == "en" else (",", ".")


def parse_number(text: str, lang: str, *, percent: bool = False) -> str:
    """The canonical decimal text of a typed number, at most 30 digits.

    Dutch: 1234,5, 1.234,5 or 1 234,5; English: the same with point and comma exchanged. The
    other sign is taken as a decimal sign when it cannot be grouping (86.5 in Dutch); one group
    of three (1.000 in Dutch, 1,000 in English) can be either and is refused. With `percent`, a
    percent sign may follow. Decimals stay as typed: "0,30" is "0.30".

    Raises `NumberProblem`: `number.missing`, `number.ambiguous`, `number.finite` (nan, inf,
    1e400), `number.too_long` or `number.format`.
    """
    if len(text) > _LONGEST:
        raise NumberProblem(
            "number.too_long",
            _("“{text}” is too long for a number.").format(text=_shown(text)),
            _("At most {n} digits fit.").format(n=MAX_DIGITS),
        )
    typed = text.strip()
    if not typed:
        raise NumberProblem("number.missing", _("A number is needed."), _example(lang))
    if percent and typed.endswith("%"):
        typed = typed[:-1].rstrip()
    sign = "-" if typed.startswith("-") else ""
    body = typed[1:].lstrip(_SPACES) if typed[:1] in ("-", "+") else typed
    plain = _plain(body, text, lang)
    if plain is None:
        raise NumberProblem(
            _rule(typed),
            _("“{text}” is not a number.").format(text=_shown(text)),
            _hint(typed, lang),
        )
    whole, point, decimals = plain.partition(".")
    whole = whole.lstrip("0") or "0"
    if len(whole) + len(decimals) > MAX_DIGITS:
        raise NumberProblem(
            "number.too_long",
            _("“{text}” has too many digits.").format(text=_shown(text)),
            _("At most {n} digits fit.").format(n=MAX_DIGITS),
        )
    result = whole + point + decimals
    return sign + result if result.strip("0.") else result


def _plain(body: str, text: str, lang: str) -> str | None:
    """The digits with a point, or None if they are in no order that we know."""
    decimal, group = _marks(lang)
    other = re.escape(group)
    parts = body.split(decimal)
    if len(parts) == 2:
        whole = _ungrouped(parts[0], group)
        if whole is None or not re.fullmatch("[0-9]+", parts[1]):
            return None
        return f"{whole}.{parts[1]}"
    if len(parts) > 2:
        return None
    if re.fullmatch(f"[1-9][0-9]{{0,2}}{other}[0-9]{{3}}", body):
        raise _ambiguous(body, text, lang)
    whole = _ungrouped(body, group)
    if whole is not None:
        return whole
    before, mark, after = body.rpartition(group)
    if mark and re.fullmatch("[0-9]+", after) and group not in before:
        spaced = any(space in before for space in _SPACES)
        whole = _ungrouped(before, group)
        if whole is not None and not (spaced and len(after) == 3):
            return f"{whole}.{after}"
    return None


def _ungrouped(whole: str, group: str) -> str | None:
    """The digits of a whole number, grouped by threes with one kind of sign, or not at all."""
    if re.fullmatch("[0-9]+", whole):
        return whole
    found = re.fullmatch(f"[1-9][0-9]{{0,2}}(?:([{group}{_SPACES}])[0-9]{{3}})+", whole)
    if not found or set(re.sub("[0-9]", "", whole)) != {found[1]}:
        return None
    return whole.replace(found[1], "")


def _ambiguous(body: str, text: str, lang: str) -> NumberProblem:
    decimal, group = _marks(lang)
    before, _mark, after = body.partition(group)
    return NumberProblem(
        "number.ambiguous",
        _("“{text}” can be read in two ways.").format(text=_shown(text)),
        _("Write {thousands} or {decimals}.").format(
            thousands=before + after, decimals=before + decimal + after
        ),
    )


def _rule(typed: str) -> str:
    lowered = typed.lstrip("+-").strip().lower()
    power = re.fullmatch(r"[0-9.,]+e\+?([0-9]+)", lowered)
    huge = power is not None and int(power[1]) > MAX_DIGITS
    return "number.finite" if lowered in _NOT_FINITE or huge else "number.format"


def _hint(typed: str, lang: str) -> str:
    if any(mark in typed for mark in _MINUSES):
        return _("Use the minus sign of the keyboard: -.")
    if re.fullmatch(r"[+-]?[0-9.,]+[eE][+-]?[0-9]+", typed):
        return _("Write the number in full.")
    if typed.endswith("%"):
        return _("Leave the percent sign out.")
    return _example(lang)


def _example(lang: str) -> str:
    decimal, _group = _marks(lang)
    return _("Write it like {example}.").format(example=f"1234{decimal}5")


def _shown(text: str) -> str:
    return clean(text.strip(), limit=40)


def parse_entry(text: str, lang: str, *, percent: bool = False) -> ParsedEntry:
    """A typed measurement: a number, a ratio ("40/57") or "not applicable" ("n.v.t.", "n/a").

    Raises `NumberProblem` as `parse_number` does, and `number.denominator` when the second
    number of a ratio is not above zero.
    """
    if len(text) <= _LONGEST and fold(text) in _NOT_APPLICABLE:
        return ParsedEntry(EntryForm.NOT_APPLICABLE)
    if len(text) > _LONGEST or "/" not in text:
        return ParsedEntry(EntryForm.VALUE, value=parse_number(text, lang, percent=percent))
    above, _slash, below = text.partition("/")
    numerator = parse_number(above, lang)
    denominator = parse_number(below, lang)
    if Fraction(denominator) <= 0:
        raise NumberProblem(
            "number.denominator",
            _("“{text}”: the number after the slash must be more than zero.").format(
                text=_shown(text)
            ),
            _("Write n.a. when it does not apply."),
        )
    return ParsedEntry(EntryForm.RATIO, numerator=numerator, denominator=denominator)


def to_decimal_text(number: Fraction | Decimal | int) -> str:
    """Decimal text with a point, exact when the expansion ends (1/8 is "0.125").

    One that never ends (1/3) becomes the shortest text that a program reads back as the same
    double, never with an exponent.
    """
    x = number if type(number) is Fraction else Fraction(number)
    if x.denominator == 1:
        return str(x.numerator)
    places = _places(x)
    if places is not None:
        return _digits(x, places)
    try:
        text = repr(float(x))
        return f"{Decimal(text):f}" if "e" in text else text
    except OverflowError:  # beyond the doubles: no decimal matters any more
        return _digits(x, 0)


def _places(x: Fraction) -> int | None:
    """How many decimals show `x` exactly, or None if it has no end."""
    rest, twos, fives = x.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 else None


def _digits(x: Fraction, places: int) -> str:
    """`x` with exactly `places` decimals, half up (away from zero), and never minus zero."""
    # Whole numbers: Fractions take ten times as long.
    whole = (2 * abs(x.numerator) * 10**places + x.denominator) // (2 * x.denominator)
    digits = str(whole).rjust(places + 1, "0")
    cut = len(digits) - places
    sign = "-" if x.numerator < 0 and whole else ""
    return sign + digits[:cut] + ("." + digits[cut:] if places else "")


def _localised(text: str, lang: str, grouping: bool) -> str:
    decimal, group = _marks(lang)
    sign = "-" if text.startswith("-") else ""
    whole, point, decimals = text.removeprefix("-").partition(".")
    if grouping:
        whole = f"{int(whole or 0):,}".replace(",", group)
    return sign + whole + (decimal + decimals if point else "")


def format_number(
    x: Fraction, lang: str, *, places: int | None = None, grouping: bool = True
) -> str:
    """A number to read: 1.234,5 in Dutch, 1,234.5 in English; rounded half up.

    With `places` (>= 0) exactly so many decimals. Without, all decimals if there are at most
    four, else rounded to two; no zeros at the end.
    """
    if places is not None:
        return _localised(_digits(x, places), lang, grouping)
    exact = _places(x)
    if exact is not None and exact <= _PLENTY:
        return _localised(_digits(x, exact), lang, grouping)
    return _localised(_digits(x, 2).rstrip("0").rstrip("."), lang, grouping)


def format_exact(number: str | Fraction, lang: str, *, grouping: bool = False) -> str:
    """A stored decimal text with the sign of the language and nothing else changed.

    "0.30" is 0,30 in Dutch. Ungrouped, so that `parse_number` gives the stored text back.
    """
    text = number if isinstance(number, str) else to_decimal_text(number)
    return _localised(text, lang, grouping)


def format_percent(x: Fraction, lang: str, places: int = 1) -> str:
    """A share to read: 83/136 is 61,0% in Dutch and 61.0% in English; rounded half up."""
    return format_number(x * 100, lang, places=places) + "%"


def to_json_number(x: Fraction) -> int | float:
    """The number for JSON: whole numbers as int, others as the nearest double."""
    if x.denominator == 1:
        return x.numerator
    try:
        return float(x)
    except OverflowError:
        return round(x)
