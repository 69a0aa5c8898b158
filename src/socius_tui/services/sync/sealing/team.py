"""What people do about sealing: begin, let a laptop in, revoke one, come back from paper."""

from __future__ import annotations

import platform
from collections.abc import Callable
from typing import NamedTuple

from socius_tui.domain.exchanged import Profile, Trouble
from socius_tui.domain.text import clean, fold
from socius_tui.errors import Ambiguous, InvalidInput, NotFound, RuleBroken
from socius_tui.i18n import _
from socius_tui.services.session import Session
from socius_tui.services.sync.sealing import keys as devices
from socius_tui.services.sync.sealing import primitives
from socius_tui.services.sync.sealing.keys import DeviceKeys
from socius_tui.services.sync.sealing.members import DIRECTOR, LONGEST_NAME, Member, Members
from socius_tui.services.sync.sealing.primitives import PublicKeys
from socius_tui.services.sync.sealing.recovery import RecoveryKey, new_recovery_key
from socius_tui.services.sync.sealing.sealing import Reach, TeamSeal, segment_reach
from socius_tui.services.sync.sealing.trusting import (
    NAME,
    MembersPlace,
    Memory,
    Trusted,
    begin,
    believe,
    not_sealed,
    publish,
    trusted_list,
)
from socius_tui.store.people import persons, role_of
from socius_tui.store.sync.exchange import ours
from socius_tui.store.sync.packets import places


class Request(NamedTuple):
    """A laptop that introduced itself and is not in the list (with these keys)."""

    profile: Profile
    keys: PublicKeys


def replica_of(session: Session) -> str:
    """The name under which this file writes; a copy gets one of its own first."""
    if not session.read_only:
        session.database.settle()
    return session.read(ours).replica


def seal_for(
    place: MembersPlace, replica: str, reach: Reach = segment_reach
) -> tuple[TeamSeal | None, tuple[Trouble, ...]]:
    """What seals for a place, and what to say of its list; no seal where nobody seals."""
    trusted = trusted_list(place, Memory(replica))
    if trusted is None:
        return None, ()
    seal = TeamSeal(trusted.members, replica, devices.maybe_keys(), reach=reach)
    return seal, (*trusted.troubles, *([_met(trusted)] if trusted.is_new else []))


def start(session: Session, place: MembersPlace) -> tuple[Trusted, RecoveryKey]:
    """Begin to seal: the first list has this laptop as that of a director, and nobody else."""
    _only_a_director(session)
    keys, replica = devices.device_keys().keys, replica_of(session)
    recovery = new_recovery_key()
    now = _moment(session)
    first = Members(1, "", now, (_own_entry(session, keys, now),), recovery.public)
    return begin(place, Memory(replica), first, keys.seed), recovery


def members(session: Session, place: MembersPlace, *, trust: str = "") -> Trusted:
    """The list that counts; with `trust`, a typed fingerprint, begin anew with the one there."""
    memory = Memory(replica_of(session))
    if trust:
        return believe(place, memory, _fingerprint(trust, "--trust"))
    found = trusted_list(place, memory)
    if found is None:
        raise not_sealed()
    return found


def requests(session: Session, place: MembersPlace, said: list[Profile]) -> list[Request]:
    """Laptops among those that introduced themselves that the list does not know."""
    known = members(session, place).members
    found = []
    for profile in said:
        sign, age = profile.keys.get("sign"), profile.keys.get("age")
        if not (primitives.are_public_keys(sign, age) and sign and age):
            continue
        keys = PublicKeys(sign, age)
        if all(entry.keys != keys for entry in known.entries(profile.replica)):
            found.append(Request(profile, keys))
    return found


def approve(
    session: Session, place: MembersPlace, said: list[Profile], typed: str, role: str
) -> tuple[Trusted, Member]:
    """Let in the laptop whose fingerprint was read out to us."""
    wanted = _fingerprint(typed, "FINGERPRINT")
    there = requests(session, place, said)
    found = [each for each in there if each.keys.fingerprint == wanted]
    if not found:
        raise NotFound(
            _("No laptop that asks to join has the fingerprint {fingerprint}.").format(
                fingerprint=wanted
            ),
            hint=_(
                "Do not approve another one instead: ask the person to read it out again, as "
                "`socius team keys` says it there."
            ),
        )
    if len(found) > 1:
        raise Ambiguous(
            _("Several files use the keys with the fingerprint {fingerprint}.").format(
                fingerprint=wanted
            ),
            hint=_("Ask which one is theirs, and have the other folders removed."),
            candidates=[each.profile.replica for each in found],
        )
    request, now = found[0], _moment(session)
    name = _name(request.profile.person, request.profile.computer, request.profile.replica)
    entry = Member(request.profile.replica, name, *request.keys, role, now)

    def change(old: Members) -> Members:
        other = old.current(entry.replica)
        if other is not None:
            raise RuleBroken(
                _("{name} is a member with other keys.").format(name=clean(other.name)),
                hint=_("Revoke those first: `socius team revoke FOLDER {replica}`.").format(
                    replica=entry.replica
                ),
            )
        return old._replace(members=(*old.members, entry), made_at=now)

    return _change(session, place, change), entry


def revoke(
    session: Session, place: MembersPlace, typed: str, until: int | None = None
) -> tuple[Trusted, Member]:
    """Take a laptop's right away, from a place in its journal on.

    That is the place up to which this file has what it made, unless another is given.
    """
    entry = _wanted(members(session, place).members, typed)
    if until is None:
        until = session.read(places).get(entry.replica, 0)
    now = _moment(session)
    gone = entry._replace(revoked=now, until=until)

    def change(old: Members) -> Members:
        return old._replace(
            members=tuple(gone if each.key == entry.key else each for each in old.members),
            made_at=now,
        )

    return _change(session, place, change), gone


