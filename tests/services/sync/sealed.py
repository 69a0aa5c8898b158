"""Laptops with real keys, a list of members, and a keyring that is nowhere but in memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import keyring
import keyring.errors
from keyring.backend import KeyringBackend
from keyring.backends import fail

from socius_tui.services.sync.sealing import members as lists
from socius_tui.services.sync.sealing import primitives
from socius_tui.services.sync.sealing.keys import DeviceKeys
from socius_tui.services.sync.sealing.members import DIRECTOR, Member, Members
from socius_tui.services.sync.sealing.recovery import RecoveryKey, new_recovery_key

SINCE = "2026-01-02T03:04:05Z"


class MemoryKeyring(KeyringBackend):
    """A keyring that keeps its secrets until it is thrown away, and can be locked."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.secrets: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise keyring.errors.KeyringLocked("locked")
        return self.secrets.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise keyring.errors.KeyringLocked("locked")
        self.secrets[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.secrets[service, username]


@contextmanager
def using(ring: KeyringBackend | None) -> Iterator[None]:
    """Have the program find this keyring; None is a system without one."""
    before = keyring.get_keyring()
    keyring.set_keyring(ring or fail.Keyring())  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        keyring.set_keyring(before)


def new_keys() -> DeviceKeys:
    """The keys of a laptop that is kept nowhere."""
    return DeviceKeys(primitives.new_signing_seed(), primitives.new_identity())


def entry(replica: str, keys: DeviceKeys, role: str = "contact_person") -> Member:
    """A member called after its file."""
    return Member(replica, f"laptop {replica}", *keys.public, role, SINCE)


def first_list(*members: Member, recovery: RecoveryKey | None = None) -> Members:
    """Version 1."""
    return Members(1, "", SINCE, members, (recovery or new_recovery_key()).public)


def following(before: Members, *members: Member) -> Members:
    """The version after it, with these members."""
    return lists.following(before, before._replace(members=members))


DIRECTOR_KEYS = new_keys()
CONTACT_KEYS = new_keys()
RECOVERY = new_recovery_key()
LIST = first_list(
    entry("aa", DIRECTOR_KEYS, DIRECTOR), entry("bb", CONTACT_KEYS), recovery=RECOVERY
)
