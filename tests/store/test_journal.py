"""The journal's triggers: what they write is exact, typed, complete, and nothing else."""

from __future__ import annotations

import json
import sqlite3
import struct
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from socius_tui.store.journal import sets
from socius_tui.store.journal.comparison import broken_entries, differences, same
from socius_tui.store.journal.projection import Row, present_rows, project, put
from socius_tui.store.journal.triggers import described, install, lint
from socius_tui.store.journal.values import Value, decoded, encoded
from socius_tui.store.schema import schema_text

THING = r"""
CREATE TABLE thing (
  id    TEXT PRIMARY KEY NOT NULL,
  text  TEXT NOT NULL DEFAULT 'usual' COLLATE NOCASE,
  "it's \ed" TEXT,
  whole INTEGER NOT NULL DEFAULT 0,
  real  REAL NOT NULL DEFAULT 0.0,
  blob  BLOB,
  any   ANY
) STRICT
"""
COLUMNS = ("text", "it's \\ed", "whole", "real", "blob", "any")

texts = st.text(st.characters(codec="utf-8"), max_size=40) | st.sampled_from(
    [
        "\0",
        "a\0b",
        "\x01",
        "\x1b[31m",
        "\"quoted\" 'single' \\back\\",
        "één\nlijn\r\n\t",
        "👩‍👩‍👧",
        "\x7f",
    ]
)
wholes = st.integers(-(2**63), 2**63 - 1)
reals = st.floats(allow_nan=False) | st.sampled_from([0.0, -0.0, 5e-324, 1.7976931348623157e308])
blobs = st.binary(max_size=40)
anything = st.none() | texts | wholes | reals | blobs
things = st.fixed_dictionaries(
    {"text": texts, COLUMNS[1]: st.none() | texts, "whole": wholes, "real": reals}
    | {"blob": st.none() | blobs, "any": anything}
)


