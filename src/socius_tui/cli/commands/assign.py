"""`socius assign`: who is contact person for a work type."""

from __future__ import annotations

import click

from socius_tui.cli.completing import persons, work_types
from socius_tui.cli.context import State, day, maybe_day
from socius_tui.cli.output import tell
from socius_tui.cli.parts import Command, argument, option
from socius_tui.i18n import N_


@click.command(
    "assign",
    cls=Command,
    help=N_(
        "Make somebody the contact person of a work type.\n\n"
        "Who was it before hands over: that ends the day before, and the open follow-ups move."
    ),
    examples=('socius assign "An Peeters" bewegingen --from 1/9/2018',),
)
@argument("person", metavar=N_("PERSON"), help=N_("Name of the person."), completer=persons)
@argument(
    "work_type",
    metavar=N_("WORK_TYPE"),
    help=N_("Code or name of the work type."),
    completer=work_types,
)
@option("--from", "start", required=True, metavar=N_("DATE"), help=N_("The first day."))
@option("--until", "end", metavar=N_("DATE"), help=N_("The last day; without it, until further."))
@click.pass_obj
def COMMAND(state: State, person: str, work_type: str, start: str, end: str | None) -> None:
    """Assign a contact person."""
    from socius_tui.services.assigning import Assign
    from socius_tui.services.resolve import find_person, find_work_type

    with state.session() as session:
        assignment = Assign.of(
            person_id=find_person(session, person).id,
            work_type_id=find_work_type(session, work_type).id,
            starts_on=day(session, start, "--from"),
            ends_on=maybe_day(session, end, "--until"),
        )
        done = state.write(session, assignment)
    tell(done.title)
