"""The key on paper: what is printed comes back from what somebody types."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socius_tui.errors import InvalidInput
from socius_tui.services.sync.sealing import primitives
from socius_tui.services.sync.sealing.recovery import (
    RecoveryKey,
    new_recovery_key,
    paper,
    typed_key,
)

KEY = new_recovery_key()
SIGNS = KEY.identity.removeprefix("AGE-SECRET-KEY-1")
PAPER = paper(KEY, "11111-22222-33333-44444-55555-66666")


def test_the_paper_has_the_key_in_groups_its_fingerprint_and_what_to_do() -> None:
    assert KEY.public.fingerprint in PAPER
    assert "11111-22222" in PAPER
    assert "socius team recover" in PAPER
    rows = [line.split() for line in PAPER.splitlines() if line.startswith("    ")]
    groups = [group for row in rows[1:] for group in row if len(group) <= 4]
    assert "".join(groups) == SIGNS
    assert max(len(line) for line in PAPER.splitlines()) <= 79


def test_the_whole_paper_can_be_typed_or_pasted() -> None:
    assert typed_key(PAPER) == KEY
    assert typed_key(PAPER.lower()) == KEY


@given(st.data())
@settings(max_examples=100)
def test_spaces_line_ends_dashes_and_capitals_do_not_matter(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from((KEY.identity, SIGNS)))
    typed = "".join(
        data.draw(st.sampled_from((sign.lower(), sign, f" {sign}", f"{sign}\r\n", f"-{sign}")))
        for sign in text
    )
    assert typed_key(typed) == KEY


def test_signs_that_look_alike_are_read_as_what_was_meant() -> None:
    for meant, typed in (("L", "1"), ("L", "I"), ("8", "B"), ("0", "O")):
        assert typed_key("AGE-SECRET-KEY-1" + SIGNS.replace(meant, typed)) == KEY
    assert typed_key("age-secret-key-l" + SIGNS.lower()) == KEY


@given(st.integers(0, len(SIGNS) - 1), st.sampled_from("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"))
@settings(max_examples=200)
def test_any_wrong_sign_is_seen(place: int, sign: str) -> None:
    wrong = SIGNS[:place] + sign + SIGNS[place + 1 :]
    if wrong == SIGNS:
        assert typed_key(wrong) == KEY
        return
    with pytest.raises(InvalidInput, match="a sign is wrong, missing or too much"):
        typed_key(wrong)


@given(st.integers(0, len(SIGNS) - 1))
@settings(max_examples=60)
def test_a_missing_sign_is_seen(place: int) -> None:
    with pytest.raises(InvalidInput):
        typed_key(SIGNS[:place] + SIGNS[place + 1 :])


@given(st.text(max_size=120))
@settings(max_examples=100)
def test_any_other_text_is_no_key(text: str) -> None:
    with pytest.raises(InvalidInput):
        typed_key(text)


def test_what_signs_and_what_opens_both_come_from_the_paper() -> None:
    again = typed_key(PAPER)
    assert again.public == KEY.public
    signature = primitives.sign(again.seed, b"x")
    assert primitives.is_signed(KEY.public.sign, b"x", signature)
    sealed = primitives.encrypt(b"x", [KEY.public.age])
    assert primitives.opener([again.identity])(sealed) == b"x"
    assert new_recovery_key().public != KEY.public


def test_how_the_signing_key_is_worked_out_never_changes() -> None:
    identity = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
    assert primitives.recipient(identity).startswith("age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzr")
    assert RecoveryKey(identity).public.sign == "/W4KIIZsvnzzAW84LsuuxDcPoxURoo1ZfMX3Ygut0u4="
