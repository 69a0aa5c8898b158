"""`socius followup`: what was promised."""

from __future__ import annotations

import click

from socius_tui.cli.completing import goals, indicators, organisations, persons
from socius_tui.cli.context import State, maybe_day
from socius_tui.cli.output import emit, tell
from socius_tui.cli.parts import Group, Whole, argument, format_option, option
from socius_tui.i18n import N_


@click.group("followup", cls=Group, help=N_("What was promised: add, list, done."))
def COMMAND() -> None:
    """The group."""


_which = argument(
    "follow_up",
    metavar=N_("FOLLOW-UP"),
    help=N_("Short code of the follow-up: the first column of `socius followup list`."),
)


@COMMAND.command(
    "add",
    help=N_(
        "Promise something.\n\n"
        "A promise comes from a visit, a goal or an indicator: give one of them."
    ),
    examples=(
        'socius followup add "Handleiding bezorgen" --visit VER-01 --due +14',
        'socius followup add "Cijfers opvragen" --indicator OD1.1-a --owner "An Peeters"',
    ),
)
@argument("what", metavar=N_("TEXT"), help=N_("What is promised."))
@option("--visit", metavar=N_("VISIT"), help=N_("Short code or organisation of the visit."))
@option("--goal", metavar="CODE", help=N_("The goal that it is for."), completer=goals)
@option(
    "--indicator", metavar="CODE", help=N_("The indicator that it is for."), completer=indicators
)
@option("--due", metavar=N_("DATE"), help=N_("Before when."))
@option("--owner", metavar="NAME", help=N_("Who does it, if not you."), completer=persons)
@click.pass_obj
def add(
    state: State,
    what: str,
    visit: str | None,
    goal: str | None,
    indicator: str | None,
    due: str | None,
    owner: str | None,
) -> None:
    """Add a follow-up."""
    from socius_tui.cli.choosing import find_visit
    from socius_tui.services.following import AddFollowUp
    from socius_tui.services.handles import handle
    from socius_tui.services.resolve import find_goal, find_indicator, find_person

    with state.session() as session:
        promise = AddFollowUp.of(
            what=what,
            owner_id=find_person(session, owner).id if owner else None,
            due_on=maybe_day(session, due, "--due"),
            visit_id=find_visit(session, visit).id if visit else None,
            goal_id=find_goal(session, goal).id if goal else None,
            indicator_id=find_indicator(session, indicator).id if indicator else None,
        )
        done = state.write(session, promise)
    tell(f"{done.title} ({handle(done.ids('follow_up')[0])})")


@COMMAND.command(
    "list",
    looks_back=True,
    help=N_("What was promised and is still to be done, the earliest due first."),
    examples=("socius followup list --mine", "socius followup list --all --format csv"),
)
@option("--all", "everything", is_flag=True, help=N_("What is done too."))
@option("--owner", metavar="NAME", help=N_("Only of this person."), completer=persons)
@option("--mine", is_flag=True, help=N_("Only your own."))
@option("--organisation", metavar="NAME", help=N_("Only about this one."), completer=organisations)
@option("--limit", type=Whole(), metavar="N", help=N_("At most so many."))
@format_option
@click.pass_obj
def list_(
    state: State,
    everything: bool,
    owner: str | None,
    mine: bool,
    organisation: str | None,
    limit: int | None,
    form: str,
) -> None:
    """Print the follow-ups."""
    from socius_tui.services.exchange.tables import follow_ups_table
    from socius_tui.services.log import follow_up_list
    from socius_tui.services.resolve import find_organisation, find_person

    with state.session() as session:
        owner_id = find_person(session, owner).id if owner else None
        about = find_organisation(session, organisation).id if organisation else None
        lines = follow_up_list(
            session,
            owner_id=state.me(session) if mine else owner_id,
            open_only=not everything,
            organisation_id=about,
            limit=limit or -1,
        )
    emit(follow_ups_table(lines), form, session.known_at)


@COMMAND.command(
    "done",
    help=N_("A promise was kept."),
    examples=('socius followup done 7f3k2 --outcome "Per post verstuurd"',),
)
@_which
@option("--on", metavar=N_("DATE"), help=N_("The day it was done, if not today."))
@option("--outcome", default="", metavar="TEXT", help=N_("What came of it."))
@click.pass_obj
def done_(state: State, follow_up: str, on: str | None, outcome: str) -> None:
    """Close a follow-up."""
    from socius_tui.cli.choosing import find_follow_up
    from socius_tui.services.following import CloseFollowUp

    with state.session() as session:
        closing = CloseFollowUp.of(
            follow_up_id=find_follow_up(session, follow_up),
            done_on=maybe_day(session, on, "--on") or session.today,
            outcome=outcome,
        )
        done = state.write(session, closing)
    tell(done.title)


@COMMAND.command(
    "edit",
    help=N_("Change a promise; what you do not give stays as it is."),
    examples=("socius followup edit 7f3k2 --due 1/9/2018",),
)
@_which
@option("--what", metavar="TEXT", help=N_("What is promised."))
@option("--due", metavar=N_("DATE"), help=N_("Before when."))
@option("--owner", metavar="NAME", help=N_("Who does it."), completer=persons)
@click.pass_obj
def edit(
    state: State, follow_up: str, what: str | None, due: str | None, owner: str | None
) -> None:
    """Change a follow-up."""
    from socius_tui.cli.choosing import find_follow_up
    from socius_tui.services.following import EditFollowUp
    from socius_tui.services.resolve import find_person

    with state.session() as session:
        change = EditFollowUp.of(
            follow_up_id=find_follow_up(session, follow_up),
            what=what,
            owner_id=find_person(session, owner).id if owner else None,
            due_on=maybe_day(session, due, "--due"),
        )
        done = state.write(session, change)
    tell(done.title)


@COMMAND.command(
    "retire",
    help=N_("Take a promise that was a mistake out of the list.\n\nNothing is deleted."),
    examples=("socius followup retire 7f3k2",),
)
@_which
@click.pass_obj
def retire(state: State, follow_up: str) -> None:
    """Take a follow-up out."""
    from socius_tui.cli.choosing import find_follow_up
    from socius_tui.services.following import RetireFollowUp

    with state.session() as session:
        found = find_follow_up(session, follow_up)
        done = state.write(session, RetireFollowUp.of(follow_up_id=found))
    tell(done.title)
