"""The seal: what it lets through, and what it refuses with which sentence."""

from __future__ import annotations

import json
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socius_tui.errors import RuleBroken
from socius_tui.services.sync.sealing import members as lists
from socius_tui.services.sync.sealing import primitives
from socius_tui.services.sync.sealing.members import DIRECTOR, Members
from socius_tui.services.sync.sealing.recovery import new_recovery_key
from socius_tui.services.sync.sealing.sealing import TeamSeal, segment_reach
from socius_tui.services.sync.transport import NotSealedForUs, Seal
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

AA: Seal = TeamSeal(LIST, "aa", DIRECTOR_KEYS)
BB: Seal = TeamSeal(LIST, "bb", CONTACT_KEYS)
SEALED = AA.close("aa", b"a visit")


def reach(data: bytes) -> int | None:
    """The texts of these tests are the place that they reach."""
    return int(data) if data.isdigit() else None


def refusal(seal: Seal, replica: str, data: bytes) -> str:
    with pytest.raises(NotSealedForUs) as caught:
        seal.open(replica, data)
    return str(caught.value.args[0])


@given(st.binary(max_size=200_000))
@settings(max_examples=60)
def test_any_bytes_come_back_at_every_member(data: bytes) -> None:
    sealed = AA.close("aa", data)
    assert AA.open("aa", sealed) == data
    assert BB.open("aa", sealed) == data
    assert len(data) < 32 or data not in sealed


@given(st.integers(0, len(SEALED) - 1), st.integers(1, 255))
@settings(max_examples=300)
def test_any_changed_byte_is_refused(place: int, mask: int) -> None:
    changed = bytearray(SEALED)
    changed[place] ^= mask
    assert refusal(BB, "aa", bytes(changed))


@given(st.integers(0, len(SEALED) - 1), st.binary(min_size=1, max_size=40))
@settings(max_examples=60)
def test_half_a_text_or_more_than_the_text_is_refused(length: int, more: bytes) -> None:
    assert refusal(BB, "aa", SEALED[:length])
    assert refusal(BB, "aa", SEALED + more)


@given(st.binary(max_size=300))
@settings(max_examples=60)
def test_what_is_sealed_to_us_but_not_by_the_program_is_refused(inside: bytes) -> None:
    assert refusal(BB, "aa", primitives.encrypt(inside, LIST.recipients))


def test_the_recovery_key_opens_it() -> None:
    paper = TeamSeal(LIST, "ff", None, extra=(RECOVERY.identity,))
    assert paper.open("aa", SEALED) == b"a visit"


def test_only_the_laptop_that_signed_it_can_have_made_it() -> None:
    assert "not signed with the key of laptop bb" in refusal(AA, "bb", SEALED)
    assert "cc is not in the list" in refusal(AA, "cc", SEALED)


def test_two_files_on_one_laptop_do_not_speak_for_each_other() -> None:
    both = first_list(entry("aa", DIRECTOR_KEYS, DIRECTOR), entry("dd", DIRECTOR_KEYS))
    sealed = TeamSeal(both, "aa", DIRECTOR_KEYS).close("aa", b"x")
    other = TeamSeal(both, "dd", DIRECTOR_KEYS)
    assert other.open("aa", sealed) == b"x"
    assert "not signed" in refusal(other, "dd", sealed)


def test_a_file_goes_on_under_another_name_with_the_keys_of_its_laptop() -> None:
    sealed = BB.close("cc", b"x")  # what was put back, or copied; the list does not know it
    assert AA.open("cc", sealed) == b"x"
    assert "not signed with the key" in refusal(AA, "aa", sealed)
    # Not with the keys of a stranger, and not when the laptop was revoked.
    assert not TeamSeal(LIST, "cc", new_keys()).may_close("cc")
    members = lost(7)
    assert not TeamSeal(members, "bb", CONTACT_KEYS).may_close("cc")
    director = TeamSeal(members, "aa", DIRECTOR_KEYS, reach=reach)
    assert "cc is not in the list" in refusal(director, "cc", BB.close("cc", b"3"))


def test_a_text_that_is_not_sealed_is_refused() -> None:
    for plain in (b"", b"{}", b"age-encryption.org/v2\n"):
        assert refusal(AA, "aa", plain) == "It is not sealed, or damaged."


def test_a_stranger_cannot_read_or_seal() -> None:
    keys = new_keys()
    stranger = TeamSeal(LIST, "cc", keys)
    assert "not in the list of members yet" in refusal(stranger, "aa", SEALED)
    with pytest.raises(RuleBroken, match="not in the list"):
        stranger.close("cc", b"x")
    # Nor with the name of a member.
    with pytest.raises(RuleBroken, match="with other keys"):
        TeamSeal(LIST, "bb", keys).close("bb", b"x")


def test_a_laptop_without_keys_says_so() -> None:
    bare = TeamSeal(LIST, "bb", None)
    assert "no keys yet" in refusal(bare, "aa", SEALED)
    with pytest.raises(RuleBroken, match="no keys yet"):
        bare.close("bb", b"x")


