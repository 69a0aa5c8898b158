"""Everything that can be written to a file, under one name each: tables, workbook, and others."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from socius_tui.i18n import N_, _, ngettext
from socius_tui.services.exchange.csvfile import HASH_SHOWN

if TYPE_CHECKING:
    from socius_tui.services.session import Session

#: What each is called, in the order in which somebody chooses.
NAMES: Final = {
    "status": N_("Status of the plan"),
    "visits": N_("Visits"),
    "measurements": N_("Measurements"),
    "coverage": N_("Coverage"),
    "follow-ups": N_("Follow-ups"),
    "actions": N_("Actions of the year programmes"),
    "organisations": N_("Organisations"),
    "assignments": N_("Contact persons by work type"),
    "history": N_("History"),
    "contacts": N_("Contacts of organisations (personal data)"),
    "workbook": N_("Workbook for Excel or LibreOffice"),
    "results": N_("Results (IATI, JSON)"),
    "calendar": N_("Calendar"),
}
#: Those that have one form only, by the end of their file's name.
ONE_FORM: Final = {"workbook": ".xlsx", "results": ".json", "calendar": ".ics"}
ENDINGS: Final = {"csv": ".csv", "excel": ".csv", "json": ".json", "jsonl": ".jsonl",
                  "markdown": ".md"}  # fmt: skip


class Target(NamedTuple):
    """What to write where; `form` is one of ENDINGS, of no use to what has one form only.

    Who chooses contacts by name wants personal data.
    """

    kind: str
    path: Path
    form: str = "csv"
    force: bool = False


def file_name(kind: str, form: str, as_of: date) -> str:
    """A name to begin with: what it is, and of which day."""
    return f"{kind}-{as_of.isoformat()}{ONE_FORM.get(kind) or ENDINGS[form]}"


def write_target(session: Session, target: Target) -> str:
    """Write it; gives the sentence that says what was done. Raises SociusError."""
    path, force = target.path, target.force
    if target.kind == "workbook":
        from socius_tui.services.exchange.workbook import write_workbook

        found = write_workbook(session, path, force=force)
        return _("Workbook written to {path}, content of the status {hash}").format(
            path=path, hash=found[:HASH_SHOWN]
        )
    if target.kind == "results":
        from socius_tui.services.exchange.newfile import write_file
        from socius_tui.services.exchange.resultsfile import results, results_text

        write_file(path, [results_text(results(session))], force=force)
        return _("Results written to {path}").format(path=path)
    if target.kind == "calendar":
        from socius_tui.services.exchange.calendarfile import write_calendar

        return events_said(write_calendar(session, path, force=force), path)
    from socius_tui.services.exchange.exporting import Wanted, write_export

    excel = target.form == "excel"
    wanted = Wanted(target.kind, "csv" if excel else target.form, excel, private=True)
    written = write_export(session, wanted, path, force=force)
    return rows_said(written.rows, path, written.content)


def rows_said(count: int, path: Path, content: str) -> str:
    """How many rows went where."""
    return ngettext(
        "{n} row written to {path}, content {hash}",
        "{n} rows written to {path}, content {hash}",
        count,
    ).format(n=count, path=path, hash=content[:HASH_SHOWN])


def events_said(count: int, path: Path) -> str:
    """How many events went where."""
    return ngettext("{n} event written to {path}", "{n} events written to {path}", count).format(
        n=count, path=path
    )
