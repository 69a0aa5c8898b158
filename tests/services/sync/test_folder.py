"""The shared folder: what lies where, whose it is, and what is not read without need."""

from __future__ import annotations

import json
import os
import zlib
from datetime import timedelta
from pathlib import Path

import pytest

from socius_tui.domain.exchanged import Packet, Peer, Trouble
from socius_tui.errors import FileProblem, Forked, OutOfReach, RuleBroken
from socius_tui.services.sync.folder import FolderTransport, database_warning, lies_inside
from socius_tui.services.sync.folder import shelf as shelf_module
from socius_tui.services.sync.folder.writing import write_whole
from tests.services.sync.folders import NOW, files, sealed, segments, way
from tests.services.sync.places import (
    AN,
    BO,
    CEM,
    TEAM,
    TrySeal,
    no_step,
    packets,
    profile,
    pulled,
    put,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty shared folder."""
    made = tmp_path / "shared"
    made.mkdir()
    return made


# ---- what lies where


def test_what_lies_where(folder: Path) -> None:
    an = way(folder)
    put(an, packets(AN, 0, 2, 7))
    an.introduce(profile(AN), {AN: 7})
    own = f"replicas/{AN}"
    there = files(folder)
    (name,) = (path for path in there if path.endswith(".seg"))
    assert sorted(there) == sorted(["team.json", name, f"{own}/profile.json", f"{own}/seen.json"])
    assert name.startswith(f"{own}/{AN}.000000000000-000000000007.")
    assert json.loads(there["team.json"]) == {"format": 1, "team": TEAM}
    assert json.loads(there[f"{own}/seen.json"])["seen"] == {AN: 7}
    lines = zlib.decompress(there[name]).decode().splitlines()
    assert json.loads(lines[0]) == {
        "format": 1,
        "team": TEAM,
        "replica": AN,
        "after": 0,
        "until": 7,
        "packets": 2,
    }
    assert [json.loads(line) for line in lines[1:3]] == [
        [0, 2, 4, '{"x":[0,2]}'],
        [2, 7, 4, '{"x":[2,7]}'],
    ]
    assert json.loads(lines[3])["end"] == 2


def test_the_same_gives_the_same_files(tmp_path: Path) -> None:
    made = []
    for number, now in enumerate((NOW, NOW + timedelta(days=99))):
        folder = tmp_path / str(number)
        folder.mkdir()
        put(way(folder, now=now), packets(AN, 0, 2, 7))
        made.append(files(folder))
    assert made[0] == made[1]


def test_each_writes_in_its_own_folder_only(folder: Path) -> None:
    put(way(folder), packets(AN, 0, 2))
    before = files(folder)
    bo = way(folder)
    put(bo, packets(BO, 0, 2))
    bo.introduce(profile(BO), {})
    pulled(bo)
    bo.compact(BO, {AN: {}})
    after = files(folder)
    assert {name: after[name] for name in before} == before
    assert all(name.startswith(f"replicas/{BO}/") for name in after if name not in before)


@pytest.mark.parametrize("name", ["", "..", "../x", "a/b", "A", "x" * 65, "a\n", "\0"])
def test_a_replica_that_can_be_no_folder(name: str, folder: Path) -> None:
    with pytest.raises(ValueError):
        way(folder).push(name, [Packet(name, 0, 1, 4, "{}")], no_step)
    assert not (folder / "replicas").exists()


def test_packets_of_another_are_not_put_in_our_folder(folder: Path) -> None:
    with pytest.raises(ValueError):
        way(folder).push(AN, packets(BO, 0, 1), no_step)


def test_what_was_said_already_is_not_written_again(folder: Path) -> None:
    an = way(folder)
    an.introduce(profile(AN), {AN: 1})
    paths = [folder / "replicas" / AN / name for name in ("profile.json", "seen.json")]
    before = [path.stat().st_ino for path in paths]
    an.introduce(profile(AN), {AN: 1})
    assert [path.stat().st_ino for path in paths] == before
    an.introduce(profile(AN), {AN: 2})
    assert paths[0].stat().st_ino == before[0]
    assert an.peers()[0].seen == {AN: 2}


def test_who_said_nothing_is_known_by_the_folder(folder: Path) -> None:
    put(way(folder), packets(AN, 0, 1))
    assert way(folder).peers() == [Peer(AN, None, {})]


def test_nothing_to_exchange_opens_no_segment(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    an = way(folder)
    put(an, packets(AN, 0, 1, 2))
    put(an, packets(AN, 2, 3))

    def refuse(*_args: object) -> bytes:
        raise AssertionError("a file was read")

    monkeypatch.setattr(shelf_module, "read_bytes", refuse)
    assert an.published() == {AN: 3}
    assert pulled(an, {AN: 3}) == []
    an.push(AN, [], no_step)


# ---- whose it is


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    missing = tmp_path / "stick" / "shared"
    with pytest.raises(OutOfReach) as refused:
        FolderTransport(missing).open(TEAM)
    assert str(missing) in refused.value.message
    assert not missing.parent.exists()
    way(missing, new=True)
    assert way(missing).published() == {}


@pytest.mark.parametrize("new", [True, False])
def test_a_file_in_the_place_of_the_folder(new: bool, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("x", encoding="utf-8")
    with pytest.raises(FileProblem):
        FolderTransport(path, new=new).open(TEAM)
    assert path.read_text(encoding="utf-8") == "x"


def test_a_name_that_no_folder_can_have(tmp_path: Path) -> None:
    with pytest.raises(FileProblem):
        FolderTransport(tmp_path / "a\0b").open(TEAM)


def test_a_folder_with_something_else_in_it(folder: Path) -> None:
    (folder / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(FileProblem) as refused:
        FolderTransport(folder).open(TEAM)
    assert "team.json" in refused.value.message
    assert [path.name for path in folder.iterdir()] == ["holiday.jpg"]
    way(folder, new=True)
    way(folder)


@pytest.mark.parametrize("litter", ["desktop.ini", ".stfolder", ".DS_Store", "Thumbs.db"])
def test_what_every_folder_gets_is_nothing(litter: str, folder: Path) -> None:
    (folder / litter).write_bytes(b"x")
    way(folder)


def test_who_says_whose_it_is_has_not_come_in(folder: Path) -> None:
    put(way(folder), packets(AN, 0, 1))
    (folder / "team.json").unlink()
    with pytest.raises(FileProblem):
        FolderTransport(folder).open(TEAM)
    with pytest.raises(FileProblem):
        FolderTransport(folder).open("another team")
    assert pulled(way(folder, new=True)) == packets(AN, 0, 1)


@pytest.mark.parametrize("text", [b"", b"{", bytes(40), b"[]", b'{"format":1}', b"[" * 99_999])
def test_whose_it_is_cannot_be_read(text: bytes, folder: Path) -> None:
    (folder / "team.json").write_bytes(text)
    for new in (True, False):
        with pytest.raises(FileProblem):
            FolderTransport(folder, new=new).open(TEAM)
    assert (folder / "team.json").read_bytes() == text


def test_a_folder_of_a_newer_version(folder: Path) -> None:
    (folder / "team.json").write_text(json.dumps({"format": 2, "team": TEAM}), encoding="utf-8")
    with pytest.raises(RuleBroken, match="newer version"):
        FolderTransport(folder).open(TEAM)


def test_taken_over_by_another_team_in_between(folder: Path) -> None:
    an = way(folder)
    (folder / "team.json").write_text(json.dumps({"format": 1, "team": "x"}), encoding="utf-8")
    for refused in (
        lambda: put(an, packets(AN, 0, 1)),
        lambda: an.introduce(profile(AN), {}),
        lambda: an.compact(AN, {}),
    ):
        with pytest.raises(RuleBroken):
            refused()
    assert not (folder / "replicas").exists()


def test_taken_away_in_between(folder: Path) -> None:
    an = way(folder, new=True)
    put(an, packets(AN, 0, 1))
    folder.rename(folder.with_name("elsewhere"))
    for refused in (
        lambda: put(an, packets(AN, 1, 2)),
        an.published,
        an.peers,
        lambda: pulled(an),
    ):
        with pytest.raises(OutOfReach):
            refused()
    assert not folder.exists()


# ---- the database does not lie in it


def test_the_database_lies_inside(folder: Path, tmp_path: Path) -> None:
    inside, outside = folder / "deep" / "plan.db", tmp_path / "shared-not" / "plan.db"
    assert lies_inside(folder, inside)
    assert not lies_inside(folder, outside)
    assert not lies_inside(folder, tmp_path / "plan.db")
    assert database_warning(folder, outside) is None
    warning = database_warning(folder, inside)
    assert warning is not None
    assert warning.name == str(inside)
    assert warning.hint


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_the_database_lies_inside_by_a_link(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder)
    (folder / "plan.db").write_bytes(b"")
    (tmp_path / "plan.db").symlink_to(folder / "plan.db")
    assert lies_inside(folder, tmp_path / "link" / "plan.db")
    assert lies_inside(folder, tmp_path / "plan.db")
    assert lies_inside(tmp_path / "link", folder / "plan.db")


# ---- sealed


def test_sealed_for_the_team_alone(folder: Path) -> None:
    put(sealed(folder, AN), packets(AN, 0, 1, text="geheim"))
    (path,) = segments(folder)
    assert b"geheim" not in path.read_bytes()
    with pytest.raises(zlib.error):
        zlib.decompress(path.read_bytes())
    assert pulled(sealed(folder, BO)) == packets(AN, 0, 1, text="geheim")
    stranger = sealed(folder, CEM, b"another secret")
    assert pulled(stranger) == []
    assert stranger.troubles == [
        Trouble(f"{AN}/{path.name}", "This is not signed by that laptop.", "")
    ]
    assert stranger.published() == {AN: 1}  # it is whole: only not for us


def test_signed_by_whose_folder_it_is(folder: Path) -> None:
    put(sealed(folder, AN), packets(AN, 0, 1))
    forger = FolderTransport(folder, seal=TrySeal(BO))
    forger.open(TEAM)
    put(forger, packets(AN, 1, 2))
    bo = sealed(folder, BO)
    assert pulled(bo) == packets(AN, 0, 1)
    assert [trouble.sentence for trouble in bo.troubles] == ["This is not signed by that laptop."]


def test_other_content_is_seen_through_the_seal(folder: Path) -> None:
    put(sealed(folder, AN), packets(AN, 0, 1))
    put(sealed(folder, AN), packets(AN, 0, 1))
    assert len(segments(folder)) == 1
    with pytest.raises(Forked):
        put(sealed(folder, AN), packets(AN, 0, 1, text="other"))


# ---- two files under one name


@pytest.mark.parametrize("places", [(0, 3), (1, 2), (2, 9), (3, 7)])
def test_another_division_of_the_same_places_is_refused(
    places: tuple[int, int], folder: Path
) -> None:
    put(way(folder), packets(AN, 0, 2, 5))
    before = files(folder)
    with pytest.raises(Forked) as refused:
        put(way(folder), packets(AN, *places))
    assert AN in refused.value.message
    assert files(folder) == before


# ---- writing


def test_a_file_that_another_program_holds_for_a_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    replace = os.replace

    def held(source: Path, target: Path) -> None:
        if len(waited) < 3:
            raise PermissionError(13, "held by a virus scanner")
        replace(source, target)

    monkeypatch.setattr(os, "replace", held)
    write_whole(tmp_path / "a", b"x", wait=waited.append, tries=10)
    assert (tmp_path / "a").read_bytes() == b"x"
    assert len(waited) == 3
    waited.clear()
    with pytest.raises(FileProblem):
        write_whole(tmp_path / "b", b"x", wait=waited.append, tries=2)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_leftovers_are_cleared_when_nobody_is_at_work_on_them(folder: Path) -> None:
    put(way(folder), packets(AN, 0, 1))
    own = folder / "replicas" / AN
    (own / "snapshots").mkdir()
    names = (
        "~0123456789abcdef.tmp",
        "snapshots/~0123456789abcdef.tmp",
        "~fedcba9876543210.tmp",
        "~mine.tmp",
    )
    for name, hours in zip(names, (2, 2, 0.5, 99), strict=True):
        (own / name).write_bytes(b"x")
        moment = (NOW - timedelta(hours=hours)).timestamp()
        os.utime(own / name, (moment, moment))
    put(way(folder), packets(AN, 1, 2))
    assert sorted(path.name for path in own.rglob("~*")) == sorted(names[2:])
