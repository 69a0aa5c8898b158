"""What the agenda says: pure functions from what is to be done to rows and content."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from textual.content import Content

from socius_tui.domain import codes
from socius_tui.domain.agenda import AgendaItem, AgendaPart, Matter, Part
from socius_tui.domain.model import Status
from socius_tui.i18n import _, ngettext
from socius_tui.ui import format as show
from socius_tui.ui import text
from socius_tui.ui.widgets.line_table import Row
from socius_tui.ui.widgets.visit_pane import labelled

_MARKS = {
    Matter.VISIT: "○",
    Matter.FOLLOW_UP: "→",
    Matter.ACTION: "◐",
    Matter.COMMITMENT: "↻",
    Matter.MILESTONE: "◆",
    Matter.TARGET: "◎",
    Matter.STALE: "?",
}
_STATES = {
    codes.FULFILLED: ("★ ", "$status-met"),
    codes.MISSED: ("▼ ", "$status-off-track"),
    codes.OPEN: ("… ", ""),
    codes.UPCOMING: ("· ", "$quiet"),
    codes.STALE: ("! ", "$status-attention"),
    codes.NEVER: ("○ ", "$status-no-data"),
}
_LATE = "bold $status-off-track"


def agenda_rows(parts: Iterable[AgendaPart], today: date) -> list[Row]:
    """A row for everything; the first of a part has its name before it."""
    return [
        _row(item, part.part if number == 0 else None, today)
        for part in parts
        for number, item in enumerate(part.items)
    ]


def _row(item: AgendaItem, part: Part | None, today: date) -> Row:
    late = is_late(item, today)
    heading = text.NOTHING
    if part is not None:
        style = _LATE if part is Part.OVERDUE else text.STRONG
        heading = text.styled(text.word(part), style)
    return Row(
        item.key,
        (
            heading,
            text.styled(show.day(item.day) if item.day else "", _LATE if late else ""),
            _mark(item, late),
            text.dim(text.agenda_kind(item.kind)),
            _title(item),
            state_of(item, today),
            text.plain(item.owner),
        ),
    )


def _mark(item: AgendaItem, late: bool) -> Content:
    """One cell: that it is late, or how it stands, or what it is."""
    if late:
        return text.styled("!", _LATE)
    if item.kind is Matter.ACTION:
        return text.action_state(item.state, word=False)
    if item.kind in (Matter.TARGET, Matter.MILESTONE) and item.state:
        return text.status_symbol(Status(item.state))
    return text.dim(_MARKS[item.kind])


def _title(item: AgendaItem) -> Content:
    """Whom it is for comes before the title, where room cannot take it away; the rest after."""
    about = "" if item.kind is Matter.VISIT else text.agenda_about(item._replace(audience=""))
    return text.join(
        text.styled(f"{item.audience}: ", text.STRONG) if item.audience else "",
        text.plain(item.title),
        text.dim(f" · {about}") if about else "",
    )


def is_late(item: AgendaItem, today: date) -> bool:
    """Whether its day has passed and it is not settled."""
    late = item.day is not None and item.day < today
    return late and not item.is_settled and item.kind is not Matter.STALE


def state_of(item: AgendaItem, today: date) -> Content:
    """How it goes: a mark and a word."""
    if item.kind is Matter.VISIT and is_late(item, today):
        return text.styled(_("! took place?"), _LATE)
    if item.kind is Matter.ACTION:
        return text.action_state(item.state)
    if item.state in _STATES:
        mark, style = _STATES[item.state]
        return text.styled(mark + text.word(item.state), style)
    if item.kind in (Matter.TARGET, Matter.MILESTONE) and item.state:
        return text.status_text(Status(item.state))
    return text.dim(text.word(item.state))


def told(item: AgendaItem, today: date) -> Content:
    """The line in full."""
    label = _("last measured") if item.kind is Matter.STALE else _("day")
    facts = labelled(
        (
            (label, _day(item, today)),
            (_("about"), text.agenda_about(item._replace(audience=""))),
            (_("audience"), item.audience),
            (_("person"), item.owner),
        )
    )
    head = text.spaced((text.dim(text.agenda_kind(item.kind)), state_of(item, today)))
    return text.lines((text.styled(item.title, text.STRONG), head, *facts))


def _day(item: AgendaItem, today: date) -> str:
    if item.day is None:
        return _("never") if item.kind is Matter.STALE else ""
    days = (item.day - today).days
    away = ""
    if days < 0:
        away = ngettext("{n} day ago", "{n} days ago", -days).format(n=-days)
    elif days > 0:
        away = ngettext("in {n} day", "in {n} days", days).format(n=days)
    else:
        away = _("today")
    return f"{show.long_day(item.day)} ({away})"
