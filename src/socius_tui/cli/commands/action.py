"""`socius action`: what is done in a year for a goal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from socius_tui.cli.completing import goals, persons
from socius_tui.cli.context import State, invalid, maybe_day
from socius_tui.cli.output import emit, tell
from socius_tui.cli.parts import Group, Whole, Words, argument, format_option, option
from socius_tui.domain.programme import STATES
from socius_tui.i18n import N_, _, get_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from socius_tui.services.session import Session

NOTHING: Final = "-"  # typed for an owner, a day or an amount, it makes it empty


@click.group("action", cls=Group, help=N_("The year programme: add, list, edit, state."))
def COMMAND() -> None:
    """The group."""


def _actions(state: State) -> Sequence[tuple[str, str]]:
    """Codes of actions."""
    from socius_tui.services.programme import action_list

    with state.session() as session:
        return [(line.code, line.title) for line in action_list(session)]


_which = argument(
    "action", metavar=N_("ACTION"), help=N_("Code or title of the action."), completer=_actions
)
_owner = option("--owner", metavar="NAME", help=N_("Who does it; - for nobody."), completer=persons)
_due = option("--due", metavar=N_("DATE"), help=N_("Before when; - for no day."))
_planned = option(
    "--planned", metavar="EURO", help=N_("What it may cost, in euro; - for no amount.")
)
_spent = option("--spent", metavar="EURO", help=N_("What it cost so far; - for no amount."))
_summary = option("--summary", metavar="TEXT", help=N_("What it is, in more words."))


@COMMAND.command(
    "add",
    help=N_(
        "Put an action in the programme of a year.\n\n"
        "It stands under an operational goal, an objective or a basic task, and gets a code by "
        "itself."
    ),
    examples=(
        'socius action add OD1.1 "Leertraject vrijwilligersbeleid" --year 2018 --due 30/9/2018',
        'socius action add OD2.3 "Studiedag" --year 2018 --planned 4500 --owner "An Peeters"',
    ),
)
@argument("goal", metavar="CODE", help=N_("The goal that it is for."), completer=goals)
@argument("title", metavar=N_("TITLE"), help=N_("What is done."))
@option("--year", type=Whole(), metavar="Y", help=N_("The year, if not this one."))
@option("--state", type=Words(*STATES), help=N_("How it is going."))
@_owner
@_due
@_planned
@_spent
@_summary
@click.pass_obj
def add(state: State, /, goal: str, title: str, year: int | None, **given: str | None) -> None:
    """Add an action."""
    from socius_tui.services.acting import AddAction
    from socius_tui.services.resolve import find_goal

    with state.session() as session:
        adding = AddAction.of(
            goal_id=find_goal(session, goal).id,
            title=title,
            year=year or session.as_of.year,
            **_fields(session, given),
        )
        done = state.write(session, adding)
    tell(done.title)


@COMMAND.command(
    "list",
    looks_back=True,
    help=N_("The actions, in the order of the plan."),
    examples=("socius action list --year 2018", "socius action list --mine --format csv"),
)
@option("--year", type=Whole(), metavar="Y", help=N_("Only of this year."))
@option("--goal", metavar="CODE", help=N_("Only for this goal."), completer=goals)
@option("--owner", metavar="NAME", help=N_("Only of this person."), completer=persons)
@option("--mine", is_flag=True, help=N_("Only your own."))
@option("--state", "how", type=Words(*STATES), help=N_("Only those that go like this."))
@format_option
@click.pass_obj
def list_(
    state: State,
    year: int | None,
    goal: str | None,
    owner: str | None,
    mine: bool,
    how: str | None,
    form: str,
) -> None:
    """Print the actions."""
    from socius_tui.services.exchange.agenda_tables import actions_table
    from socius_tui.services.programme import action_list
    from socius_tui.services.resolve import find_goal, find_person

    with state.session() as session:
        owner_id = find_person(session, owner).id if owner else None
        lines = action_list(
            session,
            year=year,
            goal_id=find_goal(session, goal).id if goal else None,
            owner_id=state.me(session) if mine else owner_id,
            state=how,
        )
    emit(actions_table(lines), form, session.known_at)


@COMMAND.command(
    "edit",
    help=N_("Change an action; what you do not give stays as it is."),
    examples=(
        "socius action edit OD1.1-2018-1 --due 1/11/2018 --planned 3000",
        "socius action edit OD1.1-2018-1 --owner -",
    ),
)
@_which
@option("--title", metavar="TEXT", help=N_("What is done."))
@option("--year", type=Whole(), metavar="Y", help=N_("The year of the programme."))
@option("--state", type=Words(*STATES), help=N_("How it is going."))
@_owner
@_due
@_planned
@_spent
@_summary
@click.pass_obj
def edit(
    state: State, /, action: str, title: str | None, year: int | None, **given: str | None
) -> None:
    """Change an action."""
    from socius_tui.services.acting import EditAction

    with state.session() as session:
        fields = _fields(session, given)
        fields |= {"title": title} if title is not None else {}
        fields |= {"year": year} if year is not None else {}
        if not fields:
            raise invalid("ACTION", _("nothing was given to change"), _("Give one of the options."))
        change = EditAction.of(action_id=_found(session, action), **fields)
        done = state.write(session, change)
    tell(done.title)


@COMMAND.command(
    "state",
    help=N_("Say how an action is going: planned, under_way, done or dropped."),
    examples=("socius action state OD1.1-2018-1 done",),
)
@_which
@argument("how", type=Words(*STATES), help=N_("The new state."))
@click.pass_obj
def state_(state: State, action: str, how: str) -> None:
    """Another state."""
    from socius_tui.services.acting import SetActionState

    with state.session() as session:
        setting = SetActionState.of(action_id=_found(session, action), state=how)
        done = state.write(session, setting)
    tell(done.title)


@COMMAND.command(
    "retire",
    help=N_("Take an action that was a mistake out of the programme.\n\nNothing is deleted."),
    examples=("socius action retire OD1.1-2018-1",),
)
@_which
@click.pass_obj
def retire(state: State, action: str) -> None:
    """Take an action out."""
    from socius_tui.services.acting import RetireAction

    with state.session() as session:
        done = state.write(session, RetireAction.of(action_id=_found(session, action)))
    tell(done.title)


def _found(session: Session, typed: str) -> str:
    """The action that is meant. Raises NotFound or Ambiguous."""
    from socius_tui.services.programme import action_list
    from socius_tui.services.resolve import Named, choose

    named = [Named(line.id, line.code, line.title) for line in action_list(session)]
    return choose(typed, named, _("action")).id


def _fields(session: Session, given: dict[str, str | None]) -> dict[str, Any]:
    """The fields of the use case, of the options that were given. Raises InvalidInput."""
    from socius_tui.services.resolve import find_person

    fields: dict[str, Any] = {}
    for name in ("state", "summary"):
        if given[name] is not None:
            fields[name] = given[name]
    if (owner := given["owner"]) is not None:
        fields["owner_id"] = None if owner == NOTHING else find_person(session, owner).id
    if (due := given["due"]) is not None:
        fields["due_on"] = None if due == NOTHING else maybe_day(session, due, "--due")
    for name in ("planned", "spent"):
        if (amount := given[name]) is not None:
            fields[f"budget_{name}"] = None if amount == NOTHING else _euro(amount, f"--{name}")
    return fields


def _euro(typed: str, option: str) -> str:
    from socius_tui.domain.money import parse_euro
    from socius_tui.domain.problem import InputProblem

    try:
        return parse_euro(typed, get_language())
    except InputProblem as problem:
        raise invalid(option, problem.message, problem.hint) from problem
