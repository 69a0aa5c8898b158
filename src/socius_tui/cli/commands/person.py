"""`socius person`: the staff."""

from __future__ import annotations

import click

from socius_tui.cli.context import State
from socius_tui.cli.output import emit, tell
from socius_tui.cli.parts import Group, Words, argument, format_option, option
from socius_tui.i18n import N_

ROLES = ("contact_person", "director", "reader")


@click.group("person", cls=Group, help=N_("The staff: who does the visits and enters the numbers."))
def COMMAND() -> None:
    """The group."""


@COMMAND.command(
    "add",
    help=N_("Add a member of staff."),
    examples=('socius person add "An Peeters"', 'socius person add "Jo Maes" --role director'),
)
@argument("name", metavar=N_("NAME"), help=N_("First and last name."))
@option("--role", type=Words(*ROLES), default="contact_person", help=N_("What they are here."))
@click.pass_obj
def add(state: State, name: str, role: str) -> None:
    """Add a person."""
    from socius_tui.services.assigning import AddPerson

    with state.session() as session:
        # Whoever adds the first person cannot be somebody yet.
        done = session.write(AddPerson.of(name=name, role=role))
    tell(done.title)


@COMMAND.command("list", help=N_("The staff, and what they are contact person for."))
@format_option
@click.pass_obj
def list_(state: State, form: str) -> None:
    """Print the staff."""
    from socius_tui.services.exchange.tables import StaffRow, staff_table
    from socius_tui.services.register import staff, work_types

    with state.session() as session:
        types = work_types(session)
        rows = [
            StaffRow(p, tuple(w.name for w in types if w.contact_person_id == p.id))
            for p in staff(session)
        ]
    emit(staff_table(rows), form)
