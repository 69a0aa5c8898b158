"""Personal data that were erased on one laptop do not stand in the way of its exchange."""

from __future__ import annotations

from pathlib import Path

from socius_tui.i18n import set_language
from socius_tui.services.assigning import AddPerson
from socius_tui.services.erasing import ErasePerson, holding
from socius_tui.services.session import Session
from socius_tui.services.sync.arranging import wanted
from socius_tui.services.sync.joining import join
from socius_tui.services.sync.running import run
from tests.store.files import new_file


def test_who_erased_somebody_goes_on_exchanging(tmp_path: Path) -> None:
    set_language("en")
    place = wanted("folder", str(tmp_path / "shared"))
    with Session(new_file(tmp_path / "a.db", "An Peeters")) as an:
        run(an, place, new=True)
        an.write(AddPerson.of(name="Mia Janssens", role="reader"))
        run(an, place)
        an.write(ErasePerson(holding(an, "Mia Janssens")))
        an.write(AddPerson.of(name="Els Maes", role="reader"))
        outcome = run(an, place)
        assert (outcome.sent, outcome.troubles) == (2, ())
        assert run(an, place).taken == 0
        assert not an.read(
            lambda c: c.execute("SELECT 1 FROM change WHERE new LIKE '%Janssens%'").fetchall()
        )
    join(tmp_path / "b.db", place)
    with Session(tmp_path / "b.db") as bo:
        names = bo.read(lambda c: c.execute("SELECT name FROM person ORDER BY name").fetchall())
        assert ("Els Maes",) in names
