"""What the hub refuses, and to whom; what a laptop refuses before it says anything."""

from __future__ import annotations

import socket
import ssl
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import psycopg
import pytest
from psycopg import errors

from socius_tui.domain.exchanged import Packet
from socius_tui.errors import InvalidInput, OutOfReach, RuleBroken, SociusError
from socius_tui.services.sync.hub.administration import Hub, make
from socius_tui.services.sync.hub.connecting import KEYRING, connect, read_address
from socius_tui.services.sync.hub.transport import HubTransport
from tests.services.sync.hub_server import SECRET, Room, chain, ignore, never, profile

TEAM = "team-1"
A, B = "a" * 12, "b" * 12
PASSWORD = "Zeer-Geheim-123"

INSERT = (
    "INSERT INTO hub.packet (team, replica, after_place, until_place, version, body)"
    " VALUES ('{team}', '{replica}', {after}, {until}, 4, 'x')"
)


def refusal(room: Room, login: str, statement: str) -> psycopg.Error | None:
    """How PostgreSQL refuses a statement of a login; None when it does not."""
    with psycopg.connect(room.url(login), autocommit=True) as connection:
        try:
            connection.execute(statement.encode())
        except psycopg.Error as error:
            return error
    return None


@pytest.fixture
def used(room: Room) -> Room:
    """A hub with two laptops that each put something there, and a team beside theirs."""
    for name, replica in (("an", A), ("bob", B)):
        laptop = room.transport(room.member(name, team=TEAM), TEAM)
        laptop.push(replica, chain(replica, 3), ignore)
        laptop.introduce(profile(replica), {})
    zoe = room.transport(room.member("zoe", team="team-2"), "team-2")
    zoe.push("z" * 12, chain("z" * 12, 2), ignore)
    return room


# ---- what a login can do with PostgreSQL itself


FORBIDDEN: Final = (
    "UPDATE hub.packet SET body = 'x'",
    "DELETE FROM hub.packet",
    "TRUNCATE hub.packet",
    "UPDATE hub.member SET role = 'director'",
    "INSERT INTO hub.member (team, login, role) VALUES ('team-2', session_user, 'director')",
    "DELETE FROM hub.device",
    "UPDATE hub.device SET revoked_at = NULL",
    "UPDATE hub.device SET profile = '{}'",
    "INSERT INTO hub.device (team, replica, login) VALUES ('team-1', 'q', session_user)",
    "INSERT INTO hub.team (team) VALUES ('team-3')",
    "DELETE FROM hub.team",
    "UPDATE hub.schema_version SET version = 9",
    "DROP TABLE hub.packet",
    "ALTER TABLE hub.packet DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE hub.packet DISABLE TRIGGER follow",
    "SET session_replication_role = replica",
    "CREATE FUNCTION hub.readable() RETURNS SETOF text LANGUAGE sql AS 'SELECT 1::text'",
    "CREATE TABLE hub.mine (one int)",
    "SET SESSION AUTHORIZATION postgres",
    "INSERT INTO hub.packet (team, replica, after_place, until_place, version, body,"
    " received_from) VALUES ('team-1', 'q', 0, 1, 4, 'x', 'bob')",
    "SELECT hub.claim('team-9')",
    "SELECT hub.admit('team-2', 'q')",
    "SELECT hub.introduce('team-2', 'zzzzzzzzzzzz', '{}', '{}')",
)


def test_a_laptop_adds_and_reads_and_nothing_else(used: Room) -> None:
    def everything() -> list[object]:
        return [
            used.rows(f"SELECT * FROM hub.{table} ORDER BY 1, 2, 3")
            for table in ("packet", "member", "device")
        ]

    before = everything()
    allowed = [text for text in FORBIDDEN if refusal(used, f"an_{used.number}", text) is None]
    assert not allowed
    assert everything() == before


@pytest.mark.parametrize(
    ("team", "replica", "code"),
    [
        (TEAM, B, "SO005"),  # as somebody else
        ("team-2", A, "SO003"),  # into another team
        ("team-2", "z" * 12, "SO003"),
        ("team-3", A, "SO003"),
        ("", A, "SO003"),
    ],
)
def test_nobody_writes_for_another(used: Room, team: str, replica: str, code: str) -> None:
    statement = INSERT.format(team=team, replica=replica, after=5, until=6)
    refused = refusal(used, f"an_{used.number}", statement)
    assert refused is not None
    assert refused.sqlstate == code
    with psycopg.connect(used.owner_url) as owner:  # not even where the trigger were gone
        owner.execute("ALTER TABLE hub.packet DISABLE TRIGGER follow")
    assert isinstance(refusal(used, f"an_{used.number}", statement), errors.InsufficientPrivilege)


