"""A page of the log is the same however it is found."""

from __future__ import annotations

import pytest

from socius_tui.domain.filters import VisitFilter
from socius_tui.services.log import count_visits, visit_log
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
