"""The signed list of members: what may follow it, and how a laptop goes by it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socius_tui.errors import FileProblem, OutOfReach, RuleBroken, SociusError
from socius_tui.services.sync.sealing.folder import FolderPlace, introductions
from socius_tui.services.sync.sealing.members import (
    DIRECTOR,
    BadList,
    Members,
    Signed,
    check_first,
    check_next,
    read_list,
    sign_list,
)
from socius_tui.services.sync.sealing.trusting import (
    Memory,
    Trusted,
    begin,
    believe,
    publish,
    trusted_list,
)
from tests.services.sync.sealed import (
    CONTACT_KEYS,
    DIRECTOR_KEYS,
    LIST,
    RECOVERY,
    SINCE,
    entry,
    first_list,
    following,
    new_keys,
)

FIRST = sign_list(LIST, DIRECTOR_KEYS.seed)
NEWCOMER = entry("cc", new_keys())
SECOND_LIST = following(LIST, *LIST.members, NEWCOMER)
SECOND = sign_list(SECOND_LIST, DIRECTOR_KEYS.seed)


def signed(members: Members, seed: bytes = DIRECTOR_KEYS.seed) -> bytes:
    return sign_list(members, seed)


# ---- one list


def test_a_list_comes_back_from_its_file() -> None:
    found = read_list(FIRST)
    assert found.members == LIST
    check_first(found)
    assert read_list(SECOND).members == SECOND_LIST
    check_next(LIST, read_list(SECOND))
    revoked = SECOND_LIST.members[2]._replace(revoked=SINCE, until=9)
    third = following(SECOND_LIST, *SECOND_LIST.members[:2], revoked)
    assert read_list(signed(third)).members == third


def test_what_is_signed_is_written_in_one_way() -> None:
    text = LIST.signed_bytes.decode("ascii")
    assert text.startswith('{"before":"","format":1,"made_at":"2026-01-02T03:04:05Z","members":[{')
    assert " " not in text.replace("laptop ", "")
    assert '"revoked":"","role":"director","sign":"' in text
    assert '"until":null}' in text
    assert text == json.dumps(json.loads(FIRST)["list"], sort_keys=True, separators=(",", ":"))


@given(st.integers(0, len(FIRST) - 1), st.integers(1, 255))
@settings(max_examples=300)
def test_any_changed_byte_is_refused_or_means_the_same(place: int, mask: int) -> None:
    changed = bytearray(FIRST)
    changed[place] ^= mask
    try:
        found: Signed | None = read_list(bytes(changed))
    except BadList:
        found = None
    assert found in (None, read_list(FIRST))  # the same: white space between two parts


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with pytest.raises(BadList):
        read_list(data)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("version",), 0),
        (("version",), True),
        (("version",), 1.0),
        (("version",), 2**60),
        (("format",), 2),
        (("before",), "x"),
        (("made_at",), "today"),
        (("extra",), 1),
        (("members",), {}),
        (("members",), []),
        (("members", 0, "replica"), "../a"),
        (("members", 0, "role"), "king"),
        (("members", 0, "role"), ["director"]),
        (("members", 0, "role"), "reader"),
        (("members", 0, "name"), ""),
        (("members", 0, "name"), "x" * 121),
        (("members", 0, "sign"), "x"),
        (("members", 0, "age"), "age1x"),
        (("members", 0, "since"), ""),
        (("members", 0, "joined"), 0),
        (("members", 0, "joined"), None),
        (("recovery", "joined"), "1"),
        (("members", 0, "until"), 3),
        (("members", 0, "revoked"), SINCE),
        (("members", 1, "replica"), "aa"),
        (("members", 1, "extra"), 1),
        (("recovery",), {}),
        (("recovery", "age"), "x"),
    ],
    ids=str,
)
def test_a_part_of_another_kind_is_refused(path: tuple[str | int, ...], value: object) -> None:
    found = json.loads(FIRST)
    part: Any = found["list"]
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    with pytest.raises(BadList):
        read_list(json.dumps(found).encode())


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"{}", b"null", b"[" * 100_000, b'{"list":1,"list":2}', b" " * 1_000_001],
    ids=lambda data: data[:10].decode(),
)
def test_what_is_no_list_is_refused(data: bytes) -> None:
    with pytest.raises(BadList):
        read_list(data)


def test_only_a_director_of_the_list_before_signs_the_next() -> None:
    for keys in (CONTACT_KEYS, new_keys()):
        with pytest.raises(BadList, match="not signed by a director"):
            check_next(LIST, read_list(signed(SECOND_LIST, keys.seed)))
        with pytest.raises(BadList, match="not signed by a director"):
            check_first(read_list(signed(LIST, keys.seed)))
    # Somebody who makes themselves director in the list that they sign.
    keys = new_keys()
    taken = following(LIST, *LIST.members, entry("ee", keys, DIRECTOR))
    with pytest.raises(BadList, match="not signed by a director"):
        check_next(LIST, read_list(signed(taken, keys.seed)))


def test_a_revoked_director_signs_nothing_more() -> None:
    keys = new_keys()
    second = following(LIST, *LIST.members, entry("ee", keys, DIRECTOR))
    third = following(second, *LIST.members, second.members[2]._replace(revoked=SINCE, until=0))
    check_next(second, read_list(signed(third)))
    fourth = following(third, *third.members)
    with pytest.raises(BadList, match="not signed by a director"):
        check_next(third, read_list(signed(fourth, keys.seed)))
    check_next(third, read_list(signed(fourth)))


def test_the_recovery_key_signs_the_next() -> None:
    check_next(LIST, read_list(signed(SECOND_LIST, RECOVERY.seed)))


def test_nobody_disappears_or_comes_back() -> None:
    director, contact = LIST.members
    with pytest.raises(BadList, match="laptop bb was taken out"):
        check_next(LIST, read_list(signed(following(LIST, director))))
    other = contact._replace(sign=new_keys().public.sign)
    with pytest.raises(BadList, match="laptop bb was taken out"):
        check_next(LIST, read_list(signed(following(LIST, director, other))))
    gone = following(LIST, director, contact._replace(revoked=SINCE, until=4))
    check_next(LIST, read_list(signed(gone)))
    for back in (contact, contact._replace(revoked=SINCE, until=99)):
        with pytest.raises(BadList, match="no longer revoked"):
            check_next(gone, read_list(signed(following(gone, director, back))))


def test_a_list_says_truly_who_came_when() -> None:
    third = following(SECOND_LIST, *SECOND_LIST.members, entry("dd", new_keys()))
    assert [each.joined for each in third.members] == [1, 1, 2, 3]
    assert (LIST.complete_from, SECOND_LIST.complete_from, third.complete_from) == (1, 2, 3)
    check_next(SECOND_LIST, read_list(signed(third)))
    early = third._replace(members=(*third.members[:3], third.members[3]._replace(joined=1)))
    for wrong in (early, third._replace(recovery_joined=2)):
        with pytest.raises(BadList):
            check_next(SECOND_LIST, read_list(signed(wrong)))
    first = LIST._replace(recovery_joined=2)
    with pytest.raises(BadList):
        check_first(read_list(signed(first)))


def test_a_list_follows_only_the_one_it_names() -> None:
    other = first_list(*LIST.members)
    for before in (other, SECOND_LIST):
        with pytest.raises(BadList, match="does not follow"):
            check_next(before, read_list(SECOND))
    with pytest.raises(BadList, match="not the first"):
        check_first(read_list(SECOND))


# ---- the list in a folder, as a laptop goes by it


class Team:
    """A shared folder, and what one laptop remembers of it."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "shared"
        self.folder.mkdir()
        self.place = FolderPlace(self.folder)
        self.memory = Memory("bb", root / "own")
        self.director = Memory("aa", root / "director")

    def start(self) -> Trusted:
        return begin(self.place, self.director, LIST, DIRECTOR_KEYS.seed)

    def add(self, replica: str) -> Trusted:
        def change(old: Members) -> Members:
            return old._replace(members=(*old.members, entry(replica, new_keys())))

        return publish(self.place, self.director, change, DIRECTOR_KEYS.seed)

    def look(self) -> Trusted:
        found = trusted_list(self.place, self.memory)
        assert found is not None
        return found

    def names(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())

    def sentences(self) -> str:
        return "\n".join(f"{t.name}: {t.sentence}" for t in self.look().troubles)


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path)


