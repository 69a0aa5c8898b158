"""`socius goal show`: the sheet of one goal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from socius_tui.cli.completing import goals
from socius_tui.cli.context import State
from socius_tui.cli.output import (
    print_known,
    print_line,
    print_list,
    print_sheet,
    print_table,
    print_title,
)
from socius_tui.cli.parts import Group, argument
from socius_tui.domain.dates import format_date
from socius_tui.i18n import N_, _, get_language

if TYPE_CHECKING:
    from socius_tui.domain.detail import GoalDetail

_LAST: Final = 10


@click.group("goal", cls=Group, help=N_("One goal of the plan, with everything below it."))
def COMMAND() -> None:
    """The group."""


@COMMAND.command(
    "show",
    help=N_(
        "Everything about one goal.\n\n"
        "What it says, how it goes, its indicators or goals, the needs that were heard at visits "
        "about it, the promises that are open and the story that was written."
    ),
    looks_back=True,
    examples=("socius goal show OD2.3",),
)
@argument("code", metavar=N_("CODE"), help=N_("Code or title of the goal."), completer=goals)
@click.pass_obj
def show(state: State, code: str) -> None:
    """Print the sheet."""
    from socius_tui.services.detail import goal_detail
    from socius_tui.services.exchange.tables import shown, status_table, visits_table
    from socius_tui.services.handles import handle
    from socius_tui.services.late_marks import late_text
    from socius_tui.services.resolve import find_goal
    from socius_tui.services.wording import word

    with state.session() as session:
        detail = goal_detail(session, find_goal(session, code).id)
        as_of, known_at = session.as_of, session.known_at
    record, line = detail.record, detail.line
    status = status_table(as_of, [line])
    cells = {column.name: shown(column, line) for column in status.columns}
    print_sheet(
        f"{record.code} {record.title}",
        [
            (_("Level"), word(record.kind)),
            (_("Summary"), record.summary),
            (_("Policy challenge"), record.challenge),
            (_("In the plan's text"), record.source_line),
            (_("Status"), cells["status"]),
            (_("Progress"), cells["progress"]),
            (_("Expected"), cells["expected"]),
            (_("Pace"), cells["days_behind"]),
            (_("With data"), cells["with_data"]),
            *_action(detail),
        ],
    )
    print_list(_("Changed after the period was closed"), [late_text(each) for each in line.late])
    if detail.children:
        print_line("")
        print_table(status_table(as_of, detail.children))
    print_list(_("Needs heard"), [f"{tag} ({count})" for tag, count in detail.needs])
    print_list(
        _("Open follow-ups"),
        [
            f"{handle(f.id)}  {f.what} ({f.owner or '–'})"
            for f in detail.follow_ups
            if not f.done_on
        ],
    )
    language = get_language()
    for story in detail.narratives:
        print_line("")
        period = (
            f"{format_date(story.period_start, language)} – "
            f"{format_date(story.period_end, language)}"
        )
        print_sheet(
            period,
            [
                (_("What happened"), story.what_happened),
                (_("So what"), story.so_what),
                (_("What next"), story.what_next),
            ],
        )
    if detail.visits:
        print_line("")
        print_title(_("Last visits about it"))
        print_table(visits_table(detail.visits[:_LAST]))
    print_known(known_at)


def _action(detail: GoalDetail) -> list[tuple[str, str]]:
    """What the year programme holds of an action."""
    if detail.action is None:
        return []
    from socius_tui.services.exchange.agenda_tables import actions_table
    from socius_tui.services.exchange.tables import shown

    wanted = ("year", "owner", "due", "budget_planned", "budget_spent")
    columns = [c for c in actions_table(()).columns if c.name in wanted]
    return [(_(column.heading), shown(column, detail.action)) for column in columns]
