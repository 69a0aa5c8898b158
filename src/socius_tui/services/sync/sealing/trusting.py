"""Which list of members this laptop goes by: the one it knew, and what rightly follows it.

The first list that a laptop meets is believed (its fingerprint is shown, to be compared over the
phone); after that only what a director of the list before has signed, and never an older one.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from socius_tui.domain.exchanged import Trouble
from socius_tui.errors import FileProblem, RuleBroken
from socius_tui.i18n import _
from socius_tui.paths import state_folder
from socius_tui.services.exchange.newfile import write_file
from socius_tui.services.sync.sealing import members as lists
from socius_tui.services.sync.sealing.members import BadList, Members, Signed
from socius_tui.store.problems import disk_problem, shown

NAME: Final = "members.json"


class MembersPlace(Protocol):
    """Where the list lies for everybody; it holds bytes and judges nothing but their version."""

    def read(self) -> bytes | None:
        """The list that counts there; None when there is none."""

    def kept(self, version: int) -> bytes | None:
        """The list of one version, which is kept beside it; None when it is not there."""

    def write(self, data: bytes) -> None:
        """Put a version there; refuses when another list of that version is there already."""


class Trusted(NamedTuple):
    """The list that counts for us, the fingerprint of the first one, and what was left alone.

    `is_new` is whether it is the first that this laptop meets here, `blocked` what stands in the
    way of a next version.
    """

    members: Members
    team: str
    troubles: tuple[Trouble, ...] = ()
    is_new: bool = False
    blocked: Trouble | None = None


class Memory:
    """What this laptop remembers of the list for one file of its own: a file in our own folder."""

    def __init__(self, replica: str, folder: Path | None = None) -> None:
        self._path = (folder or state_folder()) / "teams" / f"{replica}.members"

    def load(self) -> tuple[str, Members] | None:
        """The fingerprint of the team and the list; None the first time. Raises FileProblem."""
        try:
            with self._path.open("rb") as file:
                team, _line, data = file.read(lists.MAX_BYTES + 100).partition(b"\n")
            return team.decode("ascii"), lists.read_list(data).members
        except FileNotFoundError:
            return None
        except (OSError, ValueError, BadList) as error:
            raise FileProblem(
                _("What this laptop knows of the members, in {path}, cannot be read.").format(
                    path=shown(self._path)
                ),
                hint=_(
                    "Remove that file, then compare the fingerprint of the team that "
                    "`socius team members FOLDER` shows with that of a colleague."
                ),
            ) from error

    def save(self, team: str, data: bytes) -> None:
        """Remember a list from now on."""
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise disk_problem(error, self._path.parent) from error
        write_file(self._path, [f"{team}\n", data], force=True)


def trusted_list(place: MembersPlace, memory: Memory) -> Trusted | None:
    """The list to go by now; remembers it. None when there is none and never was.

    Raises RuleBroken when the first list that is met cannot be believed.
    """
    known = memory.load()
    lying = place.read()
    if known is None:
        if lying is None and place.kept(1) is None:
            return None
        return _first_time(place, memory, lying)
    team, members = known
    came = _Came()
    there = came.read(place.kept(members.version), members.version)
    if there is not None and there.members.hash != members.hash:
        came.blocks(_forked(members))
    still_there = there is not None
    members, data = came.follow(place, members)
    if data is not None:
        memory.save(team, data)
    came.judge(lying, members, rolled_back=not still_there)
    return Trusted(members, team, came.troubles, blocked=came.blocked)


def believe(place: MembersPlace, memory: Memory, fingerprint: str) -> Trusted:
    """Begin anew with the list that is there now, whose fingerprint somebody read out to us.

    Raises RuleBroken when it is another one.
    """
    found = _walk(place, place.read())
    if fingerprint not in (found.members.fingerprint, found.team):
        raise RuleBroken(
            _("The list that is there now has the fingerprint {fingerprint}.").format(
                fingerprint=found.members.fingerprint
            ),
            hint=_("Ask a colleague to read out the fingerprint again; nothing was changed."),
        )
    memory.save(found.team, found.data)
    return Trusted(found.members, found.team, found.came.troubles, is_new=True)


def publish(
    place: MembersPlace,
    memory: Memory,
    change: Callable[[Members], Members],
    seed: bytes,
) -> Trusted:
    """Make the next version of the list out of the one that counts now. Raises SociusError."""
    now = trusted_list(place, memory)
    if now is None:
        raise not_sealed()
    if now.blocked is not None:
        raise RuleBroken(now.blocked.sentence, hint=now.blocked.hint)
    changed = change(now.members)
    lists.check_members(changed.members)
    following = lists.following(now.members, changed)
    data = lists.sign_list(following, seed)
    lists.check_next(now.members, lists.read_list(data))
    place.write(data)
    memory.save(now.team, data)
    return Trusted(following, now.team)


def begin(place: MembersPlace, memory: Memory, members: Members, seed: bytes) -> Trusted:
    """Put the first version of a list where there is none. Raises SociusError."""
    if place.read() is not None or place.kept(1) is not None or memory.load() is not None:
        raise RuleBroken(
            _("This team seals what it exchanges already."),
            hint=_("`socius team members FOLDER` shows its members."),
        )
    data = lists.sign_list(members, seed)
    lists.check_first(lists.read_list(data))
    place.write(data)
    memory.save(members.fingerprint, data)
    return Trusted(members, members.fingerprint, is_new=True)


def not_sealed() -> RuleBroken:
    """There is no list of members here."""
    return RuleBroken(
        _("This team does not seal what it exchanges: there is no list of members."),
        hint=_("A director begins with `socius team seal FOLDER`."),
    )


class _Came:
    """What was come across on the way to the list that counts."""

    def __init__(self) -> None:
        self._found: dict[Trouble, None] = {}
        self.blocked: Trouble | None = None

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """Each once, in the order in which they were met."""
        return tuple(self._found)

    def across(self, trouble: Trouble) -> None:
        """Note one."""
        self._found[trouble] = None

    def blocks(self, trouble: Trouble) -> None:
        """Note one with which no next version can be made."""
        self.across(trouble)
        self.blocked = self.blocked or trouble

    def read(self, data: bytes | None, version: int | None) -> Signed | None:
        """A list that is there; None, and a note, when it cannot be read."""
        if data is None:
            return None
        try:
            return lists.read_list(data)
        except BadList as error:
            self.across(_refused(version, error))
            return None

    def follow(self, place: MembersPlace, members: Members) -> tuple[Members, bytes | None]:
        """The last version that rightly follows, with its bytes when it is not this one."""
        last: bytes | None = None
        while (data := place.kept(members.version + 1)) is not None:
            try:
                signed = lists.read_list(data)
                lists.check_next(members, signed)
            except BadList as error:
                self.blocks(_refused(members.version + 1, error))
                break
            members, last = signed.members, data
        return members, last

    def judge(self, lying: bytes | None, members: Members, *, rolled_back: bool) -> None:
        """Note what is wrong with the list that lies there, beside the one that counts.

        `rolled_back` is whether the version that we knew is gone: an older one that lies there
        is then no copy that is on its way.
        """
        if lying is None:
            self.across(_gone())
        signed = self.read(lying, None)
        if signed is None:
            return
        version = signed.members.version
        if version > members.version:
            if self.blocked is None:
                self.blocks(_on_its_way(members.version + 1))
        elif version == members.version:
            if signed.members.hash != members.hash:
                self.blocks(_forked(members))
        elif rolled_back:
            self.across(_put_back(version, members.version))


class _Walked(NamedTuple):
    members: Members
    team: str
    data: bytes
    came: _Came


def _first_time(place: MembersPlace, memory: Memory, lying: bytes | None) -> Trusted:
    found = _walk(place, lying)
    memory.save(found.team, found.data)
    came = found.came
    return Trusted(found.members, found.team, came.troubles, is_new=True, blocked=came.blocked)


def _walk(place: MembersPlace, lying: bytes | None) -> _Walked:
    """From the first version to the last; raises RuleBroken where the first is missing."""
    data = place.kept(1) or lying
    if data is None:
        raise not_sealed()
    try:
        signed = lists.read_list(data)
        lists.check_first(signed)
    except BadList as error:
        raise RuleBroken(
            _("The first list of members cannot be believed. {why}").format(why=error.message),
            hint=_("Ask a director to put back {name} from a backup.").format(name=kept_name(1)),
        ) from error
    came = _Came()
    members, later = came.follow(place, signed.members)
    came.judge(lying, members, rolled_back=False)
    return _Walked(members, signed.members.fingerprint, later or data, came)


def _gone() -> Trouble:
    return Trouble(
        NAME,
        _("The list of members is gone; the one that this laptop knows still counts."),
        _("It comes back when a director makes the next version."),
    )


def _on_its_way(version: int) -> Trouble:
    return Trouble(
        kept_name(version),
        _("Version {version} of the list of members is not here yet.").format(version=version),
        _("Try again when the folder is up to date."),
    )


def _put_back(old: int, new: int) -> Trouble:
    return Trouble(
        NAME,
        _(
            "Version {old} of the list of members was put back; version {new}, which this laptop "
            "knows, still counts."
        ).format(old=old, new=new),
        _("Ask who did that: a backup of the folder, or somebody who was revoked."),
    )


def _refused(version: int | None, error: BadList) -> Trouble:
    name = NAME if version is None else kept_name(version)
    return Trouble(
        name,
        _("The list of members in {name} is refused. {why}").format(name=name, why=error.message),
        _("If it does not come right by itself, a director removes that file."),
    )


def _forked(members: Members) -> Trouble:
    return Trouble(
        kept_name(members.version),
        _("There is another list of members with version {version} than this laptop knows.").format(
            version=members.version
        ),
        _(
            "Ask a director to read out the fingerprint of the list; `socius team members FOLDER "
            "--trust FINGERPRINT` then goes on with that one."
        ),
    )


def kept_name(version: int) -> str:
    """The file that keeps one version."""
    return f"members.{version}.json"
