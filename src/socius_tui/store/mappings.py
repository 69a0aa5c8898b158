"""Reads how lists are read: the mappings of columns that were kept by name."""

from __future__ import annotations

from typing import Literal, NamedTuple

from socius_tui.store.driver import Connection


class Mapping(NamedTuple):
    """A way to read a list: which header is which field ("" is none), how numbers and days are."""

    id: str
    kind: str
    name: str
    decimals: Literal["comma", "point"] | None
    days: Literal["day_first", "month_first"] | None
    columns: dict[str, str]


def mappings(connection: Connection) -> list[Mapping]:
    """All that are in use, by kind and name."""
    rows = connection.execute(
        "SELECT id, kind, name, decimals, days FROM import_mapping WHERE retired_at IS NULL"
        " ORDER BY kind, name COLLATE NOCASE, id"
    ).fetchall()
    return [
        Mapping(identifier, kind, name, decimals, days, _columns(connection, identifier))
        for identifier, kind, name, decimals, days in rows
    ]


def mapping(connection: Connection, kind: str, name: str) -> Mapping | None:
    """The one of a kind with a name, whatever its case."""
    wanted = name.strip().casefold()
    found = (m for m in mappings(connection) if m.kind == kind and m.name.casefold() == wanted)
    return next(found, None)


def _columns(connection: Connection, mapping_id: str) -> dict[str, str]:
    rows = connection.execute(
        "SELECT header, field FROM import_column WHERE mapping_id = ? AND retired_at IS NULL"
        " ORDER BY rowid",
        (mapping_id,),
    )
    return {str(header): str(field) for header, field in rows}
