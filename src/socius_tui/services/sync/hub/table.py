"""The table of the laptops and members of a hub, for the terminal and for scripts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from socius_tui.domain.dates import format_moment
from socius_tui.domain.exchanged import Profile
from socius_tui.i18n import N_, _, get_language
from socius_tui.services.exchange.tables import Column, Table
from socius_tui.services.wording import word

if TYPE_CHECKING:
    from socius_tui.services.sync.hub.administration import Line


def hub_table(lines: Sequence[Line]) -> Table:
    """Who may come with what login, with which laptop, and what came from it until when."""
    several = len({line.team for line in lines}) > 1
    return Table(
        (
            Column("team", N_("Team"), "text", lambda line: line.team, seen=several),
            Column("login", N_("Login"), "text", lambda line: line.login),
            Column("role", N_("Role"), "code", lambda line: line.role,
                   lambda line: word(line.role) if line.role else "–"),
            Column("replica", N_("Laptop"), "text",
                   lambda line: line.peer.replica if line.peer else ""),
            Column("computer", N_("Computer"), "text", _said(lambda profile: profile.computer)),
            Column("person", N_("Person"), "text", _said(lambda profile: profile.person)),
            Column("packets", N_("Entries"), "number", lambda line: line.packets),
            Column("reached", N_("Up to"), "number", lambda line: line.reached, seen=False),
            Column("first_at", N_("First entry"), "text", lambda line: _iso(line.first_at),
                   seen=False),
            Column("last_at", N_("Last entry"), "text", lambda line: _iso(line.last_at),
                   lambda line: _moment(line.last_at)),
            Column("said_at", N_("Seen"), "text", lambda line: _iso(line.said_at),
                   lambda line: _moment(line.said_at)),
            Column("program", N_("Program"), "text", _said(lambda profile: profile.program),
                   seen=False),
            Column("state", N_("State"), "code", _state, lambda line: _state_shown(line)),
        ),
        lines,
    )  # fmt: skip


def _said(get: Callable[[Profile], str]) -> Callable[[Line], str]:
    return lambda line: get(line.peer.profile) if line.peer and line.peer.profile else ""


def _iso(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""


def _moment(at: datetime | None) -> str:
    return format_moment(at.astimezone(), get_language()) if at else ""


def _state(line: Line) -> str:
    if line.revoked:
        return "revoked"
    if line.barred:
        return "barred"
    return "member" if line.role else "gone"


def _state_shown(line: Line) -> str:
    return {
        "revoked": _("shut out"),
        "barred": _("login shut out"),
        "gone": _("no member any more"),
        "member": _("member"),
    }[_state(line)]
