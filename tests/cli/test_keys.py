"""`socius keys`, and what the settings and the program's memory say of the screens."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from socius_tui.paths import remembered_path, settings_path
from socius_tui.remembered import Remembered, load_remembered, remember
from socius_tui.settings import load_settings
from tests.cli.conftest import Socius


def settle(text: str) -> None:
    """Write the settings."""
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text(text, encoding="utf-8")


def test_every_key_is_printed_with_its_command(socius: Socius) -> None:
    rows = json.loads(socius("keys", "--format", "json").out)
    assert {"name": "views.open", "keys": "V"} in [
        {"name": row["name"], "keys": row["keys"]} for row in rows
    ]
    assert "0 keys of your own" in socius("keys", "--check").out


def test_clashes_are_reported(socius: Socius) -> None:
    settle('[keymap]\n"explain.open" = "d"\n"no.command" = "x"\n"search.open" = ""\n')
    said = socius("keys", "--check", code=1)
    assert said.out == ""
    told = " ".join(said.err.split())
    assert "The key of “explain.open” is that of “as_of.choose” too." in told
    assert "There is no command “no.command”" in told
    assert "“search.open” has no key in the settings." in told
    assert "yes" in socius("keys", "--format", "csv", code=1).out


def test_own_keys_without_a_clash_are_well(socius: Socius) -> None:
    settle('[keymap]\n"explain.open" = "f12"\n')
    assert "1 key of your own" in socius("keys", "--check").out


def test_density_and_start_are_settings(socius: Socius) -> None:
    settle('density = "compact"\nstart = "goals"\n')
    found = load_settings()
    assert (found.density, found.start, found.problems) == ("compact", "goals", ())
    settings_path().write_text('density = "tiny"\nstart = 3\n')
    found = load_settings()
    assert (found.density, found.start) == ("", "")
    assert len(found.warnings) == 2


def test_what_is_remembered_is_kept_for_its_owner_alone() -> None:
    assert load_remembered() == Remembered()
    assert remember(theme="nord")
    assert remember(density="compact", tour_seen=True)
    assert load_remembered() == Remembered("nord", "compact", True)
    assert remembered_path().parent.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in remembered_path().parent.iterdir()] == ["remembered.json"]


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", "null", '{"theme": 3, "density": ["x"], "tour_seen": "yes"}', "[" * 4000],
)
def test_what_cannot_be_read_is_nothing(text: str) -> None:
    remembered_path().parent.mkdir(parents=True)
    remembered_path().write_text(text)
    assert load_remembered() == Remembered()
    assert remember(theme="nord")
    assert load_remembered() == Remembered("nord")


def test_where_nothing_can_be_written_nothing_is_remembered(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert not remember(tmp_path / "file" / "remembered.json", theme="nord")
    assert load_remembered(tmp_path / "file" / "remembered.json") == Remembered()
