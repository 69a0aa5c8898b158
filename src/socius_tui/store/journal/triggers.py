"""Makes the triggers that write the journal, in pure SQL, so that any program is journalled.

Each table gets four: what is added, changed and taken away becomes a row of `change`, and an
id stays what it is. They are made from the table's definition, compared at every start, and
made again when they differ: sqlite-utils' `transform`, for one, drops them without a word.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from socius_tui.store.driver import SCHEMA_VERSION, Connection

#: Tables that are about this file or can be worked out again; their rows are not journalled.
LOCAL: Final = frozenset(
    (
        "change",
        "change_set",
        "journal_state",
        "device",
        "draft",
        "search",
        "search_document",
        "search_stale",
    )
)

# unixepoch('subsec') is younger than the SQLite of Python 3.11.
_NOW_MS: Final = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"
_AWAKE: Final = "(SELECT applying FROM journal_state) = 0"
_TICK: Final = (
    "UPDATE journal_state SET sequence = sequence + 1,"
    f" clock = max(clock + 1, coalesce(moment, {_NOW_MS}) * 65536);"
)
#: What JSON escapes in a text that people type; texts with other control characters become hex.
_ESCAPES: Final = (
    ("'\\'", "\\\\"),
    ("'\"'", '\\"'),
    ("char(10)", "\\n"),
    ("char(13)", "\\r"),
    ("char(9)", "\\t"),
)
_CONTROLS: Final = (
    "'*[' || char(1) || '-' || char(8) || char(11) || char(12) || char(14) || '-' || char(31)"
    " || ']*'"
)
#: Types of which two values that differ can still be equal to SQLite: 1 and 1.0, 0.0 and -0.0.
_LOOSE: Final = ("REAL", "ANY", "BLOB")


class Column(NamedTuple):
    """A column of a journalled table: its type, and its default as SQL ("NULL" without one)."""

    name: str
    type: str
    default: str
    required: bool


class Table(NamedTuple):
    """A journalled table: its name, the name of its key, and the other columns."""

    name: str
    key: str
    columns: tuple[Column, ...]


def journalled_tables(connection: Connection) -> list[Table]:
    """The tables whose rows are journalled, in the order in which they were made."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid"
    ).fetchall()
    return [
        described(connection, name)
        for (name,) in names
        if name not in LOCAL and not name.startswith(("sqlite_", "_sqlite", "search_"))
    ]


def described(connection: Connection, name: str) -> Table:
    """One table as the triggers need it."""
    key, columns = "", []
    for row in connection.execute(f"PRAGMA table_info({quoted(name)})"):
        _place, column, kind, required, default, primary = row
        if primary:
            key = column
        else:
            columns.append(Column(column, kind.upper(), default or "NULL", bool(required)))
    return Table(name, key, tuple(columns))


def quoted(name: str) -> str:
    """A name as SQL."""
    return '"' + name.replace('"', '""') + '"'


def value_json(expression: str, kind: str = "ANY") -> str:
    """SQL that gives the JSON text of a value, exact and typed; `kind` is the column's type.

    Reals have 20 digits (15, SQLite's own, changes half of all doubles; 17 one in 300), blobs
    are {"$b": hex}, and so are texts with control characters: {"$t": hex}. It is glued from
    texts, as SQLite 3.40 forbids its JSON functions in a trigger when the schema is not trusted.
    """
    if kind == "INTEGER":
        return f"coalesce({expression}, 'null')"
    text = _text_json(expression)
    if kind == "TEXT":
        return f"coalesce({text}, 'null')"
    return (
        f"CASE typeof({expression}) WHEN 'text' THEN {text} WHEN 'null' THEN 'null'"
        f" WHEN 'blob' THEN '{{\"$b\":\"' || hex({expression}) || '\"}}'"
        f" WHEN 'real' THEN CASE WHEN abs({expression}) <= 1.7976931348623157e308"
        f" THEN printf('%!.20g', {expression}) WHEN {expression} > 0 THEN '9e999'"
        f" ELSE '-9e999' END ELSE {expression} END"
    )


def _text_json(expression: str) -> str:
    escaped = expression
    for character, escape in _ESCAPES:
        escaped = f"replace({escaped}, {character}, '{escape}')"
    return (
        f"CASE WHEN {expression} GLOB {_CONTROLS} OR instr({expression}, char(0))"
        f" THEN '{{\"$t\":\"' || hex({expression}) || '\"}}'"
        f" ELSE '\"' || {escaped} || '\"' END"
    )


def row_json(table: Table, row: str) -> str:
    """SQL that gives the JSON text of a whole row: what differs from the column's default.

    `row` is NEW, OLD or the name of the table. A column that is not in it has its default.
    """
    parts = [
        f"CASE WHEN {_differ(f'{row}.{quoted(c.name)}', c.default, c.type)}"
        f" THEN ',\"{c.name}\":' || {value_json(f'{row}.{quoted(c.name)}', c.type)} ELSE '' END"
        for c in table.columns
    ]
    return "'{' || substr(" + " || ".join(parts) + ", 2) || '}'"