def scratch(*, trusted: bool = False) -> sqlite3.Connection:
    """A file in memory with a table of every type besides those of the schema."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute(f"PRAGMA trusted_schema = {'ON' if trusted else 'OFF'}")
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.executescript(schema_text())
    sets.start_journal(connection, "here")
    connection.execute(THING)
    install(connection)
    return connection


@pytest.fixture(scope="module", params=[False, True], ids=["not trusted", "trusted"])
def shared(request: pytest.FixtureRequest) -> Iterator[sqlite3.Connection]:
    """One for all examples of a test, as making it takes a while."""
    connection = scratch(trusted=request.param)
    yield connection
    connection.close()


@pytest.fixture
def file() -> Iterator[sqlite3.Connection]:
    """One for a test."""
    connection = scratch()
    yield connection
    connection.close()


def begin_anew(connection: sqlite3.Connection) -> None:
    """Neither rows nor journal."""
    connection.execute("UPDATE journal_state SET applying = 1")
    connection.execute("DELETE FROM thing")
    connection.execute("DELETE FROM change")
    connection.execute("UPDATE journal_state SET applying = 0")


def last(connection: sqlite3.Connection) -> tuple[str, str, dict[str, Value], dict[str, Value]]:
    """The last change: verb, row, old, new."""
    verb, row, old, new = connection.execute(
        "SELECT verb, row_id, old, new FROM change ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    return verb, row, decoded(old), decoded(new)


def verbs(connection: sqlite3.Connection, row: str = "a") -> str:
    """What happened to a row, one letter each."""
    found = connection.execute("SELECT verb FROM change WHERE row_id = ? ORDER BY seq", (row,))
    return "".join(verb for (verb,) in found)


def count(connection: sqlite3.Connection) -> int:
    """How many changes there are."""
    return int(connection.execute("SELECT count(*) FROM change").fetchone()[0])


def add(connection: sqlite3.Connection, row: str, cells: dict[str, Any]) -> None:
    """A row with these columns."""
    names = ", ".join('"' + name.replace('"', '""') + '"' for name in ("id", *cells))
    marks = ", ".join("?" * (len(cells) + 1))
    connection.execute(f"INSERT INTO thing ({names}) VALUES ({marks})", (row, *cells.values()))


def alike(one: dict[str, Value], other: dict[str, Value]) -> bool:
    """Whether two rows are the same, and of the same types."""
    return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)


def holds(connection: sqlite3.Connection) -> None:
    """Rows and journal say the same, and the numbering has no gap."""
    assert list(differences(connection)) == []
    assert broken_entries(connection) == []
    assert connection.execute(
        "SELECT count(*) = max(sequence) AND max(sequence) = (SELECT sequence FROM journal_state)"
        " AND count(DISTINCT clock) = count(*) FROM change"
    ).fetchone() == (1,)


# ---- exact values --------------------------------------------------------------------------


@given(things, things)
@settings(max_examples=80)
def test_any_row_comes_out_of_the_journal_as_it_went_in(
    shared: sqlite3.Connection, before: dict[str, Value], after: dict[str, Value]
) -> None:
    begin_anew(shared)
    add(shared, "a", before)
    verb, row, old, new = last(shared)
    assert (verb, row, old) == ("I", "a", {})
    usual: dict[str, Value] = {"text": "usual", COLUMNS[1]: None, "whole": 0, "real": 0.0}
    usual |= {"blob": None, "any": None}
    assert alike({**usual, **new}, before)
    assert all(not same(usual[name], value) for name, value in new.items())

    was = count(shared)
    names = ", ".join('"' + name.replace('"', '""') + '" = ?' for name in after)
    shared.execute(f"UPDATE thing SET {names}", tuple(after.values()))
    changed = {name for name in COLUMNS if not same(before[name], after[name])}
    assert count(shared) == was + bool(changed)
    if changed:
        verb, row, old, new = last(shared)
        assert (verb, row) == ("U", "a")
        assert alike(old, {name: before[name] for name in COLUMNS if name in changed})
        assert alike(new, {name: after[name] for name in COLUMNS if name in changed})
    shared.execute("DELETE FROM thing")
    verb, row, old, new = last(shared)
    assert (verb, row, new) == ("D", "a", {})
    assert alike({**usual, **old}, after)


@given(st.integers(0, 2**64 - 1))
@example(0x8000000000000000)
@example(0x0000000000000001)
@example(0x7FF0000000000000)
@settings(max_examples=200)
def test_any_double_is_kept_to_the_last_bit(shared: sqlite3.Connection, bits: int) -> None:
    (number,) = struct.unpack("d", struct.pack("Q", bits))
    if number != number:
        return  # SQLite keeps no NaN
    begin_anew(shared)
    add(shared, "a", {"any": number})
    found = last(shared)[3]["any"]
    assert isinstance(found, float)
    # Minus zero becomes zero: nothing in SQL can tell one from the other.
    assert struct.pack("d", found) == struct.pack("d", number + 0.0)


@pytest.mark.parametrize(
    "raw", ["ff", "c3", "61ff62", "eda080", "f8888080", "22ff", "00ff", "5cc3"]
)
def test_a_text_that_is_no_utf8_is_kept_byte_for_byte(file: sqlite3.Connection, raw: str) -> None:
    """Another program can write one; the journal of all other rows must stay readable."""
    file.execute(
        "INSERT INTO thing (id, text) VALUES ('a', CAST(? AS TEXT))", (bytes.fromhex(raw),)
    )
    add(file, "b", {"text": "ordinary"})
    holds(file)
    table = described(file, "thing")
    rows = project(file, table)
    file.execute("UPDATE journal_state SET applying = 1")
    file.execute("DELETE FROM thing")
    for row_id, row in rows.items():
        put(file, table, row_id, row)
    file.execute("UPDATE journal_state SET applying = 0")
    found = file.execute("SELECT hex(text), typeof(text) FROM thing ORDER BY id").fetchone()
    assert found == (raw.upper(), "text")
    holds(file)


@given(st.dictionaries(texts, anything, max_size=5))
def test_what_python_writes_is_read_the_same(cells: dict[str, Value]) -> None:
    assert alike(decoded(encoded(cells)), cells)


def test_the_word_infinity_is_a_text() -> None:
    cells: dict[str, Value] = {"Infinity": "to Infinity", "x": float("-inf")}
    assert decoded(encoded(cells)) == cells


def test_the_json_is_json_and_legible(file: sqlite3.Connection) -> None:
    add(file, "a", {"text": 'Zij zei: "één\nlijn" \\', "whole": 7, "real": 0.1, "blob": b"\0\xff"})
    (new,) = file.execute("SELECT new FROM change").fetchone()
    assert json.loads(new)["whole"] == 7
    assert new.startswith('{"text":"Zij zei: \\"één\\nlijn\\" \\\\","whole":7,"real":0.1000')
    assert new.endswith('"blob":{"$b":"00FF"}}')


@pytest.mark.parametrize(
    "damaged", ['{"a":', "[]", '{"a":[1]}', '{"a":{"$b":"x"}}', "1", '{"a":true}']
)
def test_damaged_json_is_an_error(damaged: str) -> None:
    with pytest.raises(ValueError):
        decoded(damaged)


# ---- what is a change ----------------------------------------------------------------------


def test_a_write_that_changes_nothing_is_not_journalled(file: sqlite3.Connection) -> None:
    add(file, "a", {"text": "x", "real": -0.0, "any": 1})
    file.execute("UPDATE thing SET text = text, real = -0.0, any = 1, id = id")
    file.execute("INSERT OR IGNORE INTO thing (id) VALUES ('a')")
    file.execute("DELETE FROM thing WHERE id = 'b'")
    assert verbs(file) == "I"


@pytest.mark.parametrize(
    ("column", "before", "after"),
    [
        ("text", "jan", "Jan"),
        ("any", 1, 1.0),
        ("any", "1", 1),
        ("any", b"1", "1"),
        ("any", 0, None),
        ("blob", b"", None),
        ("blob", b"a\0b", b"a\0c"),
        ("text", "a\0b", "a\0c"),
    ],
)
def test_what_differs_in_anything_is(
    file: sqlite3.Connection, column: str, before: Value, after: Value
) -> None:
    add(file, "a", {column: before})
    file.execute(f"UPDATE thing SET {column} = ?", (after,))
    verb, _row, old, new = last(file)
    assert verb == "U"
    assert alike({**old, **new}, {column: after})
    assert alike(old, {column: before})


def test_a_row_of_defaults_is_journalled_too(file: sqlite3.Connection) -> None:
    file.execute("INSERT INTO thing (id) VALUES ('a')")
    assert last(file) == ("I", "a", {}, {})
    file.execute("DELETE FROM thing")
    assert last(file) == ("D", "a", {}, {})
    holds(file)


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_replace(file: sqlite3.Connection, recursive: str) -> None:
    """Without recursive triggers SQLite tells nothing of the row that goes."""
    file.execute(f"PRAGMA recursive_triggers = {recursive}")
    add(file, "a", {"text": "one", "whole": 1})
    file.execute("INSERT OR REPLACE INTO thing (id, text) VALUES ('a', 'two')")
    file.execute("REPLACE INTO thing (id, text) VALUES ('a', 'three')")
    assert verbs(file) == ("IDIDI" if recursive == "ON" else "III")
    assert project(file, described(file, "thing"))["a"].cells["text"] == "three"
    assert project(file, described(file, "thing"))["a"].cells["whole"] == 0
    holds(file)


def test_upsert(file: sqlite3.Connection) -> None:
    upsert = (
        "INSERT INTO thing (id, text) VALUES ('a', ?)"
        " ON CONFLICT (id) DO UPDATE SET text = excluded.text"
    )
    for text in ("one", "two", "two"):
        file.execute(upsert, (text,))
    file.execute("INSERT INTO thing (id) VALUES ('a') ON CONFLICT DO NOTHING")
    assert verbs(file) == "IU"
    holds(file)


def test_every_row_of_a_statement_is_a_change(file: sqlite3.Connection) -> None:
    file.executemany("INSERT INTO thing (id) VALUES (?)", [(f"r{n}",) for n in range(50)])
    file.execute("UPDATE thing SET whole = rowid")
    file.execute("DELETE FROM thing")  # SQLite empties a table in one go if nothing listens
    assert count(file) == 150
    holds(file)


def test_an_id_never_changes(file: sqlite3.Connection) -> None:
    add(file, "a", {})
    for statement in ("UPDATE thing SET id = 'b'", "UPDATE OR REPLACE thing SET id = 'b'"):
        with pytest.raises(sqlite3.IntegrityError, match="an id never changes"):
            file.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE change SET new = '{}'",
        "DELETE FROM change",
        "UPDATE change_set SET title = ''",
        "DELETE FROM change_set",
        "REPLACE INTO change SELECT * FROM change",
    ],
)
def test_the_journal_only_grows(file: sqlite3.Connection, statement: str) -> None:
    sets.begin(file, 1)
    add(file, "a", {})
    sets.finish(file, 0, made_at="", actor=None, title="{}")
    with pytest.raises(sqlite3.IntegrityError, match="the journal only grows"):
        file.execute(statement)


def test_the_clock_goes_on_when_that_of_the_computer_goes_back(file: sqlite3.Connection) -> None:
    for moment in (2_000_000_000_000, 1_000_000_000_000, None, 2_000_000_000_001):
        file.execute("UPDATE journal_state SET moment = ?", (moment,))
        add(file, f"r{moment}", {})
    clocks = [clock for (clock,) in file.execute("SELECT clock FROM change ORDER BY seq")]
    late = 2_000_000_000_000 * 65536
    assert clocks == [late, late + 1, late + 2, late + 65536]


# ---- what can be merged --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("definition", "why"),
    [
        ("id INTEGER PRIMARY KEY) STRICT", "must be one TEXT column"),
        ("id TEXT NOT NULL) STRICT", "must be one TEXT column"),
        ("id TEXT NOT NULL, b TEXT NOT NULL, PRIMARY KEY (id, b)) STRICT", "must be one TEXT"),
        ("id TEXT PRIMARY KEY NOT NULL)", "must be STRICT"),
        ("id TEXT PRIMARY KEY NOT NULL) STRICT, WITHOUT ROWID", "WITHOUT ROWID"),
        ("id TEXT PRIMARY KEY NOT NULL, code TEXT UNIQUE) STRICT", "UNIQUE"),
        (
            "id TEXT PRIMARY KEY NOT NULL, p TEXT REFERENCES goal (id) ON DELETE CASCADE) STRICT",
            "CASCADE",
        ),
        (
            "id TEXT PRIMARY KEY NOT NULL, p TEXT REFERENCES goal (id) ON UPDATE SET NULL) STRICT",
            "SET NULL",
        ),
        ("id TEXT PRIMARY KEY NOT NULL, x TEXT DEFAULT 'a') STRICT", "could not be told apart"),
        (
            "id TEXT PRIMARY KEY NOT NULL, x TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP) STRICT",
            "differs from laptop to laptop",
        ),
        ("id TEXT PRIMARY KEY)", "may not be empty"),
    ],
)
def test_a_table_that_cannot_be_merged_is_refused(
    file: sqlite3.Connection, definition: str, why: str
) -> None:
    file.execute(f"CREATE TABLE other ({definition}")
    assert why in "; ".join(lint(file, "other"))


def test_every_table_of_the_schema_is_journalled_or_local() -> None:
    from socius_tui.store.journal.triggers import LOCAL

    connection = scratch()
    watched = {
        name
        for (name,) in connection.execute(
            "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'journal_*'"
            " GROUP BY tbl_name HAVING count(*) = 4"
        )
    }
    tables = {
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'search_*'"
        )
    }
    assert tables - watched == LOCAL - {"search_document", "search_stale"}
    connection.close()


# ---- the rows are a function of the journal ------------------------------------------------

statements = st.one_of(
    st.tuples(
        st.sampled_from(["INSERT OR IGNORE INTO", "INSERT OR REPLACE INTO", "REPLACE INTO"]),
        st.sampled_from("abc"),
        texts,
        anything,
    ),
    st.tuples(st.just("UPDATE"), st.sampled_from("abc"), texts, anything),
    st.tuples(st.just("DELETE"), st.sampled_from("abc"), st.just(""), st.none()),
    st.tuples(st.just("UPSERT"), st.sampled_from("abc"), texts, anything),
    st.tuples(
        st.sampled_from(["SAVEPOINT", "ROLLBACK", "RECURSIVE"]),
        st.just(""),
        st.just(""),
        st.booleans(),
    ),
)


@given(st.lists(statements, max_size=25))
@settings(max_examples=60)
def test_rows_follow_from_the_journal_after_any_history(
    shared: sqlite3.Connection, history: list[tuple[str, str, str, Any]]
) -> None:
    begin_anew(shared)
    shared.execute("SAVEPOINT here")
    for verb, row, text, value in history:
        if verb == "SAVEPOINT":
            shared.execute("RELEASE here")
            shared.execute("SAVEPOINT here")
        elif verb == "ROLLBACK":
            shared.execute("ROLLBACK TO here")
        elif verb == "RECURSIVE":
            shared.execute(f"PRAGMA recursive_triggers = {'ON' if value else 'OFF'}")
        elif verb == "UPDATE":
            shared.execute("UPDATE thing SET text = ?, any = ? WHERE id >= ?", (text, value, row))
        elif verb == "DELETE":
            shared.execute("DELETE FROM thing WHERE id = ?", (row,))
        elif verb == "UPSERT":
            shared.execute(
                "INSERT INTO thing (id, text, any) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE"
                " SET any = excluded.any",
                (row, text, value),
            )
        else:
            shared.execute(f"{verb} thing (id, text, any) VALUES (?, ?, ?)", (row, text, value))
    shared.execute("RELEASE here")
    table = described(shared, "thing")
    found = project(shared, table)
    live = {row: cells.cells for row, cells in found.items() if cells.live}
    there = dict(present_rows(shared, table))
    assert live.keys() == there.keys()
    assert all(alike(live[row], there[row]) for row in there)
    assert list(differences(shared, [table])) == []

    # And the journal alone is enough to make them again.
    shared.execute("UPDATE journal_state SET applying = 1")
    shared.execute("DELETE FROM thing")
    for row_id, cells in found.items():
        put(shared, table, row_id, Row(cells.live, cells.cells))
    shared.execute("UPDATE journal_state SET applying = 0")
    assert {row: list(cells.values()) for row, cells in present_rows(shared, table)} == {
        row: list(cells.values()) for row, cells in there.items()
    }
