"""What every transport keeps: the sentences of `services/sync/transport.py`, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from socius_tui.domain.exchanged import Packet, Peer
from socius_tui.errors import SociusError
from socius_tui.services.sync.transport import Cancelled, Transport
from tests.services.sync.places import (
    AN,
    BO,
    CEM,
    PLACES,
    TEAM,
    Way,
    no_step,
    opened,
    packets,
    profile,
    pulled,
    put,
)


@pytest.fixture(params=sorted(PLACES))
def way(request: pytest.FixtureRequest) -> Way:
    """A way into one empty place, for as many laptops as a test wants."""
    return PLACES[request.param](request)


@pytest.fixture
def an(way: Way) -> Iterator[Transport]:
    """An's way, open."""
    yield from _used(way, AN)


@pytest.fixture
def bo(way: Way, an: Transport) -> Iterator[Transport]:
    """Bo's way to the same place, open."""
    yield from _used(way, BO)


def _used(way: Way, replica: str) -> Iterator[Transport]:
    made = opened(way, replica)
    yield made
    made.close()
    made.close()  # safe to call twice


# ---- the place


def test_it_says_where_it_is(an: Transport) -> None:
    assert an.place


def test_an_empty_place_becomes_the_teams(way: Way, an: Transport) -> None:
    assert (dict(an.published()), pulled(an), an.peers(), an.troubles) == ({}, [], [], [])
    with pytest.raises(SociusError) as refused:
        way(BO).open("another team")
    assert refused.value.message


def test_what_another_team_was_refused_is_untouched(way: Way, an: Transport) -> None:
    put(an, packets(AN, 0, 3))
    with pytest.raises(SociusError):
        way(BO).open("another team")
    assert pulled(an) == packets(AN, 0, 3)


def test_it_can_be_opened_again(way: Way, an: Transport) -> None:
    put(an, packets(AN, 0, 3))
    an.close()
    assert pulled(opened(way, AN)) == packets(AN, 0, 3)


# ---- packets


def test_what_one_pushes_the_other_pulls(an: Transport, bo: Transport) -> None:
    mine = packets(AN, 0, 1, 4, 9)
    put(an, mine)
    assert bo.published() == {AN: 9}
    assert pulled(bo) == mine
    assert bo.troubles == []


def test_our_own_can_be_pulled_too(an: Transport) -> None:
    put(an, packets(AN, 0, 2))
    assert pulled(an) == packets(AN, 0, 2)


def test_nothing_at_all_can_be_pushed(an: Transport) -> None:
    an.push(AN, [], no_step)
    assert an.published().get(AN, 0) == 0


def test_pushing_goes_on_where_it_stopped(an: Transport, bo: Transport) -> None:
    put(an, packets(AN, 0, 2, 5))
    assert an.published()[AN] == 5
    put(an, packets(AN, 5, 6))
    put(an, packets(AN, 6, 9))
    assert bo.published() == {AN: 9}
    assert pulled(bo) == packets(AN, 0, 2, 5, 6, 9)


def test_only_what_ends_after_what_one_has_is_given(an: Transport, bo: Transport) -> None:
    put(an, packets(AN, 0, 2, 5, 9))
    assert pulled(bo, {AN: 2}) == packets(AN, 2, 5, 9)
    assert pulled(bo, {AN: 4}) == packets(AN, 2, 5, 9)
    assert pulled(bo, {AN: 9}) == []
    assert pulled(bo, {AN: 99}) == []


def test_who_is_not_in_have_is_wanted_from_the_start(an: Transport, bo: Transport) -> None:
    put(an, packets(AN, 0, 2))
    put(bo, packets(BO, 0, 7))
    assert pulled(an, {AN: 2}) == packets(BO, 0, 7)
    assert bo.published() == {AN: 2, BO: 7}


def test_a_packet_travels_as_it_is(an: Transport, bo: Transport) -> None:
    text = r'{"a":"é\n\u0000 \"quoted\"","b":[1.5,null,"' + "\u2028 \U0001f600 e\u0301" + '"]}'
    odd = [
        Packet(AN, 0, 1, 4, text),
        Packet(AN, 1, 2, 99, "[]"),
        Packet(AN, 2, 5000, 4, '{"' + "lang " * 400_000 + '":1}'),
    ]
    put(an, odd)
    assert pulled(bo) == odd


def test_many_packets(an: Transport, bo: Transport) -> None:
    mine = packets(AN, *range(6_001))
    put(an, mine)
    assert bo.published() == {AN: 6_000}
    assert pulled(bo) == mine


def test_packets_may_come_from_something_that_is_read_once(an: Transport) -> None:
    an.push(AN, iter(packets(AN, 0, 1, 2)), no_step)
    assert an.published() == {AN: 2}


# ---- again, and by two


def test_repeated_without_effect(an: Transport, bo: Transport) -> None:
    mine = packets(AN, 0, 1, 4, 9)
    put(an, mine)
    for _again in range(3):
        put(an, mine)
        put(an, mine[1:])
    put(an, [*mine, *packets(AN, 9, 12)])
    assert bo.published() == {AN: 12}
    given = list(bo.pull({}, no_step))
    assert sorted(given) == packets(AN, 0, 1, 4, 9, 12)


