"""Two versions of the program at one place: the older goes on, and gets the rest when it is new."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlite_utils import Database as UtilsDatabase

from socius_tui.services import checking
from socius_tui.services.sync import exchanging
from socius_tui.store import driver
from socius_tui.store.checks import journalling
from socius_tui.store.journal import comparison, triggers
from socius_tui.store.migrations import STEPS, migrate
from socius_tui.store.sync import readiness
from tests.services.sync.colleagues import NOON, Colleague, Do, in_turn
from tests.services.sync.places import PLACES

Three = tuple[Colleague, Colleague, Colleague]
NEWER = driver.SCHEMA_VERSION + 1


def add_badges(database: UtilsDatabase) -> None:
    """A step as they will be: another column, and another table."""
    database.execute("ALTER TABLE organisation ADD COLUMN colour TEXT NOT NULL DEFAULT ''")
    database.execute(
        "CREATE TABLE badge (id TEXT NOT NULL PRIMARY KEY,"
        " organisation_id TEXT NOT NULL REFERENCES organisation (id),"
        " words TEXT NOT NULL DEFAULT '', retired_at TEXT) STRICT"
    )


@contextmanager
def newer_program() -> Iterator[None]:
    """The program of a version later."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (
            driver, exchanging, checking, journalling, comparison, triggers, readiness,
        ):  # fmt: skip
            patch.setattr(module, "SCHEMA_VERSION", NEWER)
        yield


def upgraded(colleague: Colleague, person: str) -> None:
    """Close the file, and open it with the newer program."""
    colleague.close()
    connection, _read_only = driver.open_file(colleague.path)
    migrate(connection, colleague.path, NOON, (*STEPS, add_badges))
    connection.close()
    colleague.open(person)


@pytest.mark.parametrize("colleagues", sorted(PLACES), indirect=True)
def test_from_new_to_old_to_new_nothing_is_lost(colleagues: Three) -> None:
    an, bo, cem = colleagues
    in_turn(colleagues)
    first = an.organisation()

    def colour(words: str) -> Do:
        return Do(lambda transaction: transaction.change("organisation", first, {"colour": words}))

    with newer_program():
        upgraded(an, "An Peeters")
        an.do(
            colour("groen"),
            Do(lambda t: t.insert("badge", {"organisation_id": first, "words": "van An"})),
        )
        an.visit(summary="met het nieuwe programma")
        assert an.sync().sent == 3

    # The older ones go on among each other, and say what they wait for.
    bo.visit(summary="met het oude programma")
    bo.do(Do(lambda t: t.change("organisation", first, {"note": "van Bo"})))
    (waits,) = bo.sync().waiting
    assert f"file version {NEWER}" in waits.sentence
    assert cem.sync().taken == 2
    cem.visit(summary="van Cem")
    cem.sync()
    bo.sync()
    for each in (bo, cem):
        assert each.damage() == []
        assert each.one("SELECT count(*) FROM waiting") == 3
        assert each.one("SELECT count(*) FROM visit WHERE summary = 'van Cem'") == 1

    with newer_program():
        assert an.sync().taken == 3
        assert an.ask("SELECT colour, note FROM organisation WHERE id = ?", first) == [
            ("groen", "van Bo")
        ]
        upgraded(bo, "Bo Maes")
        bo.do(colour("blauw"))
        bo.sync()
        assert bo.one("SELECT words FROM badge") == "van An"
        upgraded(cem, "Cem Yilmaz")
        in_turn(colleagues)
        assert an.holds() == bo.holds() == cem.holds()
        assert an.ask("SELECT * FROM waiting") == cem.ask("SELECT * FROM waiting") == []
        assert an.session.read(lambda c: list(comparison.differences(c))) == []
        for each in colleagues:
            assert each.one("SELECT colour FROM organisation WHERE id = ?", first) in (
                "groen",
                "blauw",
            )
            each.close()