def test_where_nobody_seals_there_is_no_list(team: Team) -> None:
    assert trusted_list(team.place, team.memory) is None
    with pytest.raises(RuleBroken, match="does not seal"):
        team.add("cc")
    with pytest.raises(RuleBroken, match="does not seal"):
        believe(team.place, team.memory, LIST.fingerprint)


def test_the_first_list_is_believed_and_the_next_ones_followed(team: Team) -> None:
    assert team.start().team == LIST.fingerprint
    seen = team.look()
    assert seen.is_new
    assert seen.members == LIST
    assert seen.team == LIST.fingerprint
    assert not team.look().is_new
    team.add("cc")
    last = team.add("dd")
    assert team.names() == [
        "members.1.json", "members.2.json", "members.3.json", "members.json"
    ]  # fmt: skip
    seen = team.look()
    assert seen == Trusted(last.members, LIST.fingerprint)
    # Who comes late goes the same way from the first.
    late = trusted_list(team.place, Memory("dd", team.folder.parent / "late"))
    assert late is not None
    assert (late.members, late.team, late.is_new) == (seen.members, seen.team, True)


def test_it_begins_once(team: Team) -> None:
    team.start()
    with pytest.raises(RuleBroken, match="already"):
        team.start()


def test_a_list_that_was_put_back_is_refused_and_named(team: Team) -> None:
    team.start()
    team.add("cc")
    second = team.look().members
    team.add("dd")
    last = team.look().members
    old = (team.folder / "members.2.json").read_bytes()
    (team.folder / "members.json").write_bytes(old)
    assert team.look() == Trusted(last, LIST.fingerprint)  # the version itself is there still
    (team.folder / "members.3.json").unlink()
    assert team.look().members == last
    said = team.sentences()
    assert "Version 2 of the list of members was put back; version 3" in said
    assert second != last


