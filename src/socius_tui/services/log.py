"""Questions to the log: visits, needs heard, follow-ups, what came in lately."""

from __future__ import annotations

from datetime import timedelta

from socius_tui.domain.filters import VisitFilter
from socius_tui.domain.records import (
    FollowUpLine,
    MeasurementLine,
    RecentChange,
    SearchHit,
    VisitDetail,
    VisitLine,
)
from socius_tui.services.session import Session
from socius_tui.store import follow_ups, measurements, recent, search, visits


def visit_log(
    session: Session,
    wanted: VisitFilter,
    *,
    limit: int = -1,
    offset: int = 0,
    after: VisitLine | None = None,
) -> list[VisitLine]:
    """The log, newest first, after a line or so many lines on; -1 is no limit."""
    return session.read(
        lambda connection: visits.visit_lines(
            connection, wanted, limit=limit, offset=offset, after=after
        )
    )


def count_visits(session: Session, wanted: VisitFilter) -> int:
    """How many visits the filter lets through."""
    return session.read(lambda connection: visits.count_visits(connection, wanted))


def visit(session: Session, visit_id: str) -> VisitDetail | None:
    """One visit with all that hangs on it; None when it is gone."""
    return session.read(lambda connection: visits.visit_detail(connection, visit_id))


def need_tags(session: Session) -> list[tuple[str, int]]:
    """Needs heard so far, most heard first."""
    return session.read(visits.need_tags)


def follow_up_list(
    session: Session,
    *,
    owner_id: str | None = None,
    open_only: bool = True,
    organisation_id: str | None = None,
    limit: int = -1,
) -> list[FollowUpLine]:
    """Follow-ups, the earliest due first."""
    return session.read(
        lambda connection: follow_ups.follow_up_lines(
            connection,
            owner_id=owner_id,
            open_only=open_only,
            organisation_id=organisation_id,
            limit=limit,
        )
    )


def follow_up(session: Session, follow_up_id: str) -> FollowUpLine | None:
    """One follow-up; None when it is gone."""
    return session.read(lambda connection: follow_ups.follow_up(connection, follow_up_id))


def measurement_list(
    session: Session, indicator_id: str | None = None, *, limit: int = -1, offset: int = 0
) -> list[MeasurementLine]:
    """Measurements up to the as-of date, newest first, exactly as entered."""
    return session.read(
        lambda connection: measurements.lines(
            connection,
            indicator_id=indicator_id,
            as_of=session.as_of,
            limit=limit,
            offset=offset,
        )
    )


def measurement(session: Session, measurement_id: str) -> MeasurementLine | None:
    """One measurement; None when it is gone."""
    return session.read(lambda connection: measurements.line(connection, measurement_id))


def qualifiers(session: Session, indicator_id: str) -> list[str]:
    """Qualifiers in use for an indicator."""
    return session.read(lambda connection: measurements.qualifiers(connection, indicator_id))


def changed_lately(session: Session, *, days: int = 7, limit: int = 50) -> list[RecentChange]:
    """What was entered in the days up to the as-of date, newest first."""
    until = session.as_of
    since = until - timedelta(days=days - 1)
    return session.read(lambda connection: recent.recent(connection, since, until, limit=limit))


def find(session: Session, typed: str, *, limit: int = 50) -> list[SearchHit]:
    """Goals, indicators, organisations, visits and notes with these words; any text is safe."""
    return session.read(lambda connection: search.find(connection, typed, limit=limit))
