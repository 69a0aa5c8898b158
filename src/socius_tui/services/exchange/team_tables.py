"""The tables of members and of laptops that ask to join, for the terminal and for scripts."""

from __future__ import annotations

from collections.abc import Sequence

from socius_tui.i18n import N_, _
from socius_tui.services.exchange.tables import Column, Table
from socius_tui.services.sync.sealing.members import Member
from socius_tui.services.sync.sealing.team import Request


def members_table(found: Sequence[Member]) -> Table:
    """A laptop a row; one that was revoked stays, with what of it still counts."""
    return Table(
        (
            Column("replica", N_("Laptop"), "id", lambda x: x.replica, seen=False),
            Column("name", N_("Name"), "text", lambda x: x.name, flow="wrap"),
            Column("role", N_("Role"), "code", lambda x: x.role),
            Column("fingerprint", N_("Fingerprint"), "text", lambda x: x.keys.fingerprint),
            Column("since", N_("Since"), "text", lambda x: x.since, lambda x: x.since[:10]),
            Column("revoked", N_("Revoked"), "text", lambda x: x.revoked or None, _revoked),
            Column("until", N_("Counts up to"), "number", _until, seen=False),
            Column("sign", N_("Signs with"), "text", lambda x: x.sign, seen=False),
            Column("age", N_("Opens with"), "text", lambda x: x.age, seen=False),
        ),
        found,
    )


def requests_table(found: Sequence[Request]) -> Table:
    """A laptop a row, as it says itself."""
    return Table(
        (
            Column("replica", N_("Laptop"), "id", lambda x: x.profile.replica, seen=False),
            Column("person", N_("Person"), "text", lambda x: x.profile.person, flow="wrap"),
            Column("computer", N_("Computer"), "text", lambda x: x.profile.computer, flow="wrap"),
            Column("role", N_("Role"), "text", lambda x: x.profile.role),
            Column("fingerprint", N_("Fingerprint"), "text", lambda x: x.keys.fingerprint),
            Column("said_at", N_("Said at"), "text", lambda x: x.profile.said_at, seen=False),
        ),
        found,
    )


def _revoked(member: Member) -> str:
    if not member.revoked:
        return ""
    return _("{day}, counts up to place {place}").format(
        day=member.revoked[:10], place=member.until
    )


def _until(member: Member) -> int | None:
    return member.until if member.revoked else None
