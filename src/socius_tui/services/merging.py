"""Two organisations in the register that are one: found, and made one."""

from __future__ import annotations

from typing import Final, NamedTuple

from socius_tui.domain.titles import said
from socius_tui.errors import InvalidInput
from socius_tui.i18n import _
from socius_tui.services.likeness import Known, Likeness
from socius_tui.services.operation import UseCase
from socius_tui.services.rules import present
from socius_tui.services.session import Session
from socius_tui.store import lookups
from socius_tui.store.merging import moved_rows
from socius_tui.store.unit_of_work import Transaction

#: What the one that stays takes over where it is empty.
_FILLED: Final = (
    "code", "subtype_id", "enterprise_number", "municipality", "size", "participation",
    "federation", "recognised_from", "recognised_until", "note",
)  # fmt: skip


class Alike(NamedTuple):
    """Two organisations that may be one; `why` is "enterprise_number" or "name"."""

    one: Known
    other: Known
    why: str


def duplicates(session: Session) -> list[Alike]:
    """Pairs in the register that may be one: the same enterprise number, or much alike."""
    rows = session.read(lambda connection: list(lookups.organisation_keys(connection)))
    likeness = Likeness()
    numbers: dict[str, list[str]] = {}
    for identifier, code, number, name, municipality, own in rows:
        if identifier != own:  # a name that was merged into it
            continue
        likeness.add(identifier, code, name, municipality)
        if number:
            numbers.setdefault(number, []).append(identifier)
    known = {each.id: each for each in likeness.everyone()}
    same = [
        Alike(known[one], known[other], "enterprise_number")
        for some in numbers.values()
        for place, one in enumerate(some)
        for other in some[place + 1 :]
    ]
    told = {(pair.one.id, pair.other.id) for pair in same}
    return same + [
        Alike(one, other, "name")
        for one, other in likeness.pairs()
        if (one.id, other.id) not in told and (other.id, one.id) not in told
    ]


class MergeOrganisations(UseCase):
    """One of two organisations stays; all that belongs to the other moves to it.

    The other is taken out and says which one it is, so that a list that still has it is
    understood. What is empty in the one that stays is taken over.
    """

    keep_id: str
    other_id: str

    def apply(self, transaction: Transaction) -> str:
        """Move, fill in, take out."""
        if self.keep_id == self.other_id:
            raise InvalidInput(
                _("These are one and the same organisation already."),
                field="other_id",
                hint=_("Name the two that are one."),
            )
        connection = transaction.connection
        columns = ("name", *_FILLED)
        keep = lookups.row_of(connection, "organisation", self.keep_id, columns)
        other = lookups.row_of(connection, "organisation", self.other_id, columns)
        present(keep or None, field="keep_id")
        present(other or None, field="other_id")
        for table, identifier in moved_rows(connection, self.other_id):
            transaction.change(table, identifier, {"organisation_id": self.keep_id})
        filled = {name: other[name] for name in _FILLED if other[name] and not keep[name]}
        if filled:
            transaction.change("organisation", self.keep_id, filled)
        transaction.change("organisation", self.other_id, {"merged_into_id": self.keep_id})
        transaction.retire("organisation", self.other_id)
        return said(
            "{other} merged with {organisation}",
            other=str(other["name"]),
            organisation=str(keep["name"]),
        )
