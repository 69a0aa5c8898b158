"""`socius analysis`: what was found when the plan was made, and whom the makers asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from socius_tui.cli.completing import goals
from socius_tui.cli.context import State
from socius_tui.cli.output import emit, print_line, tell, tell_wrapped
from socius_tui.cli.parts import Group, Words, argument, format_option, option
from socius_tui.domain.analysis import GRID, KINDS
from socius_tui.i18n import N_, _

if TYPE_CHECKING:
    from socius_tui.services.session import Session

STRATEGIES = tuple(word for row in GRID for word in row)

_which = argument(
    "statement",
    metavar=N_("FINDING"),
    help=N_("Short code, the first column of `socius analysis list`."),
)


@click.group(
    "analysis",
    cls=Group,
    help=N_(
        "The analysis of the plan: six lists on a grid of nine strategies.\n\n"
        "Weaknesses, strengths and aspirations are the rows; threats, opportunities and results "
        "the columns. A finding can have a place on its own line, and lead to goals."
    ),
)
def COMMAND() -> None:
    """The group."""


@COMMAND.command(
    "list",
    looks_back=True,
    help=N_("The findings."),
    examples=("socius analysis list --kind threat", "socius analysis list --format csv"),
)
@option("--kind", type=Words(*KINDS), help=N_("Only of this list."))
@option("--strategy", type=Words(*STRATEGIES), help=N_("Only with this place."))
@option("--goal", metavar="CODE", help=N_("Only those that led to this goal."), completer=goals)
@format_option
@click.pass_obj
def list_(
    state: State, kind: str | None, strategy: str | None, goal: str | None, form: str
) -> None:
    """Print findings."""
    from socius_tui.services.analysis import statements
    from socius_tui.services.exchange.background_tables import statements_table
    from socius_tui.services.resolve import find_goal

    with state.session() as session:
        goal_id = find_goal(session, goal).id if goal else None
        found = [
            each
            for each in statements(session)
            if kind in (None, each.kind)
            and strategy in (None, each.strategy)
            and (goal_id is None or any(link.goal_id == goal_id for link in each.goals))
        ]
        known_at = session.known_at
    if form == "table" and not found:
        tell(_("There are no findings like that."))
        return
    emit(statements_table(found), form, known_at)


@COMMAND.command(
    "add",
    help=N_("Add a finding to one of the lists."),
    examples=('socius analysis add threat "Energie wordt duurder" --place defend',),
)
@argument("kind", type=Words(*KINDS), metavar=N_("LIST"), help=N_("Which list."))
@argument("text", metavar="TEXT", help=N_("What was found."))
@option("--place", type=Words(*STRATEGIES), help=N_("Its place on the grid."))
@click.pass_obj
def add(state: State, kind: str, text: str, place: str | None) -> None:
    """Add one."""
    from socius_tui.services.analysis import AddStatement

    with state.session() as session:
        done = state.write(session, AddStatement.of(kind=kind, statement=text, strategy=place))
    tell(done.title)


@COMMAND.command(
    "edit",
    help=N_("Say a finding in other words; its place and its goals stay."),
    examples=('socius analysis edit 4k2m7p "Energie wordt snel duurder"',),
)
@_which
@argument("text", metavar="TEXT", help=N_("What was found."))
@click.pass_obj
def edit(state: State, statement: str, text: str) -> None:
    """Change the words of one."""
    from socius_tui.services.analysis import EditStatement, statements

    with state.session() as session:
        found = _find(session, statement)
        old = next(each for each in statements(session) if each.id == found)
        done = state.write(
            session,
            EditStatement.of(
                statement_id=found,
                statement=text,
                strategy=old.strategy or None,
                goal_ids=tuple(link.goal_id for link in old.goals),
            ),
        )
    tell(done.title)


@COMMAND.command(
    "place",
    help=N_("Give a finding its place on the grid, or take it off with `none`."),
    examples=("socius analysis place 4k2m7p defend", "socius analysis place 4k2 none"),
)
@_which
@argument(
    "strategy", type=Words(*STRATEGIES, "none"), metavar=N_("PLACE"), help=N_("The strategy.")
)
@click.pass_obj
def place(state: State, statement: str, strategy: str) -> None:
    """Place one."""
    from socius_tui.services.analysis import PlaceStatement

    with state.session() as session:
        done = state.write(
            session,
            PlaceStatement.of(
                statement_id=_find(session, statement),
                strategy=None if strategy == "none" else strategy,
            ),
        )
    tell(done.title)


@COMMAND.command(
    "link",
    help=N_("Say that a finding led to a goal."),
    examples=("socius analysis link 4k2 OD2.3", "socius analysis link 4k2 OD2.3 --off"),
)
@_which
@argument("goal", metavar="CODE", help=N_("The goal."), completer=goals)
@option("--off", is_flag=True, help=N_("Take that back."))
@click.pass_obj
def link(state: State, statement: str, goal: str, off: bool) -> None:
    """Link one."""
    from socius_tui.services.analysis import LinkStatement
    from socius_tui.services.resolve import find_goal

    with state.session() as session:
        done = state.write(
            session,
            LinkStatement.of(
                statement_id=_find(session, statement),
                goal_id=find_goal(session, goal).id,
                linked=not off,
            ),
        )
    tell(done.title)


@COMMAND.command(
    "remove", help=N_("Take a finding out."), examples=("socius analysis remove 4k2m7p",)
)
@_which
@click.pass_obj
def remove(state: State, statement: str) -> None:
    """Take one out."""
    from socius_tui.services.analysis import RetireStatement

    with state.session() as session:
        done = state.write(session, RetireStatement.of(statement_id=_find(session, statement)))
    tell(done.title)


@COMMAND.command(
    "survey",
    looks_back=True,
    help=N_("Whom the makers of the plan asked, and whether the table adds up."),
    examples=("socius analysis survey",),
)
@format_option
@click.pass_obj
def survey_(state: State, form: str) -> None:
    """Print the survey."""
    from socius_tui.services.analysis import survey
    from socius_tui.services.exchange.background_tables import survey_table
    from socius_tui.services.overview import coverage
    from socius_tui.services.survey_words import told

    with state.session() as session:
        found = survey(session)
        recognised = coverage(session)[-1].recognised
        known_at = session.known_at
    emit(survey_table(found.groups), form, known_at)
    if form == "table":
        print_line("")
        for line in told(found, recognised):
            tell_wrapped(line)


def _find(session: Session, typed: str) -> str:
    """The finding that a short code means."""
    from socius_tui.services.analysis import statements
    from socius_tui.services.handles import by_handle, the_one

    known = {each.id: each.statement for each in statements(session)}
    return the_one(
        by_handle(typed, known), known.__getitem__, typed, _("finding"), "socius analysis list"
    )
