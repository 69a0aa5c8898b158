"""What laptops exchange: transactions of the journal, packed, and what they say of themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple


class Packet(NamedTuple):
    """One transaction as it travels: what somebody did at once, never a part of it.

    `replica` is the file in which it was written first. Its packets follow one another without
    gaps: each begins at the place in its journal where the one before ended (`after`, from 0)
    and leads to a later one (`until`). `version` is that of the schema it was written with.
    `body` is one line of JSON; a transport carries it as it is and looks at nothing in it.
    """

    replica: str
    after: int
    until: int
    version: int
    body: str


class Profile(NamedTuple):
    """What a laptop says of itself: all of it for people, none of it proof.

    `computer` and `person` are names, `role` is that of the person in the plan, `program` the
    version of the program, `version` that of the schema it knows, `keys` public keys by their
    kind, `said_at` the moment by its own clock, as it is stored.
    """

    replica: str
    computer: str
    person: str
    role: str
    program: str
    version: int
    keys: Mapping[str, str]
    said_at: str


class Peer(NamedTuple):
    """Another laptop as a transport knows it: what it says, and how far it has seen the others.

    `seen` holds the place in the journal of each replica up to which it has everything. None of
    both where nothing was said yet, or what was said cannot be read.
    """

    replica: str
    profile: Profile | None
    seen: Mapping[str, int]


class Trouble(NamedTuple):
    """Something that a transport came across and left alone, so that people can look after it.

    `name` is what it is about (a file, a laptop), `sentence` what is wrong in the language of
    the reader, `hint` what to do ("" where it will come right by itself).
    """

    name: str
    sentence: str
    hint: str = ""


Why = Literal["gap", "version", "clock", "reference", "damaged"]


class Held(NamedTuple):
    """What so many transactions of a replica wait for, from a place in its journal on.

    `missing` are for a gap the places that did not arrive (from, to), for a reference the table
    and key of the row; `version` and `clock` are those of the first one that waits.
    """

    replica: str
    why: Why
    after: int
    waiting: int
    missing: tuple[int, int] | tuple[str, str] | None = None
    version: int = 0
    clock: int = 0


class Taken(NamedTuple):
    """What was taken over: the sets of others by replica and number, and how many changes.

    `held` is what waits after it.
    """

    sets: tuple[tuple[str, int], ...]
    changes: int
    held: tuple[Held, ...]
