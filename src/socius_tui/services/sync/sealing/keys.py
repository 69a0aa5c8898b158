"""The secret keys of this laptop: made once, kept in its keyring or in a file only we can read.

The file `keys.json` in the folder for state always says where they are, so that a keyring that is
closed for a moment is never taken for a laptop without keys.
"""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from socius_tui.errors import FileProblem, Missing
from socius_tui.i18n import _
from socius_tui.paths import state_folder
from socius_tui.services.exchange.newfile import write_file
from socius_tui.services.sync.sealing import primitives
from socius_tui.services.sync.sealing.primitives import PublicKeys
from socius_tui.store.problems import disk_problem, shown

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE: Final = "socius-tui"
KEYRING: Final = "keyring"
FILE: Final = "file"
_FORMAT: Final = 1
_MAX_BYTES: Final = 16_384
_OTHERS: Final = 0o077
# No link to elsewhere, and no waiting for who writes in a pipe; Windows has neither.
_CAREFUL: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class DeviceKeys(NamedTuple):
    """The secrets of one installation: a seed for Ed25519, an identity of age, and older ones.

    `older` are identities that only open what was sealed before: a recovery key that was used.
    """

    seed: bytes
    identity: str
    older: tuple[str, ...] = ()

    @property
    def public(self) -> PublicKeys:
        """What others may know."""
        return PublicKeys(primitives.verify_key(self.seed), primitives.recipient(self.identity))

    @property
    def identities(self) -> tuple[str, ...]:
        """Everything that opens something for us."""
        return (self.identity, *self.older)


class Kept(NamedTuple):
    """Keys, and where they are: KEYRING or FILE."""

    keys: DeviceKeys
    where: str


def keys_path() -> Path:
    """The file with the keys, or that says that they are in the keyring."""
    return state_folder() / "keys.json"


def profile_keys(keys: DeviceKeys) -> dict[str, str]:
    """The public keys as a Profile says them."""
    return dict(keys.public._asdict())


def device_keys(path: Path | None = None) -> Kept:
    """The keys of this laptop, made now where there are none. Raises SociusError."""
    primitives.need_libraries()
    path = path or keys_path()
    found = _read(path)
    if found is None:
        keys = DeviceKeys(primitives.new_signing_seed(), primitives.new_identity())
        try:
            return _write(path, keys, new=True)
        except FileProblem:
            # Another program made them at the same moment: those are the keys then.
            found = _read(path)
            if found is None:
                raise
    return found


def maybe_keys(path: Path | None = None) -> DeviceKeys | None:
    """The keys of this laptop; None where none were made yet. Raises SociusError."""
    primitives.need_libraries()
    found = _read(path or keys_path())
    return found.keys if found else None


def also_open(identity: str, path: Path | None = None) -> None:
    """Keep an older identity beside the keys, so that what was sealed to it opens here."""
    path = path or keys_path()
    kept = device_keys(path)
    if identity not in kept.keys.identities:
        older = (*kept.keys.older, identity)
        _write(path, kept.keys._replace(older=older), new=False, where=kept.where)


def _write(path: Path, keys: DeviceKeys, *, new: bool, where: str = "") -> Kept:
    """Keep keys; with `new` only where there are none. Raises FileProblem."""
    text = json.dumps(
        {
            "format": _FORMAT,
            "sign": primitives.to_base64(keys.seed),
            "age": keys.identity,
            "older": list(keys.older),
        }
    )
    ring = _usable_keyring() if new or where == KEYRING else None
    if ring is not None and _put(ring, keys.public.fingerprint, text, refuse=not new):
        where = KEYRING
        text = json.dumps(
            {"format": _FORMAT, "kept": KEYRING, "fingerprint": keys.public.fingerprint}
        )
    elif where == KEYRING:
        raise _closed_keyring()
    else:
        where = FILE
    if new or where == FILE:  # what says that they are in the keyring stays as it is
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise disk_problem(error, path.parent) from error
        write_file(path, [text + "\n"], force=not new)
    return Kept(keys, where)