def test_a_list_that_went_still_counts(team: Team) -> None:
    team.start()
    team.add("cc")
    last = team.look().members
    for name in team.names():
        (team.folder / name).unlink()
    assert team.look().members == last
    assert "is gone" in team.sentences()
    with pytest.raises(RuleBroken, match="already"):
        team.start()


def test_damage_is_named_and_the_list_that_was_known_counts(team: Team) -> None:
    team.start()
    last = team.look().members
    (team.folder / "members.json").write_bytes(FIRST[:100])
    (team.folder / "members.2.json").write_bytes(SECOND[:-200])
    assert team.look().members == last
    said = team.sentences()
    assert "members.json is refused. It cannot be read" in said
    assert "members.2.json is refused. It cannot be read" in said
    with pytest.raises(RuleBroken, match=r"members\.2\.json is refused"):
        team.add("cc")
    (team.folder / "members.2.json").unlink()
    team.add("cc")
    assert team.look().members.version == 2
    assert not team.look().troubles


def test_a_list_by_somebody_else_is_refused(team: Team) -> None:
    team.start()
    team.look()
    keys = new_keys()
    taken = following(LIST, *LIST.members, entry("ee", keys, DIRECTOR))
    for name in ("members.2.json", "members.json"):
        (team.folder / name).write_bytes(sign_list(taken, keys.seed))
    assert team.look().members == LIST
    assert "members.2.json is refused. It was not signed by a director" in team.sentences()


def test_another_first_list_is_refused_by_who_knows_it(team: Team) -> None:
    team.start()
    team.look()
    keys = new_keys()
    other = first_list(entry("aa", keys, DIRECTOR))
    for name in ("members.1.json", "members.json"):
        (team.folder / name).write_bytes(sign_list(other, keys.seed))
    assert team.look().members == LIST
    assert "another list of members with version 1" in team.sentences()


def test_a_first_list_that_cannot_be_believed_is_said(team: Team) -> None:
    (team.folder / "members.json").write_bytes(sign_list(LIST, CONTACT_KEYS.seed))
    with pytest.raises(RuleBroken, match=r"cannot be believed\. It was not signed by a director"):
        trusted_list(team.place, team.memory)
    (team.folder / "members.json").write_bytes(SECOND)
    with pytest.raises(RuleBroken, match="not the first version"):
        trusted_list(team.place, team.memory)


