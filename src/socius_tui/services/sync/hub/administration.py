"""Looking after a hub: making it, bringing it up to date, who may come, who may not any more.

All of this is done with the login that owns the hub; a laptop has another one.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from socius_tui.domain.exchanged import Peer
from socius_tui.errors import Ambiguous, NotFound, RuleBroken
from socius_tui.i18n import _
from socius_tui.services.sync.hub.connecting import Address, Wait, connect, driver, read_address
from socius_tui.services.sync.hub.problems import in_words, no_hub
from socius_tui.services.sync.hub.said import peer_of

if TYPE_CHECKING:
    from socius_tui.services.sync.hub.connecting import Connection

STEPS_FOLDER: Final = Path(__file__).parent / "steps"
#: The step at index n brings a hub of version n to version n + 1. Steps only add.
STEPS: Final[Sequence[Path]] = (STEPS_FOLDER / "to_version_1.sql",)

ROLES: Final = ("contact_person", "director", "reader")
#: Of a team that waits for its first laptop.
WAITING: Final = ""

# Two who bring a hub up to date at once: any number will do, as long as it is this one.
_LOCK: Final = "SELECT pg_advisory_xact_lock(729510633)"


class Line(NamedTuple):
    """A laptop, or a member who has none yet (`peer` is None), with what came from it."""

    team: str
    login: str
    role: str  # "" for who is no member any more
    barred: bool
    peer: Peer | None
    revoked: bool
    packets: int
    reached: int
    first_at: datetime | None  # when the first and the last of them came
    last_at: datetime | None
    said_at: datetime | None


class Made(NamedTuple):
    """What `make` did: the version before (0 where there was no hub) and now."""

    place: str
    before: int
    now: int


def version_of(connection: Connection) -> int:
    """The version of the hub in this database; 0 when there is none."""
    (there,) = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM pg_class AS c JOIN pg_namespace AS n"
        " ON n.oid = c.relnamespace WHERE n.nspname = 'hub' AND c.relname = 'schema_version')"
    ).fetchone() or (False,)
    if not there:
        return 0
    found = connection.execute("SELECT max(version) FROM hub.schema_version").fetchone()
    return int(found[0] or 0) if found else 0


def check_version(connection: Connection, place: str) -> None:
    """Raises RuleBroken when there is no hub here, or one of another version than ours."""
    version = version_of(connection)
    if version == 0:
        raise no_hub(place)
    if version > len(STEPS):
        raise _too_new(place)
    if version < len(STEPS):
        raise RuleBroken(
            _("The hub {place} is older than this program.").format(place=place),
            field="place",
            hint=_("Who looks after it brings it up to date with `socius hub init`."),
        )


def make(url: str, *, wait: Wait = time.sleep, steps: Sequence[Path] = STEPS) -> Made:
    """Make a hub in a database, or bring it up to date; done again it changes nothing.

    A step that fails leaves the hub as it was before that step. Raises RuleBroken.
    """
    address = read_address(url)
    psycopg = driver()
    with closing(connect(address, wait)) as connection:
        try:
            encoding = connection.execute("SHOW server_encoding").fetchone()
            if encoding != ("UTF8",):
                raise RuleBroken(
                    _("The database {place} does not keep text as UTF-8.").format(
                        place=address.place
                    ),
                    field="url",
                    hint=_("Make one that does: createdb --encoding=UTF8 --template=template0"),
                )
            before = version_of(connection)
            if before > len(steps):
                raise _too_new(address.place)
            for number in range(before + 1, len(steps) + 1):
                _step(connection, number, steps[number - 1])
            return Made(address.place, before, len(steps))
        except psycopg.Error as error:
            raise _refused(error, address) from error


def _step(connection: Connection, number: int, path: Path) -> None:
    with connection.transaction():
        connection.execute(_LOCK)
        if version_of(connection) >= number:  # somebody else was first
            return
        connection.execute(path.read_text(encoding="utf-8").encode())
        connection.execute("INSERT INTO hub.schema_version (version) VALUES (%s)", (number,))
        _check_group(connection)


def _check_group(connection: Connection) -> None:
    """Raises RuleBroken where another hub of the server made the group role, and alone gives it."""
    found = connection.execute(
        "SELECT pg_has_role(session_user, 'socius_device', 'MEMBER WITH ADMIN OPTION')"
    ).fetchone()
    if found != (True,):
        raise RuleBroken(
            _("Another hub on this server made the role socius_device; this login cannot give it."),
            field="url",
            hint=_("Let a superuser say: GRANT socius_device TO {login} WITH ADMIN OPTION").format(
                login=connection.info.user
            ),
        )


class Hub:
    """A hub, open to look after it: one connection, used by one thread."""

    def __init__(self, url: str, *, team: str | None = None, wait: Wait = time.sleep) -> None:
        """Connect. `team` is needed for changes only where the hub has several."""
        self.address = read_address(url)
        self._psycopg = driver()
        self._connection = connect(self.address, wait)
        try:
            check_version(self._connection, self.place)
        except self._psycopg.Error as error:
            self.close()
            raise _refused(error, self.address) from error
        except BaseException:
            self.close()
            raise
        self._team = team

    @property
    def place(self) -> str:
        """Where it is, for people."""
        return self.address.place

    def __enter__(self) -> Hub:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def add_member(self, login: str, role: str) -> None:
        """Let a login of the server in, with a role of ROLES; also one that was barred.

        Raises NotFound when the server does not know it.
        """
        try:
            with self._connection.transaction():
                self._must_exist(login)
                team = self._the_team()
                self._connection.execute(
                    "INSERT INTO hub.member (team, login, role) VALUES (%s, %s, %s)"
                    " ON CONFLICT (team, login) DO UPDATE"
                    " SET role = excluded.role, barred_at = NULL",
                    (team, login, role),
                )
                self._connection.execute(
                    self._psycopg.sql.SQL("GRANT socius_device TO {}").format(
                        self._psycopg.sql.Identifier(login)
                    )
                )
        except self._psycopg.Error as error:
            raise _refused(error, self.address) from error

    def remove_member(self, login: str) -> None:
        """Let a login in no more; what came from it stays. Raises NotFound."""
        try:
            with self._connection.transaction():
                # The group role stays: by itself it shows nothing, and another hub may count on it.
                gone = self._connection.execute(
                    "DELETE FROM hub.member WHERE team = %s AND login = %s",
                    (self._the_team(), login),
                ).rowcount
        except self._psycopg.Error as error:
            raise _refused(error, self.address) from error
        if not gone:
            raise NotFound(
                _("{login} is no member on {place}.").format(login=login, place=self.place),
                field="login",
                hint=_("`socius hub status` shows who is."),
            )

    def revoke(self, replica: str) -> tuple[str, str]:
        """Shut a laptop out, and its login until that is let in anew; gives replica and login.

        The beginning of the replica is enough. Raises NotFound or Ambiguous.
        """
        try:
            with self._connection.transaction():
                team = self._the_team()
                found = self._connection.execute(
                    "SELECT replica, login FROM hub.device"
                    " WHERE team = %s AND starts_with(replica, %s) ORDER BY replica",
                    (team, replica),
                ).fetchall()
                exact = [row for row in found if row[0] == replica] or found
                if not exact or not replica:
                    raise NotFound(
                        _("No laptop {replica} is known on {place}.").format(
                            replica=replica, place=self.place
                        ),
                        field="replica",
                        hint=_("`socius hub status` shows which are."),
                    )
                if len(exact) > 1:
                    raise Ambiguous(
                        _("Several laptops begin with {replica}.").format(replica=replica),
                        field="replica",
                        candidates=[str(row[0]) for row in exact],
                    )
                ((whole, login),) = exact
                self._connection.execute(
                    "UPDATE hub.device SET revoked_at = coalesce(revoked_at, clock_timestamp())"
                    " WHERE team = %s AND replica = %s",
                    (team, whole),
                )
                # Who has the laptop has its password, and could come as another laptop.
                self._connection.execute(
                    "UPDATE hub.member SET barred_at = clock_timestamp() WHERE login = %s",
                    (login,),
                )
        except self._psycopg.Error as error:
            raise _refused(error, self.address) from error
        return str(whole), str(login)

    def lines(self) -> list[Line]:
        """Every laptop and member that the login may see, with what came from it."""

        try:
            rows = self._connection.execute(
                "SELECT coalesce(d.team, m.team), coalesce(d.login, m.login),"
                " coalesce(m.role, ''), m.barred_at IS NOT NULL, d.replica, d.profile, d.seen,"
                " d.revoked_at IS NOT NULL, coalesce(p.packets, 0), coalesce(p.reached, 0),"
                " p.first_at, p.last_at, d.said_at"
                " FROM hub.device AS d FULL JOIN hub.member AS m USING (team, login)"
                " LEFT JOIN (SELECT team, replica, count(*) AS packets,"
                "  max(until_place) AS reached, min(received_at) AS first_at,"
                "  max(received_at) AS last_at FROM hub.packet GROUP BY team, replica) AS p"
                " ON p.team = d.team AND p.replica = d.replica"
                " ORDER BY 1, 2, d.made_at, d.replica"
            ).fetchall()
        except self._psycopg.Error as error:
            raise _refused(error, self.address) from error
        return [
            Line(
                row[0],
                row[1],
                row[2],
                row[3],
                peer_of(row[4], row[5], row[6]) if row[4] is not None else None,
                *row[7:],
            )
            for row in rows
            if self._team is None or row[0] == self._team
        ]

    def _must_exist(self, login: str) -> None:
        found = self._connection.execute(
            "SELECT 1 FROM pg_roles WHERE rolname = %s AND rolcanlogin", (login,)
        ).fetchone()
        if found is None:
            raise NotFound(
                _("The server of {place} knows no login {login}.").format(
                    place=self.place, login=login
                ),
                field="login",
                hint=_("Make it first: createuser --pwprompt {login}").format(login=login),
            )

    def _the_team(self) -> str:
        """The team that was asked for, the only one, or one that waits for its first laptop."""
        teams = [str(row[0]) for row in self._connection.execute("SELECT team FROM hub.team")]
        if self._team is None and len(teams) > 1:
            raise Ambiguous(
                _("The hub {place} has several teams.").format(place=self.place),
                field="--team",
                hint=_("Say which with --team; `socius hub status` shows them."),
                candidates=teams,
            )
        wanted = self._team if self._team is not None else (teams or [WAITING])[0]
        if wanted not in teams:
            self._connection.execute(
                "INSERT INTO hub.team (team) VALUES (%s) ON CONFLICT DO NOTHING", (wanted,)
            )
        return wanted


def _too_new(place: str) -> RuleBroken:
    return RuleBroken(
        _("The hub {place} is newer than this program.").format(place=place),
        field="place",
        hint=_("Install the newest version of socius-tui."),
    )


def _refused(error: Exception, address: Address) -> Exception:
    """The same as for a laptop, but what is not allowed is something else."""
    psycopg = driver()
    assert isinstance(error, psycopg.Error)
    if error.sqlstate == "42501":
        return RuleBroken(
            _("The login {login} may not look after the hub {place}.").format(
                login=address.login, place=address.place
            ),
            field="url",
            hint=_("Use the login that made it, which must be able to make roles (CREATEROLE)."),
        )
    return in_words(error, address.place, address.login)
