"""`socius organisation`: the register."""

from __future__ import annotations

from datetime import date

import click

from socius_tui.cli.asking import sure
from socius_tui.cli.completing import organisations, persons, work_types
from socius_tui.cli.context import State, maybe_day
from socius_tui.cli.output import (
    emit,
    print_known,
    print_line,
    print_list,
    print_sheet,
    print_table,
    tell,
)
from socius_tui.cli.parts import Group, Whole, argument, format_option, option
from socius_tui.cli.viewing import view_option, view_values
from socius_tui.domain.dates import format_date
from socius_tui.domain.filters import OrganisationFilter, VisitFilter
from socius_tui.domain.text import clean
from socius_tui.i18n import N_, _, get_language


@click.group("organisation", cls=Group, help=N_("The organisations that the plan is about."))
def COMMAND() -> None:
    """The group."""


@COMMAND.command(
    "list",
    help=N_(
        "The organisations, with their last visit and what was promised.\n\n"
        "Visits are counted from the start of the plan until today, or between --since and "
        "--until. With --next those that were never visited, or longest ago, come first."
    ),
    looks_back=True,
    examples=(
        "socius organisation list --work-type bewegingen",
        "socius organisation list --next --unvisited --limit 10",
    ),
)
@view_option
@option("--work-type", metavar="NAME", help=N_("Only this work type."), completer=work_types)
@option(
    "--contact-person",
    metavar="NAME",
    help=N_("Only work types that this person is contact person for."),
    completer=persons,
)
@option("--mine", is_flag=True, help=N_("Only those you are contact person for."))
@option("--unvisited", is_flag=True, help=N_("Only those that were not visited."))
@option("--next", "whom_next", is_flag=True, help=N_("Whom to visit next comes first."))
@option("--text", default="", metavar="TEXT", help=N_("Only where these words occur."))
@option("--since", metavar=N_("DATE"), help=N_("Count visits from this day."))
@option("--until", metavar=N_("DATE"), help=N_("Count visits until this day."))
@option("--limit", type=Whole(), metavar="N", help=N_("At most so many."))
@format_option
@click.pass_obj
def list_(
    state: State,
    view: str | None,
    work_type: str | None,
    contact_person: str | None,
    mine: bool,
    unvisited: bool,
    whom_next: bool,
    text: str,
    since: str | None,
    until: str | None,
    limit: int | None,
    form: str,
) -> None:
    """Print the register."""
    from socius_tui.services.exchange.tables import organisations_table
    from socius_tui.services.register import organisation_list
    from socius_tui.services.resolve import find_person, find_work_type

    with state.session() as session:
        saved = view_values(state, session, view, "organisations")
        first = session.plan().rules.period.start
        if view is not None and not saved.pop("whole_plan", False):
            first = date(session.as_of.year, 1, 1)  # as on the screen
        shown = OrganisationFilter(first, session.as_of, **saved)
        person_id = find_person(session, contact_person).id if contact_person else None
        kind = find_work_type(session, work_type).id if work_type else None
        wanted = shown._replace(
            since=maybe_day(session, since, "--since") or first,
            until=maybe_day(session, until, "--until") or session.as_of,
            work_type_id=kind or shown.work_type_id,
            contact_person_id=state.me(session) if mine else person_id or shown.contact_person_id,
            unvisited_only=unvisited or shown.unvisited_only,
            text=text or shown.text,
            order="next" if whom_next else shown.order,
        )
        lines = organisation_list(session, wanted, limit=limit or -1)
    emit(organisations_table(lines), form, session.known_at)


@COMMAND.command(
    "show",
    help=N_(
        "Everything about one organisation.\n\n"
        "Its place in the register, the people you meet there, its visits and what was promised."
    ),
    looks_back=True,
    examples=("socius organisation show VER-01",),
)
@argument(
    "organisation",
    metavar=N_("ORGANISATION"),
    help=N_("Code or name of the organisation; a part that only one has will do."),
    completer=organisations,
)
@click.pass_obj
def show(state: State, organisation: str) -> None:
    """Print the sheet."""
    from socius_tui.services.exchange.tables import visits_table
    from socius_tui.services.handles import handle
    from socius_tui.services.log import follow_up_list, visit_log
    from socius_tui.services.register import organisation as details
    from socius_tui.services.resolve import find_organisation
    from socius_tui.services.rules import present
    from socius_tui.services.wording import word

    with state.session() as session:
        found = find_organisation(session, organisation)
        detail = present(details(session, found.id))
        visits = visit_log(session, VisitFilter(organisation_id=found.id), limit=20)
        promised = follow_up_list(session, organisation_id=found.id)
    language = get_language()
    start, end = detail.recognised_from, detail.recognised_until
    print_sheet(
        f"{detail.code} {detail.name}".strip(),
        [
            (_("Work type"), detail.work_type),
            (_("Subtype"), detail.subtype),
            (_("Enterprise number"), detail.enterprise_number),
            (_("Municipality"), detail.municipality),
            (_("Size"), word(detail.size)),
            (_("Participation"), word(detail.participation)),
            (_("Federation"), detail.federation),
            (_("Recognised from"), format_date(start, language) if start else ""),
            (_("Recognised until"), format_date(end, language) if end else ""),
            (_("Contact person"), detail.contact_person),
            (_("Note"), detail.note),
        ],
    )
    print_list(
        _("People there"),
        [
            "  ".join(filter(None, (c.name, word(c.function), c.email, c.phone)))
            for c in detail.contacts
        ],
    )
    print_list(
        _("Open follow-ups"), [f"{handle(f.id)}  {f.what} ({f.owner or '–'})" for f in promised]
    )
    if visits:
        print_line("")
        print_table(visits_table(visits))
    print_known(session.known_at)


@COMMAND.command(
    "duplicates",
    help=N_(
        "Organisations in the register that may be one.\n\n"
        "They have the same enterprise number, or names that are much alike in the same "
        "municipality. `socius organisation merge` makes them one."
    ),
    examples=("socius organisation duplicates",),
)
@format_option
@click.pass_obj
def duplicates(state: State, form: str) -> None:
    """Print the pairs."""
    from socius_tui.services.exchange.import_tables import duplicates_table
    from socius_tui.services.merging import duplicates as found

    with state.session() as session:
        emit(duplicates_table(found(session)), form)


@COMMAND.command(
    "merge",
    help=N_(
        "Make one of two organisations that are the same.\n\n"
        "Visits and people of OTHER move to KEEP, what is empty in KEEP is taken over from OTHER, "
        "and OTHER leaves the register; a list that still has it is understood. `socius undo` "
        "takes it back."
    ),
    examples=("socius organisation merge VER-03 VER-41",),
)
@argument("keep", metavar=N_("KEEP"), help=N_("The one that stays."), completer=organisations)
@argument("other", metavar=N_("OTHER"), help=N_("The one that goes into it."),
          completer=organisations)  # fmt: skip
@option("--yes", is_flag=True, help=N_("Do not ask."))
@click.pass_obj
def merge(state: State, keep: str, other: str, yes: bool) -> None:
    """Merge them."""
    from socius_tui.services.merging import MergeOrganisations
    from socius_tui.services.resolve import find_organisation

    with state.session() as session:
        stays, goes = find_organisation(session, keep), find_organisation(session, other)
        work = MergeOrganisations.of(keep_id=stays.id, other_id=goes.id)
        question = _("Merge {other} with {keep}, which stays?").format(
            other=clean(goes.label, limit=100), keep=clean(stays.label, limit=100)
        )
        if not yes and not sure(question):
            print_line(_("Nothing was changed."))
            return
        tell(state.write(session, work).title)
