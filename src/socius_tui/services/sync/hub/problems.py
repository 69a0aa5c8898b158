"""What PostgreSQL says, in sentences for people; never with a password in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from socius_tui.domain.text import clean
from socius_tui.errors import Forked, OutOfReach, RuleBroken, SociusError
from socius_tui.i18n import N_, _

if TYPE_CHECKING:
    import psycopg

_ASK: Final = N_("Ask who looks after the hub: `socius hub member add {login}` lets you in.")
_LATER: Final = N_("What went is safe. Try again later; it goes on where it was.")

#: By the code that PostgreSQL or the hub gives: what it is, a sentence, what to do.
_SAID: Final[dict[str, tuple[type[SociusError], str, str]]] = {
    "SO001": (
        Forked,
        N_("The hub {place} has other entries under the name of this file."),
        N_("A copy of the file, or an older backup of it, was used as well."),
    ),
    "SO002": (
        RuleBroken,
        N_("The hub {place} refuses entries that do not follow those it has."),
        N_("Exchange again: what is missing goes first then."),
    ),
    "SO003": (RuleBroken, N_("The login {login} does not belong to this team on {place}."), _ASK),
    "SO004": (
        RuleBroken,
        N_("This laptop was shut out of the hub {place}, or its login was."),
        N_("What is in the file stays. Ask who looks after the hub why, and for a new login."),
    ),
    "SO005": (
        RuleBroken,
        N_("This file came to the hub {place} with another login before."),
        N_("Use that login again, or begin a new file from what the hub has."),
    ),
    "SO006": (
        RuleBroken,
        N_("The login {login} may read on {place} and add nothing."),
        N_("Ask who looks after the hub for another role."),
    ),
    "28P01": (
        RuleBroken,
        N_("The hub {place} does not take the password of {login}."),
        N_("Look at PGPASSWORD, ~/.pgpass, the service file or the keyring: the first is used."),
    ),
    "28000": (RuleBroken, N_("The hub {place} does not let {login} in: {reason}"), _ASK),
    "3D000": (
        RuleBroken,
        N_("There is no such database: {place}."),
        N_("Make it with `createdb`, then `socius hub init`."),
    ),
    "42501": (RuleBroken, N_("The login {login} may not do that on {place}."), _ASK),
    "25006": (
        RuleBroken,
        N_("{place} is a copy that can only be read."),
        N_("Give the address of the server that it is a copy of."),
    ),
    "55P03": (OutOfReach, N_("Another program keeps the hub {place} busy."), _LATER),
    "53100": (
        OutOfReach,
        N_("The disk of the hub {place} is full."),
        N_("Tell who looks after it; nothing is lost, and exchanging again goes on."),
    ),
}
#: The schema of the hub, or a part of it, is not there.
_NO_HUB: Final = ("3F000", "42P01", "42883", "42703")
_PASSING: Final = ("08", "53", "57")  # classes of codes that another try may not give

#: Whoever is not let in gets no code from libpq, only words; in another language than these
#: they are taken for something that passes, and shown.
_WORDS: Final = (
    ("password authentication failed", "28P01"),
    ('database "', "3D000"),
    ('role "', "28000"),
    ("authentication failed", "28000"),
    ("no pg_hba.conf entry", "28000"),
    ("permission denied for database", "28000"),
    ("not permitted to log in", "28000"),
)

LONGEST: Final = 300


def no_hub(place: str) -> RuleBroken:
    """In this database there is no hub."""
    return RuleBroken(
        _("There is no hub in {place} yet.").format(place=place),
        field="place",
        hint=_("Who looks after the database makes it with `socius hub init`."),
    )


def in_words(error: psycopg.Error, place: str, login: str) -> SociusError:
    """What PostgreSQL said, as an error of ours."""
    code = _code(error)
    reason = clean(str(error).strip().partition("\n")[0], limit=LONGEST)
    if code in _NO_HUB:
        return no_hub(place)
    if code in _SAID:
        kind, sentence, hint = _SAID[code]
        message = _(sentence).format(place=place, login=login, reason=reason)
        return kind(message, hint=_(hint).format(login=login))
    if is_passing(error):
        return OutOfReach(
            _("The hub {place} cannot be reached: {reason}").format(place=place, reason=reason),
            hint=_(_LATER),
        )
    if not code and _about_proof(reason):
        return RuleBroken(
            _("{place} cannot prove that it is the hub: {reason}").format(
                place=place, reason=reason
            ),
            hint=_("Nothing was sent. Its certificate must be known here: see docs/hub.md, TLS."),
        )
    return RuleBroken(
        _("The hub {place} refuses: {reason}").format(place=place, reason=reason),
        hint=_("Nothing of it was kept there. Tell who looks after the hub."),
    )


def is_passing(error: psycopg.Error) -> bool:
    """Whether trying again may help: a server that starts, is full, or a line that broke."""
    from psycopg import InterfaceError, OperationalError

    if code := _code(error):
        return code[:2] in _PASSING
    if isinstance(error, InterfaceError):
        return True
    return isinstance(error, OperationalError) and not _about_proof(str(error))


def _code(error: psycopg.Error) -> str:
    if error.sqlstate:
        return error.sqlstate
    _before, fatal, words = str(error).partition("FATAL:")
    return next((code for part, code in _WORDS if part in words), "") if fatal else ""


def _about_proof(reason: str) -> bool:
    return "certificate" in reason or "SSL" in reason
