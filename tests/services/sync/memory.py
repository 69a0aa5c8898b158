"""A transport that is nowhere but in memory: the simplest thing that keeps the contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from socius_tui.domain.exchanged import Packet, Peer, Profile, Trouble
from socius_tui.errors import RuleBroken
from socius_tui.services.sync.transport import Step


class Shelf:
    """The place itself, which several laptops share."""

    def __init__(self) -> None:
        self.team = ""
        self.packets: dict[str, dict[int, Packet]] = {}
        self.said: dict[str, Peer] = {}


class MemoryTransport(NamedTuple):
    """One laptop's way to a shelf."""

    shelf: Shelf
    place: str = "memory"
    troubles: list[Trouble] = []  # noqa: RUF012 (never added to)

    def open(self, team: str) -> None:
        self.shelf.team = self.shelf.team or team
        if self.shelf.team != team:
            raise RuleBroken("another team", field="place")

    def team(self) -> str:
        return self.shelf.team

    def published(self) -> Mapping[str, int]:
        return {replica: _reached(packets) for replica, packets in self.shelf.packets.items()}

    def push(self, replica: str, packets: Iterable[Packet], step: Step) -> None:
        kept = self.shelf.packets.setdefault(replica, {})
        for packet in packets:
            if kept.setdefault(packet.after, packet) != packet:
                raise RuleBroken("another packet is there", field="place")
            step(1)

    def pull(self, have: Mapping[str, int], step: Step) -> Iterator[Packet]:
        for replica, packets in list(self.shelf.packets.items()):
            for packet in list(packets.values()):
                if packet.until > have.get(replica, 0):
                    yield packet
                    step(1)

    def introduce(self, profile: Profile, seen: Mapping[str, int]) -> None:
        self.shelf.said[profile.replica] = Peer(profile.replica, profile, dict(seen))

    def peers(self) -> list[Peer]:
        return list(self.shelf.said.values())

    def close(self) -> None:
        pass


def _reached(packets: Mapping[int, Packet]) -> int:
    place = 0
    while place in packets:
        place = packets[place].until
    return place
