"""What the rows of a table look like: their defaults, and the rules between their columns.

Two laptops can each change a column so that each row is right, and the two together are not: one
moves the start of a period, the other its end. Such rules are read from the table itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

from socius_tui.store.driver import Connection
from socius_tui.store.journal.triggers import Table, quoted
from socius_tui.store.journal.values import Value, is_utf8, raw

#: A quoted text or name, a comment, or one other character.
_PARTS: Final = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|.", re.DOTALL)


class Shape(NamedTuple):
    """`empty` is what a column holds when the journal does not name it; `holds` asks the rules."""

    empty: dict[str, Value]
    holds: Callable[[str, Mapping[str, Value]], bool]


def shape(connection: Connection, table: Table) -> Shape:
    """The shape of one table."""
    names = ", ".join(column.default for column in table.columns)
    values = connection.execute(f"SELECT {names}").fetchone()
    empty = {column.name: value for column, value in zip(table.columns, values, strict=True)}
    return Shape(empty, _Rules(connection, table))


class _Rules:
    """The rules between columns of a table, read when they are first asked for."""

    def __init__(self, connection: Connection, table: Table) -> None:
        self._connection = connection
        self._table = table
        self._sql: str | None = None

    def __call__(self, row_id: str, cells: Mapping[str, Value]) -> bool:
        """Whether a row with this key and these columns may stand in the table."""
        if self._sql is None:
            self._sql = self._question()
        if not self._sql:
            return True
        values = [row_id, *(_bound(cells[column.name]) for column in self._table.columns)]
        return bool(self._connection.execute(self._sql, values).fetchone()[0])

    def _question(self) -> str:
        (sql,) = self._connection.execute(
            "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (self._table.name,)
        ).fetchone()
        rules = list(rules_between(sql))
        if not rules:
            return ""
        names = [self._table.key, *(column.name for column in self._table.columns)]
        row = ", ".join(f"? AS {quoted(name)}" for name in names)
        # As in a table, a rule that is neither true nor false is kept.
        asked = " AND ".join(f"coalesce({rule}, 1)" for rule in rules)
        return f"SELECT {asked} FROM (SELECT {row})"


def _bound(value: Value) -> Value:
    """A value as SQLite can be given it; the rules are about days and numbers, not about bytes
    that are no text."""
    if isinstance(value, str) and not is_utf8(value):
        return raw(value).decode("utf-8", "replace")
    return value


def plain_sql(sql: str) -> str:
    """A definition without comments and without spaces that mean nothing, to be compared.

    SQLite puts a column that is added behind the comment of the last one.
    """
    text = "".join(part for part in _PARTS.findall(sql) if not part.startswith("--"))
    return re.sub(r"\s*([(),])\s*", r"\1", " ".join(text.split()))


def rules_between(sql: str) -> Iterator[str]:
    """The CHECKs of a table that stand by themselves, not behind a column: `(a <= b)`."""
    depth, item = 0, ""
    for match in _PARTS.finditer(sql[sql.index("(") + 1 : sql.rindex(")")]):
        part = match.group()
        if part.startswith("--"):
            continue
        depth += (part == "(") - (part == ")")
        if part == "," and depth == 0:
            yield from _rule(item)
            item = ""
        else:
            item += part
    yield from _rule(item)


def _rule(item: str) -> Iterator[str]:
    found = re.match(r"\s*CHECK\s*(\(.*\))\s*$", item, re.DOTALL | re.IGNORECASE)
    if found:
        yield found.group(1)
