"""`socius touch`: organisations with whom touch is being lost."""

from __future__ import annotations

import click

from socius_tui.cli.completing import persons, work_types
from socius_tui.cli.context import State
from socius_tui.cli.output import emit, tell
from socius_tui.cli.parts import Command, format_option, option
from socius_tui.i18n import N_, _


@click.command(
    "touch",
    cls=Command,
    looks_back=True,
    help=N_(
        "Organisations that were not visited lately enough, the worst first.\n\n"
        "How long is too long is a rhythm by kind of organisation (`socius rhythm set`); where "
        "none was chosen it is a year ideally, and two at most."
    ),
    examples=("socius touch --mine", "socius touch --work-type Bewegingen --format csv"),
)
@option("--work-type", metavar="NAME", help=N_("Only of this work type."), completer=work_types)
@option("--contact-person", metavar="NAME", help=N_("Only of this person."), completer=persons)
@option("--mine", is_flag=True, help=N_("Only of which you are the contact person."))
@option("--all", "every", is_flag=True, help=N_("Also those that were visited lately."))
@format_option
@click.pass_obj
def COMMAND(
    state: State,
    work_type: str | None,
    contact_person: str | None,
    mine: bool,
    every: bool,
    form: str,
) -> None:
    """Print who is losing touch."""
    from socius_tui.services.exchange.planner_tables import touch_table
    from socius_tui.services.resolve import find_person, find_work_type
    from socius_tui.services.rhythm import losing_touch

    with state.session() as session:
        person = find_person(session, contact_person).id if contact_person else None
        found = losing_touch(
            session,
            work_type_id=find_work_type(session, work_type).id if work_type else None,
            contact_person_id=state.me(session) if mine else person,
            every=every,
        )
        known_at = session.known_at
    if form == "table" and not found:
        tell(_("Everybody was visited lately enough."))
        return
    emit(touch_table(found), form, known_at)
