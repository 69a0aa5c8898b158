"""Dates as people type and read them, in Belgian Dutch and in English.

Typing is the same in both languages: day before month, words of either language. What is shown
equals CLDR's nl_BE and en_GB; the tests compare. Today is an argument: nothing reads a clock.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final

from socius_tui.domain.problem import InputProblem
from socius_tui.domain.text import clean
from socius_tui.i18n import _

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199

_Names = dict[str, tuple[str, ...]]

_MONTHS: Final[_Names] = {
    "nl": (
        "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
        "oktober", "november", "december",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ),
}  # fmt: skip
_SHORT_MONTHS: Final[_Names] = {
    "nl": ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"),
}
_DAYS: Final[_Names] = {
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_SHORT_DAYS: Final[_Names] = {
    "nl": ("ma", "di", "wo", "do", "vr", "za", "zo"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_RELATIVE: Final = {
    "eergisteren": -2,
    "gisteren": -1, "yesterday": -1,
    "vandaag": 0, "today": 0,
    "morgen": 1, "tomorrow": 1,
    "overmorgen": 2,
}  # fmt: skip
_EXCEL_DAY_ZERO: Final = date(1899, 12, 30)
_LONGEST: Final = 60

# Patterns stay text: `re` compiles each at its first use, so start-up pays nothing.
_SEP: Final = r"\s*[-/.]\s*"
_ISO: Final = rf"([0-9]{{4}}){_SEP}([0-9]{{1,2}}){_SEP}([0-9]{{1,2}})"
_NUMERIC: Final = rf"([0-9]{{1,2}}){_SEP}([0-9]{{1,2}})(?:{_SEP}([0-9]+))?"
_WORDED: Final = r"([0-9]{1,2})\s*[-/.]?\s*([a-z]+)\.?(?:\s*[-/.]?\s*([0-9]+))?"
_OFFSET: Final = r"[+-]\s*[0-9]{1,5}"
_WEEKDAY_FIRST: Final = r"([a-z]+)\.?,?\s+(?=[0-9])"


class DateProblem(InputProblem):
    """Text that is no usable date; `rule` is one of the `date.…` names."""


def parse_date(text: str, *, today: date, lang: str) -> date:
    """The day that was meant, between 1900 and 2199.

    Takes 2016-03-14, 14/3/2016, 14-3-2016, 14.3.2016, 14 maart 2016, 14 mrt 2016 and 14 March
    2016, with or without the weekday in front; without a year it is the year of `today`. Also
    vandaag, gisteren, eergisteren, morgen, overmorgen, today, yesterday, tomorrow; -2 and +3
    for days from today; ma to zo and Mon to Sun for the last such day before today.

    `lang` decides how a day in a hint is written. Raises `DateProblem`: `date.missing`,
    `date.invalid` (no such day), `date.range` (outside 1900-2199), `date.weekday` (that day is
    another day of the week) or `date.format`.
    """
    typed = " ".join(text.split()).lower() if len(text) <= _LONGEST else text
    if not typed:
        raise DateProblem("date.missing", _("A date is needed."), _forms())
    if len(typed) > _LONGEST:
        raise _unreadable(text, lang)
    if typed in _RELATIVE:
        return _shifted(today, _RELATIVE[typed], text)
    if re.fullmatch(_OFFSET, typed):
        return _shifted(today, int(typed.replace(" ", "")), text)
    weekday = _weekday(typed.rstrip("."))
    if weekday is not None:
        return _shifted(today, -((today.weekday() - weekday - 1) % 7 + 1), text)
    first = re.match(_WEEKDAY_FIRST, typed)
    if first:
        weekday = _weekday(first[1])
        if weekday is None:
            raise _unreadable(text, lang)
        typed = typed[first.end() :]
    day = _calendar_day(typed, text, today, lang)
    if weekday is not None and day.weekday() != weekday:
        raise DateProblem(
            "date.weekday",
            _("“{text}” cannot be: that day is {date}.").format(
                text=_shown(text), date=echo_date(day, lang)
            ),
            _("Correct the day of the week or leave it out."),
        )
    return day


def _calendar_day(typed: str, text: str, today: date, lang: str) -> date:
    if match := re.fullmatch(_ISO, typed):
        return calendar_day(int(match[1]), int(match[2]), int(match[3]), text, lang)
    if match := re.fullmatch(_NUMERIC, typed):
        return calendar_day(_year(match[3], text, today), int(match[2]), int(match[1]), text, lang)
    if match := re.fullmatch(_WORDED, typed):
        month = _month(match[2])
        if month is not None:
            return calendar_day(_year(match[3], text, today), month, int(match[1]), text, lang)
    raise _unreadable(text, lang)


def _year(digits: str | None, text: str, today: date) -> int:
    if digits is None:
        return today.year
    if len(digits) != 4:
        raise DateProblem(
            "date.format",
            _("The year in “{text}” does not have four digits.").format(text=_shown(text)),
            _("Write the whole year, such as {year}.").format(year=today.year),
        )
    return int(digits)


def calendar_day(year: int, month: int, day: int, text: str, lang: str) -> date:
    """The day that these numbers make; `text` is how it was written.

    Raises `DateProblem`: `date.invalid` (no such day) or `date.range` (outside 1900-2199).
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _out_of_range(text)
    if not 1 <= month <= 12:
        raise DateProblem(
            "date.invalid",
            _("“{text}” is no date: there is no month {month}.").format(
                text=_shown(text), month=month
            ),
            _("Write the day before the month, such as 14/3/2016."),
        )
    try:
        return date(year, month, day)
    except ValueError:
        name = f"{_pick(_MONTHS, lang)[month - 1]} {year}"
        raise DateProblem(
            "date.invalid",
            _("“{text}” is no date: {month} has no day {day}.").format(
                text=_shown(text), month=name, day=day
            ),
            _("{month} has {n} days.").format(
                month=name[0].upper() + name[1:], n=_days_in(year, month)
            ),
        ) from None


