"""Shows how the plan goes, without a parser: also what `socius status` alone comes down to."""

from __future__ import annotations

from collections.abc import Sequence

from socius_tui.cli.context import State
from socius_tui.cli.output import emit, print_line, print_list
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
    """Print the status: of one goal or the plan, for one work type or all, in one of the forms."""
    from socius_tui.domain.dates import format_date
    from socius_tui.services.exchange.tables import status_table
    from socius_tui.services.overview import plan_status

    with state.session() as session:
        work_type_id = None
        if work_type is not None:
            from socius_tui.services.resolve import find_work_type

            work_type_id = find_work_type(session, work_type).id
        status = plan_status(session, work_type_id)
        lines = status.lines
        if goal is not None:
            found = status.find(goal.strip())
            if found is None or found.level == "indicator":
                from socius_tui.services.resolve import find_goal

                found = status.find(find_goal(session, goal).id)
            if found is None:  # retired in the meantime
                raise NotFound(_("This goal no longer exists."))
            lines = status.branch(found.id)
    if form in ("table", "markdown") and goal is None and not everything:
        lines = tuple(line for line in lines if line.level != "indicator")
    emit(status_table(status.as_of, lines), form)
    if form == "table":
        day = format_date(status.as_of, get_language(), "long")
        print_line(_("As of {day}").format(day=day))
        print_late(lines, status)


def print_late(lines: Sequence[StatusLine], status: PlanStatus) -> None:
    """What the marks beside a status stand for; nothing when there are none."""
    if any(line.late for line in lines):
        from socius_tui.services.late_marks import late_heading, late_notes

        print_list(late_heading(lines), late_notes(lines, status.lines))
