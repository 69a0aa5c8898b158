"""The signed list of members: whose laptops may read along, and with which keys they sign.

Each version names the one before it by its hash and is signed by a director of that one, or with
the recovery key that it names. Nobody leaves the list: who may not read along is revoked in it,
so that what a laptop made before that stays readable.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from socius_tui.errors import SociusError
from socius_tui.i18n import _
from socius_tui.services.sync.sealing import primitives
from socius_tui.services.sync.sealing.primitives import SIGNED_LIST, PublicKeys

DIRECTOR: Final = "director"
ROLES: Final = ("contact_person", DIRECTOR, "reader")
MAX_BYTES: Final = 1_000_000
LONGEST_NAME: Final = 120
_FORMAT: Final = 1
_REPLICA: Final = "[0-9a-z][0-9a-z-]{0,63}"
_MOMENT: Final = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
_HASH: Final = "[0-9a-f]{64}"
_MOST: Final = 2**53 - 1  # what every reader of JSON keeps exact

# The exact names of each part; what has others is of another format.
_ENVELOPE: Final = {"list", "by", "signature"}
_LIST: Final = {"format", "version", "before", "made_at", "members", "recovery"}
_MEMBER: Final = {
    *("replica", "name", "sign", "age", "role", "since", "joined", "revoked", "until"),
}
_RECOVERY: Final = {"sign", "age", "joined"}


class BadList(SociusError):
    """These bytes are no list of members, or not one that may follow the one before."""


class Member(NamedTuple):
    """One laptop in the list; `name` is for people and proves nothing.

    `joined` is the version in which it came in. `revoked` is the moment at which it was, "" while
    it is not; `until` then is the place in its journal up to which what it made still counts.
    """

    replica: str
    name: str
    sign: str
    age: str
    role: str
    since: str
    joined: int = 1
    revoked: str = ""
    until: int = 0

    @property
    def keys(self) -> PublicKeys:
        """Its public keys."""
        return PublicKeys(self.sign, self.age)

    @property
    def key(self) -> tuple[str, str, str]:
        """What is never twice in a list, and never leaves it."""
        return self.replica, self.sign, self.age

    @property
    def may_sign_lists(self) -> bool:
        """Whether the next version of the list can be signed by this laptop."""
        return self.role == DIRECTOR and not self.revoked


class Members(NamedTuple):
    """One version of the list; `before` is the hash of the one before it, "" for the first.

    `recovery_joined` is the version in which this recovery key came in the place of another.
    """

    version: int
    before: str
    made_at: str
    members: tuple[Member, ...]
    recovery: PublicKeys
    recovery_joined: int = 1

    @property
    def signed_bytes(self) -> bytes:
        """What is signed and hashed: JSON in the one way in which it can be written."""
        return _canonical(
            {
                "format": _FORMAT,
                "version": self.version,
                "before": self.before,
                "made_at": self.made_at,
                "members": [
                    {**member._asdict(), "until": member.until if member.revoked else None}
                    for member in self.members
                ],
                "recovery": {**self.recovery._asdict(), "joined": self.recovery_joined},
            }
        )

    @property
    def hash(self) -> str:
        """What the next version calls it."""
        return hashlib.sha256(self.signed_bytes).hexdigest()

    @property
    def fingerprint(self) -> str:
        """Digits that say which list this is; of the first version it is that of the team."""
        return primitives.fingerprint(SIGNED_LIST, self.signed_bytes)

    @property
    def recipients(self) -> tuple[str, ...]:
        """Everybody who may read what is sealed now, and the recovery key."""
        ages = [member.age for member in self.members if not member.revoked]
        return tuple(dict.fromkeys([*ages, self.recovery.age]))

    @property
    def complete_from(self) -> int:
        """The first version with which what was sealed opens for everybody who may read now."""
        joined = [member.joined for member in self.members if not member.revoked]
        return max([*joined, self.recovery_joined])

    def entries(self, replica: str) -> tuple[Member, ...]:
        """Every entry of a file that writes: at most one that was not revoked."""
        return tuple(member for member in self.members if member.replica == replica)

    def current(self, replica: str) -> Member | None:
        """The entry of a file that writes, unless it was revoked."""
        return next((each for each in self.entries(replica) if not each.revoked), None)


class Signed(NamedTuple):
    """A version of the list with its signature; `by` is the key that made it."""

    members: Members
    by: str
    signature: bytes


def sign_list(members: Members, seed: bytes) -> bytes:
    """The file for a list, signed with this secret."""
    primitives.need_libraries()
    signature = primitives.sign(seed, SIGNED_LIST + members.signed_bytes)
    envelope = {
        "list": json.loads(members.signed_bytes),
        "by": primitives.verify_key(seed),
        "signature": primitives.to_base64(signature),
    }
    return json.dumps(envelope, indent=1).encode("ascii") + b"\n"


def read_list(data: bytes) -> Signed:
    """The list in a file, whose signature is that of the key it names.

    Whether that key may sign it is for `check_first` and `check_next`. Raises BadList.
    """
    primitives.need_libraries()
    if len(data) > MAX_BYTES:
        raise BadList(_("It is larger than a list of members can be."))
    try:
        found = json.loads(data.decode("utf-8"), object_pairs_hook=_no_doubles)
    except (ValueError, RecursionError) as error:
        raise BadList(_("It cannot be read: it is damaged or half there.")) from error
    _need(isinstance(found, dict) and set(found) == _ENVELOPE)
    by, signature = found["by"], found["signature"]
    _need(isinstance(by, str) and isinstance(signature, str))
    members = _members(found["list"])
    signed = Signed(members, by, primitives.from_base64(signature, 88))
    if not primitives.is_signed(by, SIGNED_LIST + members.signed_bytes, signed.signature):
        raise BadList(_("Its signature is not right: somebody changed it."))
    return signed


def check_first(signed: Signed) -> None:
    """Raise BadList unless this can be the first version: signed by a director in itself."""
    members = signed.members
    if members.version != 1 or members.before:
        raise BadList(_("It is not the first version of a list."))
    _need(members.complete_from == 1 and all(each.joined == 1 for each in members.members))
    _signed_by_director(signed, members)


def check_next(before: Members, signed: Signed) -> None:
    """Raise BadList unless this list may follow the one before."""
    members = signed.members
    if members.version != before.version + 1 or members.before != before.hash:
        raise BadList(
            _("Version {version} does not follow version {before}.").format(
                version=members.version, before=before.version
            )
        )
    if signed.by != before.recovery.sign:
        _signed_by_director(signed, before)
    after = {each.key: each for each in members.members}
    for old in before.members:
        new = after.get(old.key)
        if new is None or (old.revoked and (new.revoked, new.until) != (old.revoked, old.until)):
            raise BadList(
                _("{name} was taken out of it, or is no longer revoked; a list only grows.").format(
                    name=old.name
                )
            )
    _need(members == following(before, members))


def following(before: Members, changed: Members) -> Members:
    """The version after this one, out of what was changed: with its number, and who came when."""
    version = before.version + 1
    joined = {each.key: each.joined for each in before.members}
    return changed._replace(
        version=version,
        before=before.hash,
        members=tuple(
            each._replace(joined=joined.get(each.key, version)) for each in changed.members
        ),
        recovery_joined=(
            before.recovery_joined if changed.recovery == before.recovery else version
        ),
    )


def _signed_by_director(signed: Signed, allowed: Members) -> None:
    if not any(m.sign == signed.by and m.may_sign_lists for m in allowed.members):
        raise BadList(_("It was not signed by a director of the team."))


def _members(found: object) -> Members:
    """A list out of JSON. Raises BadList."""
    _need(isinstance(found, dict) and set(found) == _LIST)
    assert isinstance(found, dict)
    if found["format"] != _FORMAT:
        raise BadList(_("It was made by a newer version of the program: please update."))
    version, before, made_at = found["version"], found["before"], found["made_at"]
    _need(_is_number(version, 1) and _matches(before, f"(?:{_HASH})?"))
    _need(_matches(made_at, _MOMENT) and isinstance(found["members"], list))
    recovery = found["recovery"]
    _need(isinstance(recovery, dict) and set(recovery) == _RECOVERY)
    _need(_is_number(recovery["joined"], 1))
    _need(primitives.are_public_keys(recovery["sign"], recovery["age"]))
    members = Members(
        version,
        before,
        made_at,
        tuple(_member(each) for each in found["members"]),
        PublicKeys(recovery["sign"], recovery["age"]),
        recovery["joined"],
    )
    check_members(members.members)
    return members


def check_members(members: Sequence[Member]) -> None:
    """Raise BadList unless there is a director, and no file that writes with two keys at once."""
    if not any(member.may_sign_lists for member in members):
        raise BadList(_("No director would be left who can sign the next list."))
    now = [member.replica for member in members if not member.revoked]
    ever = [member.key for member in members]
    _need(len(set(now)) == len(now) and len(set(ever)) == len(ever))


def _member(found: object) -> Member:
    _need(isinstance(found, dict) and set(found) == _MEMBER)
    assert isinstance(found, dict)
    name, revoked, until = found["name"], found["revoked"], found["until"]
    _need(_matches(found["replica"], _REPLICA) and found["role"] in ROLES)
    _need(isinstance(name, str) and 0 < len(name) <= LONGEST_NAME)
    _need(primitives.are_public_keys(found["sign"], found["age"]))
    _need(_matches(found["since"], _MOMENT) and _matches(revoked, f"(?:{_MOMENT})?"))
    _need(_is_number(found["joined"], 1))
    _need(_is_number(until, 0) if revoked else until is None)
    return Member(**{**found, "until": until or 0})


def is_replica(found: object) -> bool:
    """Whether this can name a file that writes."""
    return _matches(found, _REPLICA)


def _matches(found: object, pattern: str) -> bool:
    return isinstance(found, str) and re.fullmatch(pattern, found, re.ASCII) is not None


def _is_number(found: object, least: int) -> bool:
    return type(found) is int and least <= found <= _MOST


def _need(fact: bool) -> None:
    if not fact:
        raise BadList(_("It is not a list of members as this program writes them."))


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name twice")
    return found


def _canonical(found: Mapping[str, object]) -> bytes:
    return json.dumps(found, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()
