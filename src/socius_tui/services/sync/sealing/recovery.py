"""The recovery key: on paper, for when every laptop of a director is gone.

It is an identity of age. Everything is sealed to it as well, and a signing key that is worked out
from it can sign the next list of members.
"""

from __future__ import annotations

import hashlib
import re
from textwrap import wrap
from typing import Final, NamedTuple

from socius_tui.errors import InvalidInput
from socius_tui.i18n import _
from socius_tui.services.sync.sealing import primitives
from socius_tui.services.sync.sealing.primitives import PublicKeys

_PREFIX: Final = "AGE-SECRET-KEY-1"
_TYPED_PREFIX: Final = "^.*?AGESECRETKEY[1IL]"
_LENGTH: Final = 58
_GROUP: Final = 4
_WIDTH: Final = 76
_GROUPS_A_LINE: Final = 4
_ALPHABET: Final = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"
# Signs that are not in the alphabet, and the one that was meant.
_MISREAD: Final = str.maketrans({"1": "L", "I": "L", "B": "8", "O": "0"})
_SIGNING: Final = b"socius recovery"


class RecoveryKey(NamedTuple):
    """The secret on the paper."""

    identity: str

    @property
    def seed(self) -> bytes:
        """The secret to sign a list with."""
        secret = self.identity.encode("ascii")
        return hashlib.blake2b(secret, digest_size=32, person=_SIGNING).digest()

    @property
    def public(self) -> PublicKeys:
        """What the list of members holds of it."""
        return PublicKeys(primitives.verify_key(self.seed), primitives.recipient(self.identity))


def new_recovery_key() -> RecoveryKey:
    """A new one; what it says is printed once and kept nowhere."""
    primitives.need_libraries()
    return RecoveryKey(primitives.new_identity())


def paper(key: RecoveryKey, team: str) -> str:
    """The text to print: the key in groups, its fingerprint, what to do with it.

    `team` is the fingerprint of the team.
    """
    rest = key.identity.removeprefix(_PREFIX)
    groups = [rest[at : at + _GROUP] for at in range(0, len(rest), _GROUP)]
    rows = [
        "    " + " ".join(groups[at : at + _GROUPS_A_LINE])
        for at in range(0, len(groups), _GROUPS_A_LINE)
    ]
    lines = [
        _("RECOVERY KEY OF THE TEAM"),
        "",
        f"    {_PREFIX}",
        *rows,
        "",
        _("Fingerprint of this key: {fingerprint}").format(fingerprint=key.public.fingerprint),
        _("Fingerprint of the team: {fingerprint}").format(fingerprint=team),
        "",
    ]
    texts = [
        _(
            "Print this or write it down twice, and keep it in two places under lock. Keep no "
            "copy on a computer. Whoever has it can read everything that was sealed, and can make "
            "themselves director."
        ),
        _(
            "When no laptop of a director is left: socius team recover FOLDER, and type the key. "
            "Spaces, line ends and capitals do not matter. Afterwards a new key takes its place."
        ),
    ]
    for text in texts:
        lines += [*wrap(text, _WIDTH), ""]
    return "\n".join(lines)


def typed_key(typed: str) -> RecoveryKey:
    """The key out of what was typed, or the whole text of the paper. Raises InvalidInput."""
    primitives.need_libraries()
    squeezed = re.sub(r"[^0-9A-Z]", "", typed.upper())
    rest = re.sub(_TYPED_PREFIX, "", squeezed)[:_LENGTH].translate(_MISREAD)
    complete = len(rest) == _LENGTH and not set(rest) - set(_ALPHABET)
    key = RecoveryKey(_PREFIX + rest)
    if not complete or not primitives.recipient(key.identity):
        raise InvalidInput(
            _("That is not a recovery key: a sign is wrong, missing or too much."),
            field="key",
            hint=_(
                "Type {prefix} and the {count} letters and digits that follow it on the paper. "
                "The key holds no letters B, I and O: those are 8, L and 0."
            ).format(prefix=_PREFIX, count=_LENGTH),
        )
    return key
