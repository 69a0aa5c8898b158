"""The way to a hub: which addresses are taken, that the line is safe, where the password is.

The address holds no password, and none is ever written down by us. libpq finds it in PGPASSWORD,
a password file (~/.pgpass) or a service file; else it is asked from the keyring.
"""

from __future__ import annotations

import ipaddress
import os
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from socius_tui.domain.text import clean
from socius_tui.errors import InvalidInput, RuleBroken, SociusError
from socius_tui.i18n import N_, _
from socius_tui.services.sync.hub.problems import in_words, is_passing

if TYPE_CHECKING:
    import psycopg

    Connection = psycopg.Connection[tuple[Any, ...]]

#: How long is waited before each new try to connect, in seconds.
PAUSES: Final = (0.5, 2.0, 6.0)
#: The name under which passwords are kept in the keyring.
KEYRING: Final = "socius-hub"

Wait = Callable[[float], None]

_SCHEMES: Final = ("postgresql://", "postgres://")
_SECRETS: Final = ("password", "sslpassword", "oauth_client_secret")
_SAFE: Final = ("verify-full", "verify-ca")
_WAYS: Final = N_(
    "Put it in PGPASSWORD, in ~/.pgpass, or in the keyring: "
    "`keyring set {service} {account}` (docs/hub.md)."
)
# A line that died must be noticed, and nobody waits for ever; what the address says goes first.
_PATIENCE: Final = {
    "connect_timeout": "10",
    "keepalives_idle": "30",
    "tcp_user_timeout": "30000",
    "application_name": "socius-tui",
}


class Address(NamedTuple):
    """Where a hub is: for libpq, for people, and the name of its password in the keyring."""

    parameters: Mapping[str, str]
    place: str
    login: str
    account: str


def driver() -> ModuleType:
    """The package for PostgreSQL. Raises RuleBroken when it is not installed."""
    try:
        import psycopg
    except ImportError as error:
        raise RuleBroken(
            _("The package that speaks with PostgreSQL is not installed."),
            hint=_("Install it with: pip install 'socius-tui[postgres]'"),
        ) from error
    return psycopg


def read_address(url: str) -> Address:
    """Read the address of a hub. Raises InvalidInput when it cannot be used, or is not safe.

    No sentence repeats the address: it might hold a password after all.
    """
    if not url.startswith(_SCHEMES):
        raise _not_usable(
            _("The address of a hub begins with postgresql://."),
            _("For example: postgresql://an@hub.example.org/socius"),
        )
    driver()
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        given = {name: str(value) for name, value in conninfo_to_dict(url).items() if value}
    except (ProgrammingError, UnicodeError):
        raise _not_usable(
            _("The address of the hub cannot be read."),
            _("For example: postgresql://an@hub.example.org/socius"),
        ) from None
    if any(given.get(secret) for secret in _SECRETS):
        raise _not_usable(
            _("There is a password in the address of the hub: others can see it there."),
            _("Take it out, and choose a new one. {ways}").format(ways=_ways("LOGIN@HOST/NAME")),
        )
    usual = _defaults()
    hosts = _several(given.get("host") or usual.get("host", ""))
    addresses = _several(given.get("hostaddr") or usual.get("hostaddr", ""))
    service = given.get("service") or usual.get("service", "")
    login = given.get("user") or usual.get("user", "")
    name = given.get("dbname") or usual.get("dbname") or login
    # A service file can name any host, and only libpq reads it: it counts as far away.
    near = not service and all(_is_near(host) for host in [*hosts, *addresses])
    shown = ",".join("localhost" if host.startswith(("/", "@")) or not host else host
                     for host in hosts or addresses) or "localhost"  # fmt: skip
    if service and not given.get("host"):
        shown = service
    port = given.get("port") or usual.get("port", "")
    account = f"{login}@{shown}{':' + port if port not in ('', '5432') else ''}/{name}"
    parameters = {**_PATIENCE, **given}
    if not near:
        parameters |= _safe_line(given, bool(service))
    return Address(
        parameters,
        clean(f"{shown}/{name}", limit=200),
        clean(login, limit=80),
        clean(account, limit=300),
    )


