"""What a screen can show of a row: its own page, or that of what it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from socius_tui.domain.history import Topic
from socius_tui.services import journal_words as words
from socius_tui.services.session import Session
from socius_tui.store.driver import Connection
from socius_tui.store.journal import reading
from socius_tui.store.journal.reading import Known

#: By which columns a row without a page of its own belongs to one that has it.
_BELONGS: Final = {
    "measurement": ("indicator_id",),
    "target": ("indicator_id",),
    "narrative": ("goal_id",),
    "visit_met": ("visit_id",),
    "visit_goal": ("visit_id",),
    "visit_need": ("visit_id",),
    "organisation_contact": ("organisation_id",),
    "follow_up": ("visit_id", "indicator_id", "goal_id"),
    "late_change": ("indicator_id", "goal_id"),
}


def shown_by(kind: str, identifier: str, known: Callable[[str, str], Known | None]) -> Topic | None:
    """What a screen can show of a row; None when that is gone or taken out."""
    row = known(kind, identifier)
    if row is None:
        return None
    if kind in reading.SUBJECTS:
        return Topic(kind, identifier) if row.live else None
    for column in _BELONGS.get(kind, ()):
        target, value = words.points_at(kind, column, row.cells), row.cells.get(column)
        if target is not None and value:
            return shown_by(target, str(value), known)
    return None


def page_of(session: Session, kind: str, identifier: str) -> Topic | None:
    """The same, from the file."""

    def read(connection: Connection) -> Topic | None:
        def known(table: str, row_id: str) -> Known | None:
            return reading.known_rows(connection, [(table, row_id)]).get((table, row_id))

        return shown_by(kind, identifier, known)

    return session.read(read)
