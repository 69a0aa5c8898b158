"""An older file is brought to the current version, one step at a time, backup first."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest
from sqlite_utils import Database as UtilsDatabase

from socius_tui.errors import FileProblem
from socius_tui.store import driver
from socius_tui.store.journal import keeping
from socius_tui.store.journal.comparison import broken_entries, differences
from socius_tui.store.journal.knowing import Knowledge
from socius_tui.store.journal.shapes import plain_sql
from socius_tui.store.migrations import STEPS, Step, migrate, pending
from socius_tui.store.schema import new_database

OLD: Final = Path(__file__).parents[1] / "data" / "old_schemas"
NOW = datetime(2016, 3, 14, 9, 30, tzinfo=UTC)


def add_colour(database: UtilsDatabase) -> None:
    """A step as they will be: it only adds."""
    database.execute("ALTER TABLE plan ADD COLUMN colour TEXT NOT NULL DEFAULT ''")


def add_shape(database: UtilsDatabase) -> None:
    """Another one."""
    database.execute("ALTER TABLE plan ADD COLUMN shape TEXT NOT NULL DEFAULT ''")


def half_way(database: UtilsDatabase) -> None:
    """A step that breaks after it changed something."""
    database.execute("ALTER TABLE plan ADD COLUMN half TEXT")
    database.execute("ALTER TABLE nothing ADD COLUMN x")


def columns(path: Path) -> set[str]:
    """The columns of the plan table."""
    with sqlite3.connect(path) as connection:
        return {row[1] for row in connection.execute("PRAGMA table_info(plan)")}


def upgrade(path: Path, steps: Sequence[Step]) -> list[Path]:
    """Open and migrate with these steps."""
    connection, _ = driver.open_file(path)
    try:
        return migrate(connection, path, NOW, steps)
    finally:
        connection.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of the current version."""
    path = tmp_path / "plan.db"
    new_database(path)
    return path


def test_the_steps_lead_to_the_version_of_the_schema() -> None:
    assert len(STEPS) + 1 == driver.SCHEMA_VERSION


def test_a_current_file_needs_nothing(path: Path) -> None:
    connection, _ = driver.open_file(path)
    assert pending(connection) == 0
    assert migrate(connection, path, NOW) == []
    connection.close()
    assert not (path.parent / "backups").exists()


def test_each_step_is_taken_once_with_a_backup_before(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "SCHEMA_VERSION", driver.SCHEMA_VERSION + 2)
    first, second = upgrade(path, (*STEPS, add_colour, add_shape))
    assert {"colour", "shape"} <= columns(path)
    assert "colour" not in columns(first)
    assert "colour" in columns(second)
    assert "shape" not in columns(second)
    assert first.stat().st_mode & 0o077 == 0
    assert upgrade(path, (*STEPS, add_colour, add_shape)) == []


def test_a_step_that_fails_leaves_the_file_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "SCHEMA_VERSION", driver.SCHEMA_VERSION + 2)
    with pytest.raises(FileProblem) as caught:
        upgrade(path, (*STEPS, add_colour, half_way))
    assert "colour" in columns(path)
    assert "half" not in columns(path)
    connection, _ = driver.open_file(path)
    assert pending(connection, (*STEPS, add_colour, half_way)) == 1
    connection.close()
    assert f"plan-v{len(STEPS) + 2}-" in caught.value.hint


def test_a_step_that_breaks_a_reference_is_undone(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_reference(database: UtilsDatabase) -> None:
        database.execute("PRAGMA defer_foreign_keys = ON")
        database.execute(
            "INSERT INTO subtype (id, work_type_id, code, name) VALUES ('x', 'gone', 'c', 'n')"
        )

    monkeypatch.setattr(driver, "SCHEMA_VERSION", driver.SCHEMA_VERSION + 1)
    with pytest.raises(FileProblem):
        upgrade(path, (*STEPS, break_reference))
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM subtype").fetchone() == (0,)


@pytest.mark.parametrize("version", range(1, driver.SCHEMA_VERSION))
def test_every_earlier_file_becomes_exactly_a_current_one(version: int, tmp_path: Path) -> None:
    path, fresh = tmp_path / "old.db", tmp_path / "new.db"
    restore(OLD / f"v{version}.sql", path)
    known = table_columns(path)
    rows = everything(path, known)
    upgrade(path, STEPS)
    new_database(fresh)
    assert shape(path) == shape(fresh)
    assert everything(path, known) == rows
    connection, _ = driver.open_file(path)
    assert keeping.is_whole(connection)
    assert list(differences(connection)) == []
    assert broken_entries(connection) == []
    connection.close()


def test_what_a_brought_back_backup_knew_is_written_down(tmp_path: Path) -> None:
    """Whoever went on from it knew all that was in it: nothing of that is in conflict."""
    path = tmp_path / "old.db"
    restore(OLD / "v4.sql", path)
    with sqlite3.connect(path) as connection:
        (first, last) = connection.execute(
            "SELECT replica, max(sequence) FROM change GROUP BY replica"
        ).fetchone()
        connection.execute("UPDATE journal_state SET replica = 'later', sequence = 1, last_set = 0")
        (row_id, note) = connection.execute("SELECT id, note FROM organisation").fetchone()
        connection.execute("UPDATE organisation SET note = 'later' WHERE id = ?", (row_id,))
        connection.execute(
            "INSERT INTO change (replica, sequence, clock, schema_version, kind, row_id, verb, old,"
            " new) SELECT 'later', 1, max(clock) + 1, 4, 'organisation', ?, 'U', ?, ? FROM change",
            (row_id, json.dumps({"note": note}), json.dumps({"note": "later"})),
        )
    upgrade(path, STEPS)
    connection, _ = driver.open_file(path)
    knowledge = Knowledge(connection)
    assert knowledge.known("later", 1, first) == last
    assert knowledge.first_knowing("later", first, last) == 1
    assert knowledge.known(first, last, "later") == 0
    assert broken_entries(connection) == []
    connection.close()


def restore(dump: Path, path: Path) -> None:
    """The file that a dump was taken of."""
    connection = sqlite3.connect(path)
    connection.executescript(f"BEGIN;\n{dump.read_text(encoding='utf-8')}\nCOMMIT;")
    connection.close()


def table_columns(path: Path) -> dict[str, str]:
    """The tables that hold data, with the names of their columns."""
    with sqlite3.connect(path) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE TABLE%'"
            " AND name NOT LIKE '%sqlite%' AND name NOT LIKE 'search\\_%' ESCAPE '\\'"
            " AND name <> 'journal_state'"
        ).fetchall()
        return {
            name: ", ".join(row[1] for row in connection.execute(f"PRAGMA table_info({name})"))
            for (name,) in tables
        }


def everything(path: Path, known: dict[str, str] | None = None) -> dict[str, list[Any]]:
    """All rows of these tables (else of all), as far as these columns say."""
    known = known or table_columns(path)
    with sqlite3.connect(path) as connection:
        return {
            name: connection.execute(f"SELECT {columns} FROM {name} ORDER BY 1").fetchall()
            for name, columns in known.items()
        }


def shape(path: Path) -> dict[str, str]:
    """Everything that the file is made of, as SQL."""
    with sqlite3.connect(path) as connection:
        found = {
            name: plain_sql(str(sql))
            for name, sql in connection.execute(
                "SELECT name, sql FROM sqlite_master WHERE tbl_name <> '_sqlite_migrations'"
            )
        }
        found["version"] = str(connection.execute("PRAGMA user_version").fetchone()[0])
    return found
