"""`socius visit`: the log."""

from __future__ import annotations

from typing import Any

import click

from socius_tui.cli.completing import goals, need_tags, organisations, persons, work_types
from socius_tui.cli.context import State, day, invalid, maybe_day
from socius_tui.cli.output import emit, tell
from socius_tui.cli.parts import Group, Whole, Words, argument, format_option, option
from socius_tui.cli.viewing import view_option, view_values
from socius_tui.domain.filters import VisitFilter
from socius_tui.i18n import N_, _

MODES = Words("on_site", "online", "phone")

_which = argument(
    "visit",
    metavar=N_("VISIT"),
    help=N_("Short code of the visit (first column of `socius visit list`), or its organisation."),
)
_which_day = option(
    "--date", metavar=N_("DATE"), help=N_("Its day, when the organisation has several visits.")
)


@click.group("visit", cls=Group, help=N_("Visits to organisations: log, plan, list."))
def COMMAND() -> None:
    """The group."""


@COMMAND.command(
    "add",
    help=N_(
        "Log a visit, or plan one.\n\n"
        "Indicators that count visits move at once. Dates can be written as 2016-03-14, 14/3/2016, "
        "14/3, gisteren, yesterday or -2."
    ),
    examples=(
        "socius visit add VER-01 --date gisteren --goal OD1.1 --need samenwerking",
        "socius visit add VER-02 --date +7 --status planned --mode online",
        'socius visit add VER-03 --date 14/3 --note "Kennismaking" \\',
        '    --follow-up "Handleiding bezorgen" --due +14',
    ),
)
@argument(
    "organisation",
    metavar=N_("ORGANISATION"),
    help=N_("Code or name of the organisation; a part that only one has will do."),
    completer=organisations,
)
@option("--date", "date_", required=True, metavar=N_("DATE"), help=N_("The day of the visit."))
@option(
    "--status",
    type=Words("done", "planned"),
    default="done",
    help=N_("Whether it took place (this is assumed) or is still to come."),
)
@option("--mode", type=MODES, default="on_site", help=N_("How you met."))
@option(
    "--goal", multiple=True, metavar="CODE", help=N_("A goal that it was about."), completer=goals
)
@option(
    "--need", multiple=True, metavar="TAG", help=N_("A need that you heard."), completer=need_tags
)
@option("--note", default="", metavar="TEXT", help=N_("What was said."))
@option("--met", multiple=True, metavar="NAME", help=N_("Somebody you met."))
@option(
    "--private-note", default="", metavar="TEXT", help=N_("A note that no export ever contains.")
)
@option("--follow-up", "promises", multiple=True, metavar="TEXT", help=N_("What you promised."))
@option(
    "--due",
    multiple=True,
    metavar=N_("DATE"),
    help=N_("Before when, for each --follow-up in the same order."),
)
@option("--visitor", metavar="NAME", help=N_("Who went, if it was not you."), completer=persons)
@click.pass_obj
def add(
    state: State,
    organisation: str,
    date_: str,
    status: str,
    mode: str,
    goal: tuple[str, ...],
    need: tuple[str, ...],
    note: str,
    met: tuple[str, ...],
    private_note: str,
    promises: tuple[str, ...],
    due: tuple[str, ...],
    visitor: str | None,
) -> None:
    """Log or plan a visit."""
    from socius_tui.services.handles import handle
    from socius_tui.services.resolve import find_goal, find_organisation, find_person
    from socius_tui.services.visiting import LogVisit, Promise

    if len(due) > len(promises):
        raise invalid("--due", _("There is no --follow-up for this date."))
    with state.session() as session:
        days = [day(session, text, "--due") for text in due]
        days_or_none = [*days, *[None] * (len(promises) - len(days))]
        visit = LogVisit.of(
            organisation_id=find_organisation(session, organisation).id,
            visited_on=day(session, date_, "--date"),
            status=status,
            mode=mode,
            visitor_id=find_person(session, visitor).id if visitor else None,
            goal_ids=tuple(find_goal(session, code).id for code in goal),
            needs=need,
            met=met,
            summary=note,
            private_note=private_note,
            promises=tuple(
                Promise.of(what=what, due_on=due_on)
                for what, due_on in zip(promises, days_or_none, strict=True)
            ),
        )
        done = state.write(session, visit)
    tell(f"{done.title} ({handle(done.ids('visit')[0])})")


