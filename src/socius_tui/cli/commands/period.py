"""`socius period`: close a reporting period, reopen it, list what was closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from socius_tui.cli.context import State
from socius_tui.cli.output import emit, tell
from socius_tui.cli.parts import Group, argument, format_option, option
from socius_tui.i18n import N_, _

if TYPE_CHECKING:
    from socius_tui.domain.closing import PeriodLock
    from socius_tui.services.session import Session


@click.group(
    "period",
    cls=Group,
    help=N_(
        "Reporting periods: closed when they have been reported.\n\n"
        "Once a director has closed a period, a change inside it needs a reason (--late-reason "
        "with any command), and the status shows that it was made."
    ),
)
def COMMAND() -> None:
    """The group."""


@COMMAND.command(
    "list",
    looks_back=True,
    help=N_("The periods that were closed, who did it, and which were reopened."),
)
@format_option
@click.pass_obj
def list_(state: State, form: str) -> None:
    """Print the periods."""
    from socius_tui.services.closed_periods import period_locks
    from socius_tui.services.exchange.tables import periods_table

    with state.session() as session:
        found = period_locks(session)
    if found or form != "table":
        emit(periods_table(found), form, session.known_at)
    else:
        tell(_("No period was closed yet."))


_year = argument("year", required=False, metavar=N_("YEAR"), help=N_("The year, such as 2017."))
_from = option("--from", "start", metavar=N_("DATE"), help=N_("Or: from this day."))
_until = option("--until", "end", metavar=N_("DATE"), help=N_("And: until this day."))


@COMMAND.command(
    "close",
    help=N_(
        "Close a period that was reported.\n\n"
        "Only a director can. Measurements, visits, targets, narratives, follow-ups and "
        "assignments inside it can still be changed, but with a reason, and it shows."
    ),
    examples=(
        'socius period close 2017 --note "Voortgangsrapport ingediend"',
        "socius period close --from 1/1/2018 --until 30/6/2018",
    ),
)
@_year
@_from
@_until
@option("--note", default="", metavar="TEXT", help=N_("What it was closed for."))
@click.pass_obj
def close(state: State, year: str | None, start: str | None, end: str | None, note: str) -> None:
    """Close a period."""
    from socius_tui.cli.choosing import period
    from socius_tui.services.locking import ClosePeriod

    with state.session() as session:
        first, last = period(session, year, start, end, year_name=_("YEAR"))
        done = state.write(session, ClosePeriod.of(starts_on=first, ends_on=last, note=note))
    tell(done.title)


@COMMAND.command(
    "reopen",
    help=N_(
        "Open a closed period again.\n\n"
        "Only a director can, with a --reason. Who closed it and who opened it stays in the list, "
        "and so do the marks of what was changed meanwhile."
    ),
    examples=('socius period reopen 2017 --reason "Cijfers van de federatie kwamen te laat"',),
)
@_year
@_from
@_until
@option("--reason", required=True, metavar="TEXT", help=N_("Why it is opened again."))
@click.pass_obj
def reopen(state: State, year: str | None, start: str | None, end: str | None, reason: str) -> None:
    """Reopen a period."""
    from socius_tui.services.locking import ReopenPeriod

    with state.session() as session:
        lock = _closed(session, year, start, end)
        done = state.write(session, ReopenPeriod.of(period_lock_id=lock.id, reason=reason))
    tell(done.title)


def _closed(session: Session, year: str | None, start: str | None, end: str | None) -> PeriodLock:
    """The closed period with exactly these days. Raises NotFound, with those that there are."""
    from socius_tui.cli.choosing import period
    from socius_tui.errors import NotFound
    from socius_tui.services.closed_periods import closed_periods
    from socius_tui.services.late_marks import period_text
    from socius_tui.services.rules import shown_date

    wanted = period(session, year, start, end, year_name=_("YEAR"))
    there = closed_periods(session)
    found = next((lock for lock in there if lock.period == wanted), None)
    if found is not None:
        return found
    labels = [period_text(lock.period) for lock in there]
    raise NotFound(
        _("The period {start} to {end} is not closed.").format(
            start=shown_date(wanted[0]), end=shown_date(wanted[1])
        ),
        hint=_("Closed are: {periods}.").format(periods="; ".join(labels))
        if labels
        else _("No period is closed."),
        candidates=labels,
    )
