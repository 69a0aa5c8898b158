"""`socius rhythm`: how long a kind of organisation may be without a visit."""

from __future__ import annotations

import click

from socius_tui.cli.completing import work_types
from socius_tui.cli.context import State
from socius_tui.cli.output import emit, tell
from socius_tui.cli.parts import Group, Whole, Words, argument, format_option, option
from socius_tui.errors import NotFound
from socius_tui.i18n import N_, _

SIZES = Words("small", "medium", "large")

_work_type = argument(
    "work_type", metavar=N_("WORK_TYPE"), help=N_("Its name or code."), completer=work_types
)


@click.group("rhythm", cls=Group, help=N_("How often a kind of organisation is to be visited."))
def COMMAND() -> None:
    """The group."""


@COMMAND.command(
    "set",
    help=N_(
        "Choose how many days may lie between two visits: ideally, and at most.\n\n"
        "`socius touch` lists the organisations that were left alone longer than that."
    ),
    examples=(
        "socius rhythm set Bewegingen 180 365",
        "socius rhythm set Verenigingen 120 240 --size large",
    ),
)
@_work_type
@argument("ideal", type=Whole(), metavar=N_("IDEAL"), help=N_("Days, as a rule."))
@argument("most", type=Whole(), metavar=N_("MOST"), help=N_("Days, at most."))
@option("--size", type=SIZES, help=N_("Only for organisations of this size."))
@click.pass_obj
def set_(state: State, work_type: str, ideal: int, most: int, size: str | None) -> None:
    """Choose a rhythm."""
    from socius_tui.services.resolve import find_work_type
    from socius_tui.services.rhythm import SetRhythm

    with state.session() as session:
        done = state.write(
            session,
            SetRhythm.of(
                work_type_id=find_work_type(session, work_type).id,
                ideal_days=ideal,
                maximum_days=most,
                size=size,
            ),
        )
    tell(done.title)


@COMMAND.command("list", help=N_("The rhythms that were chosen."), examples=("socius rhythm list",))
@format_option
@click.pass_obj
def list_(state: State, form: str) -> None:
    """Print the rhythms."""
    from socius_tui.domain.touch import USUAL
    from socius_tui.services.exchange.planner_tables import rhythms_table
    from socius_tui.services.rhythm import rhythms

    with state.session() as session:
        found = rhythms(session)
    emit(rhythms_table(found), form)
    if form == "table":
        tell(
            _("For all others: {ideal} days ideally, {most} at most.").format(
                ideal=USUAL.ideal_days, most=USUAL.maximum_days
            )
        )


@COMMAND.command(
    "remove",
    help=N_("Go back to the usual rhythm."),
    examples=("socius rhythm remove Verenigingen --size large",),
)
@_work_type
@option("--size", type=SIZES, help=N_("The one of this size."))
@click.pass_obj
def remove(state: State, work_type: str, size: str | None) -> None:
    """Take a rhythm out."""
    from socius_tui.services.resolve import find_work_type
    from socius_tui.services.rhythm import RetireRhythm, rhythms

    with state.session() as session:
        wanted = (find_work_type(session, work_type).id, size or "")
        found = next((r for r in rhythms(session) if (r.work_type_id, r.size) == wanted), None)
        if found is None:
            raise NotFound(
                _("No rhythm was chosen for that."),
                hint=_("`socius rhythm list` shows those that were."),
            )
        done = state.write(session, RetireRhythm.of(rhythm_id=found.id))
    tell(done.title)
