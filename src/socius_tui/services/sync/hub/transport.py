"""PostgreSQL as a place to exchange: packets go in and out by the thousand, in order, whole.

What follows is not asked by the order in which it arrived: a transaction that commits late would
be passed over. It is asked by replica and place, and the hub takes no packet of a replica before
the one it follows; so what a reader has of a replica is always all of it up to there.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeVar

from socius_tui.domain.exchanged import Packet, Peer, Profile, Trouble
from socius_tui.errors import RuleBroken
from socius_tui.i18n import _
from socius_tui.services.sync.hub.administration import check_version
from socius_tui.services.sync.hub.connecting import Address, Wait, connect, driver, read_address
from socius_tui.services.sync.hub.problems import in_words
from socius_tui.services.sync.hub.said import peer_of
from socius_tui.services.sync.transport import Step

if TYPE_CHECKING:
    from socius_tui.services.sync.hub.connecting import Connection

T = TypeVar("T")

#: How much goes at once, at most: packets, and characters of their bodies.
MOST: Final = 2000
LARGEST: Final = 4_000_000
#: How often a piece of work is done again on a new connection when the line breaks.
AGAIN: Final = 2

_TEAMS: Final = "SELECT team, barred_at IS NOT NULL FROM hub.member WHERE login = session_user"
_REACHED: Final = """
SELECT d.replica, p.until_place FROM hub.device AS d CROSS JOIN LATERAL (
  SELECT q.until_place FROM hub.packet AS q WHERE q.team = d.team AND q.replica = d.replica
  ORDER BY q.after_place DESC LIMIT 1
) AS p WHERE d.team = %(team)s
"""
_PUSH: Final = """
INSERT INTO hub.packet (team, replica, after_place, until_place, version, body)
SELECT %(team)s, %(replica)s, p.a, p.u, p.v, p.b
FROM unnest(%(afters)s::bigint[], %(untils)s::bigint[], %(versions)s::int[], %(bodies)s::text[])
  AS p (a, u, v, b)
ORDER BY p.a
"""
# Some of one replica, as many as are not too large together; the first one always.
_PULL_ONE: Final = """
SELECT replica, after_place, until_place, version, body FROM (
  SELECT f.*, sum(octet_length(f.body)) OVER (ORDER BY f.after_place) - octet_length(f.body)
    AS before
  FROM (
    SELECT p.replica, p.after_place, p.until_place, p.version, p.body FROM hub.packet AS p
    WHERE p.team = %(team)s AND p.replica = %(replica)s AND p.until_place > %(place)s
      AND p.after_place >= coalesce((
        SELECT max(q.after_place) FROM hub.packet AS q
        WHERE q.team = %(team)s AND q.replica = %(replica)s AND q.after_place <= %(place)s), 0)
    ORDER BY p.after_place LIMIT %(most)s
  ) AS f
) AS g WHERE before < %(largest)s ORDER BY after_place
"""
# All that some replicas have more, where that is little.
_PULL_SOME: Final = """
SELECT p.replica, p.after_place, p.until_place, p.version, p.body
FROM unnest(%(replicas)s::text[], %(places)s::bigint[]) AS w (replica, place)
JOIN hub.packet AS p ON p.team = %(team)s AND p.replica = w.replica COLLATE "C"
  AND p.until_place > w.place
  AND p.after_place >= coalesce((
    SELECT max(q.after_place) FROM hub.packet AS q
    WHERE q.team = %(team)s AND q.replica = w.replica COLLATE "C" AND q.after_place <= w.place), 0)
