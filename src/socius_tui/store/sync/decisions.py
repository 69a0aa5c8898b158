"""Reads what laptops disagree about and nobody decided, and how others are called."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from socius_tui.store.driver import Connection
from socius_tui.store.ids import natural_id
from socius_tui.store.journal.knowing import Knowledge
from socius_tui.store.journal.triggers import journalled_tables
from socius_tui.store.sync.disputes import Dispute, disputes_of
from socius_tui.store.sync.situations import Situation, situations


class Open(NamedTuple):
    """What is open: where two changes cross, and where rows do not go together."""

    disputes: tuple[Dispute, ...]
    situations: tuple[Situation, ...]


def open_questions(connection: Connection) -> Open:
    """All that nobody has decided yet, the newest dispute first."""
    decided = {
        identifier
        for (identifier,) in connection.execute(
            "SELECT id FROM conflict_decision WHERE retired_at IS NULL"
        )
    }
    disputes = [d for d in _disputes(connection) if decision_id(d.rule, d.subject) not in decided]
    disputes.sort(key=lambda one: (-one.won.clock, one.subject))
    found = situations(connection)
    return Open(
        tuple(disputes),
        tuple(s for s in found if decision_id(s.rule, s.subject) not in decided),
    )


def decision_id(rule: str, subject: str) -> str:
    """The key of a decision: the same on every laptop."""
    return natural_id("conflict_decision", rule, subject)


def _disputes(connection: Connection) -> Iterator[Dispute]:
    places = connection.execute("SELECT kind, row_id FROM disputed_row").fetchall()
    if not places:
        return
    tables = {table.name: table for table in journalled_tables(connection)}
    knowledge = Knowledge(connection)
    rows: dict[str, list[str]] = {}
    for kind, row_id in places:
        rows.setdefault(kind, []).append(row_id)
    for kind, ids in rows.items():
        if kind in tables:
            yield from disputes_of(connection, tables[kind], ids, knowledge)


def computers(connection: Connection) -> dict[str, str]:
    """What each laptop is called, by its replica."""
    return dict(connection.execute("SELECT id, name FROM device").fetchall())
