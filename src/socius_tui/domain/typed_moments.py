"""Moments as people type and read them, on the clock of the place where they are.

What is typed is a stretch of time and stands for its last millisecond: a day for all of that
day, 14:30 for all of that minute. `zone` is where the clock hangs, None being the computer's own.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Final

from socius_tui.domain.dates import DateProblem, echo_date, format_date, parse_date
from socius_tui.domain.problem import InputProblem
from socius_tui.domain.text import clean
from socius_tui.i18n import _

#: Not every system can convert an earlier moment, and nothing was recorded that long ago.
FIRST_YEAR: Final = 1971

_CLOCK: Final = (
    r"(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2})|[uh](?P<short>[0-9]{2})?)"
    r"(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,6}))?)?"
    r"(?: ?(?P<zone>z|utc|[+-][0-9]{2}:?[0-9]{2}))?"
)
_WITH_TIME: Final = rf"(?:(?P<day>.*?[^\s,])(?:,? (?:om |at )?|(?<=[0-9])t(?=[0-9])))?{_CLOCK}"


class MomentProblem(InputProblem):
    """Text that is no usable moment; `rule` is one of the `moment.…` names."""


def parse_moment(text: str, *, today: date, lang: str, zone: tzinfo | None = None) -> datetime:
    """The moment that was meant, exact to the millisecond, with its time zone.

    Takes a day as `parse_date` does, and a time after it: 15/1/2018 14:30, 15 januari 2018 om
    14u30, yesterday 9:00, 2018-01-15T14:30:05.123. A time alone is of `today`. With Z, UTC or
    +01:00 behind the time it is the same moment everywhere, and is given in UTC.

    Raises `DateProblem` for a day that cannot be, else `MomentProblem`: `moment.missing`,
    `moment.format`, `moment.time` (no such time), `moment.range` (before 1971),
    `moment.skipped` (the clock went forward over it) or `moment.twice` (it went back over it).
    """
    typed = " ".join(text.split()).lower()
    if not typed:
        raise MomentProblem("moment.missing", _("A moment is needed."), _forms())
    found = re.fullmatch(_WITH_TIME, typed) if len(typed) <= 60 else None
    day = _day(found["day"] if found else typed, text, today, lang)
    if found is None:
        return _end_of_day(day, zone)
    wall = _wall(day, found, text)
    if found["zone"]:
        return wall.replace(tzinfo=_offset(found["zone"], text)).astimezone(UTC)
    there = _moments(wall, zone)
    if len(there) == 1:
        return there[0].astimezone(zone)
    raise _skipped(text) if not there else _twice(text, there)


def _day(typed: str | None, text: str, today: date, lang: str) -> date:
    if typed is None:
        return today
    try:
        day = parse_date(typed, today=today, lang=lang)
    except DateProblem as problem:
        if problem.rule != "date.format":
            raise
        raise MomentProblem(
            "moment.format",
            _("“{text}” is not a moment that can be read.").format(text=_shown(text)),
            _forms(),
        ) from None
    if day.year < FIRST_YEAR:
        raise MomentProblem(
            "moment.range",
            _("“{text}” lies before anything can have been recorded.").format(text=_shown(text)),
            _("Check the year."),
        )
    return day


def _wall(day: date, found: re.Match[str], text: str) -> datetime:
    """What the clock shows, wherever it hangs."""
    minute, fraction = found["minute"] or found["short"], found["fraction"]
    try:
        return _shows(
            day,
            int(found["hour"]),
            int(minute or 0),
            int(found["second"] or 59),
            int(fraction[:3].ljust(3, "0")) if fraction else 999,
        )
    except ValueError:
        raise _no_time(text) from None


def _shows(day: date, hour: int, minute: int, second: int, thousandths: int) -> datetime:
    at = (hour, minute, second, thousandths * 1000)
    return datetime(day.year, day.month, day.day, *at)  # noqa: DTZ001 (what a clock shows)


def _offset(zone: str, text: str) -> tzinfo:
    if zone in ("z", "utc"):
        return UTC
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    if hours > 14 or minutes > 59:
        raise _no_time(text)
    ahead = timedelta(hours=hours, minutes=minutes)
    return timezone(ahead if zone[0] == "+" else -ahead)


def _moments(wall: datetime, zone: tzinfo | None) -> list[datetime]:
    """When a clock that hangs there shows this, in UTC: never, once or twice."""
    found = {_read(wall, zone, fold) for fold in (0, 1)}
    return sorted(m for m in found if m.astimezone(zone).replace(tzinfo=None) == wall)


def _read(wall: datetime, zone: tzinfo | None, fold: int) -> datetime:
    # A time without a zone is taken to be of the computer's own.
    return wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)


def _end_of_day(day: date, zone: tzinfo | None) -> datetime:
    """The last millisecond of a day; the later one where the clock goes back at midnight."""
    wall = _shows(day, 23, 59, 59, 999)
    return max(_read(wall, zone, fold) for fold in (0, 1)).astimezone(zone)


def _no_time(text: str) -> MomentProblem:
    return MomentProblem(
        "moment.time",
        _("“{text}” has a time that no clock shows.").format(text=_shown(text)),
        _("Hours run from 0 to 23, minutes and seconds from 0 to 59."),
    )


def _skipped(text: str) -> MomentProblem:
    return MomentProblem(
        "moment.skipped",
        _("“{text}” did not exist: the clock went forward over it.").format(text=_shown(text)),
        _("Write a time before or after the change."),
    )


def _twice(text: str, there: list[datetime]) -> MomentProblem:
    first, second = (f"{moment:%Y-%m-%dT%H:%MZ}" for moment in there)
    return MomentProblem(
        "moment.twice",
        _("“{text}” existed twice: the clock went back over it.").format(text=_shown(text)),
        _("Write {first} for the first time or {second} for the second.").format(
            first=first, second=second
        ),
    )


def _forms() -> str:
    return _("Write 2018-01-15, 15/1/2018 14:30, yesterday 9:00 or 2018-01-15T13:30Z.")


def _shown(text: str) -> str:
    return clean(text.strip(), limit=40)


def moment_words(moment: datetime, lang: str, style: str = "long") -> str:
    """A moment to read: "15 januari 2018, 23:59", with UTC behind it when it was given so.

    `style` is that of the day. Seconds are shown where it is not the end of its minute.
    """
    return f"{format_date(moment.date(), lang, style)}, {_clock(moment)}"


def echo_moment(moment: datetime, lang: str) -> str:
    """What a form understood: "ma 15 januari 2018, 23:59"; `parse_moment` reads it back."""
    return f"{echo_date(moment.date(), lang)}, {_clock(moment)}"


def is_end_of_day(moment: datetime) -> bool:
    """Whether the day says it all: it is the end of it, and not that of a day in UTC."""
    end = (moment.hour, moment.minute, moment.second) == (23, 59, 59)
    return end and moment.tzinfo is not UTC


def _clock(moment: datetime) -> str:
    thousandths = moment.microsecond // 1000
    text = f"{moment:%H:%M}"
    if (moment.second, thousandths) != (59, 999):
        text += f":{moment:%S}"
    if thousandths != 999:
        text += f".{thousandths:03d}"
    return text + (" UTC" if moment.tzinfo is UTC else "")
