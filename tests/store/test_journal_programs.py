"""Other programs write in the file too: it is journalled, or found out and journalled then."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database as UtilsDatabase

from socius_tui.domain.titles import title_from
from socius_tui.errors import FileProblem, RuleBroken
from socius_tui.store.journal import keeping
from socius_tui.store.journal.comparison import broken_entries, differences
from socius_tui.store.schema import new_database
from socius_tui.store.unit_of_work import Database, Transaction

NOW = datetime(2016, 3, 14, 9, 30, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An open database with one person, An."""
    new_database(tmp_path / "plan.db")
    database = Database(tmp_path / "plan.db")
    database.catch_up(NOW)
    add(database, "an", "An")
    yield database
    database.close()


@pytest.fixture
def other(database: Database) -> Iterator[UtilsDatabase]:
    """The same file in sqlite-utils."""
    found = UtilsDatabase(sqlite3.connect(database.path))
    yield found
    found.conn.close()


def add(
    database: Database,
    row: str,
    name: str,
    *,
    now: datetime = NOW,
    then: Exception | None = None,
) -> None:
    """Add a person as a use case does."""

    def work(transaction: Transaction) -> str:
        transaction.insert("person", {"name": name, "role": "reader"}, row)
        if then is not None:
            raise then
        return f"{name} added"

    database.write(work, today=now.date(), now=now, actor="an")


def journal(database: Database) -> list[tuple[Any, ...]]:
    """Who, what and which row, since An was added."""
    return database.read(
        lambda connection: connection.execute(
            "SELECT s.title, c.verb, c.row_id FROM change c LEFT JOIN change_set s"
            " ON s.replica = c.replica AND s.number = c.change_set WHERE c.seq > 1 ORDER BY c.seq"
        ).fetchall()
    )


def holds(database: Database) -> None:
    """Rows and journal say the same, and the triggers are there."""
    assert keeping.is_whole(database.connection)
    assert list(differences(database.connection)) == []
    assert broken_entries(database.connection) == []


def test_who_and_when_are_forgotten_after_each_write(database: Database) -> None:
    with pytest.raises(RuleBroken):
        add(database, "bo", "Bo", then=RuleBroken("no"))
    state = "SELECT sequence, last_set, change_set, moment, applying FROM journal_state"
    assert database.connection.execute(state).fetchone() == (1, 1, None, None, 0)
    add(database, "bo", "Bo")
    assert database.connection.execute(state).fetchone() == (2, 2, None, None, 0)
    actor, first, last = database.connection.execute(
        "SELECT actor, first_sequence, last_sequence FROM change_set ORDER BY seq DESC"
    ).fetchone()
    assert (actor, first, last) == ("an", 2, 2)


def test_a_use_case_that_changes_nothing_is_no_change_set(database: Database) -> None:
    made = database.write(lambda _t: "nothing", today=NOW.date(), now=NOW, actor=None)
    assert made.key is None
    add(database, "bo", "Bo")
    numbers = database.connection.execute("SELECT number FROM change_set ORDER BY seq").fetchall()
    assert numbers == [(1,), (2,)]


def test_a_clock_that_was_set_back_does_not_set_back_the_journal(
    database: Database, other: UtilsDatabase
) -> None:
    add(database, "late", "Late", now=NOW + timedelta(days=20_000))
    add(database, "early", "Early", now=NOW - timedelta(days=1))
    other.table("person").insert({"id": "now", "name": "Now", "role": "reader"})
    other.conn.commit()
    add(database, "again", "Again")
    clocks = [
        clock for (clock,) in database.connection.execute("SELECT clock FROM change ORDER BY seq")
    ]
    assert clocks == sorted(set(clocks))
    assert clocks[-1] == clocks[1] + 3