def _days_in(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - date(year, month, 1)).days


def _shifted(today: date, days: int, text: str) -> date:
    try:
        day = today + timedelta(days=days)
    except OverflowError:
        raise _out_of_range(text) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _out_of_range(text)
    return day


def _out_of_range(text: str) -> DateProblem:
    return DateProblem(
        "date.range",
        _("“{text}” lies outside the years {first} to {last}.").format(
            text=_shown(text), first=FIRST_YEAR, last=LAST_YEAR
        ),
        _("Check the year."),
    )


def _unreadable(text: str, lang: str) -> DateProblem:
    sentence = _("“{text}” is not a date that can be read.").format(text=_shown(text))
    return DateProblem("date.format", sentence, spelling_hint(text.strip(), lang) or _forms())


def spelling_hint(text: str, lang: str) -> str:
    """A hint for the spellings that other programs use for a day."""
    if re.fullmatch("[0-9]{5}", text):
        day = _EXCEL_DAY_ZERO + timedelta(days=int(text))
        return _("A spreadsheet writes {date} like that; write {iso}.").format(
            date=format_date(day, lang, "long"), iso=day.isoformat()
        )
    if re.fullmatch("[0-9]{8}", text):
        return _("Put the dashes in: {iso}.").format(iso=f"{text[:4]}-{text[4:6]}-{text[6:]}")
    if re.fullmatch("[0-9]{4}-?[wW][0-9]{1,2}(-?[1-7])?", text):
        return _("A week is not a day: write a day of that week, such as 14/3/2016.")
    return ""


def _forms() -> str:
    return _("Write 2016-03-14, 14/3/2016, 14/3, yesterday or -2.")


def _shown(text: str) -> str:
    return clean(text.strip(), limit=40)


def _month(word: str) -> int | None:
    for lang in ("nl", "en"):
        for number, (name, short) in enumerate(
            zip(_MONTHS[lang], _SHORT_MONTHS[lang], strict=True), start=1
        ):
            if word == short.lower() or (len(word) >= 3 and name.lower().startswith(word)):
                return number
    return None


def _weekday(word: str) -> int | None:
    for names in (*_DAYS.values(), *_SHORT_DAYS.values()):
        for number, name in enumerate(names):
            if word == name.lower():
                return number
    return None


def _pick(table: _Names, lang: str) -> tuple[str, ...]:
    return table["en" if lang == "en" else "nl"]


def format_date(day: date, lang: str, style: str = "short") -> str:
    """A day to read: "short" 14/03/2016, "medium" 14 mrt 2016, "long" 14 maart 2016.

    As CLDR has it for nl_BE and en_GB; a short Dutch day has no leading zero (4/03/2016).
    """
    if style == "short":
        number = f"{day.day:02d}" if lang == "en" else str(day.day)
        return f"{number}/{day.month:02d}/{day.year:04d}"
    if style not in ("medium", "long"):
        raise ValueError(f"no date style {style!r}")
    months = _pick(_MONTHS if style == "long" else _SHORT_MONTHS, lang)
    return f"{day.day} {months[day.month - 1]} {day.year}"


def format_period(start: date, end: date, lang: str) -> str:
    """A period, as years when it is whole years: 2016, 2016–2020, else both days."""
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    return f"{format_date(start, lang)} – {format_date(end, lang)}"


def echo_date(day: date, lang: str) -> str:
    """What a form understood: "ma 14 maart 2016"; `parse_date` reads it back."""
    return f"{_pick(_SHORT_DAYS, lang)[day.weekday()]} {format_date(day, lang, 'long')}"


def format_moment(moment: datetime, lang: str) -> str:
    """A moment to read, to the minute: 14/03/2016, 09:05, on the clock of its own time zone."""
    return f"{format_date(moment.date(), lang)}, {moment:%H:%M}"