def _safe_line(given: Mapping[str, str], service: bool) -> dict[str, str]:
    """What makes libpq check who is at the other end, whatever the environment says."""
    mode = given.get("sslmode", _SAFE[0])
    if mode not in _SAFE:
        raise _not_usable(
            _("With sslmode={mode} somebody on the way could read everything.").format(
                mode=clean(mode, limit=20)
            ),
            _("Leave sslmode out of the address: then the hub has to prove that it is the hub."),
        )
    line = {"sslmode": mode, "gssencmode": "disable"}
    own = Path.home() / ".postgresql" / "root.crt"
    told = service or given.get("sslrootcert") or os.environ.get("PGSSLROOTCERT") or own.exists()
    if mode == _SAFE[0] and not told:
        line["sslrootcert"] = "system"
    return line


def _defaults() -> dict[str, str]:
    """What libpq takes from the environment for what an address leaves out."""
    from psycopg import OperationalError
    from psycopg.pq import Conninfo

    try:
        found = Conninfo.get_defaults()
    except (OperationalError, MemoryError):
        return {"service": os.environ.get("PGSERVICE", "")}
    usual = {o.keyword.decode(): o.val.decode("utf-8", "replace") for o in found if o.val}
    return {**usual, "service": os.environ.get("PGSERVICE", "")}


def _several(text: str) -> list[str]:
    return [part.strip() for part in text.split(",")] if text else []


def _is_near(host: str) -> bool:
    """Whether it is this computer: a socket in a folder, or loopback."""
    if not host or host.startswith(("/", "@")) or host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _ways(account: str) -> str:
    return _(_WAYS).format(service=KEYRING, account=account)


def _not_usable(sentence: str, hint: str) -> InvalidInput:
    return InvalidInput(sentence, field="url", hint=hint)


def connect(address: Address, wait: Wait = time.sleep) -> Connection:
    """Connect; tries again some times where that may help. Raises OutOfReach or RuleBroken."""
    psycopg = driver()
    pauses: Sequence[float | None] = (*PAUSES, None)
    for pause in pauses:
        try:
            return _connected(address)
        except psycopg.Error as error:
            if pause is None or not is_passing(error):
                raise in_words(error, address.place, address.login) from error
            wait(pause)
    raise AssertionError  # the last pause is None


def _connected(address: Address) -> Connection:
    import psycopg
    from psycopg.conninfo import make_conninfo

    way = make_conninfo(**address.parameters)
    try:
        connection = psycopg.connect(way, autocommit=True, prepare_threshold=None)
    except psycopg.OperationalError as error:
        if error.pgconn is None or not error.pgconn.needs_password:
            raise
        way = make_conninfo(way, password=_from_keyring(address))
        connection = psycopg.connect(way, autocommit=True, prepare_threshold=None)
    # No object of somebody else is meant by a name, and nobody waits for a lock for ever.
    connection.execute(
        "SELECT pg_catalog.set_config('search_path', 'pg_catalog', false),"
        " pg_catalog.set_config('lock_timeout', '30s', false)"
    )
    return connection


def _from_keyring(address: Address) -> str:
    """The password that the keyring has. Raises RuleBroken when it has none."""
    missing: SociusError = RuleBroken(
        _("The hub {place} asks for the password of {login}, and there is none.").format(
            place=address.place, login=address.login
        ),
        hint=_ways(address.account),
    )
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError as error:
        missing.hint += " " + _("For the keyring: pip install 'socius-tui[postgres]'")
        raise missing from error
    try:
        secret = keyring.get_password(KEYRING, address.account)
    except KeyringError as error:
        raise missing from error
    if not secret:
        raise missing
    return secret
