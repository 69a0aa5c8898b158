"""Makes the triggers that write the journal, in pure SQL, so that any program is journalled.

Each table gets four: what is added, changed and taken away becomes a row of `change`, and an
id stays what it is. They are made from the table's definition, compared at every start, and
made again when they differ: sqlite-utils' `transform`, for one, drops them without a word.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final, NamedTuple

from socius_tui.domain.text import clean
from socius_tui.errors import FileProblem
from socius_tui.i18n import _
from socius_tui.store.driver import SCHEMA_VERSION, Connection

#: Tables that are about this file or can be worked out again; their rows are not journalled.
LOCAL: Final = frozenset(
    (
        "change",
        "change_set",
        "journal_state",
        "device",
        "disputed_row",
        "draft",
        "exchange",
        "kept_row",
        "kept_status",
        "measurement_stale",
        "measurement_summary",
        "published",
        "published_status",
        "search",
        "search_document",
        "search_stale",
        "waiting",
    )
)

# unixepoch('subsec') is younger than the SQLite of Python 3.11.
_NOW_MS: Final = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"
_AWAKE: Final = "(SELECT applying FROM journal_state) = 0"
_TICK: Final = (
    "UPDATE journal_state SET sequence = sequence + 1,"
    f" clock = max(clock + 1, coalesce(moment, {_NOW_MS}) * 65536);"
)
_HEARD: Final = "UPDATE journal_state SET heard = '' WHERE heard <> '';"
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
    """The tables whose rows are journalled, in the order in which they were made.

    A table that another program added for itself is let be where it could not be merged.
    """
    return [
        described(connection, name)
        for name in _shared_tables(connection)
        if not lint(connection, name) or _has_history(connection, name)
    ]


def _shared_tables(connection: Connection) -> list[str]:
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid"
    ).fetchall()
    return [
        name
        for (name,) in names
        if name not in LOCAL and not name.startswith(("sqlite_", "_sqlite", "search_"))
    ]


def _has_history(connection: Connection, name: str) -> bool:
    found = connection.execute("SELECT 1 FROM change WHERE kind = ? LIMIT 1", (name,)).fetchone()
    return found is not None


def described(connection: Connection, name: str) -> Table:
    """One table as the triggers need it."""
    key, columns = "", []
    for row in connection.execute(f"PRAGMA table_info({quoted(name)})"):
        _number, column, kind, required, default, primary = row
        if primary:
            key = column
        else:
            columns.append(Column(column, kind.upper(), default or "NULL", bool(required)))
    return Table(name, key, tuple(columns))


def quoted(name: str) -> str:
    """A name as SQL."""
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    """A text as SQL."""
    return "'" + text.replace("'", "''") + "'"


def value_json(expression: str, kinds: frozenset[str] = frozenset(("ANY",))) -> str:
    """SQL that gives the JSON text of a value, exact and typed; `kinds` are types it can have.

    Reals have 20 digits (15, SQLite's own, changes half of all doubles; 17 one in 300), blobs
    are {"$b": hex}, and so are texts with control characters: {"$t": hex}. It is glued from
    texts, as SQLite 3.40 forbids its JSON functions in a trigger when the schema is not trusted.
    """
    cases = f"CASE typeof({expression}) WHEN 'text' THEN {_text_json(expression)}"
    if kinds & {"BLOB", "ANY"}:
        cases += f" WHEN 'blob' THEN '{{\"$b\":\"' || hex({expression}) || '\"}}'"
    if kinds & {"REAL", "ANY"}:
        cases += (
            f" WHEN 'real' THEN CASE WHEN abs({expression}) <= 1.7976931348623157e308"
            f" THEN printf('%!.20g', {expression}) WHEN {expression} > 0 THEN '9e999'"
            f" ELSE '-9e999' END"
        )
    return f"{cases} WHEN 'null' THEN 'null' ELSE {expression} END"


def _text_json(expression: str) -> str:
    escaped = expression
    for character, escape in _ESCAPES:
        escaped = f"replace({escaped}, {character}, '{escape}')"
    return (
        f"CASE WHEN {expression} GLOB {_CONTROLS} OR instr({expression}, char(0))"
        f" THEN '{{\"$t\":\"' || hex({expression}) || '\"}}'"
        f" ELSE '\"' || {escaped} || '\"' END"
    )


def triggers(table: Table) -> Iterator[tuple[str, str]]:
    """The name and the text of each trigger of a table.

    SQLite reads all of them whenever the file is opened, so the JSON of a value is written out
    once for all columns: they are rows of a VALUES (what it is called, two values), of which
    those that differ are put together.
    """
    name, key = quoted(table.name), quoted(table.key)
    changed = " OR ".join(
        _differ(f"OLD.{quoted(c.name)}", f"NEW.{quoted(c.name)}", c.type) for c in table.columns
    )
    one, other = _column_json("cell", table), _column_json("other", table)

    def trigger(suffix: str, event: str, row: str, verb: str, old: str, new: str, of: str) -> str:
        return (
            f"CREATE TRIGGER {quoted(f'journal_{table.name}_{suffix}')} {event} BEGIN\n"
            f"  {_TICK}\n"
            "  INSERT INTO change (replica, sequence, clock, schema_version, change_set, kind,"
            " row_id, verb, old, new, heard)\n"
            f"  SELECT replica, sequence, clock, {SCHEMA_VERSION}, change_set,"
            f" {_literal(table.name)}, {row}.{key}, '{verb}',\n    {old},\n    {new},\n"
            f"    nullif(heard, '') FROM journal_state{of};\n  {_HEARD}\nEND"
        )

    def unusual(row: str) -> str:
        cells = _cells(table, row, None)
        return f"coalesce((SELECT {one} FROM {cells}), '{{}}')"

    yield (
        f"journal_{table.name}_added",
        trigger(
            "added",
            f"AFTER INSERT ON {name} WHEN {_AWAKE}",
            "NEW",
            "I",
            "NULL",
            unusual("NEW"),
            "",
        ),
    )
    yield (
        f"journal_{table.name}_changed",
        trigger(
            "changed",
            f"AFTER UPDATE ON {name} WHEN {_AWAKE} AND ({changed})",
            "NEW",
            "U",
            one,
            other,
            f", {_cells(table, 'OLD', 'NEW')}",
        ),
    )
    yield (
        f"journal_{table.name}_removed",
        trigger(
            "removed",
            f"AFTER DELETE ON {name} WHEN {_AWAKE}",
            "OLD",
            "D",
            unusual("OLD"),
            "NULL",
            "",
        ),
    )
    yield (
        f"journal_{table.name}_id",
        f"CREATE TRIGGER {quoted(f'journal_{table.name}_id')} BEFORE UPDATE OF {key} ON {name}"
        f" WHEN OLD.{key} IS NOT NEW.{key} BEGIN\n"
        "  SELECT RAISE(ABORT, 'an id never changes');\nEND",
    )


def _cells(table: Table, one: str, other: str | None) -> str:
    """SQL for the columns that differ between two rows, or between a row and the defaults."""
    values = ", ".join(
        f"({_literal(json.dumps(c.name, ensure_ascii=False))}, {one}.{quoted(c.name)},"
        f" {c.default if other is None else f'{other}.{quoted(c.name)}'})"
        for c in table.columns
    )
    # Defaults have a type of their own: 0 where the column has 0.0.
    loose = any(c.type in ("REAL", "ANY") for c in table.columns)
    return (
        f"(SELECT 0 AS name, 0 AS cell, 0 AS other WHERE 0 UNION ALL VALUES {values})"
        f" WHERE {_differ('cell', 'other', 'ANY' if loose else 'TEXT')}"
    )


def _column_json(which: str, table: Table) -> str:
    """SQL that puts the JSON of one of the two values of all cells together."""
    kinds = frozenset(c.type for c in table.columns)
    return f"'{{' || group_concat(name || ':' || {value_json(which, kinds)}) || '}}'"


def _differ(one: str, other: str, kind: str) -> str:
    # The column's own collation would call A and a the same, and SQLite 1 and 1.0.
    different = f"{one} IS NOT {other} COLLATE BINARY"
    return f"({different} OR typeof({one}) <> typeof({other}))" if kind == "ANY" else different


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
    for _number, column, _kind, required, default, primary in info:
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

    Runs inside a transaction. Raises FileProblem when another program changed a table of ours
    so that `lint` refuses it: what is written in it could not be journalled.
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
            raise FileProblem(
                _("Another program changed table {table} in this file: {what}.").format(
                    table=clean(table.name), what=clean("; ".join(wrong))
                ),
                title=_("The table is not what it was"),
                hint=_("Undo that with the other program, or open the newest backup."),
            )
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