def test_what_another_team_has_cannot_be_guessed(used: Room) -> None:
    """The same packet again is without effect for who may write it, and refused to others."""
    first = chain("z" * 12, 1)[0]
    with psycopg.connect(used.url(f"an_{used.number}"), autocommit=True) as connection:
        with pytest.raises(psycopg.Error) as refused:
            connection.execute(
                "INSERT INTO hub.packet (team, replica, after_place, until_place, version, body)"
                " VALUES ('team-2', %s, %s, %s, %s, %s)",
                first,
            )
        assert refused.value.sqlstate == "SO003"
        for table in ("packet", "device", "member", "team"):
            found = connection.execute(f"SELECT DISTINCT team FROM hub.{table}".encode())
            assert found.fetchall() == [(TEAM,)]


def test_a_stranger_sees_nothing(used: Room) -> None:
    stranger = used.login("stranger")
    for table in ("packet", "device", "member", "team", "schema_version"):
        refused = refusal(used, stranger, f"SELECT * FROM hub.{table}")
        assert isinstance(refused, errors.InsufficientPrivilege)
    used.server.run(f"GRANT socius_device TO {stranger}")
    with psycopg.connect(used.url(stranger)) as connection:
        for table in ("packet", "device", "member", "team"):
            assert connection.execute(f"SELECT * FROM hub.{table}".encode()).fetchall() == []


def test_an_object_of_another_takes_nobodys_place(used: Room) -> None:
    """The functions of the owner name what they use; a temporary table of that name is not it."""
    with psycopg.connect(used.url(f"an_{used.number}"), autocommit=True) as connection:
        connection.execute(
            "CREATE TEMP TABLE member AS SELECT 'team-2' AS team, session_user AS login,"
            " 'director' AS role, NULL::timestamptz AS barred_at"
        )
        connection.execute("SET search_path = pg_temp, hub, pg_catalog")
        assert connection.execute("SELECT DISTINCT team FROM hub.packet").fetchall() == [(TEAM,)]
        with pytest.raises(psycopg.Error):
            connection.execute("SELECT hub.admit('team-2', 'q')")


def test_another_role_makes_nobody_another(used: Room) -> None:
    """Policies ask who logged in, not which role was put on since."""
    an, bob = f"an_{used.number}", f"bob_{used.number}"
    used.server.run(f"GRANT {bob} TO {an}")
    with psycopg.connect(used.url(an), autocommit=True) as connection:
        connection.execute(f"SET ROLE {bob}".encode())
        with pytest.raises(psycopg.Error) as refused:
            connection.execute(INSERT.format(team=TEAM, replica=B, after=5, until=6).encode())
        assert refused.value.sqlstate == "SO005"


# ---- members, readers, laptops that are shut out


def test_a_reader_reads(used: Room) -> None:
    reader = used.transport(used.member("rik", "reader", TEAM), TEAM)
    reader.introduce(profile("r" * 12), {A: 1})
    assert len(list(reader.pull({}, ignore))) == 6
    with pytest.raises(RuleBroken, match="add nothing"):
        reader.push("r" * 12, chain("r" * 12, 1), ignore)
    assert used.packets("r" * 12) == []


def test_a_laptop_that_was_shut_out_neither_pushes_nor_pulls(used: Room) -> None:
    an = used.transport(f"an_{used.number}", TEAM)
    with Hub(used.owner_url, team=TEAM, wait=never) as hub:
        assert hub.revoke(A[:5]) == (A, f"an_{used.number}")
    # Also on the connection that was open already.
    assert list(an.pull({}, ignore)) == []
    assert an.published() == {}
    with pytest.raises(RuleBroken, match="shut out"):
        an.push(A, chain(A, 4), ignore)
    with pytest.raises(RuleBroken, match="shut out"):
        an.push("new laptop", chain("new laptop", 1), ignore)
    with pytest.raises(RuleBroken, match="shut out"):
        an.introduce(profile(A), {})
    with pytest.raises(RuleBroken, match="shut out"):
        an.open(TEAM)
    # What it wrote stays, for the others.
    bob = used.transport(f"bob_{used.number}", TEAM)
    assert len(list(bob.pull({}, ignore))) == 6


