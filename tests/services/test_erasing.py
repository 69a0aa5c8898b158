"""Somebody is erased from everything, byte for byte, and nothing else changes."""

from __future__ import annotations

import json
import shutil
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socius_tui.domain.filters import OrganisationFilter
from socius_tui.domain.redaction import ERASED, Redactor
from socius_tui.errors import NotFound, RuleBroken
from socius_tui.services.assigning import AddPerson, Assign
from socius_tui.services.erasing import ErasePerson, extract, holding
from socius_tui.services.following import AddFollowUp, CloseFollowUp
from socius_tui.services.log import find
from socius_tui.services.overview import plan_status
from socius_tui.services.register import organisation_list, staff, work_types
from socius_tui.services.session import Session
from socius_tui.services.visiting import EditVisit, LogVisit
from socius_tui.store.journal.comparison import broken_entries, differences
from socius_tui.store.unit_of_work import Transaction
from tests.services.conftest import MID_2016

NAME = "Zoë Vandenbroucke-D'Hondt"


class AddContact:
    """A contact of an organisation, as an import will add one; then with another number."""

    def __init__(self, organisation_id: str, name: str) -> None:
        self._organisation_id, self._name = organisation_id, name

    def apply(self, transaction: Transaction) -> str:
        values = {"name": self._name, "email": "zoe@voorbeeld.be", "phone": "0475 12 34 56"}
        contact = transaction.insert(
            "organisation_contact", {"organisation_id": self._organisation_id, **values}
        )
        transaction.change("organisation_contact", contact, {"phone": "0499 65 43 21"})
        return f"Contact {self._name} added"


@pytest.fixture
def crowded(fresh: Session) -> Session:
    """Zoë everywhere: contact, met twice, named in notes, in a title, in a draft."""
    everyone = OrganisationFilter(since=date(2016, 1, 1), until=date(2016, 6, 30))
    first, second = organisation_list(fresh, everyone, limit=2)
    fresh.write(AddContact(first.id, NAME))
    for organisation, note in ((first, f"{NAME} wil meer"), (second, "bel zoe@voorbeeld.be")):
        logged = fresh.write(
            LogVisit.of(
                organisation_id=organisation.id,
                visited_on=date(2016, 3, 14),
                met=(NAME, "Jan Peeters"),
                summary=note,
                private_note=f"van {NAME.upper()}: 0475 12 34 56",
            )
        )
        visit_id = logged.ids("visit")[0]
        fresh.write(EditVisit.of(visit_id=visit_id, summary=f"{note} (aangevuld)"))
        added = fresh.write(AddFollowUp.of(what=f"Bel {NAME}", visit_id=visit_id))
        fresh.write(
            CloseFollowUp.of(
                follow_up_id=added.ids("follow_up")[0],
                done_on=date(2016, 6, 1),
                outcome=unicodedata.normalize("NFC", f"Gebeld met {NAME}"),
            )
        )
    fresh.database.connection.execute(
        "INSERT INTO draft (id, form, subject, fields, saved_at) VALUES ('d', 'visit', ?, ?, 'nu')",
        (
            json.dumps({"about": NAME}, ensure_ascii=False),
            json.dumps({"summary": f"Half over {NAME}", "met": ["Jan"]}),
        ),
    )
    return fresh


def needles() -> list[bytes]:
    """Her name and numbers as they could stand in a file."""
    found = []
    for word in (NAME, "zoe@voorbeeld.be", "0475 12 34 56", "0499 65 43 21", "vandenbroucke"):
        for form in (word, json.dumps(word)[1:-1], unicodedata.normalize("NFD", word)):
            found += [form.casefold().encode(code) for code in ("utf-8", "utf-16-le")]
    return found


def left(folder: Path) -> list[tuple[str, bytes]]:
    """Where something of her still stands in the files of a folder."""
    return [
        (path.name, needle)
        for path in folder.rglob("*")
        if path.is_file()
        for needle in needles()
        if needle in path.read_bytes().decode("latin-1").lower().encode("latin-1")
        or needle in path.read_bytes().decode("utf-8", "ignore").casefold().encode()
    ]


def test_everything_is_found(crowded: Session) -> None:
    found = holding(crowded, "zoe vandenbroucke-d'hondt")
    kinds = sorted(row.kind for row in found.rows)
    assert kinds == ["organisation_contact", "visit_met", "visit_met"]
    assert {"0475 12 34 56", "0499 65 43 21", "zoe@voorbeeld.be"} <= set(found.words)
    given_away = json.dumps(extract(crowded, found), ensure_ascii=False)
    for part in ("wil meer", "0499 65 43 21", "Half over", "Gebeld met"):
        assert part in given_away


