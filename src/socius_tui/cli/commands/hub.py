"""`socius hub`: looking after the PostgreSQL through which laptops exchange."""

from __future__ import annotations

import os
from typing import Final

import click

from socius_tui.cli.context import State
from socius_tui.cli.output import emit, print_line, tell, tell_aside
from socius_tui.cli.parts import Command, Group, Words, argument, format_option, option
from socius_tui.errors import InvalidInput
from socius_tui.i18n import N_, _, ngettext

HUB_VARIABLE: Final = "SOCIUS_HUB"


@click.group(
    "hub",
    cls=Group,
    help=N_(
        "The hub: a PostgreSQL through which laptops exchange.\n\n"
        "It is looked after with the login that made it. Each laptop has a login of its own, which "
        "can add entries and read, and change or delete nothing. No password is ever typed here: "
        "see docs/hub.md."
    ),
    examples=(
        "socius hub init postgresql://owner@hub.example.org/socius",
        "export SOCIUS_HUB=postgresql://owner@hub.example.org/socius",
        "socius hub member add an --role contact_person",
        "socius hub status",
    ),
)
def COMMAND() -> None:
    """The group."""


@COMMAND.group("member", cls=Group, help=N_("Who may exchange through the hub: add, remove."))
def member() -> None:
    """The group of members."""


_url = argument(
    "url", metavar="URL", required=False, help=N_("Address of the hub; else SOCIUS_HUB.")
)
_hub = option("--hub", "url", metavar="URL", help=N_("Address of the hub; else SOCIUS_HUB."))
_team = option("--team", metavar=N_("TEAM"), help=N_("Which team, where the hub is for several."))
_login = argument("login", metavar="LOGIN", help=N_("A login of the PostgreSQL server."))


def _address(url: str | None) -> str:
    """The address that was given. Raises InvalidInput when none was."""
    found = url or os.environ.get(HUB_VARIABLE, "")
    if not found:
        raise InvalidInput(
            _("The address of the hub is missing."),
            field="URL",
            hint=_("Give it, or put it in SOCIUS_HUB: postgresql://LOGIN@HOST/NAME"),
        )
    return found


@COMMAND.command(
    "init",
    help=N_(
        "Make a hub in a database, or bring it up to date.\n\n"
        "The database is there already, and the login owns it and can make roles (CREATEROLE). "
        "Done again it changes nothing."
    ),
    examples=("socius hub init postgresql://owner@hub.example.org/socius",),
)
@_url
@click.pass_obj
def init(_state: State, url: str | None) -> None:
    """Make or upgrade the hub."""
    from socius_tui.services.sync.hub.administration import make

    made = make(_address(url))
    if made.before == made.now:
        tell(_("The hub {place} is up to date.").format(place=made.place))
    elif made.before:
        tell(
            _("The hub {place} was brought from version {before} to {now}.").format(
                place=made.place, before=made.before, now=made.now
            )
        )
    else:
        tell(_("There is a hub in {place} now.").format(place=made.place))
        tell_aside(_("Let somebody in: socius hub member add LOGIN --role contact_person"))


@member.command(
    "add",
    cls=Command,
    help=N_(
        "Let a login in, or give it another role.\n\n"
        "The server knows the login already (createuser). A reader adds nothing. Who was shut out "
        "with a laptop is let in again by this."
    ),
    examples=("socius hub member add an --role director",),
)
@_login
@option(
    "--role",
    type=Words("contact_person", "director", "reader"),
    default="contact_person",
    help=N_("What they may do; else contact_person."),
)
@_hub
@_team
@click.pass_obj
def add(_state: State, login: str, role: str, url: str | None, team: str | None) -> None:
    """Add a member."""
    from socius_tui.services.sync.hub.administration import Hub
    from socius_tui.services.wording import word

    with Hub(_address(url), team=team) as hub:
        hub.add_member(login, role)
        tell(
            _("{login} is a member on {place}: {role}.").format(
                login=login, place=hub.place, role=word(role)
            )
        )


@member.command(
    "remove",
    cls=Command,
    help=N_("Let a login in no more; what came from it stays."),
    examples=("socius hub member remove an",),
)
@_login
@_hub
@_team
@click.pass_obj
def remove(_state: State, login: str, url: str | None, team: str | None) -> None:
    """Remove a member."""
    from socius_tui.services.sync.hub.administration import Hub

    with Hub(_address(url), team=team) as hub:
        hub.remove_member(login)
        tell(_("{login} is no member on {place} any more.").format(login=login, place=hub.place))


@COMMAND.command(
    "revoke",
    help=N_(
        "Shut a laptop out, at once: it was lost, or stolen.\n\n"
        "Its login is shut out too, since who has the laptop may have the password. Change that, "
        "then let the login in again: `socius hub member add`. What came from the laptop stays."
    ),
    examples=("socius hub revoke 3f9a0c",),
)
@argument(
    "replica", metavar="REPLICA", help=N_("The laptop in `socius hub status`; its first signs do.")
)
@_hub
@_team
@click.pass_obj
def revoke(_state: State, replica: str, url: str | None, team: str | None) -> None:
    """Revoke a laptop."""
    from socius_tui.services.sync.hub.administration import Hub

    with Hub(_address(url), team=team) as hub:
        whole, login = hub.revoke(replica)
        tell(
            _("Laptop {replica} and the login {login} are shut out of {place}.").format(
                replica=whole, login=login, place=hub.place
            )
        )
        tell_aside(
            _(
                "Change the password of {login}, then let it in: socius hub member add {login}"
            ).format(login=login)
        )


@COMMAND.command(
    "status",
    help=N_("Who may come to the hub, and what came from each laptop and when."),
    examples=("socius hub status", "socius hub status --format json"),
)
@_url
@_team
@format_option
@click.pass_obj
def status(_state: State, url: str | None, team: str | None, form: str) -> None:
    """Print who is there and what came."""
    from socius_tui.services.sync.hub.administration import Hub
    from socius_tui.services.sync.hub.table import hub_table

    with Hub(_address(url), team=team) as hub:
        lines = hub.lines()
        place = hub.place
    if form != "table" or lines:
        emit(hub_table(lines), form)
    if form != "table":
        return
    if not lines:
        print_line(_("Nobody may come to this hub yet; `socius hub member add` lets somebody in."))
        return
    laptops = sum(line.peer is not None for line in lines)
    entries = sum(line.packets for line in lines)
    tell(
        ngettext(
            "{place}: {n} laptop, entries: {entries}", "{place}: {n} laptops, entries: {entries}",
            laptops,
        ).format(place=place, n=laptops, entries=entries)
    )  # fmt: skip
