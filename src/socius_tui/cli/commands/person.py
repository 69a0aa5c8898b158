"""`socius person`: the staff."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from socius_tui.cli.asking import sure
from socius_tui.cli.context import State
from socius_tui.cli.output import emit, print_list, print_sheet, tell, write_exactly
from socius_tui.cli.parts import Group, Words, argument, format_option, option
from socius_tui.errors import RuleBroken
from socius_tui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from socius_tui.services.erasing import Holding
    from socius_tui.services.session import Session

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


@COMMAND.command(
    "list", looks_back=True, help=N_("The staff, and what they are contact person for.")
)
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
    emit(staff_table(rows), form, session.known_at)


_who = argument("name", metavar=N_("NAME"), help=N_("The whole name of the person."))
_where = option(
    "--organisation",
    metavar=N_("ORGANISATION"),
    help=N_("Only as a contact of, or met at, this organisation."),
)


@COMMAND.command(
    "extract",
    help=N_(
        "Everything that the file holds on somebody, to give to them.\n\n"
        "Staff, contacts of organisations and people met; also the texts that name them, what "
        "they wrote, and half-filled forms. Without FILE it says how much there is."
    ),
    examples=(
        'socius person extract "Mia Janssens"',
        'socius person extract "Mia Janssens" mia.json',
    ),
)
@_who
@argument("file", metavar=N_("FILE"), required=False, help=N_("A JSON file; - is the screen."))
@_where
@option("--force", is_flag=True, help=N_("Replace the file if it is there."))
@click.pass_obj
def extract(
    state: State, name: str, file: str | None, organisation: str | None, force: bool
) -> None:
    """Give what is held on a person."""
    import json

    from socius_tui.services import erasing

    with state.session() as session:
        found = _held(session, name, organisation)
        everything = erasing.extract(session, found)
    if file is None:
        _show(found)
        return
    text = json.dumps(everything, ensure_ascii=False, indent=2) + "\n"
    if file == "-":
        write_exactly([text])
        return
    from socius_tui.services.exchange.newfile import write_file

    path = Path(file).expanduser()
    write_file(path, [text], force=force)
    tell(_("Written to {path}").format(path=path))


@COMMAND.command(
    "erase",
    help=N_(
        "Erase what identifies somebody, for good.\n\n"
        "Name, e-mail and telephone disappear from the lists, from every text, from the history, "
        "from half-filled forms and from the search index. Visits and numbers stay. It cannot be "
        "undone. First it shows what there is, and asks. What only hints at somebody (a first "
        "name, a function) is yours to find: `socius person extract` helps."
    ),
    examples=(
        'socius person erase "Mia Janssens"',
        'socius person erase "Mia Janssens" --delete-backups --reason "Op eigen vraag"',
    ),
)
@_who
@_where
@option("--reason", default="", metavar="TEXT", help=N_("Why; without the name."))
@option("--delete-backups", is_flag=True, help=N_("Delete the backups in which it still stands."))
@option("--yes", is_flag=True, help=N_("Do not ask."))
@click.pass_obj
def erase(
    state: State,
    name: str,
    organisation: str | None,
    reason: str,
    delete_backups: bool,
    yes: bool,
) -> None:
    """Erase a person."""
    from socius_tui.services import erasing

    with state.session() as session:
        found = _held(session, name, organisation)
        _show(found)
        if not yes and not sure(_("Erase this for good?")):
            raise RuleBroken(_("Nothing was erased."))
        done = state.write(session, erasing.ErasePerson(found, reason))
        session.compact()
    tell(done.title)
    if delete_backups:
        count = erasing.remove_copies(found)
        tell(
            ngettext("{n} file with it deleted", "{n} files with it deleted", count).format(n=count)
        )
    elif found.copies:
        print_list(
            _("It still stands in these files; delete them, or give --delete-backups:"),
            [str(copy) for copy in found.copies],
        )


def _held(session: Session, name: str, organisation: str | None) -> Holding:
    from socius_tui.services.erasing import holding
    from socius_tui.services.resolve import find_organisation

    where = find_organisation(session, organisation).id if organisation else None
    return holding(session, name, where)


def _show(found: Holding) -> None:
    """How much there is, and which texts name the person."""
    kinds = [row.kind for row in found.rows]
    facts = [
        (_("staff"), kinds.count("person")),
        (_("contacts"), kinds.count("organisation_contact")),
        (_("met at visits"), kinds.count("visit_met")),
        (_("named in texts"), len(found.mentions)),
    ]
    print_sheet(found.name, [(label, str(count)) for label, count in facts if count])
    print_list(_("Texts"), [" ".join(mention.text.split())[:100] for mention in found.mentions])