@COMMAND.command(
    "list",
    looks_back=True,
    help=N_(
        "The visits, newest first.\n\n"
        "The first column is a short code for commands such as `socius visit done`."
    ),
    examples=(
        "socius visit list --mine --since 1/1/2018",
        "socius visit list --goal OD1.1 --format csv",
    ),
)
@view_option
@option("--organisation", metavar="NAME", help=N_("Only at this one."), completer=organisations)
@option("--work-type", metavar="NAME", help=N_("Only this work type."), completer=work_types)
@option("--goal", metavar="CODE", help=N_("Only about this goal."), completer=goals)
@option("--visitor", metavar="NAME", help=N_("Only by this person."), completer=persons)
@option("--mine", is_flag=True, help=N_("Only your own."))
@option("--status", type=Words("planned", "done", "cancelled"), help=N_("Only with this status."))
@option("--since", metavar=N_("DATE"), help=N_("Only from this day."))
@option("--until", metavar=N_("DATE"), help=N_("Only until this day."))
@option("--need", metavar="TAG", help=N_("Only where this need was heard."), completer=need_tags)
@option("--text", default="", metavar="TEXT", help=N_("Only where these words occur."))
@option("--limit", type=Whole(), metavar="N", help=N_("At most so many."))
@format_option
@click.pass_obj
def list_(
    state: State,
    view: str | None,
    organisation: str | None,
    work_type: str | None,
    goal: str | None,
    visitor: str | None,
    mine: bool,
    status: str | None,
    since: str | None,
    until: str | None,
    need: str | None,
    text: str,
    limit: int | None,
    form: str,
) -> None:
    """Print the log."""
    from socius_tui.services.exchange.tables import visits_table
    from socius_tui.services.log import visit_log
    from socius_tui.services.resolve import (
        find_goal,
        find_organisation,
        find_person,
        find_work_type,
    )

    with state.session() as session:
        saved = VisitFilter(**view_values(state, session, view, "visits"))
        last = maybe_day(session, until, "--until") or saved.until
        if "--as-of" in state.given:
            last = min(last or session.as_of, session.as_of)
        visitor_id = find_person(session, visitor).id if visitor else saved.visitor_id
        at = find_organisation(session, organisation).id if organisation else None
        kind = find_work_type(session, work_type).id if work_type else None
        wanted = saved._replace(
            visitor_id=state.me(session) if mine else visitor_id,
            work_type_id=kind or saved.work_type_id,
            goal_id=find_goal(session, goal).id if goal else saved.goal_id,
            organisation_id=at or saved.organisation_id,
            status=status or saved.status,
            since=maybe_day(session, since, "--since") or saved.since,
            until=last,
            text=text or saved.text,
            need=need or saved.need,
        )
        lines = visit_log(session, wanted, limit=limit or -1)
    emit(visits_table(lines), form, session.known_at)


@COMMAND.command(
    "done",
    help=N_("A planned visit took place.\n\nWhat you give replaces what was planned."),
    examples=('socius visit done 7f3k2 --note "Goed gesprek"', "socius visit done VER-02 --on -1"),
)
@_which
@_which_day
@option("--on", metavar=N_("DATE"), help=N_("The day it took place, if it was another."))
@option("--mode", type=MODES, help=N_("How you met."))
@option(
    "--goal", multiple=True, metavar="CODE", help=N_("A goal that it was about."), completer=goals
)
@option(
    "--need", multiple=True, metavar="TAG", help=N_("A need that you heard."), completer=need_tags
)
@option("--note", metavar="TEXT", help=N_("What was said."))
@option("--met", multiple=True, metavar="NAME", help=N_("Somebody you met."))
@option("--private-note", metavar="TEXT", help=N_("A note that no export ever contains."))
@click.pass_obj
def done_(state: State, /, visit: str, date: str | None, on: str | None, **fields: Any) -> None:
    """Complete a planned visit."""
    from socius_tui.services.visiting import CompleteVisit

    _change(state, CompleteVisit, visit, date, on, status="planned", **fields)


