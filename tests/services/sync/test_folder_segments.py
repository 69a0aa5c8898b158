"""A segment comes out as it went in, or not at all."""

from __future__ import annotations

import json
import zlib
from contextlib import suppress
from hashlib import sha256
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socius_tui.domain.exchanged import Packet
from socius_tui.services.sync.folder import segments
from socius_tui.services.sync.folder.segments import (
    Segment,
    SegmentName,
    Unfit,
    batches,
    decode,
    digest_of,
    encode,
    name_of,
    name_within,
)
from tests.services.sync.places import AN, BO, TEAM, packets

TEXTS = st.text(st.characters(codec="utf-8"), max_size=60)


@st.composite
def runs(draw: st.DrawFn) -> list[Packet]:
    """Packets of one replica that follow one another."""
    place = draw(st.integers(0, 10**11))
    made = []
    for _number in range(draw(st.integers(1, 8))):
        after, place = place, place + draw(st.integers(1, 10**6))
        made.append(Packet(AN, after, place, draw(st.integers(0, 999)), draw(TEXTS)))
    return made


@given(TEXTS, runs())
def test_it_comes_out_as_it_went_in(team: str, made: list[Packet]) -> None:
    data = encode(team, made)
    assert decode(data, team) == Segment(AN, made[0].after, made[-1].until, tuple(made))
    assert encode(team, made) == data


@given(runs(), st.randoms(use_true_random=False))
def test_damaged_bytes_are_never_something_else(made: list[Packet], chance: Random) -> None:
    data = bytearray(encode(TEAM, made))
    whole = decode(bytes(data), TEAM)
    for _flip in range(chance.randint(1, 4)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    with suppress(Unfit):
        assert decode(bytes(data), TEAM) == whole


@given(runs(), st.randoms(use_true_random=False))
def test_damaged_text_is_never_something_else(made: list[Packet], chance: Random) -> None:
    """Also when it was packed after it was damaged, so that only our own digest can tell."""
    text = bytearray(zlib.decompress(encode(TEAM, made)))
    at = chance.randrange(len(text))
    text[at] ^= 1 << chance.randrange(8)
    with pytest.raises(Unfit):
        decode(zlib.compress(bytes(text)), TEAM)


@given(runs(), st.integers(0))
def test_a_part_is_nothing(made: list[Packet], cut: int) -> None:
    data = encode(TEAM, made)
    with pytest.raises(Unfit) as refused:
        decode(data[: cut % len(data)], TEAM)
    assert refused.value.kind == "half"


@given(st.binary(max_size=200))
def test_any_bytes_are_looked_at_without_harm(data: bytes) -> None:
    for each in (data, zlib.compress(data)):
        with pytest.raises(Unfit):
            decode(each, TEAM)


def ended(*lines: str) -> bytes:
    """Lines with an end that fits them."""
    text = "\n".join([*lines, ""]).encode()
    end = json.dumps({"end": len(lines) - 1, "sha256": sha256(text).hexdigest()})
    return zlib.compress(text + end.encode() + b"\n")


def header(**other: object) -> str:
    fields = {"format": 1, "team": TEAM, "replica": AN, "after": 0, "until": 2, "packets": 2}
    return json.dumps({**fields, **other})


LINES = ('[0,1,4,"{}"]', '[1,2,4,"{}"]')


def test_what_is_written_down_is_what_is_read() -> None:
    """The example of docs/sync-folder.md."""
    made = [Packet(AN, 0, 1, 4, "{}"), Packet(AN, 1, 2, 4, "{}")]
    assert decode(ended(header(), *LINES), TEAM).packets == tuple(made)
    assert decode(ended(header(later="more"), *LINES), TEAM).packets == tuple(made)


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ((header(format=2), "anything"), "newer"),
        ((header(team="other"), *LINES), "team"),
        ((header(format=0), *LINES), "damaged"),
        ((header(format="1"), *LINES), "damaged"),
        ((header(format=True), *LINES), "damaged"),
        ((header(replica="../x"), *LINES), "damaged"),
        ((header(replica=None), *LINES), "damaged"),
        ((header(packets=1), *LINES), "damaged"),
        ((header(packets=10**9), *LINES), "damaged"),
        ((header(packets=0),), "damaged"),
        ((header(after=1), *LINES), "damaged"),
        ((header(until=3), *LINES), "damaged"),
        ((header(until=10**12), *LINES), "damaged"),
        ((header(), *reversed(LINES)), "damaged"),
        ((header(), LINES[0], LINES[0]), "damaged"),
        ((header(), LINES[0], '[1,1,4,"{}"]'), "damaged"),
        ((header(), LINES[0], '[1,2,4,"{}","more"]'), "damaged"),
        ((header(), LINES[0], '[1,2,4,"{}"] '), "damaged"),
        ((header(), LINES[0], '[1,2,"4","{}"]'), "damaged"),
        ((header(), LINES[0], r'[1,2,4,"\ud800"]'), "damaged"),
        ((header(), LINES[0], "[" * 100_000), "damaged"),
        (("[" * 4000, *LINES), "damaged"),
        (("[]", *LINES), "damaged"),
        ((f'{{"x":"{"x" * 5000}"}}', *LINES), "damaged"),
    ],
)
def test_what_does_not_fit_is_refused(lines: tuple[str, ...], kind: str) -> None:
    with pytest.raises(Unfit) as refused:
        decode(ended(*lines), TEAM)
    assert refused.value.kind == kind


