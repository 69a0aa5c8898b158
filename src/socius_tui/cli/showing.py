"""Shows how the plan goes, without a parser: also what `socius status` alone comes down to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from socius_tui.cli.context import State
from socius_tui.cli.output import content, emit, moment, print_line, print_list
from socius_tui.domain.overview import PlanStatus, StatusLine
from socius_tui.errors import NotFound
from socius_tui.i18n import _, get_language


def show_status(
    state: State,
    goal: str | None = None,
    work_type: str | None = None,
    *,
    everything: bool = False,
    form: str = "table",
) -> None:
    """Print the status: of one goal or the plan, for one work type or all, in one of the forms.

    A table for a reader ends with the day, and with the content hash of `--format csv` of the
    same: of all lines, also those that only the other forms show.
    """
    from socius_tui.services.exchange.tables import status_table
    from socius_tui.services.overview import plan_status

    with state.session() as session:
        work_type_id = None
        if work_type is not None:
            from socius_tui.services.resolve import find_work_type

            work_type_id = find_work_type(session, work_type).id
        status = plan_status(session, work_type_id)
        known_at = session.known_at
        lines = status.lines
        if goal is not None:
            found = status.find(goal.strip())
            if found is None or found.level == "indicator":
                from socius_tui.services.resolve import find_goal

                found = status.find(find_goal(session, goal).id)
            if found is None:  # retired in the meantime
                raise NotFound(_("This goal no longer exists."))
            lines = status.branch(found.id)
    whole = status_table(status.as_of, lines)
    if form in ("csv", "json"):
        emit(whole, form)
        return
    if goal is None and not everything:
        lines = tuple(line for line in lines if line.level != "indicator")
    emit(status_table(status.as_of, lines), form)
    foot = [_as_of(status.as_of, known_at), _("Content {hash}").format(hash=content(whole))]
    if form == "markdown":
        foot = ["", ". ".join(foot)]
    for line in foot:
        print_line(line)
    if form == "table":
        print_late(lines, status)


def print_late(lines: Sequence[StatusLine], status: PlanStatus) -> None:
    """What the marks beside a status stand for; nothing when there are none."""
    if any(line.late for line in lines):
        from socius_tui.services.late_marks import late_heading, late_notes

        print_list(late_heading(lines), late_notes(lines, status.lines))


def _as_of(as_of: date, known_at: datetime | None) -> str:
    from socius_tui.domain.dates import format_date

    day = format_date(as_of, get_language(), "long")
    if known_at is None:
        return _("As of {day}").format(day=day)
    return _("As of {day}, as known on {moment}").format(day=day, moment=moment(known_at))
