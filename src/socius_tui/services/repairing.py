"""Repairs a file, takes over what is in its rows only, and salvages a damaged one."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from socius_tui.domain.changes import Change
from socius_tui.domain.moments import milliseconds
from socius_tui.domain.titles import said
from socius_tui.i18n import N_, _, ngettext
from socius_tui.services.clock import Clock, SystemClock
from socius_tui.services.exchange.newfile import write_file
from socius_tui.store import repairs
from socius_tui.store.backup_files import folder_of, reserve
from socius_tui.store.driver import Connection, sync_folder
from socius_tui.store.journal.comparison import differences, take_over
from socius_tui.store.problems import disk_problem
from socius_tui.store.salvage import Salvaged, salvage
from socius_tui.store.unit_of_work import Transaction


class Repaired(NamedTuple):
    """The copy that was kept of the file as it was, and what was done, in sentences."""

    copy: Path
    done: tuple[str, ...]


def repair_file(path: Path, *, clock: Clock | None = None) -> Repaired:
    """Make again what can be made again, after a copy; see `store.repairs` for the steps.

    Raises FileProblem when the file, or the copy, cannot be written.
    """
    now = (clock or SystemClock()).now()
    copy, done = repairs.repair(path, lambda connection: _keep_copy(connection, path, now))
    return Repaired(copy, tuple(filter(None, (_sentence(each) for each in done))))


def _keep_copy(connection: Connection, path: Path, now: datetime) -> Path:
    """The file as it is, byte for byte, among its backups; a damaged one as well.

    The bytes come from SQLite: to open the file beside it would drop its locks. It has no
    manifest, so it is checked again before anybody brings it back.
    """
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    try:
        backup, temporary = reserve(path, version, now, "repair")
        try:
            with temporary.open("wb") as file:
                file.write(connection.serialize())
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, backup.path)
            sync_folder(backup.path.parent)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise disk_problem(error, folder_of(path)) from error
    return backup.path


_COULD_NOT: Final = {
    "schema": N_("Triggers and indexes could not be compared."),
    "indexes": N_("The indexes could not be made again."),
    "rows": N_("The rows could not be compared with the journal."),
    "counters": N_("The journal could not be counted."),
    "search": N_("The search index could not be made again."),
}


def _sentence(done: repairs.Done) -> str:
    """What a step did; nothing when there was nothing to do."""
    if done.made is None:
        return _(_COULD_NOT[done.step])
    if done.step == "indexes":
        return _("All indexes were made again.")
    if done.step == "search":
        return _("The search index was made again.")
    if done.made == 0:
        return ""
    if done.step == "counters":
        return _("The journal was counted again.")
    if done.step == "schema":
        return ngettext(
            "{n} trigger or index was made again.",
            "{n} triggers and indexes were made again.",
            done.made,
        ).format(n=done.made)
    return ngettext(
        "{n} row was made as the journal has it.",
        "{n} rows were made as the journal has them.",
        done.made,
    ).format(n=done.made)


class TakeOver:
    """Write in the journal what is in the rows and not in it."""

    def apply(self, transaction: Transaction) -> str:
        """Journal every row that is not as the journal has it."""
        found = list(differences(transaction.connection))
        take_over(transaction.connection, found, milliseconds(transaction.now))
        transaction.changes.extend(Change(d.kind, d.row_id, "changed") for d in found)
        return said("Taken over by a check")


class Saved(NamedTuple):
    """What salvage gave, in numbers, and the list to look at, if there is one."""

    outcome: Salvaged
    review: Path | None


def salvage_file(
    path: Path, target: Path, *, page_one: Path | None = None, clock: Clock | None = None
) -> Saved:
    """Make a new file of what can be read; what is unsure or left out goes in a CSV beside it.

    Raises FileProblem when the new file exists, or something cannot be read or written.
    """
    outcome = salvage(path, target, (clock or SystemClock()).now(), page_one)
    if not outcome.review:
        return Saved(outcome, None)
    from socius_tui.services.exchange.check_tables import review_table
    from socius_tui.services.exchange.csvfile import csv_lines

    review = target.with_name(target.name + ".review.csv")
    write_file(review, csv_lines(review_table(outcome.review)), force=True)
    return Saved(outcome, review)
