"""Two organisations that are one: found, merged, and taken apart again."""

from __future__ import annotations

from datetime import date

import pytest

from socius_tui.domain.filters import VisitFilter
from socius_tui.errors import InvalidInput, SociusError
from socius_tui.services.log import follow_up_list, visit_log
from socius_tui.services.merging import MergeOrganisations, duplicates
from socius_tui.services.register import organisation
from socius_tui.services.resolve import find_organisation
from socius_tui.services.session import Session
from socius_tui.services.undoing import take_back
from socius_tui.services.visiting import LogVisit, Promise
from socius_tui.store.unit_of_work import Transaction
from tests.torture.using import agrees, rows


class Give:
    """Gives an organisation other values."""

    def __init__(self, identifier: str, **values: str) -> None:
        self._identifier, self._values = identifier, values

    def apply(self, transaction: Transaction) -> str:
        """Write them."""
        transaction.change("organisation", self._identifier, self._values)
        return "given"


@pytest.fixture
def pair(fresh: Session) -> tuple[str, str]:
    """VER-01 and VER-02, each with a visit; the second also knows where it is."""
    keep, other = (find_organisation(fresh, code).id for code in ("VER-01", "VER-02"))
    for identifier in (keep, other):
        promise = Promise.of(what="Terugbellen")
        fresh.write(
            LogVisit.of(
                organisation_id=identifier, visited_on=date(2016, 3, 14), promises=(promise,)
            )
        )
    fresh.write(Give(other, federation="De Federatie", note="Van de andere"))
    return keep, other


def merge(session: Session, pair: tuple[str, str]) -> None:
    """Make one of them."""
    session.write(MergeOrganisations.of(keep_id=pair[0], other_id=pair[1]))


def test_everything_moves_and_what_is_empty_is_taken_over(
    fresh: Session, pair: tuple[str, str]
) -> None:
    before = organisation(fresh, pair[0])
    merge(fresh, pair)
    after = organisation(fresh, pair[0])
    assert before is not None
    assert after is not None
    assert (after.name, after.code, after.federation) == (before.name, "VER-01", "De Federatie")
    assert after.note == (before.note or "Van de andere")
    assert organisation(fresh, pair[1]) is None
    assert len(visit_log(fresh, VisitFilter(organisation_id=pair[0]))) == 2
    assert len(follow_up_list(fresh, organisation_id=pair[0])) == 2
    assert agrees(fresh)


def test_undo_restores_everything_row_for_row(fresh: Session, pair: tuple[str, str]) -> None:
    before = rows(fresh)
    merge(fresh, pair)
    assert rows(fresh) != before
    take_back(fresh, "undo")
    assert rows(fresh) == before
    assert agrees(fresh)


def test_one_does_not_merge_with_itself_or_with_what_is_gone(
    fresh: Session, pair: tuple[str, str]
) -> None:
    with pytest.raises(InvalidInput):
        merge(fresh, (pair[0], pair[0]))
    merge(fresh, pair)
    before = rows(fresh)
    for wrong in (pair, pair[::-1], (pair[0], "nobody")):
        with pytest.raises(SociusError):
            merge(fresh, (wrong[0], wrong[1]))
    assert rows(fresh) == before


def test_duplicates_by_number_and_by_name(fresh: Session, pair: tuple[str, str]) -> None:
    assert duplicates(fresh) == []
    for identifier in pair:
        fresh.write(Give(identifier, enterprise_number="0403019261"))
    (found,) = duplicates(fresh)
    assert ({found.one.id, found.other.id}, found.why) == (set(pair), "enterprise_number")
    merge(fresh, pair)
    assert duplicates(fresh) == []
    third, fourth = (find_organisation(fresh, code).id for code in ("VER-03", "VER-04"))
    fresh.write(Give(third, name="vzw De Wilde Roos", municipality="Gent"))
    fresh.write(Give(fourth, name="Wilde Rozs", municipality="Gent"))
    assert [(each.one.id, each.other.id, each.why) for each in duplicates(fresh)] == [
        (third, fourth, "name")
    ]
    fresh.write(Give(fourth, municipality="Brugge"))
    assert duplicates(fresh) == []
