"""Writes docs/schema.md from schema.sql: its tables, their columns, and its own comments.

python -m tools.schema_doc           # write it
python -m tools.schema_doc --check   # exit code 1 when it is not up to date
"""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
SCHEMA: Final = ROOT / "schema.sql"
PAGE: Final = ROOT / "docs" / "schema.md"

_SECTION = re.compile(r"-- -{10,} (?P<title>.+)")
_TABLE = re.compile(r"CREATE TABLE (?P<name>\w+) \((?:\s*-- (?P<note>.+))?")
_VIRTUAL = re.compile(
    r"CREATE VIRTUAL TABLE (?P<name>\w+) USING (?P<module>\w+) \((?:\s*-- (?P<note>.+))?"
)
_VIEW = re.compile(r"CREATE VIEW (?P<name>\w+) AS")
_COLUMN = re.compile(r"  (?P<name>[a-z_]+)\s+(?P<type>TEXT|INTEGER|REAL)\b(?P<rest>[^\n]*?)")
_NOTE = re.compile(r"(?P<code>(?:[^-']|'[^']*'|-(?!-))*)--\s*(?P<note>.*)")
_REFERENCE = re.compile(r"REFERENCES (\w+) \(id\)")
_WORDS = re.compile(r"IN \(('[^)]*')\)")
_LONGEST = re.compile(r"length\((?:trim\()?\w+\)?\) (?:<= |BETWEEN 1 AND )(\d+)")
_DEFAULT = re.compile(r"DEFAULT ('[^']*'|\S+?),?(?: |$)")
_LEAST = re.compile(r"\w+ (>=?) (\d+)\)")
_RANGE = re.compile(r"CHECK \(\w+ BETWEEN (\d+) AND (\d+)\)")

HEAD: Final = """\
# The database

<!-- Written by tools/schema_doc.py from schema.sql; run `make docs` after a change there. -->

All data is in one SQLite file. `schema.sql` is the whole database, readable from top to bottom,
with every rule that one row can show; this page is an overview of it. Any program that reads
SQLite can read the file:

```
sqlite3 -readonly socius.db "SELECT visited_on, status FROM visit WHERE retired_at IS NULL"
```

To read is safe at any time. To write, use the program: it checks what no single row can show (one
contact person for a work type on any day, no visit before recognition) and writes all that belongs
together at once.

"""


@dataclass
class Column:
    """One column as schema.sql has it."""

    name: str
    type: str
    rest: str
    note: str

    @property
    def holds(self) -> str:
        """What is in it: its kind of value."""
        code = self.rest
        if found := _REFERENCE.search(code):
            return f"id of [{found[1]}](#{found[1]})"
        if self.name == "id":
            return "id"
        if "julianday" in code:
            return "date"
        if self.name.endswith("_at") or self.name == "first_seen":
            return "moment"
        if "GLOB" in code and "[^" in code:
            return "decimal number"
        if self.type == "INTEGER":
            return "0 or 1" if "IN (0, 1)" in code else "whole number"
        if self.type == "REAL":
            return "number"
        return "text"

    @property
    def empty(self) -> str:
        """Whether it can be without a value."""
        found = _DEFAULT.search(self.rest)
        if "NOT NULL" not in self.rest and "PRIMARY KEY" not in self.rest:
            return "yes"
        if found and found[1] != "''":
            return f"no, else `{found[1].strip(chr(39))}`"
        return "empty text" if found else "no"

    @property
    def about(self) -> str:
        """Its limits and its comment."""
        parts = []
        if found := _WORDS.search(self.rest):
            words = [word.strip().strip("'") for word in found[1].split(",")]
            parts.append(", ".join(f"`{word}`" for word in words))
        if (found := _LONGEST.search(self.rest)) and self.holds == "text" and not parts:
            parts.append(f"at most {int(found[1]):,} characters")
        if found := _RANGE.search(self.rest):
            parts.append(f"{found[1]} to {found[2]}")
        elif (found := _LEAST.search(self.rest)) and self.holds == "whole number":
            parts.append(f"at least {int(found[2]) + (found[1] == '>')}")
        if "enterprise" in self.name:
            parts.append("ten digits, the first 0 or 1")
        if self.note:
            parts.append(self.note)
        return "; ".join(parts)


@dataclass
class Table:
    """One table with its comment."""

    name: str
    note: str
    module: str = ""
    columns: list[Column] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)


@dataclass
class Section:
    """Tables that belong together; `text` is the comment under the heading."""

    title: str
    text: str = ""
    tables: list[Table] = field(default_factory=list)


