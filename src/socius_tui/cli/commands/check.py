"""`socius check`: whether the file is whole, and what to do when it is not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from socius_tui.cli.asking import sure
from socius_tui.cli.context import State
from socius_tui.cli.output import emit, print_line, tell
from socius_tui.cli.parts import Command, format_option, option
from socius_tui.cli.patience import Patience
from socius_tui.domain.text import clean
from socius_tui.errors import EXIT_DATA, EXIT_DONE, EXIT_FILE, InvalidInput
from socius_tui.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from socius_tui.domain.findings import CheckReport


@click.command(
    "check",
    cls=Command,
    help=N_(
        "Look whether the file is whole, and its contents agree.\n\n"
        "It reads everything and changes nothing: what SQLite says of the file, every row against "
        "the journal, the journal against itself, the search index, the plan, the assignments. "
        "Each finding says what to do. The exit code is 0 when all is well, 1 when something in "
        "the data does not agree, 3 when the file is damaged.\n\n"
        "--repair makes again what can be made again, after a copy of the file; --accept takes "
        "over what another program did to the rows; --salvage saves what can still be read of a "
        "damaged file in a new one."
    ),
    examples=(
        "socius check",
        "socius check --format json",
        "socius check --repair",
        "socius check --salvage saved.db --page-one backups/socius.db",
    ),
)
@option("--repair", is_flag=True, help=N_("Make again what can be made again; rows as journalled."))
@option("--accept", is_flag=True, help=N_("Journal what is in the rows and not in the journal."))
@option(
    "--salvage",
    metavar=N_("NEWFILE"),
    help=N_("Save what can be read of a damaged file in a new file; the damaged one is only read."),
)
@option(
    "--page-one",
    metavar=N_("BACKUP"),
    help=N_("With --salvage: a backup of this file, to take its first page from if that is lost."),
)
@option("--yes", is_flag=True, help=N_("Do not ask before repairing or accepting."))
@format_option
@click.pass_obj
def COMMAND(
    state: State,
    repair: bool,
    accept: bool,
    salvage: str | None,
    page_one: str | None,
    yes: bool,
    form: str,
) -> int:
    """Check, repair, accept or salvage."""
    if repair + accept + (salvage is not None) > 1:
        raise InvalidInput(_("Choose one of --repair, --accept and --salvage."))
    if page_one is not None and salvage is None:
        raise InvalidInput(_("--page-one belongs with --salvage."), field="--page-one")
    if salvage is not None:
        return _salvage(state, Path(salvage).expanduser(), page_one, form)
    if repair:
        return _repair(state, form, yes=yes)
    if accept:
        return _accept(state, form, yes=yes)
    return _show(_checked(state), form)


def _checked(state: State) -> CheckReport:
    from socius_tui.services.checking import check_file

    with Patience() as patience:
        return check_file(state.path, progress=patience.tell)


def _show(report: CheckReport, form: str) -> int:
    """Print the findings; gives the exit code."""
    from socius_tui.services.checking import summary
    from socius_tui.services.exchange.check_tables import findings_table

    if form != "table" or report.findings:
        emit(findings_table(report.findings), form)
    if form == "table":
        print_line(summary(report))
    if report.damaged:
        return EXIT_FILE
    return EXIT_DATA if report.findings else EXIT_DONE


def _repair(state: State, form: str, *, yes: bool) -> int:
    from socius_tui.services.repairing import repair_file

    before = _checked(state)
    if not before.damaged:
        return _show(before, form)
    if not yes:
        _show(before, form)
    if not (yes or sure(_("Repair what can be repaired? A copy of the file is made first."))):
        return EXIT_FILE
    with Patience() as patience:
        patience.tell(_("What can be made again is made again …"))
        repaired = repair_file(state.path)
    if form == "table":
        print_line(_("Copy of the file as it was: {path}").format(path=clean(str(repaired.copy))))
        for sentence in repaired.done:
            tell(sentence)
    return _show(_checked(state), form)


def _accept(state: State, form: str, *, yes: bool) -> int:
    from socius_tui.services.repairing import TakeOver

    before = _checked(state)
    if not any(finding.code.startswith("row.") for finding in before.findings):
        return _show(before, form)
    if not yes:
        _show(before, form)
    if not (yes or sure(_("Write what is in the rows in the journal?"))):
        return EXIT_FILE
    with state.session() as session:
        changes = state.write(session, TakeOver())
    if form == "table":
        tell(changes.title)
    return _show(_checked(state), form)


def _salvage(state: State, target: Path, page_one: str | None, form: str) -> int:
    from socius_tui.services.exchange.check_tables import salvaged_table
    from socius_tui.services.repairing import salvage_file

    backup = Path(page_one).expanduser() if page_one else None
    with Patience() as patience:
        patience.tell(_("What can be read is read …"))
        saved = salvage_file(state.path, target, page_one=backup)
    emit(salvaged_table(saved.outcome.tables), form)
    if form != "table":
        return EXIT_DONE
    rows = sum(table.rows for table in saved.outcome.tables)
    tell(
        _("{rows} rows and {changes} changes of the journal are in {path}.").format(
            rows=rows, changes=saved.outcome.changes, path=target
        )
    )
    if saved.outcome.changes_lost:
        tell(
            ngettext(
                "{n} change of the journal is lost: the history lacks it.",
                "{n} changes of the journal are lost: the history lacks them.",
                saved.outcome.changes_lost,
            ).format(n=saved.outcome.changes_lost)
        )
    if saved.review is not None:
        count = len(saved.outcome.review)
        tell(
            ngettext(
                "{n} row to look at is in {path}.", "{n} rows to look at are in {path}.", count
            ).format(n=count, path=saved.review)
        )
    print_line(
        _("Look at it with `socius --db FILE`, then put it in the place of the damaged file.")
    )
    return EXIT_DONE