def test_who_is_let_in_again_has_to_use_another_laptop(used: Room) -> None:
    login = f"an_{used.number}"
    with Hub(used.owner_url, team=TEAM, wait=never) as hub:
        hub.revoke(A)
        hub.add_member(login, "director")
        an = used.transport(login, TEAM)
        with pytest.raises(RuleBroken, match="shut out"):
            an.push(A, chain(A, 4), ignore)
        an.push("new laptop", chain("new laptop", 1), ignore)
        shut = [line.peer.replica for line in hub.lines() if line.revoked and line.peer]
        assert shut == [A]


def test_a_member_that_was_removed_sees_nothing(used: Room) -> None:
    login = f"bob_{used.number}"
    bob = used.transport(login, TEAM)
    with Hub(used.owner_url, team=TEAM, wait=never) as hub:
        hub.remove_member(login)
    assert list(bob.pull({}, ignore)) == []
    with pytest.raises(RuleBroken, match="does not belong"):
        bob.push(B, chain(B, 4), ignore)
    with pytest.raises(RuleBroken, match="does not belong"):
        bob.open(TEAM)


def test_a_file_stays_with_the_login_it_came_with(used: Room) -> None:
    bob = used.transport(f"bob_{used.number}", TEAM)
    with pytest.raises(RuleBroken, match="another login"):
        bob.push(A, chain(A, 5), ignore)
    with pytest.raises(RuleBroken, match="another login"):
        bob.introduce(profile(A), {})


@pytest.mark.parametrize("name", ["an", "stranger"])
def test_only_the_owner_looks_after_the_hub(used: Room, name: str) -> None:
    login = f"an_{used.number}" if name == "an" else used.login("stranger")
    with pytest.raises(RuleBroken) as refused, Hub(used.url(login), team=TEAM, wait=never) as hub:
        hub.add_member(login, "director")
    assert "may not look after" in refused.value.message or "not change" in refused.value.message


def test_who_cannot_make_roles_cannot_make_a_hub(empty_room: Room) -> None:
    plain = empty_room.login("plain")
    with pytest.raises(RuleBroken, match="may not look after"):
        make(empty_room.url(plain), wait=never)
    assert empty_room.rows("SELECT 1 FROM pg_namespace WHERE nspname = 'hub'") == []


def test_a_hub_beside_that_of_another_owner(empty_room: Room) -> None:
    empty_room.server.run("CREATE ROLE socius_device NOLOGIN")
    with pytest.raises(RuleBroken, match="Another hub on this server") as refused:
        make(empty_room.owner_url, wait=never)
    assert f"GRANT socius_device TO {empty_room.owner} WITH ADMIN OPTION" in refused.value.hint
    assert empty_room.rows("SELECT 1 FROM pg_namespace WHERE nspname = 'hub'") == []
    empty_room.server.run(f"GRANT socius_device TO {empty_room.owner} WITH ADMIN OPTION")
    assert make(empty_room.owner_url, wait=never).before == 0


