"""The rows that a change set touched, against snapshots taken before and after it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socius_tui.store.driver import Connection
from socius_tui.store.journal import sets
from socius_tui.store.journal.touched import touched_rows
from socius_tui.store.schema import new_database
from socius_tui.store.unit_of_work import Database, Transaction

NOW = datetime(2018, 6, 30, 12, tzinfo=UTC)
ROWS = ("one", "two", "three")
NAMES = st.sampled_from(["An", "Bo", 'a"\\b', "lijn\nlijn"])

steps = st.lists(
    st.tuples(
        st.sampled_from(["add", "change", "replace", "remove"]), st.sampled_from(ROWS), NAMES
    ),
    max_size=12,
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    path: Path = tmp_path_factory.mktemp("touched") / "plan.db"
    new_database(path)
    return Database(path)


def snapshot(connection: Connection) -> dict[str, dict[str, Any]]:
    found = connection.execute(
        "SELECT id, name, role, active_from, active_until, retired_at FROM person"
    )
    names = ("name", "role", "active_from", "active_until", "retired_at")
    return {row[0]: dict(zip(names, row[1:], strict=True)) for row in found}


def carry_out(connection: Connection, what: str, row_id: str, name: str) -> None:
    there = connection.execute("SELECT 1 FROM person WHERE id = ?", (row_id,)).fetchone()
    if what == "add" and not there:
        connection.execute(
            "INSERT INTO person (id, name, role) VALUES (?, ?, 'reader')", (row_id, name)
        )
    elif what == "replace":
        connection.execute(
            "INSERT OR REPLACE INTO person (id, name, role) VALUES (?, ?, 'director')",
            (row_id, name),
        )
    elif what == "change":
        connection.execute("UPDATE person SET name = ? WHERE id = ?", (name, row_id))
    elif what == "remove":
        connection.execute("DELETE FROM person WHERE id = ?", (row_id,))


@settings(max_examples=60)
@given(steps, steps)
def test_before_and_after_are_what_they_were(
    database: Database, first: list[tuple[str, str, str]], second: list[tuple[str, str, str]]
) -> None:
    connection = database.connection
    connection.execute("BEGIN IMMEDIATE")
    try:
        for rows in (first, second):
            number = sets.begin(connection, 0)
            before = snapshot(connection)
            for row in rows:
                carry_out(connection, *row)
            after = snapshot(connection)
            found = {row.row_id: row for row in touched_rows(connection, ("person",))}
            for row_id in ROWS:
                if row_id in found:
                    assert found[row_id].before == before.get(row_id)
                    assert found[row_id].after == after.get(row_id)
                else:
                    assert before.get(row_id) == after.get(row_id)
            assert touched_rows(connection, ("visit",)) == []
            sets.finish(connection, number, made_at="", actor=None, title='"x"')
    finally:
        connection.execute("ROLLBACK")


def test_what_another_program_wrote_in_between_is_not_ours(database: Database) -> None:
    def nothing(_transaction: Transaction) -> str:
        return "nothing"

    seen: list[str] = []

    def look(transaction: Transaction) -> str:
        carry_out(transaction.connection, "add", "mine", "An")
        seen.extend(row.row_id for row in touched_rows(transaction.connection, ("person",)))
        return "mine"

    database.write(nothing, today=NOW.date(), now=NOW, actor=None)
    carry_out(database.connection, "add", "theirs", "Bo")
    database.write(look, today=NOW.date(), now=NOW, actor=None)
    assert seen == ["mine"]


def test_a_set_is_found_by_an_index(database: Database) -> None:
    from socius_tui.store.journal import touched

    plan = database.connection.execute(f"EXPLAIN QUERY PLAN {touched._RUNNING}").fetchall()
    steps_taken = [row[3] for row in plan]
    assert any("change_by_sequence (replica=? AND sequence>?)" in step for step in steps_taken)
    assert any("change_set_by_number (replica=? AND number=?)" in step for step in steps_taken)
