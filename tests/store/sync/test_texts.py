"""Texts that are no UTF-8, which another program wrote, go to the others as they are."""

from __future__ import annotations

import pytest

from socius_tui.store.journal.comparison import broken_entries, differences
from tests.store.sync.laptops import ORGANISATIONS, Laptop, exchange_all


@pytest.mark.parametrize("stored", ["4dfc", "4dfc01", "ff", "c3"])
@pytest.mark.parametrize("before", [False, True])
def test_bytes_that_are_no_text_arrive(stored: str, before: bool) -> None:
    an, bo = Laptop("a"), Laptop("b")
    if before:  # a row in which several laptops wrote is held against its rules
        an.write_outside("UPDATE organisation SET municipality = 'Gent'")
        exchange_all([an, bo])
    bo.write_outside(f"UPDATE organisation SET note = CAST(x'{stored}' AS TEXT)")
    bo.write_outside("UPDATE organisation SET federation = 'later'")
    exchange_all([an, bo])
    for laptop in (an, bo):
        found = laptop.connection.execute(
            "SELECT hex(note), federation FROM organisation WHERE id = ?", (ORGANISATIONS[0],)
        ).fetchone()
        assert found == (stored.upper(), "later")
        assert laptop.connection.execute("SELECT * FROM waiting").fetchall() == []
        assert list(differences(laptop.connection)) == []
        assert broken_entries(laptop.connection) == []
