"""When a backup is made by itself, which one is meant, what a person is told."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from socius_tui.errors import Damaged, NotFound
from socius_tui.services import backups
from socius_tui.services.assigning import AddPerson
from socius_tui.services.clock import FixedClock
from socius_tui.services.register import staff
from socius_tui.services.session import Session
from tests.services.conftest import MID_2016

NOW = MID_2016.moment


def at(path: Path, moment: datetime) -> Session:
    """The file as it is opened at a moment."""
    return Session(path, clock=FixedClock(moment))


@pytest.fixture
def path(fresh: Session) -> Path:
    """The fresh file, closed."""
    fresh.close()
    return fresh.path


def due(path: Path, minutes: float) -> bool:
    """Whether a backup would be made by itself, so long after now."""
    with at(path, NOW + timedelta(minutes=minutes)) as session:
        return backups.when_due(session) is not None


def test_the_first_one_is_due_at_once(path: Path) -> None:
    assert due(path, 0)


def test_one_is_made_every_half_hour_in_which_something_changed(path: Path) -> None:
    with at(path, NOW) as session:
        job = backups.when_due(session)
        assert job is not None
        assert job().why == "automatic"
        assert not due(path, 31)
        session.write(AddPerson.of(name="Jo Maes", role="reader"))
        assert not due(path, 29)
        assert due(path, 30)
        assert due(path, 31)


def test_a_clock_that_went_backwards_is_no_reason_to_wait(path: Path) -> None:
    backups.back_up(path, clock=FixedClock(NOW + timedelta(days=300)))
    assert not due(path, 0)
    with at(path, NOW) as session:
        session.write(AddPerson.of(name="Jo Maes", role="reader"))
    assert due(path, 0)


def test_what_another_program_wrote_counts_too(path: Path) -> None:
    backups.back_up(path, clock=MID_2016)
    import sqlite3

    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE person SET name = 'Ann'")
    connection.close()
    assert due(path, 40)


def test_a_demo_is_left_alone(demo: Session) -> None:
    assert backups.when_due(demo) is None
    assert backups.back_up(demo).why == "manual"


def test_a_session_can_be_backed_up_and_restored(fresh: Session) -> None:
    made = backups.back_up(fresh, "undo")
    fresh.write(AddPerson.of(name="Jo Maes", role="reader"))
    jo = next(person for person in staff(fresh) if person.name == "Jo Maes")
    fresh.actor = jo.id
    assert "1 change since" in backups.about_in(fresh, made)
    backups.restore_in(fresh, made)
    assert [person.name for person in staff(fresh)] == ["An Peeters"]
    assert not fresh.actor  # she is not in it any more
    fresh.write(AddPerson.of(name="Els", role="reader"))
    assert [line.reason for line in backups.listed_of(fresh)] == [
        "before a backup was brought back",
        "before much was undone",
    ]


@pytest.mark.parametrize("typed", ["latest", "2", "000002", "NAME", "elsewhere/NAME"])
def test_which_backup_is_meant(path: Path, typed: str) -> None:
    backups.back_up(path, clock=MID_2016)
    second = backups.back_up(path, clock=MID_2016)
    assert backups.find(path, typed.replace("NAME", second.path.name)) == second


@pytest.mark.parametrize("typed", ["3", "plan.db", "", "x\x1b[31m"])
def test_what_is_no_backup(path: Path, typed: str) -> None:
    backups.back_up(path, clock=MID_2016)
    with pytest.raises(NotFound) as caught:
        backups.find(path, typed)
    assert "--list" in caught.value.hint
    assert "\x1b" not in caught.value.message


def test_without_backups_nothing_is_meant(path: Path) -> None:
    with pytest.raises(NotFound) as caught:
        backups.find(path, "latest")
    assert "No backup of this file" in caught.value.hint
    with pytest.raises(NotFound):
        backups.before_restore(path)


def test_a_damaged_backup_is_shown_and_refused_before_anything_is_asked(path: Path) -> None:
    made = backups.back_up(path, clock=MID_2016)
    content = bytearray(made.path.read_bytes())
    content[5000] ^= 1
    made.path.write_bytes(content)
    (line,) = backups.listed(path)
    assert made.path.name in line.fault
    with pytest.raises(Damaged):
        backups.about(path, made)


def test_every_reason_has_words(path: Path) -> None:
    from socius_tui.domain.retention import HELD

    assert set(HELD) | {"automatic"} == set(backups.REASONS)
