"""What every test in a real terminal begins with."""

from __future__ import annotations

import pytest

from socius_tui.paths import settings_path


@pytest.fixture(autouse=True)
def _begin_on_the_overview(_isolated: None) -> None:
    """Whoever is at the keyboard: these tests are about other things."""
    settings_path().parent.mkdir(parents=True, exist_ok=True)
    settings_path().write_text('start = "overview"\n', encoding="utf-8")
