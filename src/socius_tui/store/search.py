"""Finds goals, indicators, organisations, visits and notes by any words, accents ignored."""

from __future__ import annotations

from typing import Final

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


#: Tables whose rows can be found, each with a column that its trigger watches.
_FOUND: Final = (
    ("goal", "title"),
    ("indicator", "title"),
    ("organisation", "name"),
    ("visit", "summary"),
    ("measurement", "note"),
)


def documents(connection: Connection) -> dict[str, tuple[str, str, str]]:
    """What can be found: id of the row -> kind, title, text."""
    rows = connection.execute("SELECT ref, kind, title, body FROM search_document")
    return {row[0]: tuple(row[1:]) for row in rows}


def remake_documents(connection: Connection) -> None:
    """Have the triggers of the tables write every document anew; part of a transaction."""
    connection.execute("DELETE FROM search_document")
    for table, column in _FOUND:
        empty = " WHERE note <> ''" if table == "measurement" else ""
        connection.execute(f"UPDATE {table} SET {column} = {column}{empty}")


def remake_index(connection: Connection, definition: str) -> None:
    """Make the index of FTS5 anew from the documents; part of a transaction."""
    connection.execute("DROP TABLE IF EXISTS search")
    connection.execute(definition)
    connection.execute(
        "INSERT INTO search (rowid, title, body) SELECT number, title, body FROM search_document"
    )
    connection.execute("DELETE FROM search_stale")


def forget_words(connection: Connection) -> None:
    """Index everything anew, in place: what was taken out stays in its pages until then."""
    connection.execute("INSERT INTO search (search) VALUES ('rebuild')")
    connection.execute("INSERT INTO search (search) VALUES ('optimize')")


def is_stale(connection: Connection) -> bool:
    """Whether another program wrote text that is not indexed yet."""
    return connection.execute("SELECT 1 FROM search_stale LIMIT 1").fetchone() is not None


def find(connection: Connection, typed: str, *, limit: int = 50) -> list[SearchHit]:
    """The best matches: goals and indicators before organisations, then the log, newest first.

    Plan and register are ranked by how well they match. The log, of which there is no end, is
    read from its newest text on until there are enough.
    """
    expression = match_expression(typed)
    if expression == '""':
        return []
    rows = connection.execute(
        # The plus keeps FTS5 from looking for each row by itself, with all of the words again.
        f"SELECT {_HIT} FROM search JOIN search_document d ON d.number = search.rowid"
        " WHERE search MATCH ? AND +search.rowid IN"
        f" (SELECT number FROM search_document WHERE kind IN {_RANKED})"
        " ORDER BY d.kind = 'organisation', bm25(search, 4.0, 1.0), d.title DESC LIMIT ?",
        (expression, limit),
    ).fetchall()
    if len(rows) < limit:
        rows += connection.execute(
            f"SELECT {_HIT} FROM search JOIN search_document d ON d.number = search.rowid"
            f" WHERE search MATCH ? AND d.kind NOT IN {_RANKED}"
            " ORDER BY search.rowid DESC LIMIT ?",
            (expression, limit - len(rows)),
        ).fetchall()
    return [SearchHit(*row) for row in rows]


_RANKED: Final = "('goal', 'indicator', 'organisation')"
_HIT: Final = (
    "d.kind, d.ref, d.title, snippet(search, 1, '', '', '…', 12), coalesce("
    "CASE (SELECT count(*) FROM plan WHERE retired_at IS NULL) WHEN 1 THEN '' ELSE"
    " (SELECT p.code FROM goal g JOIN plan p ON p.id = g.plan_id WHERE g.id = coalesce("
    "(SELECT goal_id FROM indicator WHERE id = d.ref), d.ref)) END, '')"
)
