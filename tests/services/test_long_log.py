"""A page of the log is the same however it is found."""

from __future__ import annotations

import pytest

from socius_tui.domain.filters import VisitFilter
from socius_tui.services.log import count_visits, find, visit_log
from socius_tui.services.register import work_types
from socius_tui.services.session import Session


@pytest.mark.parametrize("filtered", [False, True])
def test_pages_follow_each_other(filtered: bool, demo: Session) -> None:
    kind = work_types(demo)[0].id if filtered else None
    wanted = VisitFilter(work_type_id=kind, status="done" if filtered else None)
    everything = visit_log(demo, wanted)
    assert count_visits(demo, wanted) == len(everything) > 20
    page = visit_log(demo, wanted, limit=7)
    found = list(page)
    while page:
        assert page == visit_log(demo, wanted, limit=7, offset=len(found) - len(page))
        page = visit_log(demo, wanted, limit=7, after=found[-1])
        found += page
    assert found == everything


def test_of_many_visits_with_a_word_the_newest_text_is_found(demo: Session) -> None:
    """Plan and register come first, by how well they match; then what was written last."""
    hits = find(demo, "vrijwilligers", limit=1000)
    assert hits == find(demo, "vrijwilligers", limit=1000)
    kinds = [hit.kind for hit in hits]
    places = [("goal", "indicator", "organisation", "visit", "measurement").index(k) for k in kinds]
    ranked = [0 if place < 2 else place if place == 2 else 3 for place in places]
    assert ranked == sorted(ranked)
    assert {"goal", "visit"} <= set(kinds)
    newest = demo.read(
        lambda c: [
            row[0]
            for row in c.execute(
                "SELECT ref FROM search_document WHERE number IN (SELECT rowid FROM search"
                " WHERE search MATCH 'vrijwilligers*') AND kind IN ('visit', 'measurement')"
                " ORDER BY number DESC"
            )
        ]
    )
    assert [hit.id for hit, place in zip(hits, ranked, strict=True) if place == 3] == newest