def sections(schema: str) -> list[Section]:
    """What schema.sql says, in its order."""
    found: list[Section] = []
    comment: list[str] = []
    lines = iter(schema.splitlines())
    for line in lines:
        if heading := _SECTION.fullmatch(line):
            found.append(Section(heading["title"].capitalize()))
            comment = []
        elif line.startswith("--"):
            comment.append(line.removeprefix("--").strip())
        elif made := _TABLE.fullmatch(line):
            about, key = _without_key(made["note"] or "")
            table = Table(made["name"], " ".join(filter(None, [*comment, about])))
            _fill(table, lines)
            table.columns[0].note = key
            found[-1].tables.append(table)
            comment = []
        elif made := _VIRTUAL.fullmatch(line):
            table = Table(made["name"], made["note"] or "", made["module"])
            names = next(lines).partition("tokenize")[0].split(",")
            table.columns = [Column(n.strip(), "TEXT", "", "") for n in names if n.strip()]
            found[-1].tables.append(table)
            comment = []
        elif made := _VIEW.fullmatch(line):
            view = Table(made["name"], " ".join(comment), "view")
            view.columns = [Column(name, "TEXT", "", "") for name in _view_columns(view.name)]
            found[-1].tables.append(view)
            comment = []
        elif not line.strip():
            # A comment that stands by itself speaks of the section.
            if comment and found and not found[-1].tables:
                found[-1].text = " ".join(comment)
            comment = []
    return found


def _view_columns(name: str) -> list[str]:
    """The columns of a view, as SQLite knows them."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(SCHEMA.read_text(encoding="utf-8"))
        return [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]


def _without_key(note: str) -> tuple[str, str]:
    """A table's own comment, and what it says of the id."""
    parts = note.split("; ")
    about = "; ".join(part for part in parts if not part.startswith("id: "))
    key = next((part for part in parts if part.startswith("id: ")), "")
    return about, key.removeprefix("id: ")


def _fill(table: Table, lines: Iterator[str]) -> None:
    before: list[str] = []
    for line in lines:
        if line.startswith(")"):
            return
        if line.strip().startswith("--"):
            before.append(line.strip().removeprefix("--").strip())
            continue
        noted = _NOTE.fullmatch(line)
        code, note = (noted["code"], noted["note"]) if noted else (line, "")
        if column := _COLUMN.fullmatch(code.rstrip()):
            notes = " ".join(filter(None, [*before, note]))
            table.columns.append(Column(column["name"], column["type"], column["rest"], notes))
        elif code.strip().startswith("PRIMARY KEY ("):
            table.rules.append(code.strip().rstrip(","))
        elif "CHECK" in code:
            rule = code.strip().rstrip(",").removeprefix("CHECK (").removesuffix(")")
            table.rules.append(rule)
        else:
            raise ValueError(f"schema.sql, table {table.name}: {line!r} is not understood")
        before = []


def conventions(schema: str) -> list[tuple[str, str]]:
    """The conventions of the head of schema.sql: what, and how."""
    head = schema.partition("PRAGMA")[0].partition("-- Conventions\n")[2]
    found: list[tuple[str, str]] = []
    for line in head.splitlines():
        text = line.removeprefix("--").strip()
        named = re.fullmatch(r"--   (\w+)  +(.+)", line)
        if named:
            found.append((named[1], named[2]))
        elif text.startswith("no UNIQUE"):
            found.append(("uniqueness", text))
        elif text:
            found[-1] = (found[-1][0], f"{found[-1][1]} {text}")
    return found


def page(schema: str) -> str:
    """The text of docs/schema.md."""
    version = re.search(r"PRAGMA user_version = (\d+)", schema)
    application = re.search(r"PRAGMA application_id = (\w+)", schema)
    assert version is not None
    assert application is not None
    out = [HEAD + f"This is version {version[1]} of the file (`user_version`); "]
    out[0] += f"`application_id` is `{application[1]}`.\n"
    out += ["## Conventions\n", "| what | how |", "|---|---|"]
    out += [f"| {name} | {_cell(text)} |" for name, text in conventions(schema)]
    for section in sections(schema):
        out += ["", f"## {section.title}"]
        if section.text:
            out += ["", section.text]
        for table in section.tables:
            out += _table(table)
    return "\n".join(out) + "\n"


def _table(table: Table) -> Iterator[str]:
    yield ""
    yield f"### {table.name}"
    if table.note:
        yield ""
        yield table.note[0].upper() + table.note[1:].rstrip(".") + "."
    yield ""
    if table.module:
        columns = ", ".join(f"`{column.name}`" for column in table.columns)
        sort = "view" if table.module == "view" else f"virtual table ({table.module})"
        yield f"A {sort}: {columns}."
        return
    yield "| column | holds | can be empty | more |"
    yield "|---|---|---|---|"
    for column in table.columns:
        yield f"| `{column.name}` | {column.holds} | {column.empty} | {_cell(column.about)} |"
    if table.rules:
        yield ""
        yield "In every row:"
        yield ""
        for rule in table.rules:
            yield f"- `{rule}`"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main(arguments: list[str]) -> int:
    """Write the page, or compare it."""
    text = page(SCHEMA.read_text(encoding="utf-8"))
    if "--check" in arguments:
        current = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        if current != text:
            sys.stderr.write("docs/schema.md is not up to date: make docs\n")
            return 1
        return 0
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
