"""One exchange with the others: take what is there, give what is ours, say how far we are."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from itertools import islice
from typing import Any, Final, NamedTuple

from socius_tui import __version__
from socius_tui.domain.exchanged import Packet, Peer, Profile, Taken, Trouble
from socius_tui.domain.moments import milliseconds, moment_text
from socius_tui.domain.text import clean
from socius_tui.errors import Forked, RuleBroken
from socius_tui.services.session import Session
from socius_tui.services.sync.arranging import remember
from socius_tui.services.sync.telling import by_name
from socius_tui.services.sync.transport import NotAMember, Step, Transport
from socius_tui.services.sync.waiting import told
from socius_tui.store import people as staff
from socius_tui.store.driver import SCHEMA_VERSION, Connection
from socius_tui.store.identity import Identity
from socius_tui.store.journal import sets
from socius_tui.store.landmarks import passed
from socius_tui.store.sync.arrivals import newest_set
from socius_tui.store.sync.exchange import (
    Arrangement,
    Came,
    Ours,
    arrange,
    arrangement,
    keep_peers,
    ours,
    something_waits,
    what_came,
)
from socius_tui.store.sync.packets import begin_of, packed, places
from socius_tui.store.sync.parting import common_place, part_from

#: What is kept beside an outcome of what was shown; see services/sync/arrivals.py.
SHOWN: Final = ("new_from", "shown_until", "shown_at")

#: Transactions taken over at once: others can read and write in between.
_TOGETHER: Final = 1000


class Outcome(NamedTuple):
    """What an exchange did, or would do.

    `sent` and `taken` are transactions, `changes` the rows in what was taken. `people` are the
    names of those whose work came in with how many transactions, `added` how many rows came in
    by table. `waiting` and `troubles` say what could not be taken over (yet) and what was found
    wrong. `renamed`: another copy of this file had gone on, so it got a name of its own.
    """

    place: str
    sent: int
    taken: int
    changes: int
    people: Mapping[str, int]
    added: Mapping[str, int]
    waiting: tuple[Trouble, ...]
    troubles: tuple[Trouble, ...]
    renamed: bool = False


def exchange(
    session: Session,
    transport: Transport,
    *,
    step: Step = lambda _count: None,
    keys: Mapping[str, str] | None = None,
    remembering: Arrangement | None = None,
) -> Outcome:
    """Take over what others put in a place, and put there what is ours.

    `step` is told of each transaction and can raise Cancelled; what went by then stays. `keys`
    are our public keys for the others, `remembering` is the place as it is kept in the file.
    Raises SociusError; after that it can be done again.
    """
    session.database.settle()
    me = session.read(ours)
    shown_until = session.read(newest_set)
    transport.open(me.team)
    published = transport.published()
    alone = _sent_alone(session, me, published, remembering)
    renamed = not alone and _take_another_name(session, transport, me, published)
    if renamed:
        me = session.read(ours)
    taken = _take(session, transport, step)
    passed("sync.taken")
    sent, sent_until = 0, me.until
    held_back: list[Trouble] = []
    if not _only_reads(session):
        sent, held_back = _send(session, transport, me, published, step, alone=alone)
        if any(trouble.name == me.replica for trouble in held_back):
            sent_until = published.get(me.replica, 0)
    passed("sync.sent")
    seen = session.read(places)
    peers = transport.peers()
    profile = _said_before(_profile(session, me, keys or {}), peers)
    transport.introduce(profile, seen)
    session.database.note(
        lambda connection: keep_peers(connection, peers, moment_text(session.now))
    )
    came = session.read(lambda connection: what_came(connection, taken.sets))
    outcome = _outcome(session, transport, taken, came, sent, renamed=renamed)
    outcome = outcome._replace(troubles=(*outcome.troubles, *held_back))
    if remembering is not None:
        remember(session, remembering)
        _note(session, outcome, sent_until, shown_until)
    return outcome


def rehearse(session: Session, transport: Transport, step: Step = lambda _count: None) -> Outcome:
    """Say what an exchange would do; nothing is written, here or there."""

    class Over(Exception):
        """Ends the transaction without its COMMIT."""

    me = session.read(ours)
    transport.open(me.team)
    published = transport.published()
    packets = list(transport.pull(session.read(places), step))
    found: list[tuple[Taken, Came]] = []

    def work(connection: Connection) -> None:
        taken = _take_over(session, connection, (p for p in packets if p.replica != me.replica))
        found.append((taken, what_came(connection, taken.sets)))
        raise Over

    with suppress(Over):
        session.database.merge(work, session.now)
    sent = 0
    for replica in (*me.former, me.replica):
        there = published.get(replica, 0)
        sent += len(session.read(partial(_ready, replica=replica, there=there)))
    taken, came = found[0]
    return _outcome(session, transport, taken, came, 0 if _only_reads(session) else sent)


def _take(session: Session, transport: Transport, step: Step) -> Taken:
    """Everything that is there and not here, some at a time."""
    have = session.read(places)
    arriving = transport.pull(have, step)
    done: list[Taken] = []
    for some in _in_parts(arriving):
        if not some and not session.read(something_waits):
            break  # nearly always: nothing is loaded or looked up for it
        part = partial(_take_over, session, packets=some)
        done.append(session.database.merge(part, session.now))
        passed("sync.part")
    return Taken(
        tuple(one for part in done for one in part.sets),
        sum(part.changes for part in done),
        done[-1].held if done else (),
    )


def _in_parts(packets: Iterator[Packet]) -> Iterator[list[Packet]]:
    """At least one part, so that what waits is looked at again."""
    some = list(islice(packets, _TOGETHER))
    yield some
    while some:
        some = list(islice(packets, _TOGETHER))
        if some:
            yield some


def _take_over(session: Session, connection: Connection, packets: Iterable[Packet]) -> Taken:
    from socius_tui.store.sync.merging import take_over

    now = session.now
    return take_over(connection, packets, milliseconds(now), moment_text(now))


def _sent_alone(
    session: Session, me: Ours, published: Mapping[str, int], place: Arrangement | None
) -> bool:
    """Whether all that is there under our name is what this file has sent: nobody else did."""
    known = session.read(arrangement)
    if known is None or place is None or known[:2] != place[:2]:
        return False
    return published.get(me.replica, 0) == known.sent_until


def _send(
    session: Session,
    transport: Transport,
    me: Ours,
    published: Mapping[str, int],
    step: Step,
    *,
    alone: bool,
) -> tuple[int, list[Trouble]]:
    """Ours that are not there yet; also those under earlier names, where the place takes them.

    Who is not let in yet keeps them, and introduces itself. What we sent `alone` is not held
    against what is there: personal data may have been erased here since.
    """
    count = 0
    held_back: list[Trouble] = []
    for replica in (*me.former, me.replica):
        there = published.get(replica, 0)
        again = not (alone and replica == me.replica)
        ready = session.read(partial(_ready, replica=replica, there=there, again=again))
        if not ready:
            continue
        try:
            transport.push(replica, ready, step)
        except (RuleBroken, Forked) as error:
            if replica == me.replica and not isinstance(error, NotAMember):
                raise
            held_back.append(Trouble(replica, error.message, error.hint))
        else:
            count += sum(packet.until > there for packet in ready)
    return count, held_back


def _ready(
    connection: Connection, *, replica: str, there: int, again: bool = False
) -> list[Packet]:
    """What a place does not have, read as it was at one moment.

    And, `again`, before that the last transaction that it has: another copy of this file may have
    gone on from there under the same name, which shows when both are held against each other.
    """
    if places(connection).get(replica, 0) <= there:
        return []
    after = begin_of(connection, replica, there) if again else there
    return list(packed(connection, replica, after))


def _take_another_name(
    session: Session, transport: Transport, me: Ours, published: Mapping[str, int]
) -> bool:
    """Go on under another name where another copy of this file has written under ours.

    Most often this is an older copy, and what came after it is there. The other may be of a
    computer that was put back as a whole, so that nothing here can know it.
    """
    there = published.get(me.replica, 0)
    if not there or (there <= me.until and _ends_alike(session, transport, me, published)):
        return False
    have = {**published, me.replica: 0}
    theirs = {p.after: p for p in transport.pull(have, _ignore) if p.replica == me.replica}
    common = session.read(lambda connection: common_place(connection, me.replica, theirs))
    if common is None and there <= me.until:
        return False

    def work(connection: Connection) -> str:
        if common is None:
            sets.go_on_as(connection, sets.new_replica())
        else:
            part_from(connection, common)
        return ours(connection).replica

    session.database.identity = Identity(session.path, session.database.note(work))
    session.database.settle()
    return True


def _ends_alike(
    session: Session, transport: Transport, me: Ours, published: Mapping[str, int]
) -> bool:
    """Whether the last transaction that is there under our name is ours."""
    there = published[me.replica]
    begin = session.read(lambda connection: begin_of(connection, me.replica, there))
    mine = session.read(lambda connection: next(packed(connection, me.replica, begin), None))
    last = transport.pull({**published, me.replica: begin}, _ignore)
    return mine in [packet for packet in last if packet.replica == me.replica]


def _ignore(_count: int) -> None:
    """Nobody counts these."""


def _only_reads(session: Session) -> bool:
    """Whether the person at the keyboard reads along, and sends nothing."""
    return session.read(lambda connection: staff.role_of(connection, session.actor)) == "reader"


def _profile(session: Session, me: Ours, keys: Mapping[str, str]) -> Profile:
    person, role = session.read(
        lambda connection: (
            staff.name_of(connection, session.actor),
            staff.role_of(connection, session.actor),
        )
    )
    return Profile(
        replica=me.replica,
        computer=clean(platform.node(), limit=60),
        person=person,
        role=role,
        program=__version__,
        version=SCHEMA_VERSION,
        keys=dict(keys),
        said_at=moment_text(session.now),
    )


def _said_before(profile: Profile, peers: Iterable[Peer]) -> Profile:
    """What we said before, as long as it is true: each new word has to travel to everybody."""
    for peer in peers:
        said = peer.profile
        if said is not None and said.replica == profile.replica:
            recent = said.said_at[:13] == profile.said_at[:13]  # the same hour
            if recent and said._replace(said_at="") == profile._replace(said_at=""):
                return said
    return profile


def _outcome(
    session: Session,
    transport: Transport,
    taken: Taken,
    came: Came,
    sent: int,
    *,
    renamed: bool = False,
) -> Outcome:
    return Outcome(
        place=transport.place,
        sent=sent,
        taken=len(taken.sets),
        changes=taken.changes,
        people=session.read(lambda connection: by_name(connection, came.people)),
        added=came.added,
        waiting=told(session, taken.held),
        troubles=tuple(transport.troubles),
        renamed=renamed,
    )


def _note(session: Session, outcome: Outcome, sent_until: int, shown_until: int) -> None:
    """Write down that it went well; at the first time all that was here was shown already."""

    def work(connection: Connection) -> None:
        found = arrangement(connection)
        if found is not None:
            kept = _kept(outcome, found.outcome)
            if "shown_until" not in kept:
                kept |= {"shown_until": shown_until, "shown_at": moment_text(session.now)}
            arrange(
                connection,
                found._replace(
                    done_at=moment_text(session.now), sent_until=sent_until, outcome=kept
                ),
            )

    session.database.note(work)


def _kept(outcome: Outcome, before: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of an outcome; what came in last stays until something else does."""
    kept = {
        "sent": outcome.sent,
        "taken": outcome.taken,
        "people": dict(outcome.people),
        "added": dict(outcome.added),
        "wrong": len(outcome.waiting) + len(outcome.troubles),
        **{name: before[name] for name in SHOWN if name in before},
    }
    if not outcome.taken and before.get("taken"):
        kept |= {name: before[name] for name in ("taken", "people", "added") if name in before}
    return kept
