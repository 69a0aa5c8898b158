"""The shared folder as it is read: whose it is, and its segments, each looked through whole."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from socius_tui.domain.exchanged import Trouble
from socius_tui.domain.text import clean
from socius_tui.services.sync.folder import words
from socius_tui.services.sync.folder.layout import (
    REPLICAS,
    TEAM,
    Contents,
    contents,
    is_empty,
    own_folder,
    replicas,
)
from socius_tui.services.sync.folder.reading import (
    NotOrdinary,
    NotSaid,
    TooLarge,
    read_bytes,
    read_object,
)
from socius_tui.services.sync.folder.segments import (
    FORMAT,
    MOST_BYTES,
    Segment,
    SegmentName,
    Unfit,
    decode,
    digest_of,
    name_within,
    parse,
    unpack,
)
from socius_tui.services.sync.folder.writing import Wait, make_folder, write_whole
from socius_tui.services.sync.transport import NotSealedForUs, Seal

_MOST_TROUBLES: Final = 200


class Held(NamedTuple):
    """The bytes of a file with a segment in it, and that segment."""

    digest: str
    segment: Segment


class Shelf:
    """One shared folder of one team."""

    def __init__(self, folder: Path, seal: Seal | None, wait: Wait) -> None:
        self.folder = folder
        self.seal = seal
        self.wait = wait
        self.team = ""
        self.troubles: list[Trouble] = []
        #: Files of which it is known that something else is in them than their name says.
        self.bad: set[str] = set()

    # ---- whose it is

    def claim(self, team: str, *, new: bool) -> None:
        """See that it is this team's; an empty folder becomes it. Raises SociusError."""
        path = self.folder / TEAM
        try:
            if self.folder.exists() and not self.folder.is_dir():
                raise words.not_a_folder(self.folder)
            if new:
                self.folder.mkdir(parents=True, exist_ok=True)
            elif not self.folder.exists():
                raise words.no_folder(self.folder)
            found = read_object(path)
        except FileNotFoundError:
            self._begin(path, team, new=new)
        except OSError as error:
            raise words.out_of_reach(self.folder, error) from error
        except ValueError as error:  # a NUL in the name
            raise words.not_a_folder(self.folder) from error
        except (NotOrdinary, TooLarge, NotSaid) as error:
            raise words.team_unclear(path) from error
        else:
            _check(found, path, team)
        if (self.folder / REPLICAS).is_symlink():
            raise words.not_a_folder(self.folder / REPLICAS)
        self.team = team

    def whose(self) -> str:
        """Whose it is; "" when it is nobody's yet. Raises SociusError."""
        path = self.folder / TEAM
        try:
            if self.folder.exists() and not self.folder.is_dir():
                raise words.not_a_folder(self.folder)
            found = read_object(path)
        except FileNotFoundError:
            if not self.folder.exists():
                raise words.no_folder(self.folder) from None
            return ""
        except OSError as error:
            raise words.out_of_reach(self.folder, error) from error
        except (ValueError, NotOrdinary, TooLarge, NotSaid) as error:
            raise words.team_unclear(path) from error
        team = found.get("team")
        _check(found, path, team if isinstance(team, str) else "")
        return str(team)

    def _begin(self, path: Path, team: str, *, new: bool) -> None:
        try:
            if not (new or is_empty(self.folder)):
                raise words.team_gone(self.folder)
        except OSError as error:
            raise words.out_of_reach(self.folder, error) from error
        said = json.dumps({"format": FORMAT, "team": team}, ensure_ascii=False) + "\n"
        write_whole(path, said.encode(), wait=self.wait)

    def own(self, replica: str) -> Path:
        """The folder of a replica, made when it is not there. Raises SociusError."""
        own = own_folder(self.folder, replica)
        make_folder(own.parent)
        make_folder(own)
        return own

    def write(self, path: Path, data: bytes) -> None:
        """Write a file whole or not at all. Raises FileProblem."""
        write_whole(path, data, wait=self.wait)

    # ---- what is there

    def replicas(self) -> list[str]:
        """The replicas that have a folder here. Raises OutOfReach."""
        try:
            found, others = replicas(self.folder)
        except FileNotFoundError as error:
            raise words.no_folder(self.folder) from error
        except OSError as error:
            raise words.out_of_reach(self.folder, error) from error
        for name in others:
            self.tell(words.stray_folder(f"{REPLICAS}/{name}"))
        return found

    def contents(self, replica: str) -> Contents:
        """What is in the folder of a replica; nothing, and a trouble, when it cannot be read."""
        try:
            return contents(own_folder(self.folder, replica))
        except OSError as error:
            self.tell(words.not_readable(f"{REPLICAS}/{replica}", error))
            return Contents([], [], [])

    def segments(self, replica: str) -> list[SegmentName]:
        """The segments of a replica by their names, ordered; without those known to be bad."""
        return [name for name in self.contents(replica).segments if str(name) not in self.bad]

    def load(self, replica: str, file_name: str) -> Held | Trouble:
        """A segment that was looked through whole, or what is wrong with it."""
        shown = f"{replica}/{file_name}"
        name = name_within(file_name)
        try:
            data = read_bytes(own_folder(self.folder, replica) / file_name, MOST_BYTES)
        except NotOrdinary:
            return words.link(shown)
        except TooLarge:
            self.bad.add(file_name)
            return words.damaged(shown)
        except OSError as error:
            return words.not_readable(shown, error)
        digest = digest_of(data)
        if name is not None and name.digest != digest:
            self.bad.add(file_name)
            return self._broken(shown, data)
        try:
            segment = decode(self._opened(replica, data), self.team)
        except NotSealedForUs as error:
            return words.not_sealed(shown, str(error))
        except Unfit as error:
            return words.unfit(shown, error.kind)
        if segment.replica != replica:
            return words.other_laptop(shown)
        return Held(digest, segment)

    def _opened(self, replica: str, data: bytes) -> bytes:
        return self.seal.open(replica, data) if self.seal else data

    def _broken(self, shown: str, data: bytes) -> Trouble:
        """Whether more of it is to come, as far as can be seen."""
        if not data:
            return words.half(shown)
        if self.seal is None:
            try:
                parse(unpack(data), self.team)
            except Unfit as error:
                if error.kind == "half":
                    return words.half(shown)
        return words.damaged(shown)

    def is_whole(self, replica: str, name: SegmentName) -> bool:
        """Whether the bytes of a segment are those that it was written with; what cannot be
        read now counts as whole."""
        try:
            path = own_folder(self.folder, replica) / str(name)
            return digest_of(read_bytes(path, MOST_BYTES)) == name.digest
        except (NotOrdinary, TooLarge):
            return False
        except OSError:
            return True

    def tell(self, trouble: Trouble) -> None:
        """Remember a trouble, once."""
        trouble = trouble._replace(name=clean(trouble.name, limit=300))
        if trouble not in self.troubles and len(self.troubles) < _MOST_TROUBLES:
            self.troubles.append(trouble)

    # ---- pulling

    def wanted(self, replica: str, have: int) -> Iterator[Segment]:
        """Every whole segment of a replica that ends after `have`; the rest is told."""
        found = self.contents(replica)
        whole: set[str] = set()
        for name in found.segments:
            if name.until <= have:
                continue
            held = self.load(replica, str(name))
            if isinstance(held, Trouble):
                self.tell(held)
                continue
            whole.add(held.digest)
            if (held.segment.after, held.segment.until) != (name.after, name.until):
                self.bad.add(str(name))
                self.tell(words.renamed(f"{replica}/{name}"))
            yield held.segment
        for stray in found.links:
            self.tell(words.link(f"{replica}/{stray}"))
        for stray in found.strays:
            segment = self._stray(replica, stray, found, whole, have)
            if segment is not None:
                yield segment

    def _stray(
        self, replica: str, file_name: str, found: Contents, whole: set[str], have: int
    ) -> Segment | None:
        """What is in a file that has not the name of a segment; None when that is no use."""
        name = name_within(file_name)
        if name is not None and name.replica == replica and name.until <= have:
            return None
        held = self.load(replica, file_name)
        copied = name is not None and name in found.segments
        if isinstance(held, Trouble):
            is_copy = copied and str(name) not in self.bad
            self.tell(words.conflicted(held.name) if is_copy else held)
            return None
        if held.digest in whole or held.segment.until <= have:
            return None
        self.tell(words.renamed(f"{replica}/{file_name}"))
        return held.segment


def _check(found: Mapping[str, object], path: Path, team: str) -> None:
    version = found.get("format")
    if type(version) is not int or not isinstance(found.get("team"), str):
        raise words.team_unclear(path)
    if version > FORMAT:
        raise words.of_newer_version(path.parent)
    if found["team"] != team:
        raise words.of_another_team(path.parent)
