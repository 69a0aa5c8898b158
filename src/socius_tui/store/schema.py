"""The text of the current schema, and the making of a new file from it."""

from __future__ import annotations

from pathlib import Path

from socius_tui.paths import resource
from socius_tui.store.driver import create_file


def schema_text() -> str:
    """The whole of schema.sql."""
    return resource("schema.sql").read_text(encoding="utf-8")


def new_database(path: Path) -> None:
    """Make an empty database of the current version at `path`; see `create_file` for errors."""
    create_file(path, schema_text())
