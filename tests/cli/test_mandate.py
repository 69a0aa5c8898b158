"""`socius mandate` on a real file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.cli.conftest import Socius


def test_from_added_to_attended_to_ended(fresh: Path, socius: Socius) -> None:
    socius("mandate", "add", "[/]Sectorraad", "--kind", "network", "--from", "1/1/2016")
    entry = _named(socius, "[/]Sectorraad")
    assert (entry["kind"], entry["state"]) == ("network", "unrepresented")
    assert entry["days_since"] is None
    assert "[/]Sectorraad" in socius("mandate", "list").out
    socius("mandate", "add", "Sector\x1b[31mraad", code=2)
    socius("mandate", "attended", entry["id"], "--on", "31/5/2016")
    socius("mandate", "end", entry["id"], "--on", "1/6/2016")
    after = _named(socius, "[/]Sectorraad")
    assert (after["state"], after["attended_on"]) == ("ended", "2016-05-31")
    socius("mandate", "edit", entry["id"], "--purpose", "Overleg", "--name", "Sectorraad")
    assert _named(socius, "Sectorraad")["id"] == entry["id"]
    socius("mandate", "remove", entry["id"])
    others = json.loads(socius("mandate", "list", "--kind", "mandate", "--format", "json").out)
    assert "Sectorraad" not in {row["name"] for row in others}


def _named(socius: Socius, name: str) -> dict[str, Any]:
    rows = json.loads(socius("mandate", "list", "--format", "json").out)
    found: dict[str, Any] = next(row for row in rows if row["name"] == name)
    return found


def test_an_unknown_entry_says_where_to_look(fresh: Path, socius: Socius) -> None:
    assert "socius mandate list" in socius("mandate", "end", "zzzzz", code=1).err
