"""Whether the file is whole: what SQLite says of it, its schema, its search index, its drafts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Final

from socius_tui.store.checks.facts import Fact
from socius_tui.store.driver import Connection, Error, in_memory
from socius_tui.store.journal.shapes import plain_sql
from socius_tui.store.journal.triggers import LOCAL, install, quoted
from socius_tui.store.schema import schema_text
from socius_tui.store.search import documents, refresh_index, remake_documents
from socius_tui.store.summaries import kept, refresh_summaries, remake_summaries

_SHADOWS: Final = ("data", "idx", "content", "docsize", "config")  # tables of FTS5 itself
_MOST: Final = 100  # messages of SQLite

Shape = dict[tuple[str, str], str]


def integrity(connection: Connection) -> Iterator[Fact]:
    """What SQLite itself finds wrong in tables and indexes."""
    try:
        found = connection.execute(f"PRAGMA integrity_check({_MOST})").fetchall()
    except Error:  # at a page that cannot be read it gives up without telling where
        yield from _integrity_by_table(connection)
        return
    for (message,) in found:
        yield from _messages(message)


def _integrity_by_table(connection: Connection) -> Iterator[Fact]:
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0"
    ).fetchall()
    for (name,) in tables:
        try:
            found = connection.execute(f"PRAGMA integrity_check({quoted(name)})").fetchall()
        except Error:
            yield Fact("table.unreadable", name)
            continue
        for (message,) in found:
            yield from _messages(message)


def _messages(text: object) -> Iterator[Fact]:
    for line in str(text).splitlines():
        if line != "ok" and not line.startswith("***"):
            yield Fact("file.broken", values={"message": line})


def references(connection: Connection) -> Iterator[Fact]:
    """Rows that refer to a row that is not there."""
    for table, rowid, parent, _number in connection.execute("PRAGMA foreign_key_check"):
        key = "key" if table == "setting" else "id"
        found = connection.execute(
            f"SELECT {key} FROM {quoted(table)} WHERE rowid = ?", (rowid,)
        ).fetchone()
        yield Fact("row.no_parent", table, str(found[0]) if found else "", {"parent": parent})


@cache
def expected_shape() -> Shape:
    """The schema of a new file: (type, name) -> SQL, with the triggers of the journal."""
    connection = in_memory()
    try:
        connection.executescript(schema_text())
        install(connection)
        return shape(connection)
    finally:
        connection.close()


def shape(connection: Connection) -> Shape:
    """The schema of a file: (type, name) -> SQL; without what SQLite and sqlite-utils add."""
    shadows = {f"search_{name}" for name in _SHADOWS}
    return {
        (kind, name): str(sql)
        for kind, name, table, sql in connection.execute(
            "SELECT type, name, tbl_name, sql FROM sqlite_master"
        )
        if not str(name).startswith("sqlite_")
        and not str(table).startswith("_sqlite_")
        and name not in shadows
    }


def same_sql(one: str, other: str) -> bool:
    """Whether two definitions are the same but for comments, spaces and line ends."""
    return one == other or plain_sql(one) == plain_sql(other)


def schema(connection: Connection) -> Iterator[Fact]:
    """Where the schema is not that of a new file. Views of others do no harm."""
    wanted, found = expected_shape(), shape(connection)
    for (kind, name), sql in wanted.items():
        if (kind, name) not in found:
            yield Fact(f"schema.no_{kind}", values={"name": name})
        elif not same_sql(found[kind, name], sql):
            yield Fact(f"schema.other_{kind}", values={"name": name})
    for kind, name in found.keys() - wanted.keys():
        if kind != "view":
            yield Fact("schema.extra", values={"name": name, "sort": kind})


def search(connection: Connection) -> Iterator[Fact]:
    """Whether what can be found is what the rows say. Works on a copy, which it changes."""
    connection.execute("UPDATE journal_state SET applying = 1")
    refresh_index(connection)
    try:
        connection.execute("INSERT INTO search (search) VALUES ('integrity-check')")
    except Error:
        yield Fact("search.index")
    indexed = dict(_pairs(connection, "SELECT rowid, title || char(0) || body FROM search"))
    written = dict(
        _pairs(connection, "SELECT number, title || char(0) || body FROM search_document")
    )
    if indexed != written:
        yield Fact("search.index")
    before = _compared(documents(connection))
    remake_documents(connection)
    after = _compared(documents(connection))
    wrong = [ref for ref in before.keys() | after.keys() if before.get(ref) != after.get(ref)]
    if wrong:
        yield Fact("search.documents", values={"count": len(wrong)})


def _compared(found: dict[str, tuple[str, str, str]]) -> dict[str, tuple[str, ...]]:
    """Documents without what may be older: the title of a note names the indicator as it was."""
    return {
        ref: (kind, body) if kind in ("visit", "measurement") else (kind, title, body)
        for ref, (kind, title, body) in found.items()
    }


def _pairs(connection: Connection, sql: str) -> Iterator[tuple[int, str]]:
    return ((row[0], row[1]) for row in connection.execute(sql))


def summaries(connection: Connection) -> Iterator[Fact]:
    """Whether the summaries are what the rows say. Works on a copy, which it changes."""
    connection.execute("UPDATE journal_state SET applying = 1")
    refresh_summaries(connection)
    before = kept(connection)
    remake_summaries(connection)
    wrong = before ^ kept(connection)
    if wrong:
        places = {(row[0], row[1], row[2]) for row in wrong}
        yield Fact("summary.differs", values={"count": len(places)})


def drafts(connection: Connection) -> Iterator[Fact]:
    """Half-filled forms that cannot be read."""
    for identifier, form, subject, fields in connection.execute(
        "SELECT id, form, subject, fields FROM draft"
    ):
        if not (_is_object(subject) and _is_object(fields)):
            yield Fact("draft.unreadable", "draft", str(identifier), {"form": form})


def _is_object(text: object) -> bool:
    try:
        return isinstance(json.loads(str(text)), dict)
    except ValueError:
        return False


def readable(connection: Connection) -> Iterator[Fact]:
    """Tables without a second copy in the journal that cannot be read."""
    for name in sorted(LOCAL - {"search", "change", "change_set", "journal_state"}):
        try:
            for _row in connection.execute(f"SELECT * FROM {quoted(name)} NOT INDEXED"):
                pass
        except Error:
            yield Fact("table.unreadable", name)