def _read(path: Path) -> Kept | None:
    text = _read_file(path)
    if text is None:
        return None
    found = _mapping(text)
    if found.get("kept") != KEYRING:
        return Kept(_checked(found, path), FILE)
    mark = found.get("fingerprint")
    ring = _usable_keyring()
    secret = _get(ring, mark) if ring is not None and isinstance(mark, str) else None
    if secret is None:
        raise _closed_keyring()
    keys = _checked(_mapping(secret), path)
    if keys.public.fingerprint != mark:
        raise _damaged(path)
    return Kept(keys, KEYRING)


def _read_file(path: Path) -> str | None:
    """The text of the file; raises FileProblem when others can read it as well."""
    try:
        handle = os.open(path, os.O_RDONLY | _CAREFUL)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise _unreadable(path) from error
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise _unreadable(path)
        if os.name == "posix" and (about.st_mode & _OTHERS or about.st_uid != os.geteuid()):
            raise _no_secret(path)
        return os.read(handle, _MAX_BYTES).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path) from error
    finally:
        os.close(handle)


def _mapping(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _checked(found: dict[str, Any], path: Path) -> DeviceKeys:
    seed, identity, older = found.get("sign"), found.get("age"), found.get("older", [])
    if (
        found.get("format") != _FORMAT
        or not isinstance(seed, str)
        or len(secret := primitives.from_base64(seed, 44)) != 32
        or not isinstance(identity, str)
        or not isinstance(older, list)
        or not all(isinstance(each, str) and primitives.recipient(each) for each in older)
        or not primitives.recipient(identity)
    ):
        raise _damaged(path)
    return DeviceKeys(secret, identity, tuple(older))


def _usable_keyring() -> KeyringBackend | None:
    """The keyring of the system; None where there is none that keeps a secret."""
    try:
        import keyring
        from keyring.backends import fail, null
    except ImportError:
        return None
    try:
        ring = keyring.get_keyring()
        usable = ring.priority >= 1 and not isinstance(ring, fail.Keyring | null.Keyring)
    except Exception:  # noqa: BLE001 (a backend may raise anything where its service is away)
        return None
    return ring if usable else None


def _get(ring: KeyringBackend, name: str) -> str | None:
    try:
        return ring.get_password(SERVICE, name)
    except Exception:  # noqa: BLE001 (as above: D-Bus, Windows and macOS each have their own)
        return None


def _put(ring: KeyringBackend, name: str, text: str, *, refuse: bool) -> bool:
    """Whether the keyring has it now; one that cannot keep new keys leaves them to the file."""
    try:
        ring.set_password(SERVICE, name, text)
        return ring.get_password(SERVICE, name) == text
    except Exception as error:
        if refuse:
            raise _closed_keyring() from error
        return False


def _closed_keyring() -> FileProblem:
    return Missing(
        _("The keys of this laptop are in its keyring, which cannot be read now."),
        title=_("The keyring is closed"),
        hint=_("Log in on the screen of this computer and unlock the keyring, then try again."),
    )


def _no_secret(path: Path) -> FileProblem:
    return FileProblem(
        _("Others can read the keys of this laptop in {path}; they are not used.").format(
            path=shown(path)
        ),
        title=_("Keys that are no secret"),
        hint=_(
            "If nobody did, take their right away with `chmod 600` and the name of the file. "
            "Else ask a director to revoke this laptop, and remove the file: then "
            "`socius team keys` makes new keys."
        ),
    )


def _unreadable(path: Path) -> FileProblem:
    return FileProblem(
        _("The file with the keys of this laptop, {path}, cannot be read.").format(
            path=shown(path)
        ),
        hint=_("Check that it is an ordinary file that you may read."),
    )


def _damaged(path: Path) -> FileProblem:
    return FileProblem(
        _("The keys of this laptop in {path} are damaged.").format(path=shown(path)),
        hint=_(
            "Bring the file back from a backup of this computer. Else ask a director to revoke "
            "this laptop, and remove the file: then `socius team keys` makes new keys."
        ),
    )