def recover(session: Session, place: MembersPlace, key: RecoveryKey) -> tuple[Trusted, RecoveryKey]:
    """Make this laptop that of a director with the key on paper; gives the key that replaces it.

    The old key stays with the keys of this laptop, to open what was sealed before.
    """
    known = members(session, place).members
    if known.recovery != key.public:
        raise RuleBroken(
            _("This is not the recovery key of this team, or another has taken its place."),
            hint=_("The fingerprint of the key that counts is {fingerprint}.").format(
                fingerprint=known.recovery.fingerprint
            ),
        )
    keys, following, now = devices.device_keys().keys, new_recovery_key(), _moment(session)
    own = _own_entry(session, keys, now)

    def change(old: Members) -> Members:
        kept = []
        for each in old.members:
            if each.key == own.key and each.revoked:
                raise RuleBroken(
                    _("This laptop was revoked with the keys that it has."),
                    hint=_("Remove {path}, so that it makes new ones, and try again.").format(
                        path=clean(str(devices.keys_path()))
                    ),
                )
            if each.key == own.key:
                continue
            if each.replica == own.replica and not each.revoked:
                here = session.read(places).get(own.replica, 0)
                each = each._replace(revoked=now, until=here)
            kept.append(each)
        devices.also_open(key.identity)  # before the list says that another took its place
        return old._replace(members=(*kept, own), recovery=following.public, made_at=now)

    return publish(place, Memory(own.replica), change, key.seed), following


def renew(session: Session, place: MembersPlace) -> tuple[Trusted, RecoveryKey]:
    """Put a new recovery key in the place of the one on paper, which was lost or seen."""
    following, now = new_recovery_key(), _moment(session)

    def change(old: Members) -> Members:
        return old._replace(recovery=following.public, made_at=now)

    return _change(session, place, change), following


def _met(trusted: Trusted) -> Trouble:
    return Trouble(
        NAME,
        _("This laptop meets the list of members for the first time.")
        + " "
        + _("Fingerprint of the team: {fingerprint}").format(fingerprint=trusted.team),
        _("Compare it with what `socius team members FOLDER` says on the laptop of a director."),
    )


def _change(session: Session, place: MembersPlace, change: Callable[[Members], Members]) -> Trusted:
    """The next version, signed by this laptop, which must be that of a director."""
    """Under another name of its file too: it is the keys that the others go by."""
    keys, replica = devices.maybe_keys(), replica_of(session)

    def checked(old: Members) -> Members:
        ours = [each for each in old.members if keys and each.keys == keys.public]
        if not any(each.may_sign_lists for each in ours):
            names = [each.name for each in old.members if each.may_sign_lists]
            raise RuleBroken(
                _("Only the laptop of a director changes the list of members."),
                hint=_("Ask {names}.").format(names=clean(", ".join(names))),
            )
        return change(old)

    return publish(place, Memory(replica), checked, keys.seed if keys else b"")


def _wanted(known: Members, typed: str) -> Member:
    """A member that was not revoked, by fingerprint, name or file. Raises NotFound."""
    there = [each for each in known.members if not each.revoked]
    mark, words = primitives.typed_fingerprint(typed), fold(typed.strip())
    found = [each for each in there if each.keys.fingerprint == mark or each.replica == words]
    found = found or [each for each in there if fold(each.name) == words]
    found = found or [each for each in there if words and words in fold(each.name)]
    if len(found) == 1:
        return found[0]
    names = [f"{clean(each.name)} ({each.keys.fingerprint})" for each in found or there]
    if found:
        raise Ambiguous(
            _("Several laptops are called “{name}”.").format(name=clean(typed, limit=60)),
            hint=_("Give the fingerprint: {names}.").format(names="; ".join(names)),
            candidates=names,
        )
    raise NotFound(
        _("No laptop in the list is called “{name}”.").format(name=clean(typed, limit=60)),
        hint=_("There are: {names}.").format(names="; ".join(names)),
        candidates=names,
    )


def _fingerprint(typed: str, field: str) -> str:
    found = primitives.typed_fingerprint(typed)
    if not found:
        raise InvalidInput(
            _("“{text}” is not a whole fingerprint.").format(text=clean(typed, limit=60)),
            field=field,
            hint=_("It has thirty digits, in six groups of five; dashes may be left out."),
        )
    return found


def _own_entry(session: Session, keys: DeviceKeys, now: str) -> Member:
    staff = {person.id: person.name for person in session.read(persons)}
    replica = replica_of(session)
    name = _name(staff.get(session.actor or "", ""), platform.node(), replica)
    return Member(replica, name, *keys.public, DIRECTOR, now)


def _name(person: str, computer: str, replica: str) -> str:
    name = f"{person} ({computer})" if person and computer else person or computer or replica
    return clean(name, limit=LONGEST_NAME)


def _moment(session: Session) -> str:
    return session.now.strftime("%Y-%m-%dT%H:%M:%SZ")


def _only_a_director(session: Session) -> None:
    actor = session.actor
    role = session.read(lambda connection: role_of(connection, actor)) if actor else ""
    if role != DIRECTOR:
        raise RuleBroken(
            _("Only a director begins to seal what the team exchanges."),
            hint=_("Say who you are with --as; `socius person list` shows who is director."),
        )
