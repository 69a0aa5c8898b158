"""One transaction per use case: all of it or nothing, and told what changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from socius_tui.domain.changes import ChangeSet
from socius_tui.domain.moments import moment_text
from socius_tui.errors import FileProblem, RuleBroken
from socius_tui.store.ids import natural_id, time_ordered_ids
from socius_tui.store.schema import new_database
from socius_tui.store.unit_of_work import Database, Transaction

NOW = datetime(2016, 3, 14, 9, 30, 0, 123456, UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty open database."""
    path = tmp_path / "plan.db"
    new_database(path)
    database = Database(path)
    yield database
    database.close()


def people(database: Database) -> list[tuple[str, str | None]]:
    """Names and the moment of retiring."""
    return database.read(
        lambda c: c.execute("SELECT name, retired_at FROM person ORDER BY name").fetchall()
    )


def write(database: Database, *names: str, then: Exception | None = None) -> ChangeSet:
    """Add people in one transaction, and perhaps fail at the end."""

    def work(transaction: Transaction) -> str:
        for name in names:
            transaction.insert("person", {"name": name, "role": "reader"})
        if then is not None:
            raise then
        return "people"

    return database.write(work, today=NOW.date(), now=NOW, actor="me")


def test_what_was_written_is_told(database: Database) -> None:
    changes = write(database, "An", "Bo")
    assert people(database) == [("An", None), ("Bo", None)]
    assert changes.title == "people"
    assert changes.kinds == {"person"}
    assert len(changes.ids("person")) == 2
    assert changes.actor == "me"


@pytest.mark.parametrize("error", [RuleBroken("no"), ValueError("bug"), KeyboardInterrupt()])
def test_nothing_is_written_when_it_fails(database: Database, error: Exception) -> None:
    with pytest.raises(type(error)):
        write(database, "An", "Bo", then=error)
    assert people(database) == []
    write(database, "Cis")
    assert people(database) == [("Cis", None)]


def test_a_rule_of_the_schema_that_is_broken_undoes_everything(database: Database) -> None:
    with pytest.raises(FileProblem):
        write(database, "An", "   ")
    assert people(database) == []


def test_a_row_is_retired_not_deleted(database: Database) -> None:
    (identifier,) = write(database, "An").ids("person")

    def retire(transaction: Transaction) -> str:
        transaction.retire("person", identifier)
        return "gone"

    changes = database.write(retire, today=NOW.date(), now=NOW, actor=None)
    assert people(database) == [("An", "2016-03-14T09:30:00.123Z")]
    assert changes.changes[0].verb == "retired"


def test_a_natural_key_gives_the_same_row_again(database: Database) -> None:
    def tag(transaction: Transaction) -> str:
        transaction.insert("device", {"name": "x", "first_seen": transaction.stamp}, "d")
        return ""

    database.write(tag, today=NOW.date(), now=NOW, actor=None)
    assert natural_id("target", "a", "b") == natural_id("target", "a", "b")
    assert natural_id("target", "a", "b") != natural_id("target", "ab", "")


def test_ids_sort_by_moment_and_order() -> None:
    first = time_ordered_ids(1_000_000)
    ids = [next(first) for _ in range(5_000)]
    later = next(time_ordered_ids(1_000_010))
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)
    assert later > ids[-1]
    assert {identifier[14] for identifier in ids} == {"7"}


def test_ids_of_two_laptops_differ() -> None:
    assert next(time_ordered_ids(1)) != next(time_ordered_ids(1))
    assert next(time_ordered_ids(1, seed=b"x")) == next(time_ordered_ids(1, seed=b"x"))


def test_a_moment_is_stored_in_utc_with_milliseconds() -> None:
    assert moment_text(NOW) == "2016-03-14T09:30:00.123Z"


def test_names_of_tables_and_columns_cannot_carry_sql(database: Database) -> None:
    def inject(transaction: Transaction) -> str:
        transaction.insert("person (id) VALUES (1); --", {"name": "x"})
        return ""

    with pytest.raises(ValueError, match="person"):
        database.write(inject, today=NOW.date(), now=NOW, actor=None)


def test_a_write_of_another_program_is_noticed(database: Database) -> None:
    before = database.news()
    other = sqlite3.connect(database.path)
    other.execute("INSERT INTO setting VALUES ('a', 'b')")
    other.commit()
    other.close()
    assert database.news() != before


@pytest.mark.parametrize(
    "day", ["2023-02-29", "2016-13-01", "2016-1-1", "20160101", "45351", "", "gisteren"]
)
def test_the_schema_refuses_impossible_dates(database: Database, day: str) -> None:
    def work(transaction: Transaction) -> str:
        transaction.insert(
            "plan", {"code": "p", "title": "p", "starts_on": day, "ends_on": "2099-12-31"}
        )
        return ""

    with pytest.raises(FileProblem):
        database.write(work, today=date(2016, 1, 1), now=NOW, actor=None)