def test_a_newcomer_cannot_open_what_was_sealed_before() -> None:
    keys = new_keys()
    larger = following(LIST, *LIST.members, entry("cc", keys))
    newcomer = TeamSeal(larger, "cc", keys)
    assert "before this laptop was a member" in refusal(newcomer, "aa", SEALED)
    assert (
        newcomer.open("bb", TeamSeal(larger, "bb", CONTACT_KEYS).close("bb", b"later")) == b"later"
    )


def test_who_wrote_it_seals_it_again_for_a_newcomer() -> None:
    keys = new_keys()
    larger = following(LIST, *LIST.members, entry("cc", keys))
    writer, newcomer = TeamSeal(larger, "aa", DIRECTOR_KEYS), TeamSeal(larger, "cc", keys)
    again = writer.reseal("aa", SEALED)
    assert again is not None
    assert newcomer.open("aa", again) == b"a visit"
    assert writer.reseal("aa", again) is None
    assert TeamSeal(LIST, "aa", DIRECTOR_KEYS).reseal("aa", SEALED) is None
    # Who only went needs nothing anew; another recovery key does.
    director, contact, _newcomer = larger.members
    fewer = following(larger, director, contact._replace(revoked=SINCE, until=0), _newcomer)
    assert TeamSeal(fewer, "aa", DIRECTOR_KEYS).reseal("aa", again) is None
    paper = new_recovery_key()
    renewed = lists.following(larger, larger._replace(recovery=paper.public))
    anew = TeamSeal(renewed, "aa", DIRECTOR_KEYS).reseal("aa", again)
    assert anew is not None
    assert TeamSeal(renewed, "ff", None, extra=(paper.identity,)).open("aa", anew) == b"a visit"
    with pytest.raises(NotSealedForUs, match="not signed"):
        TeamSeal(larger, "bb", CONTACT_KEYS).reseal("bb", SEALED)


def lost(until: int) -> Members:
    """The list after the laptop of bb was lost."""
    director, contact = LIST.members
    return following(LIST, director, contact._replace(revoked=SINCE, until=until))


def test_of_a_lost_laptop_only_what_came_before_counts() -> None:
    before, at, after, unclear = (BB.close("bb", text) for text in (b"3", b"7", b"8", b"no place"))
    aware = TeamSeal(lost(7), "aa", DIRECTOR_KEYS, reach=reach)
    assert aware.open("bb", before) == b"3"
    assert aware.open("bb", at) == b"7"
    said = refusal(aware, "bb", after)
    assert "laptop bb was revoked" in said
    assert "after place 7" in said
    assert "revoked" in refusal(aware, "bb", unclear)
    assert "revoked" in refusal(TeamSeal(lost(7), "aa", DIRECTOR_KEYS), "bb", before)


def test_the_first_line_of_a_segment_says_how_far_it_goes() -> None:
    def packed(header: object) -> bytes:
        return zlib.compress(json.dumps(header).encode() + b'\n[0,7,1,"x"]\n' * 50_000)

    assert segment_reach(packed({"replica": "bb", "after": 0, "until": 7})) == 7
    for wrong in (True, "7", 7.0, -1, None):
        assert segment_reach(packed({"until": wrong})) is None
    headers: list[object] = [[], 7, "until", {}, {"x": "y" * 5_000, "until": 7}]
    for header in headers:
        assert segment_reach(packed(header)) is None
    for data in (b"", b"x", zlib.compress(b"[" * 100_000), zlib.compress(b"\xff\n")):
        assert segment_reach(data) is None
    half = packed({"until": 7})
    aware = TeamSeal(lost(7), "aa", DIRECTOR_KEYS, reach=segment_reach)
    assert aware.open("bb", BB.close("bb", half)) == half


def test_a_lost_laptop_reads_and_seals_nothing_more() -> None:
    members = lost(7)
    gone = TeamSeal(members, "bb", CONTACT_KEYS, reach=reach)
    sealed = TeamSeal(members, "aa", DIRECTOR_KEYS).close("aa", b"secret")
    assert "This laptop was revoked" in refusal(gone, "aa", sealed)
    with pytest.raises(RuleBroken, match="revoked"):
        gone.close("bb", b"8")
    # Whoever kept the old list can still seal with it; the others refuse that.
    forged = BB.close("bb", b"9")
    assert "revoked" in refusal(TeamSeal(members, "aa", DIRECTOR_KEYS, reach=reach), "bb", forged)


def test_a_laptop_that_came_back_with_new_keys_counts_again() -> None:
    keys = new_keys()
    gone = lost(7)
    members = following(gone, *gone.members, entry("bb", keys))
    aware = TeamSeal(members, "aa", DIRECTOR_KEYS, reach=reach)
    assert aware.open("bb", BB.close("bb", b"5")) == b"5"
    assert aware.open("bb", TeamSeal(members, "bb", keys).close("bb", b"8")) == b"8"
    assert "revoked" in refusal(aware, "bb", BB.close("bb", b"8"))
