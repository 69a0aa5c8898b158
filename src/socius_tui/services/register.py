"""Questions to the register: organisations, work types, staff, assignments and their gaps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from socius_tui.domain.filters import OrganisationFilter
from socius_tui.domain.model import Period
from socius_tui.domain.records import (
    Assignment,
    ContactLine,
    OrganisationDetail,
    OrganisationLine,
    Person,
    WorkType,
)
from socius_tui.services.session import Session
from socius_tui.store import organisations, people


def organisation_list(
    session: Session, wanted: OrganisationFilter, *, limit: int = -1, offset: int = 0
) -> list[OrganisationLine]:
    """The register as the filter asks; -1 is no limit."""
    return session.read(
        lambda connection: organisations.organisation_lines(
            connection, wanted, limit=limit, offset=offset
        )
    )


def organisation(session: Session, organisation_id: str) -> OrganisationDetail | None:
    """Everything on one organisation on the as-of date; None when it is gone."""
    return session.read(
        lambda connection: organisations.organisation_detail(
            connection, organisation_id, session.as_of
        )
    )


def contact_list(session: Session) -> list[ContactLine]:
    """The contacts of all organisations: personal data."""
    return session.read(organisations.contact_lines)


def work_types(session: Session) -> list[WorkType]:
    """The work types with their contact persons on the as-of date."""
    return session.read(lambda connection: people.work_types(connection, session.as_of))


def staff(session: Session) -> list[Person]:
    """All staff in use, by name."""
    return session.read(people.persons)


def assignments(session: Session) -> list[Assignment]:
    """All assignments by work type and start."""
    return session.read(people.assignments)


def assignment_gaps(session: Session) -> list[tuple[str, date, date]]:
    """Stretches of the plan, up to the as-of date, in which a work type had no contact person."""
    everyone, period = assignments(session), session.plan().rules.period
    return gaps(period, session.as_of, work_types(session), everyone)


def gaps(
    period: Period, until: date, types: Sequence[WorkType], everyone: Sequence[Assignment]
) -> list[tuple[str, date, date]]:
    """Stretches of a period, up to a day, in which a work type had no contact person."""
    until = min(period.end, until)
    found: list[tuple[str, date, date]] = []
    for work_type in types:
        day = period.start
        for assignment in (a for a in everyone if a.work_type_id == work_type.id):
            if assignment.starts_on > until:
                break
            if assignment.starts_on > day:
                found.append((work_type.name, day, assignment.starts_on - timedelta(days=1)))
            if assignment.ends_on is None:
                day = date.max
                break
            day = max(day, assignment.ends_on + timedelta(days=1))
        if day <= until:
            found.append((work_type.name, day, until))
    return found
