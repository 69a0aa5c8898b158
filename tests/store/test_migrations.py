"""An older file is brought to the current version, one step at a time, backup first."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlite_utils import Database as UtilsDatabase

from socius_tui.errors import FileProblem
from socius_tui.store import driver
from socius_tui.store.migrations import STEPS, Step, migrate, pending
from socius_tui.store.schema import new_database

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
    monkeypatch.setattr(driver, "SCHEMA_VERSION", 3)
    first, second = upgrade(path, (add_colour, add_shape))
    assert {"colour", "shape"} <= columns(path)
    assert "colour" not in columns(first)
    assert "colour" in columns(second)
    assert "shape" not in columns(second)
    assert first.stat().st_mode & 0o077 == 0
    assert upgrade(path, (add_colour, add_shape)) == []


def test_a_step_that_fails_leaves_the_file_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "SCHEMA_VERSION", 3)
    with pytest.raises(FileProblem) as caught:
        upgrade(path, (add_colour, half_way))
    assert "colour" in columns(path)
    assert "half" not in columns(path)
    connection, _ = driver.open_file(path)
    assert pending(connection, (add_colour, half_way)) == 1
    connection.close()
    assert "plan-v2-" in caught.value.hint


def test_a_step_that_breaks_a_reference_is_undone(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_reference(database: UtilsDatabase) -> None:
        database.execute("PRAGMA defer_foreign_keys = ON")
        database.execute(
            "INSERT INTO subtype (id, work_type_id, code, name) VALUES ('x', 'gone', 'c', 'n')"
        )

    monkeypatch.setattr(driver, "SCHEMA_VERSION", 2)
    with pytest.raises(FileProblem):
        upgrade(path, (break_reference,))
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM subtype").fetchone() == (0,)
