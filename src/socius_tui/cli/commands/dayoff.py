"""`socius dayoff`: days on which somebody, or nobody, makes visits."""

from __future__ import annotations

import click

from socius_tui.cli.completing import persons
from socius_tui.cli.context import State, day, maybe_day
from socius_tui.cli.output import emit, tell
from socius_tui.cli.parts import Group, argument, format_option, option
from socius_tui.i18n import N_, _


@click.group("dayoff", cls=Group, help=N_("Days off, which the plan of visits keeps free."))
def COMMAND() -> None:
    """The group."""


@COMMAND.command(
    "add",
    help=N_(
        "Note days off.\n\n"
        "Public holidays and the pauses of the plan are known; this is for leave, study days and "
        "bridging days."
    ),
    examples=(
        "socius dayoff add 3/9/2018 --until 7/9/2018 --note Verlof",
        "socius dayoff add 2/11/2018 --everybody --note Brugdag",
    ),
)
@argument("first", metavar=N_("DATE"), help=N_("The first day, or the only one."))
@option("--until", metavar=N_("DATE"), help=N_("The last day."))
@option("--person", metavar="NAME", help=N_("Of whom, if not of you."), completer=persons)
@option("--everybody", is_flag=True, help=N_("Nobody makes visits then."))
@option("--note", default="", metavar="TEXT", help=N_("Why."))
@click.pass_obj
def add(
    state: State, first: str, until: str | None, person: str | None, everybody: bool, note: str
) -> None:
    """Note days off."""
    from socius_tui.services.days_off import AddDayOff
    from socius_tui.services.resolve import find_person

    with state.session() as session:
        if everybody:
            who = None
        else:
            who = find_person(session, person).id if person else state.me(session)
        done = state.write(
            session,
            AddDayOff.of(
                person_id=who,
                starts_on=day(session, first, "DATE"),
                ends_on=maybe_day(session, until, "--until"),
                label=note,
            ),
        )
    tell(done.title)


@COMMAND.command(
    "list", help=N_("Days off that are not over."), examples=("socius dayoff list --all",)
)
@option("--all", "every", is_flag=True, help=N_("Also those that are over."))
@format_option
@click.pass_obj
def list_(state: State, every: bool, form: str) -> None:
    """Print days off."""
    from socius_tui.services.days_off import days_off
    from socius_tui.services.exchange.planner_tables import days_off_table

    with state.session() as session:
        found = days_off(session, since=None if every else session.as_of)
    if form == "table" and not found:
        tell(_("No days off were noted."))
        return
    emit(days_off_table(found), form)


@COMMAND.command(
    "remove", help=N_("Take days off out again."), examples=("socius dayoff remove 4k2",)
)
@argument("code", metavar="CODE", help=N_("Short code, the first column of `socius dayoff list`."))
@click.pass_obj
def remove(state: State, code: str) -> None:
    """Take days off out."""
    from socius_tui.services.days_off import RetireDayOff, days_off
    from socius_tui.services.handles import by_handle, the_one

    with state.session() as session:
        known = {each.id: each for each in days_off(session)}
        found = the_one(
            by_handle(code, known),
            lambda identifier: known[identifier].label,
            code,
            _("day off"),
            "socius dayoff list --all",
        )
        done = state.write(session, RetireDayOff.of(day_off_id=found))
    tell(done.title)
