"""Minds closed periods: the one place that sees every change before it is committed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from socius_tui.domain.closing import KINDS, LONGEST_REASON, PeriodLock, says
from socius_tui.domain.dates import format_date
from socius_tui.domain.model import Period
from socius_tui.errors import InvalidInput, PeriodClosed
from socius_tui.i18n import _, get_language
from socius_tui.services.session import Session
from socius_tui.store import locks
from socius_tui.store.journal.touched import Touched, touched_rows
from socius_tui.store.unit_of_work import Transaction


def mind_closed_periods(transaction: Transaction, reason: str) -> None:
    """Let a change inside a closed period pass with a reason only, and write down that it was.

    Runs inside the transaction, after everything else of the change set was written. A row
    whose own mark (`late_change`) comes or goes in this set is left alone: so an undo can give
    back what was closed, and a redo brings the change back with its mark.

    Raises PeriodClosed without a reason, InvalidInput for one that cannot be kept.
    """
    connection = transaction.connection
    closed = locks.closed_periods(connection)
    rows = touched_rows(connection, (*KINDS, "late_change"))
    marks = {
        (cells["period_lock_id"], cells["kind"], cells["row_id"])
        for row in rows
        if row.kind == "late_change"
        for cells in (row.before, row.after)
        if cells is not None
    }
    late = [
        (lock, row)
        for lock in closed
        for row in rows
        if row.kind != "late_change"
        and (lock.id, row.kind, row.row_id) not in marks
        and says(row.kind, row.before, lock.period) != says(row.kind, row.after, lock.period)
    ]
    if not late:
        return
    if not reason:
        raise _closed(list(dict.fromkeys(lock for lock, _row in late)))
    if len(reason) > LONGEST_REASON:
        raise InvalidInput(
            _("The reason is {n} characters long, and at most {most} fit.").format(
                n=len(reason), most=LONGEST_REASON
            ),
            field="reason",
            hint=_("Say it shorter."),
        )
    for lock, row in late:
        _mark(transaction, lock, row, reason)


def _mark(transaction: Transaction, lock: PeriodLock, row: Touched, reason: str) -> None:
    cells = row.after or row.before or {}
    transaction.insert(
        "late_change",
        {
            "period_lock_id": lock.id,
            "kind": row.kind,
            "row_id": row.row_id,
            "indicator_id": _id(cells.get("indicator_id")),
            "goal_id": _id(cells.get("goal_id")),
            "reason": reason,
            "changed_by": transaction.actor,
            "changed_at": transaction.stamp,
        },
    )


def _id(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _closed(touched: Sequence[PeriodLock]) -> PeriodClosed:
    return PeriodClosed(
        " ".join(closed_sentence(lock) for lock in touched)
        + " "
        + _("A change inside it needs a reason."),
        title=_("Closed period"),
        hint=_("Give the reason with --late-reason, or let a director reopen the period."),
    )


def closed_sentence(lock: PeriodLock) -> str:
    """Which period was closed, when, and by whom where that is known."""
    text = (
        _("The period {start} to {end} was closed by {person} on {day}.")
        if lock.closed_by
        else _("The period {start} to {end} was closed on {day}.")
    )
    language = get_language()
    return text.format(
        start=format_date(lock.period.start, language),
        end=format_date(lock.period.end, language),
        person=lock.closed_by,
        day=format_date(date.fromisoformat(lock.closed_at[:10]), language),
    )


def next_to_close(session: Session) -> Period:
    """What a director would close next: up to the end of the first year that is still open.

    A year that is not over ends with its last half that is, else today.
    """
    plan = session.plan().rules.period
    start = plan.start
    for lock in closed_periods(session):
        if lock.period.start <= start <= lock.period.end:
            start = lock.period.end + timedelta(days=1)
    ends = (date(start.year, 12, 31), date(start.year, 6, 30), session.today)
    end = next((day for day in ends if start <= day <= session.today), start)
    return Period(start, min(end, plan.end))


def period_locks(session: Session) -> list[PeriodLock]:
    """All periods that were ever closed, those reopened since too; the last one first."""
    return session.read(locks.period_locks)


def closed_periods(session: Session) -> list[PeriodLock]:
    """The periods that are closed now, the first one first."""
    return session.read(locks.closed_periods)
