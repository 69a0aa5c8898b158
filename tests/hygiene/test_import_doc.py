"""docs/import.md names every field of every kind of list."""

from __future__ import annotations

import re

import pytest

from socius_tui.services.importing.preparing import KINDS
from tests.hygiene.sources import ROOT


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_its_table(kind: str) -> None:
    text = (ROOT / "docs" / "import.md").read_text("utf-8")
    part = text.split(f"\n### {kind.capitalize()}\n")[1].split("\n##")[0]
    rows = re.findall(r"^\| `(\w+)` \| ([^|]*) ?\| [^|]+ \|$", part, re.MULTILINE)
    fields = [field for field in KINDS[kind].FIELDS if field.told]
    assert [name for name, _needed in rows] == [field.name for field in fields]
    assert [name for name, needed in rows if needed.strip() == "yes"] == [
        field.name for field in fields if field.required
    ]
