"""Reads the register of mandates, memberships, networks and policy watch."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from socius_tui.domain.mandates import Mandate, MandateKind
from socius_tui.store.driver import Connection
from socius_tui.store.plans import day

_LINES: Final = (
    "SELECT m.id, m.kind, m.name, m.convenor, m.purpose, m.representative_id,"
    " coalesce(p.name, ''), coalesce(g.code, ''), m.starts_on, m.ends_on,"
    " (SELECT max(attended_on) FROM attendance WHERE mandate_id = m.id"
    "  AND retired_at IS NULL AND attended_on <= :as_of), m.source_line"
    " FROM mandate m LEFT JOIN person p ON p.id = m.representative_id"
    " LEFT JOIN goal g ON g.id = m.goal_id WHERE m.retired_at IS NULL"
)


def mandates(
    connection: Connection,
    plan_id: str,
    as_of: date,
    *,
    kind: MandateKind | None = None,
    person_id: str | None = None,
) -> list[Mandate]:
    """The register of a plan by kind and name; only of a kind or a representative if given."""
    rows = connection.execute(
        f"{_LINES} AND m.plan_id = :plan AND (:kind IS NULL OR m.kind = :kind)"
        " AND (:person IS NULL OR m.representative_id = :person)"
        " ORDER BY m.kind, m.name COLLATE NOCASE, m.id",
        {
            "plan": plan_id,
            "as_of": as_of.isoformat(),
            "kind": kind.value if kind else None,
            "person": person_id,
        },
    )
    return [_mandate(row) for row in rows]


def mandate(connection: Connection, mandate_id: str, as_of: date) -> Mandate | None:
    """One entry; None when it is gone."""
    row = connection.execute(
        f"{_LINES} AND m.id = :id", {"id": mandate_id, "as_of": as_of.isoformat()}
    ).fetchone()
    return _mandate(row) if row else None


def _mandate(row: tuple[Any, ...]) -> Mandate:
    identifier, kind, *texts, starts_on, ends_on, attended_on, source_line = row
    dates = (day(starts_on), day(ends_on), day(attended_on))
    return Mandate(*(identifier, MandateKind(kind), *texts, *dates, source_line))
