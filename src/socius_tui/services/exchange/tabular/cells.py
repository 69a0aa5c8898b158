"""One cell of a list as text, a number or a day; whatever else it holds is refused by its rule."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from socius_tui.domain.dates import FIRST_YEAR, LAST_YEAR, DateProblem, calendar_day, spelling_hint
from socius_tui.domain.numbers import MAX_DIGITS, NumberProblem, parse_number
from socius_tui.domain.problem import InputProblem
from socius_tui.domain.text import TextProblem, check_text, clean, restore_formula
from socius_tui.i18n import _, get_language
from socius_tui.services.exchange.tabular.source import Cell, CellError, Days, Decimals

_BEYOND: Final = 308  # powers of ten: what a program that counts in doubles calls infinite
_ISO: Final = r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?"
_SLASHED: Final = r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})"


def text_of_cell(
    cell: Cell, max_length: int, *, required: bool = False, multiline: bool = False
) -> str:
    """The text of a cell, without the apostrophe that our exports put before a formula.

    A number or a day of a workbook is written as it is stored: 1234.5, 2016-03-14. Raises
    InputProblem: `cell.error`, `text.boolean`, and what `domain.text.check_text` raises.
    """
    _refuse_error(cell)
    if isinstance(cell, bool):
        raise TextProblem(
            "text.boolean", _("True or false stands here, and no text."), _("Write it as text.")
        )
    return check_text(
        restore_formula(_written(cell)),
        max_length=max_length,
        required=required,
        multiline=multiline,
    )


def _written(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return _canonical(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def number_of_cell(cell: Cell, decimals: Decimals | None, *, percent: bool = False) -> str:
    """The canonical decimal text of a number; text is read with the decimal sign of the list.

    Where nothing in the list decides between comma and point, only what means the same with
    both is taken: 12,5 and 1.234,56, not 1.000. With `percent`, "12 %" is 12. Raises
    InputProblem: `cell.error`, and what `domain.numbers.parse_number` raises.
    """
    _refuse_error(cell)
    if isinstance(cell, bool | date):
        raise NumberProblem(
            "number.format",
            _("“{text}” is not a number.").format(text=cell),
            _("Write a number."),
        )
    if isinstance(cell, int | Decimal):
        return _canonical(cell)
    text = "" if cell is None else str(cell)
    if decimals is not None:
        return parse_number(text, "nl" if decimals == "comma" else "en", percent=percent)
    return _either(text, percent)


def _either(text: str, percent: bool) -> str:
    """A number that is the same with comma and with point. Raises NumberProblem."""
    readings: set[str] = set()
    problems: list[NumberProblem] = []
    for lang in ("nl", "en"):
        try:
            readings.add(parse_number(text, lang, percent=percent))
        except NumberProblem as problem:
            problems.append(problem)
    unclear = any(problem.rule == "number.ambiguous" for problem in problems)
    if len(readings) == 1 and not unclear:
        return readings.pop()
    if not readings and not unclear:
        raise problems[0]
    raise NumberProblem(
        "number.ambiguous",
        _("“{text}” can be read in two ways.").format(text=clean(text.strip(), limit=40)),
        _("Say which sign stands before the decimals, with --decimals."),
    )


def _canonical(number: int | Decimal) -> str:
    """The digits of a number, checked before they are written out: 1e999999 has a million."""
    exact = Decimal(number)
    if not exact.is_finite() or exact.adjusted() > _BEYOND:
        raise NumberProblem(
            "number.finite",
            _("“{text}” is not a number.").format(text=clean(str(number), limit=40)),
            _("Write the number in full."),
        )
    text = format(exact, "f") if abs(exact.adjusted()) <= MAX_DIGITS or not exact else ""
    if not text or len(text.lstrip("-").replace(".", "")) > MAX_DIGITS:
        raise NumberProblem(
            "number.too_long",
            _("“{text}” has too many digits.").format(text=clean(str(number), limit=40)),
            _("At most {n} digits fit.").format(n=MAX_DIGITS),
        )
    return text.lstrip("-") if not exact else text


def day_of_cell(cell: Cell, days: Days | None) -> date:
    """A day: a date of a workbook, 2016-03-14, or 14/3/2016 in the order of the list.

    Raises InputProblem: `cell.error`, `date.missing`, `date.format`, `date.time`, `date.invalid`,
    `date.range`, `date.excel1900`, and `date.ambiguous` for 3/4/2016 where nothing in the list
    says what comes first.
    """
    _refuse_error(cell)
    if isinstance(cell, datetime):
        if cell.time() != datetime.min.time():
            raise DateProblem(
                "date.time",
                _("“{text}” is a day with a time.").format(text=_written(cell)),
                _("Leave the time out."),
            )
        cell = cell.date()
    if isinstance(cell, date):
        return calendar_day(cell.year, cell.month, cell.day, cell.isoformat(), get_language())
    text = "" if cell is None else str(cell).strip()
    if not text:
        raise DateProblem("date.missing", _("A date is needed."), _forms())
    if found := re.fullmatch(_ISO, text):
        return _made(int(found[1]), int(found[2]), int(found[3]), text)
    if found := re.fullmatch(_SLASHED, text):
        return _ordered(int(found[1]), int(found[3]), int(found[4]), text, days)
    raise DateProblem(
        "date.format",
        _("“{text}” is not a date that can be read.").format(text=clean(text, limit=40)),
        _hint(text),
    )


def _ordered(one: int, other: int, year: int, text: str, days: Days | None) -> date:
    if days is None and one != other and one <= 12 and other <= 12:
        raise DateProblem(
            "date.ambiguous",
            _("“{text}” can be two days.").format(text=clean(text, limit=40)),
            _("Say whether the day or the month comes first, with --dates."),
        )
    if days == "month_first" and one > 12:
        raise DateProblem(
            "date.invalid",
            _("“{text}” is no date: there is no month {month}.").format(
                text=clean(text, limit=40), month=one
            ),
            _("In this list the month comes first; if it does not, say so with --dates."),
        )
    if days == "month_first" or (days is None and one <= 12 < other):
        return _made(year, one, other, text)
    return _made(year, other, one, text)


def _made(year: int, month: int, day: int, text: str) -> date:
    if (year, month, day) == (1900, 2, 29):
        raise DateProblem(
            "date.excel1900",
            _("29 February 1900 is a day that only Excel has."),
            _("Correct the day."),
        )
    return calendar_day(year, month, day, text, get_language())


def _hint(text: str) -> str:
    hint = spelling_hint(text, get_language()) if text.isascii() else ""
    return hint or _forms()


def _forms() -> str:
    return _("Write 2016-03-14 or 14/3/2016, between {first} and {last}.").format(
        first=FIRST_YEAR, last=LAST_YEAR
    )


def _refuse_error(cell: Cell) -> None:
    if isinstance(cell, CellError):
        raise InputProblem(
            "cell.error",
            _("This cell holds no value: {what}.").format(what=clean(cell.what, limit=60)),
            _("Correct it in the spreadsheet, or empty it."),
        )