@pytest.mark.parametrize("at", [0, 1, 2])
def test_other_content_in_the_same_place_is_refused(at: int, an: Transport, bo: Transport) -> None:
    mine = packets(AN, 0, 1, 4, 9)
    put(an, mine)
    other = list(mine)
    other[at] = mine[at]._replace(body='{"other":1}')
    with pytest.raises(SociusError):
        put(an, other)
    assert pulled(bo) == mine


def test_a_refusal_leaves_the_rest_usable(an: Transport, bo: Transport) -> None:
    put(an, packets(AN, 0, 1))
    with pytest.raises(SociusError):
        put(an, packets(AN, 0, 1, text="other"))
    put(an, packets(AN, 1, 2))
    put(bo, packets(BO, 0, 1))
    assert pulled(an) == [*packets(AN, 0, 1, 2), *packets(BO, 0, 1)]


def test_in_any_portions_and_as_often_as_they_come(an: Transport, bo: Transport) -> None:
    chance = Random(6)
    mine = packets(AN, *range(60))
    for _round in range(40):
        done = sum(packet.until <= an.published().get(AN, 0) for packet in mine)
        start = chance.randint(0, done)
        an.push(AN, mine[start : done + chance.randint(0, 4)], no_step)
        place = an.published().get(AN, 0)
        assert pulled(bo) == [packet for packet in mine if packet.until <= place]


# ---- how far it is, and stopping


def test_steps_count_the_packets(an: Transport, bo: Transport) -> None:
    mine = packets(AN, *range(31))
    up: list[int] = []
    an.push(AN, mine, up.append)
    down: list[int] = []
    list(bo.pull({}, down.append))
    assert sum(up) == sum(down) == 30


class Stop:
    """Stops at the n-th step."""

    def __init__(self, at: int) -> None:
        self._left = at

    def __call__(self, _count: int) -> None:
        self._left -= 1
        if self._left <= 0:
            raise Cancelled


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_push_that_is_stopped_and_repeated(at: int, an: Transport, bo: Transport) -> None:
    mine = packets(AN, *range(12_001))
    with pytest.raises(Cancelled):
        an.push(AN, mine, Stop(at))
    place = bo.published().get(AN, 0)
    assert pulled(bo) == mine[:place]
    an.push(AN, mine[place:], no_step)
    assert pulled(bo) == mine
    put(an, mine)
    assert pulled(bo) == mine


def test_a_pull_that_is_stopped_and_repeated(an: Transport, bo: Transport) -> None:
    mine = packets(AN, 0, 1, 2, 3)
    put(an, mine)
    got: list[Packet] = []
    with pytest.raises(Cancelled):
        got.extend(bo.pull({}, Stop(2)))
    assert set(got) <= set(mine)
    assert pulled(bo) == mine


def test_a_pull_that_is_left_off(an: Transport, bo: Transport) -> None:
    put(an, packets(AN, 0, 1, 2, 3))
    next(iter(bo.pull({}, no_step)))
    assert pulled(bo) == packets(AN, 0, 1, 2, 3)


def test_pushed_while_another_pulls(an: Transport, bo: Transport) -> None:
    put(an, packets(AN, 0, 1))
    pulling = iter(bo.pull({}, no_step))
    got = {next(pulling)}
    put(an, packets(AN, 1, 2))
    got.update(pulling)
    assert set(packets(AN, 0, 1)) <= got <= set(packets(AN, 0, 1, 2))
    assert pulled(bo, {AN: 1}) == packets(AN, 1, 2)


# ---- what laptops say of themselves


def said(way: Transport) -> dict[str, Peer]:
    return {peer.replica: peer for peer in way.peers()}


def test_laptops_know_one_another(an: Transport, bo: Transport) -> None:
    an.introduce(profile(AN), {AN: 4})
    bo.introduce(profile(BO, "Bo Maes"), {AN: 3, BO: 2})
    for way in (an, bo):
        assert said(way) == {
            AN: Peer(AN, profile(AN), {AN: 4}),
            BO: Peer(BO, profile(BO, "Bo Maes"), {AN: 3, BO: 2}),
        }


def test_what_is_said_takes_the_place_of_what_was_said(an: Transport, bo: Transport) -> None:
    an.introduce(profile(AN), {AN: 4, CEM: 2})
    an.introduce(profile(AN)._replace(person="Dana Wouters", keys={}), {AN: 5})
    an.introduce(profile(AN)._replace(person="Dana Wouters", keys={}), {AN: 5})
    assert said(bo)[AN].profile == profile(AN)._replace(person="Dana Wouters", keys={})
    assert said(bo)[AN].seen == {AN: 5}


def test_saying_who_one_is_changes_no_packets(an: Transport, bo: Transport) -> None:
    put(an, packets(AN, 0, 1))
    an.introduce(profile(AN), {AN: 1})
    assert pulled(bo) == packets(AN, 0, 1)
    assert bo.published() == {AN: 1}


def test_a_stranger_finds_everything(way: Way, an: Transport, bo: Transport) -> None:
    put(an, packets(AN, 0, 1))
    put(bo, packets(BO, 0, 1))
    an.introduce(profile(AN), {})
    cem = opened(way, CEM)
    assert pulled(cem) == [*packets(AN, 0, 1), *packets(BO, 0, 1)]
    assert said(cem)[AN].profile == profile(AN)
    assert TEAM not in cem.place