# ---- passwords


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://an:{PASSWORD}@hub.example.org/socius",
        f"postgres://an@hub.example.org/socius?password={PASSWORD}",
        f"postgresql://hub.example.org/socius?sslkey=k&sslpassword={PASSWORD}",
        f"postgresql://an:{PASSWORD}%zz@hub.example.org/socius",
        f"postgresql://an:{PASSWORD}@localhost/socius?nonsense=1",
        f"host=hub.example.org password={PASSWORD}",
        f"mysql://an:{PASSWORD}@hub.example.org",
        "",
    ],
)
def test_no_password_in_the_address(url: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_address(url)
    error: BaseException | None = refused.value
    assert refused.value.hint
    while error is not None:  # not in what a report of the fault would show either
        assert PASSWORD not in f"{error} {getattr(error, 'hint', '')}"
        error = error.__cause__


@pytest.fixture
def guarded(room: Room, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a member who has to give a password."""
    login = f"{SECRET}{room.number}"
    room.server.run(f"CREATE ROLE {login} LOGIN PASSWORD '{PASSWORD}'")
    room.logins.append(login)
    with Hub(room.owner_url, wait=never) as hub:
        hub.add_member(login, "director")
    return room.url(login)


def opened(url: str) -> None:
    transport = HubTransport(url, wait=never)
    transport.open(TEAM)
    transport.close()


def test_a_password_from_the_environment(guarded: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    opened(guarded)
    monkeypatch.setenv("PGPASSWORD", "wrong-one")
    with pytest.raises(RuleBroken, match="does not take the password") as refused:
        opened(guarded)
    assert "wrong-one" not in f"{refused.value} {refused.value.hint} {refused.value.__cause__}"


def test_a_password_from_a_password_file(guarded: str) -> None:
    file = Path.home() / ".pgpass"
    file.write_text(f"*:*:*:*:{PASSWORD}\n")
    file.chmod(0o600)
    opened(guarded)


def test_a_password_from_a_service_file(
    guarded: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = psycopg.conninfo.conninfo_to_dict(guarded)
    file = tmp_path / "services.conf"
    file.write_text(
        f"[team]\nhost={given['host']}\nuser={given['user']}\ndbname={given['dbname']}\n"
        f"password={PASSWORD}\n"
    )
    monkeypatch.setenv("PGSERVICEFILE", str(file))
    opened("postgresql:///?service=team")


def test_a_password_from_the_keyring(guarded: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import keyring
    from keyring.backend import KeyringBackend

    asked: list[tuple[str, str]] = []

    class Drawer(KeyringBackend):
        priority = 1

        def get_password(self, service: str, username: str) -> str | None:
            asked.append((service, username))
            return kept.get((service, username))

        def set_password(self, service: str, username: str, password: str) -> None:
            kept[service, username] = password

    kept: dict[tuple[str, str], str] = {}
    before = keyring.get_keyring()
    keyring.set_keyring(Drawer())  # type: ignore[no-untyped-call]
    try:
        address = read_address(guarded)
        with pytest.raises(RuleBroken, match="and there is none") as refused:
            opened(guarded)
        assert address.account in refused.value.hint
        assert address.account.endswith(address.place)
        keyring.set_password(KEYRING, address.account, PASSWORD)
        opened(guarded)
        assert asked == [(KEYRING, address.account)] * 2
        monkeypatch.setenv("PGPASSWORD", PASSWORD)
        opened(guarded)
        assert len(asked) == 2  # asked only where it is needed
    finally:
        keyring.set_keyring(before)


def test_without_the_keyring_it_says_how(guarded: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(RuleBroken, match="and there is none") as refused:
        opened(guarded)
    assert "socius-tui[postgres]" in refused.value.hint
    assert "PGPASSWORD" in refused.value.hint


def test_without_the_package_it_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(RuleBroken, match="not installed") as refused:
        HubTransport("postgresql://localhost/socius")
    assert "pip install 'socius-tui[postgres]'" in refused.value.hint


# ---- the line


FAR = "postgresql://an@hub.example.org/socius"


@pytest.mark.parametrize(
    "url",
    [
        FAR,
        "postgresql://hub.example.org,localhost/socius",
        "postgresql://an@192.0.2.1/socius",
        "postgresql://an@[2001:db8::1]/socius",
        "postgresql://an@localhost/socius?hostaddr=192.0.2.1",
        "postgresql://an@hub.example.org/socius?hostaddr=127.0.0.1",
        "postgresql://an@localhost.example.org/socius",
        "postgresql:///socius?service=team",
    ],
)
def test_far_away_the_hub_proves_itself(url: str) -> None:
    assert read_address(url).parameters["sslmode"] == "verify-full"
    joint = "&" if "?" in url else "?"
    for weak in ("disable", "allow", "prefer", "require", "nonsense"):
        with pytest.raises(InvalidInput, match=f"sslmode={weak}") as refused:
            read_address(f"{url}{joint}sslmode={weak}")
        assert "Leave sslmode out" in refused.value.hint
    assert read_address(f"{url}{joint}sslmode=verify-ca").parameters["sslmode"] == "verify-ca"


def test_what_the_environment_says_makes_the_line_no_weaker(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PGSSLMODE", "disable")
    assert read_address(FAR).parameters["sslmode"] == "verify-full"
    monkeypatch.setenv("PGHOST", "hub.example.org")
    assert read_address("postgresql:///socius").parameters["sslmode"] == "verify-full"
    monkeypatch.setenv("PGHOST", "localhost")
    assert "sslmode" not in read_address("postgresql:///socius").parameters
    monkeypatch.setenv("PGHOSTADDR", "192.0.2.1")
    assert read_address("postgresql:///socius").parameters["sslmode"] == "verify-full"
    monkeypatch.delenv("PGHOSTADDR")
    monkeypatch.setenv("PGSERVICE", "team")
    assert read_address("postgresql:///socius").parameters["sslmode"] == "verify-full"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql:///socius",
        "postgresql://an@localhost/socius",
        "postgresql://an@127.0.0.2:5433/socius",
        "postgresql://an@[::1]/socius",
        "postgresql://an@/socius?host=/var/run/postgresql",
        "postgresql://an@localhost/socius?sslmode=disable",
    ],
)
def test_on_this_computer_there_is_nobody_in_between(url: str) -> None:
    address = read_address(url)
    assert address.parameters.get("sslmode") in (None, "disable")
    assert address.place == "localhost/socius" or address.place.startswith(("127.", "::1"))


def test_which_authorities_are_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_address(FAR).parameters["sslrootcert"] == "system"
    own = read_address(f"{FAR}?sslrootcert=team.crt")
    assert own.parameters["sslrootcert"] == "team.crt"
    assert "sslrootcert" not in read_address(f"{FAR}?sslmode=verify-ca").parameters
    monkeypatch.setenv("PGSSLROOTCERT", "team.crt")
    assert "sslrootcert" not in read_address(FAR).parameters
    monkeypatch.delenv("PGSSLROOTCERT")
    (Path.home() / ".postgresql").mkdir()
    (Path.home() / ".postgresql" / "root.crt").touch()
    assert "sslrootcert" not in read_address(FAR).parameters


def test_a_server_that_cannot_encrypt_is_not_talked_to(room: Room) -> None:
    """Nor is one tried again: it would say the same."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        answering = threading.Thread(target=answer, args=(listening, None), daemon=True)
        answering.start()
        waited: list[float] = []
        with pytest.raises(RuleBroken, match="cannot prove that it is the hub"):
            connect(read_address(elsewhere(listening)), waited.append)
        answering.join()
    assert waited == []


def test_an_impostor_gets_nothing(
    impostor: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has the name in its certificate, and nobody that we believe signed that."""
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        answering = threading.Thread(target=answer, args=(listening, impostor, heard), daemon=True)
        answering.start()
        with pytest.raises(RuleBroken, match="cannot prove that it is the hub") as refused:
            connect(read_address(elsewhere(listening)), never)
        answering.join()
    assert "certificate" in refused.value.message
    assert b"".join(heard) == b""


def elsewhere(listening: socket.socket) -> str:
    """An address that is far away by its name, and leads to this computer all the same."""
    port = listening.getsockname()[1]
    return f"postgresql://an@hub.example.org:{port}/socius?hostaddr=127.0.0.1"


def answer(
    listening: socket.socket, context: ssl.SSLContext | None, heard: list[bytes] | None = None
) -> None:
    """Take one connection that asks for TLS; say no, or prove to be somebody."""
    connection, _address = listening.accept()
    with connection:
        connection.recv(8)
        if context is None:
            connection.sendall(b"N")
            return
        connection.sendall(b"S")
        try:
            with context.wrap_socket(connection, server_side=True) as safe:
                (heard if heard is not None else []).append(safe.recv(1000))
        except (ssl.SSLError, ConnectionError):
            pass


@pytest.fixture
def impostor(tmp_path: Path) -> ssl.SSLContext:
    """A certificate for the right name, that somebody signed themselves."""
    pytest.importorskip("cryptography")
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "hub.example.org")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("hub.example.org")]), False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "impostor.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


# ---- what cannot be reached


def test_nobody_there_is_tried_some_times() -> None:
    with socket.socket() as nobody:  # bound, so nobody else takes it, and not listening
        nobody.bind(("127.0.0.1", 0))
        url = f"postgresql://an@127.0.0.1:{nobody.getsockname()[1]}/socius"
        waited: list[float] = []
        with pytest.raises(OutOfReach) as refused:
            connect(read_address(url), waited.append)
    assert waited == sorted(waited)
    assert len(waited) == 3
    assert "127.0.0.1/socius" in refused.value.message
    assert refused.value.hint


def test_what_will_not_change_is_not_tried_again(room: Room) -> None:
    waited: list[float] = []
    for url in (room.server.url("nowhere", room.owner), room.url("nobody_at_all")):
        with pytest.raises(SociusError):
            connect(read_address(url), waited.append)
    assert waited == []


def test_a_standby_says_so(room: Room) -> None:
    login = room.member("an")
    an = room.transport(login, TEAM)
    room.server.run(f"ALTER DATABASE {room.database} SET default_transaction_read_only = on")
    an.close()
    with pytest.raises(RuleBroken, match="can only be read"):
        an.push(A, [Packet(A, 0, 1, 4, "{}")], ignore)
