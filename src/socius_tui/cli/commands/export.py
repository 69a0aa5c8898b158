"""`socius export`: tables for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from socius_tui.cli.context import State
from socius_tui.cli.output import content, tell, write_exactly
from socius_tui.cli.parts import Command, Words, argument, option
from socius_tui.i18n import N_, ngettext

if TYPE_CHECKING:
    from socius_tui.services.exchange.tables import Table
    from socius_tui.services.session import Session

KINDS = ("status", "visits", "measurements", "organisations", "history")


@click.command(
    "export",
    cls=Command,
    looks_back=True,
    help=N_(
        "Write a table to a CSV file.\n\n"
        "For other programs: commas, points, dates as 2018-06-30. With --excel it opens right in "
        "a Belgian Excel: semicolons and decimal commas. The columns are explained in "
        "docs/csv.md. The private note of a visit is in none of them."
    ),
    examples=(
        "socius export status status.csv",
        "socius export visits bezoeken.csv --excel --force",
        "socius export status - --as-of 31/12/2017 --known-at 15/1/2018",
    ),
)
@argument("what", type=Words(*KINDS), metavar=N_("WHAT"), help=" | ".join(KINDS))
@argument("file", metavar=N_("FILE"), help=N_("The file to write; - is the screen."))
@option("--excel", is_flag=True, help=N_("For a Belgian Excel: BOM, semicolons, decimal commas."))
@option("--force", is_flag=True, help=N_("Replace the file if it is there."))
@click.pass_obj
def COMMAND(state: State, what: str, file: str, excel: bool, force: bool) -> None:
    """Write an export."""
    from socius_tui.services.exchange.csvfile import csv_lines

    with state.session() as session:
        table = _table(session, what)
    if file == "-":
        write_exactly(csv_lines(table, excel=excel))
        return
    from socius_tui.services.exchange.newfile import write_file

    path = Path(file).expanduser()
    write_file(path, csv_lines(table, excel=excel), force=force)
    count = len(table.rows)
    tell(
        ngettext(
            "{n} row written to {path}, content {hash}",
            "{n} rows written to {path}, content {hash}",
            count,
        ).format(n=count, path=path, hash=content(table))
    )


def _table(session: Session, what: str) -> Table:
    from socius_tui.services.exchange import tables

    if what == "status":
        from socius_tui.services.overview import plan_status

        status = plan_status(session)
        return tables.status_table(status.as_of, status.lines)
    if what == "organisations":
        from socius_tui.domain.filters import OrganisationFilter
        from socius_tui.services.register import organisation_list

        period = session.plan().rules.period
        wanted = OrganisationFilter(since=period.start, until=session.as_of)
        return tables.organisations_table(organisation_list(session, wanted))
    if what == "history":
        from socius_tui.domain.history import HistoryFilter
        from socius_tui.services.exchange.history_table import changes_table
        from socius_tui.services.history import every_change, places

        return changes_table(every_change(session, places(session, HistoryFilter())))
    from socius_tui.services.log import measurement_list, visit_log

    if what == "measurements":
        return tables.measurements_table(measurement_list(session))
    from socius_tui.domain.filters import VisitFilter

    return tables.visits_table(visit_log(session, VisitFilter()))
