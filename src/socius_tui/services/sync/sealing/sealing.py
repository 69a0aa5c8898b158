"""Closes what travels to the laptops of the team, and opens only what one of them signed.

What is sealed is age( two bytes with the length of the signature | signature | four bytes with the
version of the list for which it was sealed | data ). What is signed is a fixed text, the name of
the file that wrote it, a zero byte, those four bytes and the data.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable
from typing import Final

from socius_tui.i18n import _
from socius_tui.services.sync.sealing import primitives
from socius_tui.services.sync.sealing.keys import DeviceKeys
from socius_tui.services.sync.sealing.members import Member, Members
from socius_tui.services.sync.sealing.primitives import SIGNED_SEGMENT, CannotOpen
from socius_tui.services.sync.transport import NotAMember, NotSealedForUs

#: Up to which place in the journal of its writer a text goes; None when that cannot be said.
Reach = Callable[[bytes], int | None]

_MAGIC: Final = b"age-encryption.org/v1\n"
_SIZE: Final = struct.Struct(">H")
_VERSION: Final = struct.Struct(">I")
_SIGNATURE: Final = 64
_LONGEST_LINE: Final = 4096


def segment_reach(data: bytes) -> int | None:
    """The place up to which a segment goes, by its first line; it is packed JSON lines."""
    try:
        line = zlib.decompressobj().decompress(data, _LONGEST_LINE).partition(b"\n")[0]
        until = json.loads(line).get("until")
    except (zlib.error, ValueError, AttributeError, RecursionError):
        return None
    return until if type(until) is int and until > 0 else None


class TeamSeal:
    """The seal of one laptop (`replica`) in a team; keeps the contract of `Seal`.

    `reach` says up to which place in the journal an opened text goes (whoever unpacks it checks
    that this is true): of a laptop that was revoked only what ends before its revocation still
    counts. Without it nothing of it does.
    `extra` are more identities of age that open: those of a recovery key.
    """

    def __init__(
        self,
        members: Members,
        replica: str,
        keys: DeviceKeys | None,
        *,
        reach: Reach | None = None,
        extra: tuple[str, ...] = (),
    ) -> None:
        self._members = members
        self._replica = replica
        self._keys = keys
        self._reach = reach
        identities = (*(keys.identities if keys else ()), *extra)
        self._opens = primitives.opener(identities) if identities else None
        self._recipients = members.recipients

    @property
    def complete_from(self) -> int:
        """The version of the list from which on what is sealed is for all who are members now."""
        return self._members.complete_from

    def may_close(self, replica: str) -> bool:
        """Whether this laptop is a member."""
        keys = self._keys
        there = [each for each in self._entries(replica) if not each.revoked]
        return keys is not None and any(each.keys == keys.public for each in there)

    def close(self, replica: str, data: bytes) -> bytes:
        """Sign and seal. Raises NotAMember when this laptop is not (or no longer) a member."""
        if self._keys is None:
            raise NotAMember(_no_keys(), hint=_("Make them with `socius team keys`."))
        if not self.may_close(replica):
            entry, known = self._members.current(replica), self._members.entries(replica)
            raise NotAMember(
                _revoked_here() if known and entry is None else _not_yet(),
                hint=_("Read out the fingerprint of `socius team keys` to a director."),
            )
        inside = _VERSION.pack(self._members.version) + data
        signature = primitives.sign(self._keys.seed, _signed(replica, inside))
        return primitives.encrypt(_SIZE.pack(len(signature)) + signature + inside, self._recipients)

    def open(self, replica: str, data: bytes) -> bytes:
        """What this replica closed. Raises NotSealedForUs, with a sentence."""
        return self._open(replica, data)[1]

    def reseal(self, replica: str, data: bytes) -> bytes | None:
        """What this laptop closed, for those who are members now; None when it is that already.

        Who came in later cannot open it otherwise, and what was put there before the team began
        to seal is closed. Raises what `open` and `close` raise.
        """
        if not data.startswith(_MAGIC):
            return self.close(replica, data)
        version, inside = self._open(replica, data)
        return None if version >= self._members.complete_from else self.close(replica, inside)

    def _open(self, replica: str, data: bytes) -> tuple[int, bytes]:
        """The version of the list that it was sealed for, and what is inside."""
        if not data.startswith(_MAGIC):
            raise NotSealedForUs(_("It is not sealed, or damaged."))
        if self._opens is None:
            raise NotSealedForUs(_no_keys())
        try:
            opened = self._opens(data)
        except CannotOpen as error:
            raise NotSealedForUs(_damaged() if error.ours else self._not_for_us()) from error
        length = _SIZE.unpack_from(opened)[0] if len(opened) >= _SIZE.size else 0
        start = _SIZE.size + length
        if length != _SIGNATURE or len(opened) < start + _VERSION.size:
            raise NotSealedForUs(_damaged())
        signed = _signed(replica, opened[start:])
        inside = opened[start + _VERSION.size :]
        self._check(replica, signed, opened[_SIZE.size : start], inside)
        return _VERSION.unpack_from(opened, start)[0], inside

    def _check(self, replica: str, signed: bytes, signature: bytes, inside: bytes) -> None:
        """Raise NotSealedForUs unless a key of this replica signed it while that counted."""
        entries = self._entries(replica)
        by = [entry for entry in entries if primitives.is_signed(entry.sign, signed, signature)]
        if not by and not self._members.entries(replica):
            raise NotSealedForUs(
                _("Laptop {laptop} is not in the list of members (yet).").format(laptop=replica)
            )
        if not by:
            raise NotSealedForUs(
                _("It was not signed with the key of {name}.").format(name=entries[-1].name)
            )
        if not any(self._counts(entry, inside) for entry in by):
            raise NotSealedForUs(
                _(
                    "The laptop of {name} was revoked; what it made after place {place} of its "
                    "journal does not count."
                ).format(name=by[-1].name, place=by[-1].until)
            )

    def _entries(self, replica: str) -> tuple[Member, ...]:
        """Whose keys may have signed it.

        A file that is not in the list is another name of one that is: a copy, or what was put
        back, of a laptop that goes on with the keys that it has.
        """
        listed = self._members.entries(replica)
        return listed or tuple(each for each in self._members.members if not each.revoked)

    def _counts(self, entry: Member, inside: bytes) -> bool:
        if not entry.revoked:
            return True
        reached = self._reach(inside) if self._reach else None
        return reached is not None and reached <= entry.until

    def _not_for_us(self) -> str:
        if self._members.current(self._replica) is not None:
            return _("It was sealed before this laptop was a member, or is damaged.")
        return _revoked_here() if self._members.entries(self._replica) else _not_yet()


def _signed(replica: str, data: bytes) -> bytes:
    return SIGNED_SEGMENT + replica.encode("utf-8", "replace") + b"\0" + data


def _damaged() -> str:
    return _("It is damaged: somebody changed it, or it is only half here.")


def _no_keys() -> str:
    return _("The team seals what it exchanges, and this laptop has no keys yet.")


def _not_yet() -> str:
    return _("This laptop is not in the list of members yet, or with other keys.")


def _revoked_here() -> str:
    return _("This laptop was revoked: the team no longer seals anything for it.")