def test_conflicted_copies_are_not_looked_at(team: Team) -> None:
    team.start()
    for name in ("members (conflicted copy).json", "members-LAPTOP.json", "members.2 (1).json"):
        (team.folder / name).write_bytes(SECOND)
    assert team.look() == Trusted(LIST, LIST.fingerprint, is_new=True)


def test_a_version_that_is_not_there_yet_is_waited_for(team: Team) -> None:
    team.start()
    team.look()
    team.add("cc")
    (team.folder / "members.2.json").rename(team.folder / "away")
    assert team.look().members == LIST
    assert "Version 2 of the list of members is not here yet" in team.sentences()
    (team.folder / "away").rename(team.folder / "members.2.json")
    assert team.look().members.version == 2


def test_of_two_directors_at_once_one_tries_again(team: Team) -> None:
    team.start()
    other = Team.__new__(Team)
    other.folder, other.place = team.folder, team.place
    other.director = Memory("aa", team.folder.parent / "second")
    trusted_list(other.place, other.director)

    def meanwhile(old: Members) -> Members:
        team.add("cc")
        return old._replace(members=(*old.members, entry("dd", new_keys())))

    with pytest.raises(RuleBroken, match=r"another members\.2\.json"):
        publish(other.place, other.director, meanwhile, DIRECTOR_KEYS.seed)
    assert other.add("dd").members.version == 3


def test_after_a_fork_people_choose_by_fingerprint(team: Team) -> None:
    team.start()
    team.add("cc")
    team.look()
    # The shared folder kept what another director made at the same moment.
    for name in ("members.2.json", "members.json"):
        (team.folder / name).write_bytes(SECOND)
    assert "another list of members with version 2" in team.sentences()
    with pytest.raises(RuleBroken, match="another list of members with version 2"):
        team.add("dd")
    with pytest.raises(RuleBroken, match="has the fingerprint"):
        believe(team.place, team.memory, LIST.recovery.fingerprint)
    assert believe(team.place, team.memory, SECOND_LIST.fingerprint).members == SECOND_LIST
    assert team.look() == Trusted(SECOND_LIST, LIST.fingerprint)


def test_what_a_laptop_remembers_is_its_own(team: Team, tmp_path: Path) -> None:
    team.start()
    team.look()
    (path,) = (tmp_path / "own" / "teams").iterdir()
    assert path.stat().st_mode & 0o077 == 0
    path.write_text("nothing")
    with pytest.raises(FileProblem, match="cannot be read"):
        team.look()


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    place = FolderPlace(tmp_path / "none")
    for ask in (place.read, lambda: place.kept(1), lambda: introductions(tmp_path / "none")):
        with pytest.raises(OutOfReach, match="There is no folder"):
            ask()


def test_a_list_is_whole_or_not_there(team: Team) -> None:
    (team.folder / "members.json").mkdir()
    with pytest.raises(SociusError):
        team.start()
    assert team.names() == ["members.json"]


# ---- introductions


def test_introductions_are_read_with_care(tmp_path: Path) -> None:
    assert introductions(tmp_path) == []
    good = {
        "replica": "aa",
        "computer": "PC",
        "person": "An",
        "role": "director",
        "program": "1",
        "version": 3,
        "keys": {"sign": "s", "age": "a"},
        "said_at": SINCE,
    }
    wrong: dict[str, object] = {
        "bb": {**good, "replica": "aa"},
        "cc": {**good, "replica": "cc", "version": "3"},
        "dd": {**good, "replica": "dd", "keys": ["x"]},
        "ee": {**good, "replica": "ee", "keys": {"sign": 3}},
        "ff": [],
        "AA": {**good, "replica": "AA"},
        "a1": {**good, "replica": "a1", "person": "x" * 20_000},
    }
    for name, said in {"aa": good, **wrong}.items():
        folder = tmp_path / "replicas" / name
        folder.mkdir(parents=True)
        (folder / "profile.json").write_text(json.dumps(said))
    (tmp_path / "replicas" / "a2").mkdir()
    (tmp_path / "replicas" / "a3").write_text("x")
    (found,) = introductions(tmp_path)
    assert (found.replica, found.person, found.keys["age"]) == ("aa", "An", "a")
    (tmp_path / "replicas" / "aa" / "profile.json").write_text(json.dumps({**good, "person": 3}))
    (found,) = introductions(tmp_path)
    assert found.person == ""