@COMMAND.command(
    "edit",
    help=N_(
        "Change a visit; what you do not give stays as it is.\n\n"
        "Goals, needs and people met that you give replace all that were there."
    ),
    examples=("socius visit edit 7f3k2 --on 15/3/2018 --goal OD1.2",),
)
@_which
@_which_day
@option("--on", metavar=N_("DATE"), help=N_("Another day for the visit."))
@option("--mode", type=MODES, help=N_("How you met."))
@option(
    "--goal", multiple=True, metavar="CODE", help=N_("A goal that it was about."), completer=goals
)
@option(
    "--need", multiple=True, metavar="TAG", help=N_("A need that you heard."), completer=need_tags
)
@option("--note", metavar="TEXT", help=N_("What was said."))
@option("--met", multiple=True, metavar="NAME", help=N_("Somebody you met."))
@option("--private-note", metavar="TEXT", help=N_("A note that no export ever contains."))
@option("--visitor", metavar="NAME", help=N_("Who went."), completer=persons)
@click.pass_obj
def edit(state: State, /, visit: str, date: str | None, on: str | None, **fields: Any) -> None:
    """Change a visit."""
    from socius_tui.services.visiting import EditVisit

    _change(state, EditVisit, visit, date, on, status=None, **fields)


def _change(
    state: State,
    use_case: Any,
    visit: str,
    date: str | None,
    on: str | None,
    *,
    status: str | None,
    mode: str | None,
    goal: tuple[str, ...],
    need: tuple[str, ...],
    note: str | None,
    met: tuple[str, ...],
    private_note: str | None,
    visitor: str | None = None,
) -> None:
    from socius_tui.cli.choosing import find_visit
    from socius_tui.services.resolve import find_goal, find_person

    with state.session() as session:
        found = find_visit(session, visit, maybe_day(session, date, "--date"), status)
        operation = use_case.of(
            visit_id=found.id,
            visited_on=maybe_day(session, on, "--on"),
            mode=mode,
            visitor_id=find_person(session, visitor).id if visitor else None,
            goal_ids=tuple(find_goal(session, code).id for code in goal) if goal else None,
            needs=need or None,
            met=met or None,
            summary=note,
            private_note=private_note,
        )
        done = state.write(session, operation)
    tell(done.title)


@COMMAND.command(
    "cancel",
    help=N_("A planned visit will not take place.\n\nIt stays in the log as cancelled."),
    examples=('socius visit cancel 7f3k2 --reason "Ziek"',),
)
@_which
@_which_day
@option("--reason", default="", metavar="TEXT", help=N_("Why; it is kept with the visit."))
@click.pass_obj
def cancel(state: State, visit: str, date: str | None, reason: str) -> None:
    """Cancel a planned visit."""
    from socius_tui.cli.choosing import find_visit
    from socius_tui.services.visiting import CancelVisit

    with state.session() as session:
        found = find_visit(session, visit, maybe_day(session, date, "--date"), "planned")
        done = state.write(session, CancelVisit.of(visit_id=found.id, reason=reason))
    tell(done.title)


@COMMAND.command(
    "retire",
    help=N_(
        "Take a visit that was logged by mistake out of the log.\n\n"
        "What was promised in it goes too. Nothing is deleted: it can be restored."
    ),
    examples=("socius visit retire 7f3k2",),
)
@_which
@_which_day
@click.pass_obj
def retire(state: State, visit: str, date: str | None) -> None:
    """Take a visit out."""
    from socius_tui.cli.choosing import find_visit
    from socius_tui.services.visiting import RetireVisit

    with state.session() as session:
        found = find_visit(session, visit, maybe_day(session, date, "--date"))
        done = state.write(session, RetireVisit.of(visit_id=found.id))
    tell(done.title)
