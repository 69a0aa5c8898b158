"""A calendar file (iCalendar, RFC 5545): planned visits, promises to keep, targets falling due.

An event has the id of its row, the number of times that it was changed and the moment of the last
change, so that a calendar that reads the file again changes what it has. Nothing in it comes from
the clock: the same input gives the same bytes. All events last a day. No private note, nobody met
and no contact of an organisation is in it.
"""

from __future__ import annotations

from datetime import UTC, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from socius_tui import __version__
from socius_tui.domain.moments import moment_from
from socius_tui.domain.numbers import format_exact
from socius_tui.domain.text import clean
from socius_tui.i18n import _, get_language
from socius_tui.services.exchange.newfile import write_file
from socius_tui.store import agenda

if TYPE_CHECKING:
    from socius_tui.services.session import Session


def calendar_bytes(session: Session, person_id: str | None = None) -> tuple[bytes, int]:
    """The calendar of everybody, or of one person, and how many events it has.

    Targets are those of the plan that fall due on the as-of date or later.
    """
    from icalendar import Calendar

    plan, as_of = session.plan(), session.as_of
    visits, follow_ups, targets = session.read(
        lambda connection: (
            agenda.planned_visits(connection, person_id),
            agenda.open_follow_ups(connection, person_id),
            agenda.targets_due(connection, person_id, plan.id, as_of),
        )
    )
    calendar = Calendar()
    calendar.add("prodid", f"-//socius-tui//{__version__}//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", clean(plan.title, limit=200))
    events = [
        *(_event("visit", x, _("Visit: {what}").format(what=x.title)) for x in visits),
        *(_event("follow-up", x, _("Follow-up: {what}").format(what=x.title)) for x in follow_ups),
        *(_event("target", x, _("Target due: {what}").format(what=x.title)) for x in targets),
    ]
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical(), len(events)


def write_calendar(
    session: Session, path: Path, person_id: str | None = None, *, force: bool = False
) -> int:
    """Write a new .ics file; gives how many events it has. Raises FileProblem, RuleBroken."""
    data, count = calendar_bytes(session, person_id)
    write_file(path, [data], force=force)
    return count


def _event(kind: str, appointment: agenda.Appointment, title: str) -> Any:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{kind}-{clean(appointment.id, limit=80)}@socius-tui")
    event.add("dtstamp", moment_from(appointment.stamp).astimezone(UTC))
    event.add("sequence", appointment.revision)
    event.add("dtstart", appointment.day)
    event.add("dtend", appointment.day + timedelta(days=1))  # the first day after it
    event.add("summary", clean(title, limit=200))
    amount = format_exact(appointment.amount, get_language()) if appointment.amount else ""
    if about := " ".join(filter(None, (amount, appointment.detail))):
        event.add("description", clean(about))
    event.add("transp", "TRANSPARENT")  # a whole day does not make anybody busy
    return event
