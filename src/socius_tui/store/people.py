"""Reads staff, work types and assignments."""

from __future__ import annotations

from datetime import date

from socius_tui.domain.records import Assignment, Person, WorkType
from socius_tui.store.driver import Connection
from socius_tui.store.plans import day


def persons(connection: Connection) -> list[Person]:
    """All staff in use, by name."""
    rows = connection.execute(
        "SELECT id, name, role FROM person WHERE retired_at IS NULL ORDER BY name COLLATE NOCASE"
    )
    return [Person(*row) for row in rows]


def role_of(connection: Connection, person_id: str | None) -> str:
    """The role of somebody in use; empty when there is nobody with that id."""
    row = connection.execute(
        "SELECT role FROM person WHERE id = ? AND retired_at IS NULL", (person_id,)
    ).fetchone()
    return str(row[0]) if row else ""


def reads_along(connection: Connection, person_id: str | None) -> bool:
    """Whether somebody is a reader in a file that is exchanged: then nothing of theirs is sent."""
    row = connection.execute(
        "SELECT 1 FROM person WHERE id = ? AND role = 'reader' AND retired_at IS NULL"
        " AND EXISTS (SELECT 1 FROM exchange)",
        (person_id,),
    ).fetchone()
    return row is not None


def work_types(connection: Connection, as_of: date) -> list[WorkType]:
    """The work types in the plan's order, each with its contact person on a day."""
    rows = connection.execute(
        "SELECT w.id, w.code, w.name, w.recognised, a.person_id, coalesce(p.name, '')"
        " FROM work_type w LEFT JOIN assignment a ON a.id = ("
        "  SELECT id FROM assignment WHERE work_type_id = w.id AND retired_at IS NULL"
        "  AND starts_on <= ?1 AND (ends_on IS NULL OR ends_on >= ?1)"
        "  ORDER BY starts_on DESC, id LIMIT 1)"
        " LEFT JOIN person p ON p.id = a.person_id"
        " WHERE w.retired_at IS NULL ORDER BY w.position, w.name",
        (as_of.isoformat(),),
    )
    return [WorkType(*row) for row in rows]


def subtypes(connection: Connection) -> list[tuple[str, str, str, str]]:
    """Subtypes as (id, work type id, code, name)."""
    return connection.execute(
        "SELECT id, work_type_id, code, name FROM subtype WHERE retired_at IS NULL"
        " ORDER BY position"
    ).fetchall()


def assignments(connection: Connection, *, work_type_id: str | None = None) -> list[Assignment]:
    """All assignments, by work type and start."""
    rows = connection.execute(
        "SELECT a.id, a.person_id, p.name, a.work_type_id, w.name, a.starts_on, a.ends_on"
        " FROM assignment a JOIN person p ON p.id = a.person_id"
        " JOIN work_type w ON w.id = a.work_type_id WHERE a.retired_at IS NULL"
        " AND (?1 IS NULL OR a.work_type_id = ?1) ORDER BY w.position, a.starts_on, a.id",
        (work_type_id,),
    )
    return [Assignment(*(*row[:5], date.fromisoformat(row[5]), day(row[6]))) for row in rows]


def name_of(connection: Connection, person_id: str | None) -> str:
    """The name of somebody, also of who has left; empty when nobody has that id."""
    row = connection.execute("SELECT name FROM person WHERE id = ?", (person_id,)).fetchone()
    return str(row[0]) if row else ""
