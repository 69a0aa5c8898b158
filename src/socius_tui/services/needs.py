"""Questions about the needs that were heard at visits."""

from __future__ import annotations

from socius_tui.domain.filters import VisitFilter
from socius_tui.domain.needs import NeedsFilter, NeedsHeard
from socius_tui.services.session import Session
from socius_tui.store import needs


def needs_heard(session: Session, wanted: NeedsFilter) -> NeedsHeard:
    """The needs heard up to the as-of date, with the number of visits done beside them."""
    until = min(wanted.until or session.as_of, session.as_of)
    limited = wanted._replace(until=until)
    return session.read(
        lambda connection: NeedsHeard(
            tuple(needs.need_lines(connection, limited)),
            needs.visits_heard_at(connection, limited),
        )
    )


def visits_with(wanted: NeedsFilter, tag: str) -> VisitFilter:
    """The filter of the log for the visits at which a need was heard."""
    return VisitFilter(
        status="done",
        since=wanted.since,
        until=wanted.until,
        work_type_id=wanted.work_type_id,
        about_id=wanted.goal_id,
        need=tag,
    )
