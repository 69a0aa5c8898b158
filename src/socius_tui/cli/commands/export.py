"""`socius export`: tables, a workbook and other files for other programs and other people."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from socius_tui.cli.context import State, invalid, maybe_day
from socius_tui.cli.output import tell, write_exactly
from socius_tui.cli.parts import Group, Words, argument, option
from socius_tui.i18n import N_, _

FORMS = ("csv", "json", "jsonl", "markdown")


@click.group(
    "export",
    cls=Group,
    help=N_(
        "Write a table, a workbook or a calendar to a file.\n\n"
        "For other programs: commas, points, dates as 2018-06-30. With --excel it opens right in "
        "a Belgian Excel: semicolons and decimal commas. The end of the file's name says the "
        "form: .csv, .json, .jsonl (an object a line) or .md. The columns are explained in "
        "docs/csv.md. The private note of a visit is in none of them."
    ),
    examples=(
        "socius export status status.csv",
        "socius export visits bezoeken.csv --excel --force",
        "socius export status - --as-of 31/12/2017 --known-at 15/1/2018",
        "socius export measurements metingen.jsonl --since 1/1/2018",
        "socius export workbook beleidsplan.xlsx",
    ),
)
def COMMAND() -> None:
    """The group."""


_file = argument("file", metavar=N_("FILE"), help=N_("The file to write; - is the screen."))
_target = argument("file", metavar=N_("FILE"), help=N_("The file to write."))
_form = option(
    "--format", "form", type=Words(*FORMS), help=N_("Its form; without it the name says so.")
)
_excel = option(
    "--excel", is_flag=True, help=N_("For a Belgian Excel: BOM, semicolons, decimal commas.")
)
_force = option("--force", is_flag=True, help=N_("Replace the file if it is there."))
_since = option("--since", metavar=N_("DATE"), help=N_("Only from this day on."))
_until = option("--until", metavar=N_("DATE"), help=N_("Only up to this day."))
_open = option("--open", "open_only", is_flag=True, help=N_("Only what is still to be done."))
_private = option(
    "--include-private", "private", is_flag=True, help=N_("Yes, I want this personal data.")
)


def _table(kind: str, about: str, *options: Callable[[Any], Any]) -> None:
    """A command that writes one table."""

    @click.pass_obj
    def run(state: State, /, file: str, **given: Any) -> None:
        _write(state, kind, file, **given)

    for each in (_force, _excel, _form, *reversed(options), _file):
        run = each(run)
    COMMAND.command(kind, looks_back=True, help=about)(run)


_table("status", N_("The plan, its goals and indicators as they stand on a day."))
_table("visits", N_("The log of visits, without private notes."), _since, _until)
_table("measurements", N_("All measurements as they were entered."), _since, _until)
_table("coverage", N_("Organisations visited, by work type."), _since, _until)
_table("follow-ups", N_("What was promised, done or not."), _open)
_table("actions", N_("The actions of the year programmes, with their budgets."))
_table("organisations", N_("The register, in columns that an import takes again."))
_table("assignments", N_("Who is contact person for which work type, and when."))
_table("history", N_("Every change, a row a column."), _since, _until)
_table("contacts", N_("People at organisations: personal data."), _private)


def _write(
    state: State,
    kind: str,
    file: str,
    *,
    form: str | None,
    excel: bool,
    force: bool,
    since: str | None = None,
    until: str | None = None,
    **flags: bool,
) -> None:
    from socius_tui.services.exchange.exporting import Wanted, export_parts, write_export
    from socius_tui.services.exchange.forms import form_of
    from socius_tui.services.exchange.targets import rows_said

    path = Path(file).expanduser()
    with state.session() as session:
        wanted = Wanted(
            kind,
            form or form_of(file),
            excel,
            maybe_day(session, since, "--since"),
            maybe_day(session, until, "--until"),
            **flags,
        )
        if file == "-":
            write_exactly(export_parts(session, wanted))
            return
        written = write_export(session, wanted, path, force=force)
    tell(rows_said(written.rows, path, written.content))


@COMMAND.command(
    "workbook",
    looks_back=True,
    help=N_(
        "A workbook for Excel or LibreOffice, to read and to hand on.\n\n"
        "Status in colours and words, a sheet with a chart for each strategic goal, coverage, "
        "visits without private notes, and how good the data are. Every text stays a text: "
        "nothing in it is run as a formula."
    ),
    examples=(
        "socius export workbook beleidsplan.xlsx",
        "socius export workbook eind-2017.xlsx --as-of 31/12/2017",
    ),
)
@_target
@_force
@click.pass_obj
def workbook(state: State, file: str, force: bool) -> None:
    """Write the workbook."""
    if file == "-":
        raise invalid("-", _("a workbook is not for the screen"), _("Give the name of a file."))
    _to_file(state, "workbook", file, force=force)


@COMMAND.command(
    "results",
    looks_back=True,
    help=N_(
        "Baseline, targets and actual values of each indicator, as JSON.\n\n"
        "Named after the results of the IATI standard; docs/results.md and "
        "docs/results.schema.json say what is in it."
    ),
    examples=("socius export results resultaten.json",),
)
@_file
@_force
@click.pass_obj
def results(state: State, file: str, force: bool) -> None:
    """Write the results."""
    if file != "-":
        _to_file(state, "results", file, force=force)
        return
    from socius_tui.services.exchange.resultsfile import results as found
    from socius_tui.services.exchange.resultsfile import results_text

    with state.session() as session:
        write_exactly([results_text(found(session))])


@COMMAND.command(
    "calendar",
    looks_back=True,
    help=N_(
        "A calendar to read in Outlook, Google Calendar or another program.\n\n"
        "Planned visits, follow-ups with the day on which they are due, and targets falling due. "
        "Read again later, it changes what is there. No private notes, and nobody's address."
    ),
    examples=("socius export calendar socius.ics", "socius export calendar mijn.ics --mine"),
)
@_file
@option("--mine", is_flag=True, help=N_("Only what is yours."))
@_force
@click.pass_obj
def calendar(state: State, file: str, mine: bool, force: bool) -> None:
    """Write the calendar."""
    from socius_tui.services.exchange.calendarfile import calendar_bytes, write_calendar
    from socius_tui.services.exchange.targets import events_said

    with state.session() as session:
        person_id = state.me(session) if mine else None
        if file == "-":
            write_exactly([calendar_bytes(session, person_id)[0]])
            return
        path = Path(file).expanduser()
        count = write_calendar(session, path, person_id, force=force)
    tell(events_said(count, path))


def _to_file(state: State, kind: str, file: str, *, force: bool) -> None:
    from socius_tui.services.exchange.targets import Target, write_target

    with state.session() as session:
        tell(write_target(session, Target(kind, Path(file).expanduser(), force=force)))
