"""What a way of travelling has to do; the folder and PostgreSQL both do this and nothing else.

A transport carries packets and keeps them in any order, as often as they come. It never looks
at what is in them, never takes one away, and never gives one by half. Absence means nothing:
what is not there (yet, or any more) was not deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

from socius_tui.domain.exchanged import Packet, Peer, Profile, Trouble
from socius_tui.errors import RuleBroken

#: Told how many packets went since the last time; raises `Cancelled` to stop in between.
Step = Callable[[int], None]


class Cancelled(Exception):
    """Somebody stopped an exchange; what went before that stays."""


class Snapshot(NamedTuple):
    """A whole file to begin from: the database, and how far it has everything of each replica."""

    path: Path
    have: Mapping[str, int]


class NotSealedForUs(Exception):
    """A sealed text that cannot be opened: `args[0]` is a sentence for people that says why."""


class NotAMember(RuleBroken):
    """This laptop may not close anything for the team, or not yet: it has to be let in first."""


class Seal(Protocol):
    """Closes what is put in a place that others can read, and opens what comes from there."""

    def may_close(self, replica: str) -> bool:
        """Whether this device is let in, as the one that writes under this replica."""

    def close(self, replica: str, data: bytes) -> bytes:
        """The same text for the team alone, signed by this device under one of its replicas.

        Raises NotAMember where it may not.
        """

    @property
    def complete_from(self) -> int:
        """Goes up when somebody came in who cannot open what was closed before."""

    def reseal(self, replica: str, data: bytes) -> bytes | None:
        """What we closed, or left open before, for all who may read it now; None: it is that."""

    def open(self, replica: str, data: bytes) -> bytes:
        """What this replica closed; raises NotSealedForUs when it was not, or not for us."""


class Transport(Protocol):
    """One place through which laptops exchange; used by one thread.

    Methods raise SociusError with a sentence for people when the place cannot be reached, is
    full, belongs to another team or refuses. After that everything can be tried again.
    """

    @property
    def place(self) -> str:
        """Where it is, for people: a folder, or a host and database. Never a password."""

    @property
    def troubles(self) -> list[Trouble]:
        """What was found damaged, half there or not for us since this was opened."""

    def open(self, team: str) -> None:
        """Reach the place; what is empty becomes the team's. Refuses that of another team."""

    def published(self) -> Mapping[str, int]:
        """How far the packets of each replica are here without a gap: its last `until`."""

    def push(self, replica: str, packets: Iterable[Packet], step: Step) -> None:
        """Put packets of this replica there, which follow `published()[replica]` without gaps.

        What is there already is left as it is; the same place with other content is refused.
        Interrupted anywhere, it can be repeated without effect.
        """

    def pull(self, have: Mapping[str, int], step: Step) -> Iterator[Packet]:
        """Every packet that is here and ends after `have` of its replica; in any order, whole.

        A replica that is not in `have` is wanted from the start.
        """

    def introduce(self, profile: Profile, seen: Mapping[str, int]) -> None:
        """Say who we are and how far we have seen the others; in place of what was said before."""

    def peers(self) -> list[Peer]:
        """The laptops that are known here, ours too."""

    def team(self) -> str:
        """Whose place it is; "" when it is nobody's yet."""

    def close(self) -> None:
        """Let go of the place; safe to call twice."""
