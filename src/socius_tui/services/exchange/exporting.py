"""Writes what somebody asks for to a file or a stream: which rows, in which form.

Measurements and visits go out while they are read, so a million of them take no memory; the
file is locked against writers that long. What is sent on to another program is written to a
temporary file first, since who reads slowly must not keep others from writing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from socius_tui.domain.filters import OrganisationFilter, VisitFilter, seen_until
from socius_tui.domain.history import HistoryFilter
from socius_tui.errors import InvalidInput
from socius_tui.i18n import _
from socius_tui.services.exchange import tables
from socius_tui.services.exchange.csvfile import header_line, row_line
from socius_tui.services.exchange.forms import parts
from socius_tui.services.exchange.tables import Table

if TYPE_CHECKING:
    from socius_tui.services.session import Session
    from socius_tui.store.driver import Connection

T = TypeVar("T")

KINDS: Final = (
    "status",
    "visits",
    "measurements",
    "coverage",
    "follow-ups",
    "actions",
    "organisations",
    "assignments",
    "history",
    "contacts",
)
_IN_MEMORY: Final = 4_000_000  # bytes of what goes to a stream


class Wanted(NamedTuple):
    """What to export: one of KINDS, of which days (both included), in which form.

    `private` says that somebody asked for personal data on purpose. `open_only` leaves out
    follow-ups that were done.
    """

    kind: str
    form: str = "csv"
    excel: bool = False
    since: date | None = None
    until: date | None = None
    private: bool = False
    open_only: bool = False


class Written(NamedTuple):
    """What went out: how many rows, and the SHA-256 of their exact CSV, whatever the form."""

    rows: int
    content: str


def write_export(session: Session, wanted: Wanted, path: Path, *, force: bool = False) -> Written:
    """Write a new file, whole or not at all. Raises FileProblem, and InvalidInput."""
    from socius_tui.services.exchange.newfile import write_file

    tally = Tally()
    with_table(
        session,
        wanted,
        lambda table: write_file(path, told(table, wanted, tally), force=force),
    )
    return tally.written


def export_parts(session: Session, wanted: Wanted) -> Iterator[bytes]:
    """The same for a stream, piece by piece, once it has all been read."""
    from tempfile import SpooledTemporaryFile

    with SpooledTemporaryFile(_IN_MEMORY) as file:

        def keep(table: Table) -> None:
            for part in told(table, wanted, Tally()):
                file.write(part.encode("utf-8", "replace") if isinstance(part, str) else part)

        with_table(session, wanted, keep)
        file.seek(0)
        while piece := file.read(1 << 16):
            yield piece


class Tally:
    """Counts the rows that pass and takes their content hash on the way: no second pass."""

    def __init__(self) -> None:
        from hashlib import sha256

        self._rows = 0
        self._found = sha256()

    def add(self, exact: bytes, rows: int = 1) -> None:
        """Rows that pass, as the exact CSV has them."""
        self._found.update(exact)
        self._rows += rows

    @property
    def written(self) -> Written:
        """What passed so far."""
        return Written(self._rows, self._found.hexdigest())


def told(table: Table, wanted: Wanted, tally: Tally) -> Iterator[str | bytes]:
    """The table in the form that is wanted, piece by piece; the tally sees what passes."""
    if wanted.form == "csv" and table.batches is not None:
        from socius_tui.services.exchange.fastcsv import fast_parts

        yield from fast_parts(table, tally.add, excel=wanted.excel)
        return
    tally.add(header_line(table).encode(), rows=0)

    def seen() -> Iterator[Any]:
        for row in table.rows:
            tally.add(row_line(table, row).encode("utf-8", "replace"))
            yield row

    yield from parts(table._replace(rows=seen()), wanted.form, excel=wanted.excel)


def with_table(session: Session, wanted: Wanted, use: Callable[[Table], T]) -> T:
    """Give the table to `use`, which may read its rows once, while that runs.

    Raises InvalidInput for personal data that nobody asked for on purpose, and RuleBroken
    for what needs a plan when there is none.
    """
    streamed = _STREAMED.get(wanted.kind)
    if streamed is None:
        return use(_WHOLE[wanted.kind](session, wanted))
    as_of, today = session.as_of, session.today
    return session.read(lambda connection: use(streamed(connection, wanted, as_of, today)))


# ---- read while it is written --------------------------------------------------------------


def _measurements(connection: Connection, wanted: Wanted, as_of: date, _today: date) -> Table:
    from socius_tui.store import measurements

    until = min(wanted.until or as_of, as_of)
    return tables.measurements_table(
        measurements.iterate_lines(connection, as_of=until, since=wanted.since),
        measurements.batches(connection, as_of=until, since=wanted.since),
    )


def _visits(connection: Connection, wanted: Wanted, as_of: date, today: date) -> Table:
    from socius_tui.store import visits

    chosen = VisitFilter(since=wanted.since, until=seen_until(as_of, today, wanted.until))
    return tables.visits_table(visits.iterate_lines(connection, chosen))


_STREAMED: Final = {"measurements": _measurements, "visits": _visits}


# ---- read first ----------------------------------------------------------------------------


def _status(session: Session, _wanted: Wanted) -> Table:
    from socius_tui.services.overview import plan_status

    status = plan_status(session)
    return tables.status_table(status.as_of, status.lines)


def _coverage(session: Session, wanted: Wanted) -> Table:
    from socius_tui.services.overview import coverage

    return tables.coverage_table(coverage(session, wanted.since, wanted.until))


def _follow_ups(session: Session, wanted: Wanted) -> Table:
    from socius_tui.services.log import follow_up_list

    return tables.follow_ups_table(follow_up_list(session, open_only=wanted.open_only))


def _actions(session: Session, _wanted: Wanted) -> Table:
    from socius_tui.services.exchange.agenda_tables import actions_table
    from socius_tui.services.programme import action_list

    return actions_table(action_list(session))


def _organisations(session: Session, _wanted: Wanted) -> Table:
    from socius_tui.services.register import organisation_list

    start = session.plan().rules.period.start
    window = OrganisationFilter(since=start, until=session.as_of)
    return tables.organisations_table(organisation_list(session, window))


def _assignments(session: Session, _wanted: Wanted) -> Table:
    from socius_tui.services.exchange.register_tables import assignments_table
    from socius_tui.services.register import assignments

    return assignments_table(assignments(session))


def _history(session: Session, wanted: Wanted) -> Table:
    from socius_tui.services.exchange.history_table import changes_table
    from socius_tui.services.history import iterate_changes, places

    chosen = HistoryFilter(since=wanted.since, until=wanted.until)
    return changes_table(iterate_changes(session, places(session, chosen)))


def _contacts(session: Session, wanted: Wanted) -> Table:
    from socius_tui.services.exchange.register_tables import contacts_table
    from socius_tui.services.register import contact_list

    if not wanted.private:
        raise InvalidInput(
            _("Contacts are personal data: names, e-mail addresses and telephone numbers."),
            field="private",
            title=_("Personal data"),
            hint=_("Say that you want them with --include-private, and keep the file to yourself."),
        )
    return contacts_table(contact_list(session))


_WHOLE: Final = {
    "status": _status,
    "coverage": _coverage,
    "follow-ups": _follow_ups,
    "actions": _actions,
    "organisations": _organisations,
    "assignments": _assignments,
    "history": _history,
    "contacts": _contacts,
}
