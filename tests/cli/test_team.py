"""`socius team`: two laptops and a shared folder, from the first list to the paper in a drawer."""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from socius_tui.services.session import Session
from socius_tui.services.sync.sealing import keys as devices
from socius_tui.services.sync.sealing.folder import FolderPlace
from socius_tui.services.sync.sealing.team import replica_of, seal_for
from socius_tui.services.sync.transport import NotSealedForUs
from tests.cli.conftest import Said, Socius
from tests.services.sync.sealed import using

FINGERPRINT = re.compile(r"\b\d{5}(?:-\d{5}){5}\b")
SAID_AT = "2026-01-02T03:04:05Z"


@pytest.fixture(autouse=True)
def no_keyring() -> Iterator[None]:
    with using(None):
        yield


class Laptop:
    """A computer of its own: another file that writes, another folder for state."""

    def __init__(self, socius: Socius, path: Path, shared: Path, name: str) -> None:
        self.path, self.shared, self.name = path, shared, name
        self._socius = socius
        self._state = path.parent / "state"
        with pytest.MonkeyPatch.context() as patch, Session(path) as session:
            patch.setenv("XDG_STATE_HOME", str(self._state))
            self.replica = replica_of(session)

    def __call__(self, *words: object, code: int = 0, typed: str = "") -> Said:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("XDG_STATE_HOME", str(self._state))
            patch.setenv("SOCIUS_DB", str(self.path))
            patch.setattr(sys, "stdin", io.StringIO(typed))
            return self._socius("--as", self.name, "team", *words, code=code)

    def team(self, command: str, *words: object, code: int = 0, typed: str = "") -> Said:
        return self(command, self.shared, *words, code=code, typed=typed)

    @property
    def fingerprint(self) -> str:
        (found,) = FINGERPRINT.findall(self("keys").out)
        return str(found)

    def introduce(self) -> None:
        """What the exchange does when it reaches the folder."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("XDG_STATE_HOME", str(self._state))
            keys = devices.profile_keys(devices.device_keys().keys)
        profile = {
            "replica": self.replica, "computer": "PC", "person": self.name, "program": "1",
            "role": "contact_person", "version": 1, "keys": keys, "said_at": SAID_AT,
        }  # fmt: skip
        folder = self.shared / "replicas" / self.replica
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "profile.json").write_text(json.dumps(profile))

    def close(self, text: bytes) -> bytes:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("XDG_STATE_HOME", str(self._state))
            seal, _troubles = seal_for(FolderPlace(self.shared), self.replica, int)
            assert seal is not None
            return seal.close(self.replica, text)

    def open(self, replica: str, data: bytes) -> bytes:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("XDG_STATE_HOME", str(self._state))
            seal, _troubles = seal_for(FolderPlace(self.shared), self.replica, int)
            assert seal is not None
            return seal.open(replica, data)


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "shared"
    folder.mkdir()
    return folder


@pytest.fixture
def frank(demo_file: Path, socius: Socius, tmp_path: Path, shared: Path) -> Laptop:
    """The director."""
    path = tmp_path / "frank" / "socius.db"
    path.parent.mkdir()
    return Laptop(socius, Path(shutil.copy(demo_file, path)), shared, "Frank Voorbeeld (directeur)")


@pytest.fixture
def an(fresh_file: Path, socius: Socius, tmp_path: Path, shared: Path) -> Laptop:
    """Somebody who joins."""
    path = tmp_path / "an" / "socius.db"
    path.parent.mkdir()
    return Laptop(socius, Path(shutil.copy(fresh_file, path)), shared, "An Peeters")


def key_on(paper: str) -> str:
    """What somebody types from the paper."""
    found = re.search(r"AGE-SECRET-KEY-1(?:\s+[0-9A-Z]{2,4})+", paper)
    assert found
    return found[0].lower()


def test_a_laptop_makes_its_keys_once_and_shows_them(an: Laptop) -> None:
    said = an("keys").out
    assert "keys.json" in said
    assert "age1" in said
    assert "AGE-SECRET" not in said
    assert an("keys").out == said


def test_a_team_from_the_first_list_to_the_second_laptop(frank: Laptop, an: Laptop) -> None:
    assert "does not seal" in frank.team("requests", code=1).err
    begun = frank.team("seal").out
    assert "is sealed" in begun
    assert "AGE-SECRET-KEY-1" in begun
    assert "already" in frank.team("seal", code=1).err
    assert frank.team("requests").out == "No laptop asks to join.\n"

    an.introduce()
    asked = frank.team("requests").out
    assert an.fingerprint in asked
    assert "An Peeters" in asked
    assert "Call each of them" in asked
    early = frank.close(b"1")
    said = frank.team("approve", an.fingerprint).out
    assert "An Peeters (PC) is a member now; the list has version 2." in said
    assert frank.team("requests").out == "No laptop asks to join.\n"

    assert an.open(frank.replica, frank.close(b"2")) == b"2"
    assert frank.open(an.replica, an.close(b"3")) == b"3"
    with pytest.raises(NotSealedForUs, match="before this laptop was a member"):
        an.open(frank.replica, early)

    listed = an.team("members").out
    assert frank.fingerprint in listed
    assert an.fingerprint in listed
    assert "Version of the list: 2" in listed
    team = FINGERPRINT.findall(begun)[-1]
    assert f"Fingerprint of the team: {team}" in listed
    assert f"Fingerprint of the team: {team}" in frank.team("members").out
    rows = json.loads(frank.team("members", "--format", "json").out)
    assert [row["role"] for row in rows] == ["director", "contact_person"]
    assert [row["until"] for row in rows] == [None, None]


def test_only_a_director_begins_and_changes_the_list(frank: Laptop, an: Laptop) -> None:
    assert "Only a director begins" in an.team("seal", code=1).err
    frank.team("seal")
    an.introduce()
    frank.team("approve", an.fingerprint)
    said = an.team("revoke", "Frank", code=1).err
    assert "Only the laptop of a director" in said
    assert "Frank Voorbeeld" in said


def test_another_fingerprint_lets_nobody_in(frank: Laptop, an: Laptop) -> None:
    frank.team("seal")
    an.introduce()
    other = an.fingerprint[:-1] + ("1" if an.fingerprint[-1] != "1" else "2")
    assert "Do not approve another one" in frank.team("approve", other, code=1).err
    assert "not a whole fingerprint" in frank.team("approve", "12345", code=2).err
    assert len(json.loads(frank.team("members", "--format", "json").out)) == 1


def test_a_lost_laptop_is_revoked(frank: Laptop, an: Laptop) -> None:
    frank.team("seal")
    an.introduce()
    frank.team("approve", an.fingerprint)
    before, after = an.close(b"5"), an.close(b"6")
    assert "no laptop" in frank.team("revoke", "Piet", code=1).err.lower()
    assert "--until" in frank.team("revoke", "An", "--until", "x", code=2).err
    said = frank.team("revoke", "an peeters", "--until", "5").out
    assert "An Peeters (PC) was revoked; the list has version 3." in said
    assert "place 5" in said
    assert frank.open(an.replica, before) == b"5"
    with pytest.raises(NotSealedForUs, match="revoked"):
        frank.open(an.replica, after)
    with pytest.raises(NotSealedForUs, match="This laptop was revoked"):
        an.open(frank.replica, frank.close(b"9"))
    assert "counts up to place 5" in frank.team("members").out
    assert "no laptop" in frank.team("revoke", an.fingerprint, code=1).err.lower()


def test_without_a_place_what_this_file_has_of_it_counts(frank: Laptop, an: Laptop) -> None:
    frank.team("seal")
    an.introduce()
    frank.team("approve", an.fingerprint, "--role", "director")
    assert "place 0" in frank.team("revoke", an.fingerprint).out


def test_the_last_director_stays(frank: Laptop) -> None:
    frank.team("seal")
    assert "No director would be left" in frank.team("revoke", "Frank", code=1).err


def test_a_list_that_was_put_back_is_named(frank: Laptop, an: Laptop, shared: Path) -> None:
    frank.team("seal")
    old = (shared / "members.json").read_bytes()
    an.introduce()
    frank.team("approve", an.fingerprint)
    frank.team("revoke", an.fingerprint)
    for version in (2, 3):
        (shared / f"members.{version}.json").unlink()
    (shared / "members.json").write_bytes(old)
    said = frank.team("members")
    assert "Version 1 of the list of members was put back; version 3" in " ".join(said.err.split())
    assert "Version of the list: 3" in said.out


def test_a_list_that_was_read_out_is_believed(frank: Laptop, an: Laptop) -> None:
    frank.team("seal")
    (mark,) = re.findall(r"Fingerprint of the list: (\S+)", frank.team("members").out)
    assert "first time" in an.team("members").out
    assert "first time" not in an.team("members").out
    assert "first time" in an.team("members", "--trust", mark).out
    wrong = mark[:-1] + ("1" if mark[-1] != "1" else "2")
    assert "nothing was changed" in an.team("members", "--trust", wrong, code=1).err


def test_the_paper_brings_the_team_back(frank: Laptop, an: Laptop) -> None:
    paper = frank.team("seal").out
    sealed = frank.close(b"7")
    shutil.rmtree(frank.path.parent)  # the only laptop of a director is gone

    wrong = key_on(paper).replace("a", "c", 3)
    assert "not a recovery key" in an.team("recover", typed=wrong, code=2).err
    said = an.team("recover", typed=key_on(paper)).out
    assert "This laptop is that of a director now; the list has version 2." in said
    following = key_on(said)
    assert following != key_on(paper)
    assert an.open(frank.replica, sealed) == b"7"  # sealed before it was a member
    an.team("revoke", "Frank")
    assert an.open(an.replica, an.close(b"8")) == b"8"
    # The old paper has done its work.
    assert "another has taken its place" in an.team("recover", typed=key_on(paper), code=1).err
    an.team("recover", typed=following)


def test_a_laptop_that_was_revoked_comes_back_with_new_keys(frank: Laptop, an: Laptop) -> None:
    paper = frank.team("seal").out
    an.introduce()
    frank.team("approve", an.fingerprint)
    frank.team("revoke", an.fingerprint)
    said = an.team("recover", typed=key_on(paper), code=1).err
    assert "was revoked with the keys that it has" in said
    kept = an.path.parent / "state" / "socius" / "keys.json"
    assert json.loads(kept.read_text())["older"] == []  # and has not kept the key on paper
    an.introduce()
    assert frank.team("requests").out == "No laptop asks to join.\n"
    kept.unlink()
    an.introduce()
    assert "is a member now" in frank.team("approve", an.fingerprint).out
    assert an.open(an.replica, an.close(b"9")) == b"9"
    # And one that lost its keys without being revoked.
    kept.unlink()
    an.introduce()
    said = frank.team("approve", an.fingerprint, code=1).err
    assert f"socius team revoke FOLDER {an.replica}" in " ".join(said.split())
    frank.team("revoke", an.replica)
    frank.team("approve", an.fingerprint)
    assert len(json.loads(frank.team("members", "--format", "json").out)) == 4


def test_paper_that_was_lost_is_replaced(frank: Laptop, an: Laptop) -> None:
    old = key_on(frank.team("seal").out)
    early = frank.close(b"6")
    new = key_on(frank.team("paper").out)
    assert "Only the laptop of a director" in an.team("paper", code=1).err
    assert "another has taken its place" in an.team("recover", typed=old, code=1).err
    an.team("recover", typed=new)
    with pytest.raises(NotSealedForUs, match="before this laptop was a member"):
        an.open(frank.replica, early)


def test_the_first_exchange_names_the_team(frank: Laptop, shared: Path) -> None:
    place = FolderPlace(shared)
    assert seal_for(place, "abc", int) == (None, ())
    (team,) = re.findall(r"Fingerprint of the team: (\S+)", frank.team("seal").out)
    _seal, (trouble,) = seal_for(place, "abc", int)
    assert team in trouble.sentence
    assert seal_for(place, "abc", int)[1] == ()


def test_keys_that_others_can_read_are_refused(frank: Laptop) -> None:
    frank("keys")
    (frank.path.parent / "state" / "socius" / "keys.json").chmod(0o644)
    said = frank("keys", code=3).err
    assert "Others can read the keys" in " ".join(said.split())


def test_a_folder_that_is_not_there(frank: Laptop, tmp_path: Path) -> None:
    assert "There is no folder" in frank("seal", tmp_path / "none", code=3).err
    assert "There is no folder" in frank("members", tmp_path / "none", code=3).err
