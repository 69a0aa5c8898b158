"""The folder transport: each laptop writes in its own folder, and reads in those of all."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from socius_tui.domain.exchanged import Packet, Peer, Profile, Trouble
from socius_tui.services.clock import Clock, SystemClock
from socius_tui.services.sync.folder import snapshots
from socius_tui.services.sync.folder.compacting import Compacted, compact
from socius_tui.services.sync.folder.layout import SNAPSHOTS, reached
from socius_tui.services.sync.folder.pushing import Push, seal_again
from socius_tui.services.sync.folder.said import peer, reported, say
from socius_tui.services.sync.folder.segments import batches, name_of
from socius_tui.services.sync.folder.shelf import Shelf
from socius_tui.services.sync.folder.writing import Wait, clear_leftovers
from socius_tui.services.sync.transport import Seal, Snapshot, Step
from socius_tui.store.problems import shown


class FolderTransport:
    """One laptop's way to a shared folder; keeps the contract of `Transport`.

    `new` makes the folder when it is not there, and takes one with something in it that says
    nothing of a team. `wait` waits so many seconds before a file that another program holds is
    tried again. `troubles` were come across on the way here.
    """

    def __init__(
        self,
        folder: Path,
        *,
        seal: Seal | None = None,
        new: bool = False,
        clock: Clock | None = None,
        wait: Wait = time.sleep,
        troubles: Iterable[Trouble] = (),
    ) -> None:
        self._shelf = Shelf(folder, seal, wait)
        self.seal = seal
        for trouble in troubles:
            self._shelf.tell(trouble)
        self._new = new
        self._clock = clock or SystemClock()

    @property
    def place(self) -> str:
        """The folder."""
        return shown(self._shelf.folder)

    @property
    def troubles(self) -> list[Trouble]:
        """What was found damaged, half there or not for us since this was opened."""
        return list(self._shelf.troubles)

    def open(self, team: str) -> None:
        """See that the folder is the team's, and look after files that others found damaged.

        Only those are read here: if they are damaged, `published` stops before them, so that
        whose they are puts them there anew.
        """
        self._shelf.claim(team, new=self._new)
        replicas = self._shelf.replicas()
        for name in {name for replica in replicas for name in reported(self._shelf, replica)}:
            if name.replica in replicas and not self._shelf.is_whole(name.replica, name):
                self._shelf.bad.add(str(name))

    def team(self) -> str:
        """Whose folder it is; "" when it is nobody's yet."""
        return self._shelf.whose()

    def published(self) -> Mapping[str, int]:
        """How far the packets of each replica are here without a gap, by names alone."""
        places = {name: reached(self._shelf.segments(name)) for name in self._shelf.replicas()}
        return {replica: place for replica, place in places.items() if place}

    def push(self, replica: str, packets: Iterable[Packet], step: Step) -> None:
        """Put packets of this replica in its folder, as segments."""
        self._claim_again()
        own = self._shelf.own(replica)
        for each in (own, own / SNAPSHOTS):
            clear_leftovers(each, self._clock.now().timestamp())
        push = Push(self._shelf, replica)
        for batch in batches(push.new(packets, step)):
            push.put(batch)
            step(len(batch))
        push.tidy()

    def pull(self, have: Mapping[str, int], step: Step) -> Iterator[Packet]:
        """Every packet that is here and ends after `have` of its replica, in any order.

        Of a replica of which nothing ends after that, no file is opened.
        """
        missing: dict[str, int] = {}
        for replica in self._shelf.replicas():
            place = have.get(replica, 0)
            spans: list[tuple[int, int]] = []
            for segment in self._shelf.wanted(replica, place):
                spans.append((segment.after, segment.until))
                for packet in segment.packets:
                    if packet.until > place:
                        yield packet
                        step(1)
            if not self._goes_on(replica, spans, place):
                continue
            missing[replica] = _end(spans, place)
        for packet in snapshots.packets_after(self._shelf, missing):
            yield packet
            step(1)

    def _goes_on(self, replica: str, spans: list[tuple[int, int]], place: int) -> bool:
        """Whether there are segments of a replica that lead further than what they gave."""
        names = self._shelf.contents(replica).segments
        return max((name.until for name in names), default=0) > _end(spans, place)

    def introduce(self, profile: Profile, seen: Mapping[str, int]) -> None:
        """Say who we are and how far we are; files are written where that has changed."""
        self._claim_again()
        others = [file_name for file_name in self._shelf.bad if name_of(file_name)]
        say(self._shelf, profile, seen, others)

    def peers(self) -> list[Peer]:
        """The laptops that have a folder here."""
        return [peer(self._shelf, replica) for replica in self._shelf.replicas()]

    def put_snapshot(self, replica: str, snapshot: Snapshot) -> None:
        """Put a database in the folder of this replica, for who begins. Raises SociusError."""
        self._claim_again()
        snapshots.put(self._shelf, replica, snapshot, self._clock.now().date())

    def has_snapshot(self) -> bool:
        """Whether there is one of any laptop, by its name. Raises SociusError."""
        return snapshots.is_there(self._shelf)

    def newest_snapshot(self, into: Path) -> Snapshot | None:
        """The newest whole snapshot of all laptops, in a new file; None when there is none.

        What came after it is pulled with its `have`. Raises SociusError.
        """
        return snapshots.newest(self._shelf, into)

    def compact(self, replica: str, everyone: Mapping[str, Mapping[str, int]]) -> Compacted:
        """Join our own small segments when they are many, and take away what is not needed.

        `everyone` says of each laptop how far it has seen the others. Raises SociusError.
        """
        self._claim_again()
        return compact(self._shelf, replica, everyone, self._clock.now().timestamp())

    def seal_again(self, replica: str) -> int:
        """Seal our own segments for all who are members now; how many had to be.

        Each is put there anew before the old one goes. Raises SociusError.
        """
        self._claim_again()
        return seal_again(self._shelf, replica)

    def close(self) -> None:
        """Nothing is held open."""

    def _claim_again(self) -> None:
        """The folder may have been emptied or taken away since it was opened."""
        self._shelf.claim(self._shelf.team, new=False)


def _end(spans: Iterable[tuple[int, int]], place: int) -> int:
    """How far one gets from a place without a gap."""
    for after, until in sorted(spans):
        if after <= place < until:
            place = until
    return place
