"""Short handles for rows: six letters and digits to type instead of an id of 36.

A handle is worked out from the id and stored nowhere, so it is the same on every laptop. Two
rows can share one (a pair in a thousand million); then both are listed.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from socius_tui.domain.text import clean
from socius_tui.errors import Ambiguous, NotFound
from socius_tui.i18n import _
from socius_tui.store.row_ids import Coded, row_ids

if TYPE_CHECKING:
    from socius_tui.services.session import Session

LENGTH: Final = 6
LEAST: Final = 3  # characters that somebody has to type

_LISTED: Final = 10

# Without i, l, o and u: they are read as other signs, or make words.
_ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_LOOKALIKES: Final = str.maketrans("ilo", "110")


def handle(identifier: str) -> str:
    """The handle of a row id."""
    number = zlib.crc32(identifier.encode("utf-8", "surrogatepass"))
    digits = []
    for _place in range(LENGTH):
        digits.append(_ALPHABET[number & 31])
        number >>= 5
    return "".join(digits)


def by_handle(typed: str, identifiers: Iterable[str]) -> list[str]:
    """The ids that a typed handle (its first characters will do) or id stands for."""
    wanted = typed.strip().lower()
    if len(wanted) < LEAST:
        return []
    if len(wanted) > LENGTH:
        return [i for i in identifiers if i.startswith(wanted)]
    wanted = wanted.translate(_LOOKALIKES)
    return [i for i in identifiers if handle(i).startswith(wanted)]


def the_one(
    found: Sequence[str], label: Callable[[str], str], typed: str, what: str, see: str
) -> str:
    """The only id in `found`; `label` describes one where there are several.

    `what` is the word for the kind of row, `see` the command that lists them. Raises NotFound
    or Ambiguous.
    """
    if len(found) == 1:
        return found[0]
    shown = clean(typed, limit=80)
    if not found:
        raise NotFound(
            _("There is no {what} “{typed}”.").format(what=what, typed=shown),
            field=what,
            hint=_("`{command}` shows the short code of each.").format(command=see),
        )
    listed = [f"{handle(i)} {clean(label(i), limit=100)}" for i in found[:_LISTED]]
    raise Ambiguous(
        _("“{typed}” can be several: {candidates}.").format(
            typed=shown, candidates="; ".join(listed) + ("; …" if len(found) > _LISTED else "")
        ),
        field=what,
        hint=_("Type more of the short code."),
        candidates=listed,
    )


def by_handle_in(session: Session, table: Coded, typed: str) -> list[str]:
    """The ids of a table's rows in use that a typed handle or id stands for."""
    if len(typed.strip()) < LEAST:
        return []
    return by_handle(typed, session.read(lambda connection: row_ids(connection, table)))
