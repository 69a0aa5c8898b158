"""`socius agenda`: what is to be done, and when."""

from __future__ import annotations

import click

from socius_tui.cli.completing import persons
from socius_tui.cli.context import State, maybe_day
from socius_tui.cli.output import emit, tell_aside
from socius_tui.cli.parts import Command, Words, format_option, option
from socius_tui.domain.agenda import AgendaFilter, Matter, arranged
from socius_tui.i18n import N_, _


@click.command(
    "agenda",
    cls=Command,
    looks_back=True,
    help=N_(
        "What is to be done, and when.\n\n"
        "Planned visits, follow-ups, actions of the year programme, what is promised for each "
        "year, milestones, the next target of each indicator, and indicators without fresh data."
    ),
    examples=(
        "socius agenda --mine",
        'socius agenda --person "An Peeters" --until 31/7/2018',
        "socius agenda --kind visit --format csv",
    ),
)
@option("--person", metavar="NAME", help=N_("Only of this person."), completer=persons)
@option("--mine", is_flag=True, help=N_("Only your own."))
@option("--kind", type=Words(*Matter), help=N_("Only of this kind."))
@option("--until", metavar=N_("DATE"), help=N_("Only what is due by this day, or has no day."))
@format_option
@click.pass_obj
def COMMAND(
    state: State,
    person: str | None,
    mine: bool,
    kind: str | None,
    until: str | None,
    form: str,
) -> None:
    """Print the agenda."""
    from socius_tui.services.agenda import MOST, completed, dated, standing
    from socius_tui.services.exchange.agenda_tables import agenda_table
    from socius_tui.services.resolve import find_person
    from socius_tui.services.wording import kind_word

    with state.session() as session:
        owner = find_person(session, person).id if person else None
        wanted = AgendaFilter(
            state.me(session) if mine else owner,
            Matter(kind) if kind else None,
            maybe_day(session, until, "--until"),
        )
        found = dated(session, wanted)
        parts = arranged(completed(found, standing(session), wanted), session.as_of)
        as_of = session.as_of
    emit(agenda_table(parts, as_of), form, session.known_at)
    for cut in found.cut:
        tell_aside(
            _("Only the first {n} of the kind “{kind}” are listed; see more with --person.").format(
                n=MOST, kind=kind_word(cut)
            )
        )
