"""`socius team`: which laptops may read what the team exchanges, and what proves who made it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from socius_tui.cli.context import State
from socius_tui.cli.output import emit, print_line, print_sheet, tell, tell_aside, tell_wrapped
from socius_tui.cli.parts import Group, Words, argument, format_option, option
from socius_tui.domain.text import clean
from socius_tui.i18n import N_, _

if TYPE_CHECKING:
    from socius_tui.domain.exchanged import Trouble
    from socius_tui.services.sync.sealing.folder import FolderPlace
    from socius_tui.services.sync.sealing.recovery import RecoveryKey
    from socius_tui.services.sync.sealing.trusting import Trusted

_LONGEST_TYPED: Final = 20_000


@click.group(
    "team",
    cls=Group,
    help=N_(
        "Seal what the team exchanges through a shared folder.\n\n"
        "What is sealed can be read by the laptops in the list of members and by nobody else, "
        "and says which of them made it. A director makes the list and signs it. A laptop "
        "joins by its fingerprint, which its owner reads out over the phone."
    ),
)
def COMMAND() -> None:
    """The group."""


_folder = argument("folder", metavar=N_("FOLDER"), help=N_("The shared folder of the team."))


@COMMAND.command(
    "keys",
    help=N_(
        "The fingerprint of this laptop; makes its keys where it has none.\n\n"
        "The secret keys stay in the keyring of this computer, or in a file that only you can "
        "read. Read the fingerprint out to a director to be let in."
    ),
)
def keys() -> None:
    """Make or show the keys of this laptop."""
    from socius_tui.services.sync.sealing.keys import KEYRING, device_keys, keys_path

    kept = device_keys()
    public = kept.keys.public
    print_sheet(
        _("The keys of this laptop"),
        [
            (_("Fingerprint"), public.fingerprint),
            (
                _("Kept in"),
                _("the keyring of this computer") if kept.where == KEYRING else str(keys_path()),
            ),
            (_("Signs with"), public.sign),
            (_("Opens with"), public.age),
        ],
    )


@COMMAND.command(
    "seal",
    help=N_(
        "Begin to seal what the team exchanges through a folder.\n\n"
        "Only a director can. It makes the list of members, with this laptop in it, and prints "
        "the recovery key once: on paper, that is what remains when every laptop is lost."
    ),
    examples=("socius team seal ~/Team",),
)
@_folder
@click.pass_obj
def seal(state: State, folder: str) -> None:
    """Make the first list."""
    from socius_tui.services.sync.sealing.team import start

    with state.session() as session:
        state.be_someone(session)
        made, recovery = start(session, _place(folder))
    tell(_("From now on what is put in {folder} is sealed.").format(folder=folder))
    _print_paper(recovery, made)


@COMMAND.command(
    "requests",
    help=N_("The laptops that introduced themselves and are not in the list, with fingerprints."),
)
@_folder
@format_option
@click.pass_obj
def requests_(state: State, folder: str, form: str) -> None:
    """Print who asks to join."""
    from socius_tui.services.exchange.team_tables import requests_table
    from socius_tui.services.sync.sealing.folder import introductions
    from socius_tui.services.sync.sealing.team import requests

    with state.session() as session:
        found = requests(session, _place(folder), introductions(_path(folder)))
    if not found and form == "table":
        tell(_("No laptop asks to join."))
        return
    emit(requests_table(found), form)
    if form == "table":
        print_line("")
        tell_wrapped(
            _(
                "Call each of them and let them read out what `socius team keys` says there. "
                "Approve only what is the same."
            )
        )


@COMMAND.command(
    "approve",
    help=N_(
        "Let in the laptop with this fingerprint.\n\n"
        "Only the laptop of a director can. Let its owner read the fingerprint out, in person "
        "or over the phone: the folder itself proves nothing."
    ),
    examples=("socius team approve ~/Team 12345-67890-12345-67890-12345-67890",),
)
@_folder
@argument("fingerprint", metavar=N_("FINGERPRINT"), help=N_("Thirty digits, as they were read."))
@option(
    "--role",
    type=Words("contact_person", "director", "reader"),
    default="contact_person",
    help=N_("A director can also change the list of members."),
)
@click.pass_obj
def approve_(state: State, folder: str, fingerprint: str, role: str) -> None:
    """Add a member."""
    from socius_tui.services.sync.sealing.folder import introductions
    from socius_tui.services.sync.sealing.team import approve

    with state.session() as session:
        said = introductions(_path(folder))
        made, entry = approve(session, _place(folder), said, fingerprint, role)
    tell(
        _("{name} is a member now; the list has version {version}.").format(
            name=entry.name, version=made.members.version
        )
    )
    tell_wrapped(
        _("Exchange now, with `socius sync`: then what was sealed before this opens there too.")
    )


@COMMAND.command(
    "revoke",
    help=N_(
        "A laptop is lost, or somebody leaves: seal nothing more for it.\n\n"
        "What it made up to what this file has of it still counts, what comes later does not. "
        "What it could read already it can still read."
    ),
    examples=('socius team revoke ~/Team "An Peeters"',),
)
@_folder
@argument("who", metavar=N_("NAME|FINGERPRINT"), help=N_("The laptop, as the list names it."))
@option(
    "--until",
    metavar=N_("PLACE"),
    help=N_("The last place in its journal that counts; else what this file has of it."),
)
@click.pass_obj
def revoke_(state: State, folder: str, who: str, until: str | None) -> None:
    """Take a member's right away."""
    from socius_tui.services.sync.sealing.team import revoke

    place = None if until is None else _number(until)
    with state.session() as session:
        made, gone = revoke(session, _place(folder), who, place)
    tell(
        _("{name} was revoked; the list has version {version}.").format(
            name=gone.name, version=made.members.version
        )
    )
    tell_wrapped(
        _(
            "What that laptop made up to place {place} of its journal counts. Take away its "
            "access to the folder as well: it can still read what was sealed before."
        ).format(place=gone.until)
    )


