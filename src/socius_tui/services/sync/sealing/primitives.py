"""Signatures and age, behind a few functions; the libraries come with the extra `sealed`."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from socius_tui.errors import RuleBroken
from socius_tui.i18n import _

_AGE_PUBLIC: Final = "age1[02-9ac-hj-np-z]{58}"
_DIGITS: Final = 30  # of a fingerprint: some 100 bits
_GROUP: Final = 5

#: What a signature is for stands before what is signed, so that none can serve as another.
SIGNED_SEGMENT: Final = b"socius segment 1\0"
SIGNED_LIST: Final = b"socius members 1\0"


class CannotOpen(Exception):
    """A text of age that does not open; `ours` is whether a key of ours was meant for it."""

    def __init__(self, *, ours: bool) -> None:
        super().__init__("cannot open")
        self.ours = ours


class PublicKeys(NamedTuple):
    """What others may know: an Ed25519 key in base64, and a recipient of age."""

    sign: str
    age: str

    @property
    def fingerprint(self) -> str:
        """Six groups of five digits, to read out over the phone."""
        return fingerprint(b"socius keys 1\0", f"{self.sign}\n{self.age}".encode())


def need_libraries() -> None:
    """Raise RuleBroken where the extra is not installed."""
    try:
        import nacl.signing
        import pyrage
    except ImportError as error:
        raise RuleBroken(
            _("Sealing needs packages that are not installed."),
            hint=_("Install them with: pip install 'socius-tui[sealed]'"),
        ) from error
    del nacl, pyrage


def fingerprint(kind: bytes, data: bytes) -> str:
    """Digits that say which bytes these are, for people."""
    number = int.from_bytes(hashlib.sha256(kind + data).digest(), "big") % 10**_DIGITS
    return _grouped(f"{number:0{_DIGITS}}")


def typed_fingerprint(typed: str) -> str:
    """A fingerprint as it was typed, with any spaces and dashes; "" when it is none."""
    digits = re.sub(r"[\s.–-]", "", typed)
    return _grouped(digits) if re.fullmatch(f"[0-9]{{{_DIGITS}}}", digits) else ""


def _grouped(digits: str) -> str:
    return "-".join(digits[at : at + _GROUP] for at in range(0, _DIGITS, _GROUP))


def are_public_keys(sign: object, age: object) -> bool:
    """Whether these can be keys, in the one way in which each is written."""
    if not (isinstance(sign, str) and isinstance(age, str) and re.fullmatch(_AGE_PUBLIC, age)):
        return False
    return len(from_base64(sign, 44)) == 32


def to_base64(data: bytes) -> str:
    """Standard base64."""
    return base64.b64encode(data).decode("ascii")


def from_base64(text: str, most: int) -> bytes:
    """The bytes; none when it is longer, or written in another way than `to_base64` does."""
    try:
        data = base64.b64decode(text, validate=True) if len(text) <= most else b""
    except (binascii.Error, ValueError):
        return b""
    return data if to_base64(data) == text else b""


def new_signing_seed() -> bytes:
    """A new secret of 32 bytes to sign with."""
    import nacl.signing

    return bytes(nacl.signing.SigningKey.generate())


def verify_key(seed: bytes) -> str:
    """The public half of a signing secret."""
    import nacl.signing

    return to_base64(bytes(nacl.signing.SigningKey(seed).verify_key))


def sign(seed: bytes, data: bytes) -> bytes:
    """A signature of 64 bytes."""
    import nacl.signing

    return bytes(nacl.signing.SigningKey(seed).sign(data).signature)


def is_signed(key: str, data: bytes, signature: bytes) -> bool:
    """Whether whoever has the secret of this public key signed exactly this."""
    import nacl.exceptions
    import nacl.signing

    try:
        nacl.signing.VerifyKey(from_base64(key, 44)).verify(data, signature)
    except (nacl.exceptions.CryptoError, ValueError, TypeError):
        return False
    return True


def new_identity() -> str:
    """A new secret of age."""
    import pyrage

    return str(pyrage.x25519.Identity.generate())


def recipient(identity: str) -> str:
    """The public half of a secret of age; "" when the text is none."""
    import pyrage

    try:
        return str(pyrage.x25519.Identity.from_str(identity).to_public())
    except pyrage.IdentityError:
        return ""


def encrypt(data: bytes, recipients: Sequence[str]) -> bytes:
    """Only who has the secret of one of the recipients can open it. Raises RuleBroken."""
    import pyrage

    try:
        keys = [pyrage.x25519.Recipient.from_str(each) for each in recipients]
    except pyrage.RecipientError as error:
        raise RuleBroken(
            _("One of the keys in the list of members is damaged; nothing was sealed.")
        ) from error
    return bytes(pyrage.encrypt(data, keys))


def opener(identities: Sequence[str]) -> Callable[[bytes], bytes]:
    """What opens with any of these secrets; it raises CannotOpen."""
    import pyrage

    try:
        keys = [pyrage.x25519.Identity.from_str(each) for each in identities]
    except pyrage.IdentityError as error:
        raise RuleBroken(_("The keys of this laptop are damaged.")) from error

    def opens(data: bytes) -> bytes:
        try:
            return bytes(pyrage.decrypt(data, keys))
        except pyrage.DecryptError as error:
            raise CannotOpen(ours="no matching keys" not in str(error).lower()) from error

    return opens