ORDER BY p.replica, p.after_place
"""


class HubTransport:
    """The way of one laptop to a hub; keeps the contract of `Transport`."""

    def __init__(self, url: str, *, wait: Wait = time.sleep) -> None:
        """Nothing is reached yet. Raises InvalidInput for an address that cannot be used."""
        self.address: Address = read_address(url)
        self._wait = wait
        self._team = ""
        self._connection: Connection | None = None

    @property
    def place(self) -> str:
        """The host and the database."""
        return self.address.place

    @property
    def troubles(self) -> list[Trouble]:
        """None: a row is in a database whole or not at all."""
        return []

    def open(self, team: str) -> None:
        """Reach the hub. Refuses where the login is no member of this team, or there is no hub."""
        self._do(lambda connection: self._enter(connection, team))
        self._team = team

    def _enter(self, connection: Connection, team: str) -> None:
        check_version(connection, self.place)
        teams: dict[str, bool] = dict(connection.execute(_TEAMS).fetchall())
        if team not in teams and teams.get("") is False:
            connection.execute("SELECT hub.claim(%s)", (team,))
            return
        if team not in teams and teams:
            raise RuleBroken(
                _("The hub {place} is for another team than this file.").format(place=self.place),
                field="place",
                hint=_("Use the hub of this team, or begin a new file from what this hub has."),
            )
        if team not in teams:
            raise RuleBroken(
                _("The login {login} does not belong to this team on {place}.").format(
                    login=self.address.login, place=self.place
                ),
                field="place",
                hint=_(
                    "Ask who looks after the hub: `socius hub member add {login}` lets you in."
                ).format(login=self.address.login),
            )
        if teams[team]:
            raise RuleBroken(
                _("This laptop was shut out of the hub {place}, or its login was.").format(
                    place=self.place
                ),
                field="place",
                hint=_(
                    "What is in the file stays. Ask who looks after the hub why, "
                    "and for a new login."
                ),
            )

    def team(self) -> str:
        """The team that the login belongs to; "" when the hub is nobody's yet."""

        def ask(connection: Connection) -> dict[str, bool]:
            check_version(connection, self.place)
            return dict(connection.execute(_TEAMS).fetchall())

        teams = self._do(ask)
        found = [team for team, barred in teams.items() if team and not barred]
        if len(found) > 1:
            raise RuleBroken(
                _("The login {login} belongs to several teams on {place}.").format(
                    login=self.address.login, place=self.place
                ),
                field="place",
                hint=_("Use a login of the one that you want to join."),
            )
        if not found and "" not in teams:
            self.open("")  # says why
        return found[0] if found else ""

    def published(self) -> Mapping[str, int]:
        """How far the packets of each replica are here; there are never gaps."""
        return self._do(lambda c: dict(c.execute(_REACHED, {"team": self._team}).fetchall()))

    def push(self, replica: str, packets: Iterable[Packet], step: Step) -> None:
        """Add packets, some thousand in one statement: it is there whole or not at all."""
        known = False
        for some in _portions(packets):
            if not known:  # it may be the first time that this laptop is here
                self._execute(
                    "SELECT hub.admit(%(team)s, %(replica)s)",
                    {"team": self._team, "replica": replica},
                )
                known = True
            rows = {
                "team": self._team,
                "replica": replica,
                "afters": [packet.after for packet in some],
                "untils": [packet.until for packet in some],
                "versions": [packet.version for packet in some],
                "bodies": [packet.body for packet in some],
            }
            self._execute(_PUSH, rows)
            step(len(some))

    def pull(self, have: Mapping[str, int], step: Step) -> Iterator[Packet]:
        """What is here after `have`, a portion at a time; a broken line is taken up again."""
        reached = self.published()
        more = {r: have.get(r, 0) for r, end in sorted(reached.items()) if end > have.get(r, 0)}
        few: dict[str, int] = {}
        places = 0
        for replica, place in more.items():
            # A packet leads at least one place on, so there are never more of them than places.
            count = reached[replica] - place
            if count > MOST:
                yield from _told(self._pull_one(replica, place, reached[replica]), step)
                continue
            if places + count > MOST:
                yield from _told(self._pull_some(few), step)
                few, places = {}, 0
            few[replica] = place
            places += count
        yield from _told(self._pull_some(few), step)

    def _pull_some(self, wanted: Mapping[str, int]) -> Iterator[Packet]:
        if wanted:
            yield from self._packets(
                _PULL_SOME,
                {
                    "team": self._team,
                    "replicas": list(wanted),
                    "places": list(wanted.values()),
                },
            )

    def _pull_one(self, replica: str, place: int, until: int) -> Iterator[Packet]:
        while place < until:
            rows = {"team": self._team, "replica": replica, "place": place, "most": MOST,
                    "largest": LARGEST}  # fmt: skip
            found = self._packets(_PULL_ONE, rows)
            if not found:
                return
            yield from found
            place = found[-1].until

    def introduce(self, profile: Profile, seen: Mapping[str, int]) -> None:
        """Say who we are; the first time this makes the laptop known."""
        said_of_us = json.dumps({**profile._asdict(), "keys": dict(profile.keys)})
        self._execute(
            "SELECT hub.introduce(%(team)s, %(replica)s, %(profile)s, %(seen)s)",
            {
                "team": self._team,
                "replica": profile.replica,
                "profile": said_of_us,
                "seen": json.dumps(dict(seen)),
            },
        )

    def peers(self) -> list[Peer]:
        """The laptops that the hub knows."""
        rows = self._do(
            lambda c: c.execute(
                "SELECT replica, profile, seen FROM hub.device WHERE team = %s ORDER BY replica",
                (self._team,),
            ).fetchall()
        )
        return [peer_of(*row) for row in rows]

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _execute(self, statement: str, values: Mapping[str, Any]) -> None:
        self._do(lambda connection: connection.execute(statement.encode(), values))

    def _packets(self, statement: str, values: Mapping[str, Any]) -> list[Packet]:
        return self._do(
            lambda c: [Packet(*row) for row in c.execute(statement.encode(), values).fetchall()]
        )

    def _do(self, work: Callable[[Connection], T]) -> T:
        """Work on the connection; when it breaks, again on a new one. All work can be repeated."""
        psycopg = driver()
        for left in range(AGAIN, -1, -1):
            if self._connection is None:
                self._connection = connect(self.address, self._wait)
            try:
                return work(self._connection)
            except psycopg.Error as error:
                broken = self._connection.closed
                if broken:
                    self.close()
                if not broken or not left:
                    raise in_words(error, self.place, self.address.login) from error
            except BaseException:  # stopped in the middle of an answer: nothing else may read it
                self.close()
                raise
        raise AssertionError  # the last time is the end


def _told(packets: Iterable[Packet], step: Step) -> Iterator[Packet]:
    for packet in packets:
        yield packet
        step(1)


def _portions(packets: Iterable[Packet]) -> Iterator[list[Packet]]:
    some: list[Packet] = []
    size = 0
    for packet in packets:
        some.append(packet)
        size += len(packet.body)
        if len(some) == MOST or size >= LARGEST:
            yield some
            some, size = [], 0
    if some:
        yield some
