"""`socius mandate`: where the centre sits, and when somebody was last there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from socius_tui.cli.completing import goals, persons
from socius_tui.cli.context import State, maybe_day
from socius_tui.cli.output import emit, tell
from socius_tui.cli.parts import Group, argument, format_option, option
from socius_tui.i18n import N_, _

if TYPE_CHECKING:
    from socius_tui.services.session import Session

_KINDS = click.Choice(["mandate", "membership", "network", "policy_watch"])


@click.group(
    "mandate", cls=Group, help=N_("Mandates, memberships, networks and policy that is followed.")
)
def COMMAND() -> None:
    """The group."""


_which = argument(
    "mandate",
    metavar=N_("ENTRY"),
    help=N_("Short code of the entry: the first column of `socius mandate list`."),
)


def _find(session: Session, typed: str) -> str:
    """The id of an entry by its short code. Raises NotFound or Ambiguous."""
    from socius_tui.services.handles import by_handle_in, the_one
    from socius_tui.services.representing import register_of_mandates

    names = {entry.id: entry.name for entry in register_of_mandates(session)}
    found = [i for i in by_handle_in(session, "mandate", typed) if i in names]
    return the_one(found, names.__getitem__, typed, _("mandate"), "socius mandate list")


@COMMAND.command(
    "list",
    looks_back=True,
    help=N_("The register, with the last time that somebody was there."),
    examples=("socius mandate list --kind network", "socius mandate list --format csv"),
)
@option("--kind", type=_KINDS, help=N_("Only of this kind."))
@option("--person", metavar="NAME", help=N_("Only of this representative."), completer=persons)
@format_option
@click.pass_obj
def list_(state: State, kind: str | None, person: str | None, form: str) -> None:
    """Print the register."""
    from socius_tui.domain.mandates import MandateKind
    from socius_tui.services.exchange.mandates_table import mandates_table
    from socius_tui.services.representing import register_of_mandates
    from socius_tui.services.resolve import find_person

    with state.session() as session:
        entries = register_of_mandates(
            session,
            kind=MandateKind(kind) if kind else None,
            person_id=find_person(session, person).id if person else None,
        )
        table = mandates_table(entries, session.as_of)
    emit(table, form, session.known_at)


@COMMAND.command(
    "add",
    help=N_("Enter a mandate, membership, network or policy to follow."),
    examples=('socius mandate add "Sectorraad" --who "An Peeters" --from 1/1/2016',),
)
@argument("name", metavar=N_("NAME"), help=N_("What it is called."))
@option("--kind", type=_KINDS, default="mandate", help=N_("What it is, if not a mandate."))
@option("--who", metavar="NAME", help=N_("Who goes."), completer=persons)
@option("--convenor", default="", metavar="TEXT", help=N_("Who calls it together."))
@option("--goal", metavar="CODE", help=N_("The goal that it serves."), completer=goals)
@option("--from", "since", metavar=N_("DATE"), help=N_("The first day."))
@option("--until", metavar=N_("DATE"), help=N_("The last day."))
@click.pass_obj
def add(
    state: State,
    name: str,
    kind: str,
    who: str | None,
    convenor: str,
    goal: str | None,
    since: str | None,
    until: str | None,
) -> None:
    """Add an entry."""
    from socius_tui.services.handles import handle
    from socius_tui.services.representing import AddMandate
    from socius_tui.services.resolve import find_goal, find_person

    with state.session() as session:
        entry = AddMandate.of(
            kind=kind,
            name=name,
            convenor=convenor,
            representative_id=find_person(session, who).id if who else None,
            goal_id=find_goal(session, goal).id if goal else None,
            starts_on=maybe_day(session, since, "--from"),
            ends_on=maybe_day(session, until, "--until"),
        )
        done = state.write(session, entry)
    tell(f"{done.title} ({handle(done.ids('mandate')[0])})")


@COMMAND.command(
    "attended",
    help=N_("Somebody was there, today unless you give a day."),
    examples=("socius mandate attended 7f3k2 --on yesterday",),
)
@_which
@option("--on", metavar=N_("DATE"), help=N_("The day, if not today."))
@option("--who", metavar="NAME", help=N_("Who, if not the representative."), completer=persons)
@click.pass_obj
def attended(state: State, mandate: str, on: str | None, who: str | None) -> None:
    """Log an attendance."""
    from socius_tui.services.representing import LogAttendance
    from socius_tui.services.resolve import find_person

    with state.session() as session:
        attendance = LogAttendance.of(
            mandate_id=_find(session, mandate),
            attended_on=maybe_day(session, on, "--on") or session.today,
            person_id=find_person(session, who).id if who else None,
        )
        done = state.write(session, attendance)
    tell(done.title)


@COMMAND.command(
    "end",
    help=N_("It ends, today unless you give a day."),
    examples=("socius mandate end 7f3k2 --on 31/12/2018",),
)
@_which
@option("--on", metavar=N_("DATE"), help=N_("The last day, if not today."))
@click.pass_obj
def end(state: State, mandate: str, on: str | None) -> None:
    """End an entry."""
    from socius_tui.services.representing import EndMandate

    with state.session() as session:
        ending = EndMandate.of(
            mandate_id=_find(session, mandate),
            ends_on=maybe_day(session, on, "--on") or session.today,
        )
        done = state.write(session, ending)
    tell(done.title)


@COMMAND.command(
    "edit",
    help=N_("Change an entry; what you do not give stays as it is."),
    examples=('socius mandate edit 7f3k2 --who "An Peeters"',),
)
@_which
@option("--name", metavar="TEXT", help=N_("What it is called."))
@option("--who", metavar="NAME", help=N_("Who goes."), completer=persons)
@option("--convenor", metavar="TEXT", help=N_("Who calls it together."))
@option("--purpose", metavar="TEXT", help=N_("What for."))
@option("--from", "since", metavar=N_("DATE"), help=N_("The first day."))
@option("--until", metavar=N_("DATE"), help=N_("The last day."))
@click.pass_obj
def edit(
    state: State,
    mandate: str,
    name: str | None,
    who: str | None,
    convenor: str | None,
    purpose: str | None,
    since: str | None,
    until: str | None,
) -> None:
    """Change an entry."""
    from socius_tui.services.representing import EditMandate
    from socius_tui.services.resolve import find_person

    with state.session() as session:
        change = EditMandate.of(
            mandate_id=_find(session, mandate),
            name=name,
            convenor=convenor,
            purpose=purpose,
            representative_id=find_person(session, who).id if who else None,
            starts_on=maybe_day(session, since, "--from"),
            ends_on=maybe_day(session, until, "--until"),
        )
        done = state.write(session, change)
    tell(done.title)


@COMMAND.command(
    "remove",
    help=N_("Take out an entry that was a mistake; one that is over, ends."),
    examples=("socius mandate remove 7f3k2",),
)
@_which
@click.pass_obj
def remove(state: State, mandate: str) -> None:
    """Take an entry out."""
    from socius_tui.services.representing import RetireMandate

    with state.session() as session:
        done = state.write(session, RetireMandate.of(mandate_id=_find(session, mandate)))
    tell(done.title)
