"""The status as it was last worked out, kept for other programs: their views read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from socius_tui.store.driver import Connection


class Published(NamedTuple):
    """Of which plan and day the kept status is; `pinned` when somebody chose that day.

    `sequence` is how far the journal was; `made_at` the moment (UTC) as it is stored.
    """

    plan_id: str
    as_of: date
    pinned: bool
    sequence: int
    made_at: str


#: The columns of a line of published_status, after its position.
COLUMNS = (
    "id, level, code, title, unit, baseline, target, period_start, period_end, value, progress,"
    " expected, pace_ratio, days_behind, status, with_data, parts, last_measurement,"
    " contact_person, late_changes"
)
Line = tuple[str | float | int | None, ...]


def published(connection: Connection) -> Published | None:
    """What the kept status is about; None when none was kept yet."""
    row = connection.execute(
        "SELECT plan_id, as_of, pinned, sequence, made_at FROM published"
    ).fetchone()
    return row and Published(row[0], date.fromisoformat(row[1]), bool(row[2]), row[3], row[4])


class Kept(NamedTuple):
    """The exact lines of a status, as text, and what they are worth: see `kept_status`."""

    plan_id: str
    as_of: date
    version: str
    sequence: int
    lines: str


def keep_lines(connection: Connection, kept: Kept | None) -> None:
    """Keep the lines of a status in place of those before; None keeps none."""
    connection.execute("DELETE FROM kept_status")
    if kept is not None:
        connection.execute(
            "INSERT INTO kept_status (one, plan_id, as_of, version, sequence, lines)"
            " VALUES (1, ?, ?, ?, ?, ?)",
            (kept.plan_id, kept.as_of.isoformat(), kept.version, kept.sequence, kept.lines),
        )


def kept_lines(
    connection: Connection, plan_id: str, as_of: date, version: str, sequence: int
) -> str | None:
    """The lines that were kept of exactly this."""
    row = connection.execute(
        "SELECT lines FROM kept_status"
        " WHERE plan_id = ? AND as_of = ? AND version = ? AND sequence = ?",
        (plan_id, as_of.isoformat(), version, sequence),
    ).fetchone()
    return None if row is None else str(row[0])


def journal_length(connection: Connection) -> int:
    """How long the journal is: it grows with every change, of here and of elsewhere."""
    return int(connection.execute("SELECT coalesce(max(seq), 0) FROM change").fetchone()[0])


def keep(connection: Connection, about: Published, lines: Sequence[Line]) -> None:
    """Keep a status in place of the one before."""
    connection.execute("DELETE FROM published")
    connection.execute(
        "INSERT INTO published (one, plan_id, as_of, pinned, sequence, made_at)"
        " VALUES (1, ?, ?, ?, ?, ?)",
        (about.plan_id, about.as_of.isoformat(), about.pinned, about.sequence, about.made_at),
    )
    connection.execute("DELETE FROM published_status")
    marks = ", ".join("?" * (COLUMNS.count(",") + 1))
    connection.executemany(f"INSERT INTO published_status ({COLUMNS}) VALUES ({marks})", lines)