def test_nothing_is_left_and_all_still_agrees(crowded: Session) -> None:
    before = plan_status(crowded).lines
    assert left(crowded.path.parent)
    crowded.write(ErasePerson(holding(crowded, NAME), "op vraag"))
    crowded.compact()
    connection = crowded.database.connection
    assert left(crowded.path.parent) == []
    assert list(differences(connection)) == []
    assert broken_entries(connection) == []
    assert plan_status(crowded).lines == before
    assert find(crowded, "vandenbroucke") == []
    assert connection.execute("SELECT subject, reason FROM erasure").fetchall() == [
        ("organisation_contact", "op vraag")
    ]
    met = connection.execute("SELECT name FROM visit_met ORDER BY name").fetchall()
    assert met == [("Jan Peeters",)] * 2 + [(ERASED,)] * 2
    with pytest.raises(NotFound):
        holding(crowded, NAME)


def test_without_the_last_step_nothing_is_left_either(crowded: Session) -> None:
    """As after a kill between the commit and the writing anew."""
    crowded.write(ErasePerson(holding(crowded, NAME)))
    assert left(crowded.path.parent) == []


def test_only_at_one_organisation(crowded: Session) -> None:
    connection = crowded.database.connection
    (one,) = {row.organisation_id for row in holding(crowded, NAME).rows if row.kind != "visit_met"}
    assert one is not None
    crowded.write(ErasePerson(holding(crowded, NAME, one)))
    names = connection.execute("SELECT name FROM visit_met ORDER BY name").fetchall()
    assert names == [("Jan Peeters",)] * 2 + [(NAME,), (ERASED,)]
    assert list(differences(connection)) == []
    assert broken_entries(connection) == []
    other = holding(crowded, NAME)
    assert [row.kind for row in other.rows] == ["visit_met"]


def test_staff_hand_over_first(fresh: Session) -> None:
    fresh.write(AddPerson.of(name=NAME))
    person = next(p for p in staff(fresh) if p.name == NAME)
    work_type = work_types(fresh)[0]
    fresh.write(
        Assign.of(person_id=person.id, work_type_id=work_type.id, starts_on=date(2016, 1, 1))
    )
    with pytest.raises(RuleBroken, match=work_type.name):
        fresh.write(ErasePerson(holding(fresh, NAME)))
    other = next(p for p in staff(fresh) if p.name != NAME)
    fresh.write(
        Assign.of(person_id=other.id, work_type_id=work_type.id, starts_on=date(2016, 6, 1))
    )
    fresh.write(ErasePerson(holding(fresh, NAME)))
    assert [p.name for p in staff(fresh)] == [other.name]
    assert left(fresh.path.parent) == []
    titles = fresh.database.connection.execute("SELECT title FROM change_set").fetchall()
    assert any(ERASED in title for (title,) in titles)


def test_a_name_that_is_nowhere(fresh: Session) -> None:
    with pytest.raises(NotFound, match="Niemand Nergens"):
        holding(fresh, "Niemand Nergens")


def test_the_digests_of_the_journal_still_fit(crowded: Session) -> None:
    from socius_tui.store.journal.sets import SET_COLUMNS, ChangeSetRow

    crowded.write(ErasePerson(holding(crowded, NAME)))
    rows = crowded.database.connection.execute(f"SELECT {SET_COLUMNS} FROM change_set")
    for row in map(ChangeSetRow._make, rows):
        assert row.is_whole


@given(st.text(max_size=40), st.text(max_size=12), st.text(max_size=40))
def test_what_is_taken_out_is_found_no_more(before: str, word: str, after: str) -> None:
    redactor = Redactor([word])
    cleaned = redactor.clean(f"{before} {word} {after}")
    assert not redactor.finds(cleaned) or redactor.finds(ERASED)
    if not redactor.words:
        assert cleaned == f"{before} {word} {after}"


def test_parts_of_words_stay() -> None:
    redactor = Redactor(["Jan Peeters", "An"])
    assert redactor.clean("Jan  Peeters, JAN PEETERS en Jan Peetersen") == (
        f"{ERASED}, {ERASED} en Jan Peetersen"
    )


@pytest.mark.parametrize("step", ["erasure.rows", "erasure.journal"])
def test_a_kill_in_the_middle_erases_nothing(step: str, crowded: Session, tmp_path: Path) -> None:
    import subprocess
    import sys

    path = Path(shutil.copy(crowded.path, tmp_path / "killed.db"))
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from socius_tui.services.erasing import ErasePerson, holding\n"
        "from socius_tui.services.session import Session\n"
        "from socius_tui.store import landmarks\n"
        "session = Session(Path(sys.argv[1]))\n"
        "landmarks.listen(lambda s: s == sys.argv[2] and os.kill(os.getpid(), signal.SIGKILL))\n"
        "session.write(ErasePerson(holding(session, sys.argv[3])))\n"
    )
    done = subprocess.run([sys.executable, "-c", script, path, step, NAME], check=False)
    assert done.returncode == -9
    with Session(path, clock=MID_2016) as session:
        connection = session.database.connection
        assert len(holding(session, NAME).rows) == 3
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert list(differences(connection)) == []
        assert connection.execute("SELECT applying FROM journal_state").fetchone() == (0,)