def triggers(table: Table) -> Iterator[tuple[str, str]]:
    """The name and the text of each trigger of a table."""
    name, key = quoted(table.name), quoted(table.key)
    changed = " OR ".join(
        _differ(f"OLD.{quoted(c.name)}", f"NEW.{quoted(c.name)}", c.type) for c in table.columns
    )

    def trigger(suffix: str, event: str, row: str, verb: str, old: str, new: str) -> str:
        return (
            f"CREATE TRIGGER journal_{table.name}_{suffix} {event} BEGIN\n"
            f"  {_TICK}\n"
            "  INSERT INTO change (replica, sequence, clock, schema_version, change_set, kind,"
            " row_id, verb, old, new)\n"
            f"  SELECT replica, sequence, clock, {SCHEMA_VERSION}, change_set, '{table.name}',"
            f" {row}.{key}, '{verb}',\n    {old},\n    {new}\n  FROM journal_state;\nEND"
        )

    yield (
        f"journal_{table.name}_added",
        trigger(
            "added",
            f"AFTER INSERT ON {name} WHEN {_AWAKE}",
            "NEW",
            "I",
            "NULL",
            row_json(table, "NEW"),
        ),
    )
    yield (
        f"journal_{table.name}_changed",
        trigger(
            "changed",
            f"AFTER UPDATE ON {name} WHEN {_AWAKE} AND ({changed})",
            "NEW",
            "U",
            _changes_json(table, "OLD"),
            _changes_json(table, "NEW"),
        ),
    )
    yield (
        f"journal_{table.name}_removed",
        trigger(
            "removed",
            f"AFTER DELETE ON {name} WHEN {_AWAKE}",
            "OLD",
            "D",
            row_json(table, "OLD"),
            "NULL",
        ),
    )
    yield (
        f"journal_{table.name}_id",
        f"CREATE TRIGGER journal_{table.name}_id BEFORE UPDATE OF {key} ON {name}"
        f" WHEN OLD.{key} IS NOT NEW.{key} BEGIN\n"
        "  SELECT RAISE(ABORT, 'an id never changes');\nEND",
    )


def _changes_json(table: Table, row: str) -> str:
    parts = [
        "CASE WHEN "
        + _differ(f"OLD.{quoted(c.name)}", f"NEW.{quoted(c.name)}", c.type)
        + f" THEN ',\"{c.name}\":' || {value_json(f'{row}.{quoted(c.name)}', c.type)} ELSE '' END"
        for c in table.columns
    ]
    return "'{' || substr(" + " || ".join(parts) + ", 2) || '}'"


def _differ(one: str, other: str, kind: str) -> str:
    if kind in _LOOSE:
        return f"{value_json(one)} IS NOT {value_json(other)}"
    # The column's own collation would call A and a the same.
    return f"{one} IS NOT {other} COLLATE BINARY"


def lint(connection: Connection, name: str) -> list[str]:
    """What would keep a table from being merged with that of another laptop; [] is fine."""
    found = []
    info = connection.execute(f"PRAGMA table_info({quoted(name)})").fetchall()
    keys = [row for row in info if row[5]]
    if len(keys) != 1 or keys[0][2].upper() != "TEXT":
        found.append("the primary key must be one TEXT column")
    strict, without_rowid = connection.execute(
        "SELECT strict, wr FROM pragma_table_list WHERE schema = 'main' AND name = ?", (name,)
    ).fetchone()
    if not strict:
        found.append("the table must be STRICT: types decide what is a change")
    if without_rowid:
        found.append("WITHOUT ROWID cannot be salvaged row by row")
    found += [
        f"UNIQUE {row[1]}: two laptops can both make such a row"
        for row in connection.execute(f"PRAGMA index_list({quoted(name)})")
        if row[2] and row[3] != "pk"
    ]
    found += [
        f"{action} on {row[3]}: the side effects of two laptops differ"
        for row in connection.execute(f"PRAGMA foreign_key_list({quoted(name)})")
        for action in (row[5], row[6])
        if action not in ("NO ACTION", "RESTRICT")
    ]
    for _place, column, _kind, required, default, primary in info:
        if not required and default is not None:
            found.append(f"{column}: empty and its default {default} could not be told apart")
        if default is not None and not _is_constant(default):
            found.append(f"{column}: a default that is worked out differs from laptop to laptop")
        if primary and not required:
            found.append(f"{column}: a key may not be empty")
    return found


def _is_constant(default: str) -> bool:
    text = default.strip()
    return text.startswith("'") or text.lstrip("+-").replace(".", "", 1).isdigit()


def install(connection: Connection) -> list[str]:
    """Make every trigger that is missing or differs; gives the names of those made anew.

    Runs inside a transaction. Raises ValueError for a table that `lint` refuses, which is a
    mistake in the schema.
    """
    there = dict(
        connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'journal_*'"
        )
    )
    wanted: dict[str, str] = {}
    for table in journalled_tables(connection):
        wrong = lint(connection, table.name)
        if wrong:
            raise ValueError(f"{table.name}: {'; '.join(wrong)}")
        wanted.update(triggers(table))
    for name in there:
        if name not in wanted:
            connection.execute(f"DROP TRIGGER {quoted(name)}")
    made = []
    for name, sql in wanted.items():
        if there.get(name) != sql:
            connection.execute(f"DROP TRIGGER IF EXISTS {quoted(name)}")
            connection.execute(sql)
            made.append(name)
    return made
