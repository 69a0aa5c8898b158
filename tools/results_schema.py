"""Writes docs/results.schema.json, from the models of the results file.

python -m tools.results_schema
"""

from __future__ import annotations

from pathlib import Path

from socius_tui.services.exchange.resultsfile import schema_text

SCHEMA = Path(__file__).resolve().parents[1] / "docs" / "results.schema.json"

if __name__ == "__main__":
    SCHEMA.write_text(schema_text(), encoding="utf-8")
