"""How a report writes what it says: cleaned texts, numbers and days in the language of now."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Final

from socius_tui.domain.dates import format_date, format_moment, format_period
from socius_tui.domain.model import Judging, Period, Status
from socius_tui.domain.numbers import format_number
from socius_tui.domain.overview import StatusLine
from socius_tui.domain.plan import IndicatorRecord
from socius_tui.domain.report import Cell, Paragraph, Table
from socius_tui.domain.text import clean
from socius_tui.i18n import _, get_language, ngettext
from socius_tui.services.figures import share
from socius_tui.services.wording import LATE, symbol, word

_EVERYTHING: Final = 1_000_000_000  # characters of a text that a report keeps

NOTHING: Final = "–"


def safe(text: str) -> str:
    """Text from data, of any length, on one line."""
    return clean(text, limit=_EVERYTHING)


def sentence(text: str) -> str:
    """Text of the program with a capital at the front."""
    return text[:1].upper() + text[1:]


def paragraphs(text: str, label: str = "") -> list[Paragraph]:
    """Text from data, a paragraph for each of its lines; the label is before the first."""
    cleaned = clean(text, limit=_EVERYTHING, keep_newlines=True)
    lines = [" ".join(line.split()) for line in cleaned.split("\n") if line.strip()]
    return [Paragraph(line, label if number == 0 else "") for number, line in enumerate(lines)]


def day(when: date | None) -> str:
    """A day, with its month in letters; a dash where there is none."""
    return NOTHING if when is None else format_date(when, get_language(), "medium")


def long_day(when: date) -> str:
    """A day, in full."""
    return format_date(when, get_language(), "long")


def utc(moment: datetime) -> str:
    """A moment, to the minute; in UTC, so that it is the same text everywhere."""
    from datetime import UTC

    return format_moment(moment.astimezone(UTC), get_language()) + " UTC"


def span(period: Period) -> str:
    """A period: its years, else both days."""
    text = format_period(period.start, period.end, get_language())
    return text if text.isdigit() or len(text) == 9 else f"{day(period.start)} – {day(period.end)}"


def whole(number: int) -> str:
    """A whole number."""
    return format_number(Fraction(number), get_language())


def n_of_m(n: int, m: int) -> str:
    """So many of so many."""
    return _("{n} of {m}").format(n=whole(n), m=whole(m))


def pace(days: Fraction | None) -> str:
    """Days ahead (+) or behind (-) of what is expected; a dash where there is no pace."""
    if days is None:
        return NOTHING
    text = format_number(-days, get_language(), places=0)
    return _("{days} d").format(days=f"+{text}" if days < 0 and text != "0" else text)


def moved(line: StatusLine, before: StatusLine | None) -> str:
    """By how many percentage points progress moved; a dash where one of the two has none."""
    if before is None or line.progress is None or before.progress is None:
        return NOTHING
    text = format_number((line.progress - before.progress) * 100, get_language(), places=1)
    plus = "" if text.startswith("-") or not text.strip("0.,") else "+"
    return f"{plus}{text}"


def unit(record: IndicatorRecord) -> str:
    """What an indicator's value counts."""
    return _("periods") if record.measure.judging is Judging.BY_PERIOD else safe(record.unit)


def status_cell(line: StatusLine) -> Cell:
    """A status: symbol and word, and a mark where something was changed late."""
    late = f" {LATE}" if line.late else ""
    return Cell(word(line.status) + late, status=line.status.value, symbol=symbol(line.status))


def progress_cell(line: StatusLine) -> Cell:
    """Progress as a bar with its mark, and the percentage."""
    if line.progress is None:
        return Cell(NOTHING)
    bar = min(max(line.progress, Fraction(0)), Fraction(1))
    return Cell(share(line.progress), share=bar, expected=line.expected_progress)


def counts(line: StatusLine) -> str:
    """The indicators below a line by status; a symbol is never parted from its number."""
    return "  ".join(f"{symbol(status)}\u00a0{n}" for status, n in line.counts if n)


def indicators(number: int) -> str:
    """So many indicators."""
    return ngettext("{n} indicator", "{n} indicators", number).format(n=whole(number))


def named_counts(line: StatusLine) -> list[tuple[Status, int]]:
    """The statuses that occur below a line, with how many indicators have them."""
    return [(status, n) for status, n in line.counts if n]


def without_empty(table: Table, place: int) -> Table:
    """The table without the column at that place, where no row has anything in it."""
    if any(row[place].text not in ("", NOTHING) for row in table.rows):
        return table
    return table._replace(
        columns=table.columns[:place] + table.columns[place + 1 :],
        rows=tuple(row[:place] + row[place + 1 :] for row in table.rows),
    )
