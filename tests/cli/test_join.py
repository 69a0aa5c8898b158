"""`socius join`: a laptop that has nothing yet begins with all that the others have."""

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
    return make_base(tmp_path_factory.mktemp("join") / "base.db")


@pytest.fixture
def an(base: Path, socius: Socius, tmp_path: Path) -> Laptop:
    """Who has the plan."""
    return Laptop(socius, tmp_path / "an", "An Peeters", base)


@pytest.fixture
def bo(socius: Socius, tmp_path: Path) -> Laptop:
    """Who has nothing yet."""
    return Laptop(socius, tmp_path / "bo", "Bo Maes")


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    return tmp_path / "shared"


def test_join_a_folder_and_go_on_from_there(
    an: Laptop, bo: Laptop, shared: Path, socius: Socius, tmp_path: Path
) -> None:
    an.visit("van An")
    an("sync", "--folder", shared, "--new")
    an.visit("na de momentopname")
    an("sync")
    said = bo("join", shared, named=False)
    assert f"Made {bo.path}." in one_line(said.out)
    assert bo.path.stat().st_mode & 0o077 == 0
    assert bo.holds() == an.holds()
    assert "SD2" in bo("status").out
    bo.visit("van Bo")
    assert "1 transaction sent." in bo("sync").out  # the place is remembered
    an("sync")
    assert an.holds() == bo.holds()
    assert "Bo Maes" in an("sync", "--status").out
    for laptop in (an, bo):
        assert "nothing" in laptop("check").out.lower()
    # Without any snapshot it begins empty, and gets the same.
    for snapshot in shared.rglob("*.snap"):
        snapshot.unlink()
    cem = Laptop(socius, tmp_path / "cem", "Cem Yilmaz")
    cem("join", shared, named=False)
    assert cem.holds() == an.holds()
    assert "SD2" in cem("status").out


def test_two_who_join_are_two(an: Laptop, bo: Laptop, shared: Path, socius: Socius) -> None:
    an("sync", "--folder", shared, "--new")
    cem = Laptop(socius, shared.with_name("cem"), "Cem Yilmaz")
    for laptop in (bo, cem):
        laptop("join", shared, named=False)
        laptop.visit(f"van {laptop.name}")
    for _time in range(2):
        for laptop in (an, bo, cem):
            laptop("sync")
    assert an.holds() == bo.holds() == cem.holds()
    assert {"van Bo Maes", "van Cem Yilmaz"} <= an.summaries()


def test_join_a_hub(room: Room, an: Laptop, bo: Laptop) -> None:
    an.visit("van An")
    an("sync", "--hub", room.url(room.member("an")))
    said = bo("join", room.url(room.member("bo")), named=False)
    assert "Made" in said.out
    assert bo.holds() == an.holds()
    bo.visit("van Bo")
    bo("sync")
    an("sync")
    assert an.holds() == bo.holds()


def test_what_cannot_be_joined(an: Laptop, bo: Laptop, shared: Path, tmp_path: Path) -> None:
    said = bo("join", shared, code=3, named=False)
    assert "There is no folder" in said.err
    shared.mkdir()
    said = bo("join", shared, code=1, named=False)
    assert "nothing to join" in said.err
    assert "--new" in said.err
    file = tmp_path / "file"
    file.write_text("no folder")
    bo("join", file, code=3, named=False)
    assert "password" in bo("join", "postgresql://an:secret@example.org/x", code=2).err.lower()
    bo("join", code=2, named=False)
    (shared / "team.json").write_text("damaged")
    bo("join", shared, code=3, named=False)
    (shared / "team.json").unlink()
    an("sync", "--folder", shared)
    assert not bo.path.exists()
    assert list(bo.path.parent.iterdir()) in ([], [bo.path.parent / "state"])
    said = an("join", shared, code=3, named=False)
    assert "exists already" in one_line(said.err)
    assert "--db" in said.err
    bo("join", shared, named=False)
    assert bo.holds() == an.holds()


def test_a_hub_of_nobody(room: Room, bo: Laptop) -> None:
    assert "nothing to join" in bo("join", room.url(room.member("bo")), code=1, named=False).err
    assert not bo.path.exists()
    stranger = room.login("stranger")
    assert "member add" in bo("join", room.url(stranger), code=1, named=False).err
    assert not bo.path.exists()