@COMMAND.command(
    "members",
    help=N_(
        "The laptops in the list, and the fingerprints of the list and of the team.\n\n"
        "The fingerprint of the team is the same on every laptop: compare it with a director."
    ),
)
@_folder
@option(
    "--trust",
    metavar=N_("FINGERPRINT"),
    help=N_("Begin anew with the list that is there, if it has this fingerprint."),
)
@format_option
@click.pass_obj
def members_(state: State, folder: str, trust: str | None, form: str) -> None:
    """Print the list."""
    from socius_tui.services.exchange.team_tables import members_table
    from socius_tui.services.sync.sealing.team import members

    with state.session() as session:
        found = members(session, _place(folder), trust=trust or "")
    emit(members_table(found.members.members), form)
    if form == "table":
        print_line("")
        _print_fingerprints(found)
    _complain(found.troubles)


@COMMAND.command(
    "recover",
    help=N_(
        "Make this laptop that of a director, with the recovery key on paper.\n\n"
        "For when no laptop of a director is left. It asks for the key, or reads it from "
        "stdin; a new recovery key takes its place and is printed once."
    ),
)
@_folder
@click.pass_obj
def recover_(state: State, folder: str) -> None:
    """Read the key and make the next list."""
    from socius_tui.services.sync.sealing.recovery import typed_key
    from socius_tui.services.sync.sealing.team import recover

    key = typed_key(_typed())
    with state.session() as session:
        state.be_someone(session)
        made, following = recover(session, _place(folder), key)
    tell(
        _("This laptop is that of a director now; the list has version {version}.").format(
            version=made.members.version
        )
    )
    tell_wrapped(_("Destroy the old paper. This is the recovery key from now on:"))
    _print_paper(following, made)


@COMMAND.command(
    "paper",
    help=N_(
        "Make a new recovery key in place of the one on paper, and print it once.\n\n"
        "For when the paper was lost or seen by somebody. Only the laptop of a director can. "
        "The old key still opens what was sealed before, and nothing that comes after."
    ),
)
@_folder
@click.pass_obj
def paper_(state: State, folder: str) -> None:
    """Replace the recovery key."""
    from socius_tui.services.sync.sealing.team import renew

    with state.session() as session:
        made, following = renew(session, _place(folder))
    tell_wrapped(_("Destroy the old paper. This is the recovery key from now on:"))
    _print_paper(following, made)


def _print_paper(recovery: RecoveryKey, made: Trusted) -> None:
    from socius_tui.services.sync.sealing.recovery import paper

    print_line("")
    for line in paper(recovery, made.team).splitlines():
        print_line(line)
    _complain(made.troubles)


def _print_fingerprints(found: Trusted) -> None:
    version = found.members.version
    for label, mark in (
        (_("Fingerprint of the team:"), found.team),
        (_("Fingerprint of the list:"), found.members.fingerprint),
        (_("Fingerprint of the recovery key:"), found.members.recovery.fingerprint),
    ):
        print_line(f"{label} {mark}")
    print_line(_("Version of the list: {version}").format(version=version))
    if found.is_new:
        tell_wrapped(
            _("This laptop meets this list for the first time: compare it with a director.")
        )


def _complain(troubles: Sequence[Trouble]) -> None:
    for trouble in troubles:
        tell_aside(f"{trouble.name}: {trouble.sentence} {trouble.hint}".rstrip())


def _path(folder: str) -> Path:
    from socius_tui.services.folders import whole

    return whole(folder)


def _place(folder: str) -> FolderPlace:
    from socius_tui.services.sync.sealing.folder import FolderPlace

    return FolderPlace(_path(folder))


def _number(typed: str) -> int:
    from socius_tui.errors import InvalidInput

    if not (typed.isascii() and typed.isdecimal() and len(typed) <= 15):
        raise InvalidInput(
            _("--until: “{value}” is not a place in a journal.").format(
                value=clean(typed, limit=40)
            ),
            field="--until",
            hint=_("Give a whole number, 0 for nothing of it."),
        )
    return int(typed)


def _typed() -> str:
    """What is typed up to an empty line at a terminal, else all of stdin."""
    if sys.stdin is None:
        return ""
    if not sys.stdin.isatty():
        return sys.stdin.read(_LONGEST_TYPED)
    tell_wrapped(_("Type the recovery key, over several lines if you like; then an empty line."))
    lines: list[str] = []
    read: Callable[[int], str] = sys.stdin.readline
    while (line := read(_LONGEST_TYPED)).strip():
        lines.append(line)
    return "".join(lines)