def test_a_few_bytes_that_become_a_great_many(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unfit):
        segments.unpack(zlib.compress(bytes(100_000)), 99_999)
    with pytest.raises(Unfit):  # empty lines are counted before they are taken apart
        decode(zlib.compress(header().encode() + b"\n" * 1_000_000), TEAM)


def test_nothing_comes_behind_the_end() -> None:
    with pytest.raises(Unfit):
        decode(encode(TEAM, packets(AN, 0, 1)) + b"x", TEAM)


@pytest.mark.parametrize(
    "wrong",
    [
        [*packets(AN, 0, 1), *packets(AN, 2, 3)],
        [*packets(AN, 0, 1), *packets(BO, 1, 2)],
        packets(AN, 1, 1),
        packets(AN, 0, 10**12),
    ],
)
def test_only_what_can_be_read_is_written(wrong: list[Packet]) -> None:
    with pytest.raises(ValueError):
        encode(TEAM, wrong)


def test_portions() -> None:
    made = packets(AN, *range(segments.PACKETS_EACH * 2 + 2))
    assert [len(batch) for batch in batches(made)] == [5_000, 5_000, 1]
    gap = [*packets(AN, 0, 1, 2), *packets(AN, 5, 6)]
    assert list(batches(gap)) == [gap[:2], gap[2:]]
    large = [packet._replace(body="x" * (3 << 20)) for packet in packets(AN, 0, 1, 2, 3)]
    assert [len(batch) for batch in batches(large)] == [1, 1, 1]
    assert list(batches([])) == []


NAME = SegmentName(AN, 0, 12, "0123456789abcdef")


def test_names() -> None:
    assert str(NAME) == f"{AN}.000000000000-000000000012.0123456789abcdef.seg"
    assert name_of(str(NAME)) == NAME
    assert len(digest_of(b"")) == 16


@pytest.mark.parametrize(
    "other",
    [
        "",
        "x",
        f"{NAME} ",
        f"{NAME}\n",
        f"{NAME}.tmp",
        f"~{NAME}",
        str(NAME).upper(),
        str(NAME).replace("000000000012", "000000000000"),
        str(NAME).replace("000000000012", "00000000012"),
        str(NAME).replace("000000000012", "٠٠٠٠٠٠٠٠٠٠١٢"),
        f"../{NAME}",
    ],
)
def test_names_that_are_none(other: str) -> None:
    assert name_of(other) is None


@pytest.mark.parametrize(
    "shape",
    [
        "{stem} (conflicted copy 2026-01-01).seg",
        "{stem} (An's conflicted copy).seg",
        "{stem}.sync-conflict-20260101-120000-ABCDEFG.seg",
        "{stem}-LAPTOP.seg",
        "{stem} (1).seg",
        "Copy of {stem}.seg",
        "{stem}.seg.bak",
    ],
)
def test_the_name_within_a_copys_name(shape: str) -> None:
    name = shape.format(stem=str(NAME).removesuffix(".seg"))
    assert name_of(name) is None
    assert name_within(name) == NAME
