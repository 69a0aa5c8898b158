"""From what was typed to the row that is meant, where more than a name is needed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from socius_tui.domain.dates import format_date
from socius_tui.domain.filters import VisitFilter
from socius_tui.domain.text import clean
from socius_tui.errors import Ambiguous, NotFound
from socius_tui.i18n import _, get_language
from socius_tui.services.handles import by_handle_in, handle, the_one

if TYPE_CHECKING:
    from socius_tui.domain.records import VisitLine
    from socius_tui.services.session import Session

_ENOUGH: Final = 10


def find_visit(
    session: Session, typed: str, on: date | None = None, status: str | None = None
) -> VisitLine:
    """A visit by its short code, or by its organisation (and date, where there are several).

    With a status only visits that have it are looked at when an organisation was typed.
    Raises NotFound or Ambiguous.
    """
    from socius_tui.services.log import visit, visit_log
    from socius_tui.services.resolve import find_organisation
    from socius_tui.services.rules import present

    coded = by_handle_in(session, "visit", typed)
    if coded:
        chosen = the_one(
            coded,
            lambda i: _label(present(visit(session, i)).line),
            typed,
            _("visit"),
            "socius visit list",
        )
        return present(visit(session, chosen)).line
    try:
        organisation = find_organisation(session, typed)
    except Ambiguous:
        raise
    except NotFound as error:
        raise NotFound(
            _("There is no visit and no organisation “{typed}”.").format(
                typed=clean(typed, limit=80)
            ),
            hint=error.hint
            if error.candidates
            else _("`{command}` shows the short code of each.").format(command="socius visit list"),
            candidates=error.candidates,
        ) from error
    wanted = VisitFilter(organisation_id=organisation.id, status=status, since=on, until=on)
    found = visit_log(session, wanted, limit=_ENOUGH + 1)
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(
            _("{organisation} has no such visit.").format(organisation=organisation.name),
            hint=_("`{command}` shows the short code of each.").format(command="socius visit list"),
        )
    listed = [f"{handle(line.id)} {_label(line)}" for line in found]
    raise Ambiguous(
        _("“{typed}” can be several: {candidates}.").format(
            typed=clean(typed, limit=80),
            candidates="; ".join(listed[:_ENOUGH]) + ("; …" if len(listed) > _ENOUGH else ""),
        ),
        hint=_("Type the short code in front of it, or give the day with --date."),
        candidates=listed,
    )


def find_follow_up(session: Session, typed: str) -> str:
    """The id of a follow-up by its short code. Raises NotFound or Ambiguous."""
    from socius_tui.services.log import follow_up_list

    found = by_handle_in(session, "follow_up", typed)
    what = {line.id: line.what for line in follow_up_list(session, open_only=False)}
    return the_one(found, what.__getitem__, typed, _("follow-up"), "socius followup list")


def find_measurement(session: Session, typed: str) -> str:
    """The id of a measurement by its short code. Raises NotFound or Ambiguous."""
    from socius_tui.services.log import measurement
    from socius_tui.services.rules import present

    def label(identifier: str) -> str:
        line = present(measurement(session, identifier))
        return f"{line.indicator} {format_date(line.observed_on, get_language())}"

    found = by_handle_in(session, "measurement", typed)
    return the_one(found, label, typed, _("measurement"), "socius progress list")


def period(
    session: Session,
    year: str | None,
    start: str | None,
    end: str | None,
    *,
    year_name: str = "--year",
) -> tuple[date, date]:
    """A period by its year (`year_name`), or by --from and --until. Raises InvalidInput."""
    from socius_tui.cli.context import day, invalid

    if year is not None:
        if len(year) == 4 and year.isascii() and year.isdigit() and 1900 <= int(year) <= 2199:
            return date(int(year), 1, 1), date(int(year), 12, 31)
        raise invalid(
            year_name,
            _("“{text}” is not a year.").format(text=clean(year, limit=20)),
            _("Write the whole year, such as {year}.").format(year=session.today.year),
        )
    if start is None or end is None:
        raise invalid(
            year_name,
            _("The period is missing."),
            _("Give {year}, or both --from and --until.").format(year=year_name),
        )
    return day(session, start, "--from"), day(session, end, "--until")


def _label(line: VisitLine) -> str:
    return f"{format_date(line.visited_on, get_language())} {line.organisation}"
