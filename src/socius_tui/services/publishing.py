"""Keeps the status where other programs read it: the views v_goal_status and v_coverage.

How a goal stands cannot be worked out in SQL without a second set of rules, so the program
judges and keeps what it found, for the day that somebody chose or else for today. The views
say for which day that was, and whether anything was written since.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from socius_tui.domain.moments import moment_text
from socius_tui.domain.overview import StatusLine
from socius_tui.services.session import Session
from socius_tui.store.driver import Connection
from socius_tui.store.plans import load_plan
from socius_tui.store.published import (
    Line,
    Published,
    journal_length,
    keep,
    keep_lines,
    published,
)


def publish(
    session: Session, as_of: date | None = None, *, patience: float | None = None
) -> Published:
    """Work out the status of the file's plan and keep it, for a day that somebody chose.

    Without a day it is the one it is for the user, and follows that. `patience` is how many
    seconds it waits for a busy file, where that is not as long as ever. Raises RuleBroken when the
    file has no plan yet, FileProblem when it cannot be written.
    """
    from socius_tui.services.evidence import read_summed
    from socius_tui.services.kept_status import to_keep
    from socius_tui.services.overview import status_of

    plan = session.shown_plan()
    day = as_of or session.today
    evidence, sequence = session.database.read(
        lambda connection: (read_summed(connection, plan, day), journal_length(connection))
    )
    found = status_of(evidence).lines
    lines, exact = [_line(line) for line in found], to_keep(plan.id, day, sequence, found)
    about = Published(plan.id, day, as_of is not None, sequence, moment_text(session.now))

    def write(connection: Connection) -> None:
        keep(connection, about, lines)
        keep_lines(connection, exact)

    session.database.note(write, patience=patience)
    return about


def published_on(session: Session) -> date | None:
    """The day that somebody chose; None when it is today, whatever day that is."""
    kept = session.database.read(published)
    return kept.as_of if kept is not None and kept.pinned else None


def refresh(session: Session) -> bool:
    """Keep the status anew where it is not up to date any more; gives whether it was not.

    A file that is busy can wait: then Busy is raised. Does nothing in a file that has no plan,
    can only be read, or is looked at as known before.
    """
    if session.read_only or session.known_at is not None:
        return False

    def about(connection: Connection) -> tuple[str | None, Published | None, int]:
        plan = load_plan(connection)
        return plan and plan.id, published(connection), journal_length(connection)

    plan_id, kept, sequence = session.read(about)
    if plan_id is None:
        return False
    chosen = kept.as_of if kept is not None and kept.pinned and kept.plan_id == plan_id else None
    wanted = (plan_id, chosen or session.today, sequence)
    if kept is not None and (kept.plan_id, kept.as_of, kept.sequence) == wanted:
        return False
    publish(session, chosen, patience=0)
    return True


def _line(line: StatusLine) -> Line:
    return (
        *(line.id, line.level, line.code, line.title, line.unit),
        *map(_number, (line.baseline, line.target)),
        *map(_day, (line.period_start, line.period_end)),
        *map(_number, (line.value, line.progress, line.expected if line.level == "indicator"
                       else line.expected_progress)),
        *map(_number, (line.pace_ratio, line.days_behind)),
        *(line.status.value, line.with_data, line.of),
        _day(line.last_measurement),
        line.contact_person,
        len(line.late),
    )  # fmt: skip


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
