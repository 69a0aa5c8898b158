"""Saved views: kept, read back with care, taken out, undone."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socius_tui.domain.filters import OrganisationFilter, VisitFilter
from socius_tui.domain.history import HistoryFilter
from socius_tui.domain.saved_views import FIELDS, ME, SCREENS, as_json, from_json, packed
from socius_tui.errors import InvalidInput, NotFound, RuleBroken
from socius_tui.services.history import KINDS
from socius_tui.services.resolve import find_work_type
from socius_tui.services.session import Session
from socius_tui.services.undoing import take_back
from socius_tui.services.view_filters import all_views, find_view, usable
from socius_tui.services.views import RemoveView, SaveView
from socius_tui.store.ids import natural_id
from socius_tui.store.unit_of_work import Transaction
from tests.hostile import SHORT_HOSTILE
from tests.torture.using import agrees

FILTERS: dict[str, Any] = {
    "visits": VisitFilter,
    "organisations": OrganisationFilter,
    "history": HistoryFilter,
}


class Stored:
    """A view as another program writes it."""

    def __init__(self, filters: str, *, screen: str = "visits", name: str = "vreemd") -> None:
        self._values = {"screen": screen, "name": name, "filters": filters}

    def apply(self, transaction: Transaction) -> str:
        """Write it."""
        transaction.insert("saved_view", self._values)
        return "given"


def save(session: Session, name: str = "Gepland", **more: Any) -> None:
    """A view of visits."""
    filters = more.pop("filters", {"status": "planned", "visitor_id": ME})
    session.write(SaveView.of(screen="visits", name=name, filters=filters, **more))


@pytest.mark.parametrize("screen", SCREENS)
def test_every_field_of_a_view_is_one_of_the_filter(screen: str) -> None:
    assert set(FIELDS[screen]) - {"whole_plan"} <= set(FILTERS[screen]._fields)


def test_a_view_is_read_back_as_it_was_saved(fresh: Session) -> None:
    bewegingen = find_work_type(fresh, "bewegingen").id
    wanted = VisitFilter(
        visitor_id=fresh.actor, work_type_id=bewegingen, since=date(2016, 1, 1), text="nieuw"
    )
    save(fresh, filters=packed("visits", wanted._asdict(), fresh.actor))
    found = find_view(fresh, "gepl")
    assert VisitFilter()._replace(**found.values) == wanted  # type: ignore[arg-type]
    assert found.problems == ()
    assert found.words == ("mine", "Bewegingen", "from 01/01/2016", "“nieuw”")
    assert found.view.person == "An Peeters"


def test_mine_is_of_whoever_looks(fresh: Session) -> None:
    save(fresh, for_everybody=True)
    fresh.actor = None
    (found,) = all_views(fresh)
    assert found.values == {"status": "planned"}
    assert "not known who" in found.problems[0]


def test_a_view_of_the_same_name_is_replaced(fresh: Session) -> None:
    save(fresh, "Gepland")
    save(fresh, "gepland", filters={"status": "done"})
    save(fresh, "Gepland", filters={}, for_everybody=True)
    mine, everybodys = all_views(fresh)
    assert (mine.view.name, mine.values) == ("gepland", {"status": "done"})
    assert (everybodys.view.person_id, everybodys.values) == (None, {})
    assert find_view(fresh, "gepland").view == mine.view
    assert mine.view.id == natural_id("saved_view", str(fresh.actor), "visits", "gepland")


def test_what_is_taken_out_can_be_undone_and_saved_again(fresh: Session) -> None:
    save(fresh)
    view = find_view(fresh, "gepland").view
    fresh.write(RemoveView.of(view_id=view.id))
    assert all_views(fresh) == []
    with pytest.raises(NotFound):
        fresh.write(RemoveView.of(view_id=view.id))
    take_back(fresh, "undo")
    assert [found.view for found in all_views(fresh)] == [view]
    fresh.write(RemoveView.of(view_id=view.id))
    save(fresh)
    assert [found.view for found in all_views(fresh)] == [view]
    assert agrees(fresh)


@pytest.mark.parametrize(
    "filters",
    [
        {"status": "gone"},
        {"nothing": "x"},
        {"since": "2016-02-30"},
        {"since": "20160101"},
        {"text": ""},
        {"text": "x" * 501},
        {"text": "\x1b[31m"},
        {"text": "\udc80"},
        {"text": True},
        {"goal_id": ME},
        {"unvisited_only": True},
    ],
)
def test_what_a_view_cannot_hold_is_refused(fresh: Session, filters: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        save(fresh, filters=filters)
    assert all_views(fresh) == []


def test_a_row_that_is_not_there_is_refused(fresh: Session) -> None:
    with pytest.raises(NotFound):
        save(fresh, filters={"work_type_id": "nowhere"})


def test_a_view_of_nobody_is_refused(fresh: Session) -> None:
    fresh.actor = None
    with pytest.raises(RuleBroken) as refused:
        save(fresh)
    assert refused.value.field == "whose"


@pytest.mark.parametrize(
    ("stored", "values", "problem"),
    [
        ("no json", {}, "cannot be read"),
        ("[" * 9_000, {}, "cannot be read"),
        ('["status"]', {}, "cannot be read"),
        ('{"status": "planned", "colour": "red"}', {"status": "planned"}, "“colour”"),
        ('{"status": 3}', {}, "“status”"),
        ('{"goal_id": "x"}', {}, "The goal that it shows is no longer there"),
        ('{"goal_id": ["x"]}', {}, "“goal_id”"),
        ('{"since": "2017-01-01", "until": "2016-01-01"}', {}, "ends before it begins"),
        ('{"since": "morgen"}', {}, "“since”"),
    ],
)
def test_what_cannot_be_used_is_told(
    fresh: Session, stored: str, values: dict[str, Any], problem: str
) -> None:
    fresh.write(Stored(stored))
    (found,) = all_views(fresh)
    assert found.values == values
    assert problem in found.problems[0]


def test_a_view_of_a_screen_that_is_not_there(fresh: Session) -> None:
    fresh.write(Stored("{}", screen="dashboard"))
    (found,) = all_views(fresh)
    with pytest.raises(RuleBroken):
        usable(found)
    fresh.write(RemoveView.of(view_id=find_view(fresh, "vreemd").view.id))
    assert all_views(fresh) == []


def test_hostile_text_is_told_without_its_escapes(fresh: Session) -> None:
    for number, evil in enumerate(each.text for each in SHORT_HOSTILE):
        holds = json.dumps({"text": evil[:400], evil[:40]: evil[:40]})
        fresh.write(Stored(holds, name=f"v{number}"))
    for found in all_views(fresh):
        assert "\x1b" not in "".join((*found.words, *found.problems))


_IDS = st.none() | st.sampled_from(["me", "an", "bo"])
_DAYS = st.none() | st.dates()


@given(
    wanted=st.builds(
        HistoryFilter,
        actor=_IDS,
        since=_DAYS,
        until=_DAYS,
        kind=st.none() | st.sampled_from(list(KINDS)),
        text=st.text(max_size=40),
    )
)
def test_packing_loses_nothing(wanted: HistoryFilter) -> None:
    back = dict(from_json(as_json(packed("history", wanted._asdict(), "me"))) or {})
    for name in ("since", "until"):
        if name in back:
            back[name] = date.fromisoformat(str(back[name]))
    if back.get("actor") == ME:
        back["actor"] = "me"
    assert HistoryFilter(**back) == wanted  # type: ignore[arg-type]
