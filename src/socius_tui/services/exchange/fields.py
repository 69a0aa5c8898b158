"""The kinds of field that a plan file or a list has, checked when they come in.

Every refusal is an InputProblem: one whole sentence for the person who made the file.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StrictStr

from socius_tui.domain.dates import FIRST_YEAR, LAST_YEAR
from socius_tui.domain.numbers import MAX_DIGITS
from socius_tui.domain.problem import InputProblem
from socius_tui.domain.text import check_text
from socius_tui.i18n import _

_CODE: Final = r"[^\W_](?:[\w.-]*\w)?"
_ISO_DAY: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"


class Table(BaseModel):
    """A table of a plan file, or a row of a list: nothing in it is unknown or changes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _text(limit: int, *, required: bool = False, multiline: bool = False) -> AfterValidator:
    return AfterValidator(
        lambda text: check_text(text, max_length=limit, required=required, multiline=multiline)
    )


def check_code(text: str) -> str:
    """A code of a plan, a goal or another thing. Raises InputProblem when it cannot be one."""
    if not re.fullmatch(_CODE, text):
        raise InputProblem(
            "code.format",
            _("A code has letters and digits, with points or hyphens between them."),
        )
    return text


def _number(value: Any) -> str:
    """The decimal text of a whole or decimal number of TOML; never of text, true or nan."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise InputProblem(
            "number.format", _("This must be a number, with a point and without quotes.")
        )
    if isinstance(value, int):
        digits = 0 if abs(value) < 10**MAX_DIGITS else MAX_DIGITS + 1
    elif not value.is_finite():
        raise InputProblem("number.finite", _("This must be an ordinary number."))
    else:
        _sign, figures, exponent = value.as_tuple()
        whole = len(figures) + int(exponent)
        digits = max(whole, 1) + max(-int(exponent), 0)
    if digits > MAX_DIGITS:
        raise InputProblem("number.too_long", _("At most {n} digits fit.").format(n=MAX_DIGITS))
    number = Decimal(value)
    return format(number.copy_abs() if number.is_zero() else number, "f")  # never -0


def _not_negative(value: str) -> str:
    if value.startswith("-"):
        raise InputProblem("number.range", _("This must not be below zero."))
    return value


def _share(value: str) -> str:
    if not 0 <= Decimal(value) <= 1:
        raise InputProblem("number.range", _("This must lie between 0 and 1."))
    return value


def _day(value: Any) -> Any:
    """A day between 1900 and 2199: a date of TOML, or the same in text."""
    if isinstance(value, str) and re.fullmatch(_ISO_DAY, value):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            raise InputProblem("date.invalid", _("There is no such day.")) from None
    if isinstance(value, datetime) or not isinstance(value, date):
        raise InputProblem("date.format", _("This must be a day written as 2016-03-14."))
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise InputProblem(
            "date.range",
            _("The year must lie between {first} and {last}.").format(
                first=FIRST_YEAR, last=LAST_YEAR
            ),
        )
    return value


def _whole(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int):
        raise InputProblem("number.whole", _("This must be a whole number."))
    return value


def _year(value: int) -> int:
    if not FIRST_YEAR <= value <= LAST_YEAR:
        raise InputProblem(
            "date.range",
            _("The year must lie between {first} and {last}.").format(
                first=FIRST_YEAR, last=LAST_YEAR
            ),
        )
    return value


def _some(value: int) -> int:
    if not 0 <= value < 1_000_000_000:
        raise InputProblem("number.range", _("This must be a number of things, 0 or more."))
    return value


def _true_or_false(value: Any) -> Any:
    if not isinstance(value, bool):
        raise InputProblem("choice", _("This must be true or false, without quotes."))
    return value


Code = Annotated[StrictStr, _text(40, required=True), AfterValidator(check_code)]
LongCode = Annotated[StrictStr, _text(60, required=True), AfterValidator(check_code)]
Title = Annotated[StrictStr, _text(500, required=True)]
Name = Annotated[StrictStr, _text(200, required=True)]
Unit = Annotated[StrictStr, _text(60)]
Label = Annotated[StrictStr, _text(120)]
Line = Annotated[StrictStr, _text(500)]
Prose = Annotated[StrictStr, _text(20_000, multiline=True)]
#: Decimal text as the file stores it: the digits that were written, no exponent.
Number = Annotated[str, BeforeValidator(_number)]
NotNegative = Annotated[Number, AfterValidator(_not_negative)]
Share = Annotated[Number, AfterValidator(_share)]
Day = Annotated[date, BeforeValidator(_day)]
Year = Annotated[int, BeforeValidator(_whole), AfterValidator(_year)]
Some = Annotated[int, BeforeValidator(_whole), AfterValidator(_some)]
YesNo = Annotated[bool, BeforeValidator(_true_or_false)]
