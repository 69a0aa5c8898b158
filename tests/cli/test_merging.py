"""`socius organisation duplicates` and `merge`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Socius


def test_merged_and_taken_apart(fresh: Path, socius: Socius, tmp_path: Path) -> None:
    source = tmp_path / "lijst.csv"
    source.write_text("naam;werksoort;code\nVereniging 01 (voorbeelt);verenigingen;DUB\n")
    socius("import", "organisations", source, "--all-new", "--yes")
    (pair,) = json.loads(socius("organisation", "duplicates", "--format", "json").out)
    assert pair["why"] == "name"
    assert "DUB" in pair["organisation"] + pair["other"]
    assert "the name" in socius("organisation", "duplicates").out
    socius("organisation", "merge", "VER-01", "DUB", code=2)  # nobody to ask
    assert "DUB" in socius("organisation", "list").out
    said = socius("organisation", "merge", "VER-01", "DUB", "--yes")
    assert "merged with" in said.out + said.err
    assert "DUB" not in socius("organisation", "list").out
    assert json.loads(socius("organisation", "duplicates", "--format", "json").out) == []
    socius("organisation", "merge", "VER-01", "VER-01", "--yes", code=2)
    socius("undo")
    assert "DUB" in socius("organisation", "list").out
    socius("organisation", "merge", "VER-01", "NIETS", "--yes", code=1)
