"""Forms that are not saved: kept and offered to the right person, gone with their use case."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from socius_tui.domain.drafts import Draft, Typed
from socius_tui.domain.moments import moment_text
from socius_tui.errors import Busy, NotFound, RuleBroken
from socius_tui.services import drafting
from socius_tui.services.assigning import AddPerson
from socius_tui.services.clock import FixedClock
from socius_tui.services.handles import handle
from socius_tui.services.holder import is_running, this_program
from socius_tui.services.looking import pulse
from socius_tui.services.register import staff
from socius_tui.services.session import Session
from socius_tui.store.schema import new_database
from tests.hostile import HOSTILE
from tests.ui.plans import NOW


@pytest.fixture(scope="module")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("drafts") / "plan.db"
    new_database(path)
    with Session(path) as session:
        session.write(AddPerson.of(name="An", role="director"))
        session.write(AddPerson.of(name="Bo", role="reader"))
    return path


@pytest.fixture
def path(_template: Path, tmp_path: Path) -> Path:
    """A file with two members of staff."""
    return Path(shutil.copy(_template, tmp_path / "plan.db"))


@pytest.fixture
def session(path: Path) -> Iterator[Session]:
    """The file, with An at the keyboard, at noon of a fixed day."""
    with Session(path, clock=FixedClock(NOW)) as session:
        session.actor = person(session, "An")
        yield session


def person(session: Session, name: str) -> str:
    return next(p.id for p in staff(session) if p.name == name)


def kept(identifier: str = "d1", text: str = "Goed gesprek") -> Draft:
    return Draft(
        identifier,
        "visit",
        {"visit_id": "v1", "complete": True},
        "Vereniging 07",
        {
            "summary": Typed(text),
            "goal_ids": Typed("od", (("g1", "OD1.1"),)),
            "mode": Typed("online", touched=False),
        },
        "summary",
    )


def ids(session: Session) -> list[str]:
    return [draft.id for draft in drafting.waiting_drafts(session)]


def held_by(session: Session, holder: str, saved_at: str = "") -> None:
    """The draft as another program left it."""
    session.database.connection.execute("UPDATE draft SET holder = ?", (holder,))
    if saved_at:
        session.database.connection.execute("UPDATE draft SET saved_at = ?", (saved_at,))


def test_what_is_kept_comes_back_exactly(session: Session) -> None:
    drafting.save_draft(session, kept())
    (found,) = drafting.waiting_drafts(session)
    assert found == kept()._replace(
        person_id=session.actor, holder=this_program(), saved_at=moment_text(NOW)
    )


def test_the_last_words_take_the_place_of_the_ones_before(session: Session) -> None:
    drafting.save_draft(session, kept())
    drafting.save_draft(session, kept(text="Beter gesprek"))
    (found,) = drafting.waiting_drafts(session)
    assert found.fields["summary"].text == "Beter gesprek"


def test_any_text_is_kept(session: Session) -> None:
    """The fields refuse what steers a terminal; what gets here is kept, but for half letters."""
    texts = {hostile.name: hostile.text for hostile in HOSTILE}
    fields = {name: Typed(text, ((text, text),)) for name, text in texts.items()}
    drafting.save_draft(session, kept()._replace(fields=fields))
    (found,) = drafting.waiting_drafts(session)
    for name, text in texts.items():
        stored = text.encode("utf-8", "replace").decode()
        assert found.fields[name] == Typed(stored, ((stored, stored),)), name


def test_only_the_person_who_typed_sees_it(session: Session, path: Path) -> None:
    drafting.save_draft(session, kept())
    mine = session.actor
    session.actor = None
    drafting.save_draft(session, kept("of nobody"))
    assert ids(session) == ["of nobody"]
    session.actor = person(session, "Bo")
    assert ids(session) == ["of nobody"]
    with pytest.raises(NotFound):
        drafting.take_draft(session, "d1")
    with pytest.raises(NotFound):
        drafting.discard_draft(session, "d1")
    session.actor = mine
    assert set(ids(session)) == {"d1", "of nobody"}


def test_what_this_program_has_open_is_not_offered(session: Session) -> None:
    drafting.save_draft(session, kept())
    assert drafting.waiting_drafts(session, {"d1"}) == []


def test_what_another_running_program_has_open_is_not_offered(session: Session) -> None:
    drafting.save_draft(session, kept())
    code = "from socius_tui.services.holder import *; print(this_program(), flush=True); input()"
    other = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    holder = other.stdout.readline().strip()
    try:
        held_by(session, holder)
        assert ids(session) == []
        with pytest.raises(RuleBroken, match="another window"):
            drafting.take_draft(session, "d1")
        with pytest.raises(RuleBroken):
            drafting.discard_draft(session, "d1")
        other.kill()
        os.waitid(os.P_PID, other.pid, os.WEXITED | os.WNOWAIT)  # dead, but not cleared away yet
        assert ids(session) == ["d1"]
    finally:
        other.communicate()
    assert drafting.take_draft(session, "d1").holder == this_program()


def test_a_process_number_that_is_used_again_is_another_program() -> None:
    computer, pid, start = this_program().rsplit(":", 2)
    assert is_running(f"{computer}:{pid}:{start}") is True
    assert is_running(f"{computer}:{pid}:{start}1") is False
    assert is_running(f"{computer}:999999999999:{start}") is False
    assert is_running(f"elsewhere:{pid}:{start}") is None
    assert is_running("") is False
    assert is_running("nonsense") is False


def test_of_another_computer_it_is_offered_when_nobody_typed_for_an_hour(session: Session) -> None:
    drafting.save_draft(session, kept())
    held_by(session, "elsewhere:12:34", moment_text(NOW - timedelta(minutes=59)))
    assert ids(session) == []
    held_by(session, "elsewhere:12:34", moment_text(NOW - timedelta(minutes=61)))
    assert ids(session) == ["d1"]


def test_thrown_away_is_gone(session: Session) -> None:
    drafting.save_draft(session, kept())
    assert drafting.discard_draft(session, "d1").about == "Vereniging 07"
    assert ids(session) == []
    with pytest.raises(NotFound):
        drafting.take_draft(session, "d1")


def test_a_draft_has_a_short_code(session: Session) -> None:
    drafting.save_draft(session, kept())
    drafting.save_draft(session, kept("d2"))
    assert drafting.find_draft(session, handle("d2")).id == "d2"
    with pytest.raises(NotFound):
        drafting.find_draft(session, "zzzzzz")


def test_words_for_people(session: Session) -> None:
    assert drafting.typed_words(kept()) == [("Note", "Goed gesprek"), ("Goals", "OD1.1, od")]
    assert drafting.first_words(kept()) == "Goed gesprek; OD1.1, od"
    private = {"private_note": Typed("onder ons"), "met": Typed("Jan"), "summary": Typed("nota")}
    assert drafting.first_words(Draft("x", "visit", fields=private)) == "nota"
    strange = Draft("x", "of later", fields={"later_field": Typed("tekst")})
    assert drafting.form_word(strange) == "of later"
    assert drafting.typed_words(strange) == [("later_field", "tekst")]


def test_what_another_program_wrote_is_read_as_far_as_it_goes(session: Session) -> None:
    bad = ("", "[]", "{", "null", '{"a": 1}', '{"a": {"text": 3, "chosen": [[1, 2], "x"]}}')
    for value in (*bad, "[" * 9999):
        session.database.connection.execute(
            "INSERT INTO draft (id, form, subject, fields, saved_at) VALUES (?, 'f', ?, ?, 'x')",
            (value[:99], value, value),
        )
    found = drafting.waiting_drafts(session)
    assert len(found) == 7
    for draft in found:
        assert (draft.subject, draft.about, drafting.first_words(draft)) == ({}, "", "")
        assert drafting.kept_at(draft) == ""


# No part of the plan


def test_keeping_makes_no_change_set_and_no_news(session: Session, path: Path) -> None:
    def journalled() -> list[int]:
        return [
            session.read(lambda c: c.execute("SELECT count(*) FROM change").fetchone()[0]),
            session.read(lambda c: c.execute("SELECT count(*) FROM change_set").fetchone()[0]),
        ]

    before, felt = journalled(), pulse(session)
    with Session(path) as other:
        drafting.save_draft(other, kept())
        drafting.save_draft(other, kept(text="meer"))
        assert pulse(session) == felt
        drafting.discard_draft(other, "d1")
        assert pulse(session) == felt
        assert journalled() == before
        other.write(AddPerson.of(name="Cis", role="reader"))
        assert pulse(session) != felt


def test_a_change_of_the_tables_is_news(session: Session, path: Path) -> None:
    felt = pulse(session)
    with sqlite3.connect(path) as other:
        other.execute("ALTER TABLE person ADD COLUMN shoe_size TEXT")
    assert pulse(session) != felt


def test_news_never_waits_for_a_busy_file(session: Session, path: Path) -> None:
    felt = pulse(session)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert pulse(session) == felt
    other.execute("INSERT INTO setting VALUES ('a', 'b')")
    other.execute("COMMIT")
    other.close()
    assert pulse(session) != felt


def test_keeping_gives_up_soon_when_the_file_is_busy(session: Session, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Busy):
        drafting.save_draft(session, kept())
    other.close()
    drafting.save_draft(session, kept())
    assert ids(session) == ["d1"]


def test_a_file_that_can_only_be_read_keeps_nothing(path: Path) -> None:
    path.chmod(0o400)
    path.parent.chmod(0o500)
    try:
        with Session(path) as session:
            if not session.read_only:
                pytest.skip("this user may write everything")
            drafting.save_draft(session, kept())
            assert ids(session) == []
    finally:
        path.parent.chmod(0o700)


# With its use case


def test_it_goes_with_the_use_case_of_its_form(session: Session) -> None:
    drafting.save_draft(session, kept())
    drafting.save_draft(session, kept("d2"))
    session.write(AddPerson.of(name="Cis", role="reader"), draft="d1")
    assert ids(session) == ["d2"]


def test_it_stays_when_the_use_case_is_refused(session: Session) -> None:
    drafting.save_draft(session, kept())
    with pytest.raises(RuleBroken):
        session.write(AddPerson.of(name="An", role="reader"), draft="d1")
    assert ids(session) == ["d1"]


_KILLED = """
import os, signal, sys
from pathlib import Path
from socius_tui.services.assigning import AddPerson
from socius_tui.services.session import Session
from socius_tui.store import landmarks

