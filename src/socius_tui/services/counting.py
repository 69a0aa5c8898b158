"""What indicators that read the log are judged on, counted in the file instead of row by row.

Visits and follow-ups of one day become one entry that stands for so many, and organisations that
were visited in exactly the same stretches one thing that stands for so many. Where an indicator
puts them together in another way than its rule says, each is an entry as it always was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from socius_tui.domain import computed
from socius_tui.domain.model import Computed, Entry, Period
from socius_tui.domain.plan import IndicatorRecord, PlanRecord
from socius_tui.store import follow_ups, visits
from socius_tui.store.driver import Connection

#: The visits about some goals, or all: id, organisation, day.
Seen = dict[frozenset[str] | None, list[tuple[str, str, str]]]


def counted_log(
    connection: Connection,
    plan: PlanRecord,
    span: Period,
    indicator: IndicatorRecord,
    below: Mapping[str, frozenset[str]],
    cuts: Sequence[date],
    as_of: date,
    work_type_id: str | None,
    seen: Seen,
) -> Sequence[Entry] | None:
    """The entries of one indicator; None where it does not count visits or follow-ups.

    `cuts` are days on which something begins, besides its own targets; see `domain.summary`.
    `seen` keeps the visits that were read for the next indicator.
    """
    measure = indicator.measure
    rule = measure.computed
    if rule is None or rule is Computed.WORK_TYPES_WITH_CONTACT:
        return None
    about = below[indicator.goal_id] if indicator.computed_linked else None
    natural = computed.AGGREGATION[rule] is measure.aggregation
    if rule is Computed.FOLLOW_UPS_ON_TIME:
        due = follow_ups.due_follow_ups(connection, span, as_of, work_type_id=work_type_id)
        if about is not None:
            rows = visits.done_rows(connection, span, as_of, work_type_id, about)
            then = {row[0] for row in rows}
            due = [f for f in due if f[3] in about or f[4] in then]
        entries = computed.follow_ups_on_time([(f[0], f[1], f[2]) for f in due], as_of)
        return computed.by_day(entries) if natural else entries
    if natural and rule is Computed.VISITS_DONE:
        counts = visits.done_by_day(connection, span, as_of, work_type_id, about)
        return computed.visits_by_day(counts) or computed.nothing_yet(plan.rules.period.start)
    if about not in seen:
        seen[about] = visits.done_rows(connection, span, as_of, work_type_id, about)
    rows = seen[about]
    if not rows:
        return computed.nothing_yet(plan.rules.period.start)
    if natural:
        from socius_tui.domain.summary import cuts_of

        return computed.visited_together(
            ((row[1], row[2]) for row in rows), sorted(cuts_of(measure, cuts))
        )
    events = [(row[0], row[1], date.fromisoformat(row[2])) for row in rows]
    if rule is Computed.VISITED_ORGANISATIONS:
        return computed.visited_organisations(events)
    return computed.visits_done(events)
