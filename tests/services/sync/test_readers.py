"""Who reads along in a plan that is exchanged writes nothing: it would reach nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from socius_tui.errors import RuleBroken
from socius_tui.i18n import set_language
from socius_tui.services.assigning import AddPerson
from socius_tui.services.register import staff
from socius_tui.services.session import Session
from socius_tui.services.sync.arranging import forget, wanted
from socius_tui.services.sync.running import run
from tests.store.files import new_file


def test_a_reader_writes_nothing_where_the_plan_is_exchanged(tmp_path: Path) -> None:
    set_language("en")
    with Session(new_file(tmp_path / "plan.db")) as session:
        session.write(AddPerson.of(name="Ria", role="reader"))
        session.write(AddPerson.of(name="An", role="contact_person"))
        people = {person.name: person.id for person in staff(session)}
        session.actor = people["Ria"]
        session.write(AddPerson.of(name="Bo", role="reader"))  # a file of one's own
        run(session, wanted("folder", str(tmp_path / "shared")), new=True)
        with pytest.raises(RuleBroken, match="would reach nobody"):
            session.write(AddPerson.of(name="Cem", role="reader"))
        session.actor = people["An"]
        session.write(AddPerson.of(name="Cem", role="reader"))
        session.actor = people["Ria"]
        forget(session)
        session.write(AddPerson.of(name="Dirk", role="reader"))
        assert {person.name for person in staff(session)} == {"Ria", "An", "Bo", "Cem", "Dirk"}
