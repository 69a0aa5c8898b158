"""Finds goals, indicators, organisations, visits and notes by any words, accents ignored."""

from __future__ import annotations

from socius_tui.domain.records import SearchHit
from socius_tui.store.driver import Connection


def match_expression(typed: str) -> str:
    """Whatever was typed as an FTS5 query: every word as a quoted prefix.

    Quoting makes operators, punctuation and column filters harmless; a text without
    letters or digits matches nothing.
    """
    words = typed.replace("\0", " ").encode("utf-8", "ignore").decode("utf-8").split()
    usable = [word[:80] for word in words if any(c.isalnum() for c in word)][:12]
    return " ".join('"' + word.replace('"', '""') + '"*' for word in usable) or '""'


def refresh_index(connection: Connection) -> None:
    """Index what changed since the last time; part of the transaction that it runs in."""
    if not is_stale(connection):
        return
    connection.execute("DELETE FROM search WHERE rowid IN (SELECT number FROM search_stale)")
    connection.execute(
        "INSERT INTO search (rowid, title, body) SELECT d.number, d.title, d.body"
        " FROM search_stale s JOIN search_document d ON d.number = s.number"
    )
    connection.execute("DELETE FROM search_stale")


def is_stale(connection: Connection) -> bool:
    """Whether another program wrote text that is not indexed yet."""
    return connection.execute("SELECT 1 FROM search_stale LIMIT 1").fetchone() is not None


def find(connection: Connection, typed: str, *, limit: int = 50) -> list[SearchHit]:
    """The best matches, goals and indicators before organisations before the log."""
    expression = match_expression(typed)
    if expression == '""':
        return []
    rows = connection.execute(
        "SELECT d.kind, d.ref, d.title, snippet(search, 1, '', '', '…', 12)"
        " FROM search JOIN search_document d ON d.number = search.rowid WHERE search MATCH ?"
        " ORDER BY CASE d.kind WHEN 'goal' THEN 0 WHEN 'indicator' THEN 0"
        " WHEN 'organisation' THEN 1 ELSE 2 END, bm25(search, 4.0, 1.0), d.title DESC LIMIT ?",
        (expression, limit),
    )
    return [SearchHit(*row) for row in rows]
