"""Reads the register of organisations."""

from __future__ import annotations

from datetime import date

from socius_tui.domain.filters import OrganisationFilter
from socius_tui.domain.records import (
    ContactLine,
    OrganisationContact,
    OrganisationDetail,
    OrganisationLine,
)
from socius_tui.store.driver import Connection
from socius_tui.store.plans import day
from socius_tui.store.search import match_expression

_SELECT = """
SELECT o.id, o.code, o.name, w.name, o.municipality, coalesce(p.name, ''),
  (SELECT max(visited_on) FROM visit v WHERE v.organisation_id = o.id AND v.status = 'done'
    AND v.visited_on <= :until AND v.retired_at IS NULL) AS last_visit,
  (SELECT count(*) FROM visit v WHERE v.organisation_id = o.id AND v.status = 'done'
    AND v.visited_on BETWEEN :since AND :until AND v.retired_at IS NULL) AS visits,
  (SELECT min(visited_on) FROM visit v WHERE v.organisation_id = o.id AND v.status = 'planned'
    AND v.visited_on >= :until AND v.retired_at IS NULL) AS next_visit,
  (SELECT count(*) FROM visit v CROSS JOIN follow_up f ON f.visit_id = v.id -- in this order
    WHERE v.organisation_id = o.id AND f.done_on IS NULL AND f.retired_at IS NULL) AS promised,
  coalesce(s.code, ''), o.enterprise_number, coalesce(o.size, ''), coalesce(o.participation, ''),
  o.federation, o.recognised_from, o.recognised_until, o.note
FROM organisation o JOIN work_type w ON w.id = o.work_type_id
LEFT JOIN subtype s ON s.id = o.subtype_id
LEFT JOIN assignment a ON a.id = (
  SELECT id FROM assignment WHERE work_type_id = o.work_type_id AND retired_at IS NULL
  AND starts_on <= :until AND (ends_on IS NULL OR ends_on >= :until)
  ORDER BY starts_on DESC, id LIMIT 1)
LEFT JOIN person p ON p.id = a.person_id
"""


def organisation_lines(
    connection: Connection, wanted: OrganisationFilter, *, limit: int = -1, offset: int = 0
) -> list[OrganisationLine]:
    """The register as the filter asks."""
    where, parameters = _where(wanted)
    order = (
        "last_visit IS NOT NULL, last_visit, o.name" if wanted.order == "next" else "o.name, o.id"
    )
    rows = connection.execute(
        f"{_SELECT} WHERE {where} ORDER BY {order} LIMIT :limit OFFSET :offset",
        {**parameters, "limit": limit, "offset": offset},
    )
    found = []
    for row in rows:
        days = (day(row[15]), day(row[16]))
        cells = (*row[:6], day(row[6]), row[7], day(row[8]), *row[9:15], *days, row[17])
        found.append(OrganisationLine(*cells))
    return found


def contact_lines(connection: Connection) -> list[ContactLine]:
    """The contacts of all organisations in use, by organisation and name."""
    rows = connection.execute(
        "SELECT c.id, o.name, o.code, c.name, coalesce(c.function, ''), c.email, c.phone"
        " FROM organisation_contact c JOIN organisation o ON o.id = c.organisation_id"
        " WHERE c.retired_at IS NULL AND o.retired_at IS NULL ORDER BY o.name, o.id, c.name, c.id"
    )
    return [ContactLine(*row) for row in rows]


def organisation_detail(
    connection: Connection, organisation_id: str, as_of: date
) -> OrganisationDetail | None:
    """Everything on one organisation; its contact person on a day."""
    row = connection.execute(
        "SELECT o.id, o.code, o.name, w.id, w.name, coalesce(s.name, ''), o.enterprise_number,"
        " o.municipality, coalesce(o.size, ''), coalesce(o.participation, ''), o.federation,"
        " o.recognised_from, o.recognised_until, o.note, coalesce(p.name, '')"
        " FROM organisation o JOIN work_type w ON w.id = o.work_type_id"
        " LEFT JOIN subtype s ON s.id = o.subtype_id"
        " LEFT JOIN assignment a ON a.work_type_id = w.id AND a.retired_at IS NULL"
        "  AND a.starts_on <= ?2 AND (a.ends_on IS NULL OR a.ends_on >= ?2)"
        " LEFT JOIN person p ON p.id = a.person_id"
        " WHERE o.id = ?1 AND o.retired_at IS NULL ORDER BY a.starts_on DESC LIMIT 1",
        (organisation_id, as_of.isoformat()),
    ).fetchone()
    if row is None:
        return None
    contacts = connection.execute(
        "SELECT id, name, coalesce(function, ''), email, phone FROM organisation_contact"
        " WHERE organisation_id = ? AND retired_at IS NULL ORDER BY name",
        (organisation_id,),
    )
    known = tuple(OrganisationContact(*contact) for contact in contacts)
    return OrganisationDetail(*(*row[:11], day(row[11]), day(row[12]), *row[13:], known))


def recognitions(
    connection: Connection, *, work_type_id: str | None = None
) -> list[tuple[str, str, date | None, date | None]]:
    """For coverage: organisation, work type, recognised from and until."""
    rows = connection.execute(
        "SELECT id, work_type_id, recognised_from, recognised_until FROM organisation"
        " WHERE retired_at IS NULL AND (?1 IS NULL OR work_type_id = ?1)",
        (work_type_id,),
    )
    return [(row[0], row[1], day(row[2]), day(row[3])) for row in rows]


def _where(wanted: OrganisationFilter) -> tuple[str, dict[str, str]]:
    conditions = ["o.retired_at IS NULL"]
    parameters = {"since": wanted.since.isoformat(), "until": wanted.until.isoformat()}
    if wanted.work_type_id is not None:
        conditions.append("o.work_type_id = :work_type")
        parameters["work_type"] = wanted.work_type_id
    if wanted.contact_person_id is not None:
        conditions.append("a.person_id = :contact_person")
        parameters["contact_person"] = wanted.contact_person_id
    if wanted.unvisited_only:
        conditions.append("visits = 0")
    if wanted.text.strip():
        conditions.append(
            "o.id IN (SELECT ref FROM search_document WHERE kind = 'organisation'"
            " AND number IN (SELECT rowid FROM search WHERE search MATCH :text))"
        )
        parameters["text"] = match_expression(wanted.text)
    return " AND ".join(conditions), parameters


def names(connection: Connection) -> list[tuple[str, str, str]]:
    """All organisations in use as (id, code, name), by name."""
    return connection.execute(
        "SELECT id, code, name FROM organisation WHERE retired_at IS NULL ORDER BY name, id"
    ).fetchall()