def test_sqlite_utils_is_journalled(database: Database, other: UtilsDatabase) -> None:
    people = other.table("person")
    people.insert({"id": "bo", "name": "Bo", "role": "reader"})
    people.upsert({"id": "bo", "name": "Bo Maes", "role": "reader"}, pk="id")
    people.insert({"id": "bo", "name": "Bo", "role": "director"}, replace=True)
    people.update("an", {"role": "director"})
    people.delete("bo")
    other.conn.commit()
    assert [(title, row) for title, _verb, row in journal(database)] == [
        (None, "bo"), (None, "bo"), (None, "bo"), (None, "bo"), (None, "an"), (None, "bo"),
    ]  # fmt: skip
    assert "".join(verb for _title, verb, _row in journal(database)) == "IUDIUD"
    holds(database)


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="no sqlite3 shell here")
def test_the_sqlite3_shell_is_journalled(database: Database) -> None:
    statements = (
        "INSERT INTO person (id, name, role) VALUES ('bo', 'Bo', 'reader');"
        "INSERT OR REPLACE INTO person (id, name, role) VALUES ('bo', 'Bo', 'director');"
        "UPDATE person SET name = 'Ân' WHERE id = 'an'; DELETE FROM person WHERE id = 'bo';"
    )
    subprocess.run(["sqlite3", str(database.path), statements], check=True)
    # The shell keeps recursive triggers off: of a row that is replaced nothing is told.
    assert "".join(verb for _title, verb, _row in journal(database)) == "IIUD"
    holds(database)
    refused = subprocess.run(
        ["sqlite3", str(database.path), "DELETE FROM change;"], capture_output=True, text=True
    )
    assert "the journal only grows" in refused.stderr


def lose_triggers(other: UtilsDatabase) -> None:
    """What `transform` does: the table is made anew, without triggers. Then somebody writes."""
    other.table("person").transform(column_order=["role", "id"])
    other.execute("INSERT INTO person (id, name, role) VALUES ('bo', 'Bo', 'reader')")
    other.execute("UPDATE person SET name = 'Anna' WHERE id = 'an'")
    other.conn.commit()


def test_what_was_written_without_triggers_is_found_at_the_next_start(
    database: Database, other: UtilsDatabase
) -> None:
    path = database.path
    lose_triggers(other)
    assert journal(database) == []
    again = Database(path)
    again.catch_up(NOW)
    (first, *_rest) = found = journal(again)
    assert title_from(first[0]) == "Changes of another program, found afterwards"
    assert {(verb, row) for _title, verb, row in found} == {("I", "bo"), ("U", "an")}
    holds(again)
    again.close()


def test_and_at_the_next_write_of_who_has_it_open(database: Database, other: UtilsDatabase) -> None:
    lose_triggers(other)
    add(database, "cis", "Cis")
    found = journal(database)
    assert [title_from(title) for title, _verb, _row in found] == [
        "Changes of another program, found afterwards",
        "Changes of another program, found afterwards",
        "Cis added",
    ]
    holds(database)


def test_a_row_that_vanished_without_triggers_is_found(
    database: Database, other: UtilsDatabase
) -> None:
    for (name,) in other.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'person'"
    ).fetchall():
        other.execute(f"DROP TRIGGER {name}")
    other.execute("DELETE FROM person")
    other.conn.commit()
    database.catch_up(NOW)
    assert [(verb, row) for _title, verb, row in journal(database)] == [("D", "an")]
    holds(database)


def test_a_table_of_another_program_is_let_be(database: Database, other: UtilsDatabase) -> None:
    other.table("their notes").insert({"a": 1, "b'c": "x"})
    other.execute('CREATE TABLE "their \'own\'" (id TEXT PRIMARY KEY NOT NULL, "a\'b" TEXT) STRICT')
    other.execute("INSERT INTO \"their 'own'\" VALUES ('1', 'x')")
    other.conn.commit()
    database.catch_up(NOW)
    add(database, "bo", "Bo")
    assert [row for _title, _verb, row in journal(database)] == ["1", "bo"]
    holds(database)


def test_a_table_of_ours_that_can_no_longer_be_journalled_is_refused(
    database: Database, other: UtilsDatabase
) -> None:
    """Rather than to write what no history will have."""
    other.execute("CREATE TABLE copy (id TEXT PRIMARY KEY, name TEXT UNIQUE, role TEXT)")
    other.execute("INSERT INTO copy SELECT id, name, role FROM person")
    other.execute("PRAGMA foreign_keys = OFF")
    other.execute("DROP TABLE person")
    other.execute("PRAGMA legacy_alter_table = ON")  # views read it
    other.execute("ALTER TABLE copy RENAME TO person")
    other.conn.commit()
    with pytest.raises(FileProblem, match="changed table person"):
        database.catch_up(NOW)
    with pytest.raises(FileProblem, match="changed table person"):
        add(database, "bo", "Bo")


def test_the_journal_goes_on_when_its_state_was_taken_away(
    database: Database, other: UtilsDatabase
) -> None:
    other.execute("DELETE FROM journal_state")
    other.execute("INSERT INTO person (id, name, role) VALUES ('bo', 'Bo', 'reader')")
    other.conn.commit()
    again = Database(database.path)
    again.catch_up(NOW)
    assert [(verb, row) for _title, verb, row in journal(again)] == [("I", "bo")]
    add(again, "cis", "Cis")
    holds(again)
    again.close()
