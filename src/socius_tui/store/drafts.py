"""Reads and writes the forms that are not saved yet: the one table that is no part of the plan."""

from __future__ import annotations

from typing import NamedTuple

from socius_tui.store.driver import Connection


class DraftRow(NamedTuple):
    """A row of `draft` as it is stored: `subject` and `fields` are JSON."""

    id: str
    form: str
    subject: str
    fields: str
    person_id: str | None
    holder: str
    saved_at: str


_COLUMNS = ", ".join(DraftRow._fields)


def drafts_of(connection: Connection, person_id: str | None) -> list[DraftRow]:
    """The drafts of a person and those of nobody in particular, the last one typed first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM draft WHERE person_id IS NULL OR person_id = ?"
        " ORDER BY saved_at DESC, id DESC",
        (person_id,),
    )
    return [DraftRow(*row) for row in rows]


def draft(connection: Connection, draft_id: str) -> DraftRow | None:
    """One draft; None when it is gone."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM draft WHERE id = ?", (draft_id,)).fetchone()
    return None if row is None else DraftRow(*row)


def put_draft(connection: Connection, row: DraftRow) -> None:
    """Keep a draft, in the place of what was kept of it before."""
    marks = ", ".join("?" * len(row))
    connection.execute(f"INSERT OR REPLACE INTO draft ({_COLUMNS}) VALUES ({marks})", row)


def hold_draft(connection: Connection, draft_id: str, holder: str) -> None:
    """Write down which running program has it open."""
    connection.execute("UPDATE draft SET holder = ? WHERE id = ?", (holder, draft_id))


def drop_draft(connection: Connection, draft_id: str) -> None:
    """Remove a draft, for good."""
    connection.execute("DELETE FROM draft WHERE id = ?", (draft_id,))
