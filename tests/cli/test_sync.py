"""`socius sync`, as people type it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Socius
from tests.cli.laptops import Laptop, one_line
from tests.services.sync.colleagues import make_base
from tests.services.sync.hub_server import Room, empty_room, room, server

__all__ = ["empty_room", "room", "server"]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_base(tmp_path_factory.mktemp("sync") / "base.db")


@pytest.fixture
def an(base: Path, socius: Socius, tmp_path: Path) -> Laptop:
    return Laptop(socius, tmp_path / "an", "An Peeters", base)


@pytest.fixture
def bo(base: Path, socius: Socius, tmp_path: Path) -> Laptop:
    return Laptop(socius, tmp_path / "bo", "Bo Maes", base)


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    return tmp_path / "shared"


def test_said_once_and_then_it_is_enough(an: Laptop, bo: Laptop, shared: Path) -> None:
    refused = an("sync", code=2)
    assert "never said where" in refused.err
    assert "socius sync --folder FOLDER" in one_line(refused.err)
    an.visit("van An")
    said = an("sync", "--folder", shared, "--new")
    assert "transactions sent." in said.out
    assert "Nothing new came in." in said.out
    bo.visit("van Bo")
    said = bo("sync", "--folder", shared)
    assert "1 transaction sent." in said.out
    assert "1 visit came in, from An Peeters." in said.out
    assert an("sync").out == "There was nothing to send.\n1 visit came in, from Bo Maes.\n"
    assert an.holds() == bo.holds()
    assert an("sync").out == "There was nothing to send.\nNothing new came in.\n"
    assert {"van An", "van Bo"} <= an.summaries()


def test_a_rehearsal_says_what_would_be_done(an: Laptop, bo: Laptop, shared: Path) -> None:
    an.visit("van An")
    an("sync", "--folder", shared, "--new")
    bo.visit("van Bo")
    before = {f: f.read_bytes() for f in shared.rglob("*") if f.is_file()}
    said = bo("sync", "--folder", shared, "--dry-run")
    assert "1 transaction would go." in said.out
    assert "1 visit would come in, from An Peeters." in said.out
    assert bo.summaries() == {"Eerste gesprek", "van Bo"}
    assert {f: f.read_bytes() for f in shared.rglob("*") if f.is_file()} == before
    assert "never said where" in bo("sync", code=2).err  # it is not remembered either


def test_what_the_status_says(an: Laptop, bo: Laptop, shared: Path) -> None:
    assert "not arranged" in an("sync", "--status").out
    an("sync", "--folder", shared, "--new")
    an.visit("van An")
    said = an("sync", "--status").out
    assert str(shared) in said
    assert "1 transaction" in said
    assert "nobody yet" in said
    bo("sync", "--folder", shared)
    an("sync")
    said = an("sync", "--status").out
    assert "0 transactions" in said
    assert "Bo Maes" in said
    assert "An Peeters" not in said


def test_by_itself_or_not_at_all(an: Laptop, shared: Path) -> None:
    assert "never said where" in an("sync", "--automatic", "on", code=2).err
    an("sync", "--folder", shared, "--new", "--automatic", "on")
    assert "at the start and at the end" in an("sync", "--status").out
    assert "when asked" in an("sync", "--automatic", "off").out
    assert "By itself" in an("sync", "--status").out
    assert "automatic" in an("sync", "--automatic", "perhaps", code=2).err
    assert "not exchanged any more" in an("sync", "--forget").out
    assert "never said where" in an("sync", code=2).err
    assert shared.exists()


def test_what_cannot_be(an: Laptop, shared: Path, tmp_path: Path) -> None:
    said = an("sync", "--folder", shared, "--hub", "postgresql://x@example.org/x", code=2)
    assert "not both" in said.err
    said = an("sync", "--folder", shared, code=3)  # without --new nothing is made
    assert "no folder" in said.err.lower()
    assert not shared.exists()
    file = tmp_path / "file"
    file.write_text("not a folder")
    assert "folder" in an("sync", "--folder", file, code=3).err
    said = an("sync", "--hub", "postgresql://an:secret@example.org/plan", code=2)
    assert "password" in said.err.lower()
    assert "secret" not in said.err + said.out
    assert "example.org" in an("sync", "--hub", "https://example.org/plan", code=2).err
    full = tmp_path / "full"
    full.mkdir()
    (full / "letter.txt").write_text("something else")
    assert "--new" in an("sync", "--folder", full, code=3).err
    assert not (full / "replicas").exists()
    # Another team's.
    other = Laptop(an.socius, tmp_path / "other", "", None)
    make_base(other.path)
    other("sync", "--folder", shared, "--new", "--as", "Dirk")
    said = an("sync", "--folder", shared, code=1)
    assert "another" in said.err.lower()
    assert "never said where" in an("sync", code=2).err


def test_a_folder_that_is_away(an: Laptop, shared: Path) -> None:
    an("sync", "--folder", shared, "--new")
    an.visit("van An")
    away = shared.rename(shared.with_name("away"))
    said = an("sync", code=3)
    assert "folder" in said.err
    assert "1 transaction" in an("sync", "--status").out
    away.rename(shared)
    assert "1 transaction sent." in an("sync").out


def test_in_dutch(an: Laptop) -> None:
    assert an("sync", "--lang", "nl", code=2).err.startswith("Fout")


def test_the_file_itself_in_the_folder_is_warned_of(
    base: Path, socius: Socius, tmp_path: Path
) -> None:
    an = Laptop(socius, tmp_path / "an", "An Peeters", base)
    said = an("sync", "--folder", tmp_path / "an" / "shared", "--new")
    assert "database" not in said.out  # beside it is fine
    said = an("sync", "--folder", tmp_path / "an", "--new")
    assert "socius.db" in said.out


def test_many_transactions_from_many(an: Laptop, bo: Laptop, shared: Path) -> None:
    for number in range(3):
        an.visit(f"An {number}")
    an("sync", "--folder", shared, "--new")
    said = bo("sync", "--folder", shared)
    assert "3 visits came in, from An Peeters." in said.out


def test_through_a_hub(room: Room, an: Laptop, bo: Laptop) -> None:
    logins = [room.member("an"), room.member("bo")]
    an.visit("van An")
    assert "sent." in an("sync", "--hub", room.url(logins[0])).out
    said = bo("sync", "--hub", room.url(logins[1]))
    assert "1 visit came in, from An Peeters." in said.out
    assert an.holds() == bo.holds()
    assert "postgresql:" in an("sync", "--status").out
    refused = bo("sync", "--hub", room.url(room.login("stranger")), code=1)
    assert "socius hub member add" in refused.err
