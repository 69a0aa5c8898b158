"""`socius logic`: the Theory of Change of a goal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from socius_tui.cli.completing import goals, indicators
from socius_tui.cli.context import State
from socius_tui.cli.output import emit, tell
from socius_tui.cli.parts import Group, Words, argument, format_option, option
from socius_tui.domain.chain import LEVELS
from socius_tui.i18n import N_, _

if TYPE_CHECKING:
    from socius_tui.domain.chain import Step
    from socius_tui.services.session import Session

_goal = argument("goal", metavar="CODE", help=N_("The goal."), completer=goals)
_which = argument(
    "step", metavar=N_("STEP"), help=N_("Short code, the first column of `socius logic show`.")
)


@click.group(
    "logic",
    cls=Group,
    help=N_(
        "The Theory of Change of a goal: activity, output, outcome, impact.\n\n"
        "Each step can be watched by indicators of the plan; one that nothing watches says so."
    ),
)
def COMMAND() -> None:
    """The group."""


@COMMAND.command(
    "show",
    looks_back=True,
    help=N_("The chain of a goal, and how its indicators stand."),
    examples=("socius logic show OD1.3",),
)
@_goal
@format_option
@click.pass_obj
def show(state: State, goal: str, form: str) -> None:
    """Print a chain."""
    from socius_tui.services.chains import chain
    from socius_tui.services.exchange.background_tables import chain_table
    from socius_tui.services.resolve import find_goal

    with state.session() as session:
        found = chain(session, find_goal(session, goal).id)
        known_at = session.known_at
    if form == "table" and not found.steps:
        tell(_("{code} has no chain yet: `socius logic add` begins one.").format(code=found.code))
        return
    emit(chain_table(found), form, known_at)


@COMMAND.command(
    "add",
    help=N_("Add a step to the chain of a goal."),
    examples=('socius logic add OD1.3 output "Deelnemers zijn tevreden" --indicator OD1.3-b',),
)
@_goal
@argument("level", type=Words(*LEVELS), metavar=N_("LEVEL"), help=N_("Which level."))
@argument("text", metavar="TEXT", help=N_("What happens."))
@option("--assumption", default="", metavar="TEXT", help=N_("Why it leads to the next."))
@option(
    "--indicator", "watched", multiple=True, metavar="CODE",
    help=N_("An indicator that watches it; again for more."), completer=indicators,
)  # fmt: skip
@click.pass_obj
def add(
    state: State, goal: str, level: str, text: str, assumption: str, watched: tuple[str, ...]
) -> None:
    """Add a step."""
    from socius_tui.services.chains import AddStep
    from socius_tui.services.resolve import find_goal, find_indicator

    with state.session() as session:
        done = state.write(
            session,
            AddStep.of(
                goal_id=find_goal(session, goal).id,
                level=level,
                statement=text,
                assumption=assumption,
                indicator_ids=tuple(find_indicator(session, code).id for code in watched),
            ),
        )
    tell(done.title)


@COMMAND.command(
    "edit",
    help=N_("Change a step; what you do not give stays as it is."),
    examples=("socius logic edit OD1.3 4k2 --indicator OD1.3-b",),
)
@_goal
@_which
@option("--level", type=Words(*LEVELS), help=N_("Another level."))
@option("--text", metavar="TEXT", help=N_("What happens."))
@option("--assumption", metavar="TEXT", help=N_("Why it leads to the next."))
@option(
    "--indicator", "watched", multiple=True, metavar="CODE",
    help=N_("The indicators that watch it, in place of those before."), completer=indicators,
)  # fmt: skip
@click.pass_obj
def edit(
    state: State,
    goal: str,
    step: str,
    level: str | None,
    text: str | None,
    assumption: str | None,
    watched: tuple[str, ...],
) -> None:
    """Change a step."""
    from socius_tui.services.chains import EditStep
    from socius_tui.services.resolve import find_indicator

    with state.session() as session:
        old = _find(session, goal, step)
        ids = tuple(find_indicator(session, code).id for code in watched)
        done = state.write(
            session,
            EditStep.of(
                step_id=old.id,
                level=level or old.level,
                statement=text or old.statement,
                assumption=old.assumption if assumption is None else assumption,
                indicator_ids=ids or tuple(watch.indicator_id for watch in old.watches),
            ),
        )
    tell(done.title)


@COMMAND.command(
    "remove", help=N_("Take a step out."), examples=("socius logic remove OD1.3 4k2m7p",)
)
@_goal
@_which
@click.pass_obj
def remove(state: State, goal: str, step: str) -> None:
    """Take a step out."""
    from socius_tui.services.chains import RetireStep

    with state.session() as session:
        done = state.write(session, RetireStep.of(step_id=_find(session, goal, step).id))
    tell(done.title)


def _find(session: Session, goal: str, typed: str) -> Step:
    """The step of a goal that a short code means."""
    from socius_tui.services.chains import chain
    from socius_tui.services.handles import by_handle, the_one
    from socius_tui.services.resolve import find_goal

    known = {step.id: step for step in chain(session, find_goal(session, goal).id).steps}
    found = the_one(
        by_handle(typed, known),
        lambda identifier: known[identifier].statement,
        typed,
        _("step"),
        "socius logic show",
    )
    return known[found]
