"""Reads what planning visits needs: who is still to be visited, days off, rhythms, last visits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from socius_tui.domain.model import Period
from socius_tui.domain.touch import Kind, Rhythm
from socius_tui.domain.visit_planning import Candidate
from socius_tui.store.driver import Connection
from socius_tui.store.plans import day


class DayOff(NamedTuple):
    """Days on which somebody (empty: nobody at all) makes visits."""

    id: str
    person_id: str | None
    person: str
    starts_on: date
    ends_on: date
    label: str


class LastVisit(NamedTuple):
    """An organisation recognised on a day, and when it was visited last up to that day."""

    organisation_id: str
    name: str
    work_type_id: str
    work_type: str
    contact_person: str
    contact_person_id: str | None
    municipality: str
    size: str
    last_visit: date | None
    next_visit: date | None


class RhythmLine(NamedTuple):
    """A rhythm that somebody chose; an empty size is all sizes without one of their own."""

    id: str
    work_type_id: str
    work_type: str
    size: str
    rhythm: Rhythm


# SQLite looks up the visits of one organisation by visit_by_organisation, so that a log of ten
# years costs no more than one of a year.
_VISITED = (
    "EXISTS (SELECT 1 FROM visit v WHERE v.organisation_id = o.id AND v.status = '{status}'"
    " AND v.visited_on BETWEEN {first} AND {last} AND v.retired_at IS NULL)"
)
_DONE = _VISITED.format(status="done", first=":start", last=":as_of")
_PLANNED = _VISITED.format(status="planned", first=":as_of", last=":end")
_RECOGNISED = (
    "o.retired_at IS NULL AND (o.recognised_from IS NULL OR o.recognised_from <= :as_of)"
    " AND (o.recognised_until IS NULL OR o.recognised_until >= :as_of)"
)
_LAST = (
    "(SELECT max(visited_on) FROM visit v WHERE v.organisation_id = o.id AND v.status = 'done'"
    " AND v.visited_on <= :as_of AND v.retired_at IS NULL)"
)


def candidates(
    connection: Connection, work_type_ids: Sequence[str], window: Period, as_of: date
) -> list[Candidate]:
    """Organisations of these work types that have no visit in the window, done or planned."""
    rows = connection.execute(
        f"SELECT o.id, o.name, o.municipality, o.participation IS NOT 'not_reached', {_LAST}"
        f" FROM organisation o WHERE {_RECOGNISED} AND {_among(work_type_ids)}"
        f" AND NOT {_DONE} AND NOT {_PLANNED}",
        _values(work_type_ids, window, as_of),
    )
    return [Candidate(*(*row[:3], bool(row[3]), day(row[4]))) for row in rows]


def counted(
    connection: Connection, work_type_ids: Sequence[str], window: Period, as_of: date
) -> tuple[int, int, int]:
    """Organisations of these work types, how many were visited, how many have a visit planned."""
    row = connection.execute(
        f"SELECT count(*), coalesce(sum({_DONE}), 0),"
        f" coalesce(sum(NOT {_DONE} AND {_PLANNED}), 0)"
        f" FROM organisation o WHERE {_RECOGNISED} AND {_among(work_type_ids)}",
        _values(work_type_ids, window, as_of),
    ).fetchone()
    return int(row[0]), int(row[1]), int(row[2])


def planned_days(connection: Connection, person_id: str, since: date) -> dict[date, int]:
    """How many visits somebody has planned on each day from a day on."""
    rows = connection.execute(
        "SELECT visited_on, count(*) FROM visit WHERE visitor_id = ? AND visited_on >= ?"
        " AND status = 'planned' AND retired_at IS NULL GROUP BY visited_on",
        (person_id, since.isoformat()),
    )
    return {date.fromisoformat(on): count for on, count in rows}


def has_planned_visit(connection: Connection, organisation_id: str, since: date) -> bool:
    """Whether a visit to an organisation is planned from a day on."""
    row = connection.execute(
        "SELECT 1 FROM visit WHERE organisation_id = ? AND status = 'planned' AND visited_on >= ?"
        " AND retired_at IS NULL LIMIT 1",
        (organisation_id, since.isoformat()),
    ).fetchone()
    return row is not None


def days_off(connection: Connection, *, since: date | None = None) -> list[DayOff]:
    """Days off that end on a day or later, the earliest first."""
    rows = connection.execute(
        "SELECT d.id, d.person_id, coalesce(p.name, ''), d.starts_on, d.ends_on, d.label"
        " FROM day_off d LEFT JOIN person p ON p.id = d.person_id"
        " WHERE d.retired_at IS NULL AND (?1 IS NULL OR d.ends_on >= ?1)"
        " ORDER BY d.starts_on, d.id",
        (since and since.isoformat(),),
    )
    return [
        DayOff(*(*row[:3], date.fromisoformat(row[3]), date.fromisoformat(row[4]), row[5]))
        for row in rows
    ]


def rhythms(connection: Connection) -> list[RhythmLine]:
    """The rhythms that were chosen, in the order of the work types."""
    rows = connection.execute(
        "SELECT r.id, r.work_type_id, w.name, coalesce(r.size, ''), r.ideal_days, r.maximum_days"
        " FROM contact_rhythm r JOIN work_type w ON w.id = r.work_type_id"
        " WHERE r.retired_at IS NULL ORDER BY w.position, w.name, r.size IS NOT NULL, r.size"
    )
    return [RhythmLine(*(*row[:4], Rhythm(row[4], row[5]))) for row in rows]


def by_kind(lines: Iterable[RhythmLine]) -> dict[Kind, Rhythm]:
    """The same, by what they hold for."""
    return {(line.work_type_id, line.size or None): line.rhythm for line in lines}


def last_visits(
    connection: Connection, as_of: date, *, work_type_id: str | None = None
) -> list[LastVisit]:
    """Every organisation recognised on a day, with its last visit and its next planned one."""
    rows = connection.execute(
        "SELECT o.id, o.name, w.id, w.name, coalesce(p.name, ''), a.person_id, o.municipality,"
        f" coalesce(o.size, ''), {_LAST},"
        " (SELECT min(visited_on) FROM visit v WHERE v.organisation_id = o.id"
        "  AND v.status = 'planned' AND v.visited_on >= :as_of AND v.retired_at IS NULL)"
        " FROM organisation o JOIN work_type w ON w.id = o.work_type_id"
        " LEFT JOIN assignment a ON a.id = ("
        "  SELECT id FROM assignment WHERE work_type_id = o.work_type_id AND retired_at IS NULL"
        "  AND starts_on <= :as_of AND (ends_on IS NULL OR ends_on >= :as_of)"
        "  ORDER BY starts_on DESC, id LIMIT 1)"
        " LEFT JOIN person p ON p.id = a.person_id"
        f" WHERE {_RECOGNISED} AND (:work_type IS NULL OR o.work_type_id = :work_type)",
        {"as_of": as_of.isoformat(), "work_type": work_type_id},
    )
    return [LastVisit(*(*row[:8], day(row[8]), day(row[9]))) for row in rows]


def _among(work_type_ids: Sequence[str]) -> str:
    return f"o.work_type_id IN ({', '.join(f':type{n}' for n in range(len(work_type_ids)))})"


def _values(work_type_ids: Sequence[str], window: Period, as_of: date) -> dict[str, str]:
    return {
        "start": window.start.isoformat(),
        "end": window.end.isoformat(),
        "as_of": as_of.isoformat(),
        **{f"type{n}": identifier for n, identifier in enumerate(work_type_ids)},
    }
