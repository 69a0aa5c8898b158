"""What a mark beside a status stands for: what was changed after its period was closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from socius_tui.domain.closing import LateChange
from socius_tui.domain.dates import format_date
from socius_tui.domain.model import Period
from socius_tui.domain.overview import StatusLine
from socius_tui.i18n import _, get_language, ngettext
from socius_tui.services.wording import LATE, word

_LISTED: Final = 5


def late_text(change: LateChange) -> str:
    """A late change on a line: which period, what, who and when, and why."""
    what = f"{period_text(change.period)}, {word(change.kind)}"
    when = _day(date.fromisoformat(change.changed_at[:10]))
    who = ", ".join(filter(None, (change.changed_by, when)))
    return f"{what} ({who}): {change.reason}"


def late_heading(lines: Sequence[StatusLine]) -> str:
    """The mark, what it means, and how many late changes the lines have together."""
    count = len(_all_of(lines))
    return LATE + " " + _("changed after the period was closed: {n}").format(n=count)


def late_notes(lines: Sequence[StatusLine], plan: Sequence[StatusLine]) -> list[str]:
    """The last late changes of these lines, each with the code of what it was about.

    That is the deepest line of the whole plan that it marks.
    """
    codes: dict[str, str] = {}
    for line in sorted(plan, key=lambda line: line.depth):
        for change in line.late:
            codes[change.id] = line.code
    every = _all_of(lines)
    notes = [f"{codes[change.id]}: {late_text(change)}" for change in every[:_LISTED]]
    rest = len(every) - len(notes)
    if rest > 0:
        notes.append(ngettext("and {n} more", "and {n} more", rest).format(n=rest))
    return notes


def period_text(period: Period) -> str:
    """A period: its year where it is one, else both days."""
    start, end = period
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year:
        return str(start.year)
    return f"{_day(start)} – {_day(end)}"


def _all_of(lines: Sequence[StatusLine]) -> list[LateChange]:
    """Every late change of these lines once, the last one first."""
    found = {change.id: change for line in lines for change in line.late}
    return sorted(found.values(), key=lambda change: (change.changed_at, change.id), reverse=True)


def _day(day: date) -> str:
    return format_date(day, get_language())