def at(step):
    if step == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)

with Session(Path(sys.argv[1])) as session:
    landmarks.listen(at)
    session.write(AddPerson.of(name="Cis", role="reader"), draft="d1")
"""


@pytest.mark.parametrize("step", ["draft.written", "draft.dropped", "never"])
def test_killed_in_between_is_both_or_neither(step: str, path: Path) -> None:
    with Session(path) as session:
        session.actor = person(session, "An")
        drafting.save_draft(session, kept())
    done = subprocess.run([sys.executable, "-c", _KILLED, str(path), step], check=False)
    killed = step != "never"
    assert done.returncode == (-signal.SIGKILL if killed else 0)
    with Session(path) as session:
        session.actor = person(session, "An")
        assert [p.name for p in staff(session)].count("Cis") == (0 if killed else 1)
        assert ids(session) == (["d1"] if killed else [])


def test_what_is_on_the_disk_is_plain_json(session: Session) -> None:
    """Other parts of the program (erasing a person) look for names in it."""
    drafting.save_draft(session, kept(text="Gesprek met Zoë"))
    (fields,) = session.read(lambda c: c.execute("SELECT fields FROM draft").fetchone())
    assert "Zoë" in fields
    assert json.loads(fields)["goal_ids"] == {
        "text": "od",
        "chosen": [["g1", "OD1.1"]],
        "touched": True,
    }
