"""Reads measurements: as entries for the rules, and as lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from socius_tui.domain.model import Entry, EntryForm
from socius_tui.domain.records import MeasurementLine
from socius_tui.store.driver import Connection
from socius_tui.store.plans import number
from socius_tui.store.where import Where


def entries(
    connection: Connection,
    plan_id: str,
    as_of: date,
    *,
    indicator_id: str | None = None,
    work_type_id: str | None = None,
) -> dict[str, list[Entry]]:
    """The measurements up to a day, by indicator, as the rules take them."""
    found: dict[str, list[Entry]] = {}
    where = Where("m.retired_at IS NULL")
    where.add("g.plan_id = ?", plan_id).add("m.observed_on <= ?", as_of)
    where.add("m.indicator_id = ?", indicator_id).add("m.work_type_id = ?", work_type_id)
    rows = connection.execute(
        "SELECT m.indicator_id, m.observed_on, m.recorded_at || m.id, m.form, m.value,"
        " m.numerator, m.denominator, m.qualifier, coalesce(m.work_type_id, ''),"
        " substr(m.recorded_at, 1, 10), m.id"
        " FROM measurement m JOIN indicator i ON i.id = m.indicator_id"
        " JOIN goal g ON g.id = i.goal_id"
        f" WHERE {where} ORDER BY m.indicator_id, m.observed_on",
        where.values,
    )
    for row in rows:
        found.setdefault(row[0], []).append(
            Entry(
                day=date.fromisoformat(row[1]),
                order=row[2],
                form=EntryForm(row[3]),
                value=number(row[4]),
                numerator=number(row[5]),
                denominator=number(row[6]),
                qualifier=row[7],
                work_type=row[8],
                recorded_on=date.fromisoformat(row[9]),
                ref=row[10],
            )
        )
    return found


_LINE = (
    "SELECT m.id, m.indicator_id, i.code, m.observed_on, m.form, m.value, m.numerator,"
    " m.denominator, m.qualifier, coalesce(w.name, ''), m.note, m.evidence,"
    " coalesce(p.name, ''), m.recorded_at, i.unit"
)
_BARE = (
    "SELECT m.id, m.indicator_id, m.observed_on, m.form, coalesce(m.value, ''),"
    " coalesce(m.numerator, ''), coalesce(m.denominator, ''), '', m.qualifier,"
    " m.work_type_id, m.note, m.evidence, m.recorded_by, m.recorded_at FROM measurement m"
)
_FROM = (
    "FROM measurement m JOIN indicator i ON i.id = m.indicator_id"
    " LEFT JOIN work_type w ON w.id = m.work_type_id LEFT JOIN person p ON p.id = m.recorded_by"
)
_NEWEST_FIRST = "ORDER BY m.observed_on DESC, m.recorded_at DESC, m.id DESC"


def lines(
    connection: Connection,
    *,
    indicator_id: str | None = None,
    as_of: date | None = None,
    limit: int = -1,
    offset: int = 0,
) -> list[MeasurementLine]:
    """Measurements as entered, newest first; without an indicator those of all."""
    return list(
        iterate_lines(
            connection, indicator_id=indicator_id, as_of=as_of, limit=limit, offset=offset
        )
    )


def iterate_lines(
    connection: Connection,
    *,
    indicator_id: str | None = None,
    as_of: date | None = None,
    since: date | None = None,
    limit: int = -1,
    offset: int = 0,
) -> Iterator[MeasurementLine]:
    """As `lines`, one at a time, so that an export of a million stays small."""
    where = Where("m.retired_at IS NULL").add("m.observed_on >= ?", since)
    where.add("m.indicator_id = ?", indicator_id).add("m.observed_on <= ?", as_of)
    rows = connection.execute(
        f"{_LINE} {_FROM} WHERE {where} {_NEWEST_FIRST} LIMIT ? OFFSET ?",
        (*where.values, limit, offset),
    )
    for row in rows:
        yield _line(row)


def batches(
    connection: Connection, *, as_of: date, since: date | None = None, size: int = 2000
) -> Iterator[list[Sequence[str]]]:
    """The same rows as an export has them, by column: texts in the order of docs/csv.md.

    As many rows together as `size` says. What is nothing is an empty text.
    """
    where = Where("m.retired_at IS NULL").add("m.observed_on >= ?", since)
    where.add("m.observed_on <= ?", as_of)
    # The few names are looked up here: joined, they would be looked up in the file for each row.
    codes, units = (
        dict(connection.execute(f"SELECT id, {column} FROM indicator"))
        for column in ("code", "unit")
    )
    work_types, people = (
        dict(connection.execute(f"SELECT id, name FROM {table}"))
        for table in ("work_type", "person")
    )
    rows = connection.execute(f"{_BARE} WHERE {where} {_NEWEST_FIRST}", where.values)
    while some := rows.fetchmany(size):
        columns: list[Sequence[str]] = list(zip(*some, strict=True))
        if not codes.keys() >= set(columns[1]):  # of an indicator that is not there
            columns = list(zip(*(row for row in some if row[1] in codes), strict=True))
        if not columns:
            continue
        indicators = columns[1]
        columns[1] = [codes[each] for each in indicators]
        columns[7] = [units[each] for each in indicators]
        columns[9] = [work_types.get(each, "") for each in columns[9]]
        columns[12] = [people.get(each, "") for each in columns[12]]
        yield columns


def line(connection: Connection, measurement_id: str) -> MeasurementLine | None:
    """One measurement, unless it is retired or unknown."""
    row = connection.execute(
        f"{_LINE} {_FROM} WHERE m.id = ? AND m.retired_at IS NULL", (measurement_id,)
    ).fetchone()
    return None if row is None else _line(row)


def qualifiers(connection: Connection, indicator_id: str) -> list[str]:
    """Qualifiers in use for an indicator, by its targets and measurements."""
    rows = connection.execute(
        "SELECT qualifier FROM target WHERE indicator_id = ?1 AND qualifier <> ''"
        " AND retired_at IS NULL UNION SELECT qualifier FROM measurement"
        " WHERE indicator_id = ?1 AND qualifier <> '' AND retired_at IS NULL ORDER BY 1",
        (indicator_id,),
    )
    return [str(row[0]) for row in rows]


def _line(row: tuple[Any, ...]) -> MeasurementLine:
    return MeasurementLine(*(*row[:3], date.fromisoformat(row[3]), *row[4:]))
