"""The list of members and the introductions in a shared folder.

`members.json` is the list that counts, `members.<version>.json` keeps each version for good. Only
these exact names are looked at: what a program that copies folders calls a conflicted copy is not.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from socius_tui.domain.exchanged import Profile
from socius_tui.errors import FileProblem, OutOfReach, RuleBroken
from socius_tui.i18n import _
from socius_tui.services.sync.sealing import members as lists
from socius_tui.services.sync.sealing.trusting import NAME, kept_name
from socius_tui.store.driver import sync_folder
from socius_tui.store.problems import disk_problem, shown

_PROFILES: Final = "replicas"
_PROFILE: Final = "profile.json"
_PROFILE_BYTES: Final = 16_384
_MOST_PROFILES: Final = 10_000
_LONGEST: Final = 200


class FolderPlace:
    """Keeps the contract of `MembersPlace` in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self) -> bytes | None:
        """What lies in members.json; None when there is no such file."""
        return self._bytes(NAME)

    def kept(self, version: int) -> bytes | None:
        """What lies in the file of one version."""
        return self._bytes(kept_name(version))

    def write(self, data: bytes) -> None:
        """Put a version there, under its own name first: that never changes."""
        version = lists.read_list(data).members.version
        name = kept_name(version)
        before = self.kept(version)
        if before is None:
            self._put(name, data, replace=False)
        elif before != data:
            raise RuleBroken(
                _("There is another {name} in {folder} already; nothing was written.").format(
                    name=name, folder=shown(self._folder)
                ),
                hint=_(
                    "Another director may have made it just now: look at `socius team members "
                    "FOLDER` and try again."
                ),
            )
        self._put(NAME, data, replace=True)

    def _bytes(self, name: str) -> bytes | None:
        path = self._folder / name
        try:
            if path.exists() and not path.is_file():  # a pipe would keep us waiting
                raise _unreachable(path)
            with path.open("rb") as file:
                return file.read(lists.MAX_BYTES + 1)
        except FileNotFoundError:
            if self._folder.is_dir():
                return None
            raise no_folder(self._folder) from None
        except OSError as error:
            raise _unreachable(path) from error

    def _put(self, name: str, data: bytes, *, replace: bool) -> None:
        """A file that is there whole or not at all; others may read it as the folder says."""
        temporary = self._folder / f"~{os.urandom(6).hex()}.tmp"
        path = self._folder / name
        try:
            try:
                with temporary.open("xb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                if replace:
                    os.replace(temporary, path)
                else:
                    _appear(temporary, path)
            finally:
                temporary.unlink(missing_ok=True)
            with suppress(OSError):  # some network folders cannot be synced
                sync_folder(self._folder)
        except FileExistsError as error:
            raise RuleBroken(
                _("Somebody else made {name} at this moment; nothing was written.").format(
                    name=name
                ),
                hint=_("Look at `socius team members FOLDER` and try again."),
            ) from error
        except OSError as error:
            raise disk_problem(error, path) from error


def _appear(temporary: Path, path: Path) -> None:
    """Give a file its name unless something has it; many shared folders know no links."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        os.replace(temporary, path)


def introductions(folder: Path) -> list[Profile]:
    """What laptops say of themselves in the folder; what cannot be read is left out.

    Raises FileProblem when the folder itself cannot be read.
    """
    if not folder.is_dir():
        raise no_folder(folder)
    try:
        return sorted(_profiles(folder / _PROFILES))
    except OSError as error:
        raise _unreachable(folder) from error


def _profiles(folder: Path) -> Iterator[Profile]:
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for number, entry in enumerate(entries):
            if number >= _MOST_PROFILES:
                return
            if lists.is_replica(entry.name) and (found := _profile(Path(entry.path))) is not None:
                yield found


def _profile(folder: Path) -> Profile | None:
    path = folder / _PROFILE
    try:
        if not path.is_file():  # a pipe would keep us waiting
            return None
        with path.open("rb") as file:
            found = json.loads(file.read(_PROFILE_BYTES))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or found.get("replica") != folder.name:
        return None
    texts = [_text(found, name) for name in ("computer", "person", "role", "program", "said_at")]
    version, keys = found.get("version"), found.get("keys")
    if type(version) is not int or not isinstance(keys, dict) or len(keys) > 20:
        return None
    if not all(isinstance(key, str) and len(key) <= _LONGEST for key in keys.values()):
        return None
    computer, person, role, program, said_at = texts
    return Profile(folder.name, computer, person, role, program, version, dict(keys), said_at)


def _text(found: dict[str, Any], name: str) -> str:
    text = found.get(name)
    return text[:_LONGEST] if isinstance(text, str) else ""


def no_folder(folder: Path) -> FileProblem:
    """The shared folder is not there."""
    return OutOfReach(
        _("There is no folder {folder}.").format(folder=shown(folder)),
        hint=_("Check its name, and whether the disk or share that it is on is there."),
    )


def _unreachable(path: Path) -> FileProblem:
    return OutOfReach(
        _("{path} cannot be read now.").format(path=shown(path)),
        hint=_("See whether the folder is up to date and always kept on this computer."),
    )
