"""What a list is held against: the keys of rows in use, and single rows as they are stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from socius_tui.store.driver import Connection

Cells = dict[str, str | None]


def organisation_keys(connection: Connection) -> Iterator[tuple[str, str, str, str, str, str]]:
    """Organisations as (id, code, enterprise number, name, municipality, own id).

    One that was merged into another comes with the id of that other, after those in use.
    """
    yield from connection.execute(
        "WITH RECURSIVE stands_for (id, into_id) AS ("
        " SELECT id, id FROM organisation WHERE retired_at IS NULL"
        " UNION SELECT o.id, s.into_id FROM organisation o JOIN stands_for s"
        "  ON o.merged_into_id = s.id WHERE o.retired_at IS NOT NULL)"
        " SELECT s.into_id, o.code, o.enterprise_number, o.name, o.municipality, o.id"
        " FROM stands_for s JOIN organisation o ON o.id = s.id"
        " ORDER BY o.retired_at IS NOT NULL, o.id"
    )


def row_of(connection: Connection, table: str, identifier: str, columns: Sequence[str]) -> Cells:
    """These columns of one row in use; nothing when it is not there."""
    names = ", ".join(columns)
    row = connection.execute(
        f"SELECT {names} FROM {table} WHERE id = ? AND retired_at IS NULL", (identifier,)
    ).fetchone()
    return dict(zip(columns, row, strict=True)) if row else {}


def contacts(connection: Connection) -> Iterator[tuple[str, str, str, str]]:
    """Contacts of organisations in use as (id, organisation id, name, e-mail)."""
    yield from connection.execute(
        "SELECT id, organisation_id, name, email FROM organisation_contact"
        " WHERE retired_at IS NULL ORDER BY id"
    )


def measurement_keys(
    connection: Connection, indicator_id: str, day: str, qualifier: str, work_type_id: str | None
) -> list[str]:
    """Ids of the measurements of an indicator on a day with this qualifier and work type."""
    rows = connection.execute(
        "SELECT id FROM measurement WHERE indicator_id = ? AND observed_on = ? AND qualifier = ?"
        " AND work_type_id IS ? AND retired_at IS NULL ORDER BY id",
        (indicator_id, day, qualifier, work_type_id),
    )
    return [str(identifier) for (identifier,) in rows]


def visit_keys(
    connection: Connection, organisation_id: str, day: str, visitor_id: str | None
) -> list[str]:
    """Ids of the visits to an organisation on a day, by somebody where that is given."""
    rows = connection.execute(
        "SELECT id FROM visit WHERE organisation_id = ?1 AND visited_on = ?2"
        " AND (?3 IS NULL OR visitor_id = ?3) AND retired_at IS NULL ORDER BY id",
        (organisation_id, day, visitor_id),
    )
    return [str(identifier) for (identifier,) in rows]
